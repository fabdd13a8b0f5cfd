using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Screening;

namespace Hengping.Tests.Complaints;

/// <summary>Complaints in every status, made by the verbs themselves.</summary>
internal static class Cases
{
    public static readonly DateTimeOffset T0 = new(2026, 10, 9, 10, 0, 0, TimeSpan.Zero);
    public static readonly Guid Claimant = Guid.Parse("019a0000-0000-7000-8000-000000000001");
    public static readonly Guid Shop = Guid.Parse("019a0000-0000-7000-8000-000000000002");
    public static readonly Guid OtherShop = Guid.Parse("019a0000-0000-7000-8000-000000000003");
    public static readonly ComplaintPolicy Policy = ComplaintPolicy.Current;
    public const string Staff = "staff:1";

    public static readonly Codes Codes = new(
        new HashSet<string>(["general-retail", "other"]),
        new HashSet<string>(["refund", "fraud", "minor-payment", "quality"]),
        new HashSet<string>(["refund-only", "deposit"]),
        new HashSet<string>(["refund", "return", "apology"]),
        new HashSet<string>(["浙江"]),
        new HashSet<string>(["web", "app"])
    );

    public static Filing Filing(string story = "买的水壶第三天就不加热了,商家不回复。") =>
        new()
        {
            Side = Side.Consumer,
            Claimant = Claimant,
            Respondent = Shop,
            Sector = "general-retail",
            Problem = "refund",
            Amount = 129.90m,
            Story = story,
            Demands = ["refund"],
            Name = "王小明",
            Phone = "13812345678",
            Province = "浙江",
            Consents = new Consents(PassOn: true, Publish: false, Call: false),
            LiabilityAccepted = true,
            Channel = "web",
        };

    public static Complaint Filed(Filing? filing = null)
    {
        var clean = (filing ?? Filing()).Check(Codes, T0, Policy, new FieldFaults());
        var arrival = new Arrival("0000-0000-0000", T0.AddDays(11));
        var decided = Complaint.File(clean, arrival, Policy, ScreeningList.Shipped);
        return Complaint.Fold(null, decided.Event!, T0, $"claimant:{Claimant}");
    }

    /// <summary>Takes a yes into the facts; a no is the test's fault.</summary>
    public static Complaint Then(
        this Complaint complaint,
        Func<Complaint, Decided<ComplaintEvent>> verb,
        DateTimeOffset? at = null,
        string author = Staff
    ) =>
        verb(complaint) is { Event: { } happened }
            ? complaint.Apply(happened, at ?? complaint.LastAt, author)
            : throw new InvalidOperationException(verb(complaint).Refusal!.En);

    public static Complaint Delivered(DateTimeOffset? at = null, Filing? filing = null) =>
        Filed(filing).Then(c => c.Deliver("p1", at ?? T0), at ?? T0);

    public static Complaint Replied() => Delivered().Then(c => c.Reply("已为您全额退款", [], ReplyValidity.Ok, T0));

    public static Complaint InMediation() => Replied().Then(c => c.CallNotSolved(T0.AddDays(60), T0));

    public static Complaint WithOffer(Party by = Party.Respondent) =>
        Delivered().Then(c => c.Offer(by, "全额退款", 129.90m, T0.AddDays(10), T0.AddDays(5), T0));

    public static Complaint Settled() => WithOffer().Then(c => c.AcceptOffer(1, Party.Claimant, T0));

    public static Complaint In(Status status) =>
        status switch
        {
            Status.Filed => Filed(),
            Status.Returned => Filed().Then(c => c.Return(["order"], null, T0, Policy)),
            Status.Declined => Filed().Then(c => c.Decline("not-consumption", null, T0)),
            Status.Delivered => Delivered(),
            Status.Unreached => Delivered().Then(c => c.MarkUnreached([new Attempt(T0, "phone")], T0)),
            Status.Contested => Delivered()
                .Then(c => c.ContestIt(ContestGround.NotOurOrder, null, [], T0.AddDays(3), T0)),
            Status.Replied => Replied(),
            Status.InMediation => InMediation(),
            Status.Settled => Settled(),
            Status.Terminated => Delivered().Then(c => c.Terminate("no-agreement", false, null, T0)),
            Status.Withdrawn => Filed().Then(c => c.Withdraw(T0)),
            Status.Closed => Replied().Then(c => c.Close(T0)),
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };

