using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>How complaints ended, as the claimants said and as live views may tell.</summary>
/// <param name="Asked">Claimants who said whether it was solved.</param>
public sealed record ShownEnds(long Solved, long Asked, long RecoveredCents);

/// <summary>
/// Lists as anybody may look at them: from the last snapshots, which change a day at a time and never by one case
/// alone. <see cref="ExactLists"/> has the exact ones, for whoever holds the store.
/// </summary>
public static class LiveLists
{
    private static readonly ConditionalWeakTable<Store, ConcurrentDictionary<long, long>> Positions = [];

    private sealed record Shown(Guid Merchant, string Tally, string Claimants);

    /// <summary>The instant a live view speaks of: the beginning of the day.</summary>
    public static DateTimeOffset AsOf(Store store) => Shanghai.StartOf(Shanghai.DayOf(store.Now));

    /// <summary>The list.</summary>
    public static async Task<RatingList> Read(Store store, ListRequest asked, CancellationToken ct) =>
        await Read(store, asked, await RatedMerchants.Read(store, asked.Sector, asOf: null, ct), ct);

    /// <summary>The list, for whoever reads several of one sector and knows its merchants.</summary>
    public static async Task<RatingList> Read(
        Store store,
        ListRequest asked,
        RatedMerchants merchants,
        CancellationToken ct
    )
    {
        await Snapshots.Settle(store, ct);
        var sums = new MerchantTable();
        await Add(store, asked, merchants, sums, only: null, ct);
        return RatingList.Compute(
            asked.Period,
            asked.Sector,
            asked.Side,
            asked.Policy,
            AsOf(store),
            sums,
            id => merchants[id]
        );
    }

    /// <summary>One merchant's sums in a period; entries merged into it included.</summary>
    public static async Task<(Tally Tally, long Claimants)> OfMerchant(
        Store store,
        ListRequest asked,
        RatedMerchants merchants,
        Guid merchant,
        CancellationToken ct
    )
    {
        await Snapshots.Settle(store, ct);
        var sums = new MerchantTable();
        await Add(store, asked, merchants, sums, merchants.Under(merchant), ct);
        return sums.Count == 0 ? default : (sums[0], sums.Claimants(0));
    }

    /// <summary>The scores of a merchant's period alone, to be added to cases that it sees itself.</summary>
    public static async Task<Tally> ScoresOf(
        Store store,
        ListRequest asked,
        IReadOnlyList<Guid> merchants,
        CancellationToken ct
    )
    {
        await Snapshots.Settle(store, ct);
        Tally scores = default;
        foreach (var shown in await Rows(store, asked, merchants, isScoresAlone: true, ct))
            scores.Add(Cells.ReadTally(shown.Tally));
        return scores;
    }

    /// <summary>How the complaints of consumers ended.</summary>
    /// <param name="merchants">Those of these; null for all.</param>
    /// <param name="from">Only spans that reach beyond this day.</param>
    public static async Task<ShownEnds> Ends(
        Store store,
        IReadOnlyList<Guid>? merchants,
        long from,
        CancellationToken ct
    )
    {
        await Snapshots.Settle(store, ct);
        var ends = await store.First<ShownEnds>(
            $"""
            select cast(coalesce(sum(solved), 0) as bigint) as Solved, cast(coalesce(sum(asked), 0) as bigint) as Asked,
                   cast(coalesce(sum(recovered_cents), 0) as bigint) as RecoveredCents
            from rating_shown where side = 'consumer' and span = 'score' and until > @from {Only(merchants)}
            """,
            new { from, only = merchants },
            ct
        );
        return ends ?? new ShownEnds(0, 0, 0);
    }

    /// <summary>Position of the last event before the day began: what a live view may tell of the log.</summary>
    public static async Task<long> Position(Store store, CancellationToken ct)
    {
        var known = Positions.GetValue(store, static _ => new ConcurrentDictionary<long, long>());
        var since = AsOf(store).ToUnixTimeMilliseconds();
        if (known.TryGetValue(since, out var position))
            return position;
        var (low, high) = (0L, await store.Head(ct));
        // Events stand in the order in which they were recorded.
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            var next = await store.First<long?>(
                "select recorded_at from events where position <= @middle order by position desc limit 1",
                new { middle },
                ct
            );
            if (next is null || next < since)
                low = middle;
            else
                high = middle - 1;
        }
        known.Clear();
        known[since] = low;
        return low;
    }

    private static async Task Add(
        Store store,
        ListRequest asked,
        RatedMerchants merchants,
        MerchantTable sums,
        IReadOnlyList<Guid>? only,
        CancellationToken ct
    )
    {
        foreach (var shown in await Rows(store, asked, only, isScoresAlone: false, ct))
        {
            var root = merchants.Root(shown.Merchant);
            if (!merchants.IsIn(root))
                continue;
            var claimants = Array.ConvertAll(Cells.ReadClaimants(shown.Claimants), sums.ClaimantOf);
            sums.AddCell(sums.IndexOf(root), Cells.ReadTally(shown.Tally), claimants);
        }
    }

    // Whole months where there are some, days beside them, and the scores of every span inside: each by its own stretch
    // of the index. In the order of merchants, that a list comes out the same each time.
    private static async Task<IEnumerable<Shown>> Rows(
        Store store,
        ListRequest asked,
        IReadOnlyList<Guid>? only,
        bool isScoresAlone,
        CancellationToken ct
    )
    {
        var (from, until) = (Cells.DayOf(asked.Period.From), Cells.DayOf(asked.Period.Until));
        var firstMonth = Cells.MonthOf(from) == from ? from : Cells.NextMonth(Cells.MonthOf(from));
        var lastMonth = Math.Max(firstMonth, Cells.MonthOf(until));
        if (firstMonth > until)
            (firstMonth, lastMonth) = (until, until);
        string Of(string span, string days) =>
            $"""
                select merchant as Merchant, tally as Tally, claimants as Claimants from rating_shown
                where side = @side and span = '{span}' and {days} {Only(only)}
                """;
        var scores = Of("score", "day >= @from and (until <= @until or @isAll)");
        string[] answers =
        [
            Of("month", "day >= @firstMonth and day < @lastMonth"),
            Of("day", "day >= @from and day < @firstMonth"),
            Of("day", "day >= @lastMonth and day < @until"),
        ];
        var rows = await store.Query<Shown>(
            isScoresAlone ? scores : string.Join(" union all ", [.. answers, scores]),
            new
            {
                side = CaseRow.SideWord(asked.Side),
                only,
                from,
                until,
                firstMonth,
                lastMonth,
                isAll = asked.Period.Code == "all",
            },
            ct
        );
        return rows.OrderBy(row => row.Merchant);
    }

    private static string Only(IReadOnlyList<Guid>? only) => only is null ? "" : "and merchant in @only";
}
