using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Hengping.App.Platform;

/// <summary>Many rows in one statement, in SQL that both engines understand.</summary>
internal static class Bulk
{
    /// <summary>
    /// Parameters of one statement: far below both engines' limit.
    /// </summary>
    private const int ParametersMax = 400;

    /// <summary>On SQLite fewer, because its driver finds each by walking through all of them.</summary>
    private const int ParametersMaxOnSqlite = 64;

    /// <summary>Inserts rows, or replaces those that have the same key.</summary>
    public static async Task Put<TRow>(
        DbTransaction transaction,
        Table<TRow> table,
        IEnumerable<TRow> from,
        CancellationToken ct
    )
    {
        var rows = from.Select(row => table.Put(row).Values).ToList();
        var columns = table.Columns.Select(column => column.Name).ToList();
        var others = columns.Except(table.Key).Select(c => $"{c} = excluded.{c}").ToList();
        var then = others.Count == 0 ? "nothing" : $"update set {string.Join(", ", others)}";
        var head = $"insert into {table.Name} ({string.Join(", ", columns)}) values";
        var end = $" on conflict ({string.Join(", ", table.Key)}) do {then}";
        await Run(transaction, head, end, rows, ct);
    }

    private static async Task Run(
        DbTransaction transaction,
        string head,
        string end,
        IReadOnlyList<object?[]> rows,
        CancellationToken ct
    )
    {
        if (rows.Count == 0)
            return;
        if (transaction.Connection is SqliteConnection embedded)
        {
            var values = string.Join(", ", Enumerable.Range(1, rows[0].Length).Select(i => $"?{i}"));
            PutOneByOne(embedded, $"{head} ({values}){end}", rows);
            return;
        }
        foreach (var some in Parts(rows, ParametersMax))
        {
            await using var command = Command(transaction, some, out var values);
            command.CommandText = $"{head} {values}{end}";
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Inserts rows, but for those of which the table has another with the same value in a column.</summary>
    public static async Task Add(
        DbTransaction transaction,
        string table,
        string[] columns,
        string unique,
        IReadOnlyList<object?[]> rows,
        CancellationToken ct
    )
    {
        var head = $"insert into {table} ({string.Join(", ", columns)}) values";
        await Run(transaction, head, $" on conflict ({unique}) do nothing", rows, ct);
    }

    /// <summary>
    /// Runs a statement for parts of the keys; <c>{0}</c> in it stands for the list of key rows. Written as a cross
    /// join, because that alone makes SQLite go from the keys to the table and not the other way round.
    /// </summary>
    public static async Task Each(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<object?[]> keys,
        Func<DbDataReader, Task>? read,
        CancellationToken ct
    )
    {
        var most = transaction.Connection is SqliteConnection ? ParametersMaxOnSqlite : ParametersMax;
        foreach (var some in Parts(keys, most))
        {
            await using var command = Command(transaction, some, out var values);
            command.CommandText = string.Format(CultureInfo.InvariantCulture, sql, values);
            if (read is null)
            {
                await command.ExecuteNonQueryAsync(ct);
                continue;
            }
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                await read(reader);
        }
    }

    private static void PutOneByOne(SqliteConnection embedded, string sql, IReadOnlyList<object?[]> rows)
    {
        using var statement = new SqliteStatement(embedded, sql);
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                statement.BindAny(i + 1, row[i]);
            statement.Run();
        }
    }

    private static IEnumerable<object?[][]> Parts(IReadOnlyList<object?[]> rows, int parameters) =>
        rows.Count == 0 ? [] : rows.Chunk(Math.Max(1, parameters / rows[0].Length));

    private static DbCommand Command(DbTransaction transaction, object?[][] rows, out string values)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        var text = new StringBuilder();
        var number = 0;
        foreach (var row in rows)
        {
            text.Append(text.Length == 0 ? "(" : ", (");
            for (var i = 0; i < row.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@p" + number.ToString(CultureInfo.InvariantCulture);
                parameter.Value = row[i] ?? DBNull.Value;
                command.Parameters.Add(parameter);
                text.Append(i == 0 ? "@p" : ", @p").Append(number++);
            }
            text.Append(')');
        }
        values = text.ToString();
        return command;
    }
}
