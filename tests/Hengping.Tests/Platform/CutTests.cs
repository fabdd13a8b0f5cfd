using System.Collections.Concurrent;
using System.Diagnostics;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// A silent cut between a node and PostgreSQL, while the node holds the log's lock: the others go on within five
/// seconds, the cut one says that nothing was kept or that it does not know, and is whole again within ten seconds of
/// the network. All of them are under load, and everything that was acknowledged is there once.
/// </summary>
public sealed class CutTests
{
    private static readonly TimeSpan OthersMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HealsMax = TimeSpan.FromSeconds(10);
    private static readonly CancellationToken None = CancellationToken.None;

    // In the body of an event, so it is sent while the lock is held and not before.
    private const string Mark = "marked-for-the-cut";

    // Each waits most of its time, and has a database of its own: all at once.
    [Fact]
    public Task A_cut_node_holds_nobody_up_and_loses_nothing()
    {
        Assert.SkipUnless(Postgres.Present, "PostgreSQL is not installed: apt-get install postgresql");
        return Task.WhenAll(
            // The batch is lost: the server waits idle in the transaction, with the lock.
            Cut(CutWhere.Before, [Mark], StoreAway.Away.Code, nodes: 2),
            // Half of it is there: no idle time-out runs.
            Cut(CutWhere.Within, [Mark], StoreAway.Away.Code, nodes: 3),
            // The commit is not sent; it is, and its answer is lost.
            Cut(CutWhere.Before, [Mark, "COMMIT"], StoreAway.Unknown.Code, nodes: 3),
            Cut(CutWhere.After, [Mark, "COMMIT"], StoreAway.Unknown.Code, nodes: 2)
        );
    }

    /// <param name="where">Where the cut comes.</param>
    /// <param name="marks">After what was sent.</param>
    /// <param name="code">What the cut node says of it.</param>
    /// <param name="nodes">How many there are.</param>
    private static async Task Cut(CutWhere where, string[] marks, string code, int nodes)
    {
        await using var toys = await ToyStore.Open("postgres");
        var (cable, through) = Cable.To(toys.Place.Postgres!);
        await using var held = cable;
        await using var cutOff = await ToyStore.OpenAt(toys.Place with { Postgres = through });
        await using var third = nodes > 2 ? await ToyStore.OpenAt(toys.Place) : null;
        using var load = new Load();
        var work = new List<Task> { load.On(cutOff, "cut") };
        foreach (var other in new[] { toys.Store, third }.OfType<Store>())
            work.Add(load.On(other, "other"));
        await Eventually.Holds(() => load.Acknowledged("cut") > 20 && load.Acknowledged("other") > 20, "load");

        var cut = cable.CutAt(where, marks);
        // A mark that is sent in two pieces, or by a connection that ends before the next one, is not seen: again then.
        for (var tries = 0; !cut.IsCompleted; tries++)
        {
            tries.ShouldBeLessThan(30, "the cut never came");
            if (tries > 0)
                cut = cable.CutAt(where, marks);
            load.IsMarked = true;
            await Task.WhenAny(cut, Task.Delay(2000, None));
        }
        var cutAt = Stopwatch.GetTimestamp();
        await Eventually.Holds(() => load.Faults.Any(fault => fault.Code == code), "an answer at the cut node");
        var answered = Stopwatch.GetElapsedTime(cutAt);
        var silence = load.LongestSilence("other", cutAt);
        cable.Mend();
        var mendedAt = Stopwatch.GetTimestamp();
        await Eventually.Holds(() => load.AcknowledgedSince("cut", mendedAt), "the cut node again");
        var healed = Stopwatch.GetElapsedTime(mendedAt);
        await load.End(work);

        var figures =
            $"{where} {string.Join(", then ", marks)}, {nodes} nodes: others silent {silence.TotalSeconds:F1} s, "
            + $"{code} after {answered.TotalSeconds:F1} s, healed in {healed.TotalSeconds:F1} s";
        TestContext.Current.SendDiagnosticMessage(figures);
        silence.ShouldBeLessThan(OthersMax, figures);
        healed.ShouldBeLessThan(HealsMax, figures);
        load.Faults.Select(fault => fault.Code)
            .ShouldAllBe(said => said.StartsWith("store.", StringComparison.Ordinal));
        load.Faults.Where(fault => fault.Node == "cut").ShouldNotBeEmpty();
        // Whoever heard «unknown» sent the same again: each toy is there once, and no other is.
        (await LogDigest.Of(toys.Store, null, None)).ShouldSatisfyAllConditions(
            digest => digest.Break.ShouldBeNull(),
            digest => digest.Events.ShouldBe(load.Toys.Count)
        );
        var there = await toys.Store.Query<Guid>("select stream from streams", null, None);
        there.Order().ShouldBe(load.Toys.Order());
    }

