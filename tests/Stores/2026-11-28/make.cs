#:project ../../../src/Hengping.App/Hengping.App.csproj
#:package SQLitePCLRaw.bundle_e_sqlite3@3.0.3
#:property ManagePackageVersionsCentrally=false
#:property AssemblyName=Hengping.Tests
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false

// Makes the store beside it with the program of 2026-11-28, so that today's program has one of then to open. Not run
// by any test: it is compiled against the commit that wrote it.
//
//   git worktree add ../then 6666a89
//   mkdir -p ../then/tests/Stores/2026-11-28 && cp tests/Stores/2026-11-28/make.cs ../then/tests/Stores/2026-11-28/
//   dotnet run ../then/tests/Stores/2026-11-28/make.cs -- tests/Stores/2026-11-28
//
// `store.zip` is the data directory with keys of its own that open nothing else; `expected.json` says what the program
// of then answered: digest, lists, and of each case status and clocks.

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hengping.App;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Demo;
using Hengping.App.Importing;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Ratings;
using Hengping.World;

var target = Path.GetFullPath(args[0]);
var data = Path.Combine(Path.GetTempPath(), $"store-of-then-{Environment.ProcessId}");
var ct = CancellationToken.None;
var clock = new Still(new DateTimeOffset(2026, 11, 28, 4, 0, 0, TimeSpan.Zero));
var place = new StorePlace(data, Postgres: null, Path.Combine(data, "keys"));
Directory.CreateDirectory(data);

var expected = new Dictionary<string, object?>();
await using (var store = await Store.Open(place, Books.All, clock, ct))
{
    await DemoFill.Run(store, Law.Shipped, new MarketSize(150, 100), (_, _) => { }, ct);
    await new ByHand(store).All();
    await Import(store);
    await Listening.CatchUp(store, [RatingsListener.Instance], ct);
    var lists = new List<object>();
    foreach (var (period, sector, side) in Asked())
    {
        var asked = ListRequest.Parse(period, sector, side, policy: null, Unscored.Zero, store.Now).Event!;
        var made = await PublishList.Run(store, asked, correct: null, "cli", ct);
        var list = made.Event ?? throw new InvalidOperationException(made.Refusal!.En);
        lists.Add(
            new
            {
                list = JsonDocument.Parse(list.Json).RootElement,
                text = list.Json,
                list.CaseFile,
            }
        );
    }
    expected["lists"] = lists;
    await Listening.CatchUp(store, [RatingsListener.Instance], ct);
    var digest = await LogDigest.Of(store, null, ct);
    expected["events"] = digest.Events;
    expected["digest"] = digest.Digest;
    expected["cases"] = await Rows(store, "complaints", "next_tick");
    expected["reports"] = await Rows(store, "reports", "cast(null as integer)");
    // One file without its log beside it.
    await store.Query<string>("pragma wal_checkpoint(truncate)", null, ct);
}
var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
{
    WriteIndented = true,
    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
};
File.WriteAllText(Path.Combine(target, "expected.json"), JsonSerializer.Serialize(expected, options) + "\n");
var zip = Path.Combine(target, "store.zip");
File.Delete(zip);
ZipFile.CreateFromDirectory(data, zip, CompressionLevel.SmallestSize, includeBaseDirectory: false);
Directory.Delete(data, recursive: true);

static Task<IReadOnlyList<Row>> Rows(Store store, string table, string tick) =>
    store.Query<Row>(
        $"""
        select number as Number, status as Status, due_kind as DueKind, due_at as DueAt, {tick} as NextTick
        from {table} order by number
        """,
        null,
        default
    );

static IEnumerable<(string Period, string? Sector, string Side)> Asked() =>
    [
        ("2026-09", null, "consumer"),
        ("2026-10", null, "consumer"),
        ("2026-10", "other", "consumer"),
        ("2026-Q3", null, "consumer"),
        ("2026-Q3", null, "merchant"),
    ];

