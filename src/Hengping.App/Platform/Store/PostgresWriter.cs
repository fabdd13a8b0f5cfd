using System.Data.Common;
using Npgsql;

namespace Hengping.App.Platform;

/// <summary>
/// One batch on PostgreSQL: one round trip takes the lock and reads what is judged, one writes what survived (each
/// table in one statement from arrays), one commits.
/// </summary>
/// <param name="lockSql">What is run before anything else: <see cref="PostgresLocks"/>.</param>
internal sealed class PostgresWriter(NpgsqlConnection connection, string lockSql) : WriteSession
{
    private readonly NpgsqlTransaction transaction = connection.BeginTransaction();
    private bool isLocked;

    public override DbConnection Connection => connection;

    public override DbTransaction Transaction
    {
        get
        {
            Lock();
            return transaction;
        }
    }

    public override BatchState Survey(Asked asked, DateTimeOffset answersSince)
    {
        using var batch = Batch();
        batch.BatchCommands.Add(LockCommand());
        isLocked = true;
        batch.BatchCommands.Add(new(PositionSql));
        batch.BatchCommands.Add(
            With(new("select stream, version, hash, key from streams where stream = any($1)"), asked.Streams.ToArray())
        );
        batch.BatchCommands.Add(
            With(
                new(
                    """
                    select c.scope, c.key, c.stream from unnest($1::text[], $2::text[]) as a (scope, key)
                    join claims c on c.scope = a.scope and c.key = a.key
                    """
                ),
                asked.Reservations.Select(c => c.Scope).ToArray(),
                asked.Reservations.Select(c => c.Key).ToArray()
            )
        );
        batch.BatchCommands.Add(
            With(
                With(
                    new(
                        """
                        select i.caller, i.key, i.body_hash, i.status, i.answer, i.location
                        from unnest($1::text[], $2::text[]) as a (caller, key)
                        join idempotency i on i.caller = a.caller and i.key = a.key where i.at > $3
                        """
                    ),
                    asked.Answers.Select(a => a.Caller).ToArray(),
                    asked.Answers.Select(a => a.Key).ToArray()
                ),
                answersSince.ToUnixTimeMilliseconds()
            )
        );
        using var rows = batch.ExecuteReader();
        return Read(rows);
    }

