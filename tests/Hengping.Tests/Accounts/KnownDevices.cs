using System.Net;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>Whoever guesses from elsewhere shuts out nobody who was in before, and learns nothing by how long it takes.
/// </summary>
public sealed class KnownDevices(Sites sites) : IClassFixture<Sites>
{
    private const string Password = "four unrelated words";

    private static readonly string Hash = SignIn.HashPassword(Password);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task Hire(Site site, string login)
    {
        var profile = new Profile("王调解", Phone: null, "wang@example.org", login);
        AccountEvent password = new AccountEvent.PasswordSet { Hash = Hash };
        var opened = await AccountDesk.Open(site.Store, Role.Mediator, profile, null, "cli", [password], Ct);
        opened.Refusal.ShouldBeNull();
    }

    private static Task<FormAnswer> Knock(HttpClient browser, string login, string password = Password) =>
        browser.Send("/signin?as=staff", "Password", ("login", login), ("password", password));

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_browser_that_was_in_passes_a_lock_of_others_and_locks_for_itself(Db engine)
    {
        await using var site = await Site.Start(engine);
        await Hire(site, "wang");
        await Hire(site, "zhao");
        var known = site.Visitor();
        (await Knock(known, "wang")).Status.ShouldBe(302);
        var strange = site.Visitor();
        for (var i = 0; i < Lockout.TriesMax; i++)
            (await Knock(strange, "wang", "wrong")).Status.ShouldBe(400);
        (await Knock(strange, "wang")).Body.ShouldContain(Lockout.Shut.Zh);
        (await Knock(known, "wang")).Status.ShouldBe(302, "it was in before");

        for (var i = 0; i < Lockout.TriesMax; i++)
            (await Knock(known, "wang", "wrong")).Status.ShouldBe(400);
        (await Knock(known, "wang")).Body.ShouldContain(Lockout.Shut.Zh, customMessage: "its own guesses count");
        for (var i = 0; i < Lockout.TriesMax; i++)
            (await Knock(known, "zhao", "wrong")).Status.ShouldBe(400);
        (await Knock(site.Visitor(), "zhao")).Body.ShouldContain(
            Lockout.Shut.Zh,
            customMessage: "for an account it was never in it is a stranger as any"
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_phone_that_others_guessed_at_still_signs_in_where_it_did_before(Db engine)
    {
        await using var site = await Site.Start(engine);
        const string phone = "13900000001";
        var known = site.Visitor();
        await Enter(site, known, phone, await Ask(site, known, phone));
        for (var n = 0; n < CodeLimits.TriesPerDay; n++)
            await SignIn.WithCode(site.Store, Role.Claimant, phone, $"198.51.100.{n}", "x", name: null, Ct);
        (
            await SignIn.WithCode(site.Store, Role.Claimant, phone, "198.51.100.99", "x", name: null, Ct)
        ).Refusal!.Code.ShouldBe("sign-in.too-many-tries");
        site.Clock.Turn(TimeSpan.FromMinutes(2));
        var code = await Ask(site, known, phone);
        (
            await SignIn.WithCode(site.Store, Role.Claimant, phone, "198.51.100.99", code, name: null, Ct)
        ).Caller.ShouldBeNull("a code that went to a known browser opens there alone");
        (await Enter(site, known, phone, code)).Location.ShouldBe("/me");
    }

    [Fact]
    public async Task A_cookie_of_ones_own_making_makes_nobody_known()
    {
        var site = await sites.On(Db.Sqlite);
        var login = Sites.OwnName("wu");
        await Hire(site, login);
        var strange = site.Visitor();
        for (var i = 0; i < Lockout.TriesMax; i++)
            (await Knock(strange, login, "wrong")).Status.ShouldBe(400);
        foreach (var made in new[] { "x", Convert.ToBase64String(new byte[64]), new string('A', 5000) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/signin?as=staff");
            request.Headers.Add("Cookie", "hengping-device=" + made);
            using var page = await site.Visitor().SendAsync(request, Ct);
            page.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        (await Knock(strange, login)).Body.ShouldContain(Lockout.Shut.Zh);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_known_and_an_unknown_name_or_address_cost_the_same_work(Db engine)
    {
        await using var site = await Site.Start(engine);
        await Hire(site, "wang");
        // A node of its own, on which no job asks beside it.
        await using var store = await Store.Open(site.Place, Rooms.House, site.Clock, Ct);
        async Task<long> Work(Func<Task> what)
        {
            var before = store.Asked;
            await what();
            return store.Asked - before;
        }
        var known = await Work(() => SignIn.WithPassword(store, "wang", "wrong", Ct));
        var unknown = await Work(() => SignIn.WithPassword(store, "nobody", "wrong", Ct));
        unknown.ShouldBe(known);

        var person = await site.Browsing(await site.As(Role.Claimant, phone: "13900000001", name: "陈晓雨"));
        await person.Send("/me", "Correct", ("name", "陈晓雨"), ("email", "chen@example.org"));
        await person.Send("/me", "MailCode");
        await person.Send("/me", "MailConfirm", ("code", await Newest(site)));
        var letters = (await Outbox.Newest(store, 50, Ct)).Count;
        var asked = await Work(() => MailWay.SendCode(store, "chen@example.org", "127.0.0.1", Ct));
        (await Outbox.Newest(store, 50, Ct)).Count.ShouldBe(letters + 1);
        var inVain = await Work(() => MailWay.SendCode(store, "nobody@example.org", "127.0.0.1", Ct));
        (await Outbox.Newest(store, 50, Ct)).Count.ShouldBe(letters + 1, "nobody gets a letter");
        inVain.ShouldBe(asked);
    }

    [Fact]
    public async Task No_name_makes_a_long_cookie()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var browser = site.Visitor();
        const string phone = "13900000001";
        await SignIn.SendCode(site.Store, phone, "127.0.0.1", Ct);
        var page = await browser.GetStringAsync("/file", Ct);
        using var answer = await browser.PostAsync(
            "/file",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = Forms.TokenOf(page),
                    ["signInPhone"] = phone,
                    ["contactName"] = new string('王', 40_000),
                    ["code"] = await Newest(site),
                    ["go"] = "enter",
                }
            ),
            Ct
        );
        answer.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("hengping-session="));
        answer.Headers.GetValues("Set-Cookie").Sum(cookie => cookie.Length).ShouldBeLessThan(4000);
        var shop = await site.Merchant("云上百货");
        var caller = new Caller(Guid.NewGuid(), Role.Merchant, shop, new string('长', 20_000));
        var shops = Enumerable.Range(0, 2000).Select(_ => Guid.NewGuid()).ToList();
        var principal = await Sessions.Begin(site.Store, caller with { Shops = shops }, "Chrome", "127.0.0.*", Ct);
        principal.Claims.Sum(claim => claim.Value.Length).ShouldBeLessThan(400);
    }

    private static async Task<string> Newest(Site site) =>
        Regex.Match(site.TextOf((await Outbox.Newest(site.Store, 1, Ct))[0]), @"\d{6}").Value;

    private static async Task<string> Ask(Site site, HttpClient browser, string phone)
    {
        (await browser.Send("/signin", "Code", ("phone", phone))).Status.ShouldBe(200);
        return await Newest(site);
    }

    private static Task<FormAnswer> Enter(Site site, HttpClient browser, string phone, string code) =>
        browser.Send("/signin", "Enter", ("phone", phone), ("code", code));
}
