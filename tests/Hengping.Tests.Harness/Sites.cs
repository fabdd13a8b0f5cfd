using Hengping.Tests.Complaints;

namespace Hengping.Tests.Harness;

/// <summary>
/// One site on each engine for all tests of a class: to start one costs more than most tests do. Tests of a class run
/// one after another, so what one of them appends is its own; what lies there already may be of others. A test that
/// turns the clock, erases, sets what holds for all, or counts what others may have added starts a site of its own.
/// <code>public sealed class Seeing(Sites sites) : IClassFixture&lt;Sites&gt;</code>
/// </summary>
public sealed class Sites : IAsyncDisposable
{
    private static int Given;

    private readonly Dictionary<Db, Task<Site>> started = [];
    private readonly Dictionary<Db, Task<Desk>> desks = [];

    /// <summary>As <c>云上百货7</c>: two entries of one name there cannot be.</summary>
    public static string OwnName(string name) => $"{name}{Interlocked.Increment(ref Given)}";

    /// <summary>A number nobody else has an account by. What a case says of its claimant is another thing.</summary>
    public static string OwnPhone() => $"137{Interlocked.Increment(ref Given):D8}";

    /// <summary>The site of an engine, started by the first test that asks. Not the test's to dispose of.</summary>
    public Task<Site> On(Db engine)
    {
        if (!started.TryGetValue(engine, out var site))
            started[engine] = site = Site.Start(engine);
        return site;
    }

    /// <summary>One desk there for the rows of a table, each of which has a case of its own.</summary>
    internal Task<Desk> DeskOn(Db engine)
    {
        if (!desks.TryGetValue(engine, out var desk))
            desks[engine] = desk = Desk.Open(this, engine);
        return desk;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // One that did not start has told its tests so, or has skipped them.
        foreach (var site in started.Values.Where(site => site.IsCompletedSuccessfully))
            await (await site).DisposeAsync();
    }
}
