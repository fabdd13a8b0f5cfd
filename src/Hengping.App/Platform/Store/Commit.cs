namespace Hengping.App.Platform;

/// <summary>One fact to append. The body is canonical UTF-8 JSON whose secrets are already sealed.</summary>
/// <param name="Kind">Prefix of the book and name of the event, as <c>complaint.filed</c>.</param>
/// <param name="At">When it happened (whole milliseconds, UTC). History keeps its own time.</param>
/// <param name="Author">Who: <c>claimant:GUID</c>, <c>staff:GUID</c>, <c>merchant:GUID</c>, <c>clock</c>,
/// <c>import:cfpb</c>.</param>
/// <param name="Body">What the chain hashes, byte for byte but for <see cref="Boxes"/>.</param>
public sealed record NewEvent(string Kind, DateTimeOffset At, string Author, byte[] Body);

/// <summary>One fact as it stands in the log.</summary>
/// <param name="Position">Order of commit over the whole log, from 1, without gaps.</param>
/// <param name="Version">Order in its stream, from 1.</param>
/// <param name="RecordedAt">When the log took it.</param>
/// <param name="KeySlot">Where the stream's key lies in the key ring.</param>
/// <param name="Previous">SHA-256 of the stream's previous event; 32 zero bytes at version 1.</param>
public sealed record StoredEvent(
    long Position,
    Guid Stream,
    int Version,
    string Kind,
    DateTimeOffset At,
    DateTimeOffset RecordedAt,
    string Author,
    long KeySlot,
    byte[] Body,
    byte[] Previous
);

/// <summary>Something that only one stream may hold at a time: a case number, an open order, a phone hash.</summary>
public readonly record struct Reservation(string Scope, string Key);

/// <summary>A column of a current row. Guid, text, whole number, flag, bytes; instants are Unix milliseconds.</summary>
public enum ColumnType
{
    Guid,
    Text,
    Long,
    Bool,
    Bytes,
}

/// <summary>A table of current rows: what the batch writer must know to upsert it on either engine.</summary>
/// <param name="Name">Table name; the room's .sql file creates it.</param>
/// <param name="Key">The columns of the primary key.</param>
/// <param name="Columns">All columns in order, key included.</param>
public record Table(string Name, string[] Key, (string Name, ColumnType Type)[] Columns);

/// <summary>A table whose columns say what they hold: name and value stand in one line, in any order.</summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
public sealed record Table<TRow>(
    string Name,
    string[] Key,
    (string Name, ColumnType Type, Func<TRow, object?> Of)[] Cells
) : Table(Name, Key, [.. Cells.Select(cell => (cell.Name, cell.Type))])
{
    /// <summary>Insert or replace. A value that its column cannot hold throws here, where the book can be blamed.
    /// </summary>
    public RowChange Put(TRow row) =>
        new(
            this,
            Delete: false,
            Array.ConvertAll(Cells, cell => Platform.Columns.InType(cell.Of(row), cell.Type, Name, cell.Name))
        );
}

/// <summary>Write or delete one current row.</summary>
/// <param name="Values">By column of <see cref="Table.Columns"/>; for a delete only the key's values, in key
/// order.</param>
public readonly record struct RowChange(Table Table, bool Delete, object?[] Values)
{
    /// <summary>Remove by key.</summary>
    public static RowChange Drop(Table table, params object?[] key) => new(table, Delete: true, key);
}

/// <summary>What one request wants for one stream.</summary>
/// <param name="Expected">The version the decision was taken on; 0 for a new stream.</param>
/// <param name="Prints">The set that prints in rows and claims were made with; 0 where there can be none. It must be
/// that of the store when it commits, or a phone could be taken twice under two keys.</param>
public sealed record Change(
    Guid Stream,
    int Expected,
    long KeySlot,
    IReadOnlyList<NewEvent> Events,
    IReadOnlyList<RowChange> Rows,
    IReadOnlyList<Reservation> Reserved,
    IReadOnlyList<Reservation> Released,
    long Prints = 0
)
{
    /// <summary>
    /// The log, too, notes no other time than the events say of themselves: whose they are must not be found by the
    /// instant.
    /// </summary>
    public bool IsCoarse { get; init; }
}

/// <summary>The caller's Idempotency-Key with the answer to give again. Kept 24 h in the same commit.</summary>
/// <param name="Caller">Who sent it: keys are per caller.</param>
/// <param name="BodyHash">SHA-256 of method, path and body: another body under the same key is refused (422).</param>
public sealed record Idempotent(string Caller, string Key, byte[] BodyHash, int Status, byte[] Answer, string? Location)
{
    /// <summary>Of a commit whose instant must not be found: noted at the end of its day, and so kept a day longer at
    /// most.</summary>
    public bool IsCoarse { get; init; }

    /// <summary>When it was kept, as the store notes it.</summary>
    internal long NotedAt(DateTimeOffset now) =>
        (IsCoarse ? new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) : now).ToUnixTimeMilliseconds();
}

/// <summary>All or nothing: the changes of one request.</summary>
public sealed record Commit(IReadOnlyList<Change> Changes, Idempotent? Once = null);

/// <summary>What became of a commit.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>It is durable; <paramref name="Position"/> is that of its last event.</summary>
    public sealed record Done(long Position) : Outcome;

    /// <summary>Somebody else moved the stream: 409.</summary>
    public sealed record Raced(Guid Stream) : Outcome;

    /// <summary>Somebody else holds the reservation: 409.</summary>
    public sealed record Taken(Reservation Reservation, Guid By) : Outcome;

    /// <summary>The same key and body were answered before: give that answer again.</summary>
    public sealed record Replayed(Idempotent First) : Outcome;

    /// <summary>The same key with another body: 422.</summary>
    public sealed record Mismatched : Outcome
    {
        internal static readonly Mismatched Instance = new();
    }
}
