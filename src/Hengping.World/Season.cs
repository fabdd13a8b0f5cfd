namespace Hengping.World;

/// <summary>When people complain: by weekday, hour, and the two great sales with their tails of late parcels.</summary>
public sealed class Season
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);
    private static readonly int[] ByHour =
    [
        6,
        3,
        2,
        1,
        1,
        2,
        5,
        12,
        26,
        44,
        52,
        50,
        40,
        38,
        46,
        48,
        46,
        40,
        36,
        42,
        50,
        52,
        38,
        18,
    ];
    private static readonly int HoursTotal = ByHour.Sum();

    private readonly DateOnly first;
    private readonly double[] upTo;

    /// <summary>Whole Shanghai days from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public Season(DateTimeOffset start, DateTimeOffset end)
    {
        first = DateOnly.FromDateTime(start.ToOffset(Shanghai).DateTime);
        var days = DateOnly.FromDateTime(end.ToOffset(Shanghai).DateTime).DayNumber - first.DayNumber;
        upTo = new double[Math.Max(1, days)];
        var sum = 0.0;
        for (var i = 0; i < upTo.Length; i++)
            upTo[i] = sum += Weight(first.AddDays(i));
    }

    /// <summary>Draws the instant of a filing, in whole seconds.</summary>
    public DateTimeOffset Draw(Chance chance)
    {
        var found = Array.BinarySearch(upTo, chance.Part() * upTo[^1]);
        var day = first.AddDays(Math.Min(found < 0 ? ~found : found, upTo.Length - 1));
        var left = chance.Below(HoursTotal);
        var hour = 0;
        while (left >= ByHour[hour])
            left -= ByHour[hour++];
        var local = day.ToDateTime(new TimeOnly(hour, chance.Below(60), chance.Below(60)));
        return new DateTimeOffset(local, Shanghai).ToUniversalTime();
    }

    /// <summary>How many complain on a day, 1 on an ordinary weekday.</summary>
    public static double Weight(DateOnly day)
    {
        var week = day.DayOfWeek switch
        {
            DayOfWeek.Monday => 1.15,
            DayOfWeek.Saturday => 0.82,
            DayOfWeek.Sunday => 0.78,
            _ => 1.0,
        };
        return week
            * Sale(day.DayOfYear, new DateOnly(day.Year, 6, 18))
            * Sale(day.DayOfYear, new DateOnly(day.Year, 11, 11));
    }

    // Complaints rise from four weeks before the day, are highest about six days after it, and fade in three weeks.
    private static double Sale(int day, DateOnly peak)
    {
        var away = day - (peak.DayOfYear + 6);
        return away switch
        {
            < -34 or > 24 => 1,
            <= 0 => 1 + (1.6 * (34 + away) / 34),
            _ => 1 + (1.6 * (24 - away) / 24),
        };
    }
}
