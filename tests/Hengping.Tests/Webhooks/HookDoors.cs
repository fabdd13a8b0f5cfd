using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Webhooks;

/// <summary>Every door of webhooks: a yes with the event it writes, a no, and whose they are.</summary>
public sealed class HookDoors(Sites sites) : IClassFixture<Sites>
{
    // No name is asked for where it leads: it is an address already.
    private const string Somewhere = "https://8.8.8.8/hooks";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> Open(HttpClient owner, string? address = Somewhere) =>
        owner.PostJson(Hooks.Door, new { address });

    private static async Task<string> Opened(Desk desk, HttpClient? owner = null) =>
        (await Open(owner ?? desk.Merchant).Json(201)).GetProperty("id").GetString()!;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Opening_shows_the_secret_once(Db engine)
    {
        var desk = await Desk.Open(sites, engine);
        var made = await desk.Site.Appends(["hook.opened"], () => Open(desk.Merchant).Json(201));
        var secret = made.GetProperty("secret").GetString()!;
        secret.ShouldStartWith("whsec_");
        made.GetProperty("status").GetString().ShouldBe("active");
        var again = await desk.Merchant.GetAsync($"{Hooks.Door}/{made.GetProperty("id").GetString()}", Ct).Json();
        again.TryGetProperty("secret", out _).ShouldBeFalse();
        again.GetProperty("address").GetString().ShouldBe(Somewhere);
        again.GetProperty("keys")[0].GetString().ShouldBe(made.GetProperty("keys")[0].GetString());
        (await desk.Site.Store.Query<byte[]>("select body from events where kind = 'hook.opened'", null, Ct))
            .Select(System.Text.Encoding.UTF8.GetString)
            .ShouldAllBe(body =>
                !body.Contains(secret, StringComparison.Ordinal) && !body.Contains("8.8.8.8", StringComparison.Ordinal)
            );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_sixth_is_one_too_many_until_one_is_closed(Db engine)
    {
        var desk = await Desk.Open(sites, engine);
        var first = await Opened(desk);
        for (var more = 1; more < 5; more++)
            await Open(desk.Merchant).Json(201);
        await desk.Site.Appends(
            [],
            async () =>
            {
                await Open(desk.Merchant).Refused(409, "hook.full");
                return 0;
            }
        );
        await Hooks.Do(desk.Merchant, first, "close").Json();
        await Open(desk.Merchant).Json(201);
        var listed = await desk.Merchant.GetAsync(Hooks.Door, Ct).Json();
        listed.GetProperty("items").GetArrayLength().ShouldBe(5);
    }

    [Theory]
    [InlineData(Db.Sqlite, "http://8.8.8.8/")]
    [InlineData(Db.Sqlite, "https://127.0.0.1/")]
    [InlineData(Db.Sqlite, "https://[::1]/")]
    [InlineData(Db.Sqlite, "https://0x7f.1/")]
    [InlineData(Db.Sqlite, "https://2130706433/")]
    [InlineData(Db.Sqlite, "https://169.254.169.254/latest")]
    [InlineData(Db.Sqlite, "https://[::ffff:10.0.0.1]/")]
    [InlineData(Db.Sqlite, "https://[64:ff9b::a00:1]/")]
    [InlineData(Db.Sqlite, "https://localhost/")]
    [InlineData(Db.Sqlite, "https://a:b@8.8.8.8/")]
    [InlineData(Db.Sqlite, "nothing")]
    [InlineData(Db.Sqlite, null)]
    [InlineData(Db.Postgres, "https://192.168.1.1/")]
    public async Task An_address_that_leads_inside_is_no_address(Db engine, string? address)
    {
        var desk = await sites.DeskOn(engine);
        var before = await desk.Site.Head();
        var problem = await Open(desk.OtherMerchant, address).Json(400);
        problem.GetProperty("errors").TryGetProperty("address", out _).ShouldBeTrue();
        (await desk.Site.KindsSince(before)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Db.Sqlite, "pause", "hook.paused")]
    [InlineData(Db.Postgres, "pause", "hook.paused")]
    [InlineData(Db.Sqlite, "rotate", "hook.rotated")]
    [InlineData(Db.Postgres, "rotate", "hook.rotated")]
    [InlineData(Db.Sqlite, "close", "hook.closed")]
    [InlineData(Db.Postgres, "close", "hook.closed")]
    public async Task A_verb_writes_its_event(Db engine, string verb, string kind)
    {
        var desk = await Desk.Open(sites, engine);
        var id = await Opened(desk);
        await desk.Site.Appends([kind], () => Hooks.Do(desk.Merchant, id, verb).Json());
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_paused_is_resumed_and_what_runs_is_not(Db engine)
    {
        var desk = await Desk.Open(sites, engine);
        var id = await Opened(desk);
        await Hooks.Do(desk.Merchant, id, "resume").Refused(409, "hook.running");
        await Hooks.Do(desk.Merchant, id, "pause").Json();
        await Hooks.Do(desk.Merchant, id, "pause").Refused(409, "hook.stopped");
        var now = await desk.Site.Appends(["hook.resumed"], () => Hooks.Do(desk.Merchant, id, "resume").Json());
        now.GetProperty("status").GetString().ShouldBe("active");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_address_is_changed_and_judged_as_at_first(Db engine)
    {
        var desk = await Desk.Open(sites, engine);
        var id = await Opened(desk);
        await Hooks.Do(desk.Merchant, id, "address", new { address = "https://10.0.0.1/" }).Json(400);
        var to = new { address = "https://1.1.1.1/new" };
        await desk.Site.Appends(["hook.moved"], () => Hooks.Do(desk.Merchant, id, "address", to).Json());
        (await Hooks.See(desk.Merchant, id)).GetProperty("address").GetString().ShouldBe(to.address);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_older_of_two_secrets_is_retired(Db engine)
    {
        var desk = await Desk.Open(sites, engine);
        var id = await Opened(desk);
        var key = (await Hooks.See(desk.Merchant, id)).GetProperty("keys")[0].GetString();
        await Hooks.Do(desk.Merchant, id, "retire", new { key }).Refused(409, "hook.one-key");
        await Hooks.Do(desk.Merchant, id, "retire", new { key = "00000000" }).Json(400);
        var two = await Hooks.Do(desk.Merchant, id, "rotate").Json();
        two.GetProperty("keys").GetArrayLength().ShouldBe(2);
        two.GetProperty("secret").GetString()!.ShouldStartWith("whsec_");
        var retired = await desk.Site.Appends(
            ["hook.retired"],
            () => Hooks.Do(desk.Merchant, id, "retire", new { key }).Json()
        );
        retired.GetProperty("keys")[0].GetString().ShouldBe(two.GetProperty("keys")[1].GetString());
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_replay_begins_where_the_log_is(Db engine)
    {
        var desk = await Desk.Open(sites, engine);
        var id = await Opened(desk);
        await Hooks.Do(desk.Merchant, id, "replay").Json(400);
        await Hooks.Do(desk.Merchant, id, "replay", new { from = 0 }).Json(400);
        await Hooks.Do(desk.Merchant, id, "replay", new { from = await desk.Site.Head() + 1 }).Json(400);
        await desk.Site.Appends(
            ["hook.replayed"],
            () => Hooks.Do(desk.Merchant, id, "replay", new { from = 1 }).Json()
        );
    }

    [Theory]
    [InlineData(Db.Sqlite, Role.Merchant, 201)]
    [InlineData(Db.Postgres, Role.Merchant, 201)]
    [InlineData(Db.Sqlite, Role.Admin, 201)]
    [InlineData(Db.Postgres, Role.Admin, 201)]
    [InlineData(Db.Sqlite, Role.Claimant, 403)]
    [InlineData(Db.Sqlite, Role.Mediator, 403)]
    [InlineData(Db.Sqlite, Role.Reviewer, 403)]
    [InlineData(Db.Sqlite, Role.Regulator, 403)]
    public async Task Merchants_and_the_operator_have_them(Db engine, Role role, int status)
    {
        var site = (await sites.DeskOn(engine)).Site;
        var shop = role == Role.Merchant ? await site.Merchant(Sites.OwnName("新店")) : (Guid?)null;
        using var answer = await Open(await site.As(role, shop));
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Nobody_without_an_account_has_one()
    {
        var desk = await sites.DeskOn(Db.Sqlite);
        using var answer = await Open(desk.Site.Anyone);
        ((int)answer.StatusCode).ShouldBe(401);
    }

    [Theory]
    [InlineData("", "other")]
    [InlineData("/deliveries", "other")]
    [InlineData("", "admin")]
    [InlineData("/deliveries", "admin")]
    public async Task Another_owners_is_not_seen(string door, string who)
    {
        var desk = await sites.DeskOn(Db.Sqlite);
        var id = await OpenedApart(desk);
        var stranger = who == "admin" ? await desk.Site.As(Role.Admin) : desk.OtherMerchant;
        await stranger.GetAsync($"{Hooks.Door}/{id}{door}", Ct).Json(404);
    }

    [Theory]
    [InlineData("address")]
    [InlineData("rotate")]
    [InlineData("retire")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("replay")]
    [InlineData("close")]
    [InlineData("test")]
    public async Task Another_owners_is_not_acted_on(string verb)
    {
        var desk = await sites.DeskOn(Db.Sqlite);
        var id = await OpenedApart(desk);
        var admin = await desk.Site.As(Role.Admin);
        var before = await desk.Site.Head();
        await Hooks.Do(desk.OtherMerchant, id, verb).Json(404);
        await Hooks.Do(admin, id, verb).Json(404);
        (await desk.Site.KindsSince(before)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_merchants_agent_neither_sees_nor_opens_them()
    {
        var desk = await Desk.Open(sites, Db.Sqlite);
        var id = await Opened(desk);
        var agent = await desk.Site.As(Role.Merchant, desk.Shop, name: "客服");
        var account = await desk.Site.Store.First<Guid>(
            "select id from accounts where merchant = @shop order by opened_at desc, id desc limit 1",
            new { shop = desk.Shop },
            Ct
        );
        (
            await AccountDesk.Append(desk.Site.Store, account, a => a.ChangeTeamRole(TeamRole.Agent), "cli", Ct)
        ).ShouldBeNull();
        desk.Site.Of<TokenCallers>().Forget();
        await Open(agent).Refused(403, "hook.owners-only");
        await agent.GetAsync(Hooks.Door, Ct).Refused(403, "hook.owners-only");
        await agent.GetAsync($"{Hooks.Door}/{id}", Ct).Refused(403, "hook.owners-only");
        await Hooks.Do(agent, id, "pause").Refused(403, "hook.owners-only");
    }

    // One merchant's of its own for each row: places are few.
    private static async Task<string> OpenedApart(Desk desk)
    {
        var shop = await desk.Site.Merchant(Sites.OwnName("别家"));
        return await Opened(desk, await desk.Site.As(Role.Merchant, shop));
    }
}