    public override void Save(Draft draft)
    {
        Lock();
        using var batch = Batch();
        foreach (var command in Commands(draft))
            batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count > 0)
            batch.ExecuteNonQuery();
    }

    public override void Commit() => transaction.Commit();

    public override void Dispose()
    {
        transaction.Dispose();
        connection.Dispose();
    }

    private static BatchState Read(NpgsqlDataReader rows)
    {
        var ground = new BatchState();
        rows.NextResult();
        rows.Read();
        (ground.Position, ground.Prints) = (rows.GetInt64(0), rows.GetInt64(1));
        ground.Ring = rows.IsDBNull(2) ? null : rows.GetString(2);
        rows.NextResult();
        while (rows.Read())
            ground.Heads.Add(rows.GetGuid(0), new((int)rows.GetInt64(1), (byte[])rows[2], rows.GetInt64(3)));
        rows.NextResult();
        while (rows.Read())
            ground.Reservations.Add(new Reservation(rows.GetString(0), rows.GetString(1)), rows.GetGuid(2));
        rows.NextResult();
        while (rows.Read())
        {
            var (caller, key) = (rows.GetString(0), rows.GetString(1));
            var location = rows.IsDBNull(5) ? null : rows.GetString(5);
            ground.Answers.Add(
                (caller, key),
                new(caller, key, (byte[])rows[2], (int)rows.GetInt64(3), (byte[])rows[4], location)
            );
        }
        return ground;
    }

    private static IEnumerable<NpgsqlBatchCommand> Commands(Draft draft)
    {
        if (draft.Events.Count > 0)
        {
            yield return Events(draft.Events);
            yield return With(
                new(
                    """
                    insert into streams (stream, version, hash, key)
                    select * from unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::bigint[])
                    on conflict (stream) do update set version = excluded.version, hash = excluded.hash
                    """
                ),
                draft.Heads.Keys.ToArray(),
                draft.Heads.Values.Select(h => (long)h.Version).ToArray(),
                draft.Heads.Values.Select(h => h.Hash).ToArray(),
                draft.Heads.Values.Select(h => h.Key).ToArray()
            );
        }
        foreach (var command in Reservations(draft))
            yield return command;
        if (draft.Answers.Count > 0)
            yield return Answers(draft);
        foreach (var (shape, rows) in draft.Tables.Values)
        foreach (var command in PostgresRows.Commands(shape, rows))
            yield return command;
    }

    private static NpgsqlBatchCommand Events(List<StoredEvent> events) =>
        With(
            new(
                """
                insert into events (position, stream, version, kind, at, recorded_at, author, key, previous, body)
                select * from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[],
                  $7::text[], $8::bigint[], $9::bytea[], $10::bytea[])
                """
            ),
            Array(events, e => e.Position),
            Array(events, e => e.Stream),
            Array(events, e => (long)e.Version),
            Array(events, e => e.Kind),
            Array(events, e => e.At.ToUnixTimeMilliseconds()),
            Array(events, e => e.RecordedAt.ToUnixTimeMilliseconds()),
            Array(events, e => e.Author),
            Array(events, e => e.KeySlot),
            Array(events, e => e.Previous),
            Array(events, e => e.Body)
        );

    private static IEnumerable<NpgsqlBatchCommand> Reservations(Draft draft)
    {
        if (draft.Freed.Count > 0)
        {
            yield return With(
                new(
                    """
                    delete from claims c using unnest($1::text[], $2::text[]) as a (scope, key)
                    where c.scope = a.scope and c.key = a.key
                    """
                ),
                draft.Freed.Select(c => c.Scope).ToArray(),
                draft.Freed.Select(c => c.Key).ToArray()
            );
        }
        var kept = draft.Reservations.Where(c => c.Value is not null).ToList();
        if (kept.Count > 0)
        {
            yield return With(
                new("insert into claims (scope, key, stream) select * from unnest($1::text[], $2::text[], $3::uuid[])"),
                Array(kept, c => c.Key.Scope),
                Array(kept, c => c.Key.Key),
                Array(kept, c => c.Value!.Value)
            );
        }
    }

    private static NpgsqlBatchCommand Answers(Draft draft) =>
        With(
            new(
                """
                insert into idempotency (caller, key, body_hash, status, answer, location, at)
                select * from unnest($1::text[], $2::text[], $3::bytea[], $4::bigint[], $5::bytea[], $6::text[],
                  $7::bigint[])
                on conflict (caller, key) do update set body_hash = excluded.body_hash, status = excluded.status,
                  answer = excluded.answer, location = excluded.location, at = excluded.at
                """
            ),
            Array(draft.Answers, a => a.Caller),
            Array(draft.Answers, a => a.Key),
            Array(draft.Answers, a => a.BodyHash),
            Array(draft.Answers, a => (long)a.Status),
            Array(draft.Answers, a => a.Answer),
            Array(draft.Answers, a => a.Location),
            Array(draft.Answers, a => a.NotedAt(draft.RecordedAt))
        );

    private static TItem[] Array<TRow, TItem>(List<TRow> rows, Func<TRow, TItem> pick)
    {
        var array = new TItem[rows.Count];
        for (var i = 0; i < array.Length; i++)
            array[i] = pick(rows[i]);
        return array;
    }

    private static NpgsqlBatchCommand With(NpgsqlBatchCommand command, params object[] args)
    {
        foreach (var value in args)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private NpgsqlBatch Batch() => new(connection, transaction);

    private NpgsqlBatchCommand LockCommand() => new(lockSql);

    private void Lock()
    {
        if (isLocked)
            return;
        using var batch = Batch();
        batch.BatchCommands.Add(LockCommand());
        batch.ExecuteNonQuery();
        isLocked = true;
    }
}
