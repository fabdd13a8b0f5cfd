using System.Net;
using Dapper;
using Hengping.App;
using Hengping.App.Desk;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// What a node stamps while its clock is doubted would be closed at once by those whose clock is right, so it takes no
/// act; and what a wrong clock has left behind holds nobody up.
/// </summary>
public sealed class ClockGates
{
    private const string Decisions = "/api/v1/desk/decisions";
    private const string Phone = "13800000009";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, string?> Watched = new()
    {
        ["Clock:Watched"] = "true",
        ["Ticks:PerSecond"] = "0",
    };

    private static async Task Confirmed(Site site, params string[] reasons)
    {
        foreach (var reason in reasons)
        {
            ((await site.Of<ClockGuard>().Doubt(Ct))?.Code).ShouldBe(reason);
            await ClockGuard.Confirm(site.Store, Environment.MachineName, Guid.NewGuid(), Ct);
            // In doubt it looks once a second.
            await Task.Delay(1100, Ct);
        }
        (await site.Of<ClockGuard>().Doubt(Ct)).ShouldBeNull();
    }

    // A test's clock is nowhere near PostgreSQL's own: somebody says so first.
    private static async Task<Site> Believed(Db engine)
    {
        var site = await Site.Start(engine, settings: Watched);
        await Confirmed(site, engine == Db.Postgres ? ["clock.database"] : []);
        return site;
    }

