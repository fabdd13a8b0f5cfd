using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.Measures;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.SomeMeasures;

namespace Hengping.Tests.Measures;

/// <summary>What a measure is asked for before it is proposed.</summary>
public sealed class MeasureDrafts
{
    [Fact]
    public void A_clause_must_have_been_in_force_and_no_machine_decides_after_somebody_asked_for_a_human()
    {
        var draft = Draft(MeasureKind.ListingDown, TargetKind.Listing);
        Propose(draft with { Clause = null }).Refusal.ShouldBe(Measure.ClauseNotInForce);
        var machine = draft with { Automation = Automation.Fully, AskedForHuman = true };
        Propose(machine).Refusal.ShouldBe(Measure.HumanFirst);
        Propose(machine with { Automation = Automation.Partly }).Event.ShouldNotBeNull();
        Propose(machine with { AskedForHuman = false }).Event.ShouldNotBeNull();
    }

    [Fact]
    public void Everything_that_a_kind_asks_for_is_asked_for()
    {
        Faulty(d => d with { EndsOn = null }).ShouldBe(["endsOn"]);
        var files = new FieldFaults();
        Measure.CheckFiles(19, 1, files);
        files.None.ShouldBeTrue();
        Measure.CheckFiles(20, 1, files);
        files.All.Keys.ShouldBe(["evidence"]);
        Faulty(d => d with { Kind = MeasureKind.Flagged }).ShouldBe(["metric", "threshold", "endCondition"]);
        Faulty(d => d with { Kind = MeasureKind.FeeDeducted, EndsOn = null })
            .ShouldBe(["basis", "method", "amount"], ignoreOrder: true);
        Faulty(d => d with { Kind = MeasureKind.ShopClosed }).ShouldBe(["openOrders", "deposits"]);
        Faulty(d => d with { IsUrgent = true, Reason = MeasureReason.Price }).ShouldBe(["urgent"]);
        Faulty(d => d with { Addressee = new MeasureAddressee(false, Shop) }).ShouldBe(["target.kind"]);
        Faulty(d =>
                d with
                {
                    Kind = MeasureKind.ListingDown,
                    Reason = MeasureReason.Prohibited,
                    Target = new MeasureTarget(TargetKind.Listing, "1", null, "刀具"),
                }
            )
            .ShouldBe(["endsOn"]);
    }

    [Fact]
    public void What_a_kind_has_not_is_refused_and_not_left_out()
    {
        Faulty(d => d with { Amount = 5 }).ShouldBe(["amount"]);
        Faulty(d => d with { Cause = ClosingCause.Danger }).ShouldBe(["cause"]);
        Faulty(d => d with { Kind = MeasureKind.FeeDeducted, Amount = 5 })
            .ShouldBe(["endsOn", "basis", "method"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(15, null, false)]
    [InlineData(33, null, false)]
    [InlineData(34, null, true)]
    [InlineData(15, ClosingCause.Fraud, true)]
    public void A_closing_ends_after_its_notice(int days, ClosingCause? cause, bool isTaken)
    {
        var faults = new FieldFaults();
        var draft = Draft(MeasureKind.ShopClosed, TargetKind.Shop) with
        {
            EndsOn = Shanghai.DayOf(T0).AddDays(days),
            Cause = cause,
        };
        Measure.CheckNotice(draft, Shanghai.EndOf(Shanghai.DayOf(T0).AddDays(33)), faults);
        faults.All.Keys.ShouldBe(isTaken ? [] : ["endsOn"]);
    }

    private static IEnumerable<string> Faulty(Func<MeasureDraft, MeasureDraft> change)
    {
        var faults = new FieldFaults();
        var plain = Draft(MeasureKind.TrafficReduced, TargetKind.Shop) with { Amount = null };
        Measure.Check(change(plain with { Words = new MeasureWords("事实", "范围") }), faults);
        return faults.All.Keys;
    }
}
