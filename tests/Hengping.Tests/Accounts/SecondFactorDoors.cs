using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>两步验证: set up, asked for, and proof against guessing, replay and reading what lies on the disk.</summary>
public sealed partial class SecondFactorDoors
{
    private const string Password = "four unrelated words";
    private const string Security = "/me/security";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // The test's browsers let cookies expire by their own clock.
    private static Task<Site> Start(Db engine) => Site.Start(engine);

    // To hash takes a while on purpose; once is enough for all who are hired.
    private static readonly string Hash = SignIn.HashPassword(Password);

    private static async Task<Guid> Hire(
        Site site,
        string login = "wang",
        Role role = Role.Mediator,
        Guid? merchant = null
    )
    {
        var profile = new Profile("王调解", Phone: null, "wang@example.org", login);
        AccountEvent password = new AccountEvent.PasswordSet { Hash = Hash };
        var opened = await AccountDesk.Open(site.Store, role, profile, merchant, "cli", [password], Ct);
        return opened.Event!.Id;
    }

    private static Task<FormAnswer> Knock(HttpClient browser, string login = "wang", string password = Password) =>
        browser.Send("/signin?as=staff", "Password", ("login", login), ("password", password));

    private static async Task<HttpClient> Inside(Site site, string login = "wang")
    {
        var browser = site.Visitor();
        (await Knock(browser, login)).Status.ShouldBe(302);
        return browser;
    }

    private static string Now(Site site, byte[] secret) => Totp.CodeOf(secret, Totp.StepOf(site.Clock.GetUtcNow()));

