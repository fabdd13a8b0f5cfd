using System.Data.Common;
using System.Security.Cryptography;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// Which key ring belongs to a store. The store keeps the ring's print and asks for it at every opening, before any
/// file is made: what is sealed under another ring can be read by nobody who has this one, and the other way round.
/// </summary>
internal static partial class RingOfStore
{
    private const string KeptSql = "select print from key_ring where one = 1";
    private const int EventsPerRead = 1000;

    /// <param name="Print">The ring's print.</param>
    /// <param name="Skipped">The last slot it is known to lack.</param>
    /// <param name="Slots">Beyond it, whatever is sealed under. Processes take slots in blocks beside each other: the
    /// newest need not be the highest.</param>
    private sealed record KnownRing(string Print, long Skipped, IReadOnlyList<long> Slots);

    private enum Fit
    {
        /// <summary>No event of the log is sealed.</summary>
        NothingSealed,

        /// <summary>It holds no key of a sealed event: new, or everything was erased.</summary>
        OpensNothing,

        /// <summary>It opens what was sealed.</summary>
        Opens,

        /// <summary>It holds another key where the log speaks of one: another store's.</summary>
        Foreign,
    }

    /// <summary>Opens the store's own ring; a new one for a new store, or where the call says so.</summary>
    /// <exception cref="Refused">It is missing or another one; nothing was made or changed.</exception>
    public static async Task<KeyRing> Open(
        Engine engine,
        StorePlace place,
        House house,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        // Most starts know their ring and must not wait for a writer to learn it.
        if (!place.NewKeys && await Known(engine, ct) is { } known && await StoreMark.Known(engine, ct) is { } own)
            return Serving(Matching(known, place, house), own, place);
        var (connection, transaction) = engine.BeginSchema();
        await using (connection)
        await using (transaction)
        {
            var found = await Known(connection, transaction, ct);
            var keys =
                found is not null && !place.NewKeys
                    ? Matching(found, place, house)
                    : await Taken(engine, place, house, found?.Print, now, connection, transaction, ct);
            try
            {
                var mark = await StoreMark.Drawn(engine, connection, transaction);
                // Before anything is kept; after it once more, when the id it is marked with is there for good.
                if (!place.TakesOver)
                    keys.MayServe(mark);
                await transaction.CommitAsync(ct);
                keys.Serve(mark, place.TakesOver);
                return keys;
            }
            catch
            {
                keys.Dispose();
                throw;
            }
        }
    }