async Task Import(Store store)
{
    var path = Path.Combine(data, "rows.csv");
    var rows = new StringBuilder("Ticket,Opened,Shop,Who,Story,Wants,Sum,Answered,Answer,Closed,Paid,Stars\n");
    // Enough rows for two merchants to be listed in September and October.
    for (var i = 0; i < 28; i++)
    {
        var day = $"2026-{9 + (i % 2):00}-{2 + i:00}";
        var shop = i % 4 < 2 ? "远山书店" : "近水茶行";
        var answer = i % 5 == 0 ? "," : $"{day} 18:{i:00},已为您办理退款";
        var end = i % 3 == 0 ? ",," : $"2026-11-{1 + (i % 9):00} 12:00,{40 + i},{i % 11}";
        rows.Append(
                CultureInfo.InvariantCulture,
                $"T-{i},{day} 10:00,{shop},客{i},第{i}件：收到的东西受潮破损,退款,{45 + i}.50,"
            )
            .Append(answer)
            .Append(',')
            .Append(end)
            .Append('\n');
    }
    rows.Append("T-99,someday,近水茶行,丁,没有日期的一行,退款,1,,,,,\n");
    File.WriteAllText(path, rows.ToString());
    var mapping = MappingFile.Read(
        """
        {"source":"old-desk","id":"Ticket","filed":"Opened","respondent":"Shop","claimant":"Who","text":"Story",
         "demands":"Wants","demandWords":{"退款":"refund","退货":"return"},"amount":"Sum","replied":"Answered",
         "reply":"Answer","closed":"Closed","recovered":"Paid","score":"Stars","scoreScale":10}
        """,
        "old-desk"
    );
    using (var table = SourceFile.Open(path, mapping.Header, mapping.Names))
    using (var rejects = new RejectsFile(null, table))
    {
        var run = new ImportRun(store, mapping, rejects, enrolled: true);
        Console.WriteLine(await run.Load(table, new ImportAsk(null, null, store.Now), ct));
    }
    File.Delete(path);
}

/// <summary>A case as its current row says it.</summary>
internal sealed record Row(string Number, string Status, string? DueKind, long? DueAt, long? NextTick);

/// <summary>A clock that stands.</summary>
internal sealed class Still(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}

/// <summary>One case of each kind that a generated market holds by luck only.</summary>
internal sealed class ByHand(Store store)
{
    const string PeopleSql =
        "select distinct c.claimant as Id, s.key as Key from complaints c "
        + "join streams s on s.stream = c.claimant order by s.key limit 50";
    static readonly ComplaintPolicy policy = ComplaintPolicy.Current;
    static readonly DateTimeOffset start = new(2026, 11, 10, 2, 0, 0, TimeSpan.Zero);
    static readonly Validity none = ReplyValidity.Judge("已收到", ofRespondent: true, alike: 0);
    static readonly Validity good = ReplyValidity.Ok;
    readonly List<Guid> merchants = [];
    readonly List<Person> people = [];
    int made;

    public async Task All()
    {
        merchants.AddRange(await store.Query<Guid>("select id from merchants order by name limit 4", null, default));
        people.AddRange(await store.Query<Person>(PeopleSql, null, default));
        await Save(Case());
        await Save(Then(Case(), c => c.Return(["order"], "请补充订单号", At(1), policy), 1, "staff:hand"));
        await Save(Then(Case(), c => c.Decline("not-consumption", "另有途径", At(1)), 1, "staff:hand"));
        await Save(
            Then(
                Then(Case(), c => c.Decline("not-consumption", "另有途径", At(300)), 300, "staff:hand"),
                c => c.AskReview("就是日常消费", At(320), policy),
                320
            )
        );
        await Save(Delivered());
        await Save(Then(Delivered(), c => c.MarkUnreached([new Attempt(At(30), "phone")], At(30)), 30, "staff:hand"));
        await Save(
            Then(Delivered(), c => c.ContestIt(ContestGround.NotOurOrder, "不是本店", [], At(500), At(400)), 400)
        );
        await Save(Replied(good));
        await Save(Replied(none));
        await Save(Scored(Replied(good)));
        await Save(Scored(Replied(none)));
        await Save(Then(Replied(good), c => c.ChangeConsents(new Consents(true, false, true), At(300)), 300));
        await Save(Then(Replied(none), c => c.DecideValidity(3, true, "说清了", At(60)), 60, "staff:hand"));
        await Save(Then(Replied(good), c => c.DecideValidity(3, false, "答非所问", At(60)), 60, "staff:hand"));
        await Save(Then(Replied(none), c => c.CallNotSolved(At(60 * 24), At(60), policy), 60));
        await Save(Then(Replied(good), c => c.CallNotSolved(At(60 * 24), At(60), policy), 60));
        var suspended = Then(Replied(good), c => c.Mediate(At(60 * 24), At(60)), 60, "staff:hand");
        await Save(Then(suspended, c => c.Suspend("testing", At(90)), 90, "staff:hand"));
        await Save(Settled(due: 900));
        await Save(Settled(due: 200));
        await Save(Then(Settled(due: 200), c => c.CallNotPerformed(At(60 * 24), At(71)), 71));
        await Save(Then(Settled(due: 200), c => c.CallNotPerformed(At(60 * 24), At(230)), 230));
        await Save(Then(Settled(due: 200), c => c.ConfirmPerformed(At(100)), 100));
        await Save(Then(Replied(none), c => c.Close(At(90)), 90, "staff:hand"));
        await Save(Told());
        await Save(Scored(Told(), at: 24 * 16));
    }

