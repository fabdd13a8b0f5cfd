using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>A mediator's morning with the keyboard alone, and the same desk where no script runs.</summary>
public sealed partial class DeskByKeys
{
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(11);

    private static readonly System.Text.RegularExpressions.Regex Decided = new("已经决定");
    private static readonly System.Text.RegularExpressions.Regex Here = new(@"\bhere\b");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_desk_is_worked_by_keyboard_alone_from_sign_in_on()
    {
        await using var site = await Site.Start(Db.Sqlite);
        await ThreeCases(site);
        await using var person = await Person.At(site);
        await person.SignInAs(Role.Mediator);
        var (page, keys) = (person.Page, person.Page.Keyboard);
        await page.GotoAsync("/desk");
        var rows = page.Locator("tr[data-number]");
        await Assertions.Expect(rows).ToHaveCountAsync(3);

        // ? tells the keys; j moves; Enter opens beside the list, with an address of its own and the reading noted.
        await keys.PressAsync("?");
        await Assertions.Expect(page.Locator("#desk-help")).ToBeVisibleAsync();
        (await Axe.Faults(page)).ShouldBeEmpty();
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#desk-help")).ToBeHiddenAsync();
        // The first row is marked: j goes on from it.
        await Assertions.Expect(rows.Nth(0)).ToHaveClassAsync(Here);
        await keys.PressAsync("j");
        await Assertions.Expect(rows.Nth(1).Locator("a")).ToBeFocusedAsync();
        var second = (await rows.Nth(1).GetAttributeAsync("data-number"))!;
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#panel h2")).ToBeFocusedAsync();
        page.Url.ShouldContain("case=" + second);
        await Assertions.Expect(page.Locator("#panel .said")).ToContainTextAsync("水壶");
        (await site.KindsSince(0)).ShouldContain("access.read");
        (await Axe.Faults(page)).ShouldBeEmpty();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#panel h2")).ToBeFocusedAsync();

        // d in the open case delivers it after its seconds, and the next one opens; Escape goes back to that one's row.
        var next = (await rows.Nth(2).GetAttributeAsync("data-number"))!;
        await keys.PressAsync("d");
        await Assertions.Expect(page.Locator("#panel")).ToContainTextAsync(next);
        await Assertions.Expect(page.Locator("#panel h2")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".outgoing-waiting")).ToContainTextAsync(second);
        // Who sees none of it hears it.
        await Assertions.Expect(page.Locator("#desk-said")).ToContainTextAsync(second);
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#panel")).ToBeHiddenAsync();
        await Assertions.Expect(rows.Nth(2).Locator("a")).ToBeFocusedAsync();
        site.Clock.Turn(Over);
        await Happened(site, "complaint.delivered", 1);

