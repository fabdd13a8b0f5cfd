using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Hengping.App.Platform;

/// <summary>
/// The embedded database: one file, one writer at a time over all processes, readers beside it (WAL).
/// </summary>
internal sealed class SqliteEngine : Engine
{
    private const int IdleReadersMax = 16;

    // Result codes of SQLite.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    // A rebuild or a restore of another process holds the log this long at most: other work waits for its end, a batch
    // behind which people wait does not.
    private const int WorkWaitSeconds = 900;
    private const int BatchWaitSeconds = 8;

    // What the writer changes in one batch lies all over the indexes: they should stay in memory.
    private const int WriterCacheKb = 65_536;

    // After a long work the log of pages is cut to this again.
    private const long LogBytesKept =
        1L * SqliteCheckpoints.TooLong * SqliteCheckpoints.LongPages * SqliteCheckpoints.FrameBytes;

    // Who reads the old pages keeps them there; a read lasts seconds, and the next erasure tries again.
    private const int WipeTriesMax = 20;
    private const int WipeWaitMs = 250;

    private readonly string path;
    private readonly ConcurrentBag<SqliteReader> idle = [];
    private SqliteWriter? writer;
    private SqliteCheckpoints? checkpoints;

    public SqliteEngine(string directory)
    {
        Directory.CreateDirectory(directory);
        path = FileIn(directory);
        if (!File.Exists(path) && !OperatingSystem.IsWindows())
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            new FileStream(path, options).Dispose();
        }
    }

    public static string FileIn(string directory) => Path.Combine(directory, "hengping.db");

    public override string Name => "sqlite";

    public override string SizeSql => "select page_count * page_size from pragma_page_count(), pragma_page_size()";

    public override string PlaceSql => "select file from pragma_database_list where name = 'main'";

    public override bool WritesBeside => false;

    public override CheckpointFigures? Checkpoints => checkpoints?.Figures;

    public override ValueTask<DbConnection> Rent(CancellationToken ct) => ValueTask.FromResult<DbConnection>(Reader());

    public override ValueTask Return(DbConnection connection)
    {
        if (idle.Count < IdleReadersMax)
            idle.Add((SqliteReader)connection);
        else
            connection.Dispose();
        return ValueTask.CompletedTask;
    }

    public override ValueTask<IReadOnlyList<StoredEvent>> ReadStream(Guid stream, CancellationToken ct) =>
        Read(reader => reader.OfStream.Bind(1, stream));

    public override ValueTask<IReadOnlyList<StoredEvent>> ReadLog(long after, int limit, CancellationToken ct) =>
        Read(reader => reader.Log.Bind(1, after).Bind(2, limit));

    public override async ValueTask Held(
        string scope,
        IReadOnlyList<string> keys,
        HashSet<string> held,
        CancellationToken ct
    )
    {
        var reader = Reader();
        try
        {
            foreach (var key in keys)
            {
                ct.ThrowIfCancellationRequested();
                if (reader.IsHeld(scope, key))
                    held.Add(key);
            }
        }
        finally
        {
            await Return(reader);
        }
    }

    public override DbTransaction BeginRead(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: true);

    public override WriteSession Begin() => Begin(BatchWaitSeconds);

    public override WriteSession BeginWork() => Begin(WorkWaitSeconds);

    public override WriteSession BeginBeside() => Begin();

    public override (DbConnection, DbTransaction) BeginSchema()
    {
        var connection = Connect(readOnly: false, WorkWaitSeconds);
        return (connection, connection.BeginTransaction(deferred: false));
    }

    public override IReadOnlyList<string> DropIndexes(DbConnection db, DbTransaction tx, string[] tables)
    {
        var made = db.Query<(string Name, string Sql)>(
                """
                select name as Name, sql as Sql from sqlite_master
                where type = 'index' and sql is not null and tbl_name in @tables order by rowid
                """,
                new { tables },
                tx
            )
            .AsList();
        foreach (var index in made)
            db.Execute($"drop index {index.Name}", transaction: tx);
        return made.ConvertAll(index => index.Sql);
    }

    public override bool IsAway(Exception fault) =>
        fault is SqliteException { SqliteErrorCode: Busy or Locked or ReadOnly or IoError or Full or CannotOpen };

    public override ValueTask DisposeAsync()
    {
        writer?.Close();
        while (idle.TryTake(out var reader))
            reader.Dispose();
        checkpoints?.Dispose();
        checkpoints = null;
        return ValueTask.CompletedTask;
    }

    // Deleted rows are zeros in their pages; the log of pages still holds these as they were before.
    public override async Task Wipe(CancellationToken ct)
    {
        await using var connection = Connect(readOnly: false, BatchWaitSeconds);
        await connection.ExecuteAsync($"pragma busy_timeout = {WipeWaitMs}");
        for (var tries = 0; tries < WipeTriesMax; tries++)
        {
            // The first column says whether somebody was in the way.
            if (await connection.ExecuteScalarAsync<long>("pragma wal_checkpoint(truncate)") == 0)
                return;
            await Task.Delay(WipeWaitMs, ct);
        }
    }

    private async ValueTask<IReadOnlyList<StoredEvent>> Read(Func<SqliteReader, SqliteStatement> ask)
    {
        var reader = Reader();
        try
        {
            return SqliteReader.All(ask(reader));
        }
        finally
        {
            await Return(reader);
        }
    }

    private SqliteReader Reader() => idle.TryTake(out var reader) ? reader : Connect(readOnly: true, BatchWaitSeconds);

    private SqliteWriter Begin(int waitSeconds)
    {
        checkpoints ??= new SqliteCheckpoints(() => Connect(readOnly: true, BatchWaitSeconds));
        writer ??= new SqliteWriter(Connect(readOnly: false, waitSeconds), checkpoints);
        writer.Begin(waitSeconds);
        return writer;
    }

    private SqliteReader Connect(bool readOnly, int waitSeconds)
    {
        var connection = new SqliteReader(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                DefaultTimeout = waitSeconds,
            }.ConnectionString
        );
        connection.Open();
        using var set = connection.CreateCommand();
        // FULL: an answer is given only when the commit is on disk.
        set.CommandText = $"""
            pragma busy_timeout = {waitSeconds * 1000};
            pragma journal_mode = wal;
            pragma synchronous = full;
            pragma secure_delete = on;
            pragma temp_store = memory;
            pragma cache_size = {(readOnly ? -4_096 : -WriterCacheKb)};
            pragma wal_autocheckpoint = 0;
            pragma journal_size_limit = {LogBytesKept};
            pragma query_only = {(readOnly ? 1 : 0)};
            """;
        set.ExecuteNonQuery();
        return connection;
    }
}

