using Hengping.App.Platform;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>
/// What becomes of measures by the clock: unsigned ones lapse or are overdue, IP measures without a suit are lifted,
/// terms end, and money that was held is taken.
/// </summary>
public sealed class MeasureTicks(Store store, ILogger<MeasureTicks> log) : Job(log)
{
    private const int Batch = 100;

    /// <inheritdoc/>
    public override string Name => "measures";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override bool WaitsForClock => true;

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct) => await RunDue(ct);

    /// <summary>Does what is due now; how many were moved.</summary>
    public async Task<int> RunDue(CancellationToken ct)
    {
        var due = await store.Query<Guid>(
            "select id from measures where next_tick < @now order by next_tick limit @limit",
            new { now = store.Now.ToUnixTimeMilliseconds(), limit = Batch },
            ct
        );
        var moved = 0;
        foreach (var id in due)
        {
            var loaded = await store.Load(MeasureBook.Instance, id, ct);
            if (loaded.State?.Tick(store.Now) is not { } happened)
                continue;
            var change = store.Change(MeasureBook.Instance, loaded, store.Now, "clock", [happened]);
            moved += await store.Append(new Commit([change]), ct) is Outcome.Done ? 1 : 0;
        }
        return moved;
    }
}
