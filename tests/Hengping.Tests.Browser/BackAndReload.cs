using System.Text.RegularExpressions;
using Hengping.App.Admin;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// Whoever reloads what a form was answered with, or goes back and forward over it, sees it again: no question whether
/// to send it once more, no error of the browser, and nothing is sent.
/// </summary>
public sealed class BackAndReload
{
    private const string Phone = "13812345678";
    private const string Story = "蓝牙耳机右耳一直没有声音，客服三次都说等通知。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_every_step_of_a_filing()
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        await site.Merchant("晴川数码");
        await using var person = await Person.At(site);
        var (page, walk) = (person.Page, new Walk(person.Page));
        await page.GotoAsync("/file");
        await page.GetByLabel(Person.T("file.whom")).FillAsync("晴川数码");
        await person.Press("file.find");
        await walk.IsSafe("step=1");
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { NameString = "晴川数码" }).First.Tick();
        await page.Locator("input[name=problem][value=refund]").Tick();
        await person.Press("file.next");
        await walk.IsSafe("step=2");
        await person.Press("file.next");
        await walk.IsSafe("step=2");
        await page.GetByLabel(Person.T("file.story")).FillAsync(Story);
        await Assertions.Expect(page.Locator("[data-draft]")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel(Person.T("file.story"))).ToHaveValueAsync(Story);
        await page.Locator("[name=danger][value=false]").Tick();
        await page.Locator("[name=orderNo]").FillAsync("JD20261003001");
        await person.Press("file.next");
        await walk.IsSafe("step=3");
        await page.Locator("input[name=demands][value=refund]").Tick();
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByLabel(Person.T("file.story"))).ToHaveValueAsync(Story);
        await page.GoForwardAsync();
        await Assertions.Expect(page.Locator("input[name=demands][value=refund]")).ToBeCheckedAsync();
        await person.Press("file.next");
        await walk.IsSafe("step=4");
        await page.Locator("[name=signInPhone]").FillAsync(Phone);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[name=code]")).ToBeVisibleAsync();
        await walk.IsSafe("step=4");
        await page.Locator("[name=code]").FillAsync(await Code(site));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[name=contactPhone]")).ToHaveValueAsync(Phone);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[name=contactPhone]")).ToHaveValueAsync(Phone);
        // Before they signed in: the same step, with what was typed.
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("input[name=OrderNo]")).ToHaveValueAsync("JD20261003001");
        await Assertions.Expect(page.Locator("form[action='/signout']")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task In_the_forms_of_everybody()
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        var key = await site.Of<SetupKey>().Draw(Ct);
        await using (var first = await Person.At(site, scripts: false))
            await new Walk(first.Page).Sends($"/setup?key={key}", "main form[method=post] .btn-main");
        await using var desk = await Desk.On(site);
        var number = await Number(desk, await desk.Delivered());
        var unknown = await site.Merchant("街角小店", enrolled: false);
        await using (var anyone = await Person.At(site, scripts: false))
        {
            var walk = new Walk(anyone.Page);
            await anyone.Page.GotoAsync("/signin");
            await anyone.Page.Locator("[name=phone]").FillAsync(Phone);
            await anyone.Press("signin.send");
            await walk.IsSafe("shown=");
            await anyone.Page.Locator("[name=code]").FillAsync("000000");
            await anyone.Press("nav.signin", within: "main");
            await walk.IsSafe("shown=");
            foreach (var path in new[] { "/report", $"/merchants/{unknown}/claim", "/progress" })
                await walk.Sends(path, "main form[method=post] .btn-main");
        }
        await using (var merchant = await Person.At(site, scripts: false))
        {
            await merchant.SignInAs(Role.Merchant, desk.Shop);
            var walk = new Walk(merchant.Page);
            foreach (var act in new[] { "Reply", "Offer" })
                await walk.Sends($"/cases/{number}", $"form[action*='handler={act}'] .actions button");
        }
        number = await Number(desk, await desk.Replied());
        await using var claimant = await Person.At(site, scripts: false);
        await claimant.SignInByCode("13800000001");
        await new Walk(claimant.Page).Sends($"/cases/{number}", "form[action*='handler=Score'] .actions button");
    }

    private static async Task<string> Number(Desk desk, string id) =>
        (await desk.Mediator.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString()!;

    private static async Task<string> Code(Site site)
    {
        var letters = await Outbox.Newest(site.Store, 50, Ct);
        var letter = letters.First(one => one.Template == "sign-in-code" && one.To == Phone);
        return Regex.Match(site.TextOf(letter), @"\d{6}").Value;
    }

    private sealed class Walk
    {
        private readonly IPage page;
        private int posts;

        public Walk(IPage page)
        {
            this.page = page;
            page.Request += (_, request) => posts += request.Method == "POST" ? 1 : 0;
        }

        /// <summary>Sends a form as it is: it has faults, which no browser is to find first.</summary>
        public async Task Sends(string path, string button)
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync(
                "for (const x of document.querySelectorAll('form, details')) x.noValidate = x.open = true"
            );
            await page.Locator(button).First.ClickAsync();
            await IsSafe("shown=");
            await Assertions.Expect(page.Locator(".fault").First).ToBeVisibleAsync();
        }

        public async Task IsSafe(string address)
        {
            await page.WaitForURLAsync(url => url.Contains(address, StringComparison.Ordinal));
            page.Url.ShouldContain("shown=");
            var (before, seen) = (posts, await Seen());
            await page.ReloadAsync();
            (await Seen()).ShouldBe(seen);
            await page.GoBackAsync();
            await Assertions.Expect(page.Locator("#main h1")).ToBeVisibleAsync();
            await page.GoForwardAsync();
            (await Seen()).ShouldBe(seen);
            posts.ShouldBe(before, "nothing was sent again");
        }

        private async Task<string> Seen() =>
            $"{new Uri(page.Url).Query} {await page.Locator("#main h1").InnerTextAsync()} "
            + string.Join(' ', await page.Locator(".fault, .error-text").AllInnerTextsAsync());
    }
}
