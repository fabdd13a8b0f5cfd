using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Hengping.Tests.RuleRegister;
using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// 规则公示 that would take effect too early: the sentence stands at its date and says the earliest one, what was typed
/// stays, and with a right date it goes through.
/// </summary>
public sealed class RuleTooEarly
{
    private const string Asked = "2026年9月在商家大会征求意见，收到 12 条。";

    [Theory]
    [InlineData("zh", 390, "最早可于")]
    [InlineData("en", 1280, "Too early")]
    public async Task It_is_refused_at_the_field_and_a_right_date_goes_through(string language, int width, string said)
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        await Reporting.Run(site, OperatorKind.Marketplace);
        var rule = await Ruling.Begun(await site.As(Role.Admin), Ruling.Body());

        await using var admin = await Person.At(site, "zh", width);
        await admin.SignInAs(Role.Admin);
        var page = admin.Page;
        await page.GotoAsync($"/admin/rules/{rule}?lang={language}");
        var date = page.Locator("#f-inforceon");
        var right = await date.InputValueAsync();
        await date.FillAsync("2026-10-14");
        await page.Locator("input[name=grounds]").First.CheckAsync();
        await page.Locator("#f-asked").FillAsync(Asked);
        await Announce();
        await Assertions.Expect(page.Locator("#f-inforceon-fault")).ToContainTextAsync(said);
        await Assertions.Expect(date).ToHaveValueAsync("2026-10-14");
        await Assertions.Expect(page.Locator("#f-asked")).ToHaveValueAsync(Asked);
        await Assertions.Expect(page.Locator("input[name=grounds]").First).ToBeCheckedAsync();
        Assert.Empty(await Axe.Faults(page));
        Assert.True(await page.Wide() <= width);
        await admin.Picture($"rule-too-early-{language}-{width}-light");

        await date.FillAsync(right);
        await Announce();
        await page.WaitForURLAsync(url => url.EndsWith("did=publish", StringComparison.Ordinal));
        await using var anyone = await Person.At(site, "zh", width);
        await anyone.Page.GotoAsync($"/rules/{rule}?version=1&lang={language}");
        await Assertions.Expect(anyone.Page.Locator("section.next")).ToContainTextAsync(Asked);

        Task Announce() => page.Locator("form:has(input[value=publish]) .actions button").ClickAsync();
    }
}
