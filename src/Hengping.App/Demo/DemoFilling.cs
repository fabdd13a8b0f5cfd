using System.Diagnostics;
using System.Globalization;
using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.World;
using Spectre.Console;

namespace Hengping.App.Demo;

/// <summary>
/// Fills the store of <c>serve --demo</c> behind a site that already answers; <c>/readyz</c> says no until it is done.
/// </summary>
public sealed class DemoFilling(
    Store store,
    Law law,
    Readiness readiness,
    ListenerRunner listeners,
    IConfiguration settings,
    IHostApplicationLifetime life,
    ILogger<DemoFilling> log
) : IHostedService
{
    private Task filling = Task.CompletedTask;

    /// <summary>Not ready before the first request can come in.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        readiness.Waiting = "filling the demo market";
        listeners.IsHeld = () => readiness.Waiting is not null;
        life.ApplicationStarted.Register(() => filling = Task.Run(Fill));
        return Task.CompletedTask;
    }

    /// <summary>The store may close only when nothing is written any more.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => filling.WaitAsync(cancellationToken);

    private async Task Fill()
    {
        try
        {
            var since = Stopwatch.StartNew();
            var ct = life.ApplicationStopping;
            var size = new MarketSize(
                settings.GetValue("Demo:Complaints", MarketSize.Demo.Complaints),
                settings.GetValue("Demo:People", MarketSize.Demo.People)
            );
            var filled = await Shown(report => DemoFill.Run(store, law, size, report, ct));
            if (filled)
            {
                await Listening.CatchUp(store, [RatingsListener.Instance], ct);
                await DemoLists.Publish(store, ct);
            }
            Cli.Say(
                filled
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"演示市场已就绪 / the demo market is ready ({since.Elapsed.TotalSeconds:0.0} s): /demo"
                    )
                    : "库中已有其他数据，不再生成演示市场 / this store holds other data: no market was generated"
            );
            readiness.Waiting = null;
        }
        catch (OperationCanceledException)
        {
            Cli.Say("演示数据尚未生成完，下次启动时继续 / filling was cut short and goes on at the next start");
        }
        catch (Exception fault)
        {
            readiness.Waiting = "filling the demo market failed";
            LogFailed(log, fault);
            life.StopApplication();
            Environment.ExitCode = 1;
        }
    }

    private static readonly Action<ILogger, Exception?> LogFailed = LoggerMessage.Define(
        LogLevel.Error,
        new EventId(1, "DemoFailed"),
        "The demo market could not be generated"
    );

    /// <summary>A bar on a terminal, plain lines elsewhere.</summary>
    private static async Task<bool> Shown(Func<Action<int, int>, Task<bool>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(Lines());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console
            .Progress()
            .AutoClear(true)
            .StartAsync(async bar =>
            {
                var task = bar.AddTask("演示市场 demo market", maxValue: 1);
                return await work(
                    (done, total) =>
                    {
                        task.MaxValue = total;
                        task.Value = done;
                    }
                );
            });
    }

    private static Action<int, int> Lines()
    {
        var shown = 0;
        return (done, total) =>
        {
            var tenth = (int)(done * 10L / total);
            var before = Volatile.Read(ref shown);
            if (tenth > before && Interlocked.CompareExchange(ref shown, tenth, before) == before)
                Cli.Say(string.Create(CultureInfo.InvariantCulture, $"演示市场 demo market {tenth * 10}%"));
        };
    }
}
