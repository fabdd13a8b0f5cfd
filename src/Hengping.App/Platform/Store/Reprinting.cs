using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// Prints in rows and claims, made again under the print keys of now from what is sealed in the events. The store keeps
/// which set it is printed with, in the same transaction: what was decided under another is judged as a lost race.
/// </summary>
internal static class Reprinting
{
    private const int StreamsPerSave = 500;

    /// <summary>
    /// The process prints as the store does. Where the ring has not these keys (an older copy of either, another ring
    /// by <c>--new-keys</c>, a rotation by another store with this ring), the store's rows are printed again.
    /// </summary>
    public static async Task Settle(Store store, CancellationToken ct)
    {
        var kept = await store.First<long>("select prints from key_ring where one = 1", null, ct);
        if (!PrintsWith(store, kept))
            await store.Alone(session => Settle(store, session), ct);
    }

    private static bool PrintsWith(Store store, long set)
    {
        if (!store.Keys.HasPrints(set))
            return false;
        store.Keys.TakePrints(set);
        return store.Keys.Prints.From == set;
    }

    private static long Settle(Store store, WriteSession session)
    {
        var (db, tx) = (session.Connection, session.Transaction);
        var kept = Kept(session);
        if (PrintsWith(store, kept))
            return 0;
        var hasStreams = db.ExecuteScalar<bool>("select exists (select 1 from streams)", transaction: tx);
        // As it was printed before there were sets, this set prints as well.
        var isSame = !hasStreams || (kept == 0 && store.Keys.IsDerived);
        var prints = store.Keys.Prints;
        if (!isSame)
            return Rows(store, session, prints, progress: null).GetAwaiter().GetResult();
        Keep(session, store.Keys.Print, prints.From);
        return db.Execute("update checkpoints set prints = @From", new { prints.From }, tx);
    }

    /// <summary>The set a rebuild makes rows with: the store's own, where the ring has it.</summary>
    public static Prints Of(Store store, WriteSession session)
    {
        PrintsWith(store, Kept(session));
        var prints = store.Keys.Prints;
        Keep(session, store.Keys.Print, prints.From);
        return prints;
    }

    /// <summary>Everything that holds prints of persons' values, printed with this set; how many streams.</summary>
    public static async Task<long> Rows(Store store, WriteSession session, Prints prints, Action<long, long>? progress)
    {
        var (db, tx) = (session.Connection, session.Transaction);
        var all = new List<(Book Book, List<Guid> Streams)>();
        foreach (var book in store.Books)
            if (book.PrintedStreams is { } sql)
                all.Add((book, (await db.QueryAsync<Guid>(sql, transaction: tx)).AsList()));
        var (done, total) = (0L, all.Sum(one => (long)one.Streams.Count));
        foreach (var (book, streams) in all)
        {
            foreach (var scope in book.PrintedScopes)
                await db.ExecuteAsync("delete from claims where scope = @scope", new { scope }, tx);
            foreach (var some in streams.Chunk(StreamsPerSave))
            {
                var draft = new Draft();
                foreach (var story in await Stories(store, session, some))
                    Put(store, book, story.Key, story, prints, draft);
                session.Save(draft);
                progress?.Invoke(done += some.Length, total);
            }
        }
        Keep(session, store.Keys.Print, prints.From);
        return done;
    }

    internal static async Task<IEnumerable<IGrouping<Guid, StoredEvent>>> Stories(
        Store store,
        WriteSession session,
        Guid[] some
    )
    {
        await using var rows = await session.Connection.ExecuteReaderAsync(
            store.Engine.Words($"select {Snapshot.Columns} from events where stream in @some order by stream, version"),
            new { some },
            session.Transaction
        );
        var events = new List<StoredEvent>();
        while (await rows.ReadAsync())
            events.Add(Snapshot.Event(rows));
        return events.GroupBy(one => one.Stream);
    }

    internal static void Put(
        Store store,
        Book book,
        Guid id,
        IEnumerable<StoredEvent> story,
        Prints prints,
        Draft draft
    )
    {
        object? state = null;
        var version = 0;
        foreach (var one in story)
        {
            state = book.FoldAny(state, store.Decode(one, prints), one.At, one.Author);
            version = one.Version;
        }
        foreach (var row in book.RowsAny(id, version, state!))
            draft.Put(row);
        foreach (
            var reservation in book.ReservationsAny(id, state!)
                .Where(reservation => book.PrintedScopes.Contains(reservation.Scope))
        )
            draft.Reservations[reservation with { Key = Columns.Storable(reservation.Key) }] = id;
    }

    private static long Kept(WriteSession session) =>
        session.Connection.QueryFirstOrDefault<long>(
            "select prints from key_ring where one = 1",
            transaction: session.Transaction
        );

    // A store that waits for another ring is not printed with this one.
    private static void Keep(WriteSession session, string ring, long prints) =>
        session.Connection.Execute(
            "update key_ring set prints = @prints where print = @ring",
            new { ring, prints },
            session.Transaction
        );
}
