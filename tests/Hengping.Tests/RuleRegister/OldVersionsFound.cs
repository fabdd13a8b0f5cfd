using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.RuleRegister.Ruling;

namespace Hengping.Tests.RuleRegister;

/// <summary>What a clause said before is found, with the days it held.</summary>
public sealed class OldVersionsFound(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_hit_in_an_old_version_names_it_and_the_days_it_was_in_force(Db db)
    {
        var site = await sites.On(db);
        var (admin, reviewer) = (await site.As(Role.Admin), await site.As(Role.Reviewer));
        const string Kept = "2. 运费由商家承担，标记四九二。";
        var id = await Begun(site, Body("1. 十日内可以退货，标记四九一。\n" + Kept, "2025-03-01"));
        foreach (var (zh, since) in new[] { ("十日", "2025-06-01"), ("九日", "2025-09-01"), ("八日", "2026-01-01") })
        {
            await admin
                .PostJson(
                    At(id, "versions"),
                    Body($"1. {zh}内可以退货，标记四{(zh == "八日" ? "〇〇" : "九一")}。\n" + Kept, since)
                )
                .Json();
            await reviewer.PostJson(At(id, "confirm")).Json();
        }
        (await Found(site, id, "标记四九一")).ShouldBeEmpty("it holds no more");
        (await Found(site, id, "标记四九一&old=true")).ShouldBe([
            "1 v3 2025-09-01 2025-12-31",
            "1 v2 2025-03-01 2025-08-31",
        ]);
        (await Found(site, id, "标记四九二&old=true")).ShouldBe(["2 v4"], "it holds still, since its first day");
        var page = await site.Anyone.GetStringAsync("/rules?old=true&q=标记四九一", Ct);
        page.ShouldContain($"/rules/{id}?version=3#c-1");
        page.ShouldContain("2025年9月1日");
        page.ShouldContain("2025年12月31日");
    }

    private static async Task<IReadOnlyList<string>> Found(Site site, string id, string asked)
    {
        var items = (await site.Anyone.GetAsync($"{Where}?q={asked}", Ct).Json()).GetProperty("items");
        return
        [
            .. items
                .EnumerateArray()
                .Where(item => item.GetProperty("id").GetString() == id)
                .SelectMany(item => item.GetProperty("hits").EnumerateArray())
                .Select(hit =>
                    $"{hit.GetProperty("clause")} v{hit.GetProperty("version")}{Day(hit, "from")}{Day(hit, "until")}"
                ),
        ];
    }

    private static string Day(JsonElement hit, string name) =>
        hit.TryGetProperty(name, out var day) && day.ValueKind == JsonValueKind.String ? " " + day.GetString() : "";
}
