using System.Data.Common;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>What is read of a store: plain SQL, and the log.</summary>
public sealed partial class Store
{
    /// <summary>A commit is being made and comes in a moment: the writer waits a little for it, with others.</summary>
    internal IDisposable Coming() => writer.Coming();

    /// <summary>What doors know of streams without asking.</summary>
    internal StreamMemory Memory { get; } = new();

    /// <summary>How its log of pages is brought home; null where the database sees to that, or nothing was written.
    /// </summary>
    public CheckpointFigures? Checkpoints => engine.Checkpoints;

    /// <summary>Rows by SQL that both engines understand; <c>@name</c> parameters, <c>in @list</c>.</summary>
    public Task<IReadOnlyList<T>> Query<T>(string sql, object? args, CancellationToken ct) =>
        Read<IReadOnlyList<T>>(
            async connection => (await connection.QueryAsync<T>(Question(sql, args, ct))).AsList(),
            ct
        );

    /// <summary>The first row or default.</summary>
    public Task<T?> First<T>(string sql, object? args, CancellationToken ct) =>
        Read<T?>(connection => connection.QueryFirstOrDefaultAsync<T>(Question(sql, args, ct)), ct);

    /// <summary>Which of these keys somebody holds.</summary>
    public async Task<IReadOnlySet<string>> Held(string scope, IReadOnlyList<string> keys, CancellationToken ct)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        await Reached(async () =>
        {
            await engine.Held(scope, keys, held, ct);
            return held.Count;
        });
        return held;
    }

    /// <summary>The log after a position, in order.</summary>
    public Task<IReadOnlyList<StoredEvent>> ReadLog(long after, int limit, CancellationToken ct) =>
        Reached(() => engine.ReadLog(after, limit, ct));

    /// <summary>Position of the last event; 0 on an empty log.</summary>
    public Task<long> Head(CancellationToken ct) =>
        First<long>("select coalesce(max(position), 0) from events", null, ct);

    /// <summary>Bytes the database takes.</summary>
    public Task<long> SizeBytes(CancellationToken ct) => First<long>(engine.SizeSql, null, ct);

    /// <summary>The log after a position, perhaps fewer events than there are; empty only at its end.</summary>
    internal async Task<IReadOnlyList<StoredEvent>> ReadTail(long after, int limit, CancellationToken ct) =>
        tail.After(after, limit) is { Count: > 0 } here ? here : await ReadLog(after, limit, ct);

    /// <summary>How many rows a list looks at for one page where a filter passes some over; less in a test alone.
    /// </summary>
    internal int LookedAtMax { get; set; } = ListOrder.LookedAtMax;

    /// <summary>For a test alone, which asks how it would be answered.</summary>
    internal Action<string, object?>? Watched { get; set; }

    /// <summary>For a test alone, which counts who asks.</summary>
    internal Action? WasAsked { get; set; }

    /// <summary>How often it was read or written beside the log since the start.</summary>
    public long Asked => Interlocked.Read(ref asked);

    private void CountAsked()
    {
        Interlocked.Increment(ref asked);
        WasAsked?.Invoke();
    }

    private CommandDefinition Question(string sql, object? args, CancellationToken ct)
    {
        var words = engine.Words(sql);
        Watched?.Invoke(words, args);
        return new CommandDefinition(words, args, cancellationToken: ct);
    }

    private Task<T> Read<T>(Func<DbConnection, Task<T>> read, CancellationToken ct) =>
        Reached(async () =>
        {
            var connection = await engine.Rent(ct);
            try
            {
                return await read(connection);
            }
            finally
            {
                await engine.Return(connection);
            }
        });

    /// <summary>A fault of the database, and not of what it was asked, is said in the house's own word.</summary>
    private async Task<T> Reached<T>(Func<ValueTask<T>> ask)
    {
        CountAsked();
        try
        {
            return await ask();
        }
        catch (DbException fault) when (engine.IsAway(fault))
        {
            throw new StoreAway(StoreAway.Away, fault);
        }
    }
}
