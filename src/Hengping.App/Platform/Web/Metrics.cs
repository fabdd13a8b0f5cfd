using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Hengping.App.Platform;

/// <summary><c>/metrics</c>: Prometheus text. Counts since start; no path, caller or address is a label.</summary>
public sealed class Metrics
{
    // Anybody may send any word as a method, and each word would be a line here for ever.
    private static readonly FrozenSet<string> Methods = new[]
    {
        HttpMethods.Get,
        HttpMethods.Head,
        HttpMethods.Post,
        HttpMethods.Put,
        HttpMethods.Patch,
        HttpMethods.Delete,
        HttpMethods.Options,
        HttpMethods.Trace,
        HttpMethods.Connect,
    }.ToFrozenSet(StringComparer.Ordinal);

    private const string OtherMethod = "_OTHER";

    private readonly ConcurrentDictionary<(string Method, int Status), long> requests = new();
    private readonly Durations durations = new();
    private long pagesKept;

    /// <summary>How many answers were pages that had been kept.</summary>
    public long PagesKept => Interlocked.Read(ref pagesKept);

    /// <summary>One more of them.</summary>
    public void PageKept() => Interlocked.Increment(ref pagesKept);

    /// <summary>
    /// Says what a request is counted as, where its status does not tell: one that failed and leads to the page that
    /// says so, or that page by itself, which anybody may look at.
    /// </summary>
    public static void CountAs(HttpContext http, int status) => http.Items[typeof(Metrics)] = status;

    /// <summary>Counts every request and how long it took.</summary>
    public void Use(WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                var from = TimeProvider.System.GetTimestamp();
                try
                {
                    await next(http);
                }
                finally
                {
                    Count(http, TimeProvider.System.GetElapsedTime(from).TotalSeconds);
                }
            }
        );

    /// <summary>The text.</summary>
    public async Task<string> Text(Store store, Gauges gauges, CancellationToken ct)
    {
        var text = new StringBuilder();
        Head(text, "http_requests_total", "counter", "Requests by method and status.");
        foreach (var ((method, status), count) in requests.OrderBy(r => r.Key))
            Line(text, $"http_requests_total{{method=\"{method}\",status=\"{status}\"}}", count);
        durations.Write(text, "http_request_duration_seconds", "How long requests took.");
        Head(text, "hengping_pages_kept_total", "counter", "Answers that were pages made before.");
        Line(text, "hengping_pages_kept_total", PagesKept);
        var head = await store.Head(ct);
        Head(text, "hengping_log_position", "gauge", "Position of the last event.");
        Line(text, "hengping_log_position", head);
        Head(text, "hengping_listener_position", "gauge", "How far each listener has read the log.");
        foreach (var (name, position) in await store.Query<(string Name, long Position)>(CheckpointsSql, null, ct))
            Line(text, $"hengping_listener_position{{listener=\"{name}\"}}", position);
        store.Writing.Commits.Write(text, "hengping_commit_seconds", "How long batches took, kept or not.");
        store.Writing.Locks.Write(text, "hengping_lock_seconds", "How long batches waited for the log's lock.");
        if (store.Checkpoints is { } log)
            OfLog(text, log);
        foreach (var (gauge, stand) in await gauges.Read(ct))
        {
            Head(text, gauge.Metric, "gauge", gauge.Help);
            Line(text, gauge.Metric, stand.Value);
            if (!gauge.IsShare)
                continue;
            Head(text, gauge.Metric + "_of", "gauge", "What there is room for.");
            Line(text, gauge.Metric + "_of", stand.Of);
        }
        Head(text, "hengping_clock_doubtful", "gauge", "Machines whose clock waits for an admin.");
        Line(text, "hengping_clock_doubtful", (await ClockGuard.Doubts(store, ct)).Count);
        Head(text, "hengping_store_asked_total", "counter", "Reads and writes of the store beside the log.");
        Line(text, "hengping_store_asked_total", store.Asked);
        Head(text, "process_memory_bytes", "gauge", "Working set.");
        Line(text, "process_memory_bytes", Environment.WorkingSet);
        return text.ToString();
    }

    private const string CheckpointsSql = "select name as Name, position as Position from checkpoints order by name";

    private static void OfLog(StringBuilder text, CheckpointFigures log)
    {
        Head(text, "hengping_wal_written_bytes_total", "counter", "Written to SQLite's log of pages by this process.");
        Line(text, "hengping_wal_written_bytes_total", log.WrittenBytes);
        Head(text, "hengping_wal_bytes", "gauge", "What the log of pages held when it was looked at last.");
        Line(text, "hengping_wal_bytes", log.LogBytes);
        Head(text, "hengping_wal_behind_bytes", "gauge", "What of it was not in the database file then.");
        Line(text, "hengping_wal_behind_bytes", log.BehindBytes);
        Head(text, "hengping_checkpoints_total", "counter", "Rounds in which it was brought there.");
        Line(text, "hengping_checkpoints_total", log.Done);
        Head(text, "hengping_checkpoints_failed_total", "counter", "Rounds that failed: the disk of the data.");
        Line(text, "hengping_checkpoints_failed_total", log.Failed);
    }

    private void Count(HttpContext http, double seconds)
    {
        var method = Methods.Contains(http.Request.Method) ? http.Request.Method : OtherMethod;
        var status = http.Items[typeof(Metrics)] as int? ?? http.Response.StatusCode;
        requests.AddOrUpdate((method, status), 1, static (_, n) => n + 1);
        durations.Add(seconds);
    }

    internal static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ")
            .Append(name)
            .Append(' ')
            .AppendLine(help)
            .Append("# TYPE ")
            .Append(name)
            .Append(' ')
            .AppendLine(type);

    internal static void Line(StringBuilder text, string name, double value) =>
        text.Append(name).Append(' ').AppendLine(value.ToString("R", CultureInfo.InvariantCulture));
}
