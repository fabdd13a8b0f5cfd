using Hengping.Rules.Clocks;
using Hengping.Rules.Orders;

namespace Hengping.World;

/// <summary>A line of a shop's order.</summary>
public sealed record OrderPlan(Guid Merchant, OrderLine Line);

/// <summary>
/// What the busiest shops of a market sold in the last weeks: how well a shop treats complaints is how many orders it
/// has for each. The orders that complaints name are among them.
/// </summary>
public static class Orders
{
    private const int Days = 45;
    private const int Shops = 6;

    /// <summary>All lines, shop by shop, oldest first.</summary>
    public static IReadOnlyList<OrderPlan> Of(Market market)
    {
        var from = market.End.AddDays(-Days);
        return
        [
            .. market
                .Merchants.Where(shop => shop.Enrolled)
                .OrderByDescending(shop => shop.Weight)
                .ThenBy(shop => shop.Id)
                .Take(Shops)
                .SelectMany((shop, i) => OfShop(market, shop, from, i)),
        ];
    }

    private static IEnumerable<OrderPlan> OfShop(Market market, MerchantPlan shop, DateTimeOffset from, int index)
    {
        var cases = market.Cases.Where(one => one.Respondent == shop && one.Seller is null).ToList();
        var recent = cases.Count(one => one.FiledAt >= from);
        var chance = new Chance(market.Seed, "orders", index);
        var things = Wares.Of(shop.Sector).Things;
        var lines = new List<OrderLine>();
        foreach (var one in cases.Where(one => Shanghai.StartOf(one.OrderedAt) >= from))
            lines.Add(
                Course(shop, one.OrderNo, one.Thing, one.Amount, Shanghai.StartOf(one.OrderedAt), market, chance)
            );
        var orders = (int)(recent / RateOf(shop.Behaviour.Manner));
        for (var i = lines.Count; i < orders; i++)
        {
            var at = from.AddSeconds(chance.Below(Days * 24 * 3600));
            var (thing, low, high) = chance.Pick(things);
            lines.Add(Course(shop, $"D{index}{i:D7}", thing, chance.Between(low, high), at, market, chance));
        }
        return lines
            .OrderBy(line => line.OrderedAt)
            .ThenBy(line => line.OrderNo, StringComparer.Ordinal)
            .Select(line => new OrderPlan(shop.Id, line));
    }

    // Complaints for each order.
    private static double RateOf(Manner manner) =>
        manner switch
        {
            Manner.Prompt => 0.008,
            Manner.Settler => 0.010,
            Manner.Ordinary => 0.014,
            Manner.Slow => 0.019,
            Manner.Template => 0.023,
            Manner.Disputer => 0.028,
            _ => 0.034,
        };

    private static OrderLine Course(
        MerchantPlan shop,
        string orderNo,
        string thing,
        decimal amount,
        DateTimeOffset at,
        Market market,
        Chance chance
    )
    {
        var sent = at + chance.Wait(30);
        var arrives = sent + chance.Wait(45);
        var bad = 1.2 - shop.Behaviour.Solves;
        DateTimeOffset? asked = chance.Hits(0.07 * bad) ? arrives + chance.Wait(40) : null;
        DateTimeOffset? back = asked is not null && chance.Hits(0.6) ? asked.Value + chance.Wait(50) : null;
        var paid = (back ?? asked) + chance.Wait(shop.Behaviour.MedianHours / 2);
        var isCancelled = chance.Hits(0.03);
        var isQuality = chance.Hits(0.35);
        int? score = chance.Hits(0.3) ? chance.Weigh([(5, 12), (4, 4), (3, 2), (2, 1.2 * bad), (1, 2 * bad)]) : null;
        // Nothing has happened yet that would be later than the market's end.
        DateTimeOffset? Known(DateTimeOffset? then) => !isCancelled && then < market.End ? then : null;
        var line = new OrderLine(
            orderNo,
            "1",
            at,
            isCancelled ? OrderState.Cancelled
                : Known(arrives) is not null ? OrderState.Delivered
                : Known(sent) is not null ? OrderState.Shipped
                : OrderState.Placed,
            (long)(amount * 100)
        )
        {
            Product = thing,
            PromisedAt = at.AddDays(5),
            DeliveredAt = Known(arrives),
            RefundAskedAt = Known(asked),
            ReturnedAt = Known(back),
            RefundedAt = Known(paid),
            IsQuality = Known(asked) is not null && isQuality,
            Score = Known(arrives) is null ? null : score,
        };
        return line with { ChangedAt = line.LastInstant };
    }
}
