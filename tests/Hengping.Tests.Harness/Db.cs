using Hengping.App.Platform;
using Npgsql;
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
    EmptyPlace(StorePlace place) => Place = place;

    /// <summary>Where it lies.</summary>
    public StorePlace Place { get; }

    /// <summary>
    /// A new directory; on PostgreSQL a new database too. Skips the test where there is no PostgreSQL.
    /// </summary>
    public static EmptyPlace On(Db engine)
    {
        Assert.SkipUnless(
            engine == Db.Sqlite || HasPostgres,
            "PostgreSQL is not installed: apt-get install postgresql"
        );
        var data = Directory.CreateTempSubdirectory("hengping-").FullName;
        var database = engine == Db.Postgres ? Postgres.NewDatabase() : null;
        return new EmptyPlace(new StorePlace(data, database, Path.Combine(data, "keys")));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Place.Postgres is { } database)
            Drop(database);
        Directory.Delete(Place.Data, recursive: true);
    }

    static bool HasPostgres =>
        Environment.GetEnvironmentVariable("HENGPING_TEST_POSTGRES") is { Length: > 0 }
        || Directory.Exists("/usr/lib/postgresql");

    static void Drop(string database)
    {
        var there = new NpgsqlConnectionStringBuilder(database);
        NpgsqlConnection.ClearPool(new NpgsqlConnection(database));
        using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(database) { Database = "postgres", Pooling = false }.ConnectionString
        );
        connection.Open();
        using var drop = new NpgsqlCommand($"drop database {there.Database} with (force)", connection);
        drop.ExecuteNonQuery();
    }
}
