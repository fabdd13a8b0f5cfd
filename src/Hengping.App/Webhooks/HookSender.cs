using Hengping.App.Complaints;
using Hengping.App.Platform;

namespace Hengping.App.Webhooks;

/// <summary>
/// Sends what is due, each webhook beside the others: one that is slow or dead holds up nobody else's. What has taken
/// nothing for a day is parked until its owner resumes it.
/// </summary>
public sealed class HookSender(
    Store store,
    HookWays ways,
    HookHttp http,
    IConfiguration configuration,
    ILogger<HookSender> log
) : Job(log)
{
    /// <summary>Webhooks of a round.</summary>
    public const int AtOnce = 64;

    /// <summary>Of one webhook, side by side: each of another case.</summary>
    public const int OfHookAtOnce = 8;

    private static readonly TimeSpan OfRound = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TendEvery = TimeSpan.FromHours(1);
    private DateTimeOffset tended = store.Now;

    /// <inheritdoc/>
    public override string Name => "webhooks";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override bool IsOff => ComplaintTicks.PerSecond.In(configuration) < 1;

    /// <inheritdoc/>
    protected override bool WaitsForClock => true;

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct)
    {
        var sent = await SendDue(ct);
        if (store.Now - tended >= TendEvery)
        {
            tended = store.Now;
            await HookQueue.Tend(store, ct);
        }
        return sent;
    }

    /// <summary>Sends what is due once; how much was taken. Told to stop, it still ends what it began.</summary>
    public async Task<long> SendDue(CancellationToken ct)
    {
        foreach (var hook in await HookReplay.Waiting(store, ct))
            await HookReplay.Next(store, hook, ct);
        var due = await HookQueue.Due(store, AtOnce, ct);
        return (await Task.WhenAll(due.Select(hook => SendOf(hook, ct)))).Sum();
    }

    private async Task<long> SendOf(HookQueue.Running hook, CancellationToken ct)
    {
        var way = await ways.Of(hook.Id, hook.Version, ct);
        var (sent, since) = (0L, store.Now);
        while (!ct.IsCancellationRequested)
        {
            var taken = await HookQueue.Take(store, hook.Id, OfHookAtOnce, ct);
            var went = await Task.WhenAll(taken.Select(row => Try(hook.Id, way, row)));
            sent += went.Count(fared => fared is null);
            if (went.Length > 0 && went.All(fared => fared is not null))
                await Park(hook.Id, went.Min()!.Value);
            // Not all taken: whoever is in trouble is not pressed.
            if (taken.Count == 0 || went.Any(fared => fared is not null) || store.Now - since > OfRound)
                break;
        }
        return sent;
    }

    // Since when it has taken nothing; null where it took this.
    private async Task<DateTimeOffset?> Try(Guid hook, HookWay way, HookRow row)
    {
        var body = HookMessage.Of(hook, row).Body();
        var fault = await http.Send(way, body, store.Now, CancellationToken.None);
        var since = await HookQueue.Note(store, hook, row, fault, CancellationToken.None);
        return fault is null ? null : since ?? store.Now;
    }

    private async Task Park(Guid hook, DateTimeOffset failedSince)
    {
        var loaded = await store.Load(HookBook.Instance, hook, CancellationToken.None);
        if (loaded.State?.Park(failedSince, store.Now) is not { } parked)
            return;
        var change = store.Change(HookBook.Instance, loaded, store.Now, "clock", [parked]);
        await store.Append(new Commit([change]), CancellationToken.None);
    }
}
