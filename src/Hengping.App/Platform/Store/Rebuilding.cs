using System.Diagnostics;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>What a rebuild did.</summary>
public sealed record Rebuilt(long Streams, long Events, double Seconds);

/// <summary>
/// Current rows and read models thrown away and built again from the events. Rows and claims change in one
/// transaction: whoever reads meanwhile sees the old ones, appends wait, and a process killed on the way leaves
/// everything as it was. Read models are emptied in the same transaction and hear the log again from there; killed
/// after it, they go on at the next start, because their checkpoints say so.
/// </summary>
internal static class Rebuilding
{
    private const int PageMax = 5000;
    private const int StreamsPerSave = 1000;

    public static async Task<Rebuilt> Run(
        Store store,
        IReadOnlyList<Listener> listeners,
        Action<long, long>? progress,
        CancellationToken ct
    )
    {
        var since = Stopwatch.StartNew();
        var (streams, events) = await store.Alone(
            session => Rows(store, session, listeners, progress, ct).GetAwaiter().GetResult(),
            ct
        );
        await Listening.CatchUp(store, listeners.Where(one => one.IsRebuilt), ct);
        return new Rebuilt(streams, events, Math.Round(since.Elapsed.TotalSeconds, 3));
    }

    /// <summary>Everything but the hearing, within a transaction that is already open.</summary>
    internal static async Task<(long Streams, long Events)> Rows(
        Store store,
        WriteSession session,
        IReadOnlyList<Listener> listeners,
        Action<long, long>? progress,
        CancellationToken ct
    )
    {
        var prints = Reprinting.Of(store, session);
        await Forget(store, session, listeners);
        // An index is made at once, in its order, for a fraction of what it costs row by row.
        var tables = store.Books.SelectMany(book => book.Tables).Select(table => table.Name).Distinct();
        var indexes = store.Engine.DropIndexes(session.Connection, session.Transaction, [.. tables]);
        var total = await session.Connection.QuerySingleAsync<long>(
            "select coalesce(max(position), 0) from events",
            transaction: session.Transaction
        );
        var books = store.Books.ToDictionary(book => book.Prefix, StringComparer.Ordinal);
        long streams = 0;
        long events = 0;
        var last = Guid.Empty;
        var folding = Task.FromResult<IReadOnlyList<Draft>>([]);
        while (
            await Snapshot.Streams(session.Connection, session.Transaction, last, PageMax, ct) is { Count: > 0 } page
        )
        {
            // Folded on another core while the page before is saved on this one.
            var before = await folding;
            folding = Task.Run(() => Folded(store, books, page, prints), ct);
            foreach (var draft in before)
                session.Save(draft);
            streams += page.Select(one => one.Stream).Distinct().Count();
            last = page[^1].Stream;
            events += page.Count;
            progress?.Invoke(events, total);
        }
        foreach (var draft in await folding)
            session.Save(draft);
        foreach (var index in indexes)
            await session.Connection.ExecuteAsync(index, transaction: session.Transaction);
        return (streams, events);
    }

    private static IReadOnlyList<Draft> Folded(
        Store store,
        Dictionary<string, Book> books,
        IReadOnlyList<StoredEvent> page,
        Prints prints
    )
    {
        var drafts = new List<Draft>();
        foreach (var some in page.GroupBy(one => one.Stream).Chunk(StreamsPerSave))
        {
            var draft = new Draft();
            foreach (var stream in some)
                Fold(store, books, stream.Key, stream, prints, draft);
            drafts.Add(draft);
        }
        return drafts;
    }

    private static async Task Forget(Store store, WriteSession session, IReadOnlyList<Listener> listeners)
    {
        var (db, tx) = (session.Connection, session.Transaction);
        foreach (var table in store.Books.SelectMany(book => book.Tables))
            await db.ExecuteAsync($"delete from {table.Name}", transaction: tx);
        await db.ExecuteAsync("delete from claims", transaction: tx);
        foreach (var listener in listeners.Where(one => one.IsRebuilt))
        {
            await store.Engine.Hold(listener.Name, db, tx);
            await listener.Forget(db, tx);
            await db.ExecuteAsync("delete from checkpoints where name = @Name", new { listener.Name }, tx);
        }
    }

    private static void Fold(
        Store store,
        Dictionary<string, Book> books,
        Guid id,
        IEnumerable<StoredEvent> events,
        Prints prints,
        Draft draft
    )
    {
        Book? book = null;
        object? state = null;
        var version = 0;
        foreach (var one in events)
        {
            book ??= books.GetValueOrDefault(one.Kind[..one.Kind.IndexOf('.', StringComparison.Ordinal)]);
            if (book is null)
                throw new InvalidOperationException($"The log holds a kind that no book knows: {one.Kind}");
            state = book.FoldAny(state, store.Decode(one, prints), one.At, one.Author);
            version = one.Version;
        }
        foreach (var row in book!.RowsAny(id, version, state!))
        {
            if (!row.Delete)
                draft.Put(row);
        }
        foreach (var reservation in book.ReservationsAny(id, state!))
            draft.Reservations[reservation with { Key = Columns.Storable(reservation.Key) }] = id;
    }
}
