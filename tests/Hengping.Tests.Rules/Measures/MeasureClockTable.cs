using System.Globalization;
using Hengping.App.Clocks;
using Hengping.Rules.Clocks;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Measures;

/// <summary>The clocks of measures on the shipped calendar, over holidays and made-up days.</summary>
public sealed class MeasureClockTable
{
    [Theory]
    [InlineData("measure.human", "2026-09-30", "2026-10-08")] // The whole holiday lies between.
    [InlineData("measure.human", "2026-02-13", "2026-02-14")] // A worked Saturday.
    [InlineData("measure.publish", "2026-09-30", "2026-10-08")]
    [InlineData("measure.answer", "2026-09-30", "2026-10-03")] // Our own promise: it does not roll.
    [InlineData("measure.appeal", "2026-09-28", "2026-10-05")]
    [InlineData("measure.closing", "2026-09-05", "2026-10-05")]
    [InlineData("measure.suit", "2026-09-18", "2026-10-08")] // 10-03, a right: it rolls over the whole holiday.
    [InlineData("measure.suit", "2026-11-02", "2026-11-17")]
    [InlineData("measure.suit", "2026-11-06", "2026-11-23")] // 11-21 is a Saturday.
    public void Days(string rule, string from, string due) =>
        Law.Shipped.Reckon(rule, Shanghai.StartOf(Date(from)).AddHours(10)).Event!.DueDay.ShouldBe(Date(due));

    [Fact]
    public void A_signature_is_due_in_twenty_four_hours_on_any_day()
    {
        var eve = Shanghai.StartOf(new DateOnly(2026, 9, 30)).AddHours(17);
        Law.Shipped.Reckon("measure.signature", eve).Event!.Due.ShouldBe(eve.AddHours(24));
    }

    [Fact]
    public void Where_the_calendar_is_missing_it_goes_on_with_the_earliest_day() =>
        Law.Shipped.Count("measure.human", Shanghai.StartOf(new DateOnly(2026, 12, 31)))!.Provisional.ShouldBeTrue();

    private static DateOnly Date(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
