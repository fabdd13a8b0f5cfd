using System.Data.Common;

namespace Hengping.App.Platform;

/// <summary>Where a store lives.</summary>
/// <param name="Data">Directory of files; holds the SQLite database where <paramref name="Postgres"/> is null.</param>
/// <param name="Postgres">Connection string, or null for embedded SQLite.</param>
/// <param name="Keys">Directory of the key ring.</param>
public sealed record StorePlace(string Data, string? Postgres, string Keys);

/// <summary>A stream as it stands: the decision is taken on it, the commit expects its version.</summary>
public sealed record Loaded<TState>(Guid Id, int Version, long KeySlot, TState? State)
    where TState : class;

/// <summary>One decoded event of a stream's story, secrets unsealed where their key still exists.</summary>
public sealed record Told<TEvent>(
    int Version,
    TEvent Event,
    DateTimeOffset At,
    DateTimeOffset RecordedAt,
    string Author
);

/// <summary>The event log with its current rows: one door to write (<see cref="Append"/>), plain SQL to read.</summary>
public sealed class Store : IAsyncDisposable
{
    /// <summary>Opens the store, applies schema files that are new to it, starts the writer.</summary>
    public static Task<Store> Open(
        StorePlace place,
        IReadOnlyList<Book> books,
        TimeProvider clock,
        CancellationToken ct
    ) => throw new NotSupportedException();

    /// <summary>The key ring.</summary>
    public KeyRing Keys => throw new NotSupportedException();

    /// <summary>Now, in whole milliseconds: what events are stamped with.</summary>
    public DateTimeOffset Now => throw new NotSupportedException();

    /// <summary>Reads and folds a stream. State null and version 0 where there is none.</summary>
    public Task<Loaded<TState>> Load<TState, TEvent>(Book<TState, TEvent> book, Guid id, CancellationToken ct)
        where TState : class
        where TEvent : class => throw new NotSupportedException();

    /// <summary>The stream's events, decoded and unsealed, oldest first.</summary>
    public Task<IReadOnlyList<Told<TEvent>>> Tell<TState, TEvent>(
        Book<TState, TEvent> book,
        Guid id,
        CancellationToken ct
    )
        where TState : class
        where TEvent : class => throw new NotSupportedException();

    /// <summary>Seals and folds events into a change: rows, claims and releases follow from the book.</summary>
    /// <param name="personKey">Slot of the person's key, for secrets of <c>KeyOf.Person</c>.</param>
    public Change Change<TState, TEvent>(
        Book<TState, TEvent> book,
        Loaded<TState> from,
        DateTimeOffset at,
        string author,
        IReadOnlyList<TEvent> events,
        long? personKey = null
    )
        where TState : class
        where TEvent : class => throw new NotSupportedException();

    /// <summary>Appends through the process's one queue; answers after the commit is durable.</summary>
    public Task<Outcome> Append(Commit commit, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Rows by SQL that both engines understand; <c>@name</c> parameters.</summary>
    public Task<IReadOnlyList<T>> Query<T>(string sql, object? args, CancellationToken ct) =>
        throw new NotSupportedException();

    /// <summary>The first row or default.</summary>
    public Task<T?> First<T>(string sql, object? args, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Writes rows that are no facts (codes, sessions, outbox state, read models) in one transaction.</summary>
    public Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct) =>
        throw new NotSupportedException();

    /// <summary>The log after a position, in order.</summary>
    public Task<IReadOnlyList<StoredEvent>> ReadLog(long after, int limit, CancellationToken ct) =>
        throw new NotSupportedException();

    /// <summary>Decodes one stored event of a book; secrets too when <paramref name="unseal"/>.</summary>
    public TEvent Decode<TEvent>(StoredEvent stored, bool unseal)
        where TEvent : class => throw new NotSupportedException();

    /// <summary>The answer kept under a caller's Idempotency-Key, or null.</summary>
    public Task<Idempotent?> Answered(string caller, string key, CancellationToken ct) =>
        throw new NotSupportedException();

    /// <summary>Position of the last event; 0 on an empty log.</summary>
    public Task<long> Head(CancellationToken ct) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
