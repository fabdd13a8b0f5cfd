using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Clocks;
using Hengping.Rules.Ratings;

namespace Hengping.App.Workbench;

/// <summary>One month of the merchant beside the middle of its sector.</summary>
/// <param name="Merchants">Listed in the sector that month: the median is theirs. 0 where it does not count.</param>
public sealed record TrendMonth(
    string Name,
    decimal Index,
    decimal IndexMedian,
    decimal Timeliness,
    decimal TimelinessMedian,
    long Valid,
    int Merchants
)
{
    /// <summary>Whether there is something to compare; else it is a gap between months that count.</summary>
    public bool Counts => Merchants > 0;
}

/// <summary>
/// The merchant's months against its sector's median. A month counts with five valid complaints, as in a list, and with
/// three listed merchants, below which a median would tell of one competitor.
/// </summary>
public static class Trend
{
    private const int Months = 12;
    private const int MerchantsMin = 3;

    /// <summary>The last whole months, oldest first, from the first that counts to the last.</summary>
    public static async Task<IReadOnlyList<TrendMonth>> Read(
        Store store,
        string sector,
        Guid merchant,
        CancellationToken ct
    )
    {
        var now = store.Now;
        var today = Shanghai.DayOf(now);
        var merchants = await RatedMerchants.Read(store, sector, asOf: null, ct);
        var months = new List<TrendMonth>();
        var codes = Enumerable.Range(1, Months).Select(back => Periods.Month(today.AddMonths(-back)));
        var published = await FrozenPeriods.Read(store, Rules.Complaints.Side.Consumer, codes, ct);
        for (var back = Months; back >= 1; back--)
        {
            var month = Periods.Month(today.AddMonths(-back));
            var asked = ListRequest.Parse(month, sector, side: null, policy: null, Unscored.Zero, now).Event!;
            var rows = published.TryGetValue(month, out var closed)
                ? [.. closed.Rows.Values.Where(row => RatedMerchants.IsOf(row.Sector, sector))]
                : (await LiveLists.Read(store, asked, merchants, ct)).Rows;
            if (rows.Count < MerchantsMin || rows.FirstOrDefault(r => r.MerchantId == merchant) is not { } own)
            {
                if (months.Count > 0)
                    months.Add(new TrendMonth(Periods.Name(month, now), 0, 0, 0, 0, 0, 0));
                continue;
            }
            months.Add(
                new TrendMonth(
                    Periods.Name(month, now),
                    own.Index,
                    Median(rows.Select(r => r.Index)),
                    own.Timeliness,
                    Median(rows.Select(r => r.Timeliness)),
                    own.Valid,
                    rows.Count
                )
            );
        }
        return months.GetRange(0, months.FindLastIndex(month => month.Counts) + 1);
    }

    /// <summary>The middle one, or the mean of the two in the middle, to three decimals.</summary>
    public static decimal Median(IEnumerable<decimal> values)
    {
        decimal[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
            return 0;
        var middle = sorted.Length / 2;
        var exact = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return decimal.Round(exact, 3, MidpointRounding.AwayFromZero);
    }
}
