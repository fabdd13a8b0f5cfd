using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

public sealed class ListenerTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<string> Engines => ToyStore.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_committed_is_heard_and_after_a_restart_goes_on(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        await toys.Made("before");
        var listener = new ToyListener();
        await using (var _ = await Running.Start(toys.Store, listener))
        {
            await Words(toys, 1);
            await toys.Made("while");
            await Words(toys, 2);
        }
        await toys.Made("between");
        await toys.Reopen();
        await using (var _ = await Running.Start(toys.Store, listener))
            await Words(toys, 3);

        listener.Heard.ShouldBe(3);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Commits_of_another_process_are_heard(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        await using var other = await ToyStore.OpenAt(toys.Place);
        await using var running = await Running.Start(other, new ToyListener());

        await toys.Made("elsewhere");
        await Words(toys, 1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_broken_listener_is_named_leaves_no_row_and_holds_up_nobody(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        var broken = new ToyListener("broken") { IsBroken = true };
        var whole = new OtherListener();
        await using var running = await Running.Start(toys.Store, broken, whole);
        await toys.Made("bear");

        await Eventually.Holds(() => whole.Heard == 1, "the other listener has heard");
        await Eventually.Holds(
            async () => (await running.Runner.Figures(None)).Any(f => f.Fault == "broken on purpose"),
            "the fault is known"
        );
        (await toys.Store.First<int>("select count(*) from toy_words", null, None)).ShouldBe(0);
        (await running.Runner.Figures(None)).Single(f => f.Name == "broken").Behind.ShouldBe(1);

        broken.IsBroken = false;
        await Words(toys, 1);
        await Eventually.Holds(
            async () => (await running.Runner.Figures(None)).All(f => f is { Behind: 0, Fault: null }),
            "all have heard all"
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_nodes_hear_each_event_once_between_them(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        await using var other = await ToyStore.OpenAt(toys.Place);
        var (one, two) = (new ToyListener(), new ToyListener());
        await using var here = await Running.Start(toys.Store, one);
        await using var there = await Running.Start(other, two);
        for (var i = 0; i < 40; i++)
            await toys.Made($"toy {i}");

        await Words(toys, 40);
        await Listening.CatchUp(toys.Store, [one], None);
        (await toys.Store.First<int>("select count(*) from toy_words", null, None)).ShouldBe(40);
        (one.Heard + two.Heard).ShouldBe(40);
    }

    private static Task Words(ToyStore toys, int count) =>
        Eventually.Holds(
            async () => await toys.Store.First<int>("select count(*) from toy_words", null, None) >= count,
            $"{count} words"
        );

    private sealed class OtherListener : Listener
    {
        public int Heard { get; private set; }
        public override string Name => "other";

        public override Task Hear(
            Store store,
            IReadOnlyList<StoredEvent> batch,
            System.Data.Common.DbConnection db,
            System.Data.Common.DbTransaction transaction,
            CancellationToken ct
        )
        {
            Heard += batch.Count;
            return Task.CompletedTask;
        }

        public override Task Forget(System.Data.Common.DbConnection db, System.Data.Common.DbTransaction transaction) =>
            Task.CompletedTask;
    }

    private sealed class Running(ListenerRunner runner) : IAsyncDisposable
    {
        public ListenerRunner Runner => runner;

        public static async Task<Running> Start(Store store, params Listener[] listeners)
        {
            var runner = new ListenerRunner(store, listeners, NullLogger<ListenerRunner>.Instance);
            await runner.StartAsync(None);
            return new Running(runner);
        }

        public async ValueTask DisposeAsync()
        {
            await runner.StopAsync(None);
            runner.Dispose();
        }
    }
}
