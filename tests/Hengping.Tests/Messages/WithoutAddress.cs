using Hengping.App;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Messages;

/// <summary>Links of messages are made of <c>Site:Address</c> and of nothing else.</summary>
public sealed class WithoutAddress
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, string?> None = new() { ["Site:Address"] = "" };

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Without_it_a_message_ends_before_its_link_and_the_admin_is_told(Db engine)
    {
        await using var site = await Site.Start(engine, settings: None);
        var shop = await site.Merchant("云上百货");
        var claimant = await site.As(Role.Claimant, phone: "13800000001");
        var mediator = await site.As(Role.Mediator);
        var filed = await claimant
            .PostJson("/api/v1/complaints", Filing.To(shop, "N1", "买的水壶第三天就不加热了,商家一直不回复。"))
            .Json(201);
        await mediator.PostJson(Desk.At(filed.GetProperty("id").GetString()!, "deliver")).Json();
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, site.Of<SiteAddress>()), Ct);
        var letters = await Outbox.Newest(site.Store, 20, Ct);
        letters.Count.ShouldBeGreaterThan(0);
        foreach (var letter in letters)
        {
            var text = site.TextOf(letter);
            text.ShouldNotContain("/");
            text.ShouldNotContain("{");
            text.ShouldNotEndWith("：");
            letter.Values["link"].ShouldBeEmpty();
        }
        var admin = await site.Browsing(await site.As(Role.Admin));
        (await admin.GetStringAsync("/admin", Ct)).ShouldContain("Site:Address");
    }

    [Fact]
    public async Task Without_it_an_invitation_is_handed_over_as_a_path_and_not_sent()
    {
        await using var site = await Site.Start(Db.Sqlite, settings: None);
        var shop = await site.Merchant("晴川数码");
        var owner = await site.Browsing(await site.As(Role.Merchant, shop));
        using var page = new HttpRequestMessage(HttpMethod.Get, "/merchant/team");
        page.Headers.Host = "evil.example";
        using var got = await owner.SendAsync(page, Ct);
        var token = Forms.TokenOf(await got.Content.ReadAsStringAsync(Ct));
        using var invite = new HttpRequestMessage(HttpMethod.Post, "/merchant/team?handler=Invite")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["name"] = "小刘",
                    ["phone"] = "13911112222",
                    ["role"] = "agent",
                    ["__RequestVerificationToken"] = token,
                }
            ),
        };
        invite.Headers.Host = "evil.example";
        using var answer = await owner.SendAsync(invite, Ct);
        var body = await answer.Content.ReadAsStringAsync(Ct);
        body.ShouldContain("<code class=\"secret\">/join?key=");
        body.ShouldNotContain("evil.example");
        (await Outbox.Newest(site.Store, 5, Ct)).ShouldNotContain(letter => letter.Template == "team-invited");
    }

    [Fact]
    public async Task With_it_links_begin_with_it()
    {
        var said = new Dictionary<string, string?> { ["Site:Address"] = "https://odr.example/" };
        await using var site = await Site.Start(Db.Sqlite, settings: said);
        site.Of<SiteAddress>().LinkTo("/cases/1").ShouldBe("https://odr.example/cases/1");
        var admin = await site.Browsing(await site.As(Role.Admin));
        (await admin.GetStringAsync("/admin", Ct)).ShouldNotContain("Site:Address");
        (await site.Anyone.GetStringAsync("/openapi/v1.json", Ct)).ShouldContain("https://odr.example");
    }

    [Theory]
    [InlineData("odr.example")]
    [InlineData("ftp://odr.example")]
    [InlineData("https://odr.example/?a=1")]
    [InlineData("https://somebody@odr.example")]
    public void What_is_no_address_is_refused_at_the_start(string said)
    {
        Should.Throw<Refused>(() => (SiteAddress)said).Refusal.Code.ShouldBe("site.address");
    }
}
