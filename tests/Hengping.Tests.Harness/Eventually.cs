using Shouldly;
using Xunit;

namespace Hengping.Tests.Harness;

/// <summary>
/// What comes a moment after its cause (a listener, a job, a message) is waited for by its condition, never by the
/// clock: on a machine at full load everything takes longer and nothing else changes.
/// </summary>
public static class Eventually
{
    private const long PatienceMs = 60_000;

    /// <summary>Waits until it holds; fails after a minute.</summary>
    public static async Task Holds(Func<Task<bool>> isSo, string what)
    {
        var until = Environment.TickCount64 + PatienceMs;
        while (!await isSo())
        {
            Environment.TickCount64.ShouldBeLessThan(until, what);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until it holds; fails after a minute.</summary>
    public static Task Holds(Func<bool> isSo, string what) => Holds(() => Task.FromResult(isSo()), what);
}
