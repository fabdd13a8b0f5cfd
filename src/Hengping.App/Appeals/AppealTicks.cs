using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>
/// What the clock does in appeals: what was not sent in time ends, and after the promised day the effect is checked.
/// Several nodes may run it: the stream's version lets one of them win.
/// </summary>
public sealed class AppealTicks(Store store, LawInForce laws, IConfiguration configuration, ILogger<AppealTicks> log)
    : Job(log)
{
    private const int BatchMax = 100;
    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "appeal-ticks";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override bool IsOff => ComplaintTicks.PerSecond.In(configuration) < 1;

    /// <inheritdoc/>
    protected override bool WaitsForClock => true;

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct) => await RunDue(store, laws.Known, ct);

    /// <summary>Does everything that is due now; how many appeals moved.</summary>
    public static async Task<int> RunDue(Store store, Law law, CancellationToken ct)
    {
        var now = store.Now;
        var due = await store.Query<Guid>(
            """
            select id from appeals where send_by < @now
            union all select id from appeals where check_at <= @now limit @limit
            """,
            new { now = now.ToUnixTimeMilliseconds(), limit = BatchMax },
            ct
        );
        var moved = 0;
        foreach (var id in due)
        {
            var loaded = await store.Load(AppealBook.Instance, id, ct);
            if (loaded.State is not { } appeal || await Next(store, appeal, now, ct) is not { } happened)
                continue;
            var own = store.Change(AppealBook.Instance, loaded, now, "clock", [happened]);
            var (follows, no) = await AppealTargets.Follows(
                store,
                law,
                appeal.Target,
                (id, happened, appeal),
                "clock",
                ct
            );
            if (no is not null)
                continue;
            if (await store.Append(new Commit(follows is null ? [own] : [own, follows]), ct) is Outcome.Done)
                moved++;
        }
        return moved;
    }

    private static async Task<AppealEvent?> Next(Store store, Appeal appeal, DateTimeOffset now, CancellationToken ct)
    {
        if (appeal.Lapse(now).Event is { } lapsed)
            return lapsed;
        if (appeal.CheckAt is not { } at || at > now)
            return null;
        var found = await AppealSignals.Of(store, appeal, ct);
        return appeal.Check(found, now).Event;
    }
}
