using Hengping.Rules.Inspections;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Inspections;

/// <summary>Severity × probability, for triage.</summary>
public sealed class RiskLevels
{
    private static readonly RiskMatrix Matrix = RiskMatrix.Shipped;

    [Theory]
    [InlineData(1, 0.002, RiskLevel.Low)]
    [InlineData(1, 0.010, RiskLevel.Low)]
    [InlineData(1, 0.011, RiskLevel.Medium)]
    [InlineData(1, 0.51, RiskLevel.High)]
    [InlineData(2, 0.001, RiskLevel.Medium)]
    [InlineData(2, 0.0011, RiskLevel.High)]
    [InlineData(3, 0.002, RiskLevel.Serious)]
    [InlineData(4, 0.00011, RiskLevel.Serious)]
    [InlineData(4, 0.0001, RiskLevel.High)]
    [InlineData(4, 0.000001, RiskLevel.Low)]
    [InlineData(4, 0, RiskLevel.Low)]
    [InlineData(4, 1, RiskLevel.Serious)]
    public void By_the_matrix(int severity, double probability, RiskLevel level) =>
        Matrix.Of(severity, (decimal)probability).ShouldBe(level);

    [Fact]
    public void The_steps_multiply_and_the_worst_way_counts()
    {
        HarmScenario pinched = new(1, [1, 0.02m, 0.1m, 1]);
        HarmScenario cut = new(3, [0.02m, 0.1m, 0.02m]);
        pinched.Probability.ShouldBe(0.002m);
        Matrix.Of([pinched]).ShouldBe(RiskLevel.Low);
        Matrix.Of([pinched, cut]).ShouldBe(RiskLevel.Medium);
        Matrix.Of([]).ShouldBeNull();
    }

    [Fact]
    public void More_severe_or_more_likely_is_never_lower()
    {
        decimal[] probabilities = [0, 0.000001m, 0.000002m, 0.00002m, 0.0002m, 0.002m, 0.02m, 0.2m, 0.6m, 1];
        for (var severity = 1; severity <= Matrix.Severities.Count; severity++)
        for (var i = 1; i < probabilities.Length; i++)
        {
            var level = (int)Matrix.Of(severity, probabilities[i]);
            level.ShouldBeGreaterThanOrEqualTo((int)Matrix.Of(severity, probabilities[i - 1]));
            level.ShouldBeGreaterThanOrEqualTo((int)Matrix.Of(Math.Max(1, severity - 1), probabilities[i]));
        }
        Matrix.Severities.Count.ShouldBe(4);
        Should.Throw<ArgumentOutOfRangeException>(() => Matrix.Of(5, 0.1m));
        Should.Throw<ArgumentOutOfRangeException>(() => Matrix.Of(1, 1.1m));
    }
}
