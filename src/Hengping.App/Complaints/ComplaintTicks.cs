using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>
/// Lets the clock act: cases whose next tick has come, in small batches. Several nodes may run it: the stream's version
/// lets one of them win, and the other finds nothing left to do. After a long stop it catches up at a steady pace
/// (configuration <c>Ticks:PerSecond</c>, 0 for a node that does not tick), so that people are not kept waiting for it.
/// </summary>
public sealed class ComplaintTicks(
    Store store,
    IConfiguration configuration,
    ILogger<ComplaintTicks> log,
    LawInForce? laws = null
) : Job(log)
{
    private const int BatchMax = 100;

    /// <summary>Cases the clock moves in a second, on this node.</summary>
    public static readonly Limit PerSecond = new("Ticks:PerSecond", 200) { Most = int.MaxValue };

    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    private DateTimeOffset forgotten = store.Now;

    /// <inheritdoc/>
    public override string Name => "ticks";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override bool IsOff => PerRound < 1;

    /// <inheritdoc/>
    protected override bool WaitsForClock => true;

    private int PerRound => (int)PerSecond.In(configuration) / 2;

    /// <summary>Does everything that is due now; the number of cases moved.</summary>
    public async Task<int> RunDue(CancellationToken ct)
    {
        var moved = 0;
        while (true)
        {
            var (due, done) = await RunBatch(BatchMax, ct);
            moved += done;
            // Nothing moved although something is due: another node has it; leave it to the next round.
            if (due < BatchMax || done == 0)
                return moved;
        }
    }

    private async Task<(int Due, int Done)> RunBatch(int limit, CancellationToken ct)
    {
        var due = await store.Query<Guid>(
            "select id from complaints where next_tick <= @now order by next_tick limit @limit",
            new { now = store.Now.ToUnixTimeMilliseconds(), limit },
            ct
        );
        var done = await Task.WhenAll(due.Select(id => Tick(id, ct)));
        return (due.Count, done.Count(yes => yes));
    }

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct)
    {
        var (_, done) = await RunBatch(PerRound, ct);
        if (store.Now - forgotten >= ForgetEvery)
        {
            forgotten = store.Now;
            await ReplyPrints.Forget(store, ct);
        }
        return done;
    }

    private async Task<bool> Tick(Guid id, CancellationToken ct)
    {
        var loaded = await store.Load(ComplaintBook.Instance, id, ct);
        var now = store.Now;
        var law = laws is null ? Law.Shipped : await laws.Now(ct);
        var policy = CaseTurns.PolicyOf(law);
        var events = new List<ComplaintEvent>();
        for (var c = loaded.State; c?.Tick(now, policy) is { } due; c = c.Apply(events[^1], now, "clock"))
            events.Add(
                due is ComplaintEvent.Terminated ended ? await TellTermination.ByClock(ended, c, store, law, ct) : due
            );
        if (events.Count == 0)
            return false;
        var change = store.Change(ComplaintBook.Instance, loaded, now, "clock", events);
        return await store.Append(new Commit([change]), ct) is Outcome.Done;
    }
}
