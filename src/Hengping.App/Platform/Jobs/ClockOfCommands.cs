using Hengping.Rules;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hengping.App.Platform;

/// <summary>
/// A command beside the site has the same clock, and what it stamps counts as much. It looks and notes nothing: it has
/// seen no time go by, and what it noted the site on this machine would believe.
/// </summary>
public sealed partial class ClockGuard
{
    /// <summary>From now on this store takes no act while the clock is doubted.</summary>
    internal static ClockGuard WatchCommand(Store store, TimeProvider clock)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var isWatched = environment.GetValue("Clock:Watched", defaultValue: true);
        var guard = new ClockGuard(store, clock, isWatched, NullLogger<ClockGuard>.Instance);
        store.ClockDoubt = guard.Glance;
        return guard;
    }

    private async Task<Refusal?> Glance(CancellationToken ct)
    {
        if (!isWatched || lookedAt != 0 && clock.GetElapsedTime(lookedAt) < LookEvery)
            return doubt;
        var said = (await Doubts(store, ct)).FirstOrDefault(one => one.Machine == Environment.MachineName);
        doubt =
            new[] { Back, Ahead, Off }.FirstOrDefault(no => no.Code == said?.Reason)
            ?? Compare(await Noted(ct), await DatabaseNow(ct), clock.GetUtcNow())?.No;
        // Having been down for long says nothing against what people do.
        doubt = doubt == Down ? null : doubt;
        lookedAt = clock.GetTimestamp();
        return doubt;
    }
}
