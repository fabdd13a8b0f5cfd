using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;
using static Hengping.Tests.Complaints.Cases;

namespace Hengping.Tests.Complaints;

/// <summary>轮到谁: every status × what waits in it × who reads it.</summary>
public sealed class TurnTable
{
    // Scenario, hours after its start at which it is read, then the line of claimant, respondent and mediator: what
    // waits, "!" where it is theirs to do, "?" where they may, and the hours after the start at which it ends.
    private const string Table = """
        scenario         at  claimant                   respondent               mediator
        filed             0  screen 264                 -                        screen! 264
        returned          0  complete! 720              -                        complete 720
        declined          0  askReview? 168             -                        -
        declined        169  -                          -                        -
        reviewed          0  decideReview 168           -                        decideReview! 168
        delivered         0  answer 72                  answer! 72               answer 72
        delivered        73  askMediation? 720          answer! 120              answer 120
        delivered       121  askMediation? 720          answer! 720              answer 720
        excluded          0  answer 720                 answer! 720              answer 720
        uncounted         0  answerAgain 72             answerAgain! 72          answerAgain 72
        unreached         0  answer 72                  answer! 72               reach! 720
        contested         0  speakToContest? 72         decideContest 72         decideContest! 72
        contestSpoken     0  decideContest 72           decideContest 72         decideContest! 72
        replied           0  judge? 360                 close 360                close 360
        repliedScored     0  close 360                  close 360                close 360
        offered           0  answerOffer! 120           answerOffer 120          answerOffer 120
        offeredMine       0  answer 72                  answer! 72               answer 72      
        mediatorsOffer    0  answerOffer! 120           answerOffer! 120         answerOffer 120
        halfAccepted      0  answerOffer 120            answerOffer! 120         answerOffer 120
        excludedReplied   0  askMediation? 360          close 360                close 360
        answeredAfter     1  judge? 361                 close 361                close 361
        countered         0  answerOffer 120            answerOffer! 120         answerOffer 120
        turnedDown        0  askMediation? 360            close 360                close 360
        offerLapsed     120  askMediation? 360            close 360                close 360
        inMediation       0  mediate 1440               mediate 1440             mediate! 1440
        mediationOffer    0  answerOffer! 120           answerOffer 120          answerOffer 120
        suspended         0  resume                     resume                   resume!
        refusedDay      240  prove 312                  prove! 312               mediate! 1512
        settled           0  perform 240                perform! 240             perform 240
        settledShown      0  confirmPerformance! 408    confirmPerformance 408   confirmPerformance 408
        settledDue      240  confirmPerformance! 408    confirmPerformance 408   confirmPerformance 408
        notPerformed    240  prove 312                  prove! 312               prove 312
        proofShown      240  findPerformed 312          findPerformed 312        findPerformed! 312
        broken          312  mediate 1752               mediate 1752             mediate! 1752
        terminated        0  askReview? 168             -                        tell! 168
        terminatedTold    0  askReview? 168             -                        -
        terminatedTold  169  score? 720                 -                        -
        withdrawn         0  -                          -                        -
        closed            0  score? 720                 -                        -
        closed          721  -                          -                        -
        closedScored      0  -                          -                        -
        closedExcluded    0  -                          -                        -
        sellerAsked       0  nameSeller 48              nameSeller! 48           nameSeller 48
        validity          0  judge? 360                 judgeReply 168           judgeReply! 168
        imported          0  -                          -                        -
        erased            0  -                          -                        -
        """;

    private static readonly Validity Empty = new(false, "too-short", "", "");

