using System.Data.Common;

namespace Hengping.App.Platform;

/// <summary>
/// Hears the log after commit, by position, at least once, and so must be idempotent. Its checkpoint moves in the
/// transaction it writes in. Woken by commits of this process and polling for those of others.
/// </summary>
public abstract class Listener
{
    /// <summary>What was entered so long after it happened is history.</summary>
    internal static readonly TimeSpan EnteredWithin = TimeSpan.FromHours(1);

    /// <summary>So is what is heard so long after it was entered: after a restore, or a long stop.</summary>
    internal static readonly TimeSpan HeardWithin = TimeSpan.FromDays(1);

    /// <summary>Name of the checkpoint.</summary>
    public abstract string Name { get; }

    /// <summary>Events this listener wants, by kind prefix (<c>complaint.</c>); empty for all.</summary>
    public virtual IReadOnlyList<string> Prefixes => [];

    /// <summary>
    /// What it wrote can be thrown away and is heard again from the first event. False where it went out into the
    /// world, as messages do: <c>rebuild</c> leaves those alone.
    /// </summary>
    public virtual bool IsRebuilt => true;

    /// <summary>What it wrote is printed: under new print keys it is thrown away and heard again.</summary>
    public virtual bool IsPrinted => false;

    /// <summary>How many events it hears in one transaction: fewer where each brings much.</summary>
    public virtual int HeardMax => int.MaxValue;

    /// <summary>
    /// What it can look up before its transaction, in which nobody else writes on SQLite. What it finds is for this
    /// batch alone, and may be asked for again.
    /// </summary>
    public virtual Task Prepare(Store store, IReadOnlyList<StoredEvent> batch, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>Hears a batch in order: at most a page of <see cref="Listening"/>.</summary>
    public abstract Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    );

    /// <summary>Nobody is told of it.</summary>
    protected static bool IsHistory(StoredEvent stored, DateTimeOffset now) =>
        stored.RecordedAt - stored.At > EnteredWithin || now - stored.RecordedAt > HeardWithin;

    /// <summary>Empties what it wrote: <c>rebuild</c> starts it again from the first event.</summary>
    public abstract Task Forget(DbConnection db, DbTransaction transaction);
}
