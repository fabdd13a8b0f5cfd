using System.Diagnostics;
using System.Globalization;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// kill -9 under load: nothing that was acknowledged is lost, no commit is there by half, the chain is whole. With
/// PostgreSQL the network is cut in silence before two of three kills, and mended again before one of these. Five
/// kills an engine in the test run; <c>HENGPING_KILLS=500</c> for more by hand.
/// </summary>
public sealed class KillTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    // Every row against a rebuild takes the longer the more there is.
    private const int WholeEvery = 25;

    private static int Kills =>
        int.Parse(Environment.GetEnvironmentVariable("HENGPING_KILLS") ?? "5", CultureInfo.InvariantCulture);

    public static TheoryData<string> Engines => ToyStore.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_killed_process_loses_nothing_it_acknowledged(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        var acknowledged = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var acks = Path.Combine(toys.Place.Data, $"acks{kill}");
            await LoadUntilKilled(toys.Place, acks, kill);
            await toys.Reopen();
            var news = KillChild.Read(acks).ToList();
            await Acknowledged(toys, news);
            acknowledged += news.Count;
            if (kill < 5 || (kill + 1) % WholeEvery == 0 || kill == Kills - 1)
                await Whole(toys);
        }
        acknowledged.ShouldBeGreaterThan(Kills * 10);
        TestContext.Current.SendDiagnosticMessage($"{engine}: {Kills} kills, {acknowledged} acknowledged, 0 lost");
    }

    private static async Task LoadUntilKilled(StorePlace place, string acks, int kill)
    {
        var (cable, through) = place.Postgres is { } direct ? Cable.To(direct) : default;
        await using var held = cable;
        using var child = Start(place with { Postgres = through }, acks);
        await Grows(child, acks, 0);
        await Task.Delay(Random.Shared.Next(50, 1200), None);
        if (cable is not null && kill % 3 != 0)
        {
            cable.Cut();
            await Task.Delay(Random.Shared.Next(50, 600), None);
            if (kill % 3 == 1)
            {
                cable.Mend();
                await Grows(child, acks, new FileInfo(acks).Length);
                await Task.Delay(Random.Shared.Next(0, 200), None);
            }
        }
        child.Kill();
        await child.WaitForExitAsync(None);
    }

    private static Process Start(StorePlace place, string acks)
    {
        var program = Environment.ProcessPath!;
        // Started as «dotnet X.dll» or by its own launcher: the child is started the same way.
        string[] self =
            Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(KillChild).Assembly.Location] : [];
        var method = $"{typeof(KillChild).FullName}.{nameof(KillChild.Append_until_killed)}";
        var start = new ProcessStartInfo(program, [.. self, "-explicit", "only", "-method", method])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                [KillChild.DataVariable] = place.Data,
                [KillChild.PostgresVariable] = place.Postgres,
                [KillChild.AcksVariable] = acks,
            },
        };
        return Process.Start(start)!;
    }

    private static async Task Grows(Process child, string acks, long beyond)
    {
        var waited = Stopwatch.StartNew();
        while (!File.Exists(acks) || new FileInfo(acks).Length <= beyond)
        {
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            child.HasExited.ShouldBeFalse();
            await Task.Delay(10, None);
        }
    }

    private static async Task Acknowledged(ToyStore toys, List<KillChild.Acknowledged> news)
    {
        var versions = (
            await toys.Store.Query<(Guid Stream, int Version)>("select stream, version from streams", null, None)
        ).ToDictionary(head => head.Stream, head => head.Version);
        foreach (var one in news)
        {
            versions.GetValueOrDefault(one.Stream).ShouldBeGreaterThanOrEqualTo(one.Version, $"{one}");
            if (one.Once is { } key)
                (await toys.Store.Answered("kill", key, None)).ShouldNotBeNull();
        }
        foreach (var one in news.TakeLast(20))
        {
            var story = await toys.Store.ReadStory(ToyStore.Book, one.Stream, None);
            story[0].Event.ShouldBeOfType<ToyEvent.Made>().Story.ShouldBe("a secret");
        }
    }

    private static async Task Whole(ToyStore toys)
    {
        (await LogDigest.Of(toys.Store, null, None)).Break.ShouldBeNull();
        // Each commit made two toys with one number: there are both or neither.
        var names = await toys.Store.Query<string>("select name from toys where name like 'left %'", null, None);
        var others = await toys.Store.Query<string>("select name from toys where name like 'right %'", null, None);
        names.Select(name => name[5..]).Order().ShouldBe(others.Select(name => name[6..]).Order());
        var rows = await toys.Rows();
        await Rebuilding.Run(toys.Store, [], null, None);
        (await toys.Rows()).ShouldBe(rows);
    }
}