    private static KeyRing Serving(KeyRing keys, DirectoryMark store, StorePlace place)
    {
        try
        {
            keys.Serve(store, place.TakesOver);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    private static async Task<KeyRing> Taken(
        Engine engine,
        StorePlace place,
        House house,
        string? kept,
        DateTimeOffset now,
        DbConnection connection,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var hasStreams = await connection.ExecuteScalarAsync<bool>(
            "select exists (select 1 from streams)",
            transaction: transaction
        );
        if (hasStreams && !place.NewKeys && !KeyRing.IsAt(place.Keys))
            throw new Refused(Missing(place));
        var keys = KeyRing.Open(place.Keys, house.Purposes);
        try
        {
            if (hasStreams && kept != keys.Print)
                await Adopt(engine, place, keys, house, connection, transaction, ct);
            await Keep(keys.Print, hasStreams, now, connection, transaction);
            if (hasStreams && place.NewKeys)
                await Skip(keys, connection, transaction);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <summary>
    /// After a restore: whoever opens the store next needs the ring its backup was taken with, unless the call said
    /// that this one shall do. Of a backup that names none, the next opening finds out.
    /// </summary>
    public static void Restored(Store store, WriteSession session, string? ofBackup)
    {
        if (store.Place.NewKeys)
            Skip(store.Keys, session.Connection, session.Transaction).GetAwaiter().GetResult();
        if (store.Place.NewKeys || ofBackup == store.Keys.Print)
            return;
        session.Connection.Execute(
            ofBackup is null ? "delete from key_ring" : "update key_ring set print = @ofBackup, prints = -1",
            new { ofBackup },
            session.Transaction
        );
    }

    /// <summary>Whether the next opening takes the ring that is open now without looking into the log.</summary>
    public static async Task<bool> IsKept(Store store, CancellationToken ct) =>
        await Kept(store.Engine, ct) == store.Keys.Print;

    /// <summary>Whether the ring that is open is the store's, as a commit sees it.</summary>
    public static bool IsOwn(Store store, WriteSession session) =>
        session.Connection.QueryFirstOrDefault<string>(KeptSql, transaction: session.Transaction) == store.Keys.Print;

    private static async Task<string?> Kept(Engine engine, CancellationToken ct)
    {
        var connection = await engine.Rent(ct);
        try
        {
            return await connection.QueryFirstOrDefaultAsync<string>(
                new CommandDefinition(KeptSql, cancellationToken: ct)
            );
        }
        finally
        {
            await engine.Return(connection);
        }
    }

    // The slots are asked before the file: a ring only grows.
    private static async Task<KnownRing?> Known(Engine engine, CancellationToken ct)
    {
        var connection = await engine.Rent(ct);
        try
        {
            return await Known(connection, null, ct);
        }
        finally
        {
            await engine.Return(connection);
        }
    }

    private static async Task<KnownRing?> Known(
        DbConnection connection,
        DbTransaction? transaction,
        CancellationToken ct
    )
    {
        var row = await connection.QueryFirstOrDefaultAsync<(string? Print, long Skipped)>(
            new CommandDefinition(
                "select print, skipped from key_ring where one = 1",
                transaction: transaction,
                cancellationToken: ct
            )
        );
        return row.Print is { } print
            ? new KnownRing(print, row.Skipped, await SlotsAfter(row.Skipped, connection, transaction, ct))
            : null;
    }

    private static KeyRing Matching(KnownRing known, StorePlace place, House house)
    {
        if (!KeyRing.IsAt(place.Keys))
            throw new Refused(Missing(place));
        var isOlder = !KeyRing.WereTaken(place.Keys, known.Slots);
        // What is hardly a ring any more is left as it is.
        if (isOlder && !KeyRing.WereTaken(place.Keys, [Prints.SetSize]))
            throw new Refused(Older(place));
        var keys = KeyRing.Open(place.Keys, house.Purposes);
        if (keys.Print == known.Print && !isOlder)
            return keys;
        var isForeign = keys.Print != known.Print;
        keys.Dispose();
        throw new Refused(isForeign ? Foreign(place) : Older(place));
    }

    private static async Task Adopt(
        Engine engine,
        StorePlace place,
        KeyRing keys,
        House house,
        DbConnection connection,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var fit = await FitOf(engine, keys, new Codec(house.Books, keys), ct);
        // Even where a new ring is wanted: another store's would give what is sealed here to its own keys.
        if (fit == Fit.Foreign || (fit == Fit.OpensNothing && !place.NewKeys))
            throw new Refused(Foreign(place));
        if (fit != Fit.Opens)
            await Skip(keys, connection, transaction);
    }

    /// <summary>What is sealed under keys that this ring lacks stays unread, and their slots are nobody's.</summary>
    private static async Task Skip(KeyRing keys, DbConnection connection, DbTransaction transaction)
    {
        var last = await LastSlot(connection, transaction);
        keys.SkipPast(last);
        await connection.ExecuteAsync("update key_ring set skipped = @last", new { last }, transaction);
    }

    private static async Task<Fit> FitOf(Engine engine, KeyRing keys, Codec codec, CancellationToken ct)
    {
        var fit = Fit.NothingSealed;
        for (
            long after = 0;
            await engine.ReadLog(after, EventsPerRead, ct) is { Count: > 0 } some;
            after = some[^1].Position
        )
            foreach (var one in some.Where(one => Boxes.HasSealed(one.Body)))
            {
                fit = Fit.OpensNothing;
                try
                {
                    if (!keys.Holds(one.KeySlot))
                        continue;
                    codec.Decode(one.Kind, one.Stream, one.Body, unseal: true);
                    return Fit.Opens;
                }
                catch (CryptographicException)
                {
                    return Fit.Foreign;
                }
            }
        return fit;
    }

    // Rows made under another ring are to be printed again.
    private static Task Keep(
        string print,
        bool hasStreams,
        DateTimeOffset now,
        DbConnection connection,
        DbTransaction transaction
    ) =>
        connection.ExecuteAsync(
            """
            insert into key_ring (one, print, at, prints) values (1, @print, @at, @prints)
            on conflict (one) do update set print = excluded.print, at = excluded.at, prints = -1
            where key_ring.print <> excluded.print
            """,
            new
            {
                print,
                at = now.ToUnixTimeMilliseconds(),
                prints = hasStreams ? -1L : 0,
            },
            transaction
        );
}
