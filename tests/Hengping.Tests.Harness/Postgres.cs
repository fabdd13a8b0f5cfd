using System.Diagnostics;
using Npgsql;

namespace Hengping.Tests.Harness;

/// <summary>
/// A real PostgreSQL for tests: the one of <c>HENGPING_TEST_POSTGRES</c>, or a cluster of our own from Debian's
/// binaries, started once a test process and gone with it, however that process ends.
/// </summary>
public static class Postgres
{
    static Process? cluster;
    static readonly Lazy<string> server = new(Start, LazyThreadSafetyMode.ExecutionAndPublication);

    // The shell waits on its standard input: when this process dies, even by kill -9, the pipe closes and it cleans up.
    const string Script = """
        dir=$(mktemp -d /tmp/hengping-pg.XXXXXX) || exit 1
        trap 'rm -rf "$dir"' EXIT
        trap 'exit 1' INT TERM
        "$0/initdb" -D "$dir/data" -A trust -U hengping --no-sync -E UTF8 --locale=C >"$dir/log" 2>&1 ||
            { cat "$dir/log" >&2; exit 1; }
        "$0/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c full_page_writes=off \
            -c max_connections=500 -c max_wal_size=4GB >>"$dir/log" 2>&1 &
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

    /// <summary>A connection string to a new, empty database.</summary>
    public static string NewDatabase()
    {
        var name = $"t{Guid.NewGuid():N}";
        using var connection = new NpgsqlConnection(server.Value);
        connection.Open();
        using var create = new NpgsqlCommand($"create database {name}", connection);
        create.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(server.Value) { Database = name, Pooling = true }.ConnectionString;
    }

    /// <summary>Ends the cluster and takes its files away; nothing where none was started.</summary>
    public static async Task Stop()
    {
        if (cluster is not { } running)
            return;
        running.StandardInput.Close();
        await running.WaitForExitAsync();
        running.Dispose();
    }

    static string Start()
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
        string[] command = ["sh", "-c", Script, bin];
        if (Environment.IsPrivilegedProcess)
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        var process = Process.Start(start)!;
        var directory =
            process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("PostgreSQL did not start; its log stands above");
        cluster = process;
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
