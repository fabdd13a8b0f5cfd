using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>A "no" names who did what when, what this person can do now, and nothing that is kept from them.</summary>
public sealed class NoesThatTell
{
    private static readonly DateTimeOffset Now = Cases.T0.AddDays(1);
    private static readonly CaseActor Mediator = new(Party.Mediator, Role.Mediator, Cases.Staff);
    private static readonly CaseActor Claimant = new(Party.Claimant, Role.Claimant, "claimant:1");
    private static readonly CaseActor Shop = new(Party.Respondent, Role.Merchant, "merchant:1");

    private static readonly Status[] Kept = [Status.Filed, Status.Returned, Status.Declined, Status.Unreached];

    public static IEnumerable<object[]> Everybody() =>
        from status in Enum.GetValues<Status>()
        from who in new[] { Mediator, Claimant, Shop }
        select new object[] { status, who };

    [Theory]
    [MemberData(nameof(Everybody))]
    public void It_offers_what_they_can_do_and_tells_what_they_may_know(Status status, CaseActor who)
    {
        var c = Cases.In(status);
        var can = c.Possible(who, default, Now, Cases.Policy);
        var isKept = who == Shop && status is Status.Filed or Status.Returned or Status.Declined or Status.Unreached;
        foreach (var verb in Enum.GetValues<Verb>())
        {
            if (c.Why(verb, who, default, Now, Cases.Policy) is not { Code: "complaint.wrong-state" } no)
                continue;
            var told = c.ToldTo(no, verb, who, default, Now, Cases.Policy);
            told.Code.ShouldBe(no.Code);
            var offered = told.Zh.Split("您现在可以：") is [_, var list] ? list.TrimEnd('。').Split('、') : [];
            offered.ShouldBeSubsetOf(can.Select(v => Life.Name(v).Zh));
            (offered.Length == 0).ShouldBe(told.En.Contains("nothing for you") || told.En.Contains("file a new one"));
            told.Zh.Contains("已于", StringComparison.Ordinal).ShouldBe(!isKept, told.Zh);
        }
    }

    [Fact]
    public void It_says_who_did_what_when()
    {
        var (verb, at) = (Verb.Return, new DateTimeOffset(2026, 10, 9, 10, 0, 0, TimeSpan.Zero));
        Told(Cases.Delivered(), verb, Mediator)
            .Zh.ShouldStartWith("调解员已于10月9日 18:00 递交，不能退回补充。您现在可以：");
        Told(Cases.Delivered(), verb, Mediator)
            .En.ShouldStartWith("A mediator delivered it on 9 Oct 18:00; you cannot send it back");
        var replied = Cases.Delivered().Then(c => c.Reply("已退款", [], ReplyValidity.Ok, at), at, "merchant:1");
        Told(replied, Verb.Contest, Shop).Zh.ShouldStartWith("您已于10月9日 18:00 回复，不能提出异议。");
        Told(replied, Verb.Resubmit, Claimant).En.ShouldStartWith("The respondent replied on 9 Oct 18:00;");
        Told(Cases.Settled(), Verb.Reply, Shop).Zh.ShouldStartWith("双方已于");
        var (later, policy) = (Cases.T0.AddYears(1), Cases.Policy);
        var no = Cases.Delivered().Why(verb, Mediator, default, later, policy)!;
        Cases.Delivered().ToldTo(no, verb, Mediator, default, later, policy).Zh.ShouldContain("2026年10月9日");
    }

    /// <summary>That a review was asked for and decided is between the claimant and the desk.</summary>
    [Fact]
    public void Of_a_review_its_respondent_hears_nothing()
    {
        var reopened = Cases
            .In(Status.Terminated)
            .Then(c => c.AskReview("新证据", Cases.T0, Cases.Policy), author: "claimant:1")
            .Then(c => c.DecideReview(true, "理由", null, "staff:2", Cases.T0), author: "staff:2");
        Told(reopened, Verb.Contest, Shop).Zh.ShouldNotContain("已于");
        Told(reopened, Verb.Chase, Mediator).Zh.ShouldContain("复核后重新受理");
    }

    private static Hengping.Rules.Refusal Told(Complaint c, Verb verb, CaseActor who) =>
        c.ToldTo(c.Why(verb, who, default, Now, Cases.Policy)!, verb, who, default, Now, Cases.Policy);
}
