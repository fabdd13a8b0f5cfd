using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <content>The same decisions on the page of a case, and where no script runs.</content>
public sealed partial class DeskByKeys
{
    [Fact]
    public async Task On_the_page_of_the_case_there_are_the_same_seconds()
    {
        await using var site = await Site.Start(Db.Sqlite);
        await Cases(site, 2);
        await using var person = await Person.At(site);
        await person.SignInAs(Role.Mediator);
        var page = person.Page;
        await page.GotoAsync("/desk?view=screen");
        var numbers = new List<string>();
        foreach (var row in await page.Locator("tr[data-number]").AllAsync())
            numbers.Add((await row.GetAttributeAsync("data-number"))!);
        var number = numbers[0];
        await page.GotoAsync("/cases/" + number);
        await person.Press("act.deliver.go");
        var toast = page.Locator(".outgoing-waiting");
        await Assertions.Expect(toast).ToContainTextAsync(number);
        (await Axe.Faults(page)).ShouldBeEmpty();
        await Assertions.Expect(page.Locator("[data-undo] button")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(toast).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#done")).ToBeFocusedAsync();
        (await site.KindsSince(0)).ShouldNotContain("complaint.delivered");
        await person.Press("act.deliver.go");
        await Assertions.Expect(toast).ToHaveCountAsync(1);
        // From a list one came to it: the next of that list is offered, and the way back leads there.
        await Assertions.Expect(page.Locator(".next [data-desk-next]")).ToContainTextAsync(numbers[1]);
        site.Clock.Turn(Over);
        await Happened(site, "complaint.delivered", 1);
        await page.Locator(".next [data-desk-next]").ClickAsync();
        await page.Locator("[data-desk-back]").ClickAsync();
        await page.WaitForURLAsync("**/desk?view=screen");
        await Assertions.Expect(page.Locator("tr.here")).ToHaveAttributeAsync("data-number", numbers[1]);
    }

    [Fact]
    public async Task Without_script_the_same_acts_are_forms_that_can_be_undone()
    {
        await using var site = await Site.Start(Db.Sqlite);
        await ThreeCases(site);
        await using var person = await Person.At(site, scripts: false);
        await person.SignInAs(Role.Mediator);
        var page = person.Page;
        await page.GotoAsync("/desk");
        await page.Locator("input[name=pick]").Nth(0).CheckAsync();
        await page.Locator("input[name=pick]").Nth(1).CheckAsync();
        await person.Press("desk.do.deliver");
        await person.Reads(Person.T("desk.outgoing"));
        await person.Press("desk.undo");
        await person.Reads(Person.T("desk.did.undone"));
        await page.Locator("input[name=pick]").Nth(2).CheckAsync();
        await person.Press("desk.do.deliver");
        site.Clock.Turn(Over);
        await Happened(site, "complaint.delivered", 1);
        await page.GotoAsync("/desk?view=silent");
        await Assertions.Expect(page.Locator("a[href^='/cases/']").First).ToBeVisibleAsync();
        await page.Locator(".keep-view summary").ClickAsync();
        await page.Locator("#f-view-name").FillAsync("等商家");
        await person.Press("desk.keep.go");
        await person.Reads("★ 等商家");
    }
}
