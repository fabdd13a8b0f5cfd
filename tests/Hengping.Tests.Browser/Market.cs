using System.Net.Http.Json;
using System.Text.Json;
using Hengping.App.Complaints;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Hengping.Tests.RuleRegister;
using Microsoft.Playwright;

namespace Hengping.Tests.Browser;

/// <summary>
/// The one generated market for all who only look around, made by the first who asks. It ends on a day of its own
/// choice, on which a month's list is published and the next is open.
/// </summary>
public sealed class SharedMarket : IAsyncDisposable
{
    /// <summary>A Saturday after 双11; October is published.</summary>
    private const string Day = "2026-11-21 12:00:00";

    private readonly Lazy<Task<Market>> market = new(() => Market.On(Day, complaints: 2500, people: 1600));

    /// <summary>It, ready. Skips the test where there is no browser.</summary>
    public Task<Market> Ready()
    {
        Chromium.SkipUnlessPresent();
        return market.Value;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (market.IsValueCreated)
            await (await market.Value).DisposeAsync();
    }
}

/// <summary>A demo site with its generated market, and the browser to look around in it.</summary>
public sealed class Market : IAsyncDisposable
{
    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);

    private Market(Site site) => Site = site;

    /// <summary>The site, ready.</summary>
    public Site Site { get; }

    /// <summary>A market whose last instant is this one of <see cref="Days"/>.</summary>
    public static async Task<Market> On(string day, int complaints, int people)
    {
        var size = new Dictionary<string, string?>
        {
            ["Demo:Complaints"] = $"{complaints}",
            ["Demo:People"] = $"{people}",
        };
        var site = await Site.Start(Db.Sqlite, Days.At(day), demo: true, size);
        var market = new Market(site);
        await Eventually.Holds(
            async () => (await site.Anyone.GetAsync("/readyz", CancellationToken.None)).IsSuccessStatusCode,
            "the demo is filled"
        );
        await market.Unanswered();
        return market;
    }

    /// <summary>A case of a merchant nobody knows yet, to be answered by its link.</summary>
    private async Task Unanswered()
    {
        var merchant = await Site.Merchant("街角小店", enrolled: false);
        var claimant = await Site.As(Role.Claimant, phone: "13911110000");
        var filing = Filing.To(merchant, "T1", "买的水壶第三天就不加热了，联系店里三次都没有结果。");
        var filed = await claimant.PostJson("/api/v1/complaints", filing).Json(201);
        var id = filed.GetProperty("id").GetGuid();
        await (await Site.As(Role.Mediator)).PostJson($"/api/v1/complaints/{id}/deliver").Json();
        await Settled();
        await RulesOnTheirWay();
        await ToldOutside();
        await Reported(merchant);
        await Site.Anyone.PostJson(Reporting.Where, Reporting.Anonymous(merchant)).Json(201);
        List<string?> chosen = [];
        // The ratings hear of the market after it is there.
        await Eventually.Holds(async () => (chosen = await Rated()).Count > 0, "the market is rated");
        places["{chosen}"] = "?period=all" + string.Concat(chosen.Select(id => "&m=" + id));
        places["{merchant}"] = $"/merchants/{chosen[0]}";
        places["{unknown merchant}"] = $"/merchants/{merchant}";
        places["{measure new}"] = $"/desk/measures/new?merchant={merchant}&on={Today}";
        places["{measure day}"] = $"/desk/measures/new?merchant={merchant}";
        places["{unanswered case}"] = $"/cases/{filed.GetProperty("number").GetString()}";
        places["{answer link}"] = AnswerLinks.PathOf(Site.Store, id, merchant, 1);
    }

    private string Today => Hengping.App.RuleRegister.ClausesInForce.Day(Shanghai.DayOf(Site.Clock.GetUtcNow()));

    // A rule that was announced, and one that is only drafted.
    private async Task RulesOnTheirWay()
    {
        const string Announced = """
            select rule as Rule, version as Version from rule_versions
            where in_force_on > @today and not withdrawn order by rule
            """;
        var (rule, version) = await Site.Store.First<(Guid, long)>(
            Announced,
            new { today = Today },
            CancellationToken.None
        );
        places["{announced rule}"] = $"/rules/{rule}?version={version}";
        var draft = Ruling.Body("1. 商家应当缴纳保证金，由平台收取。\n2. 最终解释权归平台。");
        draft["topic"] = "fees";
        var drafted = await (await Site.As(Role.Admin)).PostJson(Ruling.Where, draft).Json(201);
        places["{drafted rule}"] = $"/admin/rules/{drafted.GetProperty("id").GetGuid()}";
    }

    // A webhook of the operator's own; nothing is sent from a test.
    private async Task ToldOutside()
    {
        var owner = await Site.As(Role.Admin);
        var hook = await owner.PostJson("/api/v1/webhooks", new { address = "https://8.8.8.8/hooks/cases" }).Json(201);
        places["{webhook}"] = $"/admin/webhooks/{hook.GetProperty("id").GetGuid()}";
    }

    // A shop that reports a threat before there was any order, and tells a program of its own.
    private async Task Reported(Guid merchant)
    {
        var shop = await Site.As(Role.Merchant, merchant);
        var threat = new
        {
            pretext = "advertisingWords",
            alleged = "称标题用语违反广告法，索要两千元，不给就每天买十件再退。",
            demanded = "两千元",
            claimantPhone = "13911110009",
        };
        var filed = await shop.PostJson("/api/v1/claim-reports", threat).Json(201);
        places["{claim report}"] = $"/claim-reports/{filed.GetProperty("id").GetGuid()}";
    }

    /// <summary>A case that both sides have agreed on.</summary>
    private async Task Settled()
    {
        var merchant = await Site.Merchant("约定小铺");
        var claimant = await Site.As(Role.Claimant, phone: "13911110001");
        var filing = Filing.To(merchant, "T2", "买的被套洗了一次就开线，店里只肯退一半的钱。");
        var filed = await claimant.PostJson("/api/v1/complaints", filing).Json(201);
        var door = $"/api/v1/complaints/{filed.GetProperty("id").GetGuid()}";
        await (await Site.As(Role.Mediator)).PostJson($"{door}/deliver").Json();
        var offer = new
        {
            terms = "全额退款，退回运费由本店承担，原路退回付款账户。",
            amount = "129.90",
            dueBy = Site.Clock.GetUtcNow().AddDays(5),
        };
        await (await Site.As(Role.Merchant, merchant)).PostJson($"{door}/offers", offer).Json();
        await claimant.PostJson($"{door}/offers/1/accept").Json();
        places["{settled case}"] = $"/cases/{filed.GetProperty("number").GetString()}";
    }

    private async Task<List<string?>> Rated()
    {
        var rated = await Site.Anyone.GetFromJsonAsync<JsonElement>("/api/v1/ratings/all", CancellationToken.None);
        var rows = rated.GetProperty("rows").EnumerateArray().Take(3);
        return [.. rows.Select(row => row.GetProperty("merchantId").GetString())];
    }

    /// <summary>A path with the places of this market's own case in it.</summary>
    public string Place(string path) =>
        places.Aggregate(path, (p, place) => p.Replace(place.Key, place.Value, StringComparison.Ordinal));

    /// <summary>Somebody who chose a role at <c>/demo</c>; nobody yet where <paramref name="role"/> is null.</summary>
    public async Task<Person> Visitor(Role? role, string language, int width, bool scripts = true)
    {
        var person = await Person.At(Site, language, width, scripts);
        await person.Page.GotoAsync($"/?lang={language}");
        if (role is not { } wanted)
            return person;
        await person.Page.GotoAsync("/demo");
        await person
            .Page.Locator($"form:has(input[name=role][value={Hengping.App.Platform.Words.Of(wanted)}])")
            .GetByRole(AriaRole.Button)
            .First.ClickAsync();
        await person.Page.Left("/demo");
        return person;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
