using Hengping.App.Platform;
using Hengping.Rules.Orders;

namespace Hengping.App.Orders;

/// <summary>Orders of shops, and what they say: refund times and shares, returns, complaints per order.</summary>
public sealed class OrdersRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("order-lines", OrderLine.BatchMax),
        new("order-batch", SendOrders.BytesMax, LimitUnit.Bytes),
        new("order-batches", SendOrders.BatchesPerDay),
        new("order-days", ShowMetrics.DaysMax),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [OrderBatchBook.Instance];

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [new OrdersListener()];

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        SendOrders.Map(api);
        ShowMetrics.Map(api);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs => [new(TabRow.Merchant, 32, "/merchant/metrics", "metrics.tab")];
}
