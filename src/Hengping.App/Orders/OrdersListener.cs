using System.Data.Common;
using Dapper;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Orders;

namespace Hengping.App.Orders;

/// <summary>
/// Keeps the lines of all batches and their roll-ups. An order counts as its lines stand: what it counted for is taken
/// away and what it counts for now is added, so hearing a batch twice changes nothing.
/// </summary>
public sealed class OrdersListener : Listener
{
    // 80,000 lines: a second or two in which nobody else writes on SQLite.
    private const int BatchesMax = 8;

    /// <inheritdoc/>
    public override string Name => "orders";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [OrderBatchBook.Instance.Kinds];

    /// <inheritdoc/>
    public override int HeardMax => BatchesMax;

    // Unpacked before the transaction, in which nobody else writes on SQLite.
    private Dictionary<long, IReadOnlyList<(OrderKey Key, OrderLine Line)>> unpacked = [];

    /// <inheritdoc/>
    public override Task Prepare(Store store, IReadOnlyList<StoredEvent> batch, CancellationToken ct)
    {
        unpacked = batch.ToDictionary(one => one.Position, one => LinesOf(store, one));
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
        var came = batch.SelectMany(one => unpacked.GetValueOrDefault(one.Position) ?? LinesOf(store, one)).ToList();
        var orders = new OrderMoves(await OrderRows.Read(came.Select(one => one.Key).Distinct(), transaction, ct));
        foreach (var order in came.GroupBy(one => one.Key))
            orders.Take(order.Key, order.Select(one => one.Line));
        await OrderRows.Put(orders.Changed, transaction, ct);
        await OrderRows.Move(orders.Differences, transaction, ct);
    }

    /// <inheritdoc/>
    public override Task Forget(DbConnection db, DbTransaction transaction) =>
        db.ExecuteAsync("delete from order_lines; delete from order_days", transaction: transaction);

    private static IReadOnlyList<(OrderKey Key, OrderLine Line)> LinesOf(Store store, StoredEvent stored)
    {
        var taken = (OrderBatchEvent.Taken)store.Decode<OrderBatchEvent>(stored, unseal: false);
        return
        [
            .. OrderFile
                .Read(store, stored.Stream, taken, OrderShelf.Directory(store))
                .Select(one =>
                    (new OrderKey(one.Merchant, ShopOrders.PrintOf(store.Keys, one.Merchant, one.Line.OrderNo)), one.Line)
                ),
        ];
    }
}
