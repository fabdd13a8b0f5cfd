using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Measures;
using Hengping.Tests.Reports;
using Xunit;

namespace Hengping.Tests.Appeals;

/// <summary>Appeals as tests make them, a line each.</summary>
internal sealed record Appealing(
    Site Site,
    HttpClient Signer,
    HttpClient Other,
    HttpClient Admin,
    HttpClient Shop,
    Guid Merchant,
    Guid Rule
)
{
    public const string Where = "/api/v1/appeals";

    /// <summary>Changes in part that make no sense, and the field that says so.</summary>
    public static readonly (object Change, string Field)[] Senseless =
    [
        (new { endsOn = "0001-01-01" }, "change.endsOn"),
        (new { endsOn = "2020-01-01" }, "change.endsOn"),
        (new { endsOn = "9999-12-31" }, "change.endsOn"),
        (new { amount = 10_000_001 }, "change.amount"),
        (new { amount = 0 }, "change.amount"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A marketplace with two reviewers, an admin and a shop.</summary>
    public static async Task<Appealing> Play(Site site)
    {
        await Reporting.Run(site, OperatorKind.Marketplace);
        var shop = await site.Merchant(Sites.OwnName("亮亮数码"));
        return new Appealing(
            site,
            await site.As(Role.Reviewer),
            await site.As(Role.Reviewer),
            await site.As(Role.Admin),
            await site.As(Role.Merchant, shop),
            shop,
            await Measuring.Rule(site)
        );
    }

    /// <summary>A measure in force, signed by one: by default a listing taken down for safety.</summary>
    public async Task<string> Taken(Dictionary<string, object?>? body = null, HttpClient? by = null)
    {
        var measure = await (by ?? Signer).PostJson(Measuring.Where, body ?? Measuring.Down(Merchant, Rule)).Json(201);
        measure = await (by ?? Signer).PostJson(Measuring.At(measure, "sign")).Json();
        return measure.GetProperty("id").GetString()!;
    }

    public static Dictionary<string, object?> Against(string measure, params object[] statements) =>
        new()
        {
            ["target"] = new { kind = "measure", id = measure },
            ["statements"] = statements.Length > 0 ? statements : Good(),
        };

    public static object[] Good(string cause = "9月3日起供应商换了内胆材料，没有重新送检。") =>
        [
            Says("rootCause", cause),
            Says("corrective", "10月12日下架并封存 86 件。", "张敏", "2026-10-12"),
            Says("preventive", "每批送检 5 件。", "李强", "2026-11-02"),
        ];

    public static object Says(string section, string text, string? owner = null, string? by = null) =>
        new
        {
            section,
            text,
            owner,
            by,
        };

    public static object Decision(string outcome, JsonElement appeal, object? change = null) =>
        new
        {
            outcome,
            reason = "检测报告与批次相符，原因已经排除。",
            change,
            statements = appeal
                .GetProperty("statements")
                .EnumerateArray()
                .Select(s => new
                {
                    no = s.GetProperty("no").GetInt32(),
                    accepted = true,
                    why = "有记录",
                })
                .ToArray(),
        };

    public static string At(JsonElement appeal, string verb = "") =>
        $"{Where}/{appeal.GetProperty("id").GetString()}" + (verb.Length == 0 ? "" : "/" + verb);

    public Task<JsonElement> Sent(string measure, params object[] statements) =>
        Shop.PostJson(Where, Against(measure, statements)).Json(201);

    public Task<JsonElement> Measure(string id) => Admin.GetAsync($"{Measuring.Where}/{id}", Ct).Json();
}
