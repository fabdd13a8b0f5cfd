using System.Collections.Immutable;

namespace Hengping.Rules.Clocks;

/// <summary>
/// The hours of a rating policy: how long after its delivery an answer to a complaint counts in full, and how long in
/// part. The only place of these numbers (docs/decisions/0040). A list has them by the name of its policy; a case has
/// those in force on the day of its delivery, which both sides were told.
/// </summary>
/// <param name="Policy">The policy's name, as lists carry it.</param>
/// <param name="Full">In less than so many hours an answer counts 1.0.</param>
/// <param name="Part">Up to so many, itself included, it counts 0.6; after that nothing.</param>
/// <param name="FromYear">
/// First year in force, in Shanghai: no period that is frozen has two. Null for one that is asked for by name alone.
/// </param>
public sealed record ReplyHours(string Policy, int Full, int Part, int? FromYear)
{
    private const long HourMs = 3_600_000;

    // Those of before the first are as the first.
    private static ImmutableArray<ReplyHours> Known =
    [
        new("2021-02", 72, 120, FromYear: null),
        new("2025-01", 72, 120, FromYear: 1900),
    ];

    private static ImmutableArray<ReplyHours> ByYear = [Known[1]];

    /// <summary>All policies by name, the oldest first.</summary>
    public static IReadOnlyList<string> Policies => [.. Known.Select(one => one.Policy)];

    /// <summary>Those that come into force by themselves, the oldest first.</summary>
    public static IReadOnlyList<ReplyHours> InForce => ByYear;

    /// <summary>Since when, in Unix milliseconds.</summary>
    public long FromMs { get; } =
        FromYear is { } year ? Shanghai.StartOf(new DateOnly(year, 1, 1)).ToUnixTimeMilliseconds() : long.MaxValue;

    /// <summary><see cref="Full"/>.</summary>
    public TimeSpan InFull => TimeSpan.FromHours(Full);

    /// <summary><see cref="Part"/>: how long a respondent has; nobody is counted silent before it is over.</summary>
    public TimeSpan InPart => TimeSpan.FromHours(Part);

    /// <summary><see cref="Full"/> in milliseconds.</summary>
    public long FullMs => Full * HourMs;

    /// <summary><see cref="Part"/> in milliseconds.</summary>
    public long PartMs => Part * HourMs;

    /// <summary>The first day in force.</summary>
    public DateOnly FirstDay => new(FromYear ?? 1, 1, 1);

    /// <summary>The same hours, by whatever name.</summary>
    public bool SameAs(ReplyHours other) => (Full, Part) == (other.Full, other.Part);

    /// <summary>Those of a policy; null where none has that name.</summary>
    public static ReplyHours? Of(string policy) => Known.FirstOrDefault(one => one.Policy == policy);

    /// <summary>Those in force at an instant: of its delivery, for a case.</summary>
    public static ReplyHours At(DateTimeOffset at) => At(at.ToUnixTimeMilliseconds());

    /// <summary>The same by Unix milliseconds.</summary>
    public static ReplyHours At(long at)
    {
        var all = ByYear;
        for (var i = all.Length - 1; i > 0; i--)
        {
            if (all[i].FromMs <= at)
                return all[i];
        }
        return all[0];
    }

    /// <summary>A half-open span of deliveries, parted where other hours begin.</summary>
    public static IEnumerable<(long From, long Until, ReplyHours Hours)> Between(long from, long until)
    {
        var all = ByYear;
        for (var i = 0; i < all.Length; i++)
        {
            var begins = i == 0 ? from : Math.Max(from, all[i].FromMs);
            var ends = i + 1 < all.Length ? Math.Min(until, all[i + 1].FromMs) : until;
            if (begins < ends)
                yield return (begins, ends, all[i]);
        }
    }

    /// <summary>The first deliveries whose time may not be over at an instant.</summary>
    public static DateTimeOffset WaitingSince(DateTimeOffset now)
    {
        var (at, longest) = (now.ToUnixTimeMilliseconds(), ByYear.Max(one => one.PartMs));
        return now - Between(at - longest, at + 1).Max(span => span.Hours.InPart);
    }

    /// <summary>A policy to come; tests announce one to see the whole house follow it.</summary>
    internal static void Announce(ReplyHours coming)
    {
        if (coming.FromYear <= ByYear[^1].FromYear || Of(coming.Policy) is not null)
            throw new ArgumentException($"{coming} comes after the others, under a name of its own.", nameof(coming));
        Known = Known.Add(coming);
        ByYear = ByYear.Add(coming);
    }
}
