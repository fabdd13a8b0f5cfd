namespace Hengping.Rules.Clocks;

/// <summary>
/// Asia/Shanghai as arithmetic. China has kept UTC+8 without summer time since 1991-09-15; no case is older, so the
/// rules need no time zone data and give the same answer on every machine.
/// </summary>
public static class Shanghai
{
    /// <summary>UTC+8.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The calendar day an instant falls on in Shanghai.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>00:00 of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>
    /// 23:59:59 of a day: the last second before 24:00, where a term counted in days ends (民法典 art. 203). Written
    /// so,
    /// a reader sees the day that is meant and not the next one.
    /// </summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day.ToDateTime(new TimeOnly(23, 59, 59)), Offset);
}
