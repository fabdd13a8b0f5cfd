using System.Net;
using Dapper;
using Hengping.App;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Importing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>A merchant is one however its name is written, at every door that looks for a name.</summary>
public sealed class OneNameManyWays(Sites sites) : IClassFixture<Sites>, IDisposable
{
    private static readonly (string Stored, string[] Asked)[] Names =
    [
        ("ＡＢＣ（北京）", ["abc(北京)", "ABC （北京）", "abc［北京］"]),
        ("Weiß Möbel", ["WEISS MÖBEL", "weiß", "ｗｅｉｓｓ", "eiss mo\u0308bel"]),
        ("ΣΊΣΥΦΟΣ店", ["σίσυφος店", "σίσυφοσ"]),
        ("İzmir Kebap", ["İZMİR", "izmir kebap", "i\u0307zmir"]),
        ("天天\u3000果园", ["天天果园", "天天 果园", "天天\u00A0果园"]),
        ("Best\u00A0Sofa", ["BEST SOFA", "best\u3000sofa"]),
        ("【云朵】旗舰店", ["[云朵]旗舰店", "（云朵）", "「云朵」"]),
        ("五折50%_店", ["50%_店", "％＿店"]),
        (@"反斜\杠", [@"斜\杠"]),
    ];

    private readonly SourceFixture files = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string At(string path, string q) => path + Uri.EscapeDataString(q);

