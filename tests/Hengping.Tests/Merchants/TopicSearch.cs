using System.Net;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Tests.Harness;
using Hengping.Tests.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>/search: merchants by name, topics by their names in both languages.</summary>
public sealed class TopicSearch
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_topic_says_how_many_there_were_and_leads_on(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("退款专家旗舰店");
        for (var i = 0; i < 3; i++)
            await DeliveredCase.Add(site.Store, shop, $"p{i}", Days.Monday.AddDays(-30).AddHours(i));
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);

        var page = await Page(site, "退款");
        page.ShouldContain("近 12 个月 3 件");
        page.ShouldContain("/file?problem=refund");
        page.ShouldContain("退款专家旗舰店", customMessage: "a merchant of that name is not lost beside the topic");
        (await Page(site, "退款问题怎么办")).ShouldContain("/file?problem=refund");
        (await Page(site, "REFUND")).ShouldContain("/file?problem=refund");
        (await Page(site, "卖家不退钱")).ShouldContain("/file?problem=refund");
        (await Page(site, "耳机")).ShouldContain("/ratings?sector=general-retail");
        (await Page(site, "my flight")).ShouldContain("/ratings?sector=travel");
        (await Page(site, "card")).ShouldNotContain("/ratings?sector=auto", customMessage: "a card is no car");
        (await Page(site, "没有这种东西")).ShouldContain("没有找到");

        using var only = await site.Anyone.GetAsync("/search?q=" + Uri.EscapeDataString("专家旗舰"), Ct);
        only.StatusCode.ShouldBe(HttpStatusCode.Redirect, "one merchant and no topic: straight to its page");
    }

    private static async Task<string> Page(Site site, string q) =>
        WebUtility.HtmlDecode(await site.Anyone.GetStringAsync("/search?q=" + Uri.EscapeDataString(q), Ct));
}
