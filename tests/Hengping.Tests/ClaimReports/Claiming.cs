using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Xunit;

namespace Hengping.Tests.ClaimReports;

/// <summary>Reports of abnormal claims as tests make them, a line each.</summary>
internal sealed record Claiming(
    Site Site,
    HttpClient Shop,
    Guid Merchant,
    HttpClient Claimant,
    string Phone,
    HttpClient Decider,
    HttpClient Other
)
{
    public const string Where = "/api/v1/claim-reports";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A marketplace with two reviewers, a shop and a claimant.</summary>
    public static async Task<Claiming> Play(Site site, OperatorKind kind = OperatorKind.Marketplace)
    {
        await Reporting.Run(site, kind);
        var (shop, phone) = (await site.Merchant(Sites.OwnName("星河文具")), Sites.OwnPhone());
        return new Claiming(
            site,
            await site.As(Role.Merchant, shop),
            shop,
            await site.As(Role.Claimant, phone: phone),
            phone,
            await site.As(Role.Reviewer),
            await site.As(Role.Reviewer)
        );
    }

    public Dictionary<string, object?> Body(params string[] orders) =>
        new()
        {
            ["pretext"] = "advertisingWords",
            ["claimantPhone"] = Phone,
            ["alleged"] = "以页面上的“最好用”为由索要十倍赔偿。",
            ["demanded"] = "不赔一千元就发动别人来闹。",
            ["note"] = "进货价只有三元。",
            ["sum"] = 1000,
            ["orders"] = orders.Select(no => new { no, on = "2026-09-20" }),
        };

    public Task<JsonElement> Filed(params string[] orders) => Shop.PostJson(Where, Body(orders)).Json(201);

    public Task<JsonElement> Stated(JsonElement report) =>
        Claimant.PostJson(At(report, "state"), new { text = "我只说要去投诉。" }).Json();

    public static object Decision(string outcome, string defect = "notReal", params string[] grounds) =>
        new
        {
            outcome,
            defect,
            grounds,
            reason = "聊天记录完整，原话如所述。",
        };

    public async Task<JsonElement> Upheld(params string[] orders)
    {
        var report = await Filed(orders);
        await Stated(report);
        return await Decider.PostJson(At(report, "decide"), Decision("upheld", "notReal", "threat")).Json();
    }

    public static Task<JsonElement> Read(HttpClient reader, JsonElement report) =>
        reader.GetAsync(At(report), Ct).Json();

    public static string At(JsonElement report, string verb = "") =>
        $"{Where}/{report.GetProperty("id").GetString()}" + (verb.Length == 0 ? "" : "/" + verb);
}
