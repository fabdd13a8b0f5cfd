using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;

namespace Hengping.Tests.RuleRegister;

/// <summary>Rules as tests draft them, a line each.</summary>
internal static class Ruling
{
    public const string Where = "/api/v1/rules";

    /// <summary>A good body; tests change what they are about.</summary>
    /// <param name="since">In force since then, before the register knew it.</param>
    public static Dictionary<string, object?> Body(
        string zh = "1. 七日内可以退货。\n2. 运费由商家承担。",
        string? since = null
    ) =>
        new()
        {
            ["topic"] = "returns",
            ["titleZh"] = "退换货规则",
            ["titleEn"] = "Returns",
            ["zh"] = zh,
            ["en"] = "1. Goods are returned within seven days.\n2. The seller bears the carriage.",
            ["changeZh"] = "首次制定",
            ["changeEn"] = "The first text",
            ["reasonZh"] = "此前没有规定",
            ["reasonEn"] = "There was no rule so far",
            ["recorded"] = since is null ? null : new { inForceOn = since, announcedOn = "2025-01-01" },
        };

    /// <summary>A rule as its first body makes it.</summary>
    public static async Task<string> Begun(HttpClient admin, Dictionary<string, object?> body) =>
        (await admin.PostJson(Where, body).Json(201)).GetProperty("id").GetString()!;

    /// <summary>A rule in force since last year, as two people say.</summary>
    public static async Task<string> Begun(Site site, Dictionary<string, object?>? body = null)
    {
        var id = await Begun(await site.As(Role.Admin), body ?? Body(since: "2025-03-01"));
        await (await site.As(Role.Reviewer)).PostJson(At(id, "confirm")).Json();
        return id;
    }

    public static string At(string id, string verb = "") => verb.Length == 0 ? $"{Where}/{id}" : $"{Where}/{id}/{verb}";
}
