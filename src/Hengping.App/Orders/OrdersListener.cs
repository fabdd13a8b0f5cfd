using System.Data.Common;
using Dapper;
using Hengping.App.ClaimReports;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;
using Hengping.Rules.Orders;

namespace Hengping.App.Orders;

/// <summary>
/// Keeps the lines of all batches and their roll-ups, and which orders are out of the metrics. An order counts as its
/// lines stand: what it counted for is taken away and what it counts for now is added, so hearing a batch twice changes
/// nothing.
/// </summary>
public sealed class OrdersListener : Listener
{
    // 80,000 lines: a second or two in which nobody else writes on SQLite.
    private const int BatchesMax = 8;

    private static readonly string Taken = OrderBatchBook.Instance.KindOf<OrderBatchEvent.Taken>();
    private static readonly string Left = ClaimReportBook.Instance.KindOf<ClaimReportEvent.LeftMetrics>();
    private static readonly string Returned = ClaimReportBook.Instance.KindOf<ClaimReportEvent.ReturnedToMetrics>();

    // Unpacked before the transaction, in which nobody else writes on SQLite.
    private Dictionary<long, Moved> unpacked = [];

    private sealed record Moved(
        IReadOnlyList<(OrderKey Key, OrderLine Line)> Lines,
        IReadOnlyList<OrderKey> Orders,
        string Report = "",
        DateTimeOffset At = default,
        bool IsBack = false
    );

    /// <inheritdoc/>
    public override string Name => "orders";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [Taken, Left, Returned];

    /// <inheritdoc/>
    public override int HeardMax => BatchesMax;

    /// <inheritdoc/>
    public override Task Prepare(Store store, IReadOnlyList<StoredEvent> batch, CancellationToken ct)
    {
        unpacked = batch.ToDictionary(one => one.Position, one => Unpack(store, one));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var came = batch
            .Select(one => unpacked.TryGetValue(one.Position, out var known) ? known : Unpack(store, one))
            .ToList();
        var named = came.SelectMany(one => one.Orders).Distinct().ToList();
        var moves = new OrderMoves(
            await OrderRows.Read(named, transaction, ct),
            await Exclusions.Read(named, transaction, ct)
        );
        foreach (var one in came)
            Take(moves, one);
        await OrderRows.Put(moves.Changed, transaction, ct);
        await Exclusions.Put(moves.Exclusions, transaction, ct);
        await OrderRows.Move(moves.Differences, transaction, ct);
    }

    private static void Take(OrderMoves moves, Moved one)
    {
        foreach (var order in one.Lines.GroupBy(line => line.Key))
            moves.Take(order.Key, order.Select(line => line.Line));
        if (one.Report.Length == 0)
            return;
        foreach (var order in one.Orders)
            if (one.IsBack)
                moves.Return(order, one.Report, one.At);
            else
                moves.Leave(order, one.Report, one.At);
    }

    /// <inheritdoc/>
    public override Task Forget(DbConnection db, DbTransaction transaction) =>
        db.ExecuteAsync(
            "delete from order_lines; delete from order_days; delete from order_exclusions",
            transaction: transaction
        );

    private static Moved Unpack(Store store, StoredEvent stored)
    {
        if (stored.Kind == Taken)
        {
            var lines = LinesOf(store, stored);
            return new Moved(lines, [.. lines.Select(line => line.Key).Distinct()]);
        }
        return store.Decode<ClaimReportEvent>(stored, unseal: false) switch
        {
            ClaimReportEvent.LeftMetrics left => new Moved(
                [],
                Keys(left.Merchant, left.Orders),
                left.Number,
                left.Since
            ),
            ClaimReportEvent.ReturnedToMetrics back => new Moved(
                [],
                Keys(back.Merchant, back.Orders),
                back.Number,
                back.Since,
                IsBack: true
            ),
            _ => new Moved([], []),
        };
    }

    private static OrderKey[] Keys(Guid merchant, IReadOnlyList<string> prints) =>
        [.. prints.Distinct(StringComparer.Ordinal).Select(print => new OrderKey(merchant, print))];

    private static IReadOnlyList<(OrderKey Key, OrderLine Line)> LinesOf(Store store, StoredEvent stored)
    {
        var taken = (OrderBatchEvent.Taken)store.Decode<OrderBatchEvent>(stored, unseal: false);
        return
        [
            .. OrderFile
                .Read(store, stored.Stream, taken, OrderShelf.Directory(store))
                .Select(one =>
                    (
                        new OrderKey(one.Merchant, ShopOrders.PrintOf(store.Keys, one.Merchant, one.Line.OrderNo)),
                        one.Line
                    )
                ),
        ];
    }
}
