using System.Globalization;
using Hengping.Rules.Measures;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.SomeMeasures;

namespace Hengping.Tests.Measures;

/// <summary>What an appeal can do to a measure.</summary>
public sealed class MeasuresAppealed
{
    [Fact]
    public void An_appeal_that_nobody_decided_leaves_the_right_to_appeal_and_a_decided_one_does_not()
    {
        var appealed = Measure.Fold(In(MeasureStatus.InForce), new MeasureEvent.Appealed(Appeal), T0);
        appealed.Why(MeasureVerb.Appeal, MeasureSide.Appeals, Guid.Empty, T0).ShouldBe(Measure.AlreadyAppealed);
        appealed.EndAppeal(Other, T0).Refusal.ShouldBe(Measure.NoAppeal);
        var open = Measure.Fold(appealed, appealed.EndAppeal(Appeal, T0).Event!, T0);
        open.Why(MeasureVerb.Appeal, MeasureSide.Appeals, Guid.Empty, T0).ShouldBeNull();
        open.TurnFor(MeasureSide.Addressee, Shop, T0.AddDays(1))!.By.ShouldBe(open.AppealBy);
        var upheld = Measure.Fold(appealed, appealed.Uphold(Appeal, Other, T0).Event!, T0);
        upheld.Why(MeasureVerb.Appeal, MeasureSide.Appeals, Guid.Empty, T0).ShouldBe(Measure.AppealDecided);
    }

    [Fact]
    public void An_appeal_is_not_decided_by_whoever_decided_and_makes_nothing_harder()
    {
        var money = Signed(Begin(MeasureKind.FeeDeducted, TargetKind.Shop));
        money.Overturn(Appeal, "计算有误", T0, Signer).Refusal.ShouldBe(Measure.DecidedItYourself);
        money.Uphold(Appeal, Proposer, T0).Refusal.ShouldBe(Measure.DecidedItYourself);
        money.Change(Appeal, "部分成立", T0, amount: 900, by: Other).Refusal.ShouldBe(Measure.NeverHarder);
        Measure
            .Fold(money, money.Change(Appeal, "部分成立", T0, amount: 200, by: Other).Event!, T0)
            .Amount.ShouldBe(200);
        var stop = Signed(Begin(MeasureKind.TrafficReduced, TargetKind.Shop));
        stop.Change(Appeal, "期限缩短", T0, stop.EndsOn!.Value.AddDays(1), by: Other)
            .Refusal.ShouldBe(Measure.NeverHarder);
    }

    // Today is 12 October 2026. One is ended by a condition, one on 31 December; the fee is 500.
    [Theory]
    [InlineData("condition", "0001-01-01", null, "field.past")]
    [InlineData("condition", "2026-10-12", null, "field.past")]
    [InlineData("condition", "2026-10-13", null, null)]
    [InlineData("condition", "2029-10-12", null, null)]
    [InlineData("condition", "2029-10-13", null, "measure.too-long")]
    [InlineData("condition", "9999-12-31", null, "measure.too-long")]
    [InlineData("dated", "2026-12-31", null, "measure.nothing-changed")]
    [InlineData("dated", "2027-01-01", null, "measure.never-harder")]
    [InlineData("dated", "2026-12-30", null, null)]
    [InlineData("fee", null, 500, "measure.nothing-changed")]
    [InlineData("fee", null, 501, "measure.never-harder")]
    [InlineData("fee", null, 0, "measure.nothing-left")]
    [InlineData("fee", null, 499, null)]
    [InlineData("fee", "2026-12-30", null, "measure.never-harder")]
    [InlineData("prohibited", "2026-12-30", null, "measure.has-no-end")]
    public void What_an_appeal_changes_is_other_than_it_was_and_makes_sense(
        string of,
        string? endsOn,
        int? amount,
        string? no
    )
    {
        var stop = Begin(MeasureKind.TrafficReduced, TargetKind.Shop);
        var measure = Signed(
            of switch
            {
                "condition" => stop with { EndsOn = null },
                "fee" => Begin(MeasureKind.FeeDeducted, TargetKind.Shop) with { EndsOn = null },
                "prohibited" => Begin(
                    MeasureKind.ListingDown,
                    TargetKind.Listing,
                    reason: MeasureReason.Prohibited
                ) with
                {
                    EndsOn = null,
                },
                _ => stop,
            }
        );
        DateOnly? day = endsOn is null ? null : DateOnly.ParseExact(endsOn, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var decided = measure.Change(Appeal, "部分成立", T0, day, amount, by: Other);
        (decided.Refusal?.Code).ShouldBe(no);
        (decided.Event is null).ShouldBe(no is not null);
    }
}
