using Dapper;

namespace Hengping.App.Platform;

/// <summary>How far one listener has come.</summary>
/// <param name="Position">The last event it heard or did not want.</param>
/// <param name="Head">The last event of the log.</param>
/// <param name="Fault">Why it stands still, or null.</param>
public sealed record ListenerFigure(string Name, long Position, long Head, string? Fault)
{
    /// <summary>Events it has still to look at.</summary>
    public long Behind => Math.Max(0, Head - Position);
}

/// <summary>One listener's way through the log of one store.</summary>
/// <param name="pageMax">Events heard in one transaction, in which nobody else writes on SQLite.</param>
public sealed class Listening(Store store, Listener listener, int pageMax = Listening.PageMax)
{
    /// <summary>Events in one page of the log while people are at work.</summary>
    public const int PageMax = 512;

    // Nobody waits beside a command that catches up: what a page touches is then summed once and not sixteen times.
    private const int PageMaxAlone = 8192;

    // Nothing wanted was seen: the checkpoint need not follow each event.
    private static readonly TimeSpan IdleEvery = TimeSpan.FromMilliseconds(250);

    private long? stored;
    private long read;
    private long printedWith;
    private long storedAtMs;

    private enum Step
    {
        AtEnd,
        Moved,
        Elsewhere,
    }

    /// <summary>The last event it has looked at, as far as this process knows.</summary>
    public long Position => Interlocked.Read(ref read);

    /// <summary>Whom this is about.</summary>
    public Listener Listener => listener;

    /// <summary>Hears one page; false when there is nothing more, or another node is hearing.</summary>
    internal async Task<bool> Next(CancellationToken ct) => await Hear(ct) == Step.Moved;

    /// <summary>Brings listeners to the end of the log as it is now: for commands, and for tests.</summary>
    public static async Task CatchUp(Store store, IEnumerable<Listener> listeners, CancellationToken ct)
    {
        var head = await store.Head(ct);
        foreach (var listener in listeners)
            await new Listening(store, listener, PageMaxAlone).CatchUp(head, ct);
    }

    /// <summary>How far each listener is, as its checkpoint says.</summary>
    public static async Task<IReadOnlyList<ListenerFigure>> Figures(
        Store store,
        IEnumerable<Listener> listeners,
        CancellationToken ct
    )
    {
        var head = await store.Head(ct);
        var figures = new List<ListenerFigure>();
        foreach (var listener in listeners)
            figures.Add(new(listener.Name, await Stored(store, listener, ct), head, Fault: null));
        return figures;
    }

    private async Task CatchUp(long head, CancellationToken ct)
    {
        while (true)
        {
            var step = await Hear(ct);
            // Without a checkpoint of our own another node is hearing: look again where it stands.
            if (stored is not null && read >= head && await Keep([], ct))
                return;
            if (step == Step.Elsewhere)
                await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
        }
    }

    private async Task<Step> Hear(CancellationToken ct)
    {
        // Another set of print keys is named: what was heard with the one before counts no more.
        if (listener.IsPrinted && store.Keys.Prints.From is var now && now != printedWith)
            (printedWith, stored) = (now, null);
        if (stored is null)
        {
            stored = await Stored(store, listener, ct);
            read = stored.Value;
        }
        var page = await store.ReadTail(read, pageMax, ct);
        if (page.Count == 0)
        {
            var isOld = Environment.TickCount64 - storedAtMs > IdleEvery.TotalMilliseconds;
            return read == stored || !isOld || await Keep([], ct) ? Step.AtEnd : Step.Elsewhere;
        }
        var wanted = listener.Prefixes.Count == 0 ? page : page.Where(IsWanted).ToList();
        var from = read;
        var last = page[^1];
        if (wanted.Count > listener.HeardMax)
        {
            wanted = wanted.Take(listener.HeardMax).ToList();
            last = wanted[^1];
        }
        Interlocked.Exchange(ref read, last.Position);
        if (wanted.Count == 0 && page.Count < pageMax)
            return Step.Moved;
        try
        {
            return await Keep(wanted, ct) ? Step.Moved : Step.Elsewhere;
        }
        catch
        {
            Interlocked.Exchange(ref read, from);
            throw;
        }
    }

    private bool IsWanted(StoredEvent one) =>
        listener.Prefixes.Any(prefix => one.Kind.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Hears and moves the checkpoint in one transaction; false when somebody else did or does.</summary>
    private async Task<bool> Keep(IReadOnlyList<StoredEvent> wanted, CancellationToken ct)
    {
        var (from, to) = (stored!.Value, read);
        if (from == to)
            return true;
        if (wanted.Count > 0)
            await listener.Prepare(store, wanted, ct);
        var isMine = await store.Write(
            async (db, tx) =>
            {
                if (!await store.Engine.TryHold(listener.Name, db, tx))
                    return false;
                // Read once: where the keys are changed meanwhile, this was heard with the old ones and says so.
                var prints = await db.QueryFirstOrDefaultAsync<long>(PrintsSql, transaction: tx);
                if (await db.QueryFirstOrDefaultAsync<long>(StoredSql(listener), Of(listener, prints), tx) != from)
                    return false;
                if (listener.IsPrinted)
                {
                    store.Keys.TakePrints(prints);
                    if (from == 0)
                        await listener.Forget(db, tx);
                }
                if (wanted.Count > 0)
                    await listener.Hear(store, wanted, db, tx, ct);
                await db.ExecuteAsync(
                    """
                    insert into checkpoints (name, position, prints) values (@name, @to, @prints)
                    on conflict (name) do update set position = excluded.position, prints = excluded.prints
                    """,
                    new
                    {
                        name = listener.Name,
                        to,
                        prints,
                    },
                    tx
                );
                return true;
            },
            ct
        );
        // Another node hears, or a rebuild began again: look where it stands.
        stored = isMine ? to : null;
        storedAtMs = Environment.TickCount64;
        return isMine;
    }

    private const string PrintsSql = "select prints from key_ring where one = 1";

    // What was printed with other keys than the store's is heard again from the first event.
    private static string StoredSql(Listener listener) =>
        "select position from checkpoints where name = @Name" + (listener.IsPrinted ? " and prints = @prints" : "");

    private static object Of(Listener listener, long prints) => new { listener.Name, prints };

    private static async Task<long> Stored(Store store, Listener listener, CancellationToken ct)
    {
        var prints = await store.First<long>(PrintsSql, null, ct);
        return await store.First<long>(StoredSql(listener), Of(listener, prints), ct);
    }
}
