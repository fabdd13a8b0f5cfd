using System.Text.Json;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.Measuring;

namespace Hengping.Tests.Measures;

/// <summary>Whether one person had a measure in hand or two is said to everybody, and it is looked over before it goes
/// out.</summary>
internal static class OneOrTwo
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="again">A proposal that asks first.</param>
    public static async Task<JsonElement> SignedByOne(
        Site site,
        HttpClient proposer,
        HttpClient shop,
        JsonElement measure,
        object again
    )
    {
        object asks = new { asksFirst = true };
        foreach (var (door, said) in new[] { (At(measure, "sign"), asks), (Where, again) })
            (await site.Appends([], () => proposer.PostJson(door, said).Json(409)))
                .GetProperty("code")
                .GetString()
                .ShouldBe("measure.look");
        (await Paper(site, proposer, measure)).ShouldContain("最好请同事签署");
        var signed = await site.Appends(["measure.signed"], () => proposer.PostJson(At(measure, "sign")).Json());
        foreach (var reader in new[] { shop, site.Anyone })
            (await Paper(site, reader, measure)).ShouldContain("同一名审核员提出");
        return signed;
    }

    public static async Task AnotherHasTo(Site site, HttpClient proposer, JsonElement measure)
    {
        var page = await Paper(site, proposer, measure);
        page.ShouldContain("等另一个人签署");
        page.ShouldNotContain("value=\"sign\"");
    }

    public static async Task SignedByTwo(Site site, HttpClient shop, JsonElement measure)
    {
        var page = await Paper(site, shop, measure);
        page.ShouldContain("一人提出，另一人于");
        page.ShouldContain("条件已达到，申请恢复");
        page.ShouldNotContain("此后不再由系统单独决定");
    }

    private static async Task<string> Paper(Site site, HttpClient reader, JsonElement measure) =>
        await (reader == site.Anyone ? reader : await site.Browsing(reader)).GetStringAsync(
            "/measures/" + measure.GetProperty("id").GetString(),
            Ct
        );
}
