using System.Net;
using Dapper;
using Hengping.App;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Tests.Complaints;
using Hengping.Tests.Evidence;
using Hengping.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>One keys directory serves one store: what a copy erases, the live one would lose with it.</summary>
public sealed class RingsOfTwoStores
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>
    /// An old backup looked at beside the live site: a file that was in no case then is in one by now.
    /// </summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_restored_copy_opens_with_a_copy_of_the_keys_alone_and_takes_nothing_from_the_live_one(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var file = (await desk.Claimant.Upload(SampleFiles.PictureOf("own"), "a.gif", "image/gif").Json(201))
            .GetProperty("id")
            .GetString();
        var backup = Path.Combine(site.Place.Data, "old.bak");
        await Backup.Write(site.Store, backup, null, Ct);
        var id = await desk.Filed(desk.Body("evidence", new[] { file }));
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();

        using var empty = await EmptyPlace.On(engine);
        (await Restored(empty.Place with { Keys = site.Place.Keys }, backup)).ShouldBe(1);
        (await No(empty.Place with { Keys = site.Place.Keys })).ShouldBe("keys.other-store");
        var copied = empty.Place.WithCopiedKeys(site.Place);
        (await Restored(copied, backup)).ShouldBe(0);
        (await No(copied with { Keys = site.Place.Keys })).ShouldBe("keys.other-store");
        await using (var copy = await Store.Open(copied, Rooms.House, new TurnableClock(Days.Monday.AddDays(30)), Ct))
        {
            await new UnusedEvidence(copy, NullLogger<UnusedEvidence>.Instance).Once(Ct);
            (await copy.Query<Guid>("select id from evidence", null, Ct)).ShouldBeEmpty("its own clock says so");
        }
        foreach (var reader in new[] { desk.Claimant, desk.Merchant, desk.Mediator })
            (await reader.GetAsync($"/api/v1/evidence/{file}", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_copy_of_the_database_is_refused_while_the_first_is_there_and_takes_over_when_told(Db engine)
    {
        using var first = await EmptyPlace.On(engine);
        await Opened(first.Place);
        var copy = CopyOf(first.Place);
        try
        {
            (await No(copy)).ShouldBe("keys.other-store");
            await Opened(copy.WithCopiedKeys(first.Place));
            await Opened(first.Place);

            await using (var live = await Store.Open(first.Place, Rooms.House, new TurnableClock(Days.Monday), Ct))
            {
                await using (await Open(copy with { TakesOver = true }))
                    await Lost(live);
                await Opened(copy);
            }
            (await No(first.Place)).ShouldBe("keys.other-store");
            await Opened(first.Place with { TakesOver = true });
            await Opened(first.Place);
        }
        finally
        {
            if (copy.Postgres is { } database)
                Postgres.Drop(database);
            Directory.Delete(copy.Data, recursive: true);
        }
    }

    /// <summary>The site whose keys were taken keeps and destroys nothing any more, and says so.</summary>
    private static async Task Lost(Store live)
    {
        Should.Throw<StoreAway>(() => live.Keys.Destroy(1)).Refusal.ShouldBe(KeyRing.OtherStore);
        (await live.Pulse(Ct)).ShouldBe(KeyRing.OtherStore);
    }

    [Fact]
    public async Task A_store_that_moved_opens_as_before()
    {
        using var place = await EmptyPlace.On(Db.Sqlite);
        var keys = place.Place.Data + "-keys";
        var moved = place.Place.Data + "-moved";
        await Opened(place.Place with { Keys = keys });
        Directory.Move(place.Place.Data, moved);
        await Opened(place.Place with { Data = moved, Keys = keys });
        Directory.Move(moved, place.Place.Data);
        await Opened(place.Place with { Keys = keys });
        var link = place.Place.Data + "-link";
        Directory.CreateSymbolicLink(link, place.Place.Data);
        await Opened(place.Place with { Data = link, Keys = keys });
        Directory.Delete(link);
        Directory.Delete(keys, recursive: true);
    }

    /// <summary>As the program of before left it: nothing is marked, and the first start does it.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_store_from_before_has_its_keys_from_its_first_start_on(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        using var other = await EmptyPlace.On(engine);
        await Forget(place.Place);
        await using (var one = await Open(place.Place))
        await using (var two = await Open(place.Place))
            (await two.Pulse(Ct)).ShouldBe(await one.Pulse(Ct));
        (await No(other.Place with { Keys = place.Place.Keys })).ShouldBe("keys.other-store");
        // What was refused has taken nothing, and opens with keys of its own.
        await Opened(other.Place);
    }

    private static async Task Forget(StorePlace place)
    {
        await using (var store = await Open(place))
            await store.Write(
                (db, tx) => db.ExecuteAsync("update store_state set id = null, data = null", null, tx),
                Ct
            );
        foreach (var directory in new[] { place.Keys, place.Data })
            File.Delete(Path.Combine(directory, ".store"));
    }

    private static StorePlace CopyOf(StorePlace place)
    {
        var data = Scratch.NewFolder();
        // Of the files what says whose they are.
        File.Copy(Path.Combine(place.Data, ".store"), Path.Combine(data, ".store"));
        if (place.Postgres is not { } database)
        {
            SqliteConnection.ClearAllPools();
            File.Copy(Path.Combine(place.Data, "hengping.db"), Path.Combine(data, "hengping.db"));
            return place with { Data = data };
        }
        NpgsqlConnection.ClearPool(new NpgsqlConnection(database));
        return place with { Data = data, Postgres = Postgres.NewDatabase(Postgres.NameOf(database)) };
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

    private static Task<int> Restored(StorePlace place, string file)
    {
        string[] asked = ["restore", file, "--data", place.Data, "--keys", place.Keys];
        return Cli.Run(Rooms.House.Commands(), place.Postgres is { } db ? [.. asked, "--db", db] : asked);
    }
}
