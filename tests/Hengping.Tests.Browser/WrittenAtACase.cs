using System.Globalization;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>What is written at a case is there after a reload, until it was sent, and for nobody else.</summary>
public sealed class WrittenAtACase
{
    private const string Answer = "订单已核实，我们今天原路退款，三日内到账。";

    [Fact]
    public async Task It_stays_over_a_reload_until_it_is_sent_and_goes_at_signing_out()
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        await using var desk = await Desk.On(site);
        var id = await desk.Delivered();
        var number = (await desk.Mediator.GetAsync(Desk.At(id), TestContext.Current.CancellationToken).Json())
            .GetProperty("number")
            .GetString()!;
        await using var person = await Person.At(site, width: 390);
        await person.SignInAs(Role.Merchant, desk.Shop);
        var (page, reply, message) = (person.Page, person.Page.Locator("#f-text"), person.Page.Locator("#f-message"));
        await page.GotoAsync($"/cases/{number}");
        await message.EvaluateAsync("box => box.closest('details').open = true");
        await reply.FillAsync(Answer);
        await message.FillAsync("请补一张照片");
        await page.ReloadAsync();
        await Assertions.Expect(reply).ToHaveValueAsync(Answer);
        await Assertions.Expect(message).ToHaveValueAsync("请补一张照片");

        await page.Locator("form[action*='handler=Reply'] .actions button").First.ClickAsync();
        await Assertions.Expect(page.Locator("#done")).ToBeVisibleAsync();
        await page.GotoAsync($"/cases/{number}");
        await Assertions.Expect(message).ToHaveValueAsync("请补一张照片");
        (await page.EvaluateAsync<string>("sessionStorage.getItem('hengping-typed')")).ShouldNotContain(Answer);

        // An offer is turned down with another: all of it is there, the sum and the day too.
        await desk.Claimant.PostJson(Desk.At(id, "offers"), desk.Offer()).Json();
        await page.GotoAsync($"/cases/{number}?act=rejectOffer#offer-1");
        await page.Locator("#f-why-1").FillAsync("太多了");
        await page.Locator("#f-counter-1").FillAsync("退一半，今天办");
        await page.Locator("#f-sum-1").FillAsync("60");
        var day = site.Clock.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await page.Locator("#f-day-1").FillAsync(day);
        await page.GotoAsync($"/cases/{number}");
        foreach (
            var (field, typed) in new[]
            {
                ("why", "太多了"),
                ("counter", "退一半，今天办"),
                ("sum", "60"),
                ("day", day),
            }
        )
        {
            await Assertions.Expect(page.Locator($"#f-{field}-1")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator($"#f-{field}-1")).ToHaveValueAsync(typed);
        }

        // Signed out in another tab: nothing was sent, and all of it comes back after signing in.
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync($"/cases/{number}");
        await other.Locator("form[action='/signout']").EvaluateAsync("form => form.requestSubmit()");
        await Assertions.Expect(other.Locator("form[action='/signout']")).ToHaveCountAsync(0);
        await page.Locator("form[action*='handler=RejectOffer'] .btn[name=counter]").ClickAsync();
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync(Person.T("signin.unsent"));
        await person.SignInHere(Role.Merchant, desk.Shop);
        await Assertions.Expect(page.Locator("#f-counter-1")).ToHaveValueAsync("退一半，今天办");
        await Assertions.Expect(page.Locator("#f-sum-1")).ToHaveValueAsync("60");
        await Assertions.Expect(page.Locator(".fault")).ToContainTextAsync("还没有提交");

        await page.Locator("form[action='/signout']").EvaluateAsync("form => form.requestSubmit()");
        await Assertions.Expect(page.Locator("form[action='/signout']")).ToHaveCountAsync(0);
        (await page.EvaluateAsync<string?>("sessionStorage.getItem('hengping-typed')")).ShouldBeNull();
    }

    [Fact]
    public async Task Who_signs_in_over_somebody_sees_none_of_their_words()
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        await using var desk = await Desk.On(site);
        var id = await desk.Delivered();
        var number = (await desk.Mediator.GetAsync(Desk.At(id), TestContext.Current.CancellationToken).Json())
            .GetProperty("number")
            .GetString()!;
        await using var person = await Person.At(site, width: 390);
        var (page, message) = (person.Page, person.Page.Locator("#f-message"));
        await person.SignInAs(Role.Merchant, desk.Shop);
        await page.GotoAsync($"/cases/{number}");
        await message.EvaluateAsync("box => box.closest('details').open = true");
        await message.FillAsync("这是店里第一位同事写的");
        await page.GotoAsync("/file");
        await page.Locator("#f-respondent").FillAsync("我们要投诉的平台");
        await Assertions.Expect(page.Locator("[data-draft]")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[data-draft-offer]")).ToBeVisibleAsync();

        // A colleague of the same shop, in the same window, and nobody signed out.
        await person.SignInAs(Role.Merchant, desk.Shop);
        await page.GotoAsync($"/cases/{number}");
        await Assertions.Expect(message).ToHaveValueAsync("");
        (await page.EvaluateAsync<string?>("sessionStorage.getItem('hengping-typed')")).ShouldBeNull();
        await page.GotoAsync("/file");
        await Assertions.Expect(page.Locator("#f-respondent")).ToHaveValueAsync("");
        await Assertions.Expect(page.Locator("[data-draft-offer]")).ToBeHiddenAsync();
        (await page.EvaluateAsync<string?>("localStorage.getItem('hengping-draft')")).ShouldBeNull();
    }
}
