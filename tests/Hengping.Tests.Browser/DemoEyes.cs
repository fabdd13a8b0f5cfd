using Hengping.Rules.Accounts;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// 四眼 in the demo: its steps lead to where they are taken, a marketplace may take every kind of measure, and an appeal
/// that is open can be decided by the reviewer who had no hand in it.
/// </summary>
public sealed class DemoEyes(SharedMarket shared)
{
    [Fact]
    public async Task A_visitor_can_propose_as_one_and_decide_as_another()
    {
        var market = await shared.Ready();
        await using var visitor = await market.Visitor(null, "zh", 390);
        var page = visitor.Page;
        await Take("/desk/measures/new");
        await Assertions.Expect(page.Locator("#f-addressee")).ToBeVisibleAsync();
        await page.GotoAsync(market.Place("{measure new}"));
        await Assertions.Expect(page.Locator("#f-kind option[value=blackListed]")).ToHaveCountAsync(1);
        Assert.True(await IsWhole("/desk"), "no tab of the desk is cut off");
        await Take("/merchant/measures");
        Assert.True(await IsWhole("/merchant"), "no tab of a merchant is cut off");
        await Take("/desk/measures");
        await page.GotoAsync("/admin/operator");
        await page.Locator(".tabs-menu summary").ClickAsync();
        await Assertions.Expect(page.Locator(".tabs-menu a[href='/admin/limits']")).ToBeVisibleAsync();
        // Nobody has issued its papers: there are those one begins with.
        await Assertions.Expect(page.Locator("#f-privacyzh")).Not.ToHaveValueAsync("");
        await page.GotoAsync("/admin/calendar");
        await Assertions.Expect(page.Locator("form:has(#f-file) ~ section .year")).ToBeVisibleAsync();
        await page.GotoAsync("/rules");
        var (box, words) = (
            await page.Locator(".search [name=old]").BoundingBoxAsync(),
            await page.Locator(".search .tick span").BoundingBoxAsync()
        );
        Assert.InRange(words!.X - (box!.X + box.Width), 0, 24);
        await page.GotoAsync("/measures");
        await Assertions.Expect(page.Locator(".tally")).Not.ToContainTextAsync(".");
        await Take("/desk/appeals");
        await page.Locator("tbody a[href^='/appeals/']").First.ClickAsync();
        await Assertions.Expect(page.Locator("#decide")).ToBeVisibleAsync();

        // On a phone the desk begins with a case, not with its filters; and who sorts a list stands at it.
        await using var desk = await market.Visitor(Role.Mediator, "zh", 390);
        await desk.Page.GotoAsync("/desk");
        (await desk.Page.Locator(".queue tbody tr").First.BoundingBoxAsync())!.Y.ShouldBeLessThan(720);
        await Folded(desk.Page, Person.T("filter.fold"));
        await using var shop = await market.Visitor(Role.Merchant, "zh", 390);
        await shop.Page.GotoAsync("/merchant");
        (await shop.Page.Locator(".waiting tbody tr").First.BoundingBoxAsync())!.Y.ShouldBeLessThan(720);
        await Folded(shop.Page, Person.T("merchant.sort.due"));
        await desk.Page.GotoAsync("/ratings");
        await desk.Page.Locator("select[name=sort]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Assertions.Expect(desk.Page.Locator("#list caption")).ToBeInViewportAsync();
        // Whoever acted on a case has opened it.
        await using var claimant = await market.Visitor(Role.Claimant, "zh", 390);
        await claimant.Page.GotoAsync("/me");
        await Assertions.Expect(claimant.Page.GetByText(Person.T("me.views.none"))).ToHaveCountAsync(0);

        // A list's form lies in one line, which says what is chosen.
        static async Task Folded(IPage phone, string says)
        {
            await Assertions.Expect(phone.Locator(".filters-fold > summary")).ToContainTextAsync(says);
            await Assertions.Expect(phone.Locator(".filters [name=q]")).ToBeHiddenAsync();
            await phone.Locator(".filters-fold > summary").ClickAsync();
            await Assertions.Expect(phone.Locator(".filters [name=q]")).ToBeVisibleAsync();
        }

        async Task<bool> IsWhole(string row)
        {
            await page.GotoAsync(row);
            return await page.Locator(".tabs").EvaluateAsync<bool>("it => it.scrollWidth <= it.clientWidth");
        }

        async Task Take(string goes)
        {
            await page.GotoAsync("/demo");
            await page.Locator($"form:has(input[name=goes][value='{goes}']) button").ClickAsync();
            await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == goes);
        }
    }
}
