using Microsoft.Playwright;
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
        await Take("/desk/appeals");
        await page.Locator("tbody a[href^='/appeals/']").First.ClickAsync();
        await Assertions.Expect(page.Locator("#decide")).ToBeVisibleAsync();

        async Task Take(string goes)
        {
            await page.GotoAsync("/demo");
            await page.Locator($"form:has(input[name=goes][value='{goes}']) button").ClickAsync();
            await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == goes);
        }
    }
}
