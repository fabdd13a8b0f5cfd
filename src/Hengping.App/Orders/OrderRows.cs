using System.Data.Common;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Orders;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Orders;

/// <summary>An order of a shop, by the print of its number.</summary>
internal readonly record struct OrderKey(Guid Merchant, string Print);

/// <summary>A roll-up of a shop's day.</summary>
/// <param name="Day">Days since 1970-01-01.</param>
/// <param name="IsExcluded">Of the orders that are out of the metrics alone; else of all.</param>
internal readonly record struct DayKey(Guid Merchant, long Day, bool IsExcluded);

/// <summary>The derived tables of orders.</summary>
internal static class OrderRows
{
    private static readonly Table<(OrderKey Key, OrderLine Of)> Lines = new(
        "order_lines",
        ["merchant", "print", "line"],
        [
            ("merchant", ColumnType.Guid, r => r.Key.Merchant),
            ("print", Text, r => r.Key.Print),
            ("line", Text, r => r.Of.LineNo),
            ("product", Text, r => r.Of.Product),
            ("state", Text, r => r.Of.State),
            ("fen", Long, r => r.Of.Fen),
            ("quality", Bool, r => r.Of.IsQuality),
            ("score", Long, r => r.Of.Score),
            ("ordered_at", Long, r => r.Of.OrderedAt),
            ("promised_at", Long, r => r.Of.PromisedAt),
            ("delivered_at", Long, r => r.Of.DeliveredAt),
            ("refund_asked_at", Long, r => r.Of.RefundAskedAt),
            ("returned_at", Long, r => r.Of.ReturnedAt),
            ("refunded_at", Long, r => r.Of.RefundedAt),
            ("changed_at", Long, r => r.Of.ChangedAt),
        ]
    );

    private static readonly Table<(DayKey Key, OrderTally Of)> Days = new(
        "order_days",
        ["merchant", "day", "excluded"],
        [
            ("merchant", ColumnType.Guid, r => r.Key.Merchant),
            ("day", Long, r => r.Key.Day),
            ("excluded", Bool, r => r.Key.IsExcluded),
            ("orders", Long, r => r.Of.Orders),
            ("lines", Long, r => r.Of.Lines),
            ("cancelled", Long, r => r.Of.Cancelled),
            ("returned", Long, r => r.Of.Returned),
            ("refunded", Long, r => r.Of.Refunded),
            ("quality", Long, r => r.Of.Quality),
            ("promised", Long, r => r.Of.Promised),
            ("late", Long, r => r.Of.Late),
            ("scored", Long, r => r.Of.Scored),
            ("bad", Long, r => r.Of.Bad),
            ("fen", Long, r => r.Of.Fen),
            ("refunded_fen", Long, r => r.Of.RefundedFen),
            ("hours", Text, r => r.Of.Hours.Write()),
        ]
    );

    /// <summary>SQL: a tally's columns, in the order in which <see cref="TallyOf"/> reads them.</summary>
    internal const string TallyColumns =
        "d.orders, d.lines, d.cancelled, d.returned, d.refunded, d.quality, d.promised, d.late, d.scored, d.bad, "
        + "d.fen, d.refunded_fen, d.hours";

    /// <summary>Days are counted so in tables.</summary>
    public static long DayOf(DateOnly day) => day.DayNumber - CaseRow.DayZero;

    /// <summary>The lines of some orders, as they stand.</summary>
    public static async Task<Dictionary<OrderKey, Dictionary<string, OrderLine>>> Read(
        IEnumerable<OrderKey> orders,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var known = new Dictionary<OrderKey, Dictionary<string, OrderLine>>();
        await Bulk.Each(
            transaction,
            """
            select l.merchant, l.print, l.line, l.product, l.state, l.fen, l.quality, l.score, l.ordered_at,
                   l.promised_at, l.delivered_at, l.refund_asked_at, l.returned_at, l.refunded_at, l.changed_at
            from (values {0}) v
            cross join order_lines l where l.merchant = v.column1 and l.print = v.column2
            """,
            [.. orders.Select(key => new object?[] { key.Merchant, key.Print })],
            row =>
            {
                var key = new OrderKey(row.GetGuid(0), row.GetString(1));
                if (!known.TryGetValue(key, out var lines))
                    known.Add(key, lines = new(StringComparer.Ordinal));
                lines[row.GetString(2)] = LineOf(row);
                return Task.CompletedTask;
            },
            ct
        );
        return known;
    }

    /// <summary>Puts lines.</summary>
    public static Task Put(
        IEnumerable<(OrderKey Key, OrderLine Line)> lines,
        DbTransaction transaction,
        CancellationToken ct
    ) => Bulk.Put(transaction, Lines, lines, ct);

    /// <summary>Moves roll-ups by differences.</summary>
    public static async Task Move(
        IReadOnlyDictionary<DayKey, OrderTally> differences,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var moved = differences.Where(one => !one.Value.IsNone).ToDictionary();
        await Bulk.Each(
            transaction,
            $$"""
            select d.merchant, d.day, d.excluded, {{TallyColumns}}
            from (values {0}) v
            cross join order_days d where d.merchant = v.column1 and d.day = v.column2 and d.excluded = v.column3
            """,
            [.. moved.Keys.Select(key => new object?[] { key.Merchant, key.Day, key.IsExcluded })],
            row =>
            {
                moved[new DayKey(row.GetGuid(0), row.GetInt64(1), row.GetBoolean(2))] += TallyOf(row, 3);
                return Task.CompletedTask;
            },
            ct
        );
        await Bulk.Put(transaction, Days, moved.Select(one => (one.Key, one.Value)), ct);
    }

    /// <summary>A tally from the columns that begin here.</summary>
    public static OrderTally TallyOf(DbDataReader row, int at) =>
        new(
            row.GetInt64(at),
            row.GetInt64(at + 1),
            row.GetInt64(at + 2),
            row.GetInt64(at + 3),
            row.GetInt64(at + 4),
            row.GetInt64(at + 5),
            row.GetInt64(at + 6),
            row.GetInt64(at + 7),
            row.GetInt64(at + 8),
            row.GetInt64(at + 9),
            row.GetInt64(at + 10),
            row.GetInt64(at + 11)
        )
        {
            Hours = RefundHours.Sum([row.GetString(at + 12)]),
        };

    // Its number is not here: what it counts for does not hang on it.
    private static OrderLine LineOf(DbDataReader row) =>
        new(
            "",
            row.GetString(2),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
            Words.Parse<OrderState>(row.GetString(4))!.Value,
            row.GetInt64(5)
        )
        {
            Product = row.IsDBNull(3) ? null : row.GetString(3),
            IsQuality = row.GetBoolean(6),
            Score = row.IsDBNull(7) ? null : (int)row.GetInt64(7),
            PromisedAt = At(row, 9),
            DeliveredAt = At(row, 10),
            RefundAskedAt = At(row, 11),
            ReturnedAt = At(row, 12),
            RefundedAt = At(row, 13),
            ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(14)),
        };

    private static DateTimeOffset? At(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
