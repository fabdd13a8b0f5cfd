using System.Collections.Concurrent;

namespace Hengping.App.Platform;

/// <summary>
/// Lets every listener hear, each on its own: one that fails waits longer and longer, is named in
/// <see cref="Figures"/>, and holds up nobody.
/// </summary>
public sealed partial class ListenerRunner : BackgroundService
{
    // Commits of other processes are seen after this at most.
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(400);

    // Under load a listener takes what came within this time in one transaction.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan BackOffMax = TimeSpan.FromSeconds(30);

    private const string JobName = "listeners";

    private readonly Store store;
    private readonly ILogger<ListenerRunner> log;
    private readonly List<Lane> lanes;
    private readonly ConcurrentDictionary<string, string> faults = new(StringComparer.Ordinal);

    private sealed record Lane(Listening Listening, SemaphoreSlim Woken);

    /// <summary>Runs these listeners on this store.</summary>
    public ListenerRunner(Store store, IReadOnlyList<Listener> listeners, ILogger<ListenerRunner> log)
    {
        this.store = store;
        this.log = log;
        lanes = [.. listeners.Select(listener => new Lane(new Listening(store, listener), new SemaphoreSlim(0, 1)))];
    }

    /// <summary>While true nobody hears: a store that is being filled is heard at the end, in large pages.</summary>
    public Func<bool> IsHeld { get; set; } = static () => false;

    /// <summary>Where its rounds are noted; null in a test that runs it by hand.</summary>
    internal JobNotes? Notes { get; set; }

    /// <summary>How far each listener is, and why one stands still.</summary>
    public async Task<IReadOnlyList<ListenerFigure>> Figures(CancellationToken ct)
    {
        var figures = await Listening.Figures(store, lanes.Select(lane => lane.Listening.Listener), ct);
        return [.. figures.Select(figure => figure with { Fault = faults.GetValueOrDefault(figure.Name) })];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var lane in lanes)
            lane.Woken.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.Committed += Wake;
        Notes?.Begin(JobName, PollEvery, PollEvery);
        try
        {
            await Task.WhenAll(lanes.Select(lane => Task.Run(() => Run(lane, stoppingToken), stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The house closes; checkpoints say where to go on.
        }
        finally
        {
            store.Committed -= Wake;
        }
    }

    private async Task Run(Lane lane, CancellationToken ct)
    {
        var failures = 0;
        while (!ct.IsCancellationRequested)
        {
            var began = Environment.TickCount64;
            var from = lane.Listening.Position;
            try
            {
                while (!IsHeld() && await lane.Listening.Next(ct)) { }
                failures = 0;
                faults.TryRemove(lane.Listening.Listener.Name, out _);
                await Note(lane, from, began, fault: null, ct);
                await lane.Woken.WaitAsync(PollEvery, ct);
                var early = Gather.TotalMilliseconds - (Environment.TickCount64 - began);
                if (early > 0)
                    await Task.Delay(TimeSpan.FromMilliseconds(early), ct);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                faults[lane.Listening.Listener.Name] = fault.Message;
                Failed(log, lane.Listening.Listener.Name, lane.Listening.Position, fault);
                await Note(lane, from, began, fault, ct);
                var wait = Math.Min(BackOffMax.TotalSeconds, 0.25 * Math.Pow(2, failures++));
                await Task.Delay(TimeSpan.FromSeconds(wait), ct);
            }
        }
    }

    // All listeners share one note. While one stands still the others do not say that all is well.
    private async Task Note(Lane lane, long from, long began, Exception? fault, CancellationToken ct)
    {
        if (Notes is not { } notes || (fault is null && !faults.IsEmpty))
            return;
        var took = TimeSpan.FromMilliseconds(Environment.TickCount64 - began);
        // A listener that opens jumps to its checkpoint: what lies before it was heard by another process.
        var heard = from == 0 ? 0 : lane.Listening.Position - from;
        await notes.Ran(JobName, took, heard, fault, ct);
    }

    private void Wake()
    {
        foreach (var lane in lanes)
        {
            try
            {
                if (lane.Woken.CurrentCount == 0)
                    lane.Woken.Release();
            }
            catch (SemaphoreFullException)
            {
                // Woken already, by somebody at the same moment.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listener {Name} failed after position {Position}")]
    static partial void Failed(ILogger log, string name, long position, Exception fault);
}

/// <summary>The listeners of the site, as a background work.</summary>
public static class ListenersRoom
{
    /// <summary>Lets all listeners hear while the site runs.</summary>
    public static void AddListeners(this WebApplicationBuilder builder, Func<Store, IReadOnlyList<Listener>> all)
    {
        builder.Services.AddSingleton(services => new ListenerRunner(
            services.GetRequiredService<Store>(),
            all(services.GetRequiredService<Store>()),
            services.GetRequiredService<ILogger<ListenerRunner>>()
        ));
        builder.Services.AddHostedService(services =>
        {
            var runner = services.GetRequiredService<ListenerRunner>();
            runner.Notes = services.GetRequiredService<JobNotes>();
            return runner;
        });
    }
}
