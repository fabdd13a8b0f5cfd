using Hengping.App.Platform;
using Spectre.Console;

namespace Hengping.App.Importing;

/// <summary>How far an import is: a bar on a terminal, a plain line now and then elsewhere; always on stderr.</summary>
internal static class ImportProgress
{
    private static readonly TimeSpan BarEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    /// <summary>Shows it until the work is done.</summary>
    public static Task<ImportResult> Show(SourceTable table, ImportRun run, Task<ImportResult> work) =>
        Console.IsErrorRedirected ? Lines(table, run, work) : Bar(table, run, work);

    private static async Task<ImportResult> Lines(SourceTable table, ImportRun run, Task<ImportResult> work)
    {
        while (await Task.WhenAny(work, Task.Delay(LineEvery)) != work)
            Cli.Say($"已读 {run.Read} 行 / rows read: {run.Read} ({table.Progress:P0})");
        return await work;
    }

    private static Task<ImportResult> Bar(SourceTable table, ImportRun run, Task<ImportResult> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn()
            )
            .StartAsync(async context =>
            {
                var bar = context.AddTask("导入 / import", maxValue: 1);
                while (await Task.WhenAny(work, Task.Delay(BarEvery)) != work)
                {
                    bar.Value = table.Progress;
                    bar.Description = $"导入 / import {run.Read}";
                }
                bar.Value = 1;
                return await work;
            });
    }
}
