using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>An offer is turned down with a reason and answered with another, in one step.</summary>
public sealed class TurningDown
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    public async Task With_a_reason_and_an_offer_of_ones_own(int width, bool scripts)
    {
        Chromium.SkipUnlessPresent();
        await using var desk = await Desk.Open(Db.Sqlite);
        var id = await desk.Delivered();
        await desk.Merchant.PostJson(Desk.At(id, "offers"), desk.Offer()).Json();
        var number = (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
        await using var claimant = await Person.At(desk.Site, "zh", width, scripts);
        await claimant.SignInByCode("13800000001");
        await claimant.Page.GotoAsync($"/cases/{number}");
        // The box asks about the offer and nothing else: it stands there, with both answers.
        await Assertions.Expect(claimant.Page.Locator("#next h2")).ToContainTextAsync("请您决定：¥");
        await Assertions.Expect(claimant.Page.Locator("#next")).Not.ToContainTextAsync("评分");
        await Assertions.Expect(claimant.Page.Locator("#next #offer-1")).ToBeVisibleAsync();
        var bar = claimant.Page.Locator(".sticky-next");
        if (width < 768)
        {
            await Assertions.Expect(bar).ToBeVisibleAsync();
            await bar.Locator(".btn").Last.ClickAsync();
            claimant.Page.Url.ShouldEndWith("?act=rejectOffer#offer-1");
            await Assertions.Expect(bar).ToHaveCountAsync(0);
        }
        else
        {
            await claimant.Page.Locator("#next summary.btn").Last.ClickAsync();
        }
        var form = claimant.Page.Locator("form[action*='handler=RejectOffer']");
        await form.Locator("[name=why]").FillAsync("只退一半不合理，货根本没法用");
        // A sum without words is no offer, and nothing is sent.
        await form.Locator("[name=amount]").FillAsync("150");
        await form.Locator("[name=amount]").PressAsync("Enter");
        await Assertions.Expect(claimant.Page.Locator("#f-counter-1-fault")).ToBeVisibleAsync();
        await Assertions.Expect(form.Locator("[name=why]")).ToHaveValueAsync("只退一半不合理，货根本没法用");
        await form.Locator("[name=terms]").FillAsync("全额退款，运费各付一半");
        await form.Locator("[name=amount]").FillAsync("150");
        // One filled button at most, and none beside the form that would accept.
        await Assertions
            .Expect(claimant.Page.Locator("#next summary.btn-main"))
            .ToHaveCSSAsync("background-color", "rgba(0, 0, 0, 0)");
        await form.Locator("[name=counter]").ClickAsync();
        // Both are looked over before they bind, and can be changed.
        await Assertions.Expect(claimant.Page.Locator("#look")).ToContainTextAsync("¥150");
        await Assertions.Expect(claimant.Page.Locator("#look")).ToBeInViewportAsync();
        await form.Locator("[name=change]").ClickAsync();
        await Assertions.Expect(form.Locator("[name=terms]")).ToHaveValueAsync("全额退款，运费各付一半");
        // One filled button at most, and none beside the form that would accept.
        await Assertions
            .Expect(claimant.Page.Locator("#next summary.btn-main"))
            .ToHaveCSSAsync("background-color", "rgba(0, 0, 0, 0)");
        await form.Locator("[name=counter]").ClickAsync();
        await form.Locator("[name=looked]").ClickAsync();

        await claimant.Reads(Person.T("did.counterOffer"));
        await Assertions.Expect(claimant.Page.Locator("#next h2")).ToHaveTextAsync("等商家答复方案");
        var seen = await desk.Merchant.GetAsync(Desk.At(id), Ct).Json();
        seen.GetProperty("turn").GetProperty("kind").GetString().ShouldBe("answerOffer");
        seen.GetProperty("turn").GetProperty("amount").GetString().ShouldBe("150.00");
        var line = await desk.Merchant.GetAsync(Desk.At(id, "events"), Ct).Json();
        line.GetProperty("items")
            .EnumerateArray()
            .Where(e => e.TryGetProperty("text", out _))
            .Select(e => e.GetProperty("text").GetString())
            .ShouldContain("只退一半不合理，货根本没法用");
    }
}
