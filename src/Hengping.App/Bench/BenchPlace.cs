using Hengping.App.Platform;
using Npgsql;

namespace Hengping.App.Bench;

/// <summary>
/// A store of the bench's own, gone with it: a temporary directory, and a database on the server named.
/// </summary>
public sealed class BenchPlace : IAsyncDisposable
{
    private readonly House house;
    private readonly string? server;
    private readonly string? name;
    private bool isKept;

    private BenchPlace(House house, StorePlace store, string? server, string? name)
    {
        this.house = house;
        Store = store;
        this.server = server;
        this.name = name;
    }

    /// <summary>Where it lies.</summary>
    public StorePlace Store { get; }

    /// <summary><c>sqlite</c> or <c>postgres</c>.</summary>
    public string Engine => name is null ? "sqlite" : "postgres";

    /// <summary>Opens it.</summary>
    public Task<Store> Open(CancellationToken ct) => Platform.Store.Open(Store, house, TimeProvider.System, ct);

    /// <summary>Makes an empty one.</summary>
    /// <param name="server">Connection to a PostgreSQL server that may create databases, or null for SQLite.</param>
    /// <param name="kept">A directory where it stays, and is found again; null where it goes.</param>
    public static async Task<BenchPlace> Create(House house, string? server, CancellationToken ct, string? kept = null)
    {
        var directory = kept is null
            ? Directory.CreateTempSubdirectory("hengping-bench-").FullName
            : Directory.CreateDirectory(kept).FullName;
        var isKept = kept is not null;
        var keys = Path.Combine(directory, "keys");
        if (server is null)
            return new BenchPlace(house, new StorePlace(directory, null, keys), null, null) { isKept = isKept };
        var note = Path.Combine(directory, "database");
        var isThere = File.Exists(note);
        var database = isThere
            ? await File.ReadAllTextAsync(note, ct)
            : "hengping_bench_" + Guid.NewGuid().ToString("N")[..12];
        if (!isThere)
            await Run(server, $"create database {database}", ct);
        if (isKept)
            await File.WriteAllTextAsync(note, database, ct);
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString;
        return new BenchPlace(house, new StorePlace(directory, connection, keys), server, database) { isKept = isKept };
    }

    /// <summary>Removes it, where it does not stay.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isKept)
            return;
        if (server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await Run(server, $"drop database if exists {name} with (force)", CancellationToken.None);
        }
        Directory.Delete(Store.Data, recursive: true);
    }

    private static async Task Run(string server, string sql, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
