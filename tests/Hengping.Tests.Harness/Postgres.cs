using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Hengping.Tests.Harness;

/// <summary>
/// A real PostgreSQL for tests: the one of <c>HENGPING_TEST_POSTGRES</c>, or a cluster of our own from Debian's
/// binaries, started once a test process and gone with it, however that process ends.
/// </summary>
public static class Postgres
{
    private static readonly ConcurrentQueue<Task> Drops = [];
    private static Process? Cluster;
    private static readonly Lazy<string> Server = new(Start, LazyThreadSafetyMode.ExecutionAndPublication);

    // Hundreds of databases live for seconds: rounds of vacuuming through them would take a core of the tests.
    // The shell waits on its standard input: when this process dies, even by kill -9, the pipe closes and it cleans up.
    private const string Script = """
        dir=$(mktemp -d "$1/hengping-pg.XXXXXX") || exit 1
        trap 'rm -rf "$dir"' EXIT
        trap 'exit 1' INT TERM
        "$0/initdb" -D "$dir/data" -A trust -U hengping --no-sync -E UTF8 --locale=C >"$dir/log" 2>&1 ||
            { cat "$dir/log" >&2; exit 1; }
        "$0/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c full_page_writes=off \
            -c max_connections=500 -c max_wal_size=4GB -c wal_level=minimal -c max_wal_senders=0 \
            -c autovacuum_naptime=1d -c jit=off >>"$dir/log" 2>&1 &
        pid=$!
        until "$0/pg_isready" -h "$dir" -q; do
            kill -0 $pid 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
            sleep 0.05
        done
        echo "$dir"
        read -r _
        kill -QUIT $pid
        wait $pid
        """;

    /// <summary>Whether there is a PostgreSQL here.</summary>
    public static bool Present =>
        Environment.GetEnvironmentVariable("HENGPING_TEST_POSTGRES") is { Length: > 0 }
        || Directory.Exists("/usr/lib/postgresql");

    /// <summary>A connection string to a new database.</summary>
    /// <param name="like">Name of one to copy, that nobody is connected to; null for an empty one.</param>
    public static string NewDatabase(string? like = null)
    {
        var name = $"t{Guid.NewGuid():N}";
        // Copying files is fast where nothing is flushed, and then only: our own cluster flushes nothing.
        var template = like is null ? "" : $" template {like}{(Cluster is null ? "" : " strategy file_copy")}";
        OnServer($"create database {name}{template}");
        return new NpgsqlConnectionStringBuilder(Server.Value) { Database = name, Pooling = true }.ConnectionString;
    }

    /// <summary>
    /// Takes a database away, whoever is still connected, a moment later: the server waits for who has just left, and
    /// no test needs to.
    /// </summary>
    public static void Drop(string database) =>
        Drops.Enqueue(
            Task.Run(() =>
            {
                NpgsqlConnection.ClearPool(new NpgsqlConnection(database));
                OnServer($"drop database {NameOf(database)} with (force)");
            })
        );

    /// <summary>The name in a connection string.</summary>
    public static string NameOf(string database) => new NpgsqlConnectionStringBuilder(database).Database!;

    private static void OnServer(string statement)
    {
        using var connection = new NpgsqlConnection(Server.Value);
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Ends the cluster and takes its files away; nothing where none was started.</summary>
    public static async Task Stop()
    {
        await Task.WhenAll(Drops);
        if (Cluster is not { } running)
            return;
        running.StandardInput.Close();
        await running.WaitForExitAsync();
        running.Dispose();
    }

    private static string Start()
    {
        if (Environment.GetEnvironmentVariable("HENGPING_TEST_POSTGRES") is { Length: > 0 } given)
            return given;
        var bin =
            Directory
                .GetDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .Where(path => File.Exists(Path.Combine(path, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql");
        // initdb refuses root.
        string[] command = ["sh", "-c", Script, bin, Scratch.Root.TrimEnd('/')];
        if (Environment.IsPrivilegedProcess)
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        // A clock shim around the tests (ci.cs --today) is not for the server: its checkpoints would wait for ever.
        // Commands compare the machine's clock, which is wrong on purpose then, with the server's.
        if (start.Environment.Remove("LD_PRELOAD"))
            Environment.SetEnvironmentVariable("Clock__Watched", "false");
        var process = Process.Start(start)!;
        var directory =
            process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("PostgreSQL did not start; its log stands above");
        Cluster = process;
        return $"Host={directory};Username=hengping;Database=postgres;Pooling=false";
    }
}

/// <summary>
/// After the last test, while the runner still waits for us: what is left to the end of the process it takes for
/// threads that hang.
/// </summary>
public sealed class PostgresEnd : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(Postgres.Stop());
}