    private static Complaint Made(string scenario) =>
        scenario switch
        {
            "filed" => In(Status.Filed),
            "returned" => In(Status.Returned),
            "declined" => In(Status.Declined),
            "reviewed" => In(Status.Declined).Then(c => c.AskReview("理由", T0, Policy)),
            "delivered" => Delivered(),
            "excluded" => Delivered().Then(c => c.Exclude("abuse", "理由", T0)),
            "uncounted" => Delivered().Then(c => c.Reply("收到", [], Empty, T0)),
            "unreached" => In(Status.Unreached),
            "contested" => In(Status.Contested),
            "contestSpoken" => In(Status.Contested).Then(c => c.Message(Party.Claimant, "是贵店的订单", [], T0)),
            "replied" => Replied(),
            "repliedScored" => Replied().Then(c => c.ScoreIt(8, Resolved.Yes, null, null, T0, Policy)),
            "offered" => WithOffer(),
            "offeredMine" => WithOffer(Party.Claimant),
            "mediatorsOffer" => WithOffer(Party.Mediator).Then(c => c.Mediate(T0.AddDays(60), T0)),
            "halfAccepted" => Made("mediatorsOffer").Then(c => c.AcceptOffer(1, Party.Claimant, T0)),
            "turnedDown" => WithOffer().Then(c => c.RejectOffer(1, Party.Claimant, T0)),
            "excludedReplied" => Replied().Then(c => c.Exclude("abuse", "理由", T0)),
            "answeredAfter" => Made("turnedDown")
                .Then(c => c.Reply("全额退款，三日内到账", [], ReplyValidity.Ok, T0.AddHours(1)), T0.AddHours(1)),
            "countered" => Made("turnedDown")
                .Then(c => c.Offer(Party.Claimant, "退款", 150m, T0.AddDays(10), T0.AddDays(5), T0)),
            "offerLapsed" => Ticked(WithOffer(), T0.AddDays(5)),
            "inMediation" => InMediation(),
            "mediationOffer" => InMediation()
                .Then(c => c.Offer(Party.Respondent, "退一半", 60m, T0.AddDays(10), T0.AddDays(5), T0)),
            "suspended" => InMediation().Then(c => c.Suspend("testing", T0)),
            "refusedDay" => Ticked(
                Ticked(
                    Settled().Then(c => c.CallNotPerformed(true, "不退了", [], T0.AddDays(63), T0, Policy)),
                    T0.AddDays(3)
                ),
                T0.AddDays(10)
            ),
            "settled" => Settled(),
            "settledShown" => Settled().Then(c => c.ShowPerformance("已转账", [], T0)),
            "settledDue" => Ticked(Settled(), T0.AddDays(10)),
            "notPerformed" => Made("settledDue")
                .Then(c => c.CallNotPerformed(false, null, [], T0.AddDays(73), T0.AddDays(10), Policy), T0.AddDays(10)),
            "proofShown" => Made("notPerformed")
                .Then(c => c.ShowPerformance("已转账", [], T0.AddDays(10)), T0.AddDays(10)),
            "broken" => Ticked(Made("notPerformed"), T0.AddDays(13)),
            "terminated" => InMediation().Then(c => c.Terminate("no-agreement", false, null, T0, T0.AddDays(7))),
            "terminatedTold" => InMediation().Then(c => c.Terminate("no-agreement", false, null, T0)),
            "withdrawn" => Delivered().Then(c => c.Withdraw(T0)),
            "closed" => In(Status.Closed),
            "closedScored" => In(Status.Closed).Then(c => c.ScoreIt(8, Resolved.Yes, null, null, T0, Policy)),
            "closedExcluded" => In(Status.Closed).Then(c => c.Exclude("abuse", "理由", T0)),
            "sellerAsked" => Delivered().Then(c => c.AskSeller(isPlatform: true, T0.AddDays(2), T0)),
            "validity" => Replied()
                .Then(c => c.ContestValidity(c.Replies[0].Version, Party.Claimant, "没有答复我的问题", T0, Policy)),
            "imported" => Delivered() with { Imported = new Imported("tousu", "1", new Dictionary<string, string>()) },
            "erased" => Delivered() with { IsErased = true },
            _ => throw new ArgumentOutOfRangeException(nameof(scenario)),
        };

