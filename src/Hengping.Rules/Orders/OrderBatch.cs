using Hengping.Rules.Operators;

namespace Hengping.Rules.Orders;

/// <summary>What was taken of one shop on one day of ordering.</summary>
/// <param name="Day">Shanghai.</param>
/// <param name="Fen">Of the batch's lines, in cents.</param>
public sealed record DayTotal(Guid Merchant, DateOnly Day, int Lines, long Fen);

/// <summary>What happens to a batch of order lines.</summary>
public abstract record OrderBatchEvent
{
    private OrderBatchEvent() { }

    /// <summary>It was taken; its lines lie in one sealed file that never changes.</summary>
    /// <param name="Source">Who or what it came from: <c>api</c>, or the name of a mapping.</param>
    /// <param name="Sha256">Of the lines as text, hex: the same lines are taken once.</param>
    /// <param name="File">SHA-256 of what lies on disk, hex: its name there.</param>
    /// <param name="Packed">Bytes of the compressed lines.</param>
    public sealed record Taken(
        string Source,
        int Lines,
        string Sha256,
        string File,
        long Packed,
        IReadOnlyList<DayTotal> Totals
    ) : OrderBatchEvent;
}

/// <summary>A batch that was taken.</summary>
public sealed record OrderBatch(OrderBatchEvent.Taken Taken, DateTimeOffset At, string Author)
{
    /// <summary>Only a marketplace keeps the numbers of shops; a shop may always send its own.</summary>
    public static readonly Refusal MarketplaceOnly = new(
        "orders.marketplace-only",
        "只有电商平台运营方可以为店铺录入订单；店铺可以自行上传",
        "Only a marketplace enters a shop's orders; the shop may send its own"
    );

    /// <summary>None of their lines may be another shop's.</summary>
    public static readonly Refusal OtherShop = new(
        "orders.other-shop",
        "只能上传本店的订单",
        "You can send the orders of your own shop alone"
    );

    /// <summary>There is nothing in it.</summary>
    public static readonly Refusal NoLines = new("orders.none", "没有订单行", "There are no lines in it");

    /// <summary>Why this operator's staff may not send a shop's orders; null where it may.</summary>
    public static Refusal? Why(OperatorKind? kind) => kind == OperatorKind.Marketplace ? null : MarketplaceOnly;

    /// <summary>Totals of lines by shop and day, in that order.</summary>
    public static IReadOnlyList<DayTotal> Totals(IEnumerable<(Guid Merchant, OrderLine Line)> lines) =>
        [
            .. lines
                .GroupBy(one => (one.Merchant, Day: Clocks.Shanghai.DayOf(one.Line.OrderedAt)))
                .Select(day => new DayTotal(day.Key.Merchant, day.Key.Day, day.Count(), day.Sum(one => one.Line.Fen)))
                .OrderBy(total => total.Merchant)
                .ThenBy(total => total.Day),
        ];
}
