using System.Globalization;
using System.Text;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Orders;

/// <summary>
/// Counts of orders. Adding two tallies is adding the orders, and taking one away is taking the orders away: a roll-up
/// moves by the difference between an order as it was and as it is.
/// </summary>
/// <param name="Orders">All, also those that were cancelled.</param>
/// <param name="Lines">Their lines.</param>
/// <param name="Refunded">With money paid back for one line or more.</param>
/// <param name="Quality">Refunded or returned for the quality of the goods.</param>
/// <param name="Promised">Delivered, with a promised date.</param>
/// <param name="Late">Of these, after it.</param>
/// <param name="Bad">Of those with a score, with a bad one.</param>
/// <param name="Fen">Paid, in cents.</param>
/// <param name="RefundedFen">Of that, for lines that were refunded.</param>
public sealed record OrderTally(
    long Orders = 0,
    long Lines = 0,
    long Cancelled = 0,
    long Returned = 0,
    long Refunded = 0,
    long Quality = 0,
    long Promised = 0,
    long Late = 0,
    long Scored = 0,
    long Bad = 0,
    long Fen = 0,
    long RefundedFen = 0
)
{
    /// <summary>No orders.</summary>
    public static readonly OrderTally None = new();

    /// <summary>退款时长: orders by the whole hours begun from asking to the money.</summary>
    public RefundHours Hours { get; init; } = RefundHours.None;

    /// <summary>It counts nothing.</summary>
    public bool IsNone => this == None;

    /// <summary>Both together.</summary>
    public static OrderTally operator +(OrderTally a, OrderTally b) => a.With(b, 1);

    /// <summary>One without the other, which is part of it.</summary>
    public static OrderTally operator -(OrderTally a, OrderTally b) => a.With(b, -1);

    private OrderTally With(OrderTally b, int sign) =>
        new(
            Orders + (sign * b.Orders),
            Lines + (sign * b.Lines),
            Cancelled + (sign * b.Cancelled),
            Returned + (sign * b.Returned),
            Refunded + (sign * b.Refunded),
            Quality + (sign * b.Quality),
            Promised + (sign * b.Promised),
            Late + (sign * b.Late),
            Scored + (sign * b.Scored),
            Bad + (sign * b.Bad),
            Fen + (sign * b.Fen),
            RefundedFen + (sign * b.RefundedFen)
        )
        {
            Hours = Hours.With(b.Hours, sign),
        };
}

/// <summary>How many took so many hours; exact to the hour, whatever is added and taken away.</summary>
public sealed class RefundHours : IEquatable<RefundHours>
{
    /// <summary>Ninety days: what took longer is counted as that.</summary>
    public const int Most = 24 * 90;

    /// <summary>None.</summary>
    public static readonly RefundHours None = new([]);

    private readonly SortedDictionary<int, long> counts;

    private RefundHours(SortedDictionary<int, long> counts) => this.counts = counts;

    /// <summary>How many there are.</summary>
    public long Count => counts.Values.Sum();

    /// <summary>One that took so long.</summary>
    public static RefundHours One(TimeSpan took) =>
        new(new SortedDictionary<int, long> { [(int)Math.Clamp(Math.Ceiling(took.TotalHours), 0, Most)] = 1 });

    /// <summary>The hours within which this share was done (nearest rank); null where there is none.</summary>
    /// <param name="percent">50 for the median, 90 for p90.</param>
    public int? Within(int percent)
    {
        var rank = ((Count * percent) + 99) / 100;
        var seen = 0L;
        foreach (var (hours, count) in counts)
            if ((seen += count) >= rank)
                return hours;
        return null;
    }

    /// <summary>With others added, or taken away.</summary>
    public RefundHours With(RefundHours other, int sign)
    {
        if (other.counts.Count == 0)
            return this;
        var sum = new SortedDictionary<int, long>(counts);
        foreach (var (hours, count) in other.counts)
            if (sum.GetValueOrDefault(hours) + (sign * count) is var now && now != 0)
                sum[hours] = now;
            else
                sum.Remove(hours);
        return new RefundHours(sum);
    }

    /// <summary>As a table holds it: hours and counts, <c>5:2 48:1</c>.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var (hours, count) in counts)
            text.Append(text.Length == 0 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{hours}:{count}");
        return text.ToString();
    }

    /// <summary>What a table holds, added to what is summed already.</summary>
    public static RefundHours Sum(IEnumerable<string> written)
    {
        var sum = new SortedDictionary<int, long>();
        foreach (var one in written)
        foreach (var part in one.AsSpan().Split(' '))
        {
            var pair = one.AsSpan()[part];
            if (pair.IndexOf(':') is var at && at < 0)
                continue;
            var hours = int.Parse(pair[..at], NumberStyles.None, CultureInfo.InvariantCulture);
            var count = long.Parse(pair[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            sum[hours] = sum.GetValueOrDefault(hours) + count;
        }
        foreach (var empty in sum.Where(entry => entry.Value == 0).Select(entry => entry.Key).ToList())
            sum.Remove(empty);
        return new RefundHours(sum);
    }

    /// <inheritdoc/>
    public bool Equals(RefundHours? other) => other is not null && counts.SequenceEqual(other.counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RefundHours);

    /// <inheritdoc/>
    public override int GetHashCode() => counts.Count;
}

/// <summary>An order as its lines make it: the day it counts on, and what it counts for.</summary>
/// <param name="Day">Shanghai, on which it was ordered.</param>
public sealed record OrderCount(DateOnly Day, OrderTally Tally)
{
    /// <summary>Of all lines of one order; null where there are none.</summary>
    public static OrderCount? Of(IReadOnlyCollection<OrderLine> lines)
    {
        if (lines.Count == 0)
            return null;
        var refunded = lines.Where(line => line.RefundedAt is not null).ToList();
        var back = lines.Where(line => line.RefundedAt is not null || line.ReturnedAt is not null).ToList();
        // The slowest line: the buyer waits for all of the money.
        var took = refunded
            .Where(line => Asked(line) is not null)
            .Select(line => line.RefundedAt!.Value - Asked(line)!.Value);
        var hours = took.DefaultIfEmpty(TimeSpan.MinValue).Max();
        var due = lines.Where(line => line is { DeliveredAt: not null, PromisedAt: not null }).ToList();
        var scores = lines.Where(line => line.Score is not null).Select(line => line.Score!.Value).ToList();
        var tally = new OrderTally(
            Orders: 1,
            Lines: lines.Count,
            Cancelled: One(lines.All(line => line.State == OrderState.Cancelled)),
            Returned: One(lines.Any(line => line.ReturnedAt is not null)),
            Refunded: One(refunded.Count > 0),
            Quality: One(back.Exists(line => line.IsQuality)),
            Promised: One(due.Count > 0),
            Late: One(due.Exists(line => line.DeliveredAt > line.PromisedAt)),
            Scored: One(scores.Count > 0),
            Bad: One(scores.Exists(score => score <= OrderLine.BadScoreMax)),
            Fen: lines.Sum(line => line.Fen),
            RefundedFen: refunded.Sum(line => line.Fen)
        )
        {
            Hours = hours == TimeSpan.MinValue ? RefundHours.None : RefundHours.One(hours),
        };
        return new OrderCount(Shanghai.DayOf(lines.Min(line => line.OrderedAt)), tally);
    }

    private static DateTimeOffset? Asked(OrderLine line) => line.RefundAskedAt ?? line.ReturnedAt;

    private static long One(bool counts) => counts ? 1 : 0;
}
