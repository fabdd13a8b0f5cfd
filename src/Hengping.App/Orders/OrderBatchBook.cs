using Hengping.App.Platform;
using Hengping.Rules.Orders;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Orders;

/// <summary>Batches of order lines. The lines lie in a sealed file under the key of their batch.</summary>
public sealed class OrderBatchBook : Book<OrderBatch, OrderBatchEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly OrderBatchBook Instance = new();

    /// <summary>Scope of the reservation of a batch's content: the same lines are taken once.</summary>
    public const string ContentScope = "order-batch";

    private static readonly Table<(Guid Id, OrderBatch Of)> Batches = new(
        "order_batches",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("source", Text, r => r.Of.Taken.Source),
            ("lines", Long, r => r.Of.Taken.Lines),
            ("sha256", Text, r => r.Of.Taken.Sha256),
            ("file", Text, r => r.Of.Taken.File),
            ("packed", Long, r => r.Of.Taken.Packed),
            ("taken_at", Long, r => r.Of.At),
            ("author", Text, r => r.Of.Author),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "orders";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Batches];

    /// <inheritdoc/>
    public override string? FilesSql => "select file from order_batches order by file";

    /// <inheritdoc/>
    public override OrderBatch Fold(OrderBatch? state, OrderBatchEvent happened, DateTimeOffset at, string author) =>
        new((OrderBatchEvent.Taken)happened, at, author);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, OrderBatch state) => [Batches.Put((id, state))];

    /// <inheritdoc/>
    public override IEnumerable<Reservation> Reservations(Guid id, OrderBatch state) =>
        [new Reservation(ContentScope, state.Taken.Sha256)];
}
