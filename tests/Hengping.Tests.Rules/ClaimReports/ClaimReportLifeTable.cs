using Hengping.Rules;
using Hengping.Rules.ClaimReports;
using Hengping.Rules.Operators;
using Shouldly;
using Xunit;
using static Hengping.Tests.ClaimReports.ClaimReportCases;

namespace Hengping.Tests.ClaimReports;

/// <summary>Every status of a report × every verb: the status after a yes, or the no.</summary>
public sealed class ClaimReportLifeTable
{
    // "=" is a yes without a move, "-" claim-report.wrong-state, a word the status moved to.
    private const string Table = """
        status     Admit   Ask     State Decide Withdraw  Appeal   Review   Revoke     TakeEffect
        Held       Hearing -       -     Upheld Withdrawn -        -        -          -
        Hearing    -       =       Heard Upheld Withdrawn -        -        -          -
        Heard      -       Hearing =     Upheld Withdrawn -        -        -          -
        Upheld     -       -       -     -      -         Appealed -        -          InEffect
        Rejected   -       -       -     -      -         -        -        -          -
        Withdrawn  -       -       -     -      -         -        -        -          -
        Appealed   -       -       -     -      -         -        InEffect -          -
        InEffect   -       -       -     -      -         -        -        Overturned -
        Overturned -       -       -     -      -         -        -        -          -
        """;

    public static IEnumerable<object[]> Cells() =>
        from line in Table.Split('\n')[1..]
        let cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from verb in Enum.GetValues<ClaimReportVerb>()
        select new object[] { Enum.Parse<ClaimReportStatus>(cells[0]), verb, cells[1 + (int)verb].Trim() };

    [Fact]
    public void The_table_has_every_status_and_every_verb() =>
        Cells().Count().ShouldBe(Enum.GetValues<ClaimReportStatus>().Length * Enum.GetValues<ClaimReportVerb>().Length);

    [Theory, MemberData(nameof(Cells))]
    public void Every_status_and_every_verb(ClaimReportStatus status, ClaimReportVerb verb, string expected)
    {
        var report = In(status);
        // What a human has not looked at can only be rejected: nobody was told of it.
        var isHeld = (status, verb) == (ClaimReportStatus.Held, ClaimReportVerb.Decide);
        var decided = isHeld ? Decide(report, ClaimReportStatus.Rejected) : Do(report, verb);
        ClaimReportLife.Allows(status, verb).ShouldBe(expected != "-");
        if (expected == "-")
        {
            decided.Event.ShouldBeNull();
            decided.Refusal!.Code.ShouldBe("claim-report.wrong-state");
            decided.Refusal.Zh.ShouldContain(ClaimReportLife.Name(status).Zh);
            decided.Refusal.En.ShouldContain(ClaimReportLife.Name(status).En);
            return;
        }
        decided.Refusal.ShouldBeNull();
        var after = ClaimReport.Fold(report, decided.Event!, T0.AddDays(10));
        after.Status.ShouldBe(
            isHeld ? ClaimReportStatus.Rejected
            : expected == "=" ? status
            : Enum.Parse<ClaimReportStatus>(expected)
        );
        (after.EndedAt is null).ShouldBe(after.IsOpen);
    }

    [Theory, MemberData(nameof(Cells))]
    public void What_nobody_may_read_takes_no_verb(ClaimReportStatus status, ClaimReportVerb verb, string expected)
    {
        expected.ShouldNotBeEmpty();
        var locked = ClaimReport.Fold(In(status), In(status).Lock().Event!, T0.AddDays(2));
        Do(locked, verb).Refusal.ShouldBe(ClaimReport.Gone);
        locked.Turn(T0).ShouldBeNull();
        locked.Lock().Refusal.ShouldBe(ClaimReport.Gone);
        var gone = ClaimReport.Fold(locked, locked.Erase("age").Event!, T0.AddDays(3));
        (gone.IsLocked, gone.IsErased).ShouldBe((false, true));
        Do(gone, verb).Refusal.ShouldBe(ClaimReport.Gone);
    }

    [Theory]
    [InlineData(ClaimReportStatus.Held, ClaimReportSide.Desk, ClaimReportVerb.Admit)]
    [InlineData(ClaimReportStatus.Hearing, ClaimReportSide.Claimant, ClaimReportVerb.State)]
    [InlineData(ClaimReportStatus.Heard, ClaimReportSide.Desk, ClaimReportVerb.Decide)]
    [InlineData(ClaimReportStatus.Upheld, ClaimReportSide.Claimant, ClaimReportVerb.Appeal)]
    [InlineData(ClaimReportStatus.Appealed, ClaimReportSide.Desk, ClaimReportVerb.Review)]
    public void Whose_turn_it_is(ClaimReportStatus status, ClaimReportSide who, ClaimReportVerb verb)
    {
        var turn = In(status).Turn(T0)!;
        (turn.Who, turn.Verb).ShouldBe((who, verb));
        turn.Otherwise.Zh.ShouldNotBeEmpty();
    }

    [Fact]
    public void Once_the_time_to_speak_is_over_it_is_the_desks_turn() =>
        In(ClaimReportStatus.Hearing).Turn(Times.HearBy)!.Who.ShouldBe(ClaimReportSide.Desk);

    [Theory]
    [InlineData(ClaimReportStatus.Rejected)]
    [InlineData(ClaimReportStatus.Withdrawn)]
    [InlineData(ClaimReportStatus.InEffect)]
    [InlineData(ClaimReportStatus.Overturned)]
    public void Nothing_waits_where_it_ended(ClaimReportStatus status) => In(status).Turn(T0).ShouldBeNull();

    [Theory]
    [InlineData(ClaimReportStatus.Hearing, ClaimReportSide.Merchant, ClaimReportVerb.Withdraw)]
    [InlineData(ClaimReportStatus.Heard, ClaimReportSide.Claimant, ClaimReportVerb.State)]
    [InlineData(ClaimReportStatus.Upheld, ClaimReportSide.Claimant, ClaimReportVerb.Appeal)]
    [InlineData(ClaimReportStatus.Appealed, ClaimReportSide.Desk, ClaimReportVerb.Review)]
    [InlineData(ClaimReportStatus.InEffect, ClaimReportSide.Desk, ClaimReportVerb.Revoke)]
    public void What_a_side_can_do_is_what_its_door_takes(
        ClaimReportStatus status,
        ClaimReportSide side,
        ClaimReportVerb verb
    )
    {
        In(status).Can(side, Other, T0).ShouldBe([verb]);
        In(status).Can(ClaimReportSide.None, Other, T0).ShouldBeEmpty();
    }

    private static Decided<ClaimReportEvent> Do(ClaimReport report, ClaimReportVerb verb) =>
        verb switch
        {
            ClaimReportVerb.Admit => report.Admit(T0.AddDays(1)),
            ClaimReportVerb.Ask => report.Ask("哪一天买的？", T0.AddDays(1)),
            ClaimReportVerb.State => report.State(Person, "我没有威胁。", []),
            ClaimReportVerb.Decide => Decide(report),
            ClaimReportVerb.Withdraw => report.Withdraw(),
            ClaimReportVerb.Appeal => report.Appeal(Person, "不对。", [], T0.AddDays(12), T0.AddDays(4)),
            ClaimReportVerb.Review => report.Review(OperatorKind.Marketplace, Other, false, "核对过了。"),
            ClaimReportVerb.Revoke => report.Revoke(OperatorKind.Marketplace, Other, "新证据。"),
            _ => report.TakeEffect(AppealBy.AddDays(1)),
        };
}
