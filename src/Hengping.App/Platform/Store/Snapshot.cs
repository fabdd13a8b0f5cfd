using System.Data.Common;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>The store as it stood at one moment, read while others go on writing.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    internal const string Columns = "position, stream, version, kind, at, recorded_at, author, key, body, previous";
    private readonly Engine engine;
    private readonly DbConnection connection;
    private readonly DbTransaction transaction;

    private Snapshot(Engine engine, DbConnection connection, DbTransaction transaction, long head)
    {
        this.engine = engine;
        this.connection = connection;
        this.transaction = transaction;
        Head = head;
    }

    /// <summary>Position of the last event.</summary>
    public long Head { get; }

    public static async Task<Snapshot> Take(Engine engine, CancellationToken ct)
    {
        var connection = await engine.Rent(ct);
        var transaction = engine.BeginRead(connection);
        var head = await connection.QuerySingleAsync<long>(
            "select coalesce(max(position), 0) from events",
            transaction: transaction
        );
        return new Snapshot(engine, connection, transaction, head);
    }

    /// <summary>The log after a position, in order.</summary>
    public Task<List<StoredEvent>> Log(long after, int limit, CancellationToken ct) =>
        Read(
            connection,
            transaction,
            $"select {Columns} from events where position > @after order by position limit @limit",
            ct,
            ("@after", after),
            ("@limit", limit)
        );

    /// <summary>Where every stream stands.</summary>
    public IAsyncEnumerable<(Guid Stream, long Version, byte[] Hash)> Heads() =>
        connection.QueryUnbufferedAsync<(Guid, long, byte[])>(
            "select stream, version, hash from streams",
            transaction: transaction
        );

    /// <summary>Whole streams in order of id, as many as fit into a page; a longer stream comes alone.</summary>
    public static async Task<List<StoredEvent>> Streams(
        DbConnection connection,
        DbTransaction transaction,
        Guid after,
        int limit,
        CancellationToken ct
    )
    {
        for (; ; limit *= 4)
        {
            var page = await Read(
                connection,
                transaction,
                $"select {Columns} from events where stream > @after order by stream, version limit @limit",
                ct,
                ("@after", after),
                ("@limit", limit)
            );
            if (page.Count < limit)
                return page;
            var whole = page.FindLastIndex(one => one.Stream != page[^1].Stream) + 1;
            if (whole > 0)
                return page[..whole];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await engine.Return(connection);
    }

    private static async Task<List<StoredEvent>> Read(
        DbConnection connection,
        DbTransaction transaction,
        string sql,
        CancellationToken ct,
        params (string Name, object Value)[] args
    )
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in args)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        await using var row = await command.ExecuteReaderAsync(ct);
        var events = new List<StoredEvent>();
        while (await row.ReadAsync(ct))
            events.Add(Event(row));
        return events;
    }

    internal static StoredEvent Event(DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetGuid(1),
            (int)row.GetInt64(2),
            string.Intern(row.GetString(3)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
            row.GetString(6),
            row.GetInt64(7),
            row.GetFieldValue<byte[]>(8),
            row.GetFieldValue<byte[]>(9)
        );
}
