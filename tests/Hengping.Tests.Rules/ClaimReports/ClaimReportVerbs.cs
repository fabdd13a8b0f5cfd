using Hengping.Rules.ClaimReports;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Shouldly;
using Xunit;
using static Hengping.Tests.ClaimReports.ClaimReportCases;

namespace Hengping.Tests.ClaimReports;

/// <summary>Where the answer hangs on more than the status.</summary>
public sealed class ClaimReportVerbs
{
    [Theory]
    [InlineData(OperatorKind.Marketplace, true)]
    [InlineData(OperatorKind.Regulator, false)]
    [InlineData(OperatorKind.Association, false)]
    [InlineData(OperatorKind.ThirdParty, false)]
    [InlineData(null, false)]
    public void Only_a_marketplace_takes_and_decides(OperatorKind? kind, bool may)
    {
        (Filing(kind: kind).Event is not null).ShouldBe(may);
        (Decide(In(ClaimReportStatus.Heard), kind: kind).Event is not null).ShouldBe(may);
        var appealed = In(ClaimReportStatus.Appealed);
        (appealed.Review(kind, Other, false, "核对过了。").Event is not null).ShouldBe(may);
        (In(ClaimReportStatus.InEffect).Revoke(kind, Other, "新证据。").Event is not null).ShouldBe(may);
        (ClaimReportPower.Why(kind) is null).ShouldBe(may);
    }

    [Fact]
    public void Nothing_is_upheld_before_the_claimant_spoke_or_had_the_time()
    {
        var report = In(ClaimReportStatus.Hearing);
        Decide(report, now: Times.HearBy.AddSeconds(-1)).Refusal.ShouldBe(ClaimReport.NotHeard);
        Decide(report, now: Times.HearBy).Event.ShouldNotBeNull();
        Decide(In(ClaimReportStatus.Heard), now: T0.AddHours(1)).Event.ShouldNotBeNull();
        Decide(In(ClaimReportStatus.Held), now: T0.AddDays(9)).Refusal.ShouldBe(ClaimReport.NotTold);
        // What goes well for the claimant waits for nobody.
        Decide(report, ClaimReportStatus.Rejected, now: T0.AddHours(1)).Event.ShouldNotBeNull();
    }

    [Fact]
    public void A_question_gives_new_time_and_never_less()
    {
        var heard = In(ClaimReportStatus.Heard);
        var asked = Then(heard, heard.Ask("哪一天买的？", T0.AddHours(40)));
        (asked.Status, asked.HearBy).ShouldBe((ClaimReportStatus.Hearing, T0.AddHours(40)));
        Decide(asked, now: T0.AddHours(39)).Refusal.ShouldBe(ClaimReport.NotHeard);
        Then(heard, heard.Ask("还有吗？", T0.AddHours(1))).HearBy.ShouldBe(Times.HearBy);
    }

    [Theory]
    [InlineData(ClaimReportStatus.Upheld, 0, "claim-report.ground")]
    [InlineData(ClaimReportStatus.Upheld, 1, null)]
    [InlineData(ClaimReportStatus.Rejected, 0, null)]
    [InlineData(ClaimReportStatus.Rejected, 1, "claim-report.no-ground")]
    public void Upheld_takes_a_ground_and_rejected_none(ClaimReportStatus outcome, int grounds, string? code)
    {
        ClaimGround[] chosen = [.. Enum.GetValues<ClaimGround>().Take(grounds)];
        var decided = In(ClaimReportStatus.Heard)
            .Decide(
                OperatorKind.Marketplace,
                Decider,
                outcome,
                chosen,
                DefectFound.Real,
                "理由如下。",
                AppealBy,
                T0.AddHours(30)
            );
        (decided.Refusal?.Code).ShouldBe(code);
        if (code is not null)
            return;
        var after = ClaimReport.Fold(In(ClaimReportStatus.Heard), decided.Event!, T0);
        (after.Defect, after.Grounds.Count).ShouldBe((DefectFound.Real, grounds));
        (after.AppealBy is null).ShouldBe(outcome == ClaimReportStatus.Rejected);
    }

    [Fact]
    public void Number_and_profession_are_no_ground() =>
        Enum.GetValues<ClaimGround>()
            .ShouldBe([
                ClaimGround.Threat,
                ClaimGround.Swap,
                ClaimGround.Planting,
                ClaimGround.Invented,
                ClaimGround.BeyondLaw,
            ]);

    [Fact]
    public void The_claimant_appeals_within_seven_days_and_somebody_else_decides()
    {
        var upheld = In(ClaimReportStatus.Upheld);
        upheld.Appeal(Person, "不对。", [], null, AppealBy).Event.ShouldNotBeNull();
        upheld.Appeal(Person, "不对。", [], null, AppealBy.AddSeconds(1)).Refusal.ShouldBe(ClaimReport.TooLate);
        upheld.Why(ClaimReportVerb.Appeal, Person, AppealBy.AddSeconds(1)).ShouldBe(ClaimReport.TooLate);
        upheld.TakeEffect(AppealBy).Refusal.ShouldBe(ClaimReport.NotYet);
        upheld.TakeEffect(AppealBy.AddSeconds(1)).Event.ShouldNotBeNull();
        var appealed = In(ClaimReportStatus.Appealed);
        appealed.Review(OperatorKind.Marketplace, Decider, true, "x").Refusal.ShouldBe(ClaimReport.OwnDecision);
        appealed.Can(ClaimReportSide.Desk, Decider, T0).ShouldBeEmpty();
        var effect = In(ClaimReportStatus.InEffect);
        effect.Revoke(OperatorKind.Marketplace, Decider, "x").Refusal.ShouldBe(ClaimReport.OwnDecision);
    }

