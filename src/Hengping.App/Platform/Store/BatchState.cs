namespace Hengping.App.Platform;

/// <summary>Where a stream stands.</summary>
internal sealed record Head(int Version, byte[] Hash, long Key);

/// <summary>What must be read, under the log's lock, to judge a batch.</summary>
internal sealed class Asked
{
    public HashSet<Guid> Streams { get; } = [];
    public HashSet<Reservation> Reservations { get; } = [];
    public HashSet<(string Caller, string Key)> Answers { get; } = [];

    public void Add(Commit commit)
    {
        foreach (var change in commit.Changes)
        {
            Streams.Add(change.Stream);
            Reservations.UnionWith(change.Reserved);
            Reservations.UnionWith(change.Released);
        }
        if (commit.Once is { } once)
            Answers.Add((once.Caller, once.Key));
    }
}

/// <summary>What was there when the lock was taken.</summary>
internal sealed class BatchState
{
    public long Position { get; set; }

    /// <summary>The set of print keys that rows and claims are made with; 0 where nobody says.</summary>
    public long Prints { get; set; }

    /// <summary>The print of the ring that opens the store; null where the next opening is to find out.</summary>
    public string? Ring { get; set; }
    public Dictionary<Guid, Head> Heads { get; } = [];
    public Dictionary<Reservation, Guid> Reservations { get; } = [];
    public Dictionary<(string Caller, string Key), Idempotent> Answers { get; } = [];
}

/// <summary>What a judged batch writes. Rows that were written twice in it stand here once, as they end.</summary>
internal sealed class Draft
{
    public List<StoredEvent> Events { get; } = [];
    public Dictionary<Guid, Head> Heads { get; } = [];

    /// <summary>Holders at the end; null where a reservation is free again.</summary>
    public Dictionary<Reservation, Guid?> Reservations { get; } = [];

    /// <summary>Reservations that somebody held before this batch and that were released in it.</summary>
    public HashSet<Reservation> Freed { get; } = [];

    public List<Idempotent> Answers { get; } = [];

    /// <summary>By table and key: the row's values, or null for a delete.</summary>
    public Dictionary<string, (TableShape Shape, Dictionary<object?[], object?[]?> Rows)> Tables { get; } =
        new(StringComparer.Ordinal);

    public DateTimeOffset RecordedAt { get; init; }

    public bool IsEmpty => Events.Count == 0 && Reservations.Count == 0 && Answers.Count == 0 && Tables.Count == 0;

    public void Put(RowChange row)
    {
        var shape = TableShape.Of(row.Table);
        if (!Tables.TryGetValue(row.Table.Name, out var rows))
            Tables.Add(row.Table.Name, rows = (shape, new(ValuesComparer.Instance)));
        rows.Rows[shape.KeyOf(row)] = row.Delete ? null : row.Values;
    }
}
