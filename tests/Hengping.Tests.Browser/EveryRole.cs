using System.Text.RegularExpressions;
using Hengping.Rules.Accounts;
using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// Every page as everybody sees it (the tour looks in the dark), and the filing wizard step by step in both themes: axe
/// finds nothing serious, and whoever may not see a page is told so on a page, never by a fault.
/// </summary>
public sealed partial class EveryRole(SharedMarket shared)
{
    private static readonly string[] Paths =
    [
        "/",
        "/file",
        "/progress",
        "/ratings",
        "/ratings/method",
        "/api",
        "/demo",
        "/search?q=数码",
        "/search?q=nothing-at-all",
        "/no-such-page",
        "/me",
        "/merchant",
        "/merchant?view=all",
        "/desk",
        "/desk?view=mediation",
        "/desk?view=all",
        "/desk/reports",
        "/desk/reports?view=ended",
        "/measures",
        "/desk/measures",
        "/merchant/measures",
        "/merchant/metrics",
        "/report",
        "/report/follow",
        "/report/done",
    ];

    public static TheoryData<Role?> Everybody =>
        [(Role?)null, Role.Claimant, Role.Merchant, Role.Mediator, Role.Reviewer];

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Nobody_is_kept_out_of_any_page(Role? role)
    {
        var market = await shared.Ready();
        var faults = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await using var person = await market.Visitor(role, "zh", 1280);
        foreach (var path in Paths)
        {
            // The same cookies without the drawing: the page that says no, and the door to sign in at, are the same
            // page everywhere, and the browser need not draw it again.
            var answer = await person.Page.APIRequest.GetAsync(path);
            if (answer.Status is not (200 or 403 or 404))
                faults.Add($"{path} answers {answer.Status}");
            if (!seen.Add(Read(await answer.TextAsync())))
                continue;
            // The tour has looked at it already.
            if (Tour.Stops.Any(stop => stop.As == role && stop.Path == path && stop.Follow is null))
                continue;
            await person.Page.GotoAsync(path);
            faults.AddRange((await Axe.Faults(person.Page)).Select(fault => $"{path}: {fault}"));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    [Theory]
    [InlineData(1280, "light")]
    [InlineData(390, "dark")]
    [InlineData(640, "light")]
    public async Task The_wizard_keeps_nobody_out_at_any_step(int width, string theme)
    {
        var market = await shared.Ready();
        await using var person = await market.Visitor(Role.Claimant, "zh", width);
        var page = person.Page;
        await page.GotoAsync($"/?theme={theme}");
        await page.GotoAsync("/ratings");
        // Where a list is sorted one stands there again; where its head is not seen, nobody stands in it.
        if (width == 1280)
        {
            await page.Locator("#sort-valid").ClickAsync();
            await Assertions.Expect(page.Locator("#sort-valid")).ToBeFocusedAsync();
        }
        else
            await Assertions.Expect(page.Locator("#sort-valid")).ToHaveCSSAsync("visibility", "hidden");
        var merchant = await page.Locator("#list tbody a").First.InnerTextAsync();
        var faults = new List<string>();
        await page.GotoAsync("/file");
        await person.Press("file.next");
        await Look("empty");
        await page.GetByLabel(Person.T("file.whom")).FillAsync(merchant);
        await person.Press("file.find");
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { NameString = merchant }).First.Tick();
        await page.Locator("input[name=problem][value=refund]").Tick();
        await Look("whom");
        await person.Press("file.next");
        await Look("what");
        await page.GetByLabel(Person.T("file.story")).FillAsync("买的水壶第三天就不加热了，联系客服三次都没有结果。");
        await page.Locator("[name=danger][value=false]").Tick();
        await page.Locator("[name=orderNo]").FillAsync($"W{width}");
        await page.Locator("[name=amount]").FillAsync("199");
        await person.Press("file.next");
        await Look("proof");
        await page.Locator("input[name=demands][value=refund]").Tick();
        await person.Press("file.next");
        await Look("you");
        await page.GetByLabel(Person.T("file.name")).FillAsync("陈晓雨");
        await page.Locator("[name=contactPhone]").FillAsync("13812345678");
        await page.Locator("[name=passOn]").Tick();
        await page.Locator("[name=liabilityAccepted]").Tick();
        await person.Press("file.next");
        await Look("check");
        await person.Press("file.submit");
        await person.Reads(Person.T("receipt.title"));
        await Look("receipt");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));

        async Task Look(string step)
        {
            // Each step is read from its heading on, or from what is wrong; never from nowhere.
            if (await page.EvaluateAsync<bool>("document.activeElement === document.body"))
                faults.Add($"{step} leaves the focus nowhere");
            var wide = await page.Wide();
            if (wide > width)
                faults.Add($"{step} is {wide} px wide");
            faults.AddRange((await Axe.Faults(page)).Select(fault => $"{step}: {fault}"));
            await person.Picture($"file-{step}-zh-{width}-{theme}");
        }
    }

    /// <summary>What a page says, without its marks.</summary>
    private static string Read(string page) =>
        Marks().Replace(page[page.IndexOf("<main", StringComparison.Ordinal)..], "");

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Marks();
}
