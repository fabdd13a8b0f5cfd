using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Measures;
using Hengping.Tests.Reports;
using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// 申诉 from the measure's page to its end: a takedown is appealed against step by step, over Back and reload, and
/// another reviewer overturns it; it is lifted in the same step and the register says so.
/// </summary>
public sealed class AppealPages
{
    private const string Cause = "9月3日起供应商换了内胆材料，我们没有重新送检。";

    [Theory]
    [InlineData("zh", 390)]
    [InlineData("en", 1280)]
    public async Task A_takedown_is_appealed_overturned_and_lifted_in_the_same_step(string language, int width)
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        var shop = await site.Merchant("亮亮数码");
        await Reporting.Run(site, OperatorKind.Marketplace);
        var signer = await site.As(Role.Reviewer);
        var body = Measuring.Down(shop, await Measuring.Rule(site)).With(("reason", "quality"));
        var taken = await signer.PostJson(Measuring.Where, body).Json(201);
        await signer.PostJson(Measuring.At(taken, "sign")).Json();
        var measure = "/measures/" + taken.GetProperty("id").GetString();
        var faults = new List<string>();

        await using var merchant = await Person.At(site, "zh", width);
        await merchant.SignInAs(Role.Merchant, shop);
        await merchant.Page.GotoAsync($"{measure}?lang={language}");
        await merchant.Page.Locator("a[href^='/appeals/new']").ClickAsync();
        await Look(merchant, "begin");
        await Go(merchant);
        // Grounds are left out; the cause, what was done, what will be done.
        await Go(merchant);
        await merchant.Page.Locator("#f-s0-text").FillAsync(Cause);
        await Look(merchant, "cause");
        await Go(merchant);
        await merchant.Page.GoBackAsync();
        await merchant.Page.ReloadAsync();
        await Assertions.Expect(merchant.Page.Locator("#f-s0-text")).ToHaveValueAsync(Cause);
        await Go(merchant);
        // What whoever decides may ask is said while it is written, and goes when it is answered.
        await merchant.Page.Locator("#f-s0-text").FillAsync("我们以后一定加强管理，保证不再发生。");
        await Assertions.Expect(merchant.Page.Locator("[data-findings='0'] li").First).ToBeVisibleAsync();
        await Look(merchant, "findings");
        await merchant.Page.Locator("#f-s0-text").FillAsync("已下架并封存 86 件。");
        await merchant.Page.Locator("#f-s0-owner").FillAsync("张敏");
        await merchant.Page.Locator("#f-s0-by").FillAsync("2026-10-12");
        await Go(merchant);
        await merchant.Page.Locator("a[href$='step=check']").ClickAsync();
        await merchant.Reads(Cause);
        // Without a script it stands under the part it belongs to.
        await Assertions.Expect(merchant.Page.Locator(".part .findings li").First).ToBeVisibleAsync();
        await Look(merchant, "check");
        await Go(merchant);
        await Assertions.Expect(merchant.Page.Locator("#turn")).ToBeVisibleAsync();
        await Look(merchant, "sent");
        var appeal = new Uri(merchant.Page.Url).AbsolutePath;

        await using var other = await Person.At(site, "zh", width);
        await other.SignInAs(Role.Reviewer);
        await other.Page.GotoAsync($"/desk/appeals?lang={language}");
        await Look(other, "queue");
        await Fits(other);
        await other.Page.Locator($"a[href='{appeal}']").ClickAsync();
        foreach (var no in new[] { 1, 2 })
        {
            await other.Page.Locator($"input[name=accepted-{no}][value=true]").CheckAsync();
            await other.Page.Locator($"input[name=why-{no}]").FillAsync("与附上的记录一致");
        }
        await Assertions.Expect(other.Page.Locator("aside.side ul li").First).ToBeVisibleAsync();
        await other.Page.Locator("input[name=outcome][value=overturned]").CheckAsync();
        await other.Page.Locator("#f-reason").FillAsync("检测报告与批次相符，原因已经排除。");
        await Look(other, "decide");
        await other.Page.Locator("form:has(input[value=decide]) .btn-main").ClickAsync();
        await Assertions.Expect(other.Page.Locator("#look")).ToBeInViewportAsync();
        await Look(other, "look");
        await other.Page.Locator("button[name=looked]").ClickAsync();
        await Assertions.Expect(other.Page.Locator("#decision")).ToBeVisibleAsync();

        await using var anyone = await Person.At(site, "zh", width);
        await anyone.Page.GotoAsync($"/measures?status=overturned&lang={language}");
        await Assertions.Expect(anyone.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await anyone.Page.GotoAsync(measure);
        await Assertions.Expect(anyone.Page.Locator(".note-careful")).ToHaveCountAsync(1);
        await merchant.Page.GotoAsync(appeal);
        await Look(merchant, "decided");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));

        async Task Go(Person who)
        {
            var before = who.Page.Url;
            await who.Page.Locator("form[method=post] .btn-main").First.ClickAsync();
            await Assertions.Expect(who.Page).Not.ToHaveURLAsync(before);
        }

        // The longest words of a row on the smallest phone, in both languages.
        async Task Fits(Person person)
        {
            var size = person.Page.ViewportSize!;
            await person.Page.SetViewportSizeAsync(320, size.Height);
            foreach (var spoken in new[] { "zh", "en", language })
            {
                await person.Page.GotoAsync($"/desk/appeals?lang={spoken}");
                if (await person.Page.Wide() is > 320 and var wide)
                    faults.Add($"queue in {spoken} is {wide} px wide at 320");
            }
            await person.Page.SetViewportSizeAsync(size.Width, size.Height);
        }

        async Task Look(Person person, string name)
        {
            faults.AddRange((await Axe.Faults(person.Page)).Select(fault => $"{name}: {fault}"));
            var wide = await person.Page.Wide();
            if (wide > width)
                faults.Add($"{name} is {wide} px wide");
            await person.Picture($"appeal-{name}-{language}-{width}-light");
        }
    }
}
