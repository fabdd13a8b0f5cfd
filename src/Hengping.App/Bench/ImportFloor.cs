using System.Data.Common;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dapper;
using Hengping.App.Platform;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hengping.App.Bench;

/// <summary>
/// What the database alone needs for the rows of an import: it copies the finished rows, tables and indexes alike, in
/// one durable transaction of its own. No file is read, no rule asked, nothing sealed or hashed, and nobody waits in
/// between, so no import into this schema can be as fast.
/// </summary>
internal static partial class ImportFloor
{
    private static readonly string[] Tables = ["events", "streams", "claims", "complaints"];

    /// <summary>Complaints a second.</summary>
    public static async Task<double> Measure(StorePlace place, CancellationToken ct)
    {
        await using DbConnection db = place.Postgres is { } server
            ? new NpgsqlConnection(server)
            : new SqliteConnection($"Data Source={SqliteEngine.FileIn(place.Data)};Pooling=false");
        await db.OpenAsync(ct);
        foreach (var statement in place.Postgres is null ? await OnSqlite(db, place.Data) : OnPostgres())
            await db.ExecuteAsync(statement);
        var watch = Stopwatch.StartNew();
        await using (var transaction = await db.BeginTransactionAsync(ct))
        {
            foreach (var table in Tables)
                await db.ExecuteAsync($"insert into bare.{table} select * from {table}", transaction: transaction);
            await transaction.CommitAsync(ct);
        }
        var seconds = watch.Elapsed.TotalSeconds;
        return await db.ExecuteScalarAsync<long>("select count(*) from complaints") / seconds;
    }

    /// <summary>
    /// What the disk alone needs: bytes a second written once, front to back, in a file of the store's directory, and
    /// flushed. A store writes what it keeps at least twice (its log, then its place), so this is kind to it.
    /// </summary>
    public static double Disk(string directory, long bytes)
    {
        // Noise, for a disk that packs what it is given.
        var block = RandomNumberGenerator.GetBytes(1 << 20);
        using var file = new FileStream(
            Path.Combine(directory, "disk.bin"),
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 0,
            FileOptions.DeleteOnClose
        );
        var watch = Stopwatch.StartNew();
        for (var rest = bytes; rest > 0; rest -= block.Length)
            file.Write(block.AsSpan(0, (int)Math.Min(rest, block.Length)));
        file.Flush(flushToDisk: true);
        return bytes / watch.Elapsed.TotalSeconds;
    }

    private static async Task<IReadOnlyList<string>> OnSqlite(DbConnection db, string directory)
    {
        var made = await db.QueryAsync<string>(
            "select sql from sqlite_master where sql is not null and tbl_name in @tables order by type desc",
            new { tables = Tables }
        );
        return
        [
            $"attach '{Path.Combine(directory, "bare.db").Replace("'", "''", StringComparison.Ordinal)}' as bare",
            "pragma bare.journal_mode = wal; pragma bare.synchronous = full; pragma bare.cache_size = -65536",
            .. made.Select(sql => Creation().Replace(sql, "$0bare.")),
        ];
    }

    private static IEnumerable<string> OnPostgres() =>
        [
            "create schema bare",
            .. Tables.Select(table => $"create table bare.{table} (like public.{table} including all)"),
        ];

    [GeneratedRegex("^create (table|unique index|index) ", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Creation();
}
