using Hengping.App.Orders;
using Hengping.App.Platform;
using Hengping.Rules.Orders;
using Hengping.World;

namespace Hengping.App.Demo;

/// <summary>The orders of a generated market's busiest shops. What was taken before is known again.</summary>
internal static class DemoOrders
{
    /// <summary>Takes them, batch by batch.</summary>
    public static async Task Take(Store store, Market market, CancellationToken ct)
    {
        foreach (var plans in World.Orders.Of(market).Chunk(OrderLine.BatchMax))
        {
            var lines = Array.ConvertAll(plans, plan => new ShopLine(plan.Merchant, plan.Line));
            await OrderShelf.Take(store, lines, "demo", "demo", answered: null, ct);
        }
    }
}