    private static Complaint Ticked(Complaint c, DateTimeOffset at) => c.Apply(c.Tick(at, Policy)!, at, "clock");

    private static CaseActor ActorOf(Party party) =>
        party switch
        {
            Party.Claimant => new(party, Role.Claimant, $"claimant:{Claimant}"),
            Party.Respondent => new(party, Role.Merchant, "merchant:1"),
            _ => new(party, Role.Mediator, "staff:9"),
        };

    public static TheoryData<string> Rows() => [.. Table.Split('\n')[1..].Select(line => line.Trim())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_reader_has_one_line(string row)
    {
        var cells = System.Text.RegularExpressions.Regex.Split(
            row,
            "  +",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        var (c, now) = (Made(cells[0]), T0.AddHours(int.Parse(cells[1], provider: null)));

        new[] { Party.Claimant, Party.Respondent, Party.Mediator }
            .Select(party => Said(c, ActorOf(party), now))
            .ShouldBe(cells[2..]);
    }

    /// <summary>What a line calls theirs the door takes: the same statement decides both.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_theirs_can_be_done(string row)
    {
        var scenario = row.Split(' ')[0];
        foreach (var hours in new[] { 0, 1, 73, 121, 200, 241, 313, 800 })
        foreach (var party in new[] { Party.Claimant, Party.Respondent, Party.Mediator })
        {
            var (c, by, now) = (Made(scenario), ActorOf(party), T0.AddHours(hours));
            if (now < c.LastAt || c.TurnOf(by, default, now, Policy) is not { } turn || turn.Who != party)
                continue;
            c.Why(turn.Verb!.Value, by, default, now, Policy).ShouldBeNull($"{scenario} +{hours} {party}");
            turn.Otherwise.Zh.ShouldNotBeEmpty();
            turn.Otherwise.En.ShouldNotBeEmpty();
        }
    }

    /// <summary>Whoever may only read, and the shop on a platform, see that it is not theirs.</summary>
    [Fact]
    public void A_reader_has_no_turn()
    {
        var reads = ActorOf(Party.Respondent) with { ReadsOnly = true };
        var shop = ActorOf(Party.Respondent) with { IsShopOnly = true };

        Said(Delivered(), reads, T0).ShouldBe("answer 72");
        Said(Delivered(), shop, T0).ShouldBe("answer 72");
    }

    /// <summary>The law of a regulator knows no unanswered complaint: its mediation is terminated.</summary>
    [Fact]
    public void What_happens_otherwise_is_what_the_clock_does()
    {
        var (silent, now) = (Delivered(), T0.AddHours(121));
        End(Policy).ShouldBe("到期没有回复，以未答复办结，仍可评分");
        End(Policy with { SilenceTerminates = true }).ShouldBe("到期没有回复，终止调解");

        string End(ComplaintPolicy policy) =>
            silent.TurnOf(ActorOf(Party.Respondent), default, now, policy)!.Otherwise.Zh;
    }

    /// <summary>A reader who ended it cannot decide its review: for them it waits for a colleague.</summary>
    [Fact]
    public void A_review_is_not_the_turn_of_who_decided()
    {
        var reviewed = Made("reviewed");
        Said(reviewed, ActorOf(Party.Mediator) with { Author = Staff }, T0).ShouldBe("decideReview 168");
    }

    private static string Said(Complaint c, CaseActor by, DateTimeOffset now)
    {
        if (c.TurnOf(by, default, now, Policy) is not { } turn)
            return "-";
        var kind = turn.Kind.ToString();
        var mine = turn.IsOf(by.Party, c.Possible(by, default, now, Policy));
        var mark =
            !mine ? ""
            : turn.IsRight ? "?"
            : "!";
        var end = turn.By is { } at ? $" {(at - T0).TotalHours:0}" : "";
        return char.ToLowerInvariant(kind[0]) + kind[1..] + mark + end;
    }
}
