using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Operators;
using Hengping.App.Platform;

namespace Hengping.App.ClaimReports;

/// <summary>
/// What the clock does: what was upheld takes effect once nobody appealed. It decides nothing: what is overdue waits
/// for a human, on top. Several nodes may run it: the stream's version lets one of them win.
/// </summary>
public sealed class ClaimReportTicks(
    Store store,
    LawInForce laws,
    IConfiguration configuration,
    ILogger<ClaimReportTicks> log
) : Job(log)
{
    private const int BatchMax = 100;
    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "claim-report-ticks";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override bool IsOff => ComplaintTicks.PerSecond.In(configuration) < 1;

    /// <inheritdoc/>
    protected override bool WaitsForClock => true;

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct) => await RunDue(store, laws.Known, ct);

    /// <summary>Does everything that is due now; how many took effect.</summary>
    public static async Task<int> RunDue(Store store, Law law, CancellationToken ct)
    {
        var now = store.Now;
        var due = await store.Query<Guid>(
            "select id from claim_reports where effect_at < @now order by effect_at limit @limit",
            new { now = now.ToUnixTimeMilliseconds(), limit = BatchMax },
            ct
        );
        var moved = 0;
        foreach (var id in due)
        {
            var loaded = await store.Load(ClaimReportBook.Instance, id, ct);
            if (loaded.State?.TakeEffect(now).Event is not { } effect)
                continue;
            var events = ClaimReportDoors.WithWhatFollows(loaded.State, [effect], law, now);
            var change = store.Change(ClaimReportBook.Instance, loaded, now, "clock", events);
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                moved++;
        }
        return moved;
    }
}
