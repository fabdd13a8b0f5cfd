using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Workbench;

/// <summary>
/// What several answers do together, by the sums as they stood when it was asked: what was sent since is not in them.
/// </summary>
public sealed class SeveralAnswers
{
    /// <summary>A month's index.</summary>
    /// <param name="Name">Its period.</param>
    /// <param name="Side">Whose complaints it counts: each side has a list of its own.</param>
    /// <param name="Stands">In thousandths; null while nothing counts.</param>
    /// <param name="After">With the answers.</param>
    public sealed record Month(string Name, Side Side, long? Stands, long After);

    /// <summary>Points and indexes.</summary>
    /// <param name="Cases">How many of them it changes anything for.</param>
    /// <param name="Tenths">Their points together.</param>
    /// <param name="Months">The months they were delivered in, oldest first; none of which the sums have not heard.
    /// </param>
    public sealed record Sum(int Cases, int Tenths, IReadOnlyList<Month> Months);

    private readonly Dictionary<(string Month, Side Side), Tally> sums = [];
    private readonly DateTimeOffset now;

    private SeveralAnswers(DateTimeOffset now) => this.now = now;

    /// <summary>Reads the sums of the months of these cases.</summary>
    public static async Task<SeveralAnswers> Read(
        Store store,
        Guid merchant,
        IEnumerable<Complaint> cases,
        CancellationToken ct
    )
    {
        var (read, months) = (new SeveralAnswers(store.Now), new MerchantMonths(store, merchant));
        foreach (var one in cases)
            if (one.DeliveredAt is { } delivered)
                read.sums[KeyOf(one)] = await months.Of(delivered, one.Side, ct);
        return read;
    }

    /// <summary>What valid answers this minute to some of them do together.</summary>
    public Sum Of(IEnumerable<Complaint> answered)
    {
        var counting = answered.Where(one => ReplyPoints.TenthsOf(one, now) is not null).ToList();
        var months = new List<Month>();
        foreach (var month in counting.GroupBy(KeyOf).OrderBy(group => group.Key))
        {
            var tally = sums.GetValueOrDefault(month.Key);
            if (AnswerEffect.OfAll(tally, [.. month.Select(one => one.DeliveredAt!.Value)], now) is { } after)
                months.Add(new Month(month.Key.Month, month.Key.Side, WaitingList.IndexOf(tally), after));
        }
        return new Sum(counting.Count, counting.Sum(one => ReplyPoints.TenthsOf(one, now)!.Value), months);
    }

    private static (string Month, Side Side) KeyOf(Complaint one) =>
        (Periods.Month(Shanghai.DayOf(one.DeliveredAt!.Value)), one.Side);
}
