using Hengping.App;
using Hengping.App.Complaints;
using Hengping.App.Importing;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

public sealed class ImportRunTests : IDisposable
{
    private const string Nyc =
        "Business Name,Mediation Start Date,Mediation Close Date,Complaint Result,Satisfaction,Restitution\n";
    private readonly SourceFixture files = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<Store> Open(EmptyPlace place) =>
        Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);

    internal static async Task<ImportResult> Import(
        Store store,
        string path,
        string map,
        string? rejects = null,
        bool enrolled = false
    )
    {
        var mapping = MappingFile.Find(map);
        using var table = SourceFile.Open(path, mapping.Header, mapping.Names);
        using var kept = new RejectsFile(rejects, table);
        var at = new DateTimeOffset(2020, 6, 1, 0, 0, 0, TimeSpan.FromHours(8));
        var ask = new ImportAsk(mapping.NeedsAt ? at : null, mapping.NeedsRespondent ? "某商家" : null, store.Now);
        return await new ImportRun(store, mapping, kept, enrolled).Load(table, ask, Ct);
    }

    public static TheoryData<Db, string, string, int, int> SharedFiles()
    {
        var both = new TheoryData<Db, string, string, int, int>();
        foreach (var engine in Enum.GetValues<Db>())
        foreach (var (name, map, read, imported) in SharedFilesTests.Counts)
            both.Add(engine, name, map, read, imported);
        return both;
    }

    [Theory]
    [MemberData(nameof(SharedFiles))]
    public async Task A_real_file_loads_with_the_counts_of_its_notes_and_never_twice(
        Db engine,
        string name,
        string map,
        int read,
        int imported
    )
    {
        var path = SharedData.Complaints(name);
        using var place = await EmptyPlace.On(engine);
        await using var store = await Open(place);

        var first = await Import(store, path, map);
        (first.Read, first.Imported, first.Skipped, first.Rejected).ShouldBe((read, imported, 0, read - imported));
        var head = await store.Head(Ct);

        var second = await Import(store, path, map);
        (second.Read, second.Imported, second.Skipped, second.Rejected, second.Merchants).ShouldBe(
            (read, 0, imported, read - imported, 0)
        );
        (await store.Head(Ct)).ShouldBe(head);
        var rows = await store.First<long>("select count(*) from complaints", null, Ct);
        rows.ShouldBe(imported);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task History_stands_in_the_log_at_its_own_times_and_by_its_source(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Open(place);
        var path = files.Write("a.csv", $"{Nyc}某店,3/23/2016,4/15/2016,Cash Amount - AMT,Yes,707.00\n");

        (await Import(store, path, "nyc")).Imported.ShouldBe(1);

        var log = (await store.ReadLog(0, 100, Ct)).Where(e =>
            e.Kind.StartsWith("complaint.", StringComparison.Ordinal)
        );
        var (start, close) = (Day(2016, 3, 23), Day(2016, 4, 15));
        log.Select(e => (e.Kind, e.At, e.Author))
            .ShouldBe([
                ("complaint.filed", start, "import:nyc"),
                ("complaint.delivered", start, "import:nyc"),
                ("complaint.replied", close, "import:nyc"),
                ("complaint.closed", close, "import:nyc"),
                ("complaint.scored", close, "import:nyc"),
            ]);
        var id = await store.First<Guid>("select id from complaints", null, Ct);
        var complaint = (await store.Load(ComplaintBook.Instance, id, Ct)).State!;
        complaint.Status.ShouldBe(Status.Closed);
        complaint.Score!.Satisfaction.ShouldBe(7.5m);
        complaint.Imported!.Tags["result"].ShouldBe("Cash Amount - AMT");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Words_are_masked_and_then_sealed(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Open(place);
        var path = files.Write(
            "a.csv",
            "title,detail,target,issue,demand\n标题,打13812345678没人接,某店,不予退款,退款\n"
        );

        await Import(store, path, "heimao");

        var id = await store.First<Guid>("select id from complaints", null, Ct);
        var story = await store.ReadStory(ComplaintBook.Instance, id, Ct);
        ((ComplaintEvent.Filed)story[0].Event).Story!.Text.ShouldBe("标题\n打138****5678没人接");
        var stored = await store.ReadLog(0, 100, Ct);
        stored.ShouldAllBe(e =>
            !System.Text.Encoding.UTF8.GetString(e.Body).Contains("没人接", StringComparison.Ordinal)
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Bad_rows_stand_in_the_rejects_file_and_the_rest_is_loaded(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Open(place);
        var path = files.Write(
            "a.csv",
            $"{Nyc}A,3/23/2016,4/15/2016,X - AMT,Yes,1\n\n=B(),4/16/2016,4/15/2016,X - AMT,Yes,1\nA,3/23/2016\n"
        );
        var rejects = Path.Combine(place.Place.Data, "rejects.csv");

        var result = await Import(store, path, "nyc", rejects);

        (result.Read, result.Imported, result.Rejected, result.Merchants).ShouldBe((4, 1, 3, 1));
        var lines = await File.ReadAllLinesAsync(rejects, Ct);
        lines[0].ShouldStartWith("line,code,reason_zh,reason_en,Business Name,");
        lines
            .Skip(1)
            .Select(line => string.Join(',', line.Split(',')[..2]))
            .ShouldBe(["3,row.blank", "4,date.order", "5,row.shifted"]);
        lines[2].ShouldContain("'=B()");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Equal_rows_without_an_id_are_two_complaints_and_equal_ids_are_one(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Open(place);
        var row = "A,3/23/2016,4/15/2016,X - AMT,Yes,1\n";
        var path = files.Write("a.csv", Nyc + row + row);
        (await Import(store, path, "nyc")).Imported.ShouldBe(2);
        (await Import(store, path, "nyc")).Skipped.ShouldBe(2);
        var grown = files.Write("b.csv", Nyc + row + row + row);
        var third = await Import(store, grown, "nyc");
        (third.Skipped, third.Imported).ShouldBe((2, 1));

        const string cfpb = "Date received,Company,Date sent to company,Complaint ID\n";
        var same = files.Write("c.csv", cfpb + "2019/1/1,A,2019/1/2,7\n2019/1/1,B,2019/1/2,7\n");
        var result = await Import(store, same, "cfpb");
        (result.Imported, result.Rejected).ShouldBe((1, 1));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Two_imports_at_once_load_each_row_once(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var one = await Open(place);
        await using var other = await Open(place);
        var rows = Enumerable.Range(0, 1500).Select(i => $"2019/1/1,M{i % 40},2019/1/2,{i}\n");
        var path = files.Write(
            "a.csv",
            "Date received,Company,Date sent to company,Complaint ID\n" + string.Concat(rows)
        );

        var results = await Task.WhenAll(Import(one, path, "cfpb"), Import(other, path, "cfpb"));

        results.Sum(result => result.Imported).ShouldBe(1500);
        results.Sum(result => result.Skipped).ShouldBe(1500);
        results.Sum(result => result.Merchants).ShouldBe(40);
        (await one.First<long>("select count(*) from complaints", null, Ct)).ShouldBe(1500);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Merchants_take_part_only_when_asked_for(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Open(place);
        var path = files.Write("a.csv", $"{Nyc}A,3/23/2016,4/15/2016,X,Yes,1\n");
        await Import(store, path, "nyc");
        (await store.First<bool>("select enrolled from merchants where name = 'A'", null, Ct)).ShouldBeFalse();
        await Import(store, path, "nyc", enrolled: true);
        (await store.First<bool>("select enrolled from merchants where name = 'A'", null, Ct)).ShouldBeTrue();
    }

    private static DateTimeOffset Day(int year, int month, int day) =>
        new(year, month, day, 0, 0, 0, TimeSpan.FromHours(8));

    public void Dispose() => files.Dispose();
}
