using System.Text.Json;
using Hengping.App.Platform;
using Hengping.App.RuleRegister;
using Hengping.Rules.RuleRegister;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Measures;

/// <summary>Measures as tests take them, a line each.</summary>
internal static class Measuring
{
    public const string Where = "/api/v1/measures";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string At(JsonElement measure, string verb = "") =>
        $"{Where}/{measure.GetProperty("id").GetString()}" + (verb.Length == 0 ? "" : "/" + verb);

    /// <summary>A rule with one clause, in force since the beginning of October.</summary>
    public static async Task<Guid> Rule(Site site)
    {
        var wording = new RuleWording(
            Sites.OwnName("商品质量规则"),
            "Rule on the quality of goods",
            [new RuleClause("3", "不得销售不符合保障人身安全要求的商品。", "Unsafe goods are not sold.")],
            "",
            ""
        );
        var fresh = new Loaded<PlatformRule>(StreamId.Next(), 0, 0, null);
        RuleEvent[] story =
        [
            new RuleEvent.Begun(RuleTopic.Agreement),
            new RuleEvent.Drafted(1, wording),
            new RuleEvent.Published(1, new DateOnly(2026, 9, 1), new DateOnly(2026, 10, 1), [], null, "首页", null),
        ];
        var change = site.Store.Change(RuleBook.Instance, fresh, site.Store.Now, "cli", story);
        (await site.Store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();
        return fresh.Id;
    }

    /// <summary>A good body: a listing taken down; tests change what they are about.</summary>
    public static Dictionary<string, object?> Down(Guid merchant, Guid rule) =>
        new()
        {
            ["kind"] = "listingDown",
            ["addressee"] = new { merchant },
            ["target"] = new
            {
                kind = "listing",
                id = "SKU-1",
                title = "家用充电器",
            },
            ["reason"] = "safety",
            ["clause"] = new { rule, clause = "3" },
            ["factsOn"] = "2026-10-10",
            ["facts"] = "三位买家称充电时冒烟，送检样品温升超过标准限值。",
            ["scope"] = "只限该商品，店铺其他商品不受影响。",
            ["endCondition"] = "复检合格",
        };

    /// <summary>The body with something else in it.</summary>
    public static Dictionary<string, object?> With(
        this Dictionary<string, object?> body,
        params (string Field, object? Value)[] changes
    )
    {
        foreach (var (field, value) in changes)
            body[field] = value;
        return body;
    }

    /// <summary>A heavy one: the sale is forbidden.</summary>
    public static Dictionary<string, object?> Forbidden(Guid merchant, Guid rule) =>
        Down(merchant, rule).With(("kind", "saleForbidden"));

    public static async Task<IEnumerable<string>> Faults(HttpClient who, object body) =>
        (await who.PostJson(Where, body).Json(400))
            .GetProperty("errors")
            .EnumerateObject()
            .Select(error => error.Name)
            .ToList();

    public static string? Status(this JsonElement measure) => measure.GetProperty("status").GetString();

    public static IEnumerable<string?> Can(this JsonElement measure) =>
        measure.GetProperty("can").EnumerateArray().Select(verb => verb.GetString());
}
