using Hengping.App.Clocks;
using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Operators;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Clocks;

/// <summary>A year's notice as somebody brings it: what must be true of it before it counts.</summary>
public sealed class HolidayNotices
{
    private static readonly DateOnly Today = new(2026, 11, 20);
    private static readonly IReadOnlyDictionary<int, CalendarYear> Shipped = Law.Shipped.Years;

    [Fact]
    public void Every_shipped_year_would_be_taken_in_the_year_before_it()
    {
        foreach (var year in Shipped.Values.Where(y => y.Days.Count > 0))
            HolidayNotice.Check(year, new DateOnly(year.Year - 1, 11, 20)).ShouldBeNull($"{year.Year}");
    }

    [Fact]
    public void A_notice_is_loaded_once_and_one_that_differs_replaces_it()
    {
        var year = Shipped[2026];
        NamesTheYear(Operator.LoadCalendar(year, year, Today).Refusal!).ShouldBe("calendar.same");
        var loaded = Operator
            .LoadCalendar(year, inForce: null, Today)
            .Event.ShouldBeOfType<OperatorEvent.CalendarLoaded>();
        var house = Operator.Apply(null, loaded, default);
        house.Calendars[2026].Days.ShouldBe(year.Days.OrderBy(d => d.Date));
        var later = year with { Days = [.. year.Days, new NamedDay(new DateOnly(2026, 9, 3), "临时放假", Off: true)] };
        Operator.LoadCalendar(later, house.Calendars[2026], Today).Event.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("2028-10-01", "calendar.outside")]
    [InlineData("2025-12-28", "calendar.outside")]
    [InlineData("2026-10-01", "calendar.twice")]
    public void A_day_that_cannot_be_is_named(string day, string code)
    {
        var wrong = new NamedDay(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), "某日", false);
        var year = Shipped[2026];
        var refusal = HolidayNotice.Check(year with { Days = [.. year.Days, wrong] }, Today)!;
        NamesTheYear(refusal);
        (refusal.Code, refusal.Zh.StartsWith(day, StringComparison.Ordinal)).ShouldBe((code, true));
        refusal.En.ShouldStartWith(day);
    }

    [Fact]
    public void What_lacks_the_holidays_of_the_law_is_not_complete()
    {
        var year = Shipped[2026];
        string Without(Func<NamedDay, bool> which) =>
            NamesTheYear(HolidayNotice.Check(year with { Days = [.. year.Days.Where(d => !which(d))] }, Today)!);
        Without(d => d.Name.Contains("国庆", StringComparison.Ordinal)).ShouldBe("calendar.missing");
        Without(d => d.Name.Contains("春节", StringComparison.Ordinal)).ShouldBe("calendar.incomplete");
        Without(_ => true).ShouldBe("calendar.count");
        NamesTheYear(HolidayNotice.Check(year, new DateOnly(2024, 12, 1))!).ShouldBe("calendar.year");
        NamesTheYear(HolidayNotice.Check(year, new DateOnly(2027, 1, 1))!).ShouldBe("calendar.year");
        foreach (
            var text in new[] { "", "[]", "{}", """{"year":2027,"days":[null]}""", """{"year":2027,"days":[{}]}""" }
        )
            Law.Notice(text).ShouldBeNull();
    }

    // Which file it was: an admin brings two in November.
    private static string NamesTheYear(Refusal said)
    {
        said.Zh.ShouldContain("2026 年");
        said.En.ShouldContain("2026");
        return said.Code;
    }
}
