using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;

namespace Hengping.Tests.Complaints;

/// <summary>A site with everybody a case needs, and the steps of a case as one line each.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly bool isShared;

    private Desk(Site site, bool isShared) => (Site, this.isShared) = (site, isShared);

    public Site Site { get; }
    public Guid Shop { get; private init; }
    public Guid OtherShop { get; private init; }
    public Guid Platform { get; private init; }
    public required HttpClient Claimant { get; init; }
    public required HttpClient Stranger { get; init; }
    public required HttpClient Merchant { get; init; }
    public required HttpClient OtherMerchant { get; init; }
    public required HttpClient PlatformDesk { get; init; }
    public required HttpClient Mediator { get; init; }
    public required HttpClient SecondMediator { get; init; }
    public required HttpClient Reviewer { get; init; }

    /// <summary>On a site of its own, which goes with the desk.</summary>
    public static async Task<Desk> Open(Db db, DateTimeOffset? now = null) => await On(await Site.Start(db, now));

    /// <summary>On a site that was started for it, and goes with the desk.</summary>
    public static Task<Desk> On(Site site) => Open(site, isShared: false, name => name, "13800000001", "13800000002");

    /// <summary>On the site of the class, which stays: shops, staff and claimants that no other test has.</summary>
    public static async Task<Desk> Open(Sites sites, Db db) =>
        await Open(await sites.On(db), isShared: true, Sites.OwnName, Sites.OwnPhone(), Sites.OwnPhone());

    private static async Task<Desk> Open(
        Site site,
        bool isShared,
        Func<string, string> named,
        string claimant,
        string stranger
    )
    {
        var shop = await site.Merchant(named("云上百货"));
        var other = await site.Merchant(named("海风电器"));
        var platform = await site.Merchant(named("大集平台"), platform: true);
        return new Desk(site, isShared)
        {
            Shop = shop,
            OtherShop = other,
            Platform = platform,
            Claimant = await site.As(Role.Claimant, phone: claimant, name: "王小明"),
            Stranger = await site.As(Role.Claimant, phone: stranger, name: "李大力"),
            Merchant = await site.As(Role.Merchant, shop),
            OtherMerchant = await site.As(Role.Merchant, other),
            PlatformDesk = await site.As(Role.Merchant, platform),
            Mediator = await site.As(Role.Mediator, name: "调解员甲"),
            SecondMediator = await site.As(Role.Mediator, name: "调解员乙"),
            Reviewer = await site.As(Role.Reviewer),
        };
    }

    public static string At(string id, string verb = "") =>
        verb.Length == 0 ? $"/api/v1/complaints/{id}" : $"/api/v1/complaints/{id}/{verb}";

    /// <summary>A good body; tests change what they are about.</summary>
    public Dictionary<string, object?> Body(Guid? respondent = null) =>
        new()
        {
            ["kind"] = "consumer",
            ["respondent"] = new { id = respondent ?? Shop },
            ["sector"] = "general-retail",
            ["problem"] = "refund",
            ["amount"] = "129.90",
            ["story"] = "买的水壶第三天就不加热了,商家一直不回复。",
            ["demands"] = new[] { "refund" },
            ["contact"] = new
            {
                name = "王小明",
                phone = "13800000001",
                province = "浙江",
            },
            ["filedFor"] = "self",
            ["consents"] = new
            {
                passOn = true,
                publish = false,
                call = false,
            },
            ["liabilityAccepted"] = true,
            ["channel"] = "web",
        };

    public Dictionary<string, object?> Body(string field, object? value)
    {
        var body = Body();
        body[field] = value;
        return body;
    }

    public Dictionary<string, object?> MerchantBody()
    {
        var body = Body(Platform);
        body["kind"] = "merchant";
        body["problem"] = "refund-only";
        return body;
    }

    public async Task<string> Filed(Dictionary<string, object?>? body = null) =>
        Id(await Claimant.PostJson("/api/v1/complaints", body ?? Body()).Json(201));

    public Task<string> Delivered() => Then(Filed(), Mediator, "deliver");

    /// <summary>Each in words of its own: the same in five cases would not count.</summary>
    public Task<string> Replied() => Replied($"已为您办理全额退款,3日内原路到账,回单号{Sites.OwnPhone()}。");

    public Task<string> Replied(string text) => Then(Delivered(), Merchant, "reply", new { text });

    public Task<string> InMediation() => Then(Replied(), Claimant, "not-solved");

    public Task<string> Offered() => Then(Delivered(), Merchant, "offers", Offer());

    public Task<string> Settled() => Then(Offered(), Claimant, "offers/1/accept");

    public Task<string> Contested() =>
        Then(Delivered(), Merchant, "contest", new { ground = "not-our-order", note = "查无此单" });

    public object Offer(int days = 10) =>
        new
        {
            terms = "全额退款并承担运费",
            amount = "129.90",
            dueBy = Site.Clock.GetUtcNow().AddDays(days),
            expiresAt = Site.Clock.GetUtcNow().AddDays(5),
        };

    public static async Task<string> Then(Task<string> before, HttpClient who, string verb, object? body = null)
    {
        var id = await before;
        await who.PostJson(At(id, verb), body).Json();
        return id;
    }

    private static string Id(JsonElement receipt) => receipt.GetProperty("id").GetString()!;

    public ValueTask DisposeAsync() => isShared ? ValueTask.CompletedTask : Site.DisposeAsync();
}
