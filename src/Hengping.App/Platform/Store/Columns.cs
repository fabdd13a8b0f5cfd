using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Hengping.App.Platform;

/// <summary>A table looked at once: which columns are its key.</summary>
internal sealed class TableShape
{
    private static readonly ConcurrentDictionary<string, TableShape> Known = new(StringComparer.Ordinal);

    private TableShape(Table table)
    {
        Table = table;
        KeyAt = [.. table.Key.Select(key => Array.FindIndex(table.Columns, column => column.Name == key))];
        if (KeyAt.Length == 0 || KeyAt.Contains(-1))
            throw new InvalidOperationException($"Table {table.Name}: its key must stand among its columns");
        Others = [.. Enumerable.Range(0, table.Columns.Length).Except(KeyAt)];
    }

    public Table Table { get; }

    /// <summary>Index in <see cref="Table.Columns"/> of each key column.</summary>
    public int[] KeyAt { get; }

    /// <summary>Indexes of the other columns.</summary>
    public int[] Others { get; }

    public static TableShape Of(Table table) => Known.GetOrAdd(table.Name, static (_, t) => new TableShape(t), table);

    public object?[] KeyOf(RowChange row)
    {
        if (row.Delete)
            return row.Values;
        var key = new object?[KeyAt.Length];
        for (var i = 0; i < key.Length; i++)
            key[i] = row.Values[KeyAt[i]];
        return key;
    }
}

/// <summary>Equality of keys and rows by value.</summary>
internal sealed class ValuesComparer : IEqualityComparer<object?[]>
{
    public static readonly ValuesComparer Instance = new();

    public bool Equals(object?[]? x, object?[]? y) => x.AsSpan().SequenceEqual(y.AsSpan());

    public int GetHashCode(object?[] obj)
    {
        var hash = new HashCode();
        foreach (var value in obj)
            hash.Add(value);
        return hash.ToHashCode();
    }
}

/// <summary>Values as both engines keep them.</summary>
internal static class Columns
{
    private static readonly SearchValues<char> Suspicious = SearchValues.Create([
        .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c),
        '\0',
    ]);

    public static object? InType(object? value, ColumnType type, string table, string column) =>
        (value, type) switch
        {
            (null, _) => null,
            (Guid, ColumnType.Guid) => value,
            (string text, ColumnType.Text) => Storable(text),
            (Enum word, ColumnType.Text) => JsonNamingPolicy.CamelCase.ConvertName(word.ToString()),
            (DateOnly day, ColumnType.Text) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            (decimal sum, ColumnType.Text) => sum.ToString(CultureInfo.InvariantCulture),
            (long, ColumnType.Long) => value,
            (int or short or byte or uint, ColumnType.Long) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            (DateTimeOffset at, ColumnType.Long) => at.ToUnixTimeMilliseconds(),
            (bool, ColumnType.Bool) => value,
            (byte[], ColumnType.Bytes) => value,
            _ => throw new InvalidOperationException($"{table}.{column}: {value.GetType().Name} is no {type}"),
        };

    /// <summary>PostgreSQL keeps no NUL and no half of a surrogate pair: they become U+FFFD.</summary>
    public static string Storable(string text)
    {
        if (!text.AsSpan().ContainsAny(Suspicious))
            return text;
        return string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));
    }
}