/// <summary>A connection that keeps the two statements every request runs.</summary>
internal sealed class SqliteReader(string connectionString) : SqliteConnection(connectionString)
{
    private const string Columns = "position, stream, version, kind, at, recorded_at, author, key, body, previous";
    private SqliteStatement? ofStream;
    private SqliteStatement? log;
    private SqliteStatement? reservation;

    public SqliteStatement OfStream =>
        ofStream ??= new(this, $"select {Columns} from events where stream = ?1 order by version");

    public SqliteStatement Log =>
        log ??= new(this, $"select {Columns} from events where position > ?1 order by position limit ?2");

    public bool IsHeld(string scope, string key)
    {
        reservation ??= new(this, "select 1 from claims where scope = ?1 and key = ?2");
        try
        {
            return reservation.Bind(1, scope).Bind(2, key).Step();
        }
        finally
        {
            reservation.Reset();
        }
    }

    public static IReadOnlyList<StoredEvent> All(SqliteStatement asked)
    {
        var events = new List<StoredEvent>();
        try
        {
            while (asked.Step())
                events.Add(Event(asked));
        }
        finally
        {
            asked.Reset();
        }
        return events;
    }

    protected override void Dispose(bool disposing)
    {
        ofStream?.Dispose();
        log?.Dispose();
        reservation?.Dispose();
        base.Dispose(disposing);
    }

    private static StoredEvent Event(SqliteStatement row) =>
        new(
            row.Long(0),
            row.Id(1),
            (int)row.Long(2),
            string.Intern(row.Text(3)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Long(4)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Long(5)),
            row.Text(6),
            row.Long(7),
            row.Bytes(8),
            row.Bytes(9)
        );
}
