using System.Text;
using Dapper;
using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>What the log promises as a whole: chain, rebuild, backup, and that erasing breaks none of them.</summary>
public sealed class LogTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ToyListener[] Listeners = [new ToyListener()];

    public static TheoryData<string> Engines => ToyStore.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task An_empty_log_has_the_digest_of_nothing(string engine)
    {
        await using var toys = await ToyStore.Open(engine);

        (await LogDigest.Of(toys.Store, null, None)).ShouldBe(
            new LogDigest(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", null)
        );
    }

    [Theory]
    [InlineData("sqlite", "update events set author = 'staff:x' where position = 3")]
    [InlineData("postgres", "update events set author = 'staff:x' where position = 3")]
    [InlineData("sqlite", "update events set at = at + 1 where position = (select max(position) from events)")]
    [InlineData("postgres", "update events set at = at + 1 where position = (select max(position) from events)")]
    [InlineData("sqlite", "delete from events where position = 2")]
    [InlineData("postgres", "delete from events where position = (select max(position) from events)")]
    [InlineData("sqlite", "delete from streams where version = 3")]
    [InlineData("postgres", "update events set kind = 'toy.lost' where position = 1")]
    public async Task Whoever_changes_the_log_is_found(string engine, string crime)
    {
        await using var toys = await ToyStore.Open(engine);
        await Play(toys);
        var before = await LogDigest.Of(toys.Store, null, None);
        before.Break.ShouldBeNull();

        await toys.Store.Write((db, tx) => db.ExecuteAsync(crime, transaction: tx), None);

        (await LogDigest.Of(toys.Store, null, None)).Break.ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_rebuild_gives_the_same_rows(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        await Play(toys);
        await Listening.CatchUp(toys.Store, Listeners, None);
        var before = await toys.Rows();
        before.Split('\n').Length.ShouldBeGreaterThan(30);
        await toys.Store.Write(
            (db, tx) => db.ExecuteAsync("delete from toys; update toy_words set name = 'wrong'", transaction: tx),
            None
        );

        var rebuilt = await Rebuilding.Run(toys.Store, Listeners, null, None);

        (await toys.Rows()).ShouldBe(before);
        (rebuilt.Streams, rebuilt.Events).ShouldBe((12, 36));
        (
            await toys.Happen(Guid.CreateVersion7(), new ToyEvent.Made("new 3", Paint.Red))
        ).ShouldBeOfType<Outcome.Taken>();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_rebuild_that_fails_leaves_the_old_rows(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        await Play(toys);
        var before = await toys.Rows();
        using var stopped = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Rebuilding.Run(toys.Store, Listeners, (_, _) => stopped.Token.ThrowIfCancellationRequested(), Stop(stopped))
        );

        (await toys.Rows()).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_destroyed_key_erases_words_and_leaves_chain_digest_and_rebuild_whole(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        await Play(toys);
        var id = Guid.CreateVersion7();
        var person = toys.Store.Keys.Create();
        var made = new ToyEvent.Made("bear", Paint.Red)
        {
            Story = "only she knows",
            Contact = new ToyContact("Wang", "13800000000"),
        };
        var change = toys.Store.Change(
            ToyStore.Book,
            new Loaded<Toy>(id, 0, 0, null),
            Stamped.All<ToyEvent>([made], toys.Store.Now, "claimant:x"),
            person
        );
        await toys.Store.Append(new Commit([change]), None);
        var before = await LogDigest.Of(toys.Store, null, None);
        await Listening.CatchUp(toys.Store, Listeners, None);
        var rows = await toys.Rows();

        toys.Store.Keys.Destroy(person);
        (await Told(toys, id)).ShouldBe(("only she knows", null));
        toys.Store.Keys.Destroy(change.KeySlot);
        (await Told(toys, id)).ShouldBe((null, null));
        await toys.Reopen();
        (await Told(toys, id)).ShouldBe((null, null));

        (await LogDigest.Of(toys.Store, null, None)).ShouldBe(before);
        await Rebuilding.Run(toys.Store, Listeners, null, None);
        (await toys.Store.Load(ToyStore.Book, id, None)).State!.Name.ShouldBe("bear");
        (await toys.Rows()).ShouldBe(rows);
        await Should.ThrowAsync<Refused>(() => toys.Happen(id, new ToyEvent.HandedOver(null) { Note = "more" }));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_box_can_be_dropped_with_its_key_and_the_chain_holds(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        await Play(toys);
        var (id, person) = (Guid.CreateVersion7(), toys.Store.Keys.Create());
        var made = new ToyEvent.Made("bear", Paint.Red)
        {
            Story = "only she knows",
            Contact = new ToyContact("Wang", "13800000000"),
        };
        var fresh = new Loaded<Toy>(id, 0, 0, null);
        var change = toys.Store.Change(
            ToyStore.Book,
            fresh,
            Stamped.All<ToyEvent>([made], toys.Store.Now, "claimant:x"),
            person
        );
        await toys.Store.Append(new Commit([change]), None);
        await toys.Happen(id, new ToyEvent.HandedOver(null) { Note = "later" });
        var before = await LogDigest.Of(toys.Store, null, None);
        before.Break.ShouldBeNull();

        async Task Drop()
        {
            var body = await toys.Store.First<byte[]>(BodyOf, new { id }, None);
            body = Boxes.AsHashed(body!);
            Encoding.UTF8.GetString(body).ShouldContain("\"$sealed\":\"#");
            Boxes.AsHashed(body).ShouldBe(body);
            const string sql = "update events set body = @body where stream = @id and version = 1";
            await toys.Store.Write((db, tx) => db.ExecuteAsync(sql, new { id, body }, tx), None);
        }

        var whole = await toys.Store.First<byte[]>(BodyOf, new { id }, None);
        await Drop();
        (await LogDigest.Of(toys.Store, null, None)).Break.ShouldNotBeNull().ShouldContain("sealed");
        const string back = "update events set body = @whole where stream = @id and version = 1";
        await toys.Store.Write((db, tx) => db.ExecuteAsync(back, new { id, whole }, tx), None);
        (await LogDigest.Of(toys.Store, null, None)).ShouldBe(before);

        toys.Store.Keys.Destroy(change.KeySlot);
        await Drop();
        (await LogDigest.Of(toys.Store, null, None)).ShouldBe(before);
        (await Told(toys, id)).ShouldBe((null, null));
        await Rebuilding.Run(toys.Store, Listeners, null, None);
        (await toys.Store.Load(ToyStore.Book, id, None)).State!.Name.ShouldBe("bear");

        var other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(whole!).Replace("bear", "bare"));
        await toys.Store.Write((db, tx) => db.ExecuteAsync(back, new { id, whole = other }, tx), None);
        (await LogDigest.Of(toys.Store, null, None)).Break.ShouldNotBeNull();
    }

    private const string BodyOf = "select body from events where stream = @id and version = 1";

    [Theory]
    [InlineData("sqlite", "postgres")]
    [InlineData("postgres", "sqlite")]
    public async Task A_backup_taken_while_serving_opens_on_the_other_engine(string from, string to)
    {
        await using var toys = await ToyStore.Open(from);
        await Play(toys);
        Directory.CreateDirectory(Path.Combine(toys.Place.Data, "evidence", "ab"));
        await File.WriteAllTextAsync(Path.Combine(toys.Place.Data, "evidence", "ab", "abc"), "sealed", None);
        await File.WriteAllTextAsync(Path.Combine(toys.Place.Data, "evidence", ".x.part"), "half", None);
        var file = Path.Combine(toys.Place.Data, "backup.tar");
        using var stopped = new CancellationTokenSource();
        var busy = Task.Run(
            async () =>
            {
                for (var i = 0; !stopped.IsCancellationRequested; i++)
                    await toys.Made($"busy {i}");
            },
            None
        );
        var manifest = await Backup.Write(toys.Store, file, null, None);
        await stopped.CancelAsync();
        await busy;

        await using var restored = await ToyStore.Open(to);
        await Restore.Run(restored.Store, file, Listeners, null, None);

        manifest.Files.ShouldBe(1);
        var digest = await LogDigest.Of(restored.Store, null, None);
        digest.ShouldBe(new LogDigest(manifest.Events, manifest.Digest, null));
        (await restored.Rows()).ShouldContain("new 3");
        File.ReadAllText(Path.Combine(restored.Place.Data, "evidence", "ab", "abc")).ShouldBe("sealed");
        var told = await restored.Store.ReadLog(0, 1, None);
        restored.Store.Decode<ToyEvent.Made>(told[0], unseal: true).Story.ShouldBeNull();
        restored.Store.Keys.Create().ShouldBeGreaterThan(12);
        // It waits for the ring of its backup, which this is not.
        var after = await Should.ThrowAsync<StoreAway>(() => restored.Made("after"));
        after.Refusal.ShouldBe(RingOfStore.Changed);
        (await LogDigest.Of(restored.Store, null, None)).Break.ShouldBeNull();
        await Should.ThrowAsync<Refused>(() => Restore.Run(restored.Store, file, Listeners, null, None));
        Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, None)).ShouldNotContain("秘密");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_damaged_backup_is_refused_and_restores_nothing(string engine)
    {
        await using var toys = await ToyStore.Open(engine);
        await Play(toys);
        var file = Path.Combine(toys.Place.Data, "backup.tar");
        await Backup.Write(toys.Store, file, null, None);
        var bytes = await File.ReadAllBytesAsync(file, None);
        var at = bytes.AsSpan().IndexOf("staff:toymaker"u8);
        bytes[at]++;
        await File.WriteAllBytesAsync(file, bytes, None);
        await using var restored = await ToyStore.Open(engine);

        (
            await Should.ThrowAsync<Refused>(() => Restore.Run(restored.Store, file, Listeners, null, None))
        ).Refusal.Code.ShouldBe("restore.damaged");
        await File.WriteAllBytesAsync(file, bytes.AsMemory(0, bytes.Length / 2), None);
        await Should.ThrowAsync<Refused>(() => Restore.Run(restored.Store, file, Listeners, null, None));
        await File.WriteAllTextAsync(file, "no tar at all", None);
        await Should.ThrowAsync<Refused>(() => Restore.Run(restored.Store, file, Listeners, null, None));
        (await restored.Store.Head(None)).ShouldBe(0);
    }

    private static async Task<(string?, string?)> Told(ToyStore toys, Guid id)
    {
        var story = await toys.Store.ReadStory(ToyStore.Book, id, None);
        var made = (ToyEvent.Made)story[0].Event;
        return (made.Story, made.Contact?.Phone);
    }

    private static CancellationToken Stop(CancellationTokenSource source)
    {
        source.Cancel();
        return CancellationToken.None;
    }

    /// <summary>12 toys, 36 events: made, renamed, handed over or lost.</summary>
    private static async Task Play(ToyStore toys)
    {
        for (var i = 0; i < 12; i++)
        {
            var id = await toys.Made($"toy {i}", i % 3 == 0 ? null : Guid.CreateVersion7());
            ToyEvent last = (i % 4) switch
            {
                0 => new ToyEvent.Lost(),
                1 => new ToyEvent.HandedOver(null) { Note = "给你" },
                _ => new ToyEvent.HandedOver(Guid.CreateVersion7()),
            };
            (await toys.Happen(id, new ToyEvent.Renamed($"new {i}"), last)).ShouldBeOfType<Outcome.Done>();
        }
    }
}
