using System.Net;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.App.Taxonomies;
using Hengping.Tests.Harness;
using Hengping.Tests.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>Parts of a problem have their share on the sheet of a platform; which they are is data.</summary>
public sealed class SharesOfProblems
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_platform_shows_how_often_no_human_was_to_be_found(Db db)
    {
        await using var site = await Site.Start(db);
        var platform = await site.Merchant("大集平台", platform: true);
        var shop = await site.Merchant("云上百货");
        foreach (var respondent in new[] { platform, shop })
            for (var i = 0; i < 8; i++)
            {
                var problem = i < 2 ? "no-human-agent" : "refund";
                var at = Days.Monday.AddDays(-30).AddHours(i);
                await DeliveredCase.Add(site.Store, respondent, $"{respondent:N}{i}", at, problem: problem);
            }
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        Taxonomies
            .Current.Problems.Where(problem => problem.Parent is not null)
            .Select(problem => problem.Code)
            .ShouldBe(["no-human-agent"]);

        var sheet = await Page(site, platform);
        sheet.ShouldContain("找不到人工客服：占 25%（2 / 8）");
        (await Page(site, shop)).ShouldNotContain("id=\"shares\"");
        (await Page(site, await site.Merchant("新平台", platform: true))).ShouldNotContain("id=\"shares\"");
    }

    private static async Task<string> Page(Site site, Guid id) =>
        WebUtility.HtmlDecode(await site.Anyone.GetStringAsync($"/merchants/{id}", Ct));
}
