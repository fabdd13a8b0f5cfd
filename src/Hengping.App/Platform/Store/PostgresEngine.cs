using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace Hengping.App.Platform;

/// <summary>PostgreSQL: several processes on one log, put in order by an advisory lock.</summary>
internal sealed partial class PostgresEngine : Engine
{
    const int RetriesMax = 5;
    const int ConnectionsMax = 16;
    const int WordsMax = 4000;
    const int WritersMax = 2;

    // A rebuild or a restore of another process holds the log this long at most.
    const int WriterTimeoutSeconds = 900;

    // Any two numbers that nobody else takes in this database.
    internal const long LogLock = 0x48_65_6E_67_70_69_6E_67;
    const long SchemaLock = LogLock + 1;
    const int ListenerLocks = 0x48_65_6E_67;

    readonly NpgsqlDataSource source;

    // The writer must not queue for a connection behind those it works for.
    readonly NpgsqlDataSource writers;
    readonly ConcurrentDictionary<string, string> words = new(StringComparer.Ordinal);

    public PostgresEngine(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 200,
            NoResetOnClose = true,
            ApplicationName = "hengping",
        };
        // The driver's own default would take all that a fresh PostgreSQL gives, and leave commands none.
        if (settings.MaxPoolSize == new NpgsqlConnectionStringBuilder().MaxPoolSize)
            settings.MaxPoolSize = ConnectionsMax;
        source = NpgsqlDataSource.Create(settings);
        settings.MaxPoolSize = WritersMax;
        settings.MinPoolSize = 0;
        settings.CommandTimeout = WriterTimeoutSeconds;
        writers = NpgsqlDataSource.Create(settings);
    }

    public override string Name => "postgres";

    public override string SizeSql => "select pg_database_size(current_database())";

    public override string NowSql => "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

    public override bool WritesBeside => true;

    // Lists arrive as arrays here, while SQLite gets a parameter for each item.
    public override string Words(string sql)
    {
        if (words.TryGetValue(sql, out var known))
            return known;
        var own = InList().Replace(NotInList().Replace(sql, "<> all(@$1)"), "= any(@$1)");
        if (words.Count < WordsMax)
            words[sql] = own;
        return own;
    }

    public override async ValueTask<bool> TryHold(string work, DbConnection db, DbTransaction tx) =>
        await db.QuerySingleAsync<bool>(
            "select pg_try_advisory_xact_lock(@listeners, hashtext(@work))",
            new { listeners = ListenerLocks, work },
            tx
        );

    public override Task Hold(string work, DbConnection db, DbTransaction tx) =>
        db.ExecuteAsync(
            "select pg_advisory_xact_lock(@listeners, hashtext(@work))",
            new { listeners = ListenerLocks, work },
            tx
        );

    public override async ValueTask Held(
        string scope,
        IReadOnlyList<string> keys,
        HashSet<string> held,
        CancellationToken ct
    )
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        held.UnionWith(
            await connection.QueryAsync<string>(
                new CommandDefinition(
                    "select key from claims where scope = @scope and key = any(@keys)",
                    new { scope, keys = keys.ToArray() },
                    cancellationToken: ct
                )
            )
        );
    }

    public override DbTransaction BeginRead(DbConnection connection) =>
        connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);

    public override async ValueTask<DbConnection> Rent(CancellationToken ct) => await source.OpenConnectionAsync(ct);

    public override ValueTask Return(DbConnection connection) => connection.DisposeAsync();

    public override ValueTask<IReadOnlyList<StoredEvent>> ReadStream(Guid stream, CancellationToken ct) =>
        Read(
            "select position, stream, version, kind, at, recorded_at, author, key, body, previous "
                + "from events where stream = $1 order by version",
            [new NpgsqlParameter<Guid> { TypedValue = stream }],
            ct
        );

    public override ValueTask<IReadOnlyList<StoredEvent>> ReadLog(long after, int limit, CancellationToken ct) =>
        Read(
            "select position, stream, version, kind, at, recorded_at, author, key, body, previous "
                + "from events where position > $1 order by position limit $2",
            [new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = limit }],
            ct
        );

    public override WriteSession Begin() => new PostgresWriter(writers.OpenConnection());

    public override (DbConnection, DbTransaction) BeginSchema()
    {
        var connection = writers.OpenConnection();
        var transaction = connection.BeginTransaction();
        using var wait = new NpgsqlCommand($"select pg_advisory_xact_lock({SchemaLock})", connection, transaction);
        wait.ExecuteNonQuery();
        return (connection, transaction);
    }

    public override async Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            try
            {
                var result = await work(connection, transaction);
                await transaction.CommitAsync(ct);
                return result;
            }
            catch (PostgresException lost)
                when (tries < RetriesMax
                    && lost.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
                )
            {
                await transaction.RollbackAsync(ct);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await writers.DisposeAsync();
        await source.DisposeAsync();
    }

    async ValueTask<IReadOnlyList<StoredEvent>> Read(string sql, NpgsqlParameter[] args, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(args);
        await using var row = await command.ExecuteReaderAsync(ct);
        var events = new List<StoredEvent>();
        while (await row.ReadAsync(ct))
            events.Add(Snapshot.Event(row));
        return events;
    }

    [GeneratedRegex(@"\bnot\s+in\s+@(\w+)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInList();

    [GeneratedRegex(@"\bin\s+@(\w+)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InList();
}
