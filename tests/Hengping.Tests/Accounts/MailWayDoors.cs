using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>A consumer's confirmed mail address opens the account when the phone is lost, and tells strangers nothing.
/// </summary>
public sealed class MailWayDoors
{
    private const string Mail = "chen@example.org";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<string> Code(Site site, string template)
    {
        var letter = (await Outbox.Newest(site.Store, 10, Ct)).First(one => one.Template == template);
        letter.To.ShouldBe(Mail);
        return Regex.Match(site.TextOf(letter), @"\d{6}").Value;
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_confirmed_address_signs_in_and_an_unconfirmed_one_does_not(Db engine)
    {
        await using var site = await Site.Start(engine);
        var phone = await site.Browsing(await site.As(Role.Claimant, phone: "13900000001", name: "陈晓雨"));
        (await phone.Send("/me", "MailCode")).Status.ShouldBe(409, "there is no address yet");
        (await phone.Send("/me", "Correct", ("name", "陈晓雨"), ("email", Mail))).Status.ShouldBe(302);
        var anyone = site.Visitor();
        var asked = await anyone.Send("/signin?as=mail", "MailCode", ("email", Mail));
        asked.Status.ShouldBe(200, "one answer for every address");
        (await Outbox.Newest(site.Store, 10, Ct)).ShouldBeEmpty("it is not confirmed");

        (await site.Appends([], () => phone.Send("/me", "MailCode"))).Status.ShouldBe(302);
        (await phone.Send("/me", "MailCode")).Status.ShouldBe(409, "not twice a minute");
        (await site.Appends([], () => phone.Send("/me", "MailConfirm", ("code", "000000")))).Status.ShouldBe(409);
        var code = await Code(site, "mail-confirm-code");
        (await Enter(anyone, code)).Status.ShouldBe(400, "a code that confirms signs nobody in");
        await site.Appends(["account.mailConfirmed"], () => phone.Send("/me", "MailConfirm", ("code", code)));
        await AtRest.NothingSays(site, Mail);

        // What was asked for in vain counts as well: else a second ask would tell whether the first one was.
        site.Clock.Turn(TimeSpan.FromMinutes(2));
        (await anyone.Send("/signin?as=mail", "MailCode", ("email", Mail.ToUpperInvariant()))).Status.ShouldBe(200);
        var entering = await Code(site, "mail-sign-in-code");
        (await Enter(anyone, entering)).Location.ShouldBe("/me");
        (await anyone.GetStringAsync("/me", Ct)).ShouldContain("陈晓雨");
        (await Enter(site.Visitor(), entering)).Status.ShouldBe(400, "a code opens once");

        var other = await site.Browsing(await site.As(Role.Claimant, phone: "13900000002"));
        await other.Send("/me", "Correct", ("name", "别人"), ("email", Mail));
        site.Clock.Turn(TimeSpan.FromMinutes(2));
        await other.Send("/me", "MailCode");
        var theirs = await Code(site, "mail-confirm-code");
        (await site.Appends([], () => other.Send("/me", "MailConfirm", ("code", theirs)))).Status.ShouldBe(409);

        await phone.Send("/me", "Correct", ("name", "陈晓雨"), ("email", "new@example.org"));
        site.Clock.Turn(TimeSpan.FromMinutes(2));
        var before = (await Outbox.Newest(site.Store, 50, Ct)).Count;
        await site.Visitor().Send("/signin?as=mail", "MailCode", ("email", Mail));
        (await Outbox.Newest(site.Store, 50, Ct)).Count.ShouldBe(before, "the old address opens nothing any more");
        (await site.Visitor().GetAsync("/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private static Task<FormAnswer> Enter(HttpClient browser, string code) =>
        browser.Send("/signin?as=mail", "MailEnter", ("email", Mail), ("code", code));
}
