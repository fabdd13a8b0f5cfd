namespace Hengping.App.Platform;

/// <summary>All gauges of the house on this node, read once in a while however many ask.</summary>
/// <param name="every">How old what was read may be.</param>
public sealed class Gauges(House house, IServiceProvider services, TimeSpan every) : IDisposable
{
    private const int ListenersBehindMost = 10_000;
    private const int ListenersSecondsMost = 60;
    private const int OutboxMost = 1_000;
    private const int OutboxSecondsMost = 3_600;
    private const int LongSeconds = 1;

    private readonly SemaphoreSlim gate = new(1, 1);
    private IReadOnlyList<Reading> last = [];
    private long readAtMs = long.MinValue / 2;

    /// <summary>The platform's own.</summary>
    internal static readonly IReadOnlyList<Gauge> Own =
    [
        new(
            "writer",
            "hengping_writer_waiting",
            GaugeUnit.Count,
            Writer.WaitingMost,
            "Writes that wait in this node's queue.",
            (site, _) => Task.FromResult(new Stand(Of(site).Writing.Waiting))
        ),
        new(
            "commit",
            "hengping_commit_longest_seconds",
            GaugeUnit.Seconds,
            LongSeconds,
            "The longest batch of this node within five minutes, with its wait for the lock, kept or not.",
            (site, _) => Task.FromResult(new Stand(Of(site).Writing.Commits.Longest))
        ),
        new(
            "lock",
            "hengping_lock_longest_seconds",
            GaugeUnit.Seconds,
            LongSeconds,
            "The longest wait of a batch for the log's lock, and for what it is judged on, within five minutes.",
            (site, _) => Task.FromResult(new Stand(Of(site).Writing.Locks.Longest))
        ),
        new(
            "listeners-behind",
            "hengping_listeners_behind",
            GaugeUnit.Count,
            ListenersBehindMost,
            "Events that the slowest listener has still to hear.",
            async (site, ct) =>
                new Stand((await site.GetRequiredService<ListenerRunner>().Figures(ct)).Max(one => one.Behind))
        ),
        new(
            "listeners-age",
            "hengping_listeners_age_seconds",
            GaugeUnit.Seconds,
            ListenersSecondsMost,
            "How long ago the first event was recorded that the slowest listener has not heard.",
            OldestUnheard
        ),
        new(
            "outbox",
            "hengping_outbox_waiting",
            GaugeUnit.Count,
            OutboxMost,
            "Messages waiting to be sent.",
            async (site, ct) =>
                new Stand(await Of(site).First<long>("select count(*) from outbox where state = 'waiting'", null, ct))
        ),
        new(
            "outbox-age",
            "hengping_outbox_age_seconds",
            GaugeUnit.Seconds,
            OutboxSecondsMost,
            "How long the oldest message waits that was due.",
            OldestUnsent
        ),
        new(
            "sms",
            "hengping_sms_day",
            GaugeUnit.Share,
            SmsBudget.WarnPercent,
            "SMS within 24 hours.",
            async (site, ct) =>
                await SmsBudget.Read(Of(site), ct) is var budget ? new Stand(budget.Used, budget.PerDay) : default
        ),
    ];

    /// <summary>How they stand.</summary>
    public async Task<IReadOnlyList<Reading>> Read(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (Environment.TickCount64 - readAtMs < every.TotalMilliseconds)
                return last;
            var readings = new List<Reading>();
            foreach (var gauge in house.Gauges)
                readings.Add(new Reading(gauge, await gauge.Read(services, ct)));
            (last, readAtMs) = (readings, Environment.TickCount64);
            return last;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private static Store Of(IServiceProvider site) => site.GetRequiredService<Store>();

    private static async Task<Stand> OldestUnheard(IServiceProvider site, CancellationToken ct)
    {
        var heard = (await site.GetRequiredService<ListenerRunner>().Figures(ct)).Min(one => one.Position);
        return await Since(
            site,
            "select recorded_at from events where position > @heard order by position limit 1",
            new { heard },
            ct
        );
    }

    // One that was never tried is late from when it was due: what is held for a limit, or told later, is not late yet.
    private static Task<Stand> OldestUnsent(IServiceProvider site, CancellationToken ct) =>
        Since(
            site,
            "select min(case when tries = 0 then next_at else made_at end) from outbox "
                + "where state = 'waiting' and (tries > 0 or next_at <= @now)",
            new { now = Of(site).Now.ToUnixTimeMilliseconds() },
            ct
        );

    private static async Task<Stand> Since(IServiceProvider site, string sql, object args, CancellationToken ct)
    {
        var store = Of(site);
        var ms = store.Now.ToUnixTimeMilliseconds() - await store.First<long?>(sql, args, ct);
        return new Stand(Math.Max(0, ms ?? 0) / 1e3);
    }
}
