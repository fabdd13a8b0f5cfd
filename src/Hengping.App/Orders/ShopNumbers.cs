using System.Globalization;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Orders;

namespace Hengping.App.Orders;

/// <summary>The orders of a shop in a period, with and without what is out of its metrics.</summary>
/// <param name="All">Every order.</param>
/// <param name="Excluded">Those of them that are excluded.</param>
/// <param name="Months">By month of ordering, oldest first, without what is excluded.</param>
public sealed record ShopOrdersCounted(
    OrderTally All,
    OrderTally Excluded,
    IReadOnlyList<(DateOnly Month, OrderTally All, OrderTally Excluded)> Months
)
{
    /// <summary>What counts.</summary>
    public OrderTally Kept => All - Excluded;
}

/// <summary>Complaint rates around a shop.</summary>
public sealed record RatesAround(ComplaintNorm Category, ComplaintNorm Market);

/// <summary>Numbers of shops, from their roll-ups.</summary>
public static class ShopNumbers
{
    private sealed record SectorCount(string Sector, long Count);

    private sealed record DayRow
    {
        public long Day { get; init; }
        public bool Excluded { get; init; }
        public long Orders { get; init; }
        public long Lines { get; init; }
        public long Cancelled { get; init; }
        public long Returned { get; init; }
        public long Refunded { get; init; }
        public long Quality { get; init; }
        public long Promised { get; init; }
        public long Late { get; init; }
        public long Scored { get; init; }
        public long Bad { get; init; }
        public long Fen { get; init; }
        public long RefundedFen { get; init; }
        public string Hours { get; init; } = "";

        public DateOnly Month => MonthOf(DateOnly.FromDayNumber((int)Day + CaseRow.DayZero));
    }

    /// <summary>Counts a shop's orders of some days, the last one included.</summary>
    /// <param name="under">The entries that count for it.</param>
    public static async Task<ShopOrdersCounted> Count(
        Store store,
        IReadOnlyList<Guid> under,
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var rows = await store.Query<DayRow>(
            $"""
            select d.day as Day, d.excluded as Excluded, {OrderRows.TallyColumns.Replace(
                "d.refunded_fen",
                "d.refunded_fen as RefundedFen",
                StringComparison.Ordinal
            )}
            from order_days d where d.merchant in @under and d.day >= @from and d.day <= @to
            """,
            new
            {
                under,
                from = OrderRows.DayOf(from),
                to = OrderRows.DayOf(to),
            },
            ct
        );
        var months = rows.GroupBy(row => row.Month)
            .OrderBy(month => month.Key)
            .Select(month => (month.Key, Sum(month, isExcluded: false), Sum(month, isExcluded: true)))
            .ToList();
        return new ShopOrdersCounted(Sum(rows, isExcluded: false), Sum(rows, isExcluded: true), months);
    }

    /// <summary>Complaints against a shop that count, delivered on these days.</summary>
    public static async Task<long> Complaints(
        Store store,
        IReadOnlyList<Guid> under,
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var cells = await store.Query<string>(
            """
            select tally from rating_cells
            where merchant in @under and side = 'consumer' and span = 'day' and day >= @from and day <= @to
            """,
            new
            {
                under,
                from = OrderRows.DayOf(from),
                to = OrderRows.DayOf(to),
            },
            ct
        );
        return cells.Sum(cell => Cells.ReadTally(cell).Valid);
    }

    /// <summary>The rates of a sector and of the market: of the shops alone whose orders are known.</summary>
    public static async Task<RatesAround> Around(
        Store store,
        string sector,
        DateOnly from,
        DateOnly to,
        CancellationToken ct
    )
    {
        var args = new { from = OrderRows.DayOf(from), to = OrderRows.DayOf(to) };
        var key = string.Create(CultureInfo.InvariantCulture, $"{args.from} {args.to}");
        var orders = await KeptForDay.Read(
            store,
            "orders by sector " + key,
            () =>
                store.Query<SectorCount>(
                    """
                    select m.sector as Sector, cast(sum(d.orders) as bigint) as Count
                    from order_days d join merchants m on m.id = d.merchant
                    where d.excluded = @no and d.day >= @from and d.day <= @to group by m.sector
                    """,
                    new
                    {
                        args.from,
                        args.to,
                        no = false,
                    },
                    ct
                ),
            counted => counted.Sum(one => one.Count)
        );
        var complaints = await KeptForDay.Read(
            store,
            "complaints by sector " + key,
            () =>
                store.Query<SectorCount>(
                    """
                    select m.sector as Sector, count(*) as Count
                    from rating_cases c join merchants m on m.id = c.merchant
                    where c.side = 'consumer' and c.excluded is null and c.day >= @from and c.day <= @to
                      and exists (select 1 from order_days d
                                  where d.merchant = c.merchant and d.day >= @from and d.day <= @to)
                    group by m.sector
                    """,
                    args,
                    ct
                ),
            counted => counted.Sum(one => one.Count)
        );
        return new RatesAround(
            ComplaintNorm.Judge(Of(complaints, sector), Of(orders, sector)),
            ComplaintNorm.Judge(complaints.Sum(one => one.Count), orders.Sum(one => one.Count))
        );
    }

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static long Of(IReadOnlyList<SectorCount> counted, string sector) =>
        counted.FirstOrDefault(one => one.Sector == sector)?.Count ?? 0;

    private static OrderTally Sum(IEnumerable<DayRow> rows, bool isExcluded)
    {
        var of = rows.Where(row => row.Excluded == isExcluded).ToList();
        return new OrderTally(
            of.Sum(row => row.Orders),
            of.Sum(row => row.Lines),
            of.Sum(row => row.Cancelled),
            of.Sum(row => row.Returned),
            of.Sum(row => row.Refunded),
            of.Sum(row => row.Quality),
            of.Sum(row => row.Promised),
            of.Sum(row => row.Late),
            of.Sum(row => row.Scored),
            of.Sum(row => row.Bad),
            of.Sum(row => row.Fen),
            of.Sum(row => row.RefundedFen)
        )
        {
            Hours = RefundHours.Sum(of.Select(row => row.Hours)),
        };
    }
}