    public void Dispose() => files.Dispose();

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Every_search_finds_it_and_nothing_else(Db engine)
    {
        await using var site = await Site.Start(engine);
        var admin = await site.Browsing(await site.As(Role.Admin));
        var mediator = await site.As(Role.Mediator);
        var claimant = await site.As(Role.Claimant, phone: "13800000001");
        var shops = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var (stored, _) in Names)
        {
            shops[stored] = await site.Merchant(stored);
            await claimant.PostJson("/api/v1/complaints", Filing.To(shops[stored], stored, Story)).Json(201);
        }
        foreach (var (stored, asked) in Names)
        foreach (var q in asked)
        {
            var found = await site.Anyone.GetAsync(At("/api/v1/merchants?q=", q), Ct).Json();
            found
                .GetProperty("items")
                .EnumerateArray()
                .ShouldHaveSingleItem(q)
                .GetProperty("id")
                .GetGuid()
                .ShouldBe(shops[stored], q);
            using var led = await site.Anyone.GetAsync(At("/search?q=", q), Ct);
            // Where a topic is found as well, both are listed.
            var leads = led.Headers.Location?.OriginalString ?? await led.Content.ReadAsStringAsync(Ct);
            leads.ShouldContain($"/merchants/{shops[stored]}", customMessage: q);
            (await admin.GetStringAsync(At("/admin/merchants?q=", q), Ct)).ShouldContain(
                $"{shops[stored]}",
                customMessage: q
            );
            var cases = await mediator.GetAsync(At("/api/v1/complaints?q=", q), Ct).Json();
            cases
                .GetProperty("items")
                .EnumerateArray()
                .ShouldHaveSingleItem(q)
                .GetProperty("respondent")
                .GetRawText()
                .ShouldContain($"{shops[stored]}");
            // A part of a name is found, and is nobody's name.
            Guid? meant = FoldedName.Of(q) == FoldedName.Of(stored) ? shops[stored] : null;
            ((await MerchantDirectory.Named(site.Store, q, Ct))?.Id).ShouldBe(meant, q);
        }
        foreach (var q in new[] { "%", "_", "五折50_%", "天_果", "Bestsofa" })
        {
            var found = await site.Anyone.GetAsync(At("/api/v1/merchants?q=", q), Ct).Json();
            var wanted = q is "%" or "_" ? 1 : 0;
            found.GetProperty("items").GetArrayLength().ShouldBe(wanted, q);
        }
    }

    private const string Story = "买的水壶第三天就不加热了，联系店里三次都没有结果。";

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_files_adds_or_renames_by_another_writing_means_the_same(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var (site, name) = (desk.Site, Sites.OwnName("Größe（上海）"));
        var shop = await site.Merchant(name);
        var other = name.Replace("ß", "SS", StringComparison.Ordinal)
            .Replace("（上海）", " [上海]", StringComparison.Ordinal);

        var id = (
            await site.Appends(
                ["complaint.filed"],
                () =>
                    desk
                        .Claimant.PostJson("/api/v1/complaints", desk.Body("respondent", new { name = other }))
                        .Json(201)
            )
        )
            .GetProperty("id")
            .GetGuid();
        (await site.Store.First<Guid>("select respondent from complaints where id = @id", new { id }, Ct)).ShouldBe(
            shop
        );

        var admin = await site.Browsing(await site.As(Role.Admin));
        var added = await site.Appends(
            [],
            () =>
                admin.Send(
                    "/admin/merchants",
                    "Add",
                    ("Typed.Name", other),
                    ("Typed.Sector", "general-retail"),
                    ("Typed.Phone", "4001234567"),
                    ("Typed.Sure", "true")
                )
        );
        added.Status.ShouldBe(400);
        added.Body.ShouldContain(WebUtility.HtmlEncode(Merchant.NameTaken.Zh));

        var second = await site.Merchant(Sites.OwnName("另一家"));
        var refused = await MerchantUpkeep.Change(site.Store, second, 2, m => m.Rename(other), "admin", Ct);
        refused.ShouldBe(Merchant.NameTaken);
        (await MerchantUpkeep.Change(site.Store, shop, 2, m => m.Rename(other), "admin", Ct)).ShouldBeNull(
            "its own name"
        );
        (await MerchantUpkeep.Change(site.Store, shop, 3, m => m.Rename(name), "admin", Ct)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Of_two_who_name_a_new_one_in_two_ways_at_once_one_adds_it(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var name = Sites.OwnName("新店（深圳）");
        var both = await Task.WhenAll(
            desk.Claimant.PostJson("/api/v1/complaints", desk.Body("respondent", new { name })).Json(201),
            desk.Stranger.PostJson(
                    "/api/v1/complaints",
                    desk.Body("respondent", new { name = name.Replace("（深圳）", "(深圳)", StringComparison.Ordinal) })
                )
                .Json(201)
        );
        var ids = both.Select(one => one.GetProperty("id").GetGuid()).ToArray();
        var named = await desk.Site.Store.Query<Guid>(
            "select distinct respondent from complaints where id in @ids",
            new { ids },
            Ct
        );
        named.ShouldHaveSingleItem();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_import_meets_the_one_that_is_there(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        await using var store = await Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);
        const string head =
            "Business Name,Mediation Start Date,Mediation Close Date,Complaint Result,Satisfaction,Restitution\n";
        const string rest = ",3/23/2016,4/15/2016,Cash Amount - AMT,Yes,707.00\n";
        var path = files.Write(
            "a.csv",
            $"{head}Joe's (NY){rest}Joe's（NY）{rest}Ｊｏｅ's [NY]{rest}Jim{rest}JIM{rest}"
        );
        (await ImportRunTests.Import(store, path, "nyc")).Merchants.ShouldBe(
            3,
            "a source's own figures count capitals apart"
        );
        path = files.Write("b.csv", $"{head}Joe's 【NY】{rest}ＪＩＭ{rest}");
        var again = await ImportRunTests.Import(store, path, "nyc");
        (again.Imported, again.Merchants).ShouldBe((2, 0));
        var sums = await store.Query<long>("select count(*) from complaints group by respondent order by 1", null, Ct);
        sums.ShouldBe([1, 2, 4]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_store_of_before_is_filled_when_it_opens_and_its_twins_stay(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        var (upper, lower) = (Guid.Empty, Guid.Empty);
        await using (var store = await Open())
        {
            // As they were added before names were folded: two entries whose names fold alike.
            upper = await Added(store, "AMAZON");
            lower = await Added(store, "amazon");
            await store.Write((db, tx) => db.ExecuteAsync("update merchants set folded = null", transaction: tx), Ct);
        }
        await using (var store = await Open())
        {
            await Finds(store);
            await Rebuilding.Run(store, [], null, Ct);
            await Finds(store);
        }

        Task<Store> Open() => Store.Open(place.Place, Rooms.House, new TurnableClock(Days.Monday), Ct);

        async Task Finds(Store store)
        {
            (await store.Query<string>("select folded from merchants", null, Ct)).ShouldBe(["amazon", "amazon"]);
            (await MerchantDirectory.Named(store, "AMAZON", Ct))!.Id.ShouldBe(upper);
            (await MerchantDirectory.Named(store, "amazon", Ct))!.Id.ShouldBe(lower);
            (await MerchantDirectory.Named(store, "Amazon", Ct))!.Id.ShouldBe(upper, "the older one");
            // What happens to one of them is not held up by the other.
            var seen = (await store.Load(MerchantBook.Instance, upper, Ct)).Version;
            (await MerchantUpkeep.Change(store, upper, seen, m => m.MoveTo("food"), "admin", Ct)).ShouldBeNull();
            (await MerchantUpkeep.Change(store, upper, seen + 1, m => m.Undo(store.Now), "admin", Ct)).ShouldBeNull();
        }
    }

    private static async Task<Guid> Added(Store store, string name)
    {
        var fresh = new Loaded<Merchant>(StreamId.Next(), 0, 0, null);
        var added = new MerchantEvent.Added(name, "other", null, false, "staff");
        await store.Append(new Commit([store.Change(MerchantBook.Instance, fresh, store.Now, "cli", [added])]), Ct);
        return fresh.Id;
    }
}
