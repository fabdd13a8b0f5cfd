using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Risk;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>The page that sets merchants of a list beside each other.</summary>
public sealed partial class ComparedMerchants(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_says_what_the_numbers_allow(Db engine)
    {
        await using var site = await Site.Start(engine);
        var (good, like, bad) = (
            await Shop(site, "甲", 40, 40),
            await Shop(site, "乙", 40, 39),
            await Shop(site, "丙", 40, 4)
        );
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);

        (await Lead(site, good, bad)).ShouldContain("不重叠");
        (await Lead(site, good, like)).ShouldContain("看不出真正的差别");
        (await Lead(site, good, like, bad)).ShouldContain("与乙的区间重叠");
        (await Lead(site, good)).ShouldContain("再选一家");

        var page = await Page(site, good);
        var common = 83.0 / 120;
        foreach (var (shop, replied) in new[] { (good, 40), (like, 39), (bad, 4) })
        {
            var (lo, hi) = Funnel.Limits(common, 40, Funnel.Outer);
            var share = replied / 40.0;
            var wanted =
                share < lo ? "farBelow"
                : share > hi ? "farAbove"
                : "";
            Row(page, shop).ShouldContain($"data-place=\"{wanted}");
        }
        Row(page, good).ShouldContain("data-place=\"farAbove");
        Row(page, bad).ShouldContain("data-place=\"farBelow");
        page.ShouldContain("2026年9月", customMessage: "the month is settled and has enough complaints");
    }

    [Fact]
    public async Task No_more_than_fit_are_shown_and_the_reader_is_told()
    {
        var site = await sites.On(Db.Sqlite);
        var shops = new List<Guid>();
        foreach (var name in "甲乙丙丁戊己")
            shops.Add(await Shop(site, name.ToString(), 6, 6));
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);

        (await Page(site, [.. shops])).ShouldContain("有的商家没有显示");
        Chosen().Count(await Page(site, [.. shops])).ShouldBe(5);
        (await Page(site, [.. shops.Take(5)])).ShouldNotContain("有的商家没有显示");
        (await Page(site, Guid.NewGuid())).ShouldContain("有的商家没有显示");
    }

    [Theory]
    [InlineData("?m=")]
    [InlineData("?m=x&m=")]
    public async Task Odd_choices_are_no_choice(string query)
    {
        var site = await sites.On(Db.Sqlite);
        (await site.Anyone.GetAsync("/ratings/compare" + query, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await site.Anyone.GetAsync("/ratings/compare?period=2026-13", Ct)).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    private static async Task<Guid> Shop(Site site, string name, int cases, int answered)
    {
        var shop = await site.Merchant(name, "brand");
        for (var i = 0; i < cases; i++)
            await DeliveredCase.Add(site.Store, shop, $"{name}{i}", Days.Monday.AddDays(-30).AddHours(i), i < answered);
        return shop;
    }

    private static Task<string> Page(Site site, params Guid[] shops) =>
        site.Anyone.GetStringAsync(
            "/ratings/compare?period=2026-09" + string.Concat(shops.Select(shop => $"&m={shop}")),
            Ct
        );

    private static async Task<string> Lead(Site site, params Guid[] shops) =>
        WebUtility.HtmlDecode(FindLead().Match(await Page(site, shops)).Groups[1].Value);

    // The merchant's row in the funnel's table.
    private static string Row(string page, Guid shop)
    {
        var at = page.LastIndexOf(shop.ToString(), StringComparison.Ordinal);
        return page[page.LastIndexOf("<tr", at, StringComparison.Ordinal)..at];
    }

    [GeneratedRegex("<p class=\"lead\">(.*?)</p>")]
    private static partial Regex FindLead();

    [GeneratedRegex("移出：")]
    private static partial Regex Chosen();
}
