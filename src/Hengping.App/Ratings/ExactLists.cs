using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>
/// Lists exactly as they stand, for whoever holds the store; what anybody sees is in <see cref="LiveLists"/>. Days
/// past their hours come from roll-ups (months where whole), the last days from their single cases, because what is
/// unanswered there may still be pending.
/// </summary>
public static class ExactLists
{
    /// <summary>The list now.</summary>
    public static async Task<RatingList> Now(Store store, ListRequest asked, CancellationToken ct)
    {
        var now = store.Now;
        var merchants = await RatedMerchants.Read(store, asked.Sector, asOf: null, ct);
        var sums = new MerchantTable();
        var (from, until) = Days(asked.Period, now);
        var settled = Math.Clamp(Cells.DayOf(ReplyHours.WaitingSince(now)), from, until);
        await AddCells(store, asked.Side, from, settled, merchants, sums, ct);
        var recent = await Cases(store, asked, settled, until, changedUntil: null, ct);
        AddCases(recent, merchants, sums, asked.Period, now);
        return Of(asked, now, sums, merchants);
    }

    /// <summary>The list as it stood: cases that moved later are folded again from their events.</summary>
    public static async Task<RatingList> Then(Store store, ListRequest asked, DateTimeOffset asOf, CancellationToken ct)
    {
        var merchants = await RatedMerchants.Read(store, asked.Sector, asOf, ct);
        var sums = new MerchantTable();
        var (from, until) = Days(asked.Period, asOf);
        var cases = await Cases(store, asked, from, until, asOf, ct);
        cases.AddRange(await Unwound(store, asked, from, until, asOf, ct));
        AddCases(cases, merchants, sums, asked.Period, asOf);
        return Of(asked, asOf, sums, merchants);
    }

    /// <summary>The list from every single case, with the cases: what is frozen.</summary>
    public static async Task<(
        RatingList List,
        List<(RatingCase Case, CaseWords Words)> Cases,
        RatedMerchants Merchants
    )> Frozen(Store store, ListRequest asked, DateTimeOffset asOf, CancellationToken ct)
    {
        var merchants = await RatedMerchants.Read(store, asked.Sector, asOf: null, ct);
        var (from, until) = Days(asked.Period, asOf);
        var rows = await Cases(store, asked, from, until, changedUntil: null, ct);
        var cases = InOrder(rows, merchants, asked.Period);
        var sums = new MerchantTable();
        AddCases(rows, merchants, sums, asked.Period, asOf);
        return (Of(asked, asOf, sums, merchants), cases, merchants);
    }

    /// <summary>The single cases of a list as they stood, in the order of publicId: its case file.</summary>
    /// <param name="asOf">A recent instant: whatever moved since is folded again, one by one.</param>
    public static async Task<List<(RatingCase Case, CaseWords Words)>> CasesThen(
        Store store,
        ListRequest asked,
        DateTimeOffset asOf,
        CancellationToken ct
    )
    {
        var merchants = await RatedMerchants.Read(store, asked.Sector, asOf: null, ct);
        var (from, until) = Days(asked.Period, asOf);
        var rows = await Cases(store, asked, from, until, asOf, ct);
        rows.AddRange(await Unwound(store, asked, from, until, asOf, ct));
        return InOrder(rows.Where(r => r.DeliveredAt <= asOf.ToUnixTimeMilliseconds()), merchants, asked.Period);
    }

    /// <summary>
    /// One merchant's sums in a period, now and without scores; entries merged into it included. What it may see
    /// itself at any time.
    /// </summary>
    public static async Task<Tally> AnswersOf(
        Store store,
        ListRequest asked,
        RatedMerchants merchants,
        Guid merchant,
        CancellationToken ct
    )
    {
        var now = store.Now;
        var (from, until) = Days(asked.Period, now);
        var of = new
        {
            under = merchants.Under(merchant),
            side = CaseRow.SideWord(asked.Side),
            from,
            settled = Math.Clamp(Cells.DayOf(ReplyHours.WaitingSince(now)), from, until),
            until,
        };
        // Days past their hours from their sums, the last ones from their cases: a big merchant has thousands a month.
        var days = await store.Query<string>(
            """
            select tally from rating_cells
            where merchant in @under and side = @side and span = 'day' and day >= @from and day < @settled
            """,
            of,
            ct
        );
        var rows = await store.Query<CaseRow>(
            $"""
            select {CaseRow.Columns} from rating_cases
            where merchant in @under and side = @side and day >= @settled and day < @until
            """,
            of,
            ct
        );
        var sums = new MerchantTable();
        foreach (var row in rows)
            row.ScoreMilli = null;
        AddCases([.. rows], merchants, sums, asked.Period, now);
        var sum = sums.Count == 0 ? default : sums[0];
        foreach (var day in days)
            sum.Add(Cells.ReadTally(day).WithoutScores());
        return sum;
    }

