using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>What the numbers use of a case, as it stood at the end of a day on which it changed.</summary>
/// <param name="Day">Days since 1970-01-01 in Shanghai.</param>
/// <param name="ScoreMilli">Thousandths, or −1 without a score.</param>
/// <param name="IsOut">Out of the base.</param>
/// <param name="Resolved">The claimant's word, if any.</param>
public readonly record struct CaseDay(
    long Day,
    Answered Answered,
    int ScoreMilli,
    bool IsOut,
    Touches Touched,
    Resolved? Resolved,
    long RecoveredCents
)
{
    /// <summary>What the claimant said, which is not the respondent's to know.</summary>
    internal (int, Resolved?, long) Said => (ScoreMilli, Resolved, RecoveredCents);

    /// <summary>All else.</summary>
    internal (Answered, bool, Touches) Without => (Answered, IsOut, Touched);
}

/// <summary>A delivered case day by day: enough to say how it stood at the end of any day.</summary>
/// <param name="DeliveredAt">Unix milliseconds: its first delivery to this respondent.</param>
/// <param name="Imported">Loaded from a source, not lived here.</param>
/// <param name="Days">The days on which it changed, the oldest first.</param>
public sealed record CaseCourse(long DeliveredAt, Guid? Claimant, bool Imported, IReadOnlyList<CaseDay> Days)
{
    /// <summary>The day of its delivery, which places it in a period.</summary>
    public long DeliveredDay => ShownDay.Of(DeliveredAt);

    /// <summary>The day on whose course its hours are over.</summary>
    public long GraceDay => ShownDay.Of(DeliveredAt + ReplyHours.At(DeliveredAt).PartMs);

    /// <summary>How it stood at the end of a day; null before its delivery.</summary>
    public CaseDay? At(long day)
    {
        for (var i = Days.Count - 1; i >= 0; i--)
        {
            if (Days[i].Day <= day)
                return Days[i];
        }
        return null;
    }

    /// <summary>Unanswered and inside its hours at the end of a day: outside the base.</summary>
    public bool IsPending(in CaseDay state, long day) => state.Answered == Answered.Never && day < GraceDay;

    /// <summary>
    /// The days on which a number could change by it, its own and the one that ends its hours in silence; and whether
    /// its respondent saw that (a delivery, an answer, a decision) or not (what its claimant said).
    /// </summary>
    public IEnumerable<(long Day, bool IsSeen)> ChangeDays()
    {
        var before = Silent;
        foreach (var one in Days)
        {
            if (one.Said != before.Said)
                yield return (one.Day, IsSeen: false);
            if (one == Days[0] || one.Without != before.Without)
                yield return (one.Day, IsSeen: true);
            before = one;
        }
        if (At(GraceDay) is { Answered: Answered.Never, IsOut: false })
            yield return (GraceDay, IsSeen: true);
    }

    private static readonly CaseDay Silent = new(0, default, -1, IsOut: false, default, Resolved: null, 0);
}

/// <summary>The courses of a complaint's cases, event by event.</summary>
public sealed class CourseFold
{
    private readonly Dictionary<string, List<CaseDay>> days = new(StringComparer.Ordinal);

    /// <summary>The days of a case.</summary>
    public IReadOnlyList<CaseDay> this[string publicId] => days[publicId];

    /// <summary>Adds how the cases stand after an event; two on one day are one, and days never go back.</summary>
    public void Add(RatingFacts facts, DateTimeOffset at)
    {
        foreach (var one in facts.Cases)
        {
            if (!this.days.TryGetValue(one.PublicId, out var days))
                this.days.Add(one.PublicId, days = []);
            var next = new CaseDay(
                ShownDay.Of(at.ToUnixTimeMilliseconds()),
                one.Answered,
                one.ScoreMilli ?? -1,
                one.Excluded is not null,
                one.Touched,
                facts.Resolved,
                (long)((facts.Recovered ?? 0) * 100)
            );
            if (days.Count > 0 && next.Day <= days[^1].Day)
            {
                next = next with { Day = days[^1].Day };
                days.RemoveAt(days.Count - 1);
            }
            if (days.Count == 0 || next with { Day = days[^1].Day } != days[^1])
                days.Add(next);
        }
    }
}

/// <summary>Days as numbers count them, and the spans of days that a number may be shown for.</summary>
public readonly record struct ShownDay(long From, long Until)
{
    private const long DayMs = 86_400_000;
    private const long ShanghaiMs = 8 * 3_600_000;
    private static readonly int Zero = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Everything.</summary>
    public static readonly ShownDay All = new(-100_000, 10_000_000);

    /// <summary>Whether a day lies in it.</summary>
    public bool Holds(long day) => From <= day && day < Until;

    /// <summary>Whether it encloses another.</summary>
    public bool Holds(ShownDay other) => From <= other.From && other.Until <= Until;

    /// <summary>Whether they have a day in common.</summary>
    public bool Meets(ShownDay other) => From < other.Until && other.From < Until;

    /// <summary>The days of a period.</summary>
    public static ShownDay Of(Period period) =>
        new(Of(period.From.ToUnixTimeMilliseconds()), Of(period.Until.ToUnixTimeMilliseconds()));

    /// <summary>The Shanghai day of an instant.</summary>
    public static long Of(long unixMilliseconds) => (long)Math.Floor((unixMilliseconds + ShanghaiMs) / (double)DayMs);

    /// <summary>
    /// The spans a day lies in, the finest first: what two neighbouring limits of any period enclose, month, quarter,
    /// half-year, year, everything. Each period of a list is a union of the finest.
    /// </summary>
    public static ShownDay[] Around(long day)
    {
        var date = DateOnly.FromDayNumber((int)day + Zero);
        var month = new DateOnly(date.Year, date.Month, 1);
        var quarter = new DateOnly(date.Year, (date.Month - 1) / 3 * 3 + 1, 1);
        var half = new DateOnly(date.Year, date.Month <= 6 ? 1 : 7, 1);
        var year = new DateOnly(date.Year, 1, 1);
        var (from, until) = (month, month.AddMonths(1));
        // 618 and 双11 begin and end inside months.
        if (Cut(date.Month) is { } cut)
            (from, until) = date.Day < cut ? (from, month.AddDays(cut - 1)) : (month.AddDays(cut - 1), until);
        return
        [
            Days(from, until),
            Days(month, month.AddMonths(1)),
            Days(quarter, quarter.AddMonths(3)),
            Days(half, half.AddMonths(6)),
            Days(year, year.AddYears(1)),
            All,
        ];
    }

    private static int? Cut(int month) =>
        month switch
        {
            5 => 13,
            6 => 21,
            10 => 14,
            11 => 12,
            _ => null,
        };

    private static ShownDay Days(DateOnly from, DateOnly until) => new(from.DayNumber - Zero, until.DayNumber - Zero);
}