    /// <summary>Toys made on all nodes at once, each under a key of its own, and tried until acknowledged.</summary>
    private sealed class Load : IDisposable
    {
        private const int MakersOfNode = 4;
        private readonly ConcurrentQueue<(string Node, long At)> acknowledged = [];
        private readonly CancellationTokenSource over = new();
        private int markedLeft;
        private volatile bool isGivenUp;

        public ConcurrentQueue<(string Node, string Code)> Faults { get; } = [];

        public ConcurrentBag<Guid> Toys { get; } = [];

        /// <summary>The next toy of the node that will be cut carries the mark.</summary>
        public bool IsMarked
        {
            set => Interlocked.Exchange(ref markedLeft, value ? 1 : 0);
        }

        public int Acknowledged(string node) => acknowledged.Count(one => one.Node == node);

        public bool AcknowledgedSince(string node, long at) => acknowledged.Any(one => one.Node == node && one.At > at);

        /// <summary>The longest time after an instant without an acknowledgement, up to now.</summary>
        public TimeSpan LongestSilence(string node, long from)
        {
            var (last, longest) = (from, TimeSpan.Zero);
            foreach (var (_, at) in acknowledged.Where(one => one.Node == node && one.At > from).OrderBy(one => one.At))
            {
                var silence = Stopwatch.GetElapsedTime(last, at);
                (last, longest) = (at, silence > longest ? silence : longest);
            }
            var now = Stopwatch.GetElapsedTime(last);
            return now > longest ? now : longest;
        }

        public Task On(Store store, string node) =>
            Task.WhenAll(Enumerable.Range(0, MakersOfNode).Select(_ => Task.Run(() => Make(store, node))));

        public async Task End(IEnumerable<Task> work)
        {
            await over.CancelAsync();
            await Task.WhenAll(work);
        }

        /// <summary>Where the test failed, too: nobody goes on making toys.</summary>
        public void Dispose()
        {
            isGivenUp = true;
            over.Cancel();
            over.Dispose();
        }

        private async Task Make(Store store, string node)
        {
            while (!over.IsCancellationRequested)
            {
                var id = Guid.CreateVersion7();
                var isMarked = node == "cut" && Interlocked.CompareExchange(ref markedLeft, 0, 1) == 1;
                var made = new ToyEvent.Made($"toy {id:N}", Paint.Red) { Tags = [isMarked ? Mark : "plain"] };
                var fresh = new Loaded<Toy>(id, 0, 0, null);
                var change = store.Change(ToyStore.Book, fresh, store.Now, "staff:x", [made]);
                var once = new Idempotent("load", $"{id:N}", new byte[32], 201, "1"u8.ToArray(), null);
                await UntilAcknowledged(store, node, new Commit([change], once));
                Toys.Add(id);
                await Task.Delay(5, None);
            }
        }

        private async Task UntilAcknowledged(Store store, string node, Commit commit)
        {
            while (true)
            {
                try
                {
                    var outcome = await store.Append(commit, None);
                    (outcome is Outcome.Done or Outcome.Replayed).ShouldBeTrue($"{outcome}");
                    acknowledged.Enqueue((node, Stopwatch.GetTimestamp()));
                    return;
                }
                catch (StoreAway away) when (!isGivenUp)
                {
                    Faults.Enqueue((node, away.Refusal.Code));
                    await Task.Delay(20, None);
                }
            }
        }
    }
}
