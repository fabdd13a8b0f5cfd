namespace Hengping.App.Platform;

/// <summary>How far long work has come, on stderr: a bar on a terminal, plain lines elsewhere.</summary>
public sealed class WorkBar(string what)
{
    private const int Width = 30;
    private static readonly TimeSpan BarEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private long shownAtMs = Environment.TickCount64;

    /// <summary>Shows it, now and then.</summary>
    public void Report(long done, long total)
    {
        var now = Environment.TickCount64;
        var isDue = now - shownAtMs > (isTerminal ? BarEvery : LineEvery).TotalMilliseconds;
        if (!isDue && !(isTerminal && done >= total))
            return;
        shownAtMs = now;
        var part = total <= 0 ? 1 : Math.Min(1, (double)done / total);
        if (!isTerminal)
        {
            Cli.Say($"{what}: {done} / {total}");
            return;
        }
        var full = (int)(part * Width);
        Console.Error.Write($"\r{what} [{new string('#', full)}{new string('.', Width - full)}] {part:P0} ");
        if (done >= total)
            Console.Error.WriteLine();
    }
}
