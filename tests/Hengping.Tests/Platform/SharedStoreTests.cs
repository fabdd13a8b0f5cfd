using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

public sealed class SharedStoreTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ToyBook Book = ToyStore.Book;

    public static TheoryData<string> Engines => ToyStore.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_processes_share_one_log_without_a_gap_or_a_lost_race(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        await using var other = await ToyStore.OpenAt(toys.Place);
        var shared = await toys.Made("shared");
        var stores = new[] { toys.Store, other, toys.Store, other };
        var renamed = 0;

        await Task.WhenAll(
            stores.Select(store =>
                Task.Run(async () =>
                {
                    for (var i = 0; i < 25; i++)
                    {
                        var id = Guid.CreateVersion7();
                        var made = new ToyEvent.Made($"toy {id}", Paint.Red) { Story = "s" };
                        var change = store.Change(Book, new Loaded<Toy>(id, 0, 0, null), store.Now, "staff:a", [made]);
                        (await store.Append(new Commit([change]), None)).ShouldBeOfType<Outcome.Done>();
                        var loaded = await store.Load(Book, shared, None);
                        var next = store.Change(Book, loaded, store.Now, "staff:a", [new ToyEvent.Renamed($"s {id}")]);
                        if (await store.Append(new Commit([next]), None) is Outcome.Done)
                            Interlocked.Increment(ref renamed);
                    }
                })
            )
        );

        (await LogDigest.Of(toys.Store, null, None)).ShouldSatisfyAllConditions(
            digest => digest.Break.ShouldBeNull(),
            digest => digest.Events.ShouldBe(101 + renamed)
        );
        (await other.Load(Book, shared, None)).State!.Changes.ShouldBe(1 + renamed);
        (await toys.Store.Query<long>("select key from streams", null, None)).Distinct().Count().ShouldBe(101);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Text_that_PostgreSQL_cannot_keep_is_kept_readable(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        const string Odd = "a\0b\ud83ec🧸";

        var id = await toys.Made(Odd);

        (await toys.Store.First<string>("select name from toys", null, None)).ShouldBe("a\ufffdb\ufffdc🧸");
        var story = await toys.Store.ReadStory(Book, id, None);
        story[0].Event.ShouldBeOfType<ToyEvent.Made>().Name.ShouldStartWith("a\0b");
        var before = await toys.Rows();
        await Rebuilding.Run(toys.Store, [], null, None);
        (await toys.Rows()).ShouldBe(before);
    }
}
