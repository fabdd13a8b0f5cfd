using System.IO.Compression;
using System.Text.Json;
using Hengping.App;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.App.Reports;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Hengping.Tests.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// A store that the program of 2026-11-28 wrote (<c>tests/Stores/2026-11-28/make.cs</c>) keeps its meaning: a rule that
/// changed since is for what is recorded since.
/// </summary>
public sealed class StoreOfThen
{
    private static readonly DateTimeOffset Then = new(2026, 11, 28, 4, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// Cases that stand otherwise than the program of then said, each with the event that moved it: none so far.
    /// </summary>
    private static readonly Dictionary<string, string> MovedBy = [];

    private sealed record Row(string Number, string Status, string? DueKind, long? DueAt, long? NextTick);

    private sealed record Frozen(string Text, string CaseFile);

    private sealed record Expected(long Events, string Digest, Frozen[] Lists, Row[] Cases, Row[] Reports);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_store_of_then_opens_and_nothing_in_it_has_moved(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        var expected = await Unpack(place.Place);

        await using var store = await Open(place.Place);

        await Holds(store, expected);
        await Rebuilding.Run(store, Rooms.House.Listeners(store, ""), null, Ct);
        await Holds(store, expected);
        MovedBy.Keys.ShouldBeSubsetOf(expected.Cases.Select(c => c.Number));
    }

    /// <summary>
    /// What the program counts again after its start (<c>termsCounted</c>): by the law of today, nothing of then moves.
    /// </summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task Its_terms_are_those_of_the_law(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        var expected = await Unpack(place.Place);
        await using var store = await Open(place.Place);

        (await CountComplaintTerms.All(store, Law.Shipped, Ct)).ShouldBe(0);
        (await CountReportTerms.All(store, Law.Shipped, Ct)).ShouldBe(0);

        await Holds(store, expected);
    }

    [Fact]
    public async Task It_holds_a_case_of_every_status_and_replies_of_both_kinds()
    {
        using var place = await EmptyPlace.On(Db.Sqlite);
        var expected = await Unpack(place.Place);

        var statuses = expected.Cases.Select(c => c.Status).Distinct().Order(StringComparer.Ordinal);
        statuses.ShouldBe(
            Enum.GetValues<Rules.Complaints.Status>().Select(s => Words.Of(s)).Order(StringComparer.Ordinal)
        );
        await using var store = await Open(place.Place);
        var events = await store.ReadLog(0, 5_000, Ct);
        var replies = events
            .Where(e => e.Kind == "complaint.replied")
            .Select(e => store.Decode<Rules.Complaints.ComplaintEvent.Replied>(e, unseal: false).Valid)
            .ToList();
        replies.ShouldContain(true);
        replies.ShouldContain(false);
        foreach (var kind in (string[])["complaint.notPerformed", "complaint.scored", "report.filed", "list.published"])
            events.ShouldContain(e => e.Kind == kind, kind);
    }

    private static async Task Holds(Store store, Expected expected)
    {
        var digest = await LogDigest.Of(store, null, Ct);
        digest.ShouldBe(new LogDigest(expected.Events, expected.Digest, null));
        foreach (var frozen in expected.Lists)
        {
            var list = JsonDocument.Parse(frozen.Text).RootElement;
            var sector = list.GetProperty("sector");
            var asked = ListRequest.Parse(
                list.GetProperty("period").GetString()!,
                sector.ValueKind == JsonValueKind.String ? sector.GetString() : null,
                list.GetProperty("side").GetString(),
                policy: null,
                Unscored.Zero,
                store.Now
            );
            var published = (await PublishList.Find(store, asked.Event!, Ct)).ShouldNotBeNull();
            (published.Json, published.CaseFile).ShouldBe((frozen.Text, frozen.CaseFile));
            OpenData.Verify(store.Place.Data, published).ShouldBeNull();
        }
        (await Rows(store, "complaints", "next_tick")).ShouldBe(
            expected.Cases.Where(c => !MovedBy.ContainsKey(c.Number))
        );
        (await Rows(store, "reports", "cast(null as bigint)")).ShouldBe(expected.Reports);
    }

    private static async Task<IEnumerable<Row>> Rows(Store store, string table, string tick) => (
            await store.Query<Row>(
                $"""
                select number as Number, status as Status, due_kind as DueKind, due_at as DueAt, {tick} as NextTick
                from {table}
                """,
                null,
                Ct
            )
        ).Where(row => !MovedBy.ContainsKey(row.Number)).OrderBy(row => row.Number, StringComparer.Ordinal);

    private static Task<Store> Open(StorePlace place) => Store.Open(place, Rooms.House, new TurnableClock(Then), Ct);

    /// <summary>The files as they were; into PostgreSQL they come by the house's own way, a backup.</summary>
    private static async Task<Expected> Unpack(StorePlace place)
    {
        var folder = Repository.At("tests/Stores/2026-11-28");
        var zip = Path.Combine(folder, "store.zip");
        if (place.Postgres is null)
        {
            await ZipFile.ExtractToDirectoryAsync(zip, place.Data, overwriteFiles: true, Ct);
        }
        else
        {
            using var file = await EmptyPlace.On(Db.Sqlite);
            await ZipFile.ExtractToDirectoryAsync(zip, file.Place.Data, overwriteFiles: true, Ct);
            Directory.CreateDirectory(place.Keys);
            foreach (var key in Directory.EnumerateFiles(file.Place.Keys))
                File.Copy(key, Path.Combine(place.Keys, Path.GetFileName(key)));
            var backup = Path.Combine(place.Data, "then.bak");
            await using (var from = await Open(file.Place))
                await Backup.Write(from, backup, null, Ct);
            await using var to = await Open(place);
            await Restore.Run(to, backup, Rooms.House.Listeners(to, ""), null, Ct);
        }
        var told = await File.ReadAllTextAsync(Path.Combine(folder, "expected.json"), Ct);
        return JsonSerializer.Deserialize<Expected>(told, Web)!;
    }
}
