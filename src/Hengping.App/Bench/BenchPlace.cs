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
    public static async Task<BenchPlace> Create(House house, string? server, CancellationToken ct)
    {
        var directory = Directory.CreateTempSubdirectory("hengping-bench-").FullName;
        var keys = Path.Combine(directory, "keys");
        if (server is null)
            return new BenchPlace(house, new StorePlace(directory, null, keys), null, null);
        var database = "hengping_bench_" + Guid.NewGuid().ToString("N")[..12];
        await Run(server, $"create database {database}", ct);
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString;
        return new BenchPlace(house, new StorePlace(directory, connection, keys), server, database);
    }

    /// <summary>Removes it.</summary>
    public async ValueTask DisposeAsync()
    {
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
