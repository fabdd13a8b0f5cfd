using System.Data.Common;
using System.Globalization;

namespace Hengping.App.Bench;

/// <summary>What a server has used so far, and what its database was made to write.</summary>
/// <param name="Log">Bytes to the database's log; all that the server of PostgreSQL writes counts.</param>
/// <param name="All">Bytes to the disk in all; null where nobody tells.</param>
/// <param name="Asked">Reads and writes of the store beside the log.</param>
/// <param name="Batches">Batches of its writer.</param>
internal sealed record IntakeCost(double CpuSeconds, double Log, double? All, double Asked, double Batches)
{
    private const string PostgresLog = "select cast(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as bigint)";

    // Pages of 8 kB, whoever brought them home.
    private const string PostgresPages =
        "select 8192 * (buffers_checkpoint + buffers_clean + buffers_backend) from pg_stat_bgwriter";

    public static async Task<IntakeCost> Of(BenchPlace place, ServerProcess server, CancellationToken ct)
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri($"http://{server.Address}/metrics"), ct);
        var asked = Metric(text, "hengping_store_asked_total");
        var batches = Metric(text, "hengping_commit_seconds_count");
        if (place.Store.Postgres is null)
            return new(
                server.CpuSeconds,
                Metric(text, "hengping_wal_written_bytes_total"),
                server.Written,
                asked,
                batches
            );
        await using var store = await place.Open(ct);
        var log = await store.First<long>(PostgresLog, null, ct);
        double? all = null;
        try
        {
            all = log + await store.First<long>(PostgresPages, null, ct);
        }
        catch (DbException)
        {
            // PostgreSQL of another year counts them elsewhere.
        }
        return new(server.CpuSeconds, log, all, asked, batches);
    }

    /// <summary>What each filing took since.</summary>
    public Spent Since(IntakeCost before, int filings) =>
        new(
            (CpuSeconds - before.CpuSeconds) * 1e6 / filings,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(Log - before.Log) / filings / 1000:0.0} kB to the log, "
                    + $"{(All - before.All) / filings / 1000:0.0} in all"
            ),
            (Asked - before.Asked) / filings,
            filings / Math.Max(1, Batches - before.Batches)
        );

    private static double Metric(string text, string name)
    {
        var line = text.Split('\n').FirstOrDefault(l => l.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[name.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>What one filing took.</summary>
    /// <param name="InBatch">Filings that were kept together.</param>
    internal sealed record Spent(double CpuMicros, string Bytes, double Asked, double InBatch);
}
