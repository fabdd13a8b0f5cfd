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

    private static readonly double[] BucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly ConcurrentDictionary<(string Method, int Status), long> requests = new();
    private readonly long[] buckets = new long[BucketsSeconds.Length + 1];
    private long microseconds;
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
    public async Task<string> Text(Store store, CancellationToken ct)
    {
        var text = new StringBuilder();
        Head(text, "http_requests_total", "counter", "Requests by method and status.");
        foreach (var ((method, status), count) in requests.OrderBy(r => r.Key))
            Line(text, $"http_requests_total{{method=\"{method}\",status=\"{status}\"}}", count);
        Head(text, "http_request_duration_seconds", "histogram", "How long requests took.");
        long below = 0;
        for (var i = 0; i < BucketsSeconds.Length; i++)
        {
            below += Interlocked.Read(ref buckets[i]);
            var edge = BucketsSeconds[i].ToString(CultureInfo.InvariantCulture);
            Line(text, $"http_request_duration_seconds_bucket{{le=\"{edge}\"}}", below);
        }
        below += Interlocked.Read(ref buckets[^1]);
        Line(text, "http_request_duration_seconds_bucket{le=\"+Inf\"}", below);
        Line(text, "http_request_duration_seconds_sum", Interlocked.Read(ref microseconds) / 1e6);
        Line(text, "http_request_duration_seconds_count", below);
        Head(text, "hengping_pages_kept_total", "counter", "Answers that were pages made before.");
        Line(text, "hengping_pages_kept_total", PagesKept);
        var head = await store.Head(ct);
        Head(text, "hengping_log_position", "gauge", "Position of the last event.");
        Line(text, "hengping_log_position", head);
        Head(text, "hengping_listener_position", "gauge", "How far each listener has read the log.");
        foreach (var (name, position) in await store.Query<(string Name, long Position)>(CheckpointsSql, null, ct))
            Line(text, $"hengping_listener_position{{listener=\"{name}\"}}", position);
        Head(text, "hengping_outbox_waiting", "gauge", "Messages waiting to be sent.");
        var waiting = await store.First<long>("select count(*) from outbox where state = 'waiting'", null, ct);
        Line(text, "hengping_outbox_waiting", waiting);
        Head(text, "hengping_clock_doubtful", "gauge", "Machines whose clock waits for an admin.");
        Line(text, "hengping_clock_doubtful", (await ClockGuard.Doubts(store, ct)).Count);
        Head(text, "hengping_store_asked_total", "counter", "Reads and writes of the store beside the log.");
        Line(text, "hengping_store_asked_total", store.Asked);
        Head(text, "process_memory_bytes", "gauge", "Working set.");
        Line(text, "process_memory_bytes", Environment.WorkingSet);
        return text.ToString();
    }

    private const string CheckpointsSql = "select name as Name, position as Position from checkpoints order by name";

    private void Count(HttpContext http, double seconds)
    {
        var method = Methods.Contains(http.Request.Method) ? http.Request.Method : OtherMethod;
        var status = http.Items[typeof(Metrics)] as int? ?? http.Response.StatusCode;
        requests.AddOrUpdate((method, status), 1, static (_, n) => n + 1);
        var bucket = Array.FindIndex(BucketsSeconds, edge => seconds <= edge);
        Interlocked.Increment(ref buckets[bucket < 0 ? BucketsSeconds.Length : bucket]);
        Interlocked.Add(ref microseconds, (long)(seconds * 1e6));
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ")
            .Append(name)
            .Append(' ')
            .AppendLine(help)
            .Append("# TYPE ")
            .Append(name)
            .Append(' ')
            .AppendLine(type);

    private static void Line(StringBuilder text, string name, double value) =>
        text.Append(name).Append(' ').AppendLine(value.ToString("R", CultureInfo.InvariantCulture));
}