    private static List<(RatingCase Case, CaseWords Words)> InOrder(
        IEnumerable<CaseRow> rows,
        RatedMerchants merchants,
        Period period
    ) =>
        rows.Select(r => (Case: r.ToCase(merchants.Root(r.Merchant)), r.Words))
            .Where(c => merchants.IsIn(c.Case.Merchant) && period.Holds(c.Case.DeliveredAt))
            .OrderBy(c => c.Case.PublicId, StringComparer.Ordinal)
            .ToList();

    private static RatingList Of(
        ListRequest asked,
        DateTimeOffset asOf,
        MerchantTable sums,
        RatedMerchants merchants
    ) => RatingList.Compute(asked.Period, asked.Sector, asked.Side, asked.Policy, asOf, sums, id => merchants[id]);

    /// <summary>Days of a period up to an as-of, half-open.</summary>
    private static (long From, long Until) Days(Period period, DateTimeOffset asOf)
    {
        var from = Cells.DayOf(period.From);
        return (from, Math.Max(from, Math.Min(Cells.DayOf(period.Until), Cells.DayOf(asOf) + 1)));
    }

    private static async Task AddCells(
        Store store,
        Side side,
        long from,
        long until,
        RatedMerchants merchants,
        MerchantTable sums,
        CancellationToken ct
    )
    {
        if (from >= until)
            return;
        // Whole months between: the first that begins at or after from, the last that ends at or before until.
        var firstMonth = Cells.MonthOf(from) == from ? from : Cells.NextMonth(Cells.MonthOf(from));
        var lastMonth = Math.Max(firstMonth, Cells.MonthOf(until));
        if (firstMonth > until)
            (firstMonth, lastMonth) = (until, until);
        var cells = await store.Query<CellRow>(
            """
            select merchant, tally, claimants from rating_cells
            where side = @side and span = 'month' and day >= @firstMonth and day < @lastMonth
            union all
            select merchant, tally, claimants from rating_cells
            where side = @side and span = 'day' and day >= @from and day < @firstMonth
            union all
            select merchant, tally, claimants from rating_cells
            where side = @side and span = 'day' and day >= @lastMonth and day < @until
            """,
            new
            {
                side = CaseRow.SideWord(side),
                from,
                until,
                firstMonth,
                lastMonth,
            },
            ct
        );
        foreach (var cell in cells)
        {
            var root = merchants.Root(cell.Merchant);
            if (!merchants.IsIn(root))
                continue;
            var claimants = Array.ConvertAll(Cells.ReadClaimants(cell.Claimants), sums.ClaimantOf);
            sums.AddCell(sums.IndexOf(root), Cells.ReadTally(cell.Tally), claimants);
        }
    }

    private static async Task<List<CaseRow>> Cases(
        Store store,
        ListRequest asked,
        long from,
        long until,
        DateTimeOffset? changedUntil,
        CancellationToken ct
    )
    {
        if (from >= until)
            return [];
        var rows = await store.Query<CaseRow>(
            $"""
            select {CaseRow.Columns} from rating_cases
            where side = @side and day >= @from and day < @until and changed_at <= @changed
            """,
            new
            {
                side = CaseRow.SideWord(asked.Side),
                from,
                until,
                changed = changedUntil?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            },
            ct
        );
        return [.. rows];
    }

    private static async Task<List<CaseRow>> Unwound(
        Store store,
        ListRequest asked,
        long from,
        long until,
        DateTimeOffset asOf,
        CancellationToken ct
    )
    {
        var side = CaseRow.SideWord(asked.Side);
        var moved = await store.Query<Guid>(
            """
            select distinct complaint from rating_cases
            where side = @side and day >= @from and day < @until and changed_at > @asOf
            """,
            new
            {
                side,
                from,
                until,
                asOf = asOf.ToUnixTimeMilliseconds(),
            },
            ct
        );
        var rows = new List<CaseRow>();
        foreach (var complaint in moved)
            rows.AddRange(await RatingsListener.FoldOne(store, complaint, asOf, ct));
        return [.. rows.Where(r => r.Side == side && r.Day >= from && r.Day < until)];
    }

    private static void AddCases(
        List<CaseRow> rows,
        RatedMerchants merchants,
        MerchantTable sums,
        Period period,
        DateTimeOffset asOf
    )
    {
        var cases = rows.Select(r => r.ToCase(merchants.Root(r.Merchant)))
            .Where(c => merchants.IsIn(c.Merchant))
            .ToList();
        sums.AddCases(CaseColumns.Of(cases, sums), period, asOf);
    }

    private sealed record CellRow(Guid Merchant, string Tally, string Claimants);
}
