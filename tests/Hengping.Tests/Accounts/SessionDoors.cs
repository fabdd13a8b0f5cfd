using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>会话: one's own are listed and ended, nobody else's; what changes the way in ends the others.</summary>
public sealed class SessionDoors(Sites sites) : IClassFixture<Sites>
{
    private const string Security = "/me/security";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<HttpStatusCode> Look(HttpClient browser) =>
        (await browser.GetAsync(Security, Ct)).StatusCode;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Everybody_ends_their_own_sessions_and_nobody_elses(Db engine)
    {
        var site = await sites.On(engine);
        var shop = await site.Merchant(Sites.OwnName("晴川数码"));
        var strangers = await site.Browsing(await site.As(Role.Reviewer));
        foreach (var role in new[] { Role.Claimant, Role.Merchant, Role.Mediator, Role.Admin, Role.Regulator })
        {
            var caller = await site.As(role, role == Role.Merchant ? shop : null);
            var (here, there, far) = (
                await site.Browsing(caller),
                await site.Browsing(caller),
                await site.Browsing(caller)
            );
            var page = await here.GetStringAsync(Security, Ct);
            page.ShouldContain("127.0.0.*");
            page.ShouldContain("Chrome · Linux");
            var others = Regex.Matches(page, "name=\"session\" value=\"([0-9a-f]{64})\"");
            others.Count.ShouldBe(2);
            var one = others[0].Groups[1].Value;
            (await strangers.Send(Security, "End", ("session", one))).Status.ShouldBe(404);
            (await site.Appends([], () => here.Send(Security, "End", ("session", one)))).Status.ShouldBe(302);
            (await here.Send(Security, "End", ("session", one))).Status.ShouldBe(404);
            var left = new[] { await Look(there), await Look(far) };
            left.ShouldBe([HttpStatusCode.OK, HttpStatusCode.Redirect], ignoreOrder: true);
            (await Look(here)).ShouldBe(HttpStatusCode.OK);
            var all = await site.Appends(["account.sessionsEnded"], () => here.Send(Security, "Others"));
            all.Status.ShouldBe(302);
            new[] { await Look(there), await Look(far) }.ShouldAllBe(status => status == HttpStatusCode.Redirect);
            (await Look(here)).ShouldBe(HttpStatusCode.OK, $"{role}: whoever did it stays");
        }
        (await Look(strangers)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Nobody_changes_anything_without_a_session_and_consumers_have_no_factors(Db engine)
    {
        var site = await sites.On(engine);
        var claimant = await site.Browsing(await site.As(Role.Claimant));
        string[] handlers = ["Begin", "Confirm", "Codes", "Off", "Passkey", "Remove", "Password", "End", "Others"];
        foreach (var handler in handlers)
        {
            var nobody = await site.Appends([], () => site.Visitor().Send(Security, handler));
            nobody.Status.ShouldBeOneOf([302, 404]);
            if (nobody.Status == 302)
                nobody.Location!.ShouldStartWith("/signin");
            if (handler is not ("Others" or "Confirm"))
                (await site.Appends([], () => claimant.Send(Security, handler))).Status.ShouldBe(404, handler);
        }
        (await site.Appends([], () => claimant.Send(Security, "PasskeyAsk"))).Status.ShouldBe(404);
        (await site.Appends([], () => claimant.Send(Security, "Confirm", ("note", "x")))).Status.ShouldBe(404);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_a_browser_sends_for_a_passkey_is_refused_whatever_it_is(Db engine)
    {
        var site = await sites.On(engine);
        var mediator = await site.Browsing(await site.As(Role.Mediator));
        var asked = await mediator.Send(Security, "PasskeyAsk");
        var ask = Regex.Match(asked.Body, "\"ask\":\"([0-9a-f]{32})\"").Groups[1].Value;
        string[] credentials = ["", "{}", "null", "[]", "{\"id\":\"AA\",\"type\":\"public-key\",\"response\":{}}", "x"];
        foreach (var credential in credentials)
        foreach (var number in new[] { ask, "", "nothing" })
        {
            var made = await site.Appends(
                [],
                () => mediator.Send(Security, "Passkey", ("ask", number), ("credential", credential), ("name", "x"))
            );
            made.Status.ShouldBe(409);
            var entered = await site.Appends(
                [],
                () => site.Visitor().Send("/signin?as=staff", "Passkey", ("ask", number), ("credential", credential))
            );
            entered.Status.ShouldBe(409);
        }
        site.Log.Errors.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_new_password_ends_the_others_and_device_and_network_are_sealed(Db engine)
    {
        var site = await sites.On(engine);
        var profile = new Profile("王调解", Phone: null, Email: null, Login: "wang");
        AccountEvent first = new AccountEvent.PasswordSet { Hash = SignIn.HashPassword("four unrelated words") };
        await AccountDesk.Open(site.Store, Role.Mediator, profile, null, "cli", [first], Ct);
        var (here, there) = (site.Visitor(), site.Visitor());
        there.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0) Firefox/140.0");
        foreach (var browser in new[] { here, there })
            await browser.Send("/signin?as=staff", "Password", ("login", "wang"), ("password", "four unrelated words"));
        (await here.GetStringAsync(Security, Ct)).ShouldContain("Firefox · Windows");
        await AtRest.NothingSays(site, "Firefox", "127.0.0.*");
        string[] bad = ["short", "wangwangwang", new string('a', 40)];
        foreach (var fresh in bad)
        {
            var refused = await site.Appends([], () => Change(here, "four unrelated words", fresh));
            refused.Status.ShouldBe(400);
        }
        (await site.Appends([], () => Change(here, "wrong", "five quite unrelated words"))).Status.ShouldBe(400);
        var done = await site.Appends(
            ["account.passwordSet"],
            () => Change(here, "four unrelated words", "five quite unrelated words")
        );
        done.Status.ShouldBe(302);
        (await Look(here)).ShouldBe(HttpStatusCode.OK);
        (await Look(there)).ShouldBe(HttpStatusCode.Redirect);
    }

    private static Task<FormAnswer> Change(HttpClient browser, string password, string fresh) =>
        browser.Send(Security, "Password", ("password", password), ("fresh", fresh));
}
