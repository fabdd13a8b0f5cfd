namespace Hengping.Rules.Clocks;

/// <summary>The four ways to count time (rules.md §3).</summary>
public enum ClockKind
{
    /// <summary>自然小时, from the instant itself.</summary>
    Hours,

    /// <summary>自然日, the first day not counted.</summary>
    Days,

    /// <summary>工作日, the first day not counted.</summary>
    WorkingDays,

    /// <summary>Hours that run only in a window, every day; 09:00–18:00 where the rule names no other.</summary>
    Window,
}

/// <summary>The hours of each day in which a clock of windows runs, Shanghai time.</summary>
public sealed record DailyWindow(TimeOnly Opens, TimeOnly Shuts)
{
    /// <summary>Where a rule names no other.</summary>
    public static readonly DailyWindow Usual = new(new TimeOnly(9, 0), new TimeOnly(18, 0));

    /// <summary>As people read it.</summary>
    public override string ToString() => $"{Opens:HH\\:mm}–{Shuts:HH\\:mm}";
}

/// <summary>What becomes of a term whose last day is no working day.</summary>
public enum LastDay
{
    /// <summary>It ends on that day all the same.</summary>
    None,

    /// <summary>法定节假日: it ends on the first day after the holiday, a plain weekend day included.</summary>
    StatutoryHoliday,

    /// <summary>休息日: it ends on the next working day, after a plain weekend, too.</summary>
    NonWorkingDay,
}

/// <summary>A clock stood still: testing, appraisal, suspension.</summary>
/// <param name="From">When it stopped.</param>
/// <param name="To">When it went on.</param>
public readonly record struct Pause(DateTimeOffset From, DateTimeOffset To, string Ground);

/// <summary>
/// Counts. Days are counted from the day after the first one; pauses are half-open, so the day a pause ends counts
/// again. All in Asia/Shanghai.
/// </summary>
public static class Clock
{
    /// <summary>More than any rule has; keeps the counting loops short.</summary>
    public const int AmountMax = 100_000;

    /// <summary>
    /// The last day of a term of days that began on <paramref name="first"/>; null when the calendar is unknown.
    /// </summary>
    /// <param name="unknown">The first year whose notice is missing.</param>
    /// <param name="earliest">Count on: any day that is not known may be worked, so it ends no earlier.</param>
    public static DateOnly? Day(
        DateOnly first,
        ClockKind kind,
        int amount,
        WorkCalendar calendar,
        out int unknown,
        IReadOnlyList<Pause>? pauses = null,
        bool earliest = false
    )
    {
        unknown = 0;
        var day = first;
        for (var left = amount; left > 0; )
        {
            if (day == DateOnly.MaxValue)
                throw new ArgumentOutOfRangeException(nameof(amount), amount, "The term ends after the year 9999.");
            day = day.AddDays(1);
            if (kind == ClockKind.WorkingDays && calendar.UnknownYear(day) is { } year)
            {
                unknown = unknown == 0 ? year : unknown;
                if (!earliest)
                    return null;
            }
            if (kind == ClockKind.WorkingDays && calendar.KindOf(day) == DayKind.Off)
                continue;
            if (!IsPaused(day, pauses))
                left--;
        }
        return day;
    }

    /// <summary>The instant a term of hours ends, with daily windows or without.</summary>
    public static DateTimeOffset Instant(
        DateTimeOffset from,
        ClockKind kind,
        int amount,
        IReadOnlyList<Pause>? pauses = null,
        DailyWindow? window = null
    )
    {
        var daily = window ?? DailyWindow.Usual;
        var at = from.ToOffset(Shanghai.Offset);
        var left = TimeSpan.FromHours(amount);
        while (true)
        {
            if (kind == ClockKind.Window)
                at = IntoWindow(at, left, daily);
            if (PauseAt(at, pauses) is { } standing)
            {
                at = standing.To.ToOffset(Shanghai.Offset);
                continue;
            }
            var stop = NextStop(at, kind, pauses, daily);
            if (stop is null || stop - at >= left)
                return at + left;
            left -= stop.Value - at;
            at = stop.Value;
        }
    }

    /// <summary>Moves to the next opening when the window is shut; at its end sharp only if time is left.</summary>
    private static DateTimeOffset IntoWindow(DateTimeOffset at, TimeSpan left, DailyWindow daily)
    {
        var time = TimeOnly.FromTimeSpan(at.TimeOfDay);
        var midnight = at - at.TimeOfDay;
        if (time < daily.Opens)
            return midnight + daily.Opens.ToTimeSpan();
        if (time > daily.Shuts || (time == daily.Shuts && left > TimeSpan.Zero))
            return midnight.AddDays(1) + daily.Opens.ToTimeSpan();
        return at;
    }

    private static DateTimeOffset? NextStop(
        DateTimeOffset at,
        ClockKind kind,
        IReadOnlyList<Pause>? pauses,
        DailyWindow daily
    )
    {
        DateTimeOffset? stop = kind == ClockKind.Window ? at - at.TimeOfDay + daily.Shuts.ToTimeSpan() : null;
        foreach (var pause in pauses ?? [])
        {
            if (pause.From > at && pause.To > pause.From && (stop is null || pause.From < stop))
                stop = pause.From.ToOffset(Shanghai.Offset);
        }
        return stop;
    }

    private static Pause? PauseAt(DateTimeOffset at, IReadOnlyList<Pause>? pauses)
    {
        foreach (var pause in pauses ?? [])
        {
            if (pause.From <= at && at < pause.To)
                return pause;
        }
        return null;
    }

    private static bool IsPaused(DateOnly day, IReadOnlyList<Pause>? pauses)
    {
        foreach (var pause in pauses ?? [])
        {
            if (Shanghai.DayOf(pause.From) <= day && day < Shanghai.DayOf(pause.To))
                return true;
        }
        return false;
    }
}
