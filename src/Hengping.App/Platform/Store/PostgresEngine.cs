using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace Hengping.App.Platform;

/// <summary>PostgreSQL: several processes on one log, put in order by an advisory lock.</summary>
internal sealed partial class PostgresEngine : Engine
{
    private const int RetriesMax = 5;
    private const int ConnectionsMax = 16;
    private const int WordsMax = 4000;
    private const int WritersMax = 2;

    // A rebuild or a restore takes as long as this at most.
    private const int WorkSeconds = 900;

    // Over a silent cut nothing comes back, not even a no: each wait for it ends by itself. A batch waits up to 3
    // seconds for the lock, a reader for its first row.
    private const int BatchSeconds = 5;
    private const int ReadSeconds = 15;
    private const int WriterConnectSeconds = 3;
    private const int ConnectSeconds = 5;
    private const int KeepAliveSeconds = 2;
    private const int ListenerLocks = 0x48_65_6E_67;

    private const string IdleInTransaction = "25P03";

    private static readonly NpgsqlConnectionStringBuilder DriversOwn = new();

    private readonly NpgsqlDataSource source;

    // The writer must not queue for a connection behind those it works for.
    private readonly NpgsqlDataSource writers;
    private readonly NpgsqlDataSource works;
    private readonly TimeSpan? openedWithin;
    private readonly TimeSpan? writerOpenedWithin;
    private readonly ConcurrentDictionary<string, string> words = new(StringComparer.Ordinal);

    public PostgresEngine(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 200,
            NoResetOnClose = true,
            ApplicationName = "hengping",
        };
        // The driver's own default would take all that a fresh PostgreSQL gives, and leave commands none.
        if (settings.MaxPoolSize == DriversOwn.MaxPoolSize)
            settings.MaxPoolSize = ConnectionsMax;
        if (settings.CommandTimeout == DriversOwn.CommandTimeout)
            settings.CommandTimeout = ReadSeconds;
        if (settings.Timeout == DriversOwn.Timeout)
            settings.Timeout = ConnectSeconds;
        // The driver tries that first and then opens once more within the same limit; where a cut has used it up, it
        // waits without one, and the writer with it.
        if (settings.GssEncryptionMode == DriversOwn.GssEncryptionMode)
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        // Sockets of this machine alone have nothing to be kept alive, and take no such option.
        if (settings.TcpKeepAliveTime == 0 && settings.Host is { Length: > 0 } host && host[0] is not ('/' or '@'))
            (settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval) = (KeepAliveSeconds, 1);
        source = NpgsqlDataSource.Create(settings);
        openedWithin = Within(settings);
        settings.MaxPoolSize = WritersMax;
        settings.MinPoolSize = 0;
        settings.CommandTimeout = WorkSeconds;
        works = NpgsqlDataSource.Create(settings);
        settings.CommandTimeout = BatchSeconds;
        settings.Timeout = Math.Min(settings.Timeout, WriterConnectSeconds);
        settings.CancellationTimeout = -1;
        writers = NpgsqlDataSource.Create(settings);
        writerOpenedWithin = Within(settings);
    }

    public override string Name => "postgres";

    public override string SizeSql => "select pg_database_size(current_database())";

    public override string PlaceSql => "select 'postgres ' || oid from pg_database where datname = current_database()";

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
        await using var connection = await Opened(source, openedWithin, ct);
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

    public override async ValueTask<DbConnection> Rent(CancellationToken ct) => await Opened(source, openedWithin, ct);

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

    public override WriteSession Begin() =>
        new PostgresWriter(OpenedNow(writers, writerOpenedWithin), PostgresLocks.Batch);

    public override WriteSession BeginWork() => new PostgresWriter(OpenedNow(works, openedWithin), PostgresLocks.Work);

    public override WriteSession BeginBeside() =>
        new PostgresWriter(OpenedNow(writers, writerOpenedWithin), PostgresLocks.Short);

    public override (DbConnection, DbTransaction) BeginSchema()
    {
        var connection = OpenedNow(works, openedWithin);
        var transaction = connection.BeginTransaction();
        using var wait = new NpgsqlCommand(PostgresLocks.Schema, connection, transaction);
        wait.ExecuteNonQuery();
        return (connection, transaction);
    }

    public override bool IsAway(Exception fault)
    {
        if (IsBroken(fault))
        {
            // What lies in the pools is as dead, and each would be waited for.
            source.Clear();
            writers.Clear();
            return true;
        }
        return fault is PostgresException { SqlState: var state }
            && (
                // 53 resources and 58 disk of the server, 57 an operator's hand.
                state.StartsWith("53", StringComparison.Ordinal)
                || state.StartsWith("57", StringComparison.Ordinal)
                || state.StartsWith("58", StringComparison.Ordinal)
                || state is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ReadOnlySqlTransaction
            );
    }

    public override bool MayAskAgain(Exception fault) =>
        fault switch
        {
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => PostgresLocks.EndHalfHeard(() =>
                OpenedNow(writers, writerOpenedWithin)
            ),
            PostgresException { SqlState: var state } => IsLost(state),
            NpgsqlException { InnerException: IOException } => true,
            _ => false,
        };

    private static bool IsBroken(Exception fault) =>
        fault switch
        {
            PostgresException { SqlState: var state } => IsLost(state),
            NpgsqlException or SocketException or TimeoutException => true,
            _ => false,
        };

    // 08 connections, 57P the server goes or comes; 25P03 what had to be given back after two seconds.
    private static bool IsLost(string state) =>
        state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal)
        || state == IdleInTransaction;

    public override async Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            await using var connection = await Opened(source, openedWithin, ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            try
            {
                await using (var begin = new NpgsqlCommand(PostgresLocks.Beside, connection, transaction))
                    await begin.ExecuteNonQueryAsync(ct);
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
        await works.DisposeAsync();
        await source.DisposeAsync();
    }

    private async ValueTask<IReadOnlyList<StoredEvent>> Read(string sql, NpgsqlParameter[] args, CancellationToken ct)
    {
        await using var connection = await Opened(source, openedWithin, ct);
        await using var command = new NpgsqlCommand(sql, connection);
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
