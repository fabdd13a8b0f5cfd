using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// A mediator on a phone sets up an authenticator, signs in with a code, with a recovery code, and with a passkey of
/// Chromium's virtual authenticator. Passkeys are refused on addresses, so the site is asked for as localhost.
/// </summary>
public sealed class TwoSteps
{
    private const string Password = "four unrelated words";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Authenticator_recovery_code_and_passkey_each_open_the_account()
    {
        Chromium.SkipUnlessPresent();
        var here = new Dictionary<string, string?> { ["Site:Address"] = "" };
        await using var site = await Site.Start(Db.Sqlite, settings: here);
        var profile = new Profile("王调解", Phone: null, Email: null, Login: "wang");
        AccountEvent password = new AccountEvent.PasswordSet { Hash = SignIn.HashPassword(Password) };
        await AccountDesk.Open(site.Store, Role.Mediator, profile, null, "cli", [password], Ct);
        await using var person = await Person.At(site, width: 390);
        var page = person.Page;
        var home = $"http://localhost:{site.Address.Port}";
        await Knock(page, home);
        await page.WaitForURLAsync("**/desk");

        await page.GotoAsync($"{home}/me/security");
        await person.Unfold("security.authenticator.begin");
        await page.Locator("form[action*=Begin] [name=password]").FillAsync(Password);
        await person.Press("security.authenticator.begin.go");
        var secret = Totp.ToBytes(await page.Locator(".secret").InnerTextAsync())!;
        await Look(person, "security-scan");
        await page.Locator("[name=code]").FillAsync(Code(site, secret));
        await person.Press("security.scan.go");
        await person.Reads(Person.T("security.codes.fresh"));
        await Look(person, "security-codes");
        var codes = Regex.Matches(await page.Locator(".code-sheet").InnerTextAsync(), "[a-z2-9]{5}-[a-z2-9]{5}");
        codes.Count.ShouldBe(RecoveryCodes.Count);

        await SignOut(page, home);
        await Knock(page, home);
        await person.Reads(Person.T("signin.second"));
        await Look(person, "signin-second");
        site.Clock.Turn(TimeSpan.FromSeconds(30));
        await Second(page, Code(site, secret));
        await SignOut(page, home);
        await Knock(page, home);
        await Second(page, codes[0].Value);

        await Passkey(person, home);
    }

    private static async Task Passkey(Person person, string home)
    {
        var page = person.Page;
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        var options = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["protocol"] = "ctap2",
            ["transport"] = "internal",
            ["hasResidentKey"] = true,
            ["hasUserVerification"] = true,
            ["isUserVerified"] = true,
        };
        var authenticator = new Dictionary<string, object>(StringComparer.Ordinal) { ["options"] = options };
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", authenticator);
        await page.GotoAsync($"{home}/me/security");
        var form = page.Locator("form[data-passkey=create]");
        await form.Locator("[name=name]").FillAsync("办公室电脑");
        await form.Locator("[name=password]").FillAsync("wrong");
        await person.Press("security.passkey.add");
        await Assertions.Expect(form.Locator("[role=alert]")).ToHaveTextAsync(Factors.WrongOwnPassword.Zh);
        await form.Locator("[name=password]").FillAsync(Password);
        await person.Press("security.passkey.add");
        await person.Reads(Person.T("security.did.passkey"));
        await SignOut(page, home);
        await page.GotoAsync($"{home}/signin?as=staff");
        await Look(person, "signin-passkey");
        await person.Press("signin.passkey");
        await page.WaitForURLAsync("**/desk");
        await page.GotoAsync($"{home}/me/security");
        await person.Reads(Person.T("security.event.signedIn.passkey"));
        await Look(person, "security-full");
        await SignOut(page, home);
        await Knock(page, home);
        await person.Press("signin.passkey");
        await page.WaitForURLAsync("**/desk");
    }

    private static string Code(Site site, byte[] secret) => Totp.CodeOf(secret, Totp.StepOf(site.Clock.GetUtcNow()));

    private static async Task Knock(IPage page, string home)
    {
        await page.GotoAsync($"{home}/signin?as=staff");
        await page.Locator("[name=login]").FillAsync("wang");
        await page.Locator("[name=password]").FillAsync(Password);
        await page.Locator("form[action*=Password] .btn-main").ClickAsync();
    }

    private static async Task Second(IPage page, string code)
    {
        await page.Locator("[name=code]").FillAsync(code);
        await page.Locator("form[action*=Second] .btn-main").ClickAsync();
        await page.WaitForURLAsync("**/desk");
    }

    private static async Task SignOut(IPage page, string home)
    {
        await page.Locator("form[action='/signout'] button").ClickAsync();
        await page.WaitForURLAsync($"{home}/");
    }

    private static async Task Look(Person person, string name)
    {
        await person.Picture($"{name}-zh-390-light");
        (await Axe.Faults(person.Page)).ShouldBeEmpty(name);
        (await person.Page.Wide()).ShouldBeLessThanOrEqualTo(390);
    }
}
