using System.Collections.Frozen;
using System.Globalization;

namespace Hengping.Rules.Clocks;

/// <summary>A day the State Council names: a holiday, or a weekend day that is worked to make up for one.</summary>
/// <param name="Off">True: 放假. False: 调休上班.</param>
public readonly record struct NamedDay(DateOnly Date, string Name, bool Off);

/// <summary>One year's notice. Without days it is a stub and the year stays unknown.</summary>
public sealed record CalendarYear(int Year, IReadOnlyList<NamedDay> Days);

/// <summary>What is known about a day.</summary>
public enum DayKind
{
    /// <summary>Worked, a make-up Saturday or Sunday included.</summary>
    Working,

    /// <summary>A holiday or a plain weekend day.</summary>
    Off,

    /// <summary>The notice for it is not loaded: nobody may guess from the weekday.</summary>
    Unknown,
}

/// <summary>
/// Working days in China by the State Council's yearly notices. A later file wins where two name the same day: the
/// last days of December stand now in their own year's file, now in the next one's.
/// </summary>
public sealed class WorkCalendar
{
    /// <summary>The earliest December day a next year's notice has ever named (2007 and 2018: the 29th).</summary>
    private const int NextYearsDecember = 29;

    private readonly FrozenDictionary<DateOnly, bool> named;
    private readonly FrozenSet<int> years;

    /// <summary>Builds the calendar from notices in any order.</summary>
    public WorkCalendar(IEnumerable<CalendarYear> notices)
    {
        var known = notices.Where(y => y.Days.Count > 0).OrderBy(y => y.Year).ToList();
        var named = new Dictionary<DateOnly, bool>();
        foreach (var day in known.SelectMany(y => y.Days))
            named[day.Date] = day.Off;
        this.named = named.ToFrozenDictionary();
        years = known.Select(y => y.Year).ToFrozenSet();
    }

    /// <summary>The years whose notice is loaded, ascending.</summary>
    public IEnumerable<int> Years => years.Order();

    /// <summary>What kind of day it is, or that nobody knows yet.</summary>
    public DayKind KindOf(DateOnly day)
    {
        if (named.TryGetValue(day, out var off))
            return off ? DayKind.Off : DayKind.Working;
        if (UnknownYear(day) is not null)
            return DayKind.Unknown;
        return day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Off : DayKind.Working;
    }

    /// <summary>
    /// A day of the block that a notice calls the holiday, its weekend days included. A plain weekend is none.
    /// </summary>
    public bool IsHoliday(DateOnly day) => named.TryGetValue(day, out var off) && off;

    /// <summary>
    /// The day a term ends whose last day is <paramref name="day"/>; null where the notice is missing that says so.
    /// </summary>
    /// <param name="unknown">The year whose notice is missing.</param>
    public DateOnly? Roll(DateOnly day, LastDay reading, out int unknown)
    {
        unknown = 0;
        if (reading == LastDay.None)
            return day;
        while (true)
        {
            if (UnknownYear(day) is { } year)
            {
                unknown = year;
                return null;
            }
            var rests = reading == LastDay.StatutoryHoliday ? IsHoliday(day) : KindOf(day) == DayKind.Off;
            if (!rests)
                return day;
            day = day.AddDays(1);
        }
    }

    /// <summary>The year whose notice is missing to judge a day, or null when the day is known.</summary>
    public int? UnknownYear(DateOnly day)
    {
        if (named.ContainsKey(day))
            return null;
        if (!years.Contains(day.Year))
            return day.Year;
        var mayStandInNext = day is { Month: 12, Day: >= NextYearsDecember };
        return mayStandInNext && !years.Contains(day.Year + 1) ? day.Year + 1 : null;
    }

    /// <summary>The refusal that says which file is missing and how to load it.</summary>
    public static Refusal Unknown(int year)
    {
        var y = year.ToString(CultureInfo.InvariantCulture);
        return new Refusal(
            "calendar.unknown",
            $"日历未知：{y} 年的节假日安排尚未载入，请在管理页面“放假安排”载入 {y}.json",
            $"Calendar unknown: the {y} holiday notice is not loaded; load {y}.json at /admin/calendar"
        );
    }
}
