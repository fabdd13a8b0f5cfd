using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Hengping.App.Platform;

/// <summary>The one writing connection of a process, with its statements kept ready.</summary>
internal sealed class SqliteWriter(SqliteConnection connection, SqliteCheckpoints checkpoints) : WriteSession
{
    private readonly Dictionary<string, SqliteStatement> prepared = new(StringComparer.Ordinal);
    private SqliteTransaction? transaction;

    public override DbConnection Connection => connection;

    public override DbTransaction Transaction => transaction!;

    /// <summary>BEGIN IMMEDIATE: waits for the writer of another process, this long.</summary>
    public void Begin(int waitSeconds)
    {
        if (connection.DefaultTimeout != waitSeconds)
        {
            connection.DefaultTimeout = waitSeconds;
            using var wait = connection.CreateCommand();
            wait.CommandText = $"pragma busy_timeout = {waitSeconds * 1000}";
            wait.ExecuteNonQuery();
        }
        checkpoints.BeforeBatch(connection.Handle!, waitSeconds * 1000);
        transaction = connection.BeginTransaction(deferred: false);
    }

    public override BatchState Survey(Asked asked, DateTimeOffset answersSince)
    {
        var ground = new BatchState();
        One(
            Prepared(PositionSql),
            row => (ground.Position, ground.Prints, ground.Ring) = (row.Long(0), row.Long(1), row.TextOrNull(2))
        );
        var heads = Prepared("select version, hash, key from streams where stream = ?1");
        foreach (var stream in asked.Streams)
        {
            One(
                heads.Bind(1, stream),
                row => ground.Heads.Add(stream, new Head((int)row.Long(0), row.Bytes(1), row.Long(2)))
            );
        }
        var claims = Prepared("select stream from claims where scope = ?1 and key = ?2");
        foreach (var reservation in asked.Reservations)
            One(
                claims.Bind(1, reservation.Scope).Bind(2, reservation.Key),
                row => ground.Reservations.Add(reservation, row.Id(0))
            );
        var answers = Prepared(
            "select body_hash, status, answer, location from idempotency where caller = ?1 and key = ?2 and at > ?3"
        );
        foreach (var (caller, key) in asked.Answers)
        {
            One(
                answers.Bind(1, caller).Bind(2, key).Bind(3, answersSince.ToUnixTimeMilliseconds()),
                row =>
                    ground.Answers.Add(
                        (caller, key),
                        new(caller, key, row.Bytes(0), (int)row.Long(1), row.Bytes(2), row.TextOrNull(3))
                    )
            );
        }
        return ground;
    }

    public override void Save(Draft draft)
    {
        SaveEvents(draft.Events);
        var streams = Prepared(
            """
            insert into streams (stream, version, hash, key) values (?1, ?2, ?3, ?4)
            on conflict (stream) do update set version = excluded.version, hash = excluded.hash
            """
        );
        foreach (var (stream, head) in draft.Heads)
            streams.Bind(1, stream).Bind(2, head.Version).Bind(3, head.Hash).Bind(4, head.Key).Run();
        var free = Prepared("delete from claims where scope = ?1 and key = ?2");
        var take = Prepared("insert into claims (scope, key, stream) values (?1, ?2, ?3)");
        foreach (var reservation in draft.Freed)
            free.Bind(1, reservation.Scope).Bind(2, reservation.Key).Run();
        foreach (var (reservation, holder) in draft.Reservations)
        {
            if (holder is { } stream)
                take.Bind(1, reservation.Scope).Bind(2, reservation.Key).Bind(3, stream).Run();
        }
        SaveAnswers(draft);
        foreach (var (shape, rows) in draft.Tables.Values)
            SaveRows(shape, rows);
    }

    public override void Commit()
    {
        transaction!.Commit();
        transaction.Dispose();
        transaction = null;
        checkpoints.Committed(connection.Handle!);
    }

