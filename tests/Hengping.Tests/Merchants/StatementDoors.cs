using System.Net;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>声明: a merchant's own words on its public page, and how they go again.</summary>
public sealed class StatementDoors(Sites sites) : IClassFixture<Sites>
{
    private const string Words = "十月起换货运费由我们出。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_merchant_speaks_on_its_own_page_and_staff_may_take_it_down(Db engine)
    {
        var site = await sites.On(engine);
        var (shop, door) = await Shop(site);
        var own = await site.As(Role.Merchant, shop);
        var desk = await site.As(Role.Mediator);

        await site.Appends(["merchant.stated"], () => own.PostJson(door, new { text = Words }).Json());
        (await Page(site, shop)).ShouldContain(Words);
        await site.Appends([], () => own.PostJson(door, new { text = Words }).Json());

        await desk.PostJson(door + "/remove", new { reason = "" }).Json(400);
        var reason = new { reason = "与本平台无关的内容" };
        await site.Appends(["merchant.statementRemoved"], () => desk.PostJson(door + "/remove", reason).Json());
        var page = await Page(site, shop);
        page.ShouldContain(reason.reason);
        page.ShouldNotContain(Words);
        await desk.PostJson(door + "/remove", reason).Refused(409, "merchant.no-statement");

        await own.PostJson(door, new { text = "改好了" }).Json();
        (await Page(site, shop)).ShouldContain("改好了");
        await site.Appends(["merchant.stated"], () => own.PostJson(door, new { text = " " }).Json());
        (await Page(site, shop)).ShouldNotContain("改好了");
        await own.PostJson(door, new { text = "" }).Json();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Nobody_else_speaks_for_it(Db engine)
    {
        var site = await sites.On(engine);
        var (shop, door) = await Shop(site);
        var words = new { text = Words };
        await site.Anyone.PostJson(door, words).Refused(401, "unauthorized");
        var other = await site.As(Role.Merchant, await site.Merchant(Sites.OwnName("别家")));
        await other.PostJson(door, words).Refused(404, "not-found");
        var nowhere = door.Replace(shop.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal);
        await other.PostJson(nowhere, words).Refused(404, "not-found");
        await (await site.As(Role.Mediator))
            .PostJson(nowhere + "/remove", new { reason = "无" })
            .Refused(404, "not-found");
    }

    public static MatrixTheoryData<Db, Role> EachRole() => new(Enum.GetValues<Db>(), Enum.GetValues<Role>());

    [Theory, MemberData(nameof(EachRole))]
    public async Task Its_own_role_alone_speaks_and_the_desk_alone_removes(Db engine, Role role)
    {
        var site = await sites.On(engine);
        var (shop, door) = await Shop(site);
        var who = await site.As(role, role == Role.Merchant ? shop : null);
        if (role is not Role.Merchant)
            await who.PostJson(door, new { text = Words }).Refused(403, "forbidden");
        if (role is not (Role.Mediator or Role.Admin))
            await who.PostJson(door + "/remove", new { reason = "无理由" }).Refused(403, "forbidden");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_cannot_be_public_is_refused_or_masked(Db engine)
    {
        var site = await sites.On(engine);
        var (shop, door) = await Shop(site);
        var own = await site.As(Role.Merchant, shop);
        await own.PostJson(door, new { text = new string('长', 501) }).Json(400);
        await own.PostJson(door, new { text = 7 }).Json(400);
        await own.PostJson(door, new { text = "买的人都去死吧" }).Refused(409, "merchant.statement-words");
        await own.PostJson(door, new { text = "<b>找小王</b> 13812345678" }).Json();
        var raw = await site.Anyone.GetStringAsync($"/merchants/{shop}", Ct);
        raw.ShouldNotContain("13812345678");
        raw.ShouldNotContain("<b>找小王");
    }

    private static async Task<(Guid Shop, string Door)> Shop(Site site)
    {
        var shop = await site.Merchant(Sites.OwnName("一家店"));
        return (shop, $"/api/v1/merchants/{shop}/statement");
    }

    private static async Task<string> Page(Site site, Guid shop) =>
        WebUtility.HtmlDecode(await site.Anyone.GetStringAsync($"/merchants/{shop}", Ct));
}
