using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>工作人员: an admin invites, changes, stops and signs out; nobody else does, and nobody to themselves.</summary>
public sealed partial class StaffDoors
{
    private const string Staff = "/admin/staff";
    private const string Password = "four unrelated words";
    private static readonly string[] Verbs =
    [
        "Open",
        "Link",
        "Suspend",
        "Resume",
        "Role",
        "SignOut",
        "Reset",
        "Ask",
        "Department",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<Site> Start(Db engine) => Site.Start(engine);

    private static async Task<HttpClient> Admin(Site site) =>
        await site.Browsing(await site.As(Role.Admin, name: "周主任"));

    private static Task<Guid> Newest(Site site) =>
        site.Store.First<Guid>("select id from accounts order by opened_at desc, id desc limit 1", null, Ct);

    private static async Task<(string Link, Guid Account)> Invite(Site site, HttpClient admin, string role = "mediator")
    {
        (string, string?)[] said =
        [
            ("name", "王调解"),
            ("login", "wang"),
            ("email", "wang@example.org"),
            ("role", role),
        ];
        var opened = await site.Appends(["account.opened", "account.invited"], () => admin.Send(Staff, "Open", said));
        opened.Status.ShouldBe(200);
        return (LinkText().Match(opened.Body).Groups[1].Value, await Newest(site));
    }

    private static Task<FormAnswer> Join(HttpClient browser, string link, string password = Password) =>
        browser.Send(link, "", ("key", link[^40..]), ("password", password));

    private static Task<FormAnswer> Knock(HttpClient browser) =>
        browser.Send("/signin?as=staff", "Password", ("login", "wang"), ("password", Password));

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whoever_is_invited_chooses_a_password_once_and_the_link_tells_nobody_else(Db engine)
    {
        await using var site = await Start(engine);
        var admin = await Admin(site);
        var (link, account) = await Invite(site, admin);
        (await admin.GetStringAsync(Staff, Ct)).ShouldNotContain(link, Case.Sensitive, "it is shown once");
        await AtRest.NothingSays(site, link[^40..]);
        var twice = await site.Appends(
            [],
            () => admin.Send(Staff, "Open", ("name", "王二"), ("login", "WANG"), ("role", "reviewer"))
        );
        twice.Status.ShouldBe(400);

        var opened = await site.Appends([], async () => await site.Visitor().GetAsync(link, Ct));
        opened.StatusCode.ShouldBe(HttpStatusCode.OK, "opened, it decides nothing");
        (await site.Visitor().GetAsync(link[..^1] + "0", Ct)).StatusCode.ShouldBeOneOf([
            HttpStatusCode.Forbidden,
            HttpStatusCode.OK,
        ]);
        (await site.Appends([], () => Join(site.Visitor(), link, "short"))).Status.ShouldBe(400);
        var browser = site.Visitor();
        var joined = await site.Appends(["account.passwordSet", "account.signedIn"], () => Join(browser, link));
        joined.Location.ShouldBe("/desk");
        (await browser.GetAsync("/desk", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await site.Appends([], () => Join(site.Visitor(), link))).Status.ShouldBe(403, "used up");

        var again = await site.Appends(["account.invited"], () => admin.Send(Staff, "Link", ("id", $"{account}")));
        var old = LinkText().Match(again.Body).Groups[1].Value;
        var newer = LinkText().Match((await admin.Send(Staff, "Link", ("id", $"{account}"))).Body).Groups[1].Value;
        (await Join(site.Visitor(), old)).Status.ShouldBe(403, "a newer one voids it");
        site.Clock.Turn(Account.InvitationLives);
        (await site.Appends([], () => Join(site.Visitor(), newer))).Status.ShouldBe(403, "too old");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Role_stop_and_sign_out_end_what_was_open_and_the_person_is_told(Db engine)
    {
        await using var site = await Start(engine);
        var admin = await Admin(site);
        var (link, account) = await Invite(site, admin);
        var browser = site.Visitor();
        await Join(browser, link);
        async Task Ends(string verb, string kind, params (string, string?)[] more)
        {
            await Knock(browser);
            (await browser.GetAsync("/me/security", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (string, string?)[] fields = [("id", $"{account}"), .. more];
            (await site.Appends([kind], () => admin.Send(Staff, verb, fields))).Status.ShouldBe(302, verb);
            (await browser.GetAsync("/me/security", Ct)).StatusCode.ShouldBe(HttpStatusCode.Redirect, verb);
        }
        await Ends("SignOut", "account.sessionsEnded");
        await Ends("Role", "account.roleChanged", ("role", "reviewer"));
        (await site.Appends([], () => admin.Send(Staff, "Reset", ("id", $"{account}")))).Status.ShouldBe(409);
        AccountEvent key = new AccountEvent.PasskeyAdded("print", 0) { Name = "x" };
        await AccountDesk.Append(site.Store, account, _ => key, "cli", Ct);
        (await Knock(site.Visitor())).Status.ShouldBe(200, "the second step is asked for");
        await site.Appends(["account.factorsReset"], () => admin.Send(Staff, "Reset", ("id", $"{account}")));
        (await AccountDesk.IssueToken(site.Store, account, "x", "cli", Ct)).Token.ShouldNotBeNull();
        await Ends("Suspend", "account.suspended");
        (await Knock(site.Visitor())).Status.ShouldBe(400, "a stopped account opens nothing");
        (
            await site.Store.Query<long>(
                "select count(*) from tokens where account = @account and live",
                new { account },
                Ct
            )
        )[0]
            .ShouldBe(0);
        await site.Appends([], () => admin.Send(Staff, "Suspend", ("id", $"{account}")));
        await site.Appends(["account.resumed"], () => admin.Send(Staff, "Resume", ("id", $"{account}")));
        (await Knock(site.Visitor())).Status.ShouldBe(302);
        (await Outbox.Newest(site.Store, 20, Ct))
            .Select(letter => letter.Template)
            .ShouldBe(
                [AccountNotices.FactorsReset.Key, AccountNotices.SignedOut.Key, AccountNotices.Changed.Key],
                ignoreOrder: true
            );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Only_admins_and_never_on_themselves_nor_on_anybody_who_is_no_staff(Db engine)
    {
        await using var site = await Start(engine);
        var admin = await Admin(site);
        var self = await Newest(site);
        await site.As(Role.Claimant, phone: "13900000001");
        var claimant = await Newest(site);
        foreach (var verb in Verbs.Except(["Open", "Ask"]))
        {
            (string, string?)[] On(Guid id) => [("id", $"{id}"), ("role", "editor")];
            (await site.Appends([], () => admin.Send(Staff, verb, On(claimant)))).Status.ShouldBe(404, verb);
            (await site.Appends([], () => admin.Send(Staff, verb, On(Guid.NewGuid())))).Status.ShouldBe(404, verb);
            (await site.Appends([], () => admin.Send(Staff, verb, On(self)))).Status.ShouldBe(409, verb);
        }
        (await site.Appends([], () => admin.Send(Staff, "Ask", ("asked", "true")))).Status.ShouldBe(404);
        var shop = await site.Merchant("晴川数码");
        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Admin))
        {
            var other = await site.Browsing(await site.As(role, role == Role.Merchant ? shop : null));
            var got = await other.GetAsync(Staff, Ct);
            got.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role}");
            var before = await site.Head();
            foreach (var verb in Verbs)
                (await other.Send(Staff, verb, ("id", $"{self}"), ("role", "editor"))).Status.ShouldBe(403, verb);
            (await site.KindsSince(before)).ShouldBeEmpty();
        }
        (await site.Visitor().Send(Staff, "Open")).Location.ShouldNotBeNull().ShouldContain("/signin");
    }

    [GeneratedRegex(@"<code class=""secret"">[^<]*(/join\?key=[0-9a-f]{40})</code>")]
    private static partial Regex LinkText();
}