    [Theory]
    [InlineData(ClaimReportStatus.Held)]
    [InlineData(ClaimReportStatus.Hearing)]
    [InlineData(ClaimReportStatus.Heard)]
    [InlineData(ClaimReportStatus.Upheld)]
    [InlineData(ClaimReportStatus.Rejected)]
    [InlineData(ClaimReportStatus.Withdrawn)]
    [InlineData(ClaimReportStatus.Appealed)]
    [InlineData(ClaimReportStatus.Overturned)]
    public void Orders_stay_in_the_metrics(ClaimReportStatus status) => In(status).Metrics(T0).ShouldBeNull();

    [Fact]
    public void Orders_leave_the_metrics_once_in_effect_and_return_when_it_is_revoked()
    {
        var report = In(ClaimReportStatus.InEffect);
        var left = report.Metrics(T0).ShouldBeOfType<ClaimReportEvent.LeftMetrics>();
        (left.Merchant, left.Number).ShouldBe((report.Merchant, report.Number));
        left.Orders.ShouldBe(["print"]);
        report = ClaimReport.Fold(report, left, T0);
        report.Metrics(T0).ShouldBeNull();
        report = Then(report, report.Revoke(OperatorKind.Marketplace, Other, "新证据。"));
        report.Metrics(T0).ShouldBeOfType<ClaimReportEvent.ReturnedToMetrics>().Orders.ShouldBe(["print"]);
        var before = In(ClaimReportStatus.InEffect) with { Orders = [] };
        before.Metrics(T0).ShouldBeNull("a threat before any order excludes nothing");
    }

    [Theory]
    [InlineData("2026-04-12", 0)]
    [InlineData("2026-04-11", 1)]
    [InlineData(null, 0)]
    public void An_order_older_than_six_months_is_warned_of_and_taken(string? on, int old)
    {
        var day = on is null ? (DateOnly?)null : DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture);
        var faults = new FieldFaults();
        var said = Said() with { Orders = [new OrderSaid("A-1", day)] };
        var draft = ClaimReportDraft.Check(Pretext.Fake, said, faults, T0);
        faults.None.ShouldBeTrue();
        draft.OldOrders.ShouldBe(old);
    }

    [Fact]
    public void A_threat_may_come_before_any_order()
    {
        var faults = new FieldFaults();
        ClaimReportDraft.Check(Pretext.Other, Said() with { Orders = [] }, faults, T0).Words.OrderNos.ShouldBeEmpty();
        faults.None.ShouldBeTrue();
        ClaimReportDraft.Check(Pretext.Other, Said() with { Orders = null, Demanded = " " }, faults, T0);
        faults.All["demanded"].ShouldBe(ClaimReport.NeedsDemand);
    }

    public static TheoryData<string, ClaimReportSaid> Wrong =>
        new()
        {
            { "alleged", Said() with { Alleged = "短" } },
            { "claimantPhone", Said() with { ClaimantPhone = "123" } },
            { "sum", Said() with { Sum = -1 } },
            { "orders[0].no", Said() with { Orders = [new OrderSaid(" ", null)] } },
            { "orders[1].no", Said() with { Orders = [new OrderSaid("A", null), new OrderSaid("A", null)] } },
            { "orders[0].on", Said() with { Orders = [new OrderSaid("A", new DateOnly(2026, 10, 13))] } },
            {
                "orders",
                Said() with
                {
                    Orders =
                    [
                        .. Enumerable
                            .Range(0, ClaimReportDraft.OrdersMax + 1)
                            .Select(i => new OrderSaid($"N{i}", null)),
                    ],
                }
            },
        };

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_at_its_field(string field, ClaimReportSaid said)
    {
        var faults = new FieldFaults();
        ClaimReportDraft.Check(Pretext.Fake, said, faults, T0);
        faults.All.Keys.ShouldBe([field]);
    }

    [Theory]
    [InlineData(4, 4, false)]
    [InlineData(5, 5, true)]
    [InlineData(10, 5, false)]
    [InlineData(9, 5, true)]
    [InlineData(100, 40, false)]
    public void Many_rejected_and_over_half_wait_for_a_human(int decided, int rejected, bool holds) =>
        ReporterLimit.Holds(decided, rejected).ShouldBe(holds);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Late_is_what_was_not_decided_on_its_day(int secondsAfter, bool late)
    {
        var at = Times.DecideBy!.Value.AddSeconds(secondsAfter);
        var report = In(ClaimReportStatus.Heard);
        report.IsLate(at).ShouldBe(late);
        var decided = ClaimReport.Fold(report, Decide(report, now: at).Event!, at);
        decided.IsLate(at.AddYears(1)).ShouldBe(late, "once decided it stays what it was");
    }
}
