using System.Globalization;
using System.Net;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>Agents of one shop, and who answers for them while they are away.</summary>
public sealed partial class TeamDoors
{
    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_agent_of_one_shop_sees_that_shop_alone_until_a_colleague_is_covered(Db engine)
    {
        await using var site = await Site.Start(engine);
        await AgentOfOneShop(site);
    }

    [Theory, OnDays]
    public async Task Cover_for_a_colleague_begins_and_ends_on_its_days_over_any_turn(string day)
    {
        await using var site = await Site.Start(Db.Sqlite, Days.At(day));
        await AgentOfOneShop(site);
    }

    private static async Task AgentOfOneShop(Site site)
    {
        var platform = await site.Merchant("大平台", platform: true);
        var (one, two) = (await site.Merchant("甲店"), await site.Merchant("乙店"));
        var ofOne = await Delivered(site, platform, "2001", "甲店");
        var ofTwo = await Delivered(site, platform, "2002", "乙店");
        var (first, firstAccount) = await Person(site, platform, TeamRole.Agent, one);
        var (second, _) = await Person(site, platform, TeamRole.Agent, two);
        async Task Sees(HttpClient who, params string[] paths)
        {
            foreach (var path in new[] { ofOne, ofTwo })
                (await who.GetAsync(path, Ct)).StatusCode.ShouldBe(
                    paths.Contains(path) ? HttpStatusCode.OK : HttpStatusCode.NotFound,
                    path
                );
            var listed = (await who.GetAsync("/api/v1/complaints").Json()).GetProperty("items");
            listed.GetArrayLength().ShouldBe(paths.Length);
        }
        await Sees(first, ofOne);
        await Sees(second, ofTwo);
        await first.PostJson(ofTwo + "/reply", Reply).Refused(404, "not-found");

        var today = site.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        string Day(int days) => today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var away = await site.Browsing(second);
        (string, string?) cover = ("cover", $"{firstAccount}");
        (
            await site.Appends([], () => away.Send(Here, "Away", ("from", Day(2)), ("to", Day(0)), cover))
        ).Status.ShouldBe(409);
        await site.Appends(["account.awaySet"], () => away.Send(Here, "Away", ("from", Day(1)), ("to", Day(2)), cover));
        await Sees(first, ofOne);
        site.Clock.Turn(TimeSpan.FromDays(1));
        await Task.Delay(1100, Ct);
        await Sees(first, ofOne, ofTwo);
        await first.PostJson(ofTwo + "/reply", Reply).Json();
        site.Clock.Turn(TimeSpan.FromDays(2));
        await Task.Delay(1100, Ct);
        await Sees(first, ofOne);

        // The sums are the merchant's, and public; what another shop's case is called is not.
        var numbers = await site.Store.Query<string>("select number from complaints order by filed_at, id", null, Ct);
        var browser = await site.Browsing(first);
        var seen = "";
        await Eventually.Holds(
            async () =>
            {
                seen = await browser.GetStringAsync("/merchant/numbers", Ct);
                return seen.Contains("其他店铺的投诉", StringComparison.Ordinal);
            },
            "another shop's case is counted"
        );
        seen.ShouldContain(numbers[0]);
        seen.ShouldNotContain(numbers[1]);
    }
}
