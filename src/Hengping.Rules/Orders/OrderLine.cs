using Hengping.Rules.Fields;

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
    /// <summary>Nothing happens to an order before it is there.</summary>
    public static readonly Refusal BeforeOrdered = new(
        "orders.before-ordered",
        "不能早于下单时间",
        "This cannot be before it was ordered"
    );

    /// <summary>No money is paid back before it was asked for.</summary>
    public static readonly Refusal BeforeAsked = new(
        "orders.before-asked",
        "退款时间不能早于申请退款或退货的时间",
        "The money cannot be paid back before it was asked for"
    );

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

    /// <summary>Whether its instants and its score can be.</summary>
    public void Check(FieldFaults faults, DateTimeOffset now)
    {
        faults.If(OrderedAt > now, "orderedAt", Fault.InTheFuture);
        faults.If(ChangedAt > now && ChangedAt > LastInstant, "changedAt", Fault.InTheFuture);
        foreach (
            var (field, at) in new[]
            {
                ("deliveredAt", DeliveredAt),
                ("refundAskedAt", RefundAskedAt),
                ("returnedAt", ReturnedAt),
                ("refundedAt", RefundedAt),
            }
        )
        {
            faults.If(at > now, field, Fault.InTheFuture);
            faults.If(at < OrderedAt, field, BeforeOrdered);
        }
        faults.If(RefundedAt < (RefundAskedAt ?? ReturnedAt), "refundedAt", BeforeAsked);
        faults.If(Score is < 1 or > ScoreMax, "score", Fault.NumberBetween(1, ScoreMax));
    }

    /// <summary>
    /// Which of two states of one line holds: the later one; of two that became so at the same instant the one that
    /// came in later, for it corrects the other.
    /// </summary>
    public static OrderLine Later(OrderLine? known, OrderLine came) =>
        known is null || came.ChangedAt >= known.ChangedAt ? came : known;
}
