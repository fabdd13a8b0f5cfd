using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;

namespace Hengping.Tests.Complaints;

/// <summary>Three claimants against one shop, delivered unless said otherwise.</summary>
internal sealed record Three(Desk Desk, HttpClient Third, string A, string B, string C)
{
    public const string Joint = "/api/v1/joint";

    public static async Task<Three> Open(Db db, bool delivered = true) =>
        await Open(await Desk.Open(db), "13800000003", delivered);

    /// <summary>On a site that was started for them, and goes with the desk.</summary>
    public static async Task<Three> On(Site site) => await Open(await Desk.On(site), "13800000003", delivered: true);

    public static async Task<Three> Open(Sites sites, Db db) =>
        await Open(await Desk.Open(sites, db), Sites.OwnPhone(), delivered: true);

    private static async Task<Three> Open(Desk desk, string phone, bool delivered)
    {
        var third = await desk.Site.As(Role.Claimant, phone: phone, name: "欧阳霓裳");
        var three = new Three(
            desk,
            third,
            await File(desk, desk.Claimant, "王小明", "13800000001"),
            await File(desk, desk.Stranger, "李大力", "13800000002"),
            await File(desk, third, "欧阳霓裳", "13800000003")
        );
        foreach (var id in delivered ? new[] { three.A, three.B, three.C } : [])
            await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        return three;
    }

    private static async Task<string> File(Desk desk, HttpClient who, string name, string phone)
    {
        var body = desk.Body("contact", new { name, phone });
        return (await who.PostJson("/api/v1/complaints", body).Json(201)).GetProperty("id").GetString()!;
    }

    /// <summary>Proposed by the first, confirmed, the second and third take part, the first two speak.</summary>
    public async Task<string> Represented()
    {
        var id = Id(await Desk.Claimant.PostJson(Joint, new { complaint = A }).Json(201));
        await Desk.Mediator.PostJson($"{Joint}/{id}/confirm").Json();
        await Desk.Stranger.PostJson($"{Joint}/{id}/join").Json();
        await Third.PostJson($"{Joint}/{id}/join").Json();
        await Desk.Claimant.PostJson($"{Joint}/{id}/representatives", new { complaints = new[] { A, B } }).Json();
        await Desk.Stranger.PostJson($"{Joint}/{id}/matters/1/agree").Json();
        await Third.PostJson($"{Joint}/{id}/matters/1/agree").Json();
        return id;
    }

    /// <summary>Of the merchant to all.</summary>
    public object Offer() =>
        new
        {
            terms = "每人全额退款并承担运费",
            amount = 99.5m,
            dueBy = Desk.Site.Clock.GetUtcNow().AddDays(9),
        };

    public static string Id(JsonElement joint) => joint.GetProperty("id").GetString()!;
}