        // d on a row, and u in time: nothing went out. While somebody types, letters are letters.
        await page.GotoAsync("/desk?view=screen");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await keys.PressAsync("j");
        // Offline the key decides nothing and loses nothing, and says so; back online it does what it did before.
        await page.Context.SetOfflineAsync(true);
        await keys.PressAsync("d");
        await Assertions.Expect(page.Locator("[data-note]")).ToHaveTextAsync(Person.T("desk.offline"));
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await page.Context.SetOfflineAsync(false);
        (await site.KindsSince(0)).Count(k => k == "decision.held").ShouldBe(1);
        await keys.PressAsync("d");
        await Assertions.Expect(page.Locator(".outgoing-waiting")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[data-note]")).ToHaveCountAsync(0);
        await keys.PressAsync("u");
        await Assertions.Expect(page.Locator(".outgoing-waiting")).ToHaveCountAsync(0);
        await keys.PressAsync("/");
        await keys.TypeAsync("dujx");
        await Assertions.Expect(page.Locator("[data-search]")).ToHaveValueAsync("dujx");
        (await site.KindsSince(0)).Count(k => k == "decision.held").ShouldBe(2);

        // a takes all, r returns them with one notice.
        await page.GotoAsync("/desk?view=screen");
        await keys.PressAsync("a");
        await Assertions.Expect(page.Locator("[data-picked-count]")).ToHaveTextAsync(Person.T("desk.picked", 2));
        await keys.PressAsync("r");
        await keys.PressAsync("Space");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-said]")).ToContainTextAsync(Person.T("desk.verb.return"));
        site.Clock.Turn(Over);
        await Happened(site, "complaint.returned", 2);
        (await site.KindsSince(0)).Count(k => k == "complaint.delivered").ShouldBe(1);
    }

    /// <summary>What is read is what a key acts on: j goes on to read the next, and no cursor is left behind.</summary>
    [Fact]
    public async Task The_case_beside_the_list_is_the_one_that_keys_act_on()
    {
        await using var site = await Site.Start(Db.Sqlite);
        await ThreeCases(site);
        await using var person = await Person.At(site);
        await person.SignInAs(Role.Mediator);
        var (page, keys) = (person.Page, person.Page.Keyboard);
        await page.GotoAsync("/desk");
        var rows = page.Locator("tr[data-number]");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        var third = (await rows.Nth(2).GetAttributeAsync("data-number"))!;

        // Opened by its address, with the focus nowhere: the cursor is on it and not on the first row.
        await page.GotoAsync("/desk?case=" + third);
        await Assertions.Expect(page.Locator("#panel h2")).ToBeFocusedAsync();
        await Assertions.Expect(rows.Nth(2)).ToHaveClassAsync(Here);
        await page.EvaluateAsync("document.activeElement.blur()");
        await keys.PressAsync("d");
        await Assertions.Expect(page.Locator(".outgoing-waiting")).ToContainTextAsync(third);
        // u takes it back, and reads it again.
        await keys.PressAsync("u");
        await Assertions.Expect(page.Locator(".outgoing-waiting")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#panel")).ToContainTextAsync(third);

        // k reads the one above; d acts on that one.
        var second = (await rows.Nth(1).GetAttributeAsync("data-number"))!;
        await rows.Nth(2).Locator("a").First.FocusAsync();
        await keys.PressAsync("k");
        await Assertions.Expect(page.Locator("#panel")).ToContainTextAsync(second);
        page.Url.ShouldContain("case=" + second);
        await keys.PressAsync("d");
        await Assertions.Expect(page.Locator(".outgoing-waiting")).ToContainTextAsync(second);
        (await site.KindsSince(0)).Count(k => k == "decision.held").ShouldBe(2);

        // It is looked at once more and goes out: its row stays marked until one goes on, and j skips nobody.
        await Assertions.Expect(page.Locator("#panel")).ToContainTextAsync(third);
        await keys.PressAsync("k");
        await Assertions.Expect(page.Locator("#panel")).ToContainTextAsync(second);
        site.Clock.Turn(Over);
        await Happened(site, "complaint.delivered", 1);
        await page.EvaluateAsync("document.dispatchEvent(new CustomEvent('outgoing:over'))");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync(Person.T("desk.gone"));
        await OneSelection(page, second);
        await keys.PressAsync("j");
        await OneSelection(page, third);

        // What is refused stays where it was typed, with its fault at the field and the focus there.
        await keys.PressAsync("n");
        var note = page.Locator("#panel #f-note-decline");
        await note.FillAsync("请向法院起诉");
        await page.Locator("#panel form[action*=Decline] button").ClickAsync();
        await Assertions.Expect(page.Locator("#panel form .error-text")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#panel input[name=reason]").First).ToBeFocusedAsync();
        await Assertions.Expect(note).ToHaveValueAsync("请向法院起诉");
        await Assertions.Expect(page.Locator("#panel .panel-case .num")).ToBeInViewportAsync();
        await OneSelection(page, third);
        (await Axe.Faults(page)).ShouldBeEmpty();
        (await site.KindsSince(0)).Count(k => k == "decision.held").ShouldBe(2);

        // Undone, the form comes back with what was typed.
        await keys.PressAsync("Space");
        await page.Locator("#panel form[action*=Decline] button").ClickAsync();
        await Assertions.Expect(page.Locator(".outgoing-waiting")).ToContainTextAsync(third);
        await Assertions.Expect(page.Locator("#panel")).Not.ToHaveAttributeAsync("aria-busy", "true");
        await keys.PressAsync("u");
        await Assertions.Expect(page.Locator(".outgoing-waiting")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#panel input[name=reason]").First).ToBeCheckedAsync();
        await Assertions.Expect(note).ToHaveValueAsync("请向法院起诉");
        await OneSelection(page, third);
    }

    /// <summary>The row that is marked is the case that is read.</summary>
    private static async Task OneSelection(IPage page, string number)
    {
        await Assertions.Expect(page.Locator("tr.here")).ToHaveAttributeAsync("data-number", number);
        await Assertions.Expect(page.Locator("#panel .panel-case")).ToContainTextAsync(number);
    }

    /// <summary>Each decision opens the next case and leaves the keys where they are.</summary>
    [Fact]
    public async Task Ten_cases_are_decided_with_two_and_a_half_keys_each()
    {
        await using var site = await Site.Start(Db.Sqlite);
        await Cases(site, 10);
        await using var person = await Person.At(site);
        await person.SignInAs(Role.Mediator);
        var page = person.Page;
        await page.GotoAsync("/desk?view=screen");
        var (rows, keys) = (page.Locator("tr[data-number]"), 0);
        await Assertions.Expect(rows).ToHaveCountAsync(10);
        var numbers = new List<string>();
        foreach (var row in await rows.AllAsync())
            numbers.Add((await row.GetAttributeAsync("data-number"))!);
        await Press("Enter");
        for (var at = 0; at < numbers.Count; at++)
        {
            await Assertions.Expect(page.Locator("#panel")).ToContainTextAsync(numbers[at]);
            await Assertions.Expect(page.Locator("#panel h2")).ToBeFocusedAsync();
            await Assertions.Expect(page.Locator("#panel")).Not.ToHaveAttributeAsync("aria-busy", "true");
            if (at % 3 == 2)
            {
                // Its form stands beside the list, which does not move.
                await Press("r");
                await Assertions.Expect(page.Locator("#panel input[name=missing]").First).ToBeFocusedAsync();
                await Press("Space");
                await Press("Enter");
            }
            else
                await Press("d");
            await Assertions.Expect(page.Locator(".outgoing-now")).ToContainTextAsync(numbers[at]);
        }
        (keys / 10.0).ShouldBeLessThanOrEqualTo(2.5);
        (await site.KindsSince(0)).Count(k => k == "decision.held").ShouldBe(10);

        // All is decided: the keys say so, and do nothing.
        await Assertions.Expect(page.Locator("#desk-said")).ToHaveTextAsync(Person.T("desk.over"));
        foreach (var key in new[] { "r", "n", "d" })
        {
            await Press(key);
            await Assertions.Expect(page.Locator("#desk-said.toast")).ToContainTextAsync(Decided);
            await page.EvaluateAsync("document.getElementById('desk-said').textContent = ''");
        }
        (await Axe.Faults(page)).ShouldBeEmpty();
        site.Clock.Turn(Over);
        await Happened(site, "complaint.returned", 3);
        await Happened(site, "complaint.delivered", 7);

        // Of a case that has moved on, who moved it is told.
        await page.GotoAsync("/desk?view=silent&case=" + numbers[0]);
        await Assertions.Expect(page.Locator("#panel h2")).ToBeFocusedAsync();
        await Press("n");
        await Assertions.Expect(page.Locator("#desk-said.toast")).ToContainTextAsync("调解员已于");
        return;

        Task Press(string key)
        {
            keys++;
            return page.Keyboard.PressAsync(key);
        }
    }

    private static Task ThreeCases(Site site) => Cases(site, 3);

    private static async Task Cases(Site site, int count)
    {
        var shop = await site.Merchant("云上百货");
        for (var n = 1; n <= count; n++)
        {
            var claimant = await site.As(Role.Claimant, phone: $"139000000{n:00}");
            var story = $"买的水壶第{n}天就不加热了,联系客服三次都没有结果。";
            await claimant.PostJson("/api/v1/complaints", Filing.To(shop, $"K{n}", story)).Json(201);
            site.Clock.Turn(TimeSpan.FromMinutes(1));
        }
    }

    private static Task Happened(Site site, string kind, int times) =>
        Eventually.Holds(
            async () => (await site.KindsSince(0)).Count(k => k == kind) == times,
            $"{kind} happened {times} times"
        );
}