    private static async Task<(HttpStatusCode Status, string Said)> Ready(Site site)
    {
        using var answer = await site.Anyone.GetAsync("/readyz", Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static Task<FormAnswer> Knock(HttpClient browser, string password) =>
        browser.Send("/signin?as=staff", "Password", ("login", "zhou"), ("password", password));

    private static async Task Named(Site site, Role role)
    {
        var admin = await site.Browsing(await site.As(Role.Admin));
        (string, string?)[] said = [("name", "周主任"), ("login", "zhou"), ("role", Words.Of(role))];
        var page = (await admin.Send("/admin/staff", "Open", said)).Body;
        var link = page[page.IndexOf("/join", StringComparison.Ordinal)..];
        link = link[..link.IndexOfAny(['"', '<', ' ', '\n'])];
        var joined = await site.Visitor().Send(link, "", ("key", link[^40..]), ("password", "four unrelated words"));
        joined.Status.ShouldBe(302);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_clock_set_back_takes_no_act_and_does_again_when_it_is_right(Db engine)
    {
        await using var desk = await Desk.On(await Believed(engine));
        var site = desk.Site;
        var id = await desk.Filed();
        (await Ready(site)).Status.ShouldBe(HttpStatusCode.OK);
        var right = site.Clock.GetUtcNow();

        site.Clock.TurnTo(right.AddDays(-60));
        var before = await site.Head();
        await desk.Claimant.PostJson("/api/v1/complaints", desk.Body("orderNo", "B2")).Refused(503, "clock.back");
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Refused(503, "clock.back");
        using (var upload = await desk.Claimant.Upload([1, 2, 3], "a.png", "image/png"))
        {
            upload.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            upload.Headers.RetryAfter.ShouldNotBeNull();
        }
        var code = await site.Visitor().Send("/signin", "Code", ("phone", Phone));
        code.Status.ShouldBe(503);
        code.Body.ShouldContain("data-away=\"clock.back\"");
        (await site.Head()).ShouldBe(before);
        (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("status").GetString().ShouldBe("filed");
        var said = await Ready(site);
        said.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        said.Said.ShouldStartWith("clock.back: ");

        site.Clock.TurnTo(right.AddMinutes(1));
        await Task.Delay(1100, Ct);
        (await Ready(site)).Status.ShouldBe(HttpStatusCode.OK, "nobody has to say so");
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_admin_comes_in_while_the_clock_is_doubted_and_says_that_it_is_right(Db engine)
    {
        await using var desk = await Desk.On(await Believed(engine));
        var site = desk.Site;
        await Named(site, Role.Admin);
        var id = await desk.Filed();
        var decided = new { complaints = new[] { id }, verb = "deliver" };
        await desk.Mediator.PostJson(Decisions, decided).Json();

        site.Clock.Turn(TimeSpan.FromDays(1));
        await site.Appends<object?>(
            [],
            async () =>
            {
                await site.Of<SendDecisions>().Once(Ct);
                return null;
            }
        );
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Refused(503, "clock.ahead");
        var admin = site.Visitor();
        (await Knock(admin, "wrong")).Status.ShouldBe(400);
        (await Knock(admin, "four unrelated words")).Status.ShouldBe(302);
        (await admin.Send("/admin/staff", "Ask", ("asked", "true"))).Status.ShouldBe(503, "it is for nothing else");
        for (var reasons = engine == Db.Postgres ? 2 : 1; reasons > 0; reasons--)
        {
            var machine = Forms.Hidden(await admin.GetStringAsync("/admin", Ct), "machine");
            (await admin.Send("/admin", "Clock", ("machine", machine))).Location.ShouldBe("/admin");
            await Task.Delay(1100, Ct);
            (await Ready(site)).Status.ShouldBe(reasons > 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        }
        await site.Of<SendDecisions>().RunDue(Ct);
        (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("status").GetString().ShouldBe("delivered");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Sessions_and_codes_outlive_a_node_whose_clock_is_ahead(Db engine)
    {
        await using var site = await Believed(engine);
        await Named(site, Role.Mediator);
        var staff = site.Visitor();
        (await Knock(staff, "four unrelated words")).Status.ShouldBe(302);
        (await site.Visitor().Send("/signin", "Code", ("phone", Phone))).Status.ShouldBe(200);
        var right = site.Clock.GetUtcNow();

        site.Clock.TurnTo(right.AddDays(60));
        (await Knock(site.Visitor(), "four unrelated words")).Status.ShouldBe(302, "it may be an admin");
        site.Clock.TurnTo(right.AddMinutes(5));
        await Task.Delay(1100, Ct);

        (await staff.GetAsync("/me/security", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await site.Store.First<long>("select count(*) from sign_in_codes", null, Ct)).ShouldBe(1);
    }

    /// <summary>Its ten seconds would be sixty days.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_decided_under_a_clock_that_was_ahead_goes_out_when_it_is_right(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var id = await desk.Filed();
        var right = site.Clock.GetUtcNow();
        site.Clock.TurnTo(right.AddDays(60));
        await desk.Mediator.PostJson(Decisions, new { complaints = new[] { id }, verb = "deliver" }).Json();
        site.Clock.TurnTo(right.AddMinutes(1));

        await Eventually.Holds(
            async () =>
            {
                await site.Of<SendDecisions>().Once(Ct);
                var told = await desk.Claimant.GetAsync(Desk.At(id)).Json();
                return told.GetProperty("status").GetString() == "delivered";
            },
            "it is sent"
        );
    }

    /// <summary>It has seen no time go by, and so notes none: the site would believe it.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_command_takes_no_act_on_a_machine_whose_clock_is_doubted_and_notes_nothing(Db engine)
    {
        // Beside a server that keeps the true date commands are told not to ask (Harness/Postgres.cs).
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("LD_PRELOAD") is { Length: > 0 },
            "the date is another one on purpose (ci.cs --today)"
        );
        await using var site = await Site.Start(engine);
        Task<int> Add()
        {
            string[] asked = ["merchant", "add", "--name", "云上百货", "--sector", "general-retail"];
            string[] place = ["--data", site.Place.Data, "--keys", site.Place.Keys];
            return Cli.Run(
                Rooms.House.Commands(),
                site.Place.Postgres is { } db ? [.. asked, .. place, "--db", db] : [.. asked, .. place]
            );
        }
        Task Sql(string sql) =>
            site.Store.Write((db, tx) => db.ExecuteAsync(sql, new { machine = Environment.MachineName }, tx), Ct);
        Task<IReadOnlyList<long>> Noted() => site.Store.Query<long>("select noted_at from clock", null, Ct);
        // In the year 2200: long after any day on which this runs.
        const long Late = 7258118400000;
        await Sql($"insert into clock (one, noted_at, off_ms) values (1, {Late}, 0)");
        (await site.Appends([], Add)).ShouldBe(1);
        (await Noted()).ShouldBe([Late]);
        await Sql("delete from clock");
        await Sql("insert into clock_doubts (machine, reason, now_is, against) values (@machine, 'clock.ahead', 0, 0)");
        (await site.Appends([], Add)).ShouldBe(1);
        await Sql("delete from clock_doubts");
        (await site.Appends(["merchant.added"], Add)).ShouldBe(0);
        (await Noted()).ShouldBeEmpty();
    }

    /// <summary>A server whose clock nobody doubted yet, or one of an older program, has written them.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_lies_further_ahead_than_its_own_span_holds_nobody_up(Db engine)
    {
        await using var site = await Site.Start(engine);
        await Named(site, Role.Mediator);
        var one = new Allowance("toys", 1, TimeSpan.FromMinutes(1), Faults.TooMany);
        Task<string?> Sent() => site.Store.First<string>("select code_hash from sign_in_codes", null, Ct);
        var right = site.Clock.GetUtcNow();
        site.Clock.TurnTo(right.AddDays(60));
        (await site.Visitor().Send("/signin", "Code", ("phone", Phone))).Status.ShouldBe(200);
        var ahead = await Sent();
        for (var n = 0; n < 5; n++)
            (await Knock(site.Visitor(), "wrong")).Status.ShouldBe(400);
        (await one.Take(site.Store, "anybody", Ct)).ShouldBeNull();
        site.Clock.TurnTo(right.AddMinutes(2));

        (await site.Visitor().Send("/signin", "Code", ("phone", Phone))).Status.ShouldBe(200);
        (await Sent()).ShouldNotBe(ahead);
        (await Knock(site.Visitor(), "four unrelated words")).Status.ShouldBe(302);
        (await one.Take(site.Store, "anybody", Ct)).ShouldBeNull();
        (await one.Take(site.Store, "anybody", Ct)).ShouldBe(Faults.TooMany with { Wait = TimeSpan.FromMinutes(1) });
    }
}
