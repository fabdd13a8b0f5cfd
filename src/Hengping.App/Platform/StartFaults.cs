using System.Net.Sockets;
using Hengping.Rules;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hengping.App.Platform;

/// <summary>What stops a start on a deployer's machine, each said in one line with a stable code.</summary>
public static class StartFaults
{
    private const int SqliteReadOnly = 8;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNoDatabase = 26;
    private const int SqliteCorrupt = 11;
    private const int PortMax = 65_535;

    /// <summary>Addresses that <c>--urls</c> cannot mean; null where all of them can be bound.</summary>
    /// <param name="urls">As given: separated by semicolons.</param>
    public static Refusal? OfUrls(string urls)
    {
        var all = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var wrong = all.Length == 0 ? urls : Array.Find(all, url => !IsAddress(url));
        return wrong is null
            ? null
            : new Refusal(
                "serve.urls",
                $"--urls 中的“{wrong}”不是监听地址，应如 http://127.0.0.1:5080",
                $"'{wrong}' in --urls is no address to bind: write it as http://127.0.0.1:5080"
            );
    }

    /// <summary>Why the server could not bind; null where the fault is another one.</summary>
    public static Refusal? OfBinding(Exception fault, string urls)
    {
        if (
            Chain(fault).Any(inner => inner is AddressInUseException)
            || Socket(fault) is SocketError.AddressAlreadyInUse
        )
            return new Refusal(
                "serve.port-busy",
                $"端口已被其他程序占用：{urls}；请停止该程序，或用 --urls 另选端口",
                $"Another program already listens on {urls}: stop it, or choose another port with --urls"
            );
        return Socket(fault) switch
        {
            SocketError.AccessDenied => new Refusal(
                "serve.port-denied",
                $"无权监听 {urls}；1024 以下的端口需要相应权限，可用 --urls 另选端口",
                $"No permission to listen on {urls}: ports below 1024 need it; choose another with --urls"
            ),
            SocketError.AddressNotAvailable => new Refusal(
                "serve.address-unknown",
                $"本机没有这个地址：{urls}",
                $"This machine does not have the address {urls}"
            ),
            _ when fault is InvalidOperationException && urls.Contains("https:", StringComparison.OrdinalIgnoreCase) =>
                new Refusal(
                    "serve.certificate",
                    "HTTPS 地址需要证书：请配置 Kestrel:Certificates:Default，或在反向代理后使用 http 地址",
                    "An https address needs a certificate: set Kestrel:Certificates:Default, or use http behind a proxy"
                ),
            _ => null,
        };
    }

    /// <summary>Why the store could not be opened; null where the fault is another one.</summary>
    public static Refusal? OfStore(Exception fault, StorePlace place) =>
        fault switch
        {
            SqliteException sqlite => OfSqlite(sqlite, place.Data),
            PostgresException answered => new Refusal(
                "store.postgres-refused",
                $"PostgreSQL 拒绝了连接（{answered.SqlState}）：请检查 --db 中的用户、密码与数据库名",
                $"PostgreSQL refused ({answered.SqlState}): check user, password and database name in --db"
            ),
            NpgsqlException or SocketException or TimeoutException when place.Postgres is not null => new Refusal(
                "store.postgres-unreachable",
                "连不上 PostgreSQL：请检查 --db 中的主机与端口，以及数据库是否在运行",
                "PostgreSQL cannot be reached: check host and port in --db, and that it runs"
            ),
            ArgumentException when place.Postgres is not null => new Refusal(
                "store.postgres-connection",
                "--db 不是 PostgreSQL 连接串，应如 Host=127.0.0.1;Database=hengping;Username=hengping",
                "--db is no PostgreSQL connection string: write Host=127.0.0.1;Database=hengping;Username=hengping"
            ),
            UnauthorizedAccessException or IOException => NotWritable(place.Data, place.Keys),
            _ => null,
        };

    private static Refusal? OfSqlite(SqliteException fault, string data) =>
        fault.SqliteErrorCode switch
        {
            SqliteReadOnly or SqliteCannotOpen => NotWritable(data, keys: null),
            SqliteFull => new Refusal("store.full", $"磁盘已满：{data}", $"The disk is full: {data}"),
            SqliteNoDatabase or SqliteCorrupt => new Refusal(
                "store.broken",
                $"{data} 中的 hengping.db 不是完好的数据库，请用 restore 从备份恢复",
                $"hengping.db in {data} is no sound database: bring it back from a backup with restore"
            ),
            _ => null,
        };

    private static Refusal NotWritable(string data, string? keys)
    {
        var places = keys is null ? data : $"{data}, {keys}";
        return new Refusal(
            "store.directory",
            $"无法在数据目录中读写：{places}；请检查目录是否存在、是否属于当前用户",
            $"Cannot read and write in {places}: check that the directory is there and belongs to this user"
        );
    }

    // Kestrel's own reading of an address lets paths, wild cards and services pass that only fail later.
    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https"
                && address.Port is >= 0 and <= PortMax
                && address.Host.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static SocketError? Socket(Exception fault) =>
        Chain(fault).OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;

    private static IEnumerable<Exception> Chain(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
            yield return fault;
    }
}
