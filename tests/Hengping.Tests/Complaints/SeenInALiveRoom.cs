using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>直播、广告、自营: who stands behind an offer, and what the claimant is told of it.</summary>
public sealed class SeenInALiveRoom(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_showed_it_where_is_kept_and_the_claimant_reads_who_answers(Db db)
    {
        var desk = await sites.DeskOn(db);
        var body = desk.Body(desk.Platform);
        body["orderNo"] = Sites.OwnPhone();
        body["selfOperated"] = true;
        body["shop"] = new { name = "某某旗舰店" };
        body["seenOn"] = new
        {
            platform = "某视频",
            address = "javascript:alert(1)",
            advertisement = true,
        };
        var no = await desk.Site.Appends([], () => desk.Claimant.PostJson("/api/v1/complaints", body).Json(400));
        no.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["seenOn.address"]);
        body["seenOn"] = new
        {
            platform = "某视频",
            address = "https://v.example/live/7",
            advertisement = true,
        };
        body["live"] = new
        {
            @operator = "晨光直播间",
            presenter = "主播小鹿",
            agency = " ",
        };
        var id = await Desk.Then(desk.Filed(body), desk.Mediator, "deliver");
        foreach (var who in new[] { desk.Claimant, desk.PlatformDesk, desk.Mediator })
        {
            var seen = await who.GetAsync(Desk.At(id)).Json();
            seen.GetProperty("seenOn").GetProperty("advertisement").GetBoolean().ShouldBeTrue();
            seen.GetProperty("live").GetProperty("presenter").GetString().ShouldBe("主播小鹿");
            seen.GetProperty("live").TryGetProperty("agency", out _).ShouldBeFalse();
            seen.GetProperty("selfOperated").GetBoolean().ShouldBeTrue();
            // Where a platform sells itself, no shop stands between: its own domicile counts. For staff alone.
            var isStaff = seen.TryGetProperty("competence", out var place);
            isStaff.ShouldBe(who == desk.Mediator);
            if (isStaff)
                place.GetProperty("code").GetString().ShouldBe("platform-domicile");
        }
        var number = (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        var page = await (await desk.Site.Browsing(desk.Claimant)).GetStringAsync($"/cases/{number}", Ct);
        foreach (var said in new[] { "第三十七条", "第四十五条", "晨光直播间", "主播小鹿" })
            page.ShouldContain(said);
        page.ShouldNotContain("谁有处理权限");
        var staff = await (await desk.Site.Browsing(desk.Mediator)).GetStringAsync($"/cases/{number}", Ct);
        staff.ShouldContain("令121第13条第2款");
        var plain = await desk.Claimant.GetAsync(Desk.At(await desk.Filed())).Json();
        foreach (var field in new[] { "seenOn", "live", "selfOperated" })
            plain.TryGetProperty(field, out _).ShouldBeFalse(field);
    }
}