/// <summary>The process that gets killed: this test program again, running this one explicit test.</summary>
public sealed class KillChild
{
    public const string DataVariable = "HENGPING_KILL_DATA";
    public const string PostgresVariable = "HENGPING_KILL_POSTGRES";
    public const string AcksVariable = "HENGPING_KILL_ACKS";
    private const int Appenders = 16;

    public sealed record Acknowledged(Guid Stream, int Version, string? Once);

    [Fact(Explicit = true)]
    public async Task Append_until_killed()
    {
        var data = Environment.GetEnvironmentVariable(DataVariable);
        Assert.SkipWhen(data is null, "Only KillTests starts this");
        var place = new StorePlace(
            data!,
            Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } postgres ? postgres : null,
            Path.Combine(data!, "keys")
        );
        await using var store = await ToyStore.OpenAt(place);
        await using var acks = new FileStream(
            Environment.GetEnvironmentVariable(AcksVariable)!,
            FileMode.Create,
            FileAccess.Write,
            FileShare.Read,
            bufferSize: 0
        );
        // Not for ever: if the parent died, nobody will kill this one.
        var until = Environment.TickCount64 + 60_000;
        await Task.WhenAll(
            Enumerable
                .Range(0, Appenders)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (Environment.TickCount64 < until)
                            await AppendTwo(store, acks);
                    })
                )
        );
    }

    public static IEnumerable<Acknowledged> Read(string file) =>
        from line in File.ReadAllText(file).Split('\n')[..^1]
        let parts = line.Split(' ')
        select new Acknowledged(
            Guid.Parse(parts[0]),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            parts.Length > 2 ? parts[2] : null
        );

    private static async Task AppendTwo(Store store, FileStream acks)
    {
        var (left, right) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var key = left.ToString("N");
        var one = New(store, left, $"left {key}");
        var two = New(store, right, $"right {key}");
        var once = new Idempotent("kill", key, new byte[32], 201, [1, 2, 3], null);
        var first = await UntilTold(store, new Commit([one, two], once));
        (first is Outcome.Done or Outcome.Replayed).ShouldBeTrue($"{first}");
        Say(acks, $"{left} 1 {key}\n{right} 1\n");

        var loaded = await Reached(() => store.Load(ToyStore.Book, left, CancellationToken.None));
        ToyEvent[] handing = [new ToyEvent.HandedOver(right), new ToyEvent.HandedOver(null)];
        var handed = store.Change(ToyStore.Book, loaded, store.Now, "staff:x", handing);
        // What was kept without an answer is met again as a race with oneself.
        var second = await UntilTold(store, new Commit([handed]));
        (second is Outcome.Done or Outcome.Raced).ShouldBeTrue($"{second}");
        Say(acks, $"{left} 3\n");
    }

    /// <summary>Sends the same again until it is known what became of it.</summary>
    private static Task<Outcome> UntilTold(Store store, Commit commit) =>
        Reached(() => store.Append(commit, CancellationToken.None));

    private static async Task<T> Reached<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StoreAway)
            {
                await Task.Delay(20);
            }
        }
    }

    private static Change New(Store store, Guid id, string name)
    {
        var made = new ToyEvent.Made(name, Paint.Red) { Story = "a secret", Owner = id };
        return store.Change(ToyStore.Book, new Loaded<Toy>(id, 0, 0, null), store.Now, "staff:x", [made]);
    }

    private static void Say(FileStream acks, string lines)
    {
        lock (acks)
            acks.Write(System.Text.Encoding.ASCII.GetBytes(lines));
    }
}
