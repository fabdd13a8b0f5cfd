using System.Security.Cryptography;
using System.Text;
using Dapper;
using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

public sealed class StoreTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ToyBook Book = ToyStore.Book;

    public static TheoryData<string> Engines => ToyStore.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_appended_is_loaded_told_and_stands_in_rows(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        var (id, owner) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var person = toys.Store.Keys.Create();
        var made = new ToyEvent.Made("熊", Paint.DarkBlue)
        {
            Owner = owner,
            Price = 12.50m,
            Day = new DateOnly(2026, 10, 1),
            Tags = ["a", "b"],
            Story = "它是蓝色的🧸",
            Contact = new ToyContact("王", "13800000000"),
        };
        var at = toys.Store.Now.AddYears(-1);
        var change = toys.Store.Change(
            Book,
            new Loaded<Toy>(id, 0, 0, null),
            Stamped.All<ToyEvent>([made], at, "staff:a"),
            person
        );

        (await toys.Store.Append(new Commit([change]), None)).ShouldBe(new Outcome.Done(1));

        var loaded = await toys.Store.Load(Book, id, None);
        loaded.Version.ShouldBe(1);
        loaded.KeySlot.ShouldBe(change.KeySlot);
        loaded.State.ShouldBe(new Toy("熊", Paint.DarkBlue, owner, false, 1, at));
        var one = (await toys.Store.ReadStory(Book, id, None)).ShouldHaveSingleItem();
        var again = one.Event.ShouldBeOfType<ToyEvent.Made>();
        again.Tags.ShouldBe(made.Tags);
        (again with { Tags = made.Tags }).ShouldBe(made);
        (one.At, one.Author).ShouldBe((at, "staff:a"));
        var row = await toys.Store.First<Row>("select * from toys where id = @id", new { id }, None);
        row.ShouldBe(new Row(id, "熊", "darkBlue", 1, false, at));
        var owned = await toys.Store.Query<Guid>(
            "select toy from toy_owners where owner in @owners",
            new { owners = new[] { owner } },
            None
        );
        owned.ShouldBe([id]);
        Encoding.UTF8.GetString((await toys.Store.ReadLog(0, 10, None))[0].Body).ShouldNotContain("王");
    }

    private sealed record Row(Guid Id, string Name, string Paint, int Version, bool Lost, DateTimeOffset At);

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_decisions_on_one_version_the_second_has_raced(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        var id = await toys.Made("bear");
        var one = await toys.Change(id, new ToyEvent.Renamed("one"));
        var two = await toys.Change(id, new ToyEvent.Renamed("two"));

        (await toys.Store.Append(new Commit([one]), None)).ShouldBe(new Outcome.Done(2));
        (await toys.Store.Append(new Commit([two]), None)).ShouldBe(new Outcome.Raced(id));
        (await toys.Store.Append(new Commit([toys.New(id, new ToyEvent.Made("three", Paint.Red))]), None)).ShouldBe(
            new Outcome.Raced(id)
        );

        (await toys.Store.Load(Book, id, None)).State!.Name.ShouldBe("one");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_claim_holds_until_it_is_released(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        var first = await toys.Made("bear");
        var second = Guid.CreateVersion7();
        var made = new ToyEvent.Made("bear", Paint.Red);

        (await toys.Happen(second, made)).ShouldBe(new Outcome.Taken(new Reservation("toy-name", "bear"), first));
        (await toys.Happen(first, new ToyEvent.Lost())).ShouldBeOfType<Outcome.Done>();
        (await toys.Happen(second, made)).ShouldBeOfType<Outcome.Done>();
        (await toys.Happen(first, new ToyEvent.Renamed("bear"))).ShouldBeOfType<Outcome.Done>();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_claim_moves_between_streams_in_one_commit(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        var first = await toys.Made("bear");
        var second = await toys.Made("wolf");
        var commit = new Commit([
            await toys.Change(second, new ToyEvent.Renamed("bear")),
            await toys.Change(first, new ToyEvent.Renamed("old bear")),
        ]);

        (await toys.Store.Append(commit, None)).ShouldBeOfType<Outcome.Done>();

        (await toys.Happen(Guid.CreateVersion7(), new ToyEvent.Made("bear", Paint.Red))).ShouldBe(
            new Outcome.Taken(new Reservation("toy-name", "bear"), second)
        );
        (await toys.Happen(Guid.CreateVersion7(), new ToyEvent.Made("wolf", Paint.Red))).ShouldBeOfType<Outcome.Done>();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_same_key_and_body_get_the_first_answer_again(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        var once = new Idempotent("me", "k1", SHA256.HashData("a"u8), 201, Encoding.UTF8.GetBytes("{}"), "/toys/1");
        var commit = new Commit([toys.New(Guid.CreateVersion7(), new ToyEvent.Made("bear", Paint.Red))], once);
        (await toys.Store.Append(commit, None)).ShouldBeOfType<Outcome.Done>();

        var again = await toys.Store.Append(commit, None);
        var other = await toys.Store.Append(
            commit with
            {
                Once = once with { BodyHash = SHA256.HashData("b"u8) },
            },
            None
        );
        var stranger = await toys.Store.Append(commit with { Once = once with { Caller = "you" } }, None);

        again.ShouldBeOfType<Outcome.Replayed>().First.ShouldBeEquivalentTo(once);
        other.ShouldBeOfType<Outcome.Mismatched>();
        stranger.ShouldBeOfType<Outcome.Raced>();
        (await toys.Store.Answered("me", "k1", None)).ShouldBeEquivalentTo(once);
        (await toys.Store.Answered("you", "k1", None)).ShouldBeNull();
        (await toys.Store.Head(None)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_conflict_or_a_fault_is_its_own_and_neighbours_land(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        var taken = await toys.Made("bear");
        var bad = new Table<Guid>("no_such_table", ["id"], [("id", ColumnType.Guid, id => id)]);
        var commits = Enumerable
            .Range(0, 200)
            .Select(i =>
            {
                var id = Guid.CreateVersion7();
                var change = toys.New(id, new ToyEvent.Made(i % 10 == 3 ? "bear" : $"toy {i}", Paint.Red));
                if (i % 50 == 7)
                    change = change with { Rows = [bad.Put(id)] };
                return new Commit([change]);
            })
            .ToList();

        var answers = await Task.WhenAll(commits.Select(c => Task.Run(() => Try(toys.Store, c))));

        for (var i = 0; i < answers.Length; i++)
        {
            if (i % 50 == 7)
                answers[i].ShouldBeNull();
            else if (i % 10 == 3)
                answers[i].ShouldBeOfType<Outcome.Taken>().By.ShouldBe(taken);
            else
                answers[i].ShouldBeOfType<Outcome.Done>();
        }
        var log = await toys.Store.ReadLog(0, 1000, None);
        log.Select(e => e.Position).ShouldBe(Enumerable.Range(1, 177).Select(p => (long)p));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_commits_on_one_stream_are_judged_in_order(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        var id = Guid.CreateVersion7();
        var made = toys.New(id, new ToyEvent.Made("bear", Paint.Red));
        var renamed = toys.Store.Change(
            Book,
            new Loaded<Toy>(id, 1, made.KeySlot, new Toy("bear", Paint.Red, null, false, 1, toys.Store.Now)),
            toys.Store.Now,
            "staff:a",
            [new ToyEvent.Renamed("wolf")]
        );
        // The queue keeps order; whether both meet in one batch is up to the writer, the answer is the same.
        var hold = toys.Store.Alone(_ => Thread.CurrentThread.Join(100), None);
        var tasks = new[]
        {
            toys.Store.Append(new Commit([made]), None),
            toys.Store.Append(new Commit([renamed]), None),
            toys.Store.Append(new Commit([renamed]), None),
        };
        await hold;

        (await Task.WhenAll(tasks)).ShouldBe([new Outcome.Done(1), new Outcome.Done(2), new Outcome.Raced(id)]);
        (await toys.Store.Load(Book, id, None)).State!.Name.ShouldBe("wolf");
        (await toys.Store.First<string>("select name from toys", null, None)).ShouldBe("wolf");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_row_goes_when_the_state_no_longer_has_it(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await toys.Made("bear", one);
        await toys.Happen(id, new ToyEvent.HandedOver(two));
        (await toys.Store.Query<Guid>("select owner from toy_owners", null, None)).ShouldBe([two]);

        await toys.Happen(id, new ToyEvent.HandedOver(null));
        (await toys.Store.Query<Guid>("select owner from toy_owners", null, None)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_write_that_throws_leaves_nothing(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        const string Insert = "insert into toy_words (position, name) values (1, 'x')";

        await Should.ThrowAsync<InvalidOperationException>(() =>
            toys.Store.Write<int>(
                async (db, tx) =>
                {
                    await db.ExecuteAsync(Insert, transaction: tx);
                    throw new InvalidOperationException("no");
                },
                None
            )
        );
        (await toys.Store.First<int>("select count(*) from toy_words", null, None)).ShouldBe(0);
        (await toys.Store.Write((db, tx) => db.ExecuteAsync(Insert, transaction: tx), None)).ShouldBe(1);
        (await toys.Store.First<int>("select count(*) from toy_words", null, None)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_is_gone_before_the_queue_is_read_is_not_written(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        using var leaving = new CancellationTokenSource();
        var hold = toys.Store.Alone(_ => Thread.CurrentThread.Join(200), None);
        var change = toys.New(Guid.CreateVersion7(), new ToyEvent.Made("bear", Paint.Red));
        var append = toys.Store.Append(new Commit([change]), leaving.Token);
        await leaving.CancelAsync();

        await hold;
        await Should.ThrowAsync<OperationCanceledException>(append);
        (await toys.Store.Head(None)).ShouldBe(0);
    }

    private static async Task<Outcome?> Try(Store store, Commit commit)
    {
        try
        {
            return await store.Append(commit, None);
        }
        catch (Exception fault) when (fault is System.Data.Common.DbException)
        {
            return null;
        }
    }
}
