using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>One merchant's numbers of one month.</summary>
/// <param name="Month">As <c>2026-10</c>.</param>
/// <param name="Later">What was decided since the month was published; null where nothing was, or it is live.</param>
public sealed record MonthOf(string Month, RatingRow Numbers, LaterDecisions? Later = null);

/// <summary>
/// Numbers month by month: the published ones where the month is, as live views show them elsewhere. Only months of
/// which every case is past its hours: their numbers wait for nobody any more.
/// </summary>
public static class SettledMonths
{
    private sealed record Summed(Guid Merchant, long Day, long Until, string Tally)
    {
        public long Month => Cells.MonthOf(Day);

        /// <summary>A month's cases, or scores that are shown for it or for less.</summary>
        public bool IsInMonth => Until <= Cells.NextMonth(Month);
    }

    /// <summary>
    /// The months with enough complaints, oldest first, by merchant; entries merged into one included.
    /// </summary>
    /// <param name="roots">Merchants as lists know them.</param>
    /// <param name="back">Months before the running one.</param>
    public static async Task<ILookup<Guid, MonthOf>> Read(
        Store store,
        Side side,
        RatedMerchants merchants,
        IReadOnlyCollection<Guid> roots,
        int back,
        CancellationToken ct
    )
    {
        await Snapshots.Settle(store, ct);
        var now = store.Now;
        var until = Cells.MonthOf(Cells.DayOf(ReplyHours.WaitingSince(now)));
        var today = Shanghai.DayOf(now);
        var from = new DateOnly(today.Year, today.Month, 1).AddMonths(-back).DayNumber - CaseRow.DayZero;
        var under = roots.SelectMany(merchants.Under).Distinct().ToList();
        var cells = await store.Query<Summed>(
            """
            select merchant as Merchant, day as Day, until as Until, tally as Tally from rating_shown
            where side = @side and span in ('month', 'score') and merchant in @under
              and day >= @from and day < @until
            """,
            new
            {
                side = CaseRow.SideWord(side),
                under,
                from,
                until,
            },
            ct
        );
        var live = cells
            .Where(cell => cell.IsInMonth)
            .GroupBy(cell => (Root: merchants.Root(cell.Merchant), Day: cell.Month))
            .OrderBy(month => month.Key.Day)
            .Select(month => (month.Key, Tally: Sum(month)))
            .Where(month => month.Tally.Valid >= Policy.MinimumValid)
            .Select(month =>
                (
                    month.Key.Root,
                    Month: new MonthOf(
                        Periods.Month(DateOnly.FromDayNumber((int)month.Key.Day + CaseRow.DayZero)),
                        RatingList.RowOf(month.Tally, merchants[month.Key.Root], Policy.At(now))
                    )
                )
            );
        var codes = Enumerable.Range(0, back + 1).Select(ago => Periods.Month(today.AddMonths(-ago)));
        var published = await FrozenPeriods.Read(store, side, codes, ct);
        var frozen = new List<(Guid Root, MonthOf Month)>();
        foreach (var (code, list) in published)
        {
            var later = await LaterDecisions.Read(store, list.Period, side, list.AsOf, merchants, under, ct);
            frozen.AddRange(
                roots
                    .Where(list.Rows.ContainsKey)
                    .Select(root => (root, new MonthOf(code, list.Rows[root], later.GetValueOrDefault(root))))
            );
        }
        // A published month has no other numbers, also of a merchant that it does not list.
        return live.Where(one => !published.ContainsKey(one.Month.Month))
            .Concat(frozen)
            .OrderBy(one => one.Month.Month, StringComparer.Ordinal)
            .ToLookup(one => one.Root, one => one.Month);
    }

    private static Tally Sum(IEnumerable<Summed> cells)
    {
        Tally sum = default;
        foreach (var cell in cells)
            sum.Add(Cells.ReadTally(cell.Tally));
        return sum;
    }
}
