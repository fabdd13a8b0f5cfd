using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hengping.App.Platform;

/// <summary>
/// A prepared statement close to SQLite: the writer runs a dozen a filing, so each costs as little as it can.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int ShortText = 100;
    private readonly sqlite3 db;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        db = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    public SqliteStatement Bind(int at, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, at, value));
        return this;
    }

    public SqliteStatement Bind(int at, string value)
    {
        if (value.Length is 0 or > ShortText)
        {
            Check(raw.sqlite3_bind_text(statement, at, value));
            return this;
        }
        Span<byte> text = stackalloc byte[ShortText * 3];
        var length = System.Text.Encoding.UTF8.GetBytes(value, text);
        Check(raw.sqlite3_bind_text(statement, at, text[..length]));
        return this;
    }

    public SqliteStatement Bind(int at, byte[] value)
    {
        Check(raw.sqlite3_bind_blob(statement, at, value));
        return this;
    }

    /// <summary>As the driver binds it: upper-case text.</summary>
    public SqliteStatement Bind(int at, Guid value)
    {
        Span<byte> text = stackalloc byte[36];
        value.TryFormat(text, out _);
        System.Text.Ascii.ToUpperInPlace(text, out _);
        Check(raw.sqlite3_bind_text(statement, at, text));
        return this;
    }

    public SqliteStatement BindAny(int at, object? value) =>
        value switch
        {
            null => BindNull(at),
            long number => Bind(at, number),
            bool flag => Bind(at, flag ? 1 : 0),
            string text => Bind(at, text),
            Guid id => Bind(at, id),
            byte[] bytes => Bind(at, bytes),
            _ => throw new InvalidOperationException($"No column holds a {value.GetType().Name}"),
        };

    /// <summary>Runs to the end and is ready again.</summary>
    public void Run()
    {
        try
        {
            while (Step()) { }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>True while there is a row.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            Check(result);
        return result == raw.SQLITE_ROW;
    }

    public void Reset() => raw.sqlite3_reset(statement);

    public long Long(int at) => raw.sqlite3_column_int64(statement, at);

    public string Text(int at) => raw.sqlite3_column_text(statement, at).utf8_to_string();

    public string? TextOrNull(int at) => raw.sqlite3_column_type(statement, at) == raw.SQLITE_NULL ? null : Text(at);

    public byte[] Bytes(int at) => raw.sqlite3_column_blob(statement, at).ToArray();

    public Guid Id(int at) => Guid.Parse(Text(at));

    public void Dispose() => statement.Dispose();

    private SqliteStatement BindNull(int at)
    {
        Check(raw.sqlite3_bind_null(statement, at));
        return this;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteException(
                $"SQLite {result}: {raw.sqlite3_errmsg(db).utf8_to_string()}",
                result & 0xFF,
                raw.sqlite3_extended_errcode(db)
            );
        }
    }
}
