using Dapper;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>One data directory has the files of one store, and all its nodes have the same one.</summary>
public sealed class DataOfTwoStores
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>It would take evidence that the others do not find, and find none of theirs.</summary>
    [Fact]
    public async Task A_node_with_another_directory_does_not_start()
    {
        using var place = await EmptyPlace.On(Db.Postgres);
        await Opened(place.Place);
        var elsewhere = place.Place with { Data = Scratch.NewFolder() };
        (await No(elsewhere)).ShouldBe("data.other");
        Directory.GetFiles(elsewhere.Data).ShouldBeEmpty();
        await using (var one = await Open(place.Place))
        await using (var two = await Open(place.Place))
            (await one.Pulse(Ct)).ShouldBe(await two.Pulse(Ct));

        // As rsync brings it to another machine, or to a larger disk.
        File.Copy(Path.Combine(place.Place.Data, ".store"), Path.Combine(elsewhere.Data, ".store"));
        await Opened(elsewhere);
        await Opened(place.Place);
        Directory.Delete(elsewhere.Data, recursive: true);
    }

    [Fact]
    public async Task A_directory_that_is_gone_for_good_is_replaced_when_told_and_the_first_is_none_any_more()
    {
        using var place = await EmptyPlace.On(Db.Postgres);
        await Opened(place.Place);
        var next = place.Place with { Data = Scratch.NewFolder() };
        await Opened(next with { TakesOver = true });
        await Opened(next);
        (await No(place.Place)).ShouldBe("data.other");
        Directory.Delete(next.Data, recursive: true);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_directory_of_another_store_is_refused_and_taken_over_when_told(Db engine)
    {
        using var first = await EmptyPlace.On(Db.Postgres);
        using var second = await EmptyPlace.On(engine);
        await Opened(first.Place);
        var shared = second.Place with { Data = first.Place.Data, Keys = second.Place.Keys };
        (await No(shared)).ShouldBe("data.other");
        await Opened(first.Place);
        await Opened(shared with { TakesOver = true });
        (await No(first.Place)).ShouldBe("data.other");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_directory_from_before_is_bound_at_the_first_start(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using (var store = await Open(place.Place))
            await store.Write((db, tx) => db.ExecuteAsync("update store_state set data = null", null, tx), Ct);
        File.Delete(Path.Combine(place.Place.Data, ".store"));
        await Opened(place.Place);
        File.Delete(Path.Combine(place.Place.Data, ".store"));
        (await No(place.Place)).ShouldBe("data.other", "the directory was emptied");
    }

    /// <summary>The database alone, without the files beside it.</summary>
    [Fact]
    public async Task A_database_that_moved_without_its_files_is_refused()
    {
        using var place = await EmptyPlace.On(Db.Sqlite);
        await Opened(place.Place);
        SqliteConnection.ClearAllPools();
        var alone = place.Place with { Data = Scratch.NewFolder() };
        File.Move(Path.Combine(place.Place.Data, "hengping.db"), Path.Combine(alone.Data, "hengping.db"));
        (await No(alone)).ShouldBe("data.other");
        await Opened(alone with { TakesOver = true });
        await Opened(alone);
        Directory.Delete(alone.Data, recursive: true);
    }

    private static Task<Store> Open(StorePlace place) =>
        Store.Open(place, Rooms.House, new TurnableClock(Days.Monday), Ct);

    private static async Task Opened(StorePlace place)
    {
        await using var store = await Open(place);
        (await store.Pulse(Ct)).ShouldBeNull();
    }

    private static async Task<string> No(StorePlace place) =>
        (await Should.ThrowAsync<Refused>(() => Open(place))).Refusal.Code;
}