    /// <summary>Any verb with arguments that would pass, four days after the last event.</summary>
    public static Decided<ComplaintEvent> Do(this Complaint c, Verb verb)
    {
        var now = c.LastAt.AddDays(4);
        var end = now.AddDays(60);
        return verb switch
        {
            Verb.Return => c.Return(["order"], null, now, Policy),
            Verb.Resubmit => c.Resubmit(null, [], end, now),
            Verb.Supplement => c.Supplement("发票找到了", [], now),
            Verb.Decline => c.Decline("other-law", null, now),
            Verb.Deliver => c.Deliver("p9", now),
            Verb.Unreached => c.MarkUnreached([new Attempt(now, "phone")], now),
            Verb.Chase => c.Chase(now),
            Verb.Contest => c.ContestIt(ContestGround.WrongCompany, null, [], end, now),
            Verb.DecideContest => c.DecideContest(ContestDecision.Reject, null, "p9", "有订单记录", now),
            Verb.Reply => c.Reply("已为您全额退款", [], ReplyValidity.Ok, now),
            Verb.DecideValidity => c.DecideValidity(c.Replies.FirstOrDefault()?.Version ?? 0, false, "r", now),
            Verb.Message => c.Message(Party.Claimant, "请尽快", [], now),
            Verb.NotSolved => c.CallNotSolved(end, now),
            Verb.Offer => c.Offer(Party.Respondent, "退款", 1m, end, end, now),
            Verb.AcceptOffer => c.AcceptOffer(1, Party.Claimant, now),
            Verb.RejectOffer => c.RejectOffer(1, Party.Claimant, now),
            Verb.Performed => c.ConfirmPerformed(now),
            Verb.NotPerformed => c.CallNotPerformed(true, "不退了", [], end, now, Policy),
            Verb.Mediate => c.Mediate(end, now),
            Verb.Suspend => c.Suspend("testing", now),
            Verb.Resume => c.Resume(now),
            Verb.Terminate => c.Terminate("no-agreement", false, null, now),
            Verb.Withdraw => c.Withdraw(now),
            Verb.Close => c.Close(now),
            Verb.Review => c.AskReview("理由", now, Policy),
            Verb.DecideReview => c.DecideReview(true, "理由", end, "staff:2", now),
            Verb.Score => c.ScoreIt(8, Resolved.Yes, null, null, now, Policy),
            Verb.Exclude => c.Exclude("abuse", "理由", now),
            Verb.Include => c.Include("理由", now),
            Verb.ChangeConsents => c.ChangeConsents(new Consents(true, true, true), now),
            Verb.Hold => c.PlaceHold("litigation", "案号待定", now),
            Verb.LiftHold => c.LiftHold("已结案", now),
            Verb.TellTermination => c.TellTermination(Party.Respondent, "phone", null, now),
            Verb.AskSeller => c.AskSeller(isPlatform: true, end, now),
            Verb.NameSeller => c.NameSeller("杭州某商行", "杭州市某路1号", now),
            Verb.ContestValidity => c.ContestValidity(
                c.Replies.FirstOrDefault()?.Version ?? 0,
                Party.Claimant,
                "没有答复我的问题",
                now,
                Policy
            ),
            Verb.ShowPerformance => c.ShowPerformance("已转账", [], now),
            Verb.FindPerformed => c.FindPerformed("有转账凭证", now, Policy),
            _ => throw new ArgumentOutOfRangeException(nameof(verb)),
        };
    }
}
