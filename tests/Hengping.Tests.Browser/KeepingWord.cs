using Hengping.App.Complaints;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>What will not count is asked once more; what was not kept is said, heard and counted.</summary>
public sealed class KeepingWord
{
    private const string Phone = "13800000001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh", 390, false)]
    [InlineData("zh", 1280, true)]
    [InlineData("en", 390, true)]
    [InlineData("en", 1280, false)]
    public async Task What_was_not_done_is_said_heard_and_counted(string language, int width, bool scripts)
    {
        Chromium.SkipUnlessPresent();
        await using var desk = await Desk.Open(Db.Sqlite);
        var theme = language == "zh" ? "light" : "dark";
        var mark = $"{language}-{width}-{theme}";
        await using var merchant = await Person.At(desk.Site, "zh", width, scripts);
        await merchant.SignInAs(Role.Merchant, desk.Shop);
        var asked = await NumberOf(desk, await desk.Delivered());
        await Go(merchant, $"/cases/{asked}", language, theme);
        await merchant.Page.Locator("#f-text").FillAsync("收到，我们会尽快处理");
        await merchant.Page.Locator("form[action*='handler=Reply'] .btn-main").ClickAsync();
        await Assertions.Expect(merchant.Page.Locator("#would-not-count")).ToBeVisibleAsync();
        // With its text, why at the field, and the field in sight.
        await Assertions.Expect(merchant.Page.Locator("#f-text")).ToHaveValueAsync("收到，我们会尽快处理");
        await Assertions.Expect(merchant.Page.Locator("#f-text-fault")).ToBeVisibleAsync();
        await Assertions.Expect(merchant.Page.Locator("#f-text")).ToBeFocusedAsync();
        await Assertions.Expect(merchant.Page.Locator("#f-text")).ToBeInViewportAsync();
        if (width < 768)
            await Assertions.Expect(merchant.Page.Locator(".sticky-next")).ToHaveCountAsync(0);
        await Fits(merchant, width, scripts);
        await merchant.Picture($"reply-asks-{mark}");
        await merchant.Page.Locator("button[name=anyway]").ClickAsync();
        await Assertions.Expect(merchant.Page.Locator("main .line-none, main .timeline")).ToContainTextAsync("收到");
        await merchant.Picture($"reply-uncounted-{mark}");

        var id = await desk.Settled();
        var number = await NumberOf(desk, id);
        await using var claimant = await Person.At(desk.Site, "zh", width, scripts);
        await claimant.SignInByCode(Phone);
        await Go(claimant, $"/cases/{number}", language, theme);
        await claimant.Picture($"settled-early-{mark}");
        desk.Site.Clock.Turn(TimeSpan.FromDays(10));
        await using var later = await Person.At(desk.Site, "zh", width, scripts);
        await later.SignInByCode(Phone);
        await Go(later, $"/cases/{number}", language, theme);
        var form = later.Page.Locator("form[action*='handler=NotPerformed']");
        await later.Page.Locator("details.act", new() { Has = form }).Locator("summary").First.ClickAsync();
        await Fits(later, width, scripts);
        await later.Picture($"not-performed-{mark}");
        await form.Locator("textarea").FillAsync("到今天没有收到退款");
        await form.Locator("[name=sure]").CheckAsync();
        await form.Locator(".btn-grave").ClickAsync();
        await later.Reads("到今天没有收到退款");
        await Assertions.Expect(form).ToHaveCountAsync(0);
        await later.Picture($"not-performed-said-{mark}");

        await using var heard = await Person.At(desk.Site, "zh", width, scripts);
        await heard.SignInAs(Role.Merchant, desk.Shop);
        await Go(heard, $"/cases/{number}", language, theme);
        await Assertions.Expect(heard.Page.Locator("#f-proof")).ToBeVisibleAsync();
        await Fits(heard, width, scripts);
        await heard.Picture($"performance-{mark}");
        desk.Site.Clock.Turn(TimeSpan.FromDays(3));
        await desk.Site.Of<ComplaintTicks>().RunDue(Ct);
        await Go(heard, $"/merchants/{desk.Shop}", language, theme);
        await Assertions.Expect(heard.Page.Locator("#broken")).ToContainTextAsync("1");
        await Fits(heard, width, scripts);
        await heard.Picture($"broken-{mark}");
    }

    private static async Task<string> NumberOf(Desk desk, string id) =>
        (await desk.Merchant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString()!;

    private static Task Go(Person person, string path, string language, string theme) =>
        person.Page.GotoAsync($"{path}?lang={language}&theme={theme}");

    // axe is a script itself.
    private static async Task Fits(Person person, int width, bool scripts)
    {
        if (scripts)
            Assert.Empty(await Axe.Faults(person.Page));
        var wide = await person.Page.Wide();
        Assert.True(wide <= width, $"{wide} px wide");
    }
}
