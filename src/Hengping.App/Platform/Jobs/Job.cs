using System.Diagnostics;

namespace Hengping.App.Platform;

/// <summary>
/// Work that comes round beside the doors: one loop for all of it. A round that fails is logged, noted, and tried again
/// at the next; nothing but the end of the process ends the loop.
/// </summary>
public abstract partial class Job(ILogger log) : BackgroundService
{
    // A process restarted every hour would never come to what is due once an hour.
    private static readonly TimeSpan FirstWithin = TimeSpan.FromMinutes(1);

    /// <summary>The end of its text keys, and its row in <c>jobs</c>.</summary>
    public abstract string Name { get; }

    /// <summary>From round to round.</summary>
    public abstract TimeSpan Every { get; }

    /// <summary>This process leaves it to others.</summary>
    protected virtual bool IsOff => false;

    /// <summary>What it does by the clock cannot be taken back: in doubt of the clock it waits for an admin.</summary>
    protected virtual bool WaitsForClock => false;

    /// <summary>Where it says what went wrong.</summary>
    protected ILogger Log => log;

    /// <summary>Where its rounds are noted; null in a test that runs it by hand.</summary>
    internal JobNotes? Notes { get; set; }

    /// <summary>Whether the clock is to be believed; null in a test that runs it by hand.</summary>
    internal ClockGuard? Guard { get; set; }

    /// <summary>Does what is due; how much that was.</summary>
    protected abstract Task<long> Round(CancellationToken ct);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (IsOff)
            return;
        var first = Every < FirstWithin ? Every : FirstWithin;
        Notes?.Begin(Name, Every, first);
        await Task.Delay(first, stoppingToken);
        await Once(stoppingToken);
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Once(stoppingToken);
    }

    /// <summary>One round, noted.</summary>
    internal async Task Once(CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        var done = 0L;
        Exception? fault = null;
        try
        {
            if (WaitsForClock && Guard is { } guard && await guard.Doubt(ct) is { } no)
                fault = new Refused(no);
            else
                done = await Round(ct);
        }
        catch (Exception failed) when (!ct.IsCancellationRequested)
        {
            fault = failed;
            Failed(Log, Name, failed);
        }
        if (Notes is { } notes)
            await notes.Ran(Name, Stopwatch.GetElapsedTime(since), done, fault, ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed; it tries again at its next round")]
    private static partial void Failed(ILogger log, string job, Exception fault);
}

/// <summary>Puts jobs into the house.</summary>
public static class JobsRoom
{
    /// <summary>Runs a job while the site runs.</summary>
    public static void AddJob<TJob>(this IServiceCollection services)
        where TJob : Job
    {
        services.AddSingleton<TJob>();
        services.AddHostedService(provider =>
        {
            var job = provider.GetRequiredService<TJob>();
            job.Notes = provider.GetRequiredService<JobNotes>();
            job.Guard = provider.GetRequiredService<ClockGuard>();
            return job;
        });
    }
}
