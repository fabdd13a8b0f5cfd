using Dapper;
using Hengping.App;
using Hengping.App.Platform;
using Xunit;

namespace Hengping.Tests.Harness;

/// <summary>Where a store lies. Every door is tested on both.</summary>
public enum Db
{
    Sqlite,
    Postgres,
}

/// <summary>Both engines as theory data: <c>[Theory, ClassData(typeof(BothEngines))]</c>.</summary>
public sealed class BothEngines : TheoryData<Db>
{
    public BothEngines()
        : base(Db.Sqlite, Db.Postgres) { }
}

/// <summary>An empty store of its own, gone with the test.</summary>
public sealed class EmptyPlace : IDisposable
{
    private EmptyPlace(StorePlace place) => Place = place;

    /// <summary>Where it lies.</summary>
    public StorePlace Place { get; }

    /// <summary>
    /// A new directory; on PostgreSQL a new database too. The schema is there: made once a run and copied. Skips the
    /// test where there is no PostgreSQL.
    /// </summary>
    /// <param name="through">The way to the database, where it is not the direct one.</param>
    public static async Task<EmptyPlace> On(Db engine, Func<string, string>? through = null)
    {
        Assert.SkipUnless(
            engine == Db.Sqlite || Postgres.Present,
            "PostgreSQL is not installed: apt-get install postgresql"
        );
        var data = Scratch.NewFolder();
        if (engine == Db.Sqlite)
            File.Copy(await ReadyFile.Value, Path.Combine(data, "hengping.db"));
        var database = engine == Db.Postgres ? Postgres.NewDatabase(await ReadyDatabase.Value) : null;
        if (database is not null && through is not null)
            database = through(database);
        return new EmptyPlace(new StorePlace(data, database, Path.Combine(data, "keys")));
    }

    private static readonly Lazy<Task<string>> ReadyFile = new(async () =>
    {
        var data = Scratch.NewFolder();
        await ApplySchema(new StorePlace(data, Postgres: null, Path.Combine(data, "keys")));
        return Path.Combine(data, "hengping.db");
    });

    private static readonly Lazy<Task<string>> ReadyDatabase = new(async () =>
    {
        var data = Scratch.NewFolder();
        var database = Postgres.NewDatabase();
        await ApplySchema(new StorePlace(data, database, Path.Combine(data, "keys")));
        return Postgres.NameOf(database);
    });

    private static async Task ApplySchema(StorePlace place)
    {
        await using var store = await Store.Open(
            place,
            Rooms.House,
            new TurnableClock(Days.Monday),
            CancellationToken.None
        );
        // Each copy has keys of its own, and is a store of its own.
        await store.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    "delete from key_ring; update store_state set id = null, data = null",
                    transaction: transaction
                ),
            CancellationToken.None
        );
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Place.Postgres is { } database)
            Postgres.Drop(database);
        Directory.Delete(Place.Data, recursive: true);
    }
}

/// <summary>What somebody does by hand who puts a store beside another.</summary>
public static class Copies
{
    /// <summary>With a copy of the other's keys, as <c>cp -a</c> makes one.</summary>
    public static StorePlace WithCopiedKeys(this StorePlace place, StorePlace of)
    {
        var keys = place.Keys + "-copied";
        Directory.CreateDirectory(keys);
        foreach (var file in Directory.EnumerateFiles(of.Keys))
            File.Copy(file, Path.Combine(keys, Path.GetFileName(file)), overwrite: true);
        return place with { Keys = keys };
    }
}
