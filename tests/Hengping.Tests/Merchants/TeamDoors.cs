using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>团队: owners change it, agents answer for their shops, whoever may only read writes nowhere.</summary>
public sealed partial class TeamDoors(Sites sites) : IClassFixture<Sites>
{
    private const string Here = "/merchant/team";
    private const string Password = "four unrelated words";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A merchant's person with a token: what no door of the team makes.</summary>
    private static async Task<(HttpClient Client, Guid Account)> Person(
        Site site,
        Guid merchant,
        TeamRole role,
        params Guid[] shops
    )
    {
        var token = AccountDesk.NewToken();
        AccountEvent[] events =
        [
            new AccountEvent.TeamRoleSet(role),
            .. shops.Length > 0 ? [new AccountEvent.ShopsSet(shops)] : Array.Empty<AccountEvent>(),
            new AccountEvent.TokenIssued(AccountDesk.TokenHash(token)),
        ];
        var profile = new Profile($"某{role}", Phone: null, Email: null, Login: null);
        var opened = await AccountDesk.Open(site.Store, Role.Merchant, profile, merchant, "cli", events, Ct);
        var client = site.Visitor();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return (client, opened.Event!.Id);
    }

    private static async Task<string> Delivered(Site site, Guid respondent, string order, string? shop = null)
    {
        var claimant = await site.As(Role.Claimant, phone: $"1390000{order}");
        var filing = Filing.To(respondent, order, "买的水壶第三天就不加热了，联系店里三次都没有结果。");
        var body = System.Text.Json.JsonSerializer.SerializeToNode(filing, Cli.JsonFormat)!.AsObject();
        if (shop is not null)
            body["shop"] = new System.Text.Json.Nodes.JsonObject { ["name"] = shop };
        var filed = await claimant.PostJson("/api/v1/complaints", body).Json(201);
        var id = filed.GetProperty("id").GetString()!;
        await (await site.As(Role.Mediator)).PostJson($"/api/v1/complaints/{id}/deliver").Json();
        return $"/api/v1/complaints/{id}";
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Of_a_complaint_that_was_not_delivered_no_page_of_the_team_tells(Db engine)
    {
        var site = await sites.On(engine);
        var (shop, platform) = (await site.Merchant(Sites.OwnName("晴川数码")), Sites.OwnName("大集平台"));
        var at = await site.Merchant(platform, platform: true);
        var (owner, _) = await Person(site, shop, TeamRole.Owner);
        await Person(site, shop, TeamRole.Agent);
        var name = (await site.Visitor().GetAsync($"/api/v1/merchants/{shop}", Ct).Json()).GetProperty("name");
        var claimant = await site.As(Role.Claimant, phone: Sites.OwnPhone());
        var filing = Filing.To(at, "T1", "买的水壶第三天就不加热了，联系店里三次都没有结果。");
        var body = System.Text.Json.JsonSerializer.SerializeToNode(filing, Cli.JsonFormat)!.AsObject();
        body["shop"] = new System.Text.Json.Nodes.JsonObject { ["name"] = name.GetString() };
        var filed = await claimant.PostJson("/api/v1/complaints", body).Json(201);

        var page = await site.Browsing(owner);
        (await page.GetStringAsync(Here, Ct)).ShouldNotContain(platform);
        var id = filed.GetProperty("id").GetString();
        await (await site.As(Role.Mediator)).PostJson($"/api/v1/complaints/{id}/deliver").Json();
        (await page.GetStringAsync(Here, Ct)).ShouldContain(platform);
    }

    private static object Reply => new { text = "非常抱歉，今天就为您安排退款，请留意到账，如有疑问请随时联系。" };

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Of_two_owners_who_put_each_other_out_at_once_one_is_left(Db engine)
    {
        var site = await sites.On(engine);
        var shop = await site.Merchant(Sites.OwnName("晴川数码"));
        for (var round = 0; round < 10; round++)
        {
            var (one, other) = (await Owner(), await Owner());
            var answers = await Task.WhenAll(Demote(one, other), Demote(other, one));
            answers.Count(refusal => refusal is null).ShouldBe(1);
            answers.ShouldContain(Team.OwnersOnly);
        }

        async Task<Guid> Owner() => (await Person(site, shop, TeamRole.Owner)).Account;

        Task<Refusal?> Demote(Guid by, Guid whom)
        {
            var caller = new Caller(by, Role.Merchant, shop, "某Owner");
            var right = Team.Right(caller);
            return AccountDesk.Append(
                site.Store,
                whom,
                account => account.ChangeTeamRole(TeamRole.Agent),
                caller.Author,
                right,
                Ct
            );
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_colleague_is_invited_by_phone_answers_and_is_taken_out_again(Db engine)
    {
        var site = await sites.On(engine);
        var shop = await site.Merchant(Sites.OwnName("晴川数码"));
        var owner = await site.Browsing((await Person(site, shop, TeamRole.Owner)).Client);
        var invited = await site.Appends(
            ["account.opened", "account.teamRoleSet", "account.invited"],
            () => owner.Send(Here, "Invite", ("name", "小刘"), ("phone", "13911112222"), ("role", "agent"))
        );
        var link = LinkText().Match(invited.Body).Groups[1].Value;
        var letter = (await Outbox.Newest(site.Store, 5, Ct)).First(one => one.Template == "team-invited");
        letter.To.ShouldBe("13911112222");
        site.TextOf(letter).ShouldContain(link);
        var again = ("phone", (string?)"13911112222");
        (
            await site.Appends([], () => owner.Send(Here, "Invite", ("name", "小刘"), again, ("role", "agent")))
        ).Status.ShouldBe(400);
        await AtRest.NothingSays(site, link[^40..], "13911112222", "小刘");

        var colleague = site.Visitor();
        (await colleague.Send(link, "", ("key", link[^40..]), ("password", Password))).Location.ShouldBe("/merchant");
        (await colleague.GetStringAsync(Here, Ct)).ShouldNotContain("邀请同事");
        var account = await site.Store.First<Guid>(
            "select id from accounts where login_print = @print",
            new { print = AccountDesk.LoginPrint(site.Store, "13911112222") },
            Ct
        );
        await site.Appends(
            ["account.teamRoleSet"],
            () => owner.Send(Here, "Role", ("id", $"{account}"), ("role", "readOnly"))
        );
        await site.Appends(["account.teamLeft"], () => owner.Send(Here, "Remove", ("id", $"{account}")));
        (await colleague.GetAsync(Here, Ct)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var fresh = await owner.Send(Here, "Invite", ("name", "小刘"), again, ("role", "agent"));
        fresh.Status.ShouldBe(200, "the number is free again");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whoever_may_only_read_is_refused_at_every_door_that_writes(Db engine)
    {
        var site = await sites.On(engine);
        var shop = await site.Merchant(Sites.OwnName("晴川数码"));
        var at = await Delivered(site, shop, "1001");
        var (reader, account) = await Person(site, shop, TeamRole.ReadOnly);
        (await reader.GetAsync(at).Json()).GetProperty("can").GetArrayLength().ShouldBe(0);
        var head = await site.Head();
        var doors = site.Of<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<OpenTo>()?.Roles?.Contains(Role.Merchant) == true)
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => e.RoutePattern.RawText!)
            .ToList();
        doors.Count.ShouldBeGreaterThan(10);
        foreach (var door in doors)
        {
            var path = Blank().Replace(door, at.Split('/')[^1]);
            await reader.PostJson(path, Reply).Refused(403, "team.read-only");
        }
        await reader.Upload([1, 2, 3], "x.png", "image/png").Refused(403, "team.read-only");
        var browser = await site.Browsing(reader);
        (await browser.GetAsync("/cases/x", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var page in new[] { "/file", "/evidence/upload", "/cases/x", "/merchant" })
            (await browser.Send(page, "")).Status.ShouldBe(403, page);
        (await site.KindsSince(head)).ShouldBeEmpty();

        var (owner, _) = await Person(site, shop, TeamRole.Owner);
        await (await site.Browsing(owner)).Send(Here, "Role", ("id", $"{account}"), ("role", "agent"));
        await Task.Delay(1100, Ct);
        await reader.PostJson(at + "/reply", Reply).Json();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Only_owners_change_the_team_never_themselves_and_never_another_merchants(Db engine)
    {
        var site = await sites.On(engine);
        var (shop, other) = (
            await site.Merchant(Sites.OwnName("晴川数码")),
            await site.Merchant(Sites.OwnName("长虹电器"))
        );
        var (owner, self) = await Person(site, shop, TeamRole.Owner);
        var (agent, colleague) = await Person(site, shop, TeamRole.Agent);
        var (_, foreign) = await Person(site, other, TeamRole.Agent);
        (string, string?)[] On(Guid id) =>
            [("id", $"{id}"), ("role", "owner"), ("name", "某"), ("phone", "13911113333")];
        string[] verbs = ["Role", "Shops", "Link", "Remove"];
        var (asOwner, asAgent) = (await site.Browsing(owner), await site.Browsing(agent));
        var head = await site.Head();
        foreach (var verb in verbs)
        {
            (await asOwner.Send(Here, verb, On(foreign))).Status.ShouldBe(404, verb);
            (await asAgent.Send(Here, verb, On(colleague))).Status.ShouldBe(403, verb);
            (await asOwner.Send(Here, verb, On(self))).Status.ShouldBe(409, verb);
        }
        (await asAgent.Send(Here, "Invite", On(self))).Status.ShouldBe(403);
        (await asOwner.Send(Here, "Shops", ("id", $"{colleague}"), ("shop", $"{other}"))).Status.ShouldBe(400);
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Merchant))
            (await (await site.Browsing(await site.As(role))).GetAsync(Here, Ct)).StatusCode.ShouldBe(
                HttpStatusCode.Forbidden
            );
        (await site.KindsSince(head))
            .Where(kind => kind is not ("account.opened" or "account.tokenIssued"))
            .ShouldBeEmpty();
        (await site.Visitor().Send(Here, "Remove", On(colleague))).Location!.ShouldContain("/signin");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_digest_goes_out_once_a_day_with_numbers_and_no_story(Db engine)
    {
        var morning = Days.Monday.AddHours(-2);
        await using var site = await Site.Start(engine, morning.AddHours(-1));
        var shop = await site.Merchant("晴川数码");
        await Delivered(site, shop, "3001");
        var (_, account) = await Person(site, shop, TeamRole.Agent);
        var digest = DigestOf(site);
        AccountEvent[] wants =
        [
            new AccountEvent.Corrected { Profile = new Profile("小刘", null, "liu@example.org", null) },
            new AccountEvent.DigestSet(true),
        ];
        foreach (var one in wants)
            await AccountDesk.Append(site.Store, account, _ => one, "cli", Ct);
        (await digest.SendDue(Ct)).ShouldBe(0, "it is not yet eight");
        site.Clock.Turn(TimeSpan.FromHours(1));
        (await digest.SendDue(Ct)).ShouldBe(1);
        (await digest.SendDue(Ct)).ShouldBe(0, "once a day");
        var letter = (await Outbox.Newest(site.Store, 10, Ct)).Single(one => one.Template == "team-digest");
        letter.To.ShouldBe("liu@example.org");
        site.TextOf(letter).ShouldContain("待回复 1 件");
        site.TextOf(letter).ShouldNotContain("水壶");
        site.Clock.Turn(TimeSpan.FromDays(1));
        (await digest.SendDue(Ct)).ShouldBe(1, "the next day, again");
    }

    private static TeamDigest DigestOf(Site site) =>
        Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<TeamDigest>(
            site.Of<IServiceProvider>()
        );

    [GeneratedRegex(@"<code class=""secret"">[^<]*(/join\?key=[0-9a-f]{40})</code>")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Blank();
}
