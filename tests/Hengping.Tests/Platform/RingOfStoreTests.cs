using Dapper;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>A store opens with the key ring it is sealed with, and with no other.</summary>
public sealed class RingOfStoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Without_its_keys_it_does_not_open_and_nothing_is_made(Db engine)
    {
        using var empty = await EmptyPlace.On(engine);
        var place = empty.Place;
        var id = await Filled(place, "秘密");
        var away = place.Keys + "-away";
        Directory.Move(place.Keys, away);
        (await No(place)).ShouldBe("keys.missing");
        Directory.Exists(place.Keys).ShouldBeFalse();

        Directory.CreateDirectory(place.Keys);
        File.Copy(Path.Combine(away, "master"), Path.Combine(place.Keys, "master"));
        (await No(place)).ShouldBe("keys.missing", "the master key without the ring opens nothing");
        Directory.GetFiles(place.Keys).ShouldHaveSingleItem();

        await using var store = await ToyStore.OpenAt(place with { Keys = away });
        (await Story(store, id)).ShouldBe("秘密");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Another_ring_is_refused_even_where_a_new_one_is_wanted(Db engine)
    {
        using var empty = await EmptyPlace.On(engine);
        using var other = await EmptyPlace.On(Db.Sqlite);
        await Filled(empty.Place, "秘密");
        await Filled(other.Place, "别家");
        var mixed = empty.Place with { Keys = other.Place.Keys };
        (await No(mixed)).ShouldBe("keys.foreign");
        (await No(mixed with { NewKeys = true })).ShouldBe("keys.foreign");
        await (await ToyStore.OpenAt(other.Place)).DisposeAsync();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_older_copy_is_refused_and_gives_no_slot_out_twice(Db engine)
    {
        using var empty = await EmptyPlace.On(engine);
        var place = empty.Place;
        var early = await Filled(place, "早的");
        var copy = Directory.CreateDirectory(place.Keys + "-copy").FullName;
        foreach (var file in new[] { "master", "ring" })
            File.Copy(Path.Combine(place.Keys, file), Path.Combine(copy, file));
        Guid late = default;
        await using (var store = await ToyStore.OpenAt(place))
            for (var n = 0; n < 100; n++)
                late = await Made(store, $"晚的 {n}");

        var before = File.ReadAllBytes(Path.Combine(copy, "ring"));
        (await No(place with { Keys = copy })).ShouldBe("keys.older");
        File.ReadAllBytes(Path.Combine(copy, "ring")).ShouldBe(before, "it was looked at and not changed");
        foreach (var length in new[] { 0, 64, 100 })
        {
            var cut = Directory.CreateDirectory($"{place.Keys}-{length}").FullName;
            File.Copy(Path.Combine(copy, "master"), Path.Combine(cut, "master"));
            File.WriteAllBytes(Path.Combine(cut, "ring"), before[..length]);
            (await No(place with { Keys = cut })).ShouldBe("keys.older", $"{length} bytes of a ring");
            new FileInfo(Path.Combine(cut, "ring")).Length.ShouldBe(length);
        }

        // Where it is all there is: what was sealed since is lost, and no key of then and of now share a slot.
        await using (var store = await ToyStore.OpenAt(place with { Keys = copy, NewKeys = true }))
        {
            (await Story(store, early)).ShouldBe("早的");
            (await Story(store, late)).ShouldBeNull();
        }
        await using var again = await ToyStore.OpenAt(place with { Keys = copy });
        (await Story(again, await Made(again, "新的"))).ShouldBe("新的");
        (await again.Query<long>("select key from streams group by key having count(*) > 1", null, Ct)).ShouldBeEmpty();
        (await Story(again, late)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_older_copy_is_refused_where_another_process_took_slots_behind_the_newest_keys(Db engine)
    {
        using var empty = await EmptyPlace.On(engine);
        var place = empty.Place;
        await using var first = await ToyStore.OpenAt(place);
        await Made(first, "早的");
        Guid behind;
        await using (var beside = await ToyStore.OpenAt(place))
            behind = await Made(beside, "另一个进程的");
        var copy = Directory.CreateDirectory(place.Keys + "-copy").FullName;
        foreach (var file in new[] { "master", "ring" })
            File.Copy(Path.Combine(place.Keys, file), Path.Combine(copy, file));

        var late = await Made(first, "晚的");
        var slots = await first.Query<(Guid Stream, long Key)>("select stream, key from streams", null, Ct);
        slots.Single(one => one.Stream == late).Key.ShouldBeLessThan(slots.Single(one => one.Stream == behind).Key);
        (await No(place with { Keys = copy })).ShouldBe("keys.older");
        await (await ToyStore.OpenAt(place)).DisposeAsync();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_new_ring_is_taken_where_the_call_says_so_and_is_the_stores_own_from_then_on(Db engine)
    {
        using var empty = await EmptyPlace.On(engine);
        var lost = await Filled(empty.Place, "秘密");
        long last;
        await using (var before = await ToyStore.OpenAt(empty.Place))
        {
            var message = new Message(
                "1",
                Channel.Sms,
                TestMessage.Says,
                "13912345678",
                new Dictionary<string, string>()
            );
            before.Keys.Create(new long[40]);
            await Outbox.Put(before, message, Ct);
            last = before.Keys.Create();
        }
        Directory.Delete(empty.Place.Keys, recursive: true);

        Guid kept;
        await using (var store = await ToyStore.OpenAt(empty.Place with { NewKeys = true }))
        {
            (await Story(store, lost)).ShouldBeNull();
            (await Outbox.Newest(store, 1, Ct)).ShouldBeEmpty();
            store.Keys.Create().ShouldBeGreaterThanOrEqualTo(last, "no slot is given out twice");
            kept = await Made(store, "新的");
        }
        await using var again = await ToyStore.OpenAt(empty.Place);
        (await Story(again, kept)).ShouldBe("新的");
        (await Story(again, lost)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_store_from_before_takes_the_ring_that_opens_it_and_no_other(Db engine)
    {
        using var empty = await EmptyPlace.On(engine);
        using var other = await EmptyPlace.On(Db.Sqlite);
        var id = await Filled(empty.Place, "秘密");
        await Filled(other.Place, "别家");
        await Forget(empty.Place);

        (await No(empty.Place with { Keys = other.Place.Keys })).ShouldBe("keys.foreign");
        var nowhere = empty.Place.Keys + "-none";
        (await No(empty.Place with { Keys = nowhere })).ShouldBe("keys.missing");
        Directory.Exists(nowhere).ShouldBeFalse();
        KeyRing.Open(nowhere, Rooms.House.Purposes).Dispose();
        (await No(empty.Place with { Keys = nowhere })).ShouldBe("keys.foreign", "it opens nothing");

        await (await ToyStore.OpenAt(empty.Place)).DisposeAsync();
        Directory.Move(empty.Place.Keys, empty.Place.Keys + "-away");
        (await No(empty.Place)).ShouldBe("keys.missing", "it was kept");
        await using var store = await ToyStore.OpenAt(empty.Place with { Keys = empty.Place.Keys + "-away" });
        (await Story(store, id)).ShouldBe("秘密");
    }

    [Theory]
    [InlineData(Db.Sqlite, false)]
    [InlineData(Db.Postgres, false)]
    [InlineData(Db.Sqlite, true)]
    [InlineData(Db.Postgres, true)]
    public async Task What_was_restored_asks_for_the_keys_of_its_backup(Db engine, bool isOld)
    {
        using var empty = await EmptyPlace.On(engine);
        using var target = await EmptyPlace.On(engine);
        var id = await Filled(empty.Place, "秘密");
        var file = Path.Combine(empty.Place.Data, "a.bak");
        await using (var store = await ToyStore.OpenAt(empty.Place))
            await Backup.Write(store, file, null, Ct);
        if (isOld)
            await WithoutRing(file);

        await using (var store = await ToyStore.OpenAt(target.Place))
        {
            await Restore.Run(store, file, [], null, Ct);
            (await RingOfStore.IsKept(store, Ct)).ShouldBeFalse();
        }
        (await No(target.Place)).ShouldBe("keys.foreign");
        await using (var store = await ToyStore.OpenAt(target.Place.WithCopiedKeys(empty.Place)))
            (await Story(store, id)).ShouldBe("秘密");
        await using (var store = await ToyStore.OpenAt(target.Place with { NewKeys = true }))
            (await Story(store, id)).ShouldBeNull();
        await (await ToyStore.OpenAt(target.Place)).DisposeAsync();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Several_programs_that_open_a_new_store_have_one_ring(Db engine)
    {
        using var empty = await EmptyPlace.On(engine);
        var stores = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ =>
                    Task.Run(() => Store.Open(empty.Place, ToyStore.House, new TurnableClock(Days.Monday), Ct), Ct)
                )
        );
        stores.Select(store => store.Keys.Print).Distinct().ShouldHaveSingleItem();
        (await RingOfStore.IsKept(stores[0], Ct)).ShouldBeTrue();
        foreach (var store in stores)
            await store.DisposeAsync();
    }

    private static async Task<string> No(StorePlace place) =>
        (await Should.ThrowAsync<Refused>(() => ToyStore.OpenAt(place))).Refusal.Code;

    private static async Task<Guid> Filled(StorePlace place, string story)
    {
        await using var store = await ToyStore.OpenAt(place);
        return await Made(store, story);
    }

    private static async Task<Guid> Made(Store store, string story)
    {
        var id = Guid.CreateVersion7();
        var made = new ToyEvent.Made(story, Paint.Red) { Story = story };
        var none = new Loaded<Toy>(id, 0, 0, null);
        var change = store.Change(ToyStore.Book, none, store.Now, "staff:toymaker", [made]);
        (await store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();
        return id;
    }

    private static async Task<string?> Story(Store store, Guid id) =>
        ((ToyEvent.Made)(await store.ReadStory(ToyStore.Book, id, Ct))[0].Event).Story;

    /// <summary>As a store was before it kept the print.</summary>
    private static async Task Forget(StorePlace place)
    {
        await using var store = await ToyStore.OpenAt(place);
        await store.Write((db, transaction) => db.ExecuteAsync("delete from key_ring", transaction: transaction), Ct);
    }

    /// <summary>As a backup was before it named its ring: under this name nobody asks for it.</summary>
    private static async Task WithoutRing(string file)
    {
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        var at = bytes.AsSpan().IndexOf("\"ring\""u8);
        "\"gnir\""u8.CopyTo(bytes.AsSpan(at));
        await File.WriteAllBytesAsync(file, bytes, Ct);
    }
}
