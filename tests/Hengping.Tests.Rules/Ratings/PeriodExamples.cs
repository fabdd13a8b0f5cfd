using System.Globalization;
using Hengping.Rules.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

public sealed class PeriodExamples
{
    private static readonly DateTimeOffset Now = At("2026-11-21T20:00:00+08:00");

    [Theory]
    [InlineData("2026-10", "2026-10-01", "2026-11-01")]
    [InlineData("2026-12", "2026-12-01", "2027-01-01")]
    [InlineData("2026-Q1", "2026-01-01", "2026-04-01")]
    [InlineData("2026-Q3", "2026-07-01", "2026-10-01")]
    [InlineData("2026-H1", "2026-01-01", "2026-07-01")]
    [InlineData("2026-H2", "2026-07-01", "2027-01-01")]
    [InlineData("2026", "2026-01-01", "2027-01-01")]
    [InlineData("2026-618", "2026-05-13", "2026-06-21")]
    [InlineData("2026-1111", "2026-10-14", "2026-11-12")]
    [InlineData("ytd", "2026-01-01", "2027-01-01")]
    public void A_period_is_half_open_in_shanghai(string code, string from, string until)
    {
        var period = Period.Parse(code, Now).Event!;
        period.From.ShouldBe(At(from + "T00:00:00+08:00"));
        period.Until.ShouldBe(At(until + "T00:00:00+08:00"));
        period.Holds(period.From).ShouldBeTrue();
        period.Holds(period.Until).ShouldBeFalse();
        period.Holds(period.From.AddMilliseconds(-1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-10", "2026-11-06")]
    [InlineData("2026-618", "2026-06-26")]
    [InlineData("2026-1111", "2026-11-17")]
    public void A_list_freezes_120_hours_after_its_period(string code, string day) =>
        Period.Parse(code, Now).Event!.FreezesAt.ShouldBe(At(day + "T00:00:00+08:00"));

    [Theory]
    [InlineData("")]
    [InlineData("26-10")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-Q5")]
    [InlineData("2026-H3")]
    [InlineData("2026-1")]
    [InlineData("2026-10 ")]
    [InlineData("0000")]
    [InlineData("ALL")]
    public void Anything_else_is_refused(string code) =>
        Period.Parse(code, Now).Refusal!.Code.ShouldBe("period.invalid");

    [Fact]
    public void Moving_periods_are_never_frozen()
    {
        Period.Parse("all", Now).Event!.IsMoving.ShouldBeTrue();
        Period.Parse("ytd", Now).Event!.IsMoving.ShouldBeTrue();
        Period.Parse("2026", Now).Event!.IsMoving.ShouldBeFalse();
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
