using System.Data.Common;

namespace Hengping.App.Platform;

/// <summary>One of the two databases. All differences between them live here and in the schema files.</summary>
internal abstract class Engine : IAsyncDisposable
{
    /// <summary><c>sqlite</c> or <c>postgres</c>; also the middle part of schema files for one engine only.</summary>
    public abstract string Name { get; }

    /// <summary>SQL that answers with the bytes the database takes.</summary>
    public abstract string SizeSql { get; }

    /// <summary>SQL that answers with which database it is: of a copy it is another one.</summary>
    public abstract string PlaceSql { get; }

    /// <summary>SQL that answers with the Unix milliseconds of the database's own clock; null where it has none of its
    /// own.</summary>
    public virtual string? NowSql => null;

    /// <summary>
    /// Writes that are no facts run beside the log's writer on their own connection, not in its queue.
    /// </summary>
    public abstract bool WritesBeside { get; }

    /// <summary>How its log of pages is brought home; null where the engine sees to that itself.</summary>
    public virtual CheckpointFigures? Checkpoints => null;

    /// <summary>An open connection to read with; give it back by <see cref="Return"/>.</summary>
    public abstract ValueTask<DbConnection> Rent(CancellationToken ct);

    public abstract ValueTask Return(DbConnection connection);

    /// <summary>SQL of the rooms in this engine's words: <c>in @list</c> is the only thing that needs it.</summary>
    public virtual string Words(string sql) => sql;

    /// <summary>Whether this transaction, and no other node's, may do the work of this name.</summary>
    public virtual ValueTask<bool> TryHold(string work, DbConnection db, DbTransaction tx) =>
        ValueTask.FromResult(true);

    /// <summary>Waits until this transaction, and no other node's, does the work of this name.</summary>
    public virtual Task Hold(string work, DbConnection db, DbTransaction tx) => Task.CompletedTask;

    /// <summary>A transaction that sees the store as it is at its first read, for as long as it is open.</summary>
    public abstract DbTransaction BeginRead(DbConnection connection);

    /// <summary>A stream's events, oldest first.</summary>
    public abstract ValueTask<IReadOnlyList<StoredEvent>> ReadStream(Guid stream, CancellationToken ct);

    /// <summary>The log after a position, in order.</summary>
    public abstract ValueTask<IReadOnlyList<StoredEvent>> ReadLog(long after, int limit, CancellationToken ct);

    /// <summary>Adds those of the keys that are claimed.</summary>
    public abstract ValueTask Held(
        string scope,
        IReadOnlyList<string> keys,
        HashSet<string> held,
        CancellationToken ct
    );

    /// <summary>
    /// A transaction under the log's lock, which every process's appends need. One at a time a process, and a matter of
    /// seconds: whoever cannot get the lock, or does nothing with it, loses it.
    /// </summary>
    public abstract WriteSession Begin();

    /// <summary>The same for work that takes as long as it takes: a rebuild, a restore.</summary>
    public abstract WriteSession BeginWork();

    /// <summary>A short transaction that writes, but not to the log: where that has a lock it needs none.</summary>
    public abstract WriteSession BeginBeside();

    /// <summary>
    /// Takes the indexes of tables away, where nobody notices who reads beside this transaction; what makes them again.
    /// </summary>
    public virtual IReadOnlyList<string> DropIndexes(DbConnection db, DbTransaction tx, string[] tables) => [];

    /// <summary>The database is at fault, and not what it was asked: it is away, full, locked, or read only.</summary>
    public abstract bool IsAway(Exception fault);

    /// <summary>
    /// What was asked last was surely not done, and may well be if it is asked again now: the connection had died
    /// since it was used last, or the lock has just been taken from one that had.
    /// </summary>
    public virtual bool MayAskAgain(Exception fault) => false;

    /// <summary>A fault of the database as the house says it; null where what was asked is at fault.</summary>
    public StoreAway? Away(Exception fault) =>
        fault as StoreAway ?? (IsAway(fault) ? new StoreAway(StoreAway.Away, fault) : null);

    /// <summary>A transaction in which only one process at a time brings the schema up to date.</summary>
    public abstract (DbConnection, DbTransaction) BeginSchema();

    /// <summary>After an erasure: takes what was deleted out of the files, as far as this engine can.</summary>
    public virtual Task Wipe(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Only where <see cref="WritesBeside"/>: a transaction on a connection of its own.</summary>
    public virtual Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct) =>
        throw new NotSupportedException();

    public abstract ValueTask DisposeAsync();
}

/// <summary>An open write transaction. Disposed without commit, it leaves nothing.</summary>
internal abstract class WriteSession : IDisposable
{
    /// <summary>Where the log ends, with which print keys rows are made, and whose ring the store's is.</summary>
    protected const string PositionSql =
        "select coalesce(max(position), 0), coalesce((select prints from key_ring where one = 1), 0), "
        + "(select print from key_ring where one = 1) from events";

    public abstract DbConnection Connection { get; }
    public abstract DbTransaction Transaction { get; }

    /// <summary>Reads what a batch is judged on.</summary>
    /// <param name="answersSince">Older answers are forgotten.</param>
    public abstract BatchState Survey(Asked asked, DateTimeOffset answersSince);

    /// <summary>Writes what survived.</summary>
    public abstract void Save(Draft draft);

    public abstract void Commit();

    public abstract void Dispose();
}
