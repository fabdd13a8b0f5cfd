using Hengping.App.Measures;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Measures;
using Hengping.Tests.Reports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// 知识产权通知 to its end: a listing goes down, the shop states that nothing is infringed, fifteen days pass without a
/// suit, and everybody reads that it is lifted and why.
/// </summary>
public sealed class IpNoticePages
{
    private const string Statement = "图案由我方设计师原创，附设计稿和时间证明。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh", 390)]
    [InlineData("en", 1280)]
    public async Task A_statement_and_fifteen_quiet_days_lift_it_in_public(string language, int width)
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        var shop = await site.Merchant("亮亮数码");
        await Reporting.Run(site, OperatorKind.Marketplace);
        await Measuring.Rule(site);
        var ticks = new MeasureTicks(site.Store, NullLogger<MeasureTicks>.Instance);
        var faults = new List<string>();

        await using var desk = await Person.At(site, "zh", width);
        await desk.SignInAs(Role.Reviewer);
        await desk.Page.GotoAsync($"/desk/measures/new?lang={language}&merchant={shop}&on=2026-10-10");
        await desk.Page.Locator("#f-kind").SelectOptionAsync("listingDown");
        await desk.Page.Locator("#f-reason").SelectOptionAsync("ipNotice");
        await desk.Page.Locator("#f-clause").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await desk.Page.Locator("input[name=targetKind][value=listing]").CheckAsync();
        await desk.Page.Locator("[name=targetTitle]").FillAsync("印花抱枕");
        await desk.Page.Locator("#f-facts").FillAsync("权利人通知称该商品使用了其登记的图案作品。");
        await desk.Page.Locator("#f-scope").FillAsync("只限该商品。");
        await desk.Page.Locator("#f-endcondition").FillAsync("声明期满无诉讼");
        await desk.Page.Locator("details:has(#f-notice) summary").ClickAsync();
        await desk.Page.Locator("#f-holder").FillAsync("某某设计工作室");
        await desk.Page.Locator("#f-holdercontact").FillAsync("rights@example.com");
        await desk.Page.Locator("#f-notice").FillAsync("作品登记证书编号 2026-F-0001，权利人某某设计。");
        await desk.Page.Locator("form[method=post] .btn-main").ClickAsync();
        await desk.Page.Locator("button[value=looked]").ClickAsync();
        // Who proposed it is not the first to be asked: nothing is signed by one tap.
        await desk.Page.Locator("details:has(input[value=sign]) > summary").ClickAsync();
        await desk.Page.Locator("form:has(input[value=sign]) button").ClickAsync();
        await desk.Page.Locator("button[name=looked]").ClickAsync();
        await desk.Page.WaitForURLAsync(url => url.Contains("did=sign", StringComparison.Ordinal));
        var measure = new Uri(desk.Page.Url).AbsolutePath;

        await using var merchant = await Person.At(site, "zh", width);
        await merchant.SignInAs(Role.Merchant, shop);
        await merchant.Page.GotoAsync($"{measure}?lang={language}");
        var form = merchant.Page.Locator("details:has(input[value=statement])");
        await form.Locator("summary").First.ClickAsync();
        await form.Locator("textarea").FillAsync(Statement);
        await Look(merchant, "state");
        await form.Locator(".btn-main, .actions .btn").First.ClickAsync();
        await merchant.Reads(Statement);
        await Look(merchant, "stated");

        site.Clock.Turn(TimeSpan.FromDays(14));
        Assert.Equal(0, await ticks.RunDue(Ct));
        site.Clock.Turn(TimeSpan.FromDays(2));
        Assert.Equal(1, await ticks.RunDue(Ct));
        await using var anyone = await Person.At(site, "zh", width);
        await anyone.Page.GotoAsync($"/measures?status=lifted&lang={language}");
        await anyone.Page.Locator("tbody th a").ClickAsync();
        var said = App.Design.Texts.All["measure.correction.no-suit"][language == "zh" ? 0 : 1];
        await anyone.Reads(said);
        await Look(anyone, "lifted");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));

        async Task Look(Person person, string name)
        {
            faults.AddRange((await Axe.Faults(person.Page)).Select(fault => $"{name}: {fault}"));
            var wide = await person.Page.Wide();
            if (wide > width)
                faults.Add($"{name} is {wide} px wide");
            await person.Picture($"ip-{name}-{language}-{width}-light");
        }
    }
}
