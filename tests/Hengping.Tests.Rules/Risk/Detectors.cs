using Hengping.Rules.Risk;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Risk;

/// <summary>Charts and limits, by published figures.</summary>
public sealed class Detectors
{
    [Fact]
    public void Single_periods()
    {
        var (lo, hi) = Shewhart.OfCount(19.8462);
        lo.ShouldBe(6.4815, 0.0002);
        hi.ShouldBe(33.2109, 0.00005);
        Shewhart.OfCount(4).Lo.ShouldBe(0);
        Shewhart.OfShare(0.02, 10_000).ShouldBe((0.0158, 0.0242));
        Shewhart.OfShare(0.02, 100).Lo.ShouldBe(0);
        Shewhart.FalseAlarms(1_000, 1, 0.0027).ShouldBe(2.7, 1e-9);
    }

    [Fact]
    public void Drift_by_a_mean_that_forgets()
    {
        var chart = new Ewma(0.2, 2.962, 10, 2);
        chart.Next(10, 15).ShouldBe(11);
        chart.Limits(1).Hi.ShouldBe(10 + (2.962 * 2 * 0.2), 1e-9);
        chart.Limits(1_000).Hi.ShouldBe(10 + (2.962 * 2 * Math.Sqrt(0.2 / 1.8)), 1e-9);
        (chart.Limits(3).Lo + chart.Limits(3).Hi).ShouldBe(20, 1e-9);
    }

    [Theory]
    [InlineData(2, 1927.3, 0.05)]
    [InlineData(4, 8.2, 0.05)]
    public void Drift_of_counts_by_what_adds_up(double mean, double periods, double within)
    {
        var chart = new Cusum(3, 8);
        chart.RunLengthOfCounts(mean).ShouldBe(periods, within);
        // Many tries of little chance are as good as Poisson.
        chart.RunLengthOfFaulty(1_000_000, mean / 1_000_000).ShouldBe(chart.RunLengthOfCounts(mean), 0.05);
        // In tenths it is the same chart.
        new Cusum(3.1, 8)
            .RunLengthOfCounts(mean)
            .ShouldBeGreaterThan(chart.RunLengthOfCounts(mean));
        chart.Next(0, 2).ShouldBe(0);
        chart.Next(4, 7).ShouldBe(8);
        chart.IsAlarm(8).ShouldBeTrue();
    }

    [Fact]
    public void Ratio_of_counts()
    {
        var (lo, hi) = RatioFunnel.Limits(15, 0.95);
        lo.ShouldBe(0.5596924, 5e-8);
        hi.ShouldBe(1.649348, 5e-7);
        // One event expected: the exact limits of a count of 1.
        RatioFunnel.Limits(1, 0.95).Lo.ShouldBe(0.0253178, 5e-8);
        RatioFunnel.Limits(1, 0.95).Hi.ShouldBe(5.571643, 5e-7);
        RatioFunnel.Limits(100_000, 0.95).Hi.ShouldBe(1 + (1.959964 / Math.Sqrt(100_000)), 1e-4);
    }

    [Theory]
    [InlineData(FarringtonPower.None, 8.6926872)]
    [InlineData(FarringtonPower.Half, 9.3744842)]
    [InlineData(FarringtonPower.TwoThirds, 9.1154825)]
    public void Thresholds_of_counts(FarringtonPower power, double threshold) =>
        Farrington.Threshold(5, 0.2, 1, 1.6448536269514722, power).ShouldBe(threshold, 5e-8);

    [Fact]
    public void Merchants_that_differ_by_more_than_chance()
    {
        double[] weights = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        // ±1 is what chance gives; one far outlier is drawn in.
        OverDispersion.Of([-1, 1, -1, 1, -1, 1, -1, 1, 1, 50], weights).ShouldBe(new OverDispersion(1, 1.0 / 9));
        var spread = OverDispersion.Of([-3, 3, -3, 3, -3, 3, -3, 3, -3, 3], weights);
        spread.Phi.ShouldBe(9, 1e-12);
        spread.TauSquared.ShouldBe((90.0 - 9) / 9, 1e-12);
        OverDispersion.Of([0.1, -0.1, 0], [1, 2, 3]).TauSquared.ShouldBe(0);
        OverDispersion.Of([4], [1]).ShouldBe(new OverDispersion(1, 0));
    }
}
