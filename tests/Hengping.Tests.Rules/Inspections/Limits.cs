using System.Globalization;
using Hengping.Rules.Inspections;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Inspections;

/// <summary>A value against its limit, on both sides of every edge.</summary>
public sealed class Limits
{
    [Theory]
    [InlineData("75", "max", "74.99", "Pass")]
    [InlineData("75", "max", "75", "Pass")]
    [InlineData("75", "max", "75.000", "Pass")]
    [InlineData("75", "max", "75.00000000000001", "Fail")]
    [InlineData("0.1", "max", "0.1", "Pass")]
    [InlineData("0.3", "max", "0.30000000000001", "Fail")]
    [InlineData("-5", "max", "-4.9", "Fail")]
    [InlineData("75", "min", "75", "Pass")]
    [InlineData("75", "min", "74.99", "Fail")]
    [InlineData("75", "min", "80", "Pass")]
    public void By_the_full_value(string limit, string sense, string value, string verdict) =>
        Of(limit, sense).Of(Number(value)).ToString().ShouldBe(verdict);

    [Theory]
    [InlineData("75", "6", "69", "Pass")]
    [InlineData("75", "6", "69.01", "ConditionalPass")]
    [InlineData("75", "6", "72", "ConditionalPass")]
    [InlineData("75", "6", "75", "ConditionalPass")]
    [InlineData("75", "6", "75.01", "ConditionalFail")]
    [InlineData("75", "6", "78", "ConditionalFail")]
    [InlineData("75", "6", "81", "ConditionalFail")]
    [InlineData("75", "6", "81.01", "Fail")]
    [InlineData("75", "6", "82", "Fail")]
    [InlineData("0.3", "0.1", "0.2", "Pass")]
    [InlineData("0.3", "0.1", "0.4", "ConditionalFail")]
    [InlineData("75", "0", "75", "Pass")]
    [InlineData("75", "0", "75.1", "Fail")]
    public void With_its_uncertainty_and_the_mirror_image(string limit, string u, string value, string verdict)
    {
        var (edge, far, measured) = (Number(limit), Number(u), Number(value));
        new Limit(edge, LimitSense.Max).Guarded(measured, far).ToString().ShouldBe(verdict);
        new Limit(-edge, LimitSense.Min).Guarded(-measured, far).ToString().ShouldBe(verdict);
        var isPass = verdict is "Pass" or "ConditionalPass";
        new Limit(edge, LimitSense.Max).Of(measured).ShouldBe(isPass ? Verdict.Pass : Verdict.Fail);
    }

    [Theory]
    [InlineData("0.50", "0.504", "Pass")]
    [InlineData("0.50", "0.505", "Pass")]
    [InlineData("0.50", "0.5051", "Fail")]
    [InlineData("0.51", "0.515", "Fail")]
    [InlineData("0.5", "0.549", "Pass")]
    public void Rounded_where_the_standard_says_so(string limit, string value, string verdict) =>
        Of(limit, "max").OfRounded(Number(value)).ToString().ShouldBe(verdict);

    [Theory]
    [InlineData("max", "0.02", "Pass")]
    [InlineData("max", "0.1", "Pass")]
    [InlineData("max", "0.2", null)]
    [InlineData("min", "0.02", "Fail")]
    [InlineData("min", "0.2", null)]
    public void Not_detected(string sense, string detection, string? verdict) =>
        (Of("0.1", sense).OfNotDetected(Number(detection))?.ToString()).ShouldBe(verdict);

    [Fact]
    public void What_chance_still_allows()
    {
        Limit.FalseAcceptAtLimit(0).ShouldBe(0.5);
        Limit.FalseAcceptAtLimit(1).ShouldBe(0.02275, 0.000005);
        NoneFailed.StillBad(0).ShouldBe(1);
        NoneFailed.StillBad(3).ShouldBe(0.632, 0.0005);
        NoneFailed.StillBad(29).ShouldBe(0.098, 0.0005);
        NoneFailed.StillBad(59).ShouldBe(0.0495, 0.00005);
        Should.Throw<ArgumentOutOfRangeException>(() => Of("1", "max").Guarded(1, -1));
    }

    private static Limit Of(string limit, string sense) =>
        new(Number(limit), sense == "max" ? LimitSense.Max : LimitSense.Min);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
