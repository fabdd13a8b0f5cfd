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
