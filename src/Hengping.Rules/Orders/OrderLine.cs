namespace Hengping.Rules.Orders;

/// <summary>How far a line of an order has come.</summary>
public enum OrderState
{
    /// <summary>Ordered, not sent yet.</summary>
    Placed,

    /// <summary>On its way.</summary>
    Shipped,

    /// <summary>The buyer has it.</summary>
    Delivered,

    /// <summary>Confirmed by the buyer, or by time.</summary>
    Done,

    /// <summary>Ended before it was delivered, or taken back whole.</summary>
    Cancelled,
}

/// <summary>
/// 订单行: one line of one order of a shop, as it stood at <see cref="ChangedAt"/>. Nobody's name, phone or address has
/// a place in it.
/// </summary>
/// <param name="OrderNo">The shop's own number.</param>
/// <param name="LineNo">The line's, within its order.</param>
/// <param name="Fen">What was paid for it, in cents.</param>
public sealed record OrderLine(string OrderNo, string LineNo, DateTimeOffset OrderedAt, OrderState State, long Fen)
{
    /// <summary>Lines of one batch.</summary>
    public const int BatchMax = 10_000;

    /// <summary>Characters of an order's number, as a complaint takes it.</summary>
    public const int OrderNoMax = 64;

    /// <summary>Characters of a line's number.</summary>
    public const int LineNoMax = 40;

    /// <summary>Characters of a product's code or name.</summary>
    public const int ProductMax = 120;

    /// <summary>The most a line may cost, CNY.</summary>
    public const decimal AmountMax = 100_000_000m;

    /// <summary>The best score a buyer gives.</summary>
    public const int ScoreMax = 5;

    /// <summary>Up to here a score says that the order went badly.</summary>
    public const int BadScoreMax = 2;

    public string? Product { get; init; }

    /// <summary>By when it was to be delivered.</summary>
    public DateTimeOffset? PromisedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When the buyer asked for the money back.</summary>
    public DateTimeOffset? RefundAskedAt { get; init; }

    /// <summary>When the goods were given back.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>When the money was paid back.</summary>
    public DateTimeOffset? RefundedAt { get; init; }

    /// <summary>Asked back for the quality of the goods.</summary>
    public bool IsQuality { get; init; }

    /// <summary>The buyer's score of it, 1–5.</summary>
    public int? Score { get; init; }

    /// <summary>When it became as it is here: an older state never takes a newer one's place.</summary>
    public DateTimeOffset ChangedAt { get; init; } = OrderedAt;

    /// <summary>The last instant that it names.</summary>
    public DateTimeOffset LastInstant =>
        new[] { DeliveredAt, RefundAskedAt, ReturnedAt, RefundedAt }.Max() is { } last && last > OrderedAt
            ? last
            : OrderedAt;

    /// <summary>
    /// Which of two states of one line holds: the later one; of two that became so at the same instant the one that came
    /// in later, for it corrects the other.
    /// </summary>
    public static OrderLine Later(OrderLine? known, OrderLine came) =>
        known is null || came.ChangedAt >= known.ChangedAt ? came : known;
}
