using System.Text.Json.Serialization;
using Hengping.Rules.Orders;

namespace Hengping.App.Importing;

/// <summary>A file beside the one that is named, whose rows belong to its rows.</summary>
/// <param name="File">Its name without what follows the first point: <c>.csv</c>, <c>.csv.gz</c>.</param>
/// <param name="On">The column that both have.</param>
/// <param name="Least">Of several rows that belong to one, that with the least number here; without it each of them
/// makes a row of its own.</param>
public sealed record Beside(string File, string On, string? Least = null);

/// <summary>
/// How the columns of a source become order lines. Each list names columns any of which will do. A buyer's name, phone
/// and address have no place here: they are not read.
/// </summary>
public sealed record OrderMapping
{
    /// <summary>Lower-case letters, digits and dashes: the author <c>import:SOURCE</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The order's number.</summary>
    public IReadOnlyList<string> OrderNo { get; init; } = [];

    /// <summary>The line's; none: its place among the rows of its order.</summary>
    public IReadOnlyList<string> LineNo { get; init; } = [];

    /// <summary>The shop; none: <c>--shop</c>.</summary>
    public IReadOnlyList<string> Shop { get; init; } = [];
    public IReadOnlyList<string> Product { get; init; } = [];
    public IReadOnlyList<string> Ordered { get; init; } = [];
    public IReadOnlyList<string> Promised { get; init; } = [];
    public IReadOnlyList<string> Delivered { get; init; } = [];
    public IReadOnlyList<string> RefundAsked { get; init; } = [];
    public IReadOnlyList<string> Returned { get; init; } = [];
    public IReadOnlyList<string> Refunded { get; init; } = [];
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>A word of <see cref="States"/>; without one the instants say how far it is.</summary>
    public IReadOnlyList<string> State { get; init; } = [];

    /// <summary>Words of the source as states.</summary>
    public IReadOnlyDictionary<string, OrderState> States { get; init; } = new Dictionary<string, OrderState>();

    /// <summary>What was paid; of one piece where there is a quantity.</summary>
    public IReadOnlyList<string> Amount { get; init; } = [];
    public IReadOnlyList<string> Quantity { get; init; } = [];

    /// <summary>Why it was asked back: one of <see cref="QualityWords"/> means its quality.</summary>
    public IReadOnlyList<string> Reason { get; init; } = [];
    public IReadOnlyList<string> QualityWords { get; init; } = [];

    /// <summary>The buyer's score, 1–5.</summary>
    public IReadOnlyList<string> Score { get; init; } = [];

    /// <summary>
    /// An order whose number begins so is one that was taken back whole, on the day it names, with negative quantities.
    /// </summary>
    public string? TakenBack { get; init; }

    /// <summary>Files that lie beside it.</summary>
    public IReadOnlyList<Beside> Beside { get; init; } = [];

    /// <summary>The order of day and month.</summary>
    public DateOrder Dates { get; init; }

    /// <summary>Columns that tell the header from noise above it.</summary>
    [JsonIgnore]
    public IReadOnlyList<IReadOnlyList<string>> Header => [OrderNo, Ordered];

    /// <summary>All column names it may ask for.</summary>
    [JsonIgnore]
    public IReadOnlyCollection<string> Names =>
        [
            .. new[]
            {
                OrderNo,
                LineNo,
                Shop,
                Product,
                Ordered,
                Promised,
                Delivered,
                RefundAsked,
                Returned,
                Refunded,
                Changed,
                State,
                Amount,
                Quantity,
                Reason,
                Score,
            }
                .SelectMany(names => names)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    /// <summary>The mappings of sources that others publish.</summary>
    public static readonly IReadOnlyDictionary<string, OrderMapping> Known = new Dictionary<string, OrderMapping>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["olist"] = new()
        {
            Source = "olist",
            OrderNo = ["order_id"],
            LineNo = ["order_item_id"],
            Shop = ["seller_id"],
            Product = ["product_id"],
            Ordered = ["order_purchase_timestamp"],
            Promised = ["order_estimated_delivery_date"],
            Delivered = ["order_delivered_customer_date"],
            Amount = ["price"],
            State = ["order_status"],
            States = new Dictionary<string, OrderState>(StringComparer.OrdinalIgnoreCase)
            {
                ["created"] = OrderState.Placed,
                ["approved"] = OrderState.Placed,
                ["invoiced"] = OrderState.Placed,
                ["processing"] = OrderState.Placed,
                ["shipped"] = OrderState.Shipped,
                ["delivered"] = OrderState.Delivered,
                ["canceled"] = OrderState.Cancelled,
                ["unavailable"] = OrderState.Cancelled,
            },
            Score = ["review_score"],
            Beside =
            [
                new Beside("olist_order_items_dataset", "order_id"),
                new Beside("olist_order_reviews_dataset", "order_id", Least: "review_score"),
            ],
        },
        ["online-retail"] = new()
        {
            Source = "online-retail",
            OrderNo = ["InvoiceNo", "Invoice"],
            Product = ["StockCode"],
            Ordered = ["InvoiceDate"],
            Amount = ["UnitPrice", "Price"],
            Quantity = ["Quantity"],
            TakenBack = "C",
        },
    };
}
