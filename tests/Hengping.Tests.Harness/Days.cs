using System.Globalization;
using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Hengping.Tests.Harness;

/// <summary>
/// The days tests live on. None of them is today: a run is as green next year as it is now. What does not care has
/// <see cref="Monday"/>; what is bound to a date is repeated on days that differ, by <see cref="OnDaysAttribute"/>.
/// </summary>
public static class Days
{
    /// <summary>
    /// Monday 12 October 2026, 10:00 in Shanghai: the first working Monday after the National Day week; 19 days before
    /// a month's end, in a year whose calendar is known.
    /// </summary>
    public static readonly DateTimeOffset Monday = At("2026-10-12 10:00:00");

    /// <summary>How many of <see cref="All"/> an ordinary run takes.</summary>
    public const int DrawnCount = 5;

    /// <summary>
    /// Instants in Shanghai on which dates go wrong: <c>yyyy-MM-dd HH:mm:ss</c>. Midnight there is 16:00 UTC.
    /// </summary>
    public static readonly IReadOnlyList<string> All =
    [
        // Months: the first minutes of one, the last of another.
        "2025-11-01 00:30:00",
        "2026-03-01 00:30:00",
        "2026-06-01 00:00:00",
        "2026-07-01 00:30:00",
        "2026-12-01 00:30:00",
        "2026-01-31 23:30:00",
        "2026-04-30 23:59:59",
        "2026-06-30 23:30:00",
        "2026-10-31 12:00:00",
        "2026-11-30 23:59:59",
        // February of both lengths.
        "2024-02-29 12:00:00",
        "2027-02-28 23:30:00",
        "2028-02-29 00:30:00",
        "2028-02-29 23:59:59",
        "2028-03-01 00:30:00",
        "2029-02-28 12:00:00",
        // The turn of a year, to the second.
        "2024-12-31 23:30:00",
        "2025-01-01 00:30:00",
        "2025-12-31 23:59:59",
        "2026-01-01 00:00:00",
        "2026-01-02 10:00:00",
        "2026-12-31 12:00:00",
        "2027-01-01 00:30:00",
        "2027-12-31 23:59:59",
        // Saturdays and Sundays that are worked, and working days that are not.
        "2025-01-26 10:00:00",
        "2025-02-08 10:00:00",
        "2026-01-04 10:00:00",
        "2026-02-14 17:59:00",
        "2026-02-28 23:30:00",
        "2026-05-09 08:59:00",
        "2026-09-20 10:00:00",
        "2026-10-10 10:00:00",
        "2026-02-17 10:00:00",
        "2026-10-01 00:30:00",
        // The great sales.
        "2025-06-18 00:00:00",
        "2026-06-18 20:00:00",
        "2026-06-19 00:30:00",
        "2026-11-11 00:00:00",
        "2026-11-11 23:59:59",
        // Both sides of 16:00 UTC, on a weekend and in a month's turn.
        "2026-11-28 23:59:59",
        "2026-11-29 00:00:00",
        "2026-05-31 23:59:59",
        // Years whose calendar nobody knows yet, and days that stand in next year's notice.
        "2026-12-29 10:00:00",
        "2027-01-02 10:00:00",
        "2027-05-03 10:00:00",
        "2028-01-01 00:30:00",
    ];

    /// <summary>One of them as an instant.</summary>
    public static DateTimeOffset At(string day) =>
        new(
            DateTime.ParseExact(day, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            // Shanghai has had no summer time since 1991.
            TimeSpan.FromHours(8)
        );

    /// <summary>
    /// What this run takes of the days that meet a need: all with <c>HENGPING_TEST_DAYS=all</c> (<c>ci.cs --days</c>),
    /// one that is named there, else <see cref="DrawnCount"/> by the commit's hash: commit after commit sees them all.
    /// </summary>
    public static IReadOnlyList<string> Drawn(DayNeed need)
    {
        var fitting = All.Where(day => Meets(At(day), need)).ToList();
        if (Draw.Days.Length > 0)
            return [.. fitting.Where(day => Draw.Days == "all" || Draw.Days == day)];
        var lots = new Random(Draw.Seed);
        return [.. fitting.OrderBy(_ => lots.Next()).Take(DrawnCount).Order(StringComparer.Ordinal)];
    }

    private static bool Meets(DateTimeOffset day, DayNeed need) =>
        need switch
        {
            DayNeed.Any => true,
            DayNeed.KnownCalendar => day.AddDays(90).Year <= 2026,
            _ => throw new ArgumentOutOfRangeException(nameof(need)),
        };
}

/// <summary>What a test asks of its day.</summary>
public enum DayNeed
{
    /// <summary>Nothing: it holds on every day.</summary>
    Any,

    /// <summary>Working days are counted up to 90 days ahead, and the State Council has named them.</summary>
    KnownCalendar,
}

/// <summary>
/// A theory that is repeated on days: its one argument is the day's name, as <c>2028-02-29 23:59:59</c>; make it an
/// instant by <see cref="Days.At"/>. Its rows carry the trait <c>Days</c>, by which <c>ci.cs --days</c> finds them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnDaysAttribute(DayNeed need = DayNeed.Any) : DataAttribute, ITraitAttribute
{
    /// <summary>What it asks of its days.</summary>
    public DayNeed Need { get; } = need;

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) => new([.. Days.Drawn(Need).Select(day => new TheoryDataRow<string>(day))]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Days", "on")];
}
