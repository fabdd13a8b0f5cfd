using System.Collections.Immutable;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Operators;

/// <summary>放假安排 that an admin loaded.</summary>
public sealed partial record Operator
{
    /// <summary>By year; one of them replaces what came with the program.</summary>
    public ImmutableSortedDictionary<int, CalendarYear> Calendars { get; init; } =
        ImmutableSortedDictionary<int, CalendarYear>.Empty;

    /// <summary>载入放假安排: judged, and another than what counts now.</summary>
    /// <param name="inForce">The notice of that year that counts now, from wherever it came.</param>
    public static Decided<OperatorEvent> LoadCalendar(CalendarYear notice, CalendarYear? inForce, DateOnly today)
    {
        if (HolidayNotice.Check(notice, today) is { } no)
            return no;
        var days = notice.Days.OrderBy(d => d.Date).ToList();
        return inForce is not null && days.SequenceEqual(inForce.Days.OrderBy(d => d.Date))
            ? HolidayNotice.Same(notice)
            : new OperatorEvent.CalendarLoaded(notice.Year, days);
    }
}
