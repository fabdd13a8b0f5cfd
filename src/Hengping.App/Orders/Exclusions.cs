using System.Data.Common;
using Hengping.App.Platform;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Orders;

/// <summary>An order out of a shop's metrics, and by which report.</summary>
/// <param name="Report">The report's number: the reason that is shown.</param>
/// <param name="Until">Since when it counts again; null while it does not.</param>
internal sealed record Exclusion(OrderKey Key, string Report, long Since, long? Until);

/// <summary>What a shop sees of one report's effect.</summary>
/// <param name="Orders">That are out because of it; one may be out because of several.</param>
public sealed record ExcludedBy(string Report, long Orders, DateTimeOffset Since);

/// <summary>
/// Which orders are out of the metrics, and why. They leave the metrics alone: complaint rates, risk and safety count
/// them as before.
/// </summary>
internal static class Exclusions
{
    private static readonly Table<Exclusion> Table = new(
        "order_exclusions",
        ["merchant", "print", "report"],
        [
            ("merchant", ColumnType.Guid, r => r.Key.Merchant),
            ("print", Text, r => r.Key.Print),
            ("report", Text, r => r.Report),
            ("since", Long, r => r.Since),
            ("until", Long, r => r.Until),
        ]
    );

    private sealed record Row(string Report, long Orders, long Since);

    /// <summary>Of these orders, the reports by which they are out now.</summary>
    public static async Task<Dictionary<OrderKey, Dictionary<string, long>>> Read(
        IEnumerable<OrderKey> orders,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var known = new Dictionary<OrderKey, Dictionary<string, long>>();
        await Bulk.Each(
            transaction,
            """
            select x.merchant, x.print, x.report, x.since
            from (values {0}) v
            cross join order_exclusions x where x.merchant = v.column1 and x.print = v.column2 and x.until is null
            """,
            [.. orders.Select(key => new object?[] { key.Merchant, key.Print })],
            row =>
            {
                var key = new OrderKey(row.GetGuid(0), row.GetString(1));
                if (!known.TryGetValue(key, out var reports))
                    known.Add(key, reports = new(StringComparer.Ordinal));
                reports[row.GetString(2)] = row.GetInt64(3);
                return Task.CompletedTask;
            },
            ct
        );
        return known;
    }

    /// <summary>Keeps them.</summary>
    public static Task Put(IEnumerable<Exclusion> moved, DbTransaction transaction, CancellationToken ct) =>
        Bulk.Put(transaction, Table, moved, ct);

    /// <summary>Reports by which orders of a shop are out now, the last one first.</summary>
    public static async Task<IReadOnlyList<ExcludedBy>> Of(Store store, IReadOnlyList<Guid> under, CancellationToken ct)
    {
        var rows = await store.Query<Row>(
            """
            select report as Report, count(*) as Orders, max(since) as Since from order_exclusions
            where merchant in @under and until is null group by report order by max(since) desc, report limit 50
            """,
            new { under },
            ct
        );
        return
        [
            .. rows.Select(row => new ExcludedBy(
                row.Report,
                row.Orders,
                DateTimeOffset.FromUnixTimeMilliseconds(row.Since)
            )),
        ];
    }
}