    /// <summary>Rolls back what was not committed; the connection stays.</summary>
    public override void Dispose()
    {
        transaction?.Dispose();
        transaction = null;
    }

    public void Close()
    {
        Dispose();
        foreach (var statement in prepared.Values)
            statement.Dispose();
        connection.Dispose();
    }

    private void SaveEvents(List<StoredEvent> events)
    {
        var insert = Prepared(
            """
            insert into events (position, stream, version, kind, at, recorded_at, author, key, previous, body)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """
        );
        foreach (var one in events)
        {
            insert
                .Bind(1, one.Position)
                .Bind(2, one.Stream)
                .Bind(3, one.Version)
                .Bind(4, one.Kind)
                .Bind(5, one.At.ToUnixTimeMilliseconds())
                .Bind(6, one.RecordedAt.ToUnixTimeMilliseconds())
                .Bind(7, one.Author)
                .Bind(8, one.KeySlot)
                .Bind(9, one.Previous)
                .Bind(10, one.Body)
                .Run();
        }
    }

    private void SaveAnswers(Draft draft)
    {
        var insert = Prepared(
            """
            insert or replace into idempotency (caller, key, body_hash, status, answer, location, at)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """
        );
        foreach (var one in draft.Answers)
        {
            insert
                .Bind(1, one.Caller)
                .Bind(2, one.Key)
                .Bind(3, one.BodyHash)
                .Bind(4, one.Status)
                .Bind(5, one.Answer)
                .BindAny(6, one.Location)
                .Bind(7, one.NotedAt(draft.RecordedAt))
                .Run();
        }
    }

    private void SaveRows(TableShape shape, Dictionary<object?[], object?[]?> rows)
    {
        foreach (var (key, values) in rows)
        {
            var statement = Prepared(values is null ? RowSql.Delete(shape) : RowSql.Upsert(shape));
            var bound = values ?? key;
            for (var i = 0; i < bound.Length; i++)
                statement.BindAny(i + 1, bound[i]);
            statement.Run();
        }
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!prepared.TryGetValue(sql, out var statement))
            prepared.Add(sql, statement = new SqliteStatement(connection, sql));
        return statement;
    }

    private static void One(SqliteStatement asked, Action<SqliteStatement> take)
    {
        try
        {
            if (asked.Step())
                take(asked);
        }
        finally
        {
            asked.Reset();
        }
    }
}

/// <summary>The statements that write current rows one by one.</summary>
internal static class RowSql
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<
        string,
        (string Upsert, string Delete)
    > Known = new(StringComparer.Ordinal);

    public static string Upsert(TableShape shape) => Of(shape).Upsert;

    public static string Delete(TableShape shape) => Of(shape).Delete;

    /// <summary><c>a = excluded.a, …</c>, or nothing to do where all columns are key.</summary>
    public static string OnConflict(TableShape shape)
    {
        var columns = shape.Table.Columns;
        var keys = string.Join(", ", shape.Table.Key);
        return shape.Others.Length == 0
            ? $"on conflict ({keys}) do nothing"
            : $"on conflict ({keys}) do update set "
                + string.Join(", ", shape.Others.Select(i => $"{columns[i].Name} = excluded.{columns[i].Name}"));
    }

    private static (string Upsert, string Delete) Of(TableShape shape) =>
        Known.GetOrAdd(
            shape.Table.Name,
            static (name, shape) =>
            {
                var columns = shape.Table.Columns;
                var names = string.Join(", ", columns.Select(c => c.Name));
                var values = string.Join(", ", Enumerable.Range(1, columns.Length).Select(i => $"?{i}"));
                var matches = string.Join(" and ", shape.Table.Key.Select((key, i) => $"{key} = ?{i + 1}"));
                return (
                    $"insert into {name} ({names}) values ({values}) {OnConflict(shape)}",
                    $"delete from {name} where {matches}"
                );
            },
            shape
        );
}
