using Hengping.App.Complaints;
using Hengping.App.Platform;

namespace Hengping.App.JointComplaints;

/// <summary>
/// Ends the matters of joint complaints whose time is over, so that those who took part are told. Several nodes may run
/// it: the stream's version lets one of them win.
/// </summary>
public sealed class JointTicks(Store store, IConfiguration configuration, ILogger<JointTicks> log) : Job(log)
{
    private const int BatchMax = 100;
    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "joint";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override bool IsOff => ComplaintTicks.PerSecond.In(configuration) < 1;

    /// <inheritdoc/>
    protected override bool WaitsForClock => true;

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct) => await RunDue(store, ct);

    /// <summary>Does everything that is due now; the number of matters that ended.</summary>
    public static async Task<int> RunDue(Store store, CancellationToken ct)
    {
        var now = store.Now;
        var due = await store.Query<Guid>(
            "select id from joints where expires_at <= @now order by expires_at limit @limit",
            new { now = now.ToUnixTimeMilliseconds(), limit = BatchMax },
            ct
        );
        var ended = 0;
        foreach (var id in due)
        {
            var loaded = await store.Load(JointBook.Instance, id, ct);
            if (loaded.State?.Tick(now) is not { } over)
                continue;
            var change = store.Change(JointBook.Instance, loaded, now, "clock", [over]);
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                ended++;
        }
        return ended;
    }
}
