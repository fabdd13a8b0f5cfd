using System.Diagnostics;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>
/// kill -9 while keys are rotated: the store opens with the ring as it is, every phone is found and every profile read,
/// and the command run again ends it. Three kills an engine in the test run; <c>HENGPING_KILLS=50</c> by hand.
/// </summary>
public sealed class RotationKills
{
    private const int People = 300;
    private static readonly CancellationToken None = CancellationToken.None;

    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("HENGPING_KILLS") ?? "3", null);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Killed_anywhere_it_can_be_run_again(Db engine)
    {
        using var empty = await EmptyPlace.On(engine);
        await using (var store = await Open(empty.Place))
        {
            for (var i = 0; i < People; i++)
                await AccountDesk.Open(store, Role.Claimant, Person(i), null, "cli", [], None);
            // A sweep worth killing.
            store.Keys.Create(new long[60_000]);
            store.Keys.Flush();
        }
        for (var kill = 0; kill < Kills; kill++)
        {
            await RotateUntilKilled(empty.Place, Path.Combine(empty.Place.Data, $"begun{kill}"));
            await using var store = await Open(empty.Place);
            await Check(store);
        }
        await using (var store = await Open(empty.Place))
        {
            await Rotation.Run(store, Rooms.House.Listeners(store, ""), None);
            await Check(store);
        }
        var ring = await File.ReadAllBytesAsync(Path.Combine(empty.Place.Keys, "ring"), None);
        Enumerable.Range(1, (ring.Length / 64) - 1).Count(slot => ring[slot * 64] == 3).ShouldBe(32, "one set is left");
        File.Exists(Path.Combine(empty.Place.Keys, "master.next")).ShouldBeFalse();
        await using var last = await Open(empty.Place);
        await Check(last);
    }

    private static Profile Person(int no) => new($"某人{no}", $"1390000{no:D4}", null, null);

    private static Task<Store> Open(StorePlace place) =>
        Store.Open(place, Rooms.House, new TurnableClock(Days.Monday), None);

    private static async Task Check(Store store)
    {
        for (var no = 0; no < People; no += 17)
        {
            var id = await AccountDesk.FindByPhone(store, Role.Claimant, Person(no).Phone!, None);
            (await AccountDesk.ProfileOf(store, id!.Value, None)).ShouldBe(Person(no));
        }
        var again = await AccountDesk.Open(store, Role.Claimant, Person(3), null, "cli", [], None);
        again.Refusal.ShouldBe(AccountDesk.PhoneTaken);
    }

    private static async Task RotateUntilKilled(StorePlace place, string begun)
    {
        var program = Environment.ProcessPath!;
        string[] self =
            Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(RotationChild).Assembly.Location] : [];
        var method = $"{typeof(RotationChild).FullName}.{nameof(RotationChild.Rotate_until_killed)}";
        var start = new ProcessStartInfo(program, [.. self, "-explicit", "only", "-method", method])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                [RotationChild.Data] = place.Data,
                [RotationChild.Postgres] = place.Postgres,
                [RotationChild.Begun] = begun,
            },
        };
        using var child = Process.Start(start)!;
        var waited = Stopwatch.StartNew();
        while (!File.Exists(begun))
        {
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            child.HasExited.ShouldBeFalse();
            await Task.Delay(5, None);
        }
        await Task.Delay(Random.Shared.Next(5, 2500), None);
        child.Kill();
        await child.WaitForExitAsync(None);
    }
}

/// <summary>The process that gets killed: this test program again, running this one explicit test.</summary>
public sealed class RotationChild
{
    public const string Data = "HENGPING_ROTATE_DATA";
    public const string Postgres = "HENGPING_ROTATE_POSTGRES";
    public const string Begun = "HENGPING_ROTATE_BEGUN";

    [Fact(Explicit = true)]
    public async Task Rotate_until_killed()
    {
        var data = Environment.GetEnvironmentVariable(Data);
        Assert.SkipWhen(data is null, "Only RotationKills starts this");
        var postgres = Environment.GetEnvironmentVariable(Postgres) is { Length: > 0 } named ? named : null;
        var place = new StorePlace(data!, postgres, Path.Combine(data!, "keys"));
        await using var store = await Store.Open(place, Rooms.House, new TurnableClock(Days.Monday), default);
        await File.WriteAllTextAsync(Environment.GetEnvironmentVariable(Begun)!, "", default);
        // Not for ever: if the parent died, nobody will kill this one.
        for (var runs = 0; runs < 20; runs++)
            await Rotation.Run(store, Rooms.House.Listeners(store, ""), default);
    }
}
