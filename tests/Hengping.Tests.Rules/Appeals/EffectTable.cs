using Hengping.Rules.Appeals;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Appeals;

/// <summary>效果核对: improved, not shown or worse, from counts before and after.</summary>
public sealed class EffectTable
{
    // Newcombe (1998), table II, method 10: 56/70 against 48/80, and 9/10 against 3/10.
    [Theory]
    [InlineData(48, 80, 56, 70, 0.0524, 0.3339)]
    [InlineData(3, 10, 9, 10, 0.1705, 0.8090)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    public void The_interval_of_a_difference_is_Newcombes(long a, long m, long b, long n, double lo, double hi)
    {
        var (from, to) = Effectiveness.Difference(a, m, b, n);
        from.ShouldBe(lo, 0.0001);
        to.ShouldBe(hi, 0.0001);
    }

    [Theory]
    [InlineData(40, 1_000, 12, 1_000, EffectOutcome.Improved)]
    [InlineData(12, 1_000, 40, 1_000, EffectOutcome.Worse)]
    [InlineData(12, 1_000, 14, 1_000, EffectOutcome.NotShown)]
    [InlineData(40, 99, 0, 1_000, EffectOutcome.NotShown)]
    [InlineData(40, 1_000, 0, 99, EffectOutcome.NotShown)]
    public void Of_orders(long before, long of, long after, long ofAfter, EffectOutcome said) =>
        Effectiveness.Judge(new(before, of, 28), new(after, ofAfter, 28)).Outcome.ShouldBe(said);

    [Theory]
    [InlineData(12, 28, 1, 28, EffectOutcome.Improved)]
    [InlineData(1, 28, 12, 28, EffectOutcome.Worse)]
    [InlineData(6, 28, 5, 28, EffectOutcome.NotShown)]
    [InlineData(4, 28, 0, 28, EffectOutcome.NotShown)]
    [InlineData(0, 28, 12, 28, EffectOutcome.Worse)]
    // As many in half the time are no fewer.
    [InlineData(12, 28, 12, 7, EffectOutcome.Worse)]
    public void Of_days(long before, int days, long after, int daysAfter, EffectOutcome said) =>
        Effectiveness.Judge(new(before, null, days), new(after, null, daysAfter)).Outcome.ShouldBe(said);

    [Fact]
    public void What_is_said_lies_with_its_interval()
    {
        var found = Effectiveness.Judge(new(12, null, 28), new(3, null, 28), new(100, 90));
        found.PerOrder.ShouldBeFalse();
        found.Lo!.Value.ShouldBeLessThan(3.0 / 12);
        found.Hi!.Value.ShouldBeInRange(3.0 / 12, 1);
        found.Others.ShouldBe(new OthersMoved(100, 90));
        Effectiveness.Judge(new(0, null, 28), new(12, null, 28)).Hi.ShouldBeNull();
    }
}
