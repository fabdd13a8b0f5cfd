using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// A merchant nobody knows yet answers its case by the link of a message, without script and account, and then claims
/// its page.
/// </summary>
public sealed class AnswerByLink
{
    private const string Phone = "13911112222";
    private const string Password = "long-enough-words";

    [Theory]
    [InlineData("zh", 390)]
    [InlineData("en", 1280)]
    public async Task An_unknown_merchant_replies_by_its_link_and_then_claims_its_page(string language, int width)
    {
        Chromium.SkipUnlessPresent();
        await using var desk = await Desk.Open(Db.Sqlite);
        var merchant = await desk.Site.Merchant("街角小店", enrolled: false);
        var id = await Desk.Then(desk.Filed(desk.Body(merchant)), desk.Mediator, "deliver");
        var address = AnswerLinks.PathOf(desk.Site.Store, Guid.Parse(id), merchant, 1);
        await using var person = await Person.At(desk.Site, language, width, scripts: false);
        await person.Page.GotoAsync(address);
        await person.Reads("水壶");
        await person.Picture($"answer-{language}-{width}-light");
        var wide = await person.Page.Wide();
        Assert.True(wide <= width, $"{wide} px wide");
        await person.Page.Locator("#f-text").FillAsync("您好，已为您安排全额退款，三个工作日内原路到账。");
        await person.Page.Locator("form[enctype] button").ClickAsync();
        await person.Reads("三个工作日内原路到账");
        await person.Picture($"answered-{language}-{width}-light");

        await person.Page.Locator($"a[href='/merchants/{merchant}/claim']").First.ClickAsync();
        await Claims(person, desk.Site);
        await using var staff = await Person.At(desk.Site, scripts: false);
        await staff.SignInAs(Role.Mediator);
        await staff.Page.GotoAsync("/desk/claims");
        await staff.Page.Locator("[name=reason]").FillAsync("执照与名称一致");
        await staff.Press("claims.approve");
        await staff.Reads(Person.T("claims.did.approved"));

        await person.Page.ReloadAsync();
        await person.Page.Locator("main a[href='/signin?as=staff']").ClickAsync();
        await person.Page.Locator("[name=login]").FillAsync(Phone);
        await person.Page.Locator("[name=password]").FillAsync(Password);
        await person.Page.Locator("main form button.btn-main").First.ClickAsync();
        await person.Reads("街角小店");
        person.Page.Url.ShouldEndWith("/merchant");
    }

    private static async Task Claims(Person person, Site site)
    {
        var page = person.Page;
        await page.Locator("#f-name").FillAsync("林店主");
        await page.Locator("#f-uscc").FillAsync("91330110MA2H0WHM1W");
        var licence = new FilePayload
        {
            Name = "licence.png",
            MimeType = "image/png",
            Buffer = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A],
        };
        await page.Locator("#f-licence").SetInputFilesAsync(licence);
        await page.Locator("#f-phone").FillAsync(Phone);
        await page.Locator("#f-password").FillAsync(Password);
        await page.Locator("main form button.btn-main").ClickAsync();
        await Assertions.Expect(page.Locator("#f-code")).ToBeVisibleAsync();
        var letters = await Outbox.Newest(site.Store, 20, TestContext.Current.CancellationToken);
        await page.Locator("#f-code").FillAsync(letters.First(l => l.Template == "claim-code").Values["code"]);
        await page.Locator("main form button.btn-main").ClickAsync();
        await Assertions.Expect(page.Locator("#f-code")).ToHaveCountAsync(0);
    }
}
