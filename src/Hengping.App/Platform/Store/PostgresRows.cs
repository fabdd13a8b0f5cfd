using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Hengping.App.Platform;

/// <summary>Current rows of one table as arrays: one delete and one upsert, however many rows.</summary>
internal static class PostgresRows
{
    private static readonly ConcurrentDictionary<string, (string Upsert, string Delete)> Known = new(
        StringComparer.Ordinal
    );

    public static IEnumerable<NpgsqlBatchCommand> Commands(TableShape shape, Dictionary<object?[], object?[]?> rows)
    {
        var columns = shape.Table.Columns;
        var (upsert, delete) = Sql(shape);
        var gone = rows.Where(row => row.Value is null).Select(row => row.Key).ToList();
        if (gone.Count > 0)
            yield return Command(delete, gone, [.. shape.KeyAt.Select(i => columns[i].Type)]);
        var kept = rows.Values.OfType<object?[]>().ToList();
        if (kept.Count > 0)
            yield return Command(upsert, kept, [.. columns.Select(c => c.Type)]);
    }

    private static NpgsqlBatchCommand Command(string sql, List<object?[]> rows, ColumnType[] types)
    {
        var command = new NpgsqlBatchCommand(sql);
        for (var i = 0; i < types.Length; i++)
        {
            command.Parameters.Add(
                types[i] switch
                {
                    ColumnType.Guid => Parameter<Guid?>(rows, i, NpgsqlDbType.Uuid),
                    ColumnType.Text => Parameter<string?>(rows, i, NpgsqlDbType.Text),
                    ColumnType.Long => Parameter<long?>(rows, i, NpgsqlDbType.Bigint),
                    ColumnType.Bool => Parameter<bool?>(rows, i, NpgsqlDbType.Boolean),
                    _ => Parameter<byte[]?>(rows, i, NpgsqlDbType.Bytea),
                }
            );
        }
        return command;
    }

    private static NpgsqlParameter<T[]> Parameter<T>(List<object?[]> rows, int at, NpgsqlDbType type)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = (T)rows[i][at]!;
        return new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    private static (string Upsert, string Delete) Sql(TableShape shape) =>
        Known.GetOrAdd(
            shape.Table.Name,
            static (name, shape) =>
            {
                var columns = shape.Table.Columns;
                var names = string.Join(", ", columns.Select(c => c.Name));
                var keys = string.Join(", ", shape.Table.Key);
                var matches = string.Join(" and ", shape.Table.Key.Select(key => $"t.{key} = d.{key}"));
                var gone = Unnest(shape.KeyAt.Select(i => columns[i].Type));
                return (
                    $"insert into {name} ({names}) select * from {Unnest(columns.Select(c => c.Type))} "
                        + RowSql.OnConflict(shape),
                    $"delete from {name} t using {gone} as d ({keys}) where {matches}"
                );
            },
            shape
        );

    private static string Unnest(IEnumerable<ColumnType> types) =>
        $"unnest({string.Join(", ", types.Select((type, i) => $"${i + 1}::{Name(type)}[]"))})";

    private static string Name(ColumnType type) =>
        type switch
        {
            ColumnType.Guid => "uuid",
            ColumnType.Text => "text",
            ColumnType.Long => "bigint",
            ColumnType.Bool => "boolean",
            _ => "bytea",
        };
}
