using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>One merchant's numbers of one month.</summary>
/// <param name="Month">As <c>2026-10</c>.</param>
public sealed record MonthOf(string Month, RatingRow Numbers);

/// <summary>
/// Numbers month by month, as live views show them. Only months of which every case is past its 120 h: their
/// numbers wait for nobody any more.
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
        var until = Cells.MonthOf(Cells.DayOf(now - Period.Grace));
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
        return cells
            .Where(cell => cell.IsInMonth)
            .GroupBy(cell => (Root: merchants.Root(cell.Merchant), Day: cell.Month))
            .OrderBy(month => month.Key.Day)
            .Select(month => (month.Key, Tally: Sum(month)))
            .Where(month => month.Tally.Valid >= Policy.MinimumValid)
            .ToLookup(
                month => month.Key.Root,
                month => new MonthOf(
                    Periods.Month(DateOnly.FromDayNumber((int)month.Key.Day + CaseRow.DayZero)),
                    RatingList.RowOf(month.Tally, merchants[month.Key.Root], Policy.Current)
                )
            );
    }

    private static Tally Sum(IEnumerable<Summed> cells)
    {
        Tally sum = default;
        foreach (var cell in cells)
            sum.Add(Cells.ReadTally(cell.Tally));
        return sum;
    }
}
