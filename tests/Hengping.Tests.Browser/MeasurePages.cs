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
/// 处置 from the form to the register: a heavy measure is announced, heard and signed by another; an urgent stop that
/// nobody signed stays and counts as overdue.
/// </summary>
public sealed class MeasurePages
{
    private const string Facts = "三位买家称充电时冒烟，送检样品温升超过标准限值。";

    private static FilePayload Red =>
        new()
        {
            Name = "送检.png",
            MimeType = "image/png",
            Buffer = Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
            ),
        };

    [Theory]
    [InlineData("zh", 390)]
    [InlineData("en", 1280)]
    public async Task A_heavy_one_is_announced_and_an_urgent_stop_stays_unsigned(string language, int width)
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        var shop = await site.Merchant("亮亮数码");
        await Reporting.Run(site, OperatorKind.Marketplace);
        await Measuring.Rule(site);
        var faults = new List<string>();

        await using var first = await Person.At(site, "zh", width);
        await first.SignInAs(Role.Reviewer);
        await Take(first, "saleForbidden", isUrgent: false);
        var heavy = new Uri(first.Page.Url).AbsolutePath;
        await Look(first, "announced");
        await Assertions.Expect(first.Page.Locator("form:has(input[value=sign])")).ToHaveCountAsync(0);
        await Take(first, "listingDown", isUrgent: true);
        var urgent = new Uri(first.Page.Url).AbsolutePath;
        await first.Page.GotoAsync("/desk/measures");
        await Look(first, "queue");

        await using var merchant = await Person.At(site, "zh", width);
        await merchant.SignInAs(Role.Merchant, shop);
        await merchant.Page.GotoAsync($"/merchant/measures?lang={language}");
        await Look(merchant, "mine");
        await merchant.Page.GotoAsync(heavy);
        await merchant.Page.Locator("form:has(input[value=answer]) textarea").FillAsync("该批次已召回，附检测报告。");
        await merchant.Page.Locator("#answer-files").SetInputFilesAsync(Red);
        await Assertions.Expect(merchant.Page.Locator("#answer-list input[name=evidence]")).ToHaveCountAsync(1);
        await merchant.Page.Locator("form:has(input[value=answer]) > .actions button").ClickAsync();
        await merchant.Reads("该批次已召回");
        await Assertions.Expect(merchant.Page.Locator(".proofs img")).ToHaveCountAsync(2);
        await Look(merchant, "answered");

        await using var second = await Person.At(site, "zh", width);
        await second.SignInAs(Role.Reviewer);
        await second.Page.GotoAsync(heavy + "?lang=" + language);
        await second
            .Page.Locator("form:has(input[value=sign]) textarea")
            .FillAsync("召回只涉及旧批次，新批次同样超标。");
        await Look(second, "to-sign");
        await second.Page.Locator("form:has(input[value=sign]) button").ClickAsync();
        await Assertions.Expect(second.Page.Locator("#look")).ToBeVisibleAsync();
        await Look(second, "look-sign");
        await second.Page.Locator("button[name=looked]").ClickAsync();
        await second.Reads("新批次同样超标");

        site.Clock.Turn(TimeSpan.FromHours(25));
        await new MeasureTicks(site.Store, NullLogger<MeasureTicks>.Instance).RunDue(CancellationToken.None);
        await using var anyone = await Person.At(site, "zh", width);
        await anyone.Page.GotoAsync($"/measures?lang={language}");
        await Assertions.Expect(anyone.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        await Look(anyone, "register");
        await anyone.Page.GotoAsync(urgent);
        await anyone.Reads(Facts);
        await Assertions.Expect(anyone.Page.Locator(".note-careful")).ToHaveCountAsync(1);
        await Look(anyone, "overdue");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));

        async Task Look(Person person, string name)
        {
            faults.AddRange((await Axe.Faults(person.Page)).Select(fault => $"{name}: {fault}"));
            var wide = await person.Page.Wide();
            if (wide > width)
                faults.Add($"{name} is {wide} px wide");
            await person.Picture($"measure-{name}-{language}-{width}-light");
        }

        async Task Take(Person who, string kind, bool isUrgent)
        {
            await who.Page.GotoAsync($"/desk/measures/new?lang={language}");
            await Choose(who, isTyped: isUrgent);
            // No day of the facts is taken for granted.
            await Assertions.Expect(who.Page.Locator("#f-factson")).ToHaveValueAsync("");
            await who.Page.Locator("#f-factson").FillAsync("2026-10-10");
            await who.Page.Locator("main form .btn-main").ClickAsync();
            await who.Page.Locator("#take-files").SetInputFilesAsync(Red);
            await Assertions.Expect(who.Page.Locator("#take-list input[name=evidence]")).ToHaveCountAsync(1);
            await who.Page.Locator("#f-kind").SelectOptionAsync(kind);
            await who.Page.Locator("#f-reason").SelectOptionAsync("safety");
            await who.Page.Locator("#f-clause").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await who.Page.Locator("input[name=targetKind][value=listing]").CheckAsync();
            await who.Page.Locator("[name=targetTitle]").FillAsync("家用充电器");
            await who.Page.Locator("#f-facts").FillAsync(Facts);
            await who.Page.Locator("#f-scope").FillAsync("只限该商品。");
            await who.Page.Locator("#f-endcondition").FillAsync("复检合格");
            if (isUrgent)
                await who.Page.Locator("input[name=urgent]").CheckAsync();
            await who.Page.Locator("form[method=post] .btn-main").ClickAsync();
            await Assertions.Expect(who.Page.Locator("#look")).ToBeVisibleAsync();
            await Look(who, "look");
            await who.Page.Locator("button[value=change]").ClickAsync();
            await Assertions.Expect(who.Page.Locator("#f-facts")).ToHaveValueAsync(Facts);
            await who.Page.Locator("form[method=post] .btn-main").ClickAsync();
            await who.Page.Locator("button[value=looked]").ClickAsync();
            await who.Reads(Facts);
            await Assertions.Expect(who.Page.Locator(".proofs img")).ToHaveCountAsync(1);
        }

        // By name: from the list under what is typed, or by the button.
        async Task Choose(Person who, bool isTyped)
        {
            await who.Page.Locator("#f-addressee").FillAsync("亮亮数码");
            if (isTyped)
                await who.Page.Locator("[role=option]").First.ClickAsync();
            else
            {
                await who.Page.Locator("main form .btn-main").ClickAsync();
                await Look(who, "whom");
                await who.Page.Locator("main a[href*='merchant=']").ClickAsync();
            }
            await Assertions.Expect(who.Page.Locator("#f-addressee")).ToContainTextAsync("亮亮数码");
        }
    }
}