    private static async Task<(byte[] Secret, string Text, IReadOnlyList<string> Codes)> SetUp(
        Site site,
        HttpClient browser
    )
    {
        var begun = await browser.Send(Security, "Begin", ("password", Password));
        begun.Status.ShouldBe(200);
        var text = SecretText().Match(begun.Body).Groups[1].Value;
        var secret = Totp.ToBytes(text).ShouldNotBeNull();
        secret.Length.ShouldBe(Totp.SecretBytes);
        var note = Forms.Hidden(begun.Body, "note");
        var wrong = await site.Appends([], () => browser.Send(Security, "Confirm", ("note", note), ("code", "000 00")));
        wrong.Status.ShouldBe(400);
        var set = await site.Appends(
            ["account.authenticatorSet", "account.recoveryCodesMade"],
            () => browser.Send(Security, "Confirm", ("note", note), ("code", Now(site, secret)))
        );
        set.Status.ShouldBe(200);
        var codes = CodeText().Matches(set.Body).Select(match => match.Groups[1].Value).ToList();
        codes.Count.ShouldBe(RecoveryCodes.Count);
        return (secret, text, codes);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_authenticator_is_set_asked_for_and_each_of_its_codes_opens_once(Db engine)
    {
        await using var site = await Start(engine);
        await Hire(site);
        var browser = await Inside(site);
        (await site.Appends([], () => browser.Send(Security, "Begin", ("password", "wrong")))).Status.ShouldBe(400);
        var (secret, text, codes) = await SetUp(site, browser);

        var other = site.Visitor();
        var half = await site.Appends([], () => Knock(other));
        half.Status.ShouldBe(200);
        var note = Forms.Hidden(half.Body, "note");
        (await other.GetAsync("/desk", Ct)).StatusCode.ShouldBe(HttpStatusCode.Redirect, "nobody is in yet");
        var used = await Second(other, note, Now(site, secret));
        used.Status.ShouldBe(400, "the code that set it up is used");
        site.Clock.Turn(TimeSpan.FromSeconds(30));
        var code = Now(site, secret);
        (await site.Appends(["account.signedIn"], () => Second(other, note, code))).Location.ShouldBe("/desk");
        (await other.GetAsync("/desk", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await site.Appends([], () => Second(site.Visitor(), note, code))).Status.ShouldBe(400, "a code opens once");

        var recovery = codes[3].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal);
        var byCode = await site.Appends(["account.signedIn"], () => Second(site.Visitor(), note, recovery));
        byCode.Location.ShouldBe("/desk");
        (await Second(site.Visitor(), note, codes[3])).Status.ShouldBe(400, "a recovery code opens once");
        (await other.GetStringAsync(Security, Ct)).ShouldContain("还剩 9 个");

        string[] secrets = [text, Convert.ToBase64String(secret), .. codes, .. codes.Select(c => c.Replace("-", ""))];
        await AtRest.NothingSays(site, secrets);
        foreach (var line in site.Log.All)
            line.ShouldNotContainAny(secrets);
        var download = await other.GetAsync("/me?handler=Download", Ct);
        download.Headers.Location!.ToString().ShouldBe("/desk", "claimants alone take their data along");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_guesses_the_second_step_is_shut_out_and_an_old_note_opens_nothing(Db engine)
    {
        await using var site = await Start(engine);
        await Hire(site);
        var browser = await Inside(site);
        var (secret, _, codes) = await SetUp(site, browser);
        var note = Forms.Hidden((await Knock(site.Visitor())).Body, "note");
        for (var i = 0; i < Lockout.TriesMax; i++)
            (await Second(site.Visitor(), note, i % 2 == 0 ? "12345" : "aaaaa-aaaaa")).Status.ShouldBe(400);
        var shut = await Second(site.Visitor(), note, codes[0]);
        shut.Status.ShouldBe(400);
        shut.Body.ShouldContain(Lockout.Shut.Zh);
        site.Clock.Turn(TimeSpan.FromMinutes(16));
        (await Second(site.Visitor(), note, Now(site, secret))).Body.ShouldContain(Factors.ProposalOld.Zh);
        note = Forms.Hidden((await Knock(site.Visitor())).Body, "note");
        (await Second(site.Visitor(), note + "x", Now(site, secret))).Status.ShouldBe(400);
        (await Second(site.Visitor(), note, Now(site, secret))).Status.ShouldBe(302);

        note = Forms.Hidden((await Knock(site.Visitor())).Body, "note");
        (await browser.Send(Security, "Others")).Status.ShouldBe(302);
        site.Clock.Turn(TimeSpan.FromSeconds(60));
        (await Second(site.Visitor(), note, Now(site, secret))).Status.ShouldBe(400, "voided with the sessions");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Factors_are_taken_off_with_the_password_and_their_codes_go_with_them(Db engine)
    {
        await using var site = await Start(engine);
        await Hire(site);
        var browser = await Inside(site);
        (await site.Appends([], () => browser.Send(Security, "Codes", ("password", Password)))).Status.ShouldBe(409);
        (await site.Appends([], () => browser.Send(Security, "Off", ("password", Password)))).Status.ShouldBe(409);
        var (_, _, codes) = await SetUp(site, browser);
        var note = Forms.Hidden((await Knock(site.Visitor())).Body, "note");
        (await site.Appends([], () => browser.Send(Security, "Codes"))).Status.ShouldBe(400);
        var renewed = await site.Appends(
            ["account.recoveryCodesMade"],
            () => browser.Send(Security, "Codes", ("password", Password))
        );
        CodeText().Count(renewed.Body).ShouldBe(RecoveryCodes.Count);
        (await Second(site.Visitor(), note, codes[0])).Status.ShouldBe(400, "the old set is void");
        (await site.Appends([], () => browser.Send(Security, "Off"))).Status.ShouldBe(400);
        await site.Appends(
            ["account.authenticatorDropped"],
            () => browser.Send(Security, "Off", ("password", Password))
        );
        (await Knock(site.Visitor())).Status.ShouldBe(302, "the password alone opens again");
        var told = await Outbox.Newest(site.Store, 10, Ct);
        told.ShouldAllBe(letter => letter.Template == AccountNotices.Changed.Key && letter.To == "wang@example.org");
        told.Count.ShouldBe(3);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Where_the_operator_asks_for_a_second_factor_staff_get_nowhere_without(Db engine)
    {
        await using var site = await Start(engine);
        await Hire(site);
        await Hire(site, "shop", Role.Merchant, await site.Merchant("晴川数码"));
        var sign = new OperatorEvent.Described(OperatorKind.ThirdParty, "江岸", "Jiangan", "027-1", null, null);
        var fresh = new Loaded<Operator>(OperatorBook.Stream, 0, 0, null);
        OperatorEvent[] events = [sign, new OperatorEvent.SecondFactorAsked(true)];
        var change = site.Store.Change(OperatorBook.Instance, fresh, site.Store.Now, "cli", events);
        await site.Store.Append(new Commit([change]), Ct);
        var browser = await Inside(site);
        foreach (var path in new[] { "/", "/desk", "/ratings" })
            ((await browser.GetAsync(path, Ct)).Headers.Location?.ToString()).ShouldBe(Security);
        (await browser.GetStringAsync(Security, Ct)).ShouldContain("请先设置验证器或通行密钥");
        await SetUp(site, browser);
        (await browser.GetAsync("/desk", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await Inside(site, "shop")).GetAsync("/merchant", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whoever_lost_everything_gets_back_in_on_the_machine(Db engine)
    {
        await using var site = await Start(engine);
        await Hire(site);
        var browser = await Inside(site);
        await SetUp(site, browser);
        var head = await site.Head();
        var password = await StaffCommand.Reset(site.Store, "Wang", Ct);
        (await site.KindsSince(head)).ShouldBe(["account.factorsReset", "account.passwordSet"]);
        (await Knock(site.Visitor())).Status.ShouldBe(400, "the old password is gone");
        (await Knock(site.Visitor(), password: password)).Status.ShouldBe(302);
        await Task.Delay(1100, Ct);
        (await browser.GetAsync("/desk", Ct)).StatusCode.ShouldBe(HttpStatusCode.Redirect, "every session is void");
        var nobody = await Should.ThrowAsync<Refused>(() => StaffCommand.Reset(site.Store, "nobody", Ct));
        nobody.Refusal.Code.ShouldBe("staff.unknown");
    }

    private static Task<FormAnswer> Second(HttpClient browser, string note, string code) =>
        browser.Send("/signin?as=staff", "Second", ("note", note), ("code", code));

    [GeneratedRegex(@"secret=([A-Z2-7]{32})&amp;")]
    private static partial Regex SecretText();

    [GeneratedRegex(@"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>")]
    private static partial Regex CodeText();
}