    static DateTimeOffset At(double hours) => start.AddHours(hours);

    internal sealed record Person(Guid Id, long Key);

    sealed record Happened(ComplaintEvent Event, DateTimeOffset At, string Author);

    sealed record Lived(Person Claimant, IReadOnlyList<Happened> Story, Complaint State);

    Lived Case()
    {
        var person = people[made++ % people.Count];
        var claimant = person.Id;
        var filing = new ComplaintEvent.Filed
        {
            Number = CaseNumber.From((ulong)made * 0x9E3779B97F4A7C15),
            Side = Side.Consumer,
            Claimant = claimant,
            Respondent = merchants[made % merchants.Count],
            Sector = "general-retail",
            Problem = "refund",
            Amount = 100 + made,
            Demands = ["refund"],
            FiledFor = FiledFor.Self,
            Consents = new Consents(true, false, false),
            LiabilityAccepted = true,
            Channel = "web",
            Priority = Priority.P3,
            ScreenBy = At(24 * 9),
            ScreeningVersion = 1,
            Story = new Story("收到的东西和页面写的不一样，要求退款。", null, null, null, null, null, null),
            Contact = new Contact("张试", "13900000000", null),
        };
        return new Lived(
            person,
            [new Happened(filing, start, $"claimant:{claimant:N}")],
            Complaint.Fold(null, filing, start, "")
        );
    }

    Lived Delivered() => Then(Case(), c => c.Deliver($"p{made:D15}", At(2)), 2, "staff:hand");

    Lived Replied(Validity how) => Then(Delivered(), c => c.Reply("已收到", [], how, At(20)), 20);

    Lived Told() => Then(Replied(good), c => new ComplaintEvent.ClosingTold(At(24 * 20)), 24 * 15, "clock");

    static Lived Scored(Lived before, double at = 200) =>
        Then(before, c => c.ScoreIt(3, Resolved.No, null, "没有解决", At(at), policy), at);

    Lived Settled(double due)
    {
        var offered = Then(Delivered(), c => c.Offer(Party.Respondent, "全额退款", 100, At(due), At(160), At(20)), 20);
        return Then(offered, c => c.AcceptOffer(1, Party.Claimant, At(70)), 70);
    }

    static Lived Then(Lived before, Func<Complaint, Decided<ComplaintEvent>> act, double hours, string? author = null)
    {
        var decided = act(before.State);
        var happened = decided.Event ?? throw new InvalidOperationException(decided.Refusal!.En);
        author ??= before.Story[0].Author;
        return new Lived(
            before.Claimant,
            [.. before.Story, new Happened(happened, At(hours), author)],
            before.State.Apply(happened, At(hours), author)
        );
    }

    // The clock of then acts up to the instant the store stands at, as the program would have let it.
    async Task Save(Lived lived)
    {
        var story = lived.Story.ToList();
        var state = lived.State;
        while (state.NextByClock(policy) is { } next && next.Due <= store.Now)
        {
            story.Add(new Happened(next.Event, next.Due, "clock"));
            state = state.Apply(next.Event, next.Due, "clock");
        }
        var id = Guid.CreateVersion7(start);
        foreach (var one in story)
        {
            var loaded = await store.Load(ComplaintBook.Instance, id, default);
            var change = store.Change(
                ComplaintBook.Instance,
                loaded,
                one.At,
                one.Author,
                [one.Event],
                lived.Claimant.Key
            );
            if (await store.Append(new Commit([change]), default) is not Outcome.Done)
                throw new InvalidOperationException(one.ToString());
        }
    }
}
