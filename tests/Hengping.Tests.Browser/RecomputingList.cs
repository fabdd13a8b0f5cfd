using Hengping.App.Design;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// A list recomputes itself in the reader's browser from its open tables: everything ticks, and one changed digit, in
/// them or on the page, turns its row red. A live list has no tables and offers nothing.
/// </summary>
public sealed class RecomputingList(SharedMarket shared)
{
    private const string Row = "#list tbody tr";

    [Theory]
    [InlineData("", "zh", 1280)]
    [InlineData("", "en", 390)]
    [InlineData("?period=2026-618", "zh", 390)]
    [InlineData("?period=2026-Q3", "en", 1280)]
    [InlineData("?period=2026-10&sector=digital-retail", "en", 390)]
    [InlineData("?period=2026-10&sector=digital-life", "zh", 1280)]
    public async Task Every_number_of_every_row_gets_its_tick(string query, string language, int width)
    {
        var market = await shared.Ready();
        await using var person = await market.Visitor(null, language, width);
        var page = person.Page;
        var fingerprints = await AllTicks(page, "/ratings" + query, language);
        fingerprints.ShouldBe(2);
        (await Axe.Faults(page)).ShouldBeEmpty();
        (await page.Wide()).ShouldBeLessThanOrEqualTo(width);
        var kind =
            query.Contains("sector", StringComparison.Ordinal) ? "part"
            : query.Length == 0 ? "month"
            : "longer";
        await person.Picture($"recompute-{kind}-{language}-{width}");
    }

    /// <summary>A score is changed so that no merchant's place moves: one row turns red, and says why.</summary>
    [Theory]
    [InlineData("zh", 390)]
    [InlineData("en", 1280)]
    public async Task A_digit_changed_in_the_scores_turns_its_row_red(string language, int width)
    {
        var market = await shared.Ready();
        await using var person = await market.Visitor(null, language, width);
        var page = person.Page;
        await page.GotoAsync("/ratings");
        await OneTurnsRed(page, market.Site, language);
        (await Axe.Faults(page)).ShouldBeEmpty();
        (await page.Wide()).ShouldBeLessThanOrEqualTo(width);
        await person.Picture($"recompute-changed-{language}-{width}");
    }

    [Fact]
    public async Task A_score_that_moves_others_to_another_place_turns_their_rows_red_too()
    {
        var market = await shared.Ready();
        await using var person = await market.Visitor(null, "zh", 1280);
        var page = person.Page;
        await page.GotoAsync("/ratings");
        var (changed, merchant, passed) = await ScoreChanged.Passing(page, market.Site);
        await Serve(page, changed);
        await Recompute(page);
        var red = await page.Locator($"{Row}.differs")
            .EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.merchant)");
        red.Order().ShouldBe(new[] { merchant }.Concat(passed).Order());
    }

    [Theory]
    [InlineData("index")]
    [InlineData("replyRange")]
    [InlineData("rank")]
    [InlineData("grade")]
    public async Task A_digit_changed_on_the_page_turns_its_row_red(string number)
    {
        var market = await shared.Ready();
        await using var person = await market.Visitor(null, "zh", 1280);
        var page = person.Page;
        await page.GotoAsync("/ratings");
        var row = page.Locator(Row).Nth(2);
        var merchant = (await row.GetAttributeAsync("data-merchant"))!;
        const string change = """
            cell => {
              const words = [...cell.childNodes].find(node => node.nodeType === 3);
              const digit = words.data.search(/\d/);
              words.data = digit < 0 ? words.data + "?" : words.data.slice(0, digit)
                + (Number(words.data[digit]) + 1) % 10 + words.data.slice(digit + 1);
            }
            """;
        await row.Locator($"[data-n={number}]").EvaluateAsync(change);
        await Recompute(page);
        await Shows(page, "bad", Beginning("recompute.say.bad", "zh"));
        await OnlyRowIsRed(page, merchant);
        await Assertions.Expect(page.Locator($"{Row} [data-checked=no]")).ToHaveCountAsync(1);
        // The files were not touched: both fingerprints hold.
        await Assertions.Expect(page.Locator("[data-said=good]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Two_rows_in_each_others_place_are_noticed_and_without_script_nothing_is_offered()
    {
        var market = await shared.Ready();
        await using (var person = await market.Visitor(null, "zh", 1280))
        {
            await person.Page.GotoAsync("/ratings");
            await person.Page.Locator(Row).First.EvaluateAsync("row => row.nextElementSibling.after(row)");
            await Recompute(person.Page);
            await Shows(person.Page, "bad", Beginning("recompute.say.bad", "zh"));
            await Assertions.Expect(person.Page.Locator($"{Row}.differs")).ToHaveCountAsync(2);
        }
        await using var plain = await market.Visitor(null, "zh", 1280, scripts: false);
        await plain.Page.GotoAsync("/ratings");
        await Assertions.Expect(plain.Page.Locator(".recompute")).ToBeHiddenAsync();
        await plain.Page.GotoAsync("/ratings?period=ytd");
        await Assertions.Expect(plain.Page.Locator(".recompute")).ToHaveCountAsync(0);
    }

    /// <summary>Under a policy of other hours the script counts by those, and by no others.</summary>
    [Fact]
    public async Task The_hours_are_those_of_the_policy_that_the_list_names()
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite, OtherHoursList.FreezesAt);
        await OtherHoursList.Fill(site);
        (await OtherHoursList.Publish(site)).Refusal.ShouldBeNull();
        await using var person = await Person.At(site, "zh", 1280);
        (await AllTicks(person.Page, $"/ratings?period={OtherHoursList.Month}", "zh")).ShouldBe(2);
        await person.Page.Locator(".recompute").EvaluateAsync("said => said.dataset.hours = '72 120'");
        await Recompute(person.Page);
        await Shows(person.Page, "bad", Beginning("recompute.say.bad", "zh"));
        await Assertions.Expect(person.Page.Locator($"{Row} [data-n=timeliness][data-checked=no]")).ToHaveCountAsync(1);
    }

    [Fact]
    public void The_script_is_ours_and_small()
    {
        var bytes = new[] { "recompute.js", "rating.js", "tables.js" }.Sum(name =>
            new FileInfo(Repository.At("src/Hengping.App/Ratings/" + name)).Length
        );
        bytes.ShouldBeLessThanOrEqualTo(22_500);
    }

    /// <summary>Opens a list, lets it recompute, holds that each number of each row got its tick.</summary>
    /// <returns>How many fingerprints held.</returns>
    internal static async Task<int> AllTicks(IPage page, string path, string language)
    {
        await page.GotoAsync(path);
        var rows = await page.Locator(Row).CountAsync();
        rows.ShouldBeGreaterThan(0, path);
        await Recompute(page);
        (await page.Locator(".differs-why").AllInnerTextsAsync()).ShouldBeEmpty();
        await Shows(page, "good", Beginning("recompute.say.ok", language));
        await Assertions.Expect(page.Locator($"{Row} [data-n]:not([data-checked=yes])")).ToHaveCountAsync(0);
        (await page.Locator($"{Row} [data-checked=yes]").CountAsync()).ShouldBeGreaterThanOrEqualTo(9 * rows);
        await Assertions.Expect(page.Locator($"{Row}.differs, [data-said=bad]")).ToHaveCountAsync(0);
        return await page.Locator("[data-said=good]").CountAsync() - 1;
    }

    /// <summary>On an opened frozen list: one score of its file is changed, and its row alone turns red.</summary>
    internal static async Task OneTurnsRed(IPage page, Site site, string language)
    {
        var (changed, merchant) = await ScoreChanged.Apart(page, site);
        await Serve(page, changed);
        await Recompute(page);
        await Shows(page, "bad", Beginning("recompute.say.bad", language));
        await OnlyRowIsRed(page, merchant);
        // The fingerprint of the tables says so too; that of the list still holds.
        await Assertions.Expect(page.Locator("[data-said=bad]")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-said=good]")).ToHaveCountAsync(1);
    }

    private static Task Serve(IPage page, string file) =>
        page.RouteAsync(
            "**/api/v1/open/cases/*/scores.csv",
            route => route.FulfillAsync(new RouteFulfillOptions { Body = file, ContentType = "text/csv" })
        );

    private static async Task Recompute(IPage page)
    {
        await page.Locator(".recompute > button").ClickAsync();
        await Assertions.Expect(page.Locator(".recompute[data-done]")).ToHaveCountAsync(1);
    }

    private static Task Shows(IPage page, string tone, string text) =>
        Assertions
            .Expect(page.Locator(".recompute [role=status]").Locator($"[data-said={tone}]").First)
            .ToContainTextAsync(text);

    private static async Task OnlyRowIsRed(IPage page, string merchant)
    {
        var red = page.Locator($"{Row}.differs");
        await Assertions.Expect(red).ToHaveCountAsync(1);
        await Assertions.Expect(red).ToHaveAttributeAsync("data-merchant", merchant);
        await Assertions.Expect(page.Locator($"{Row}.differs + .differs-why p").First).ToBeVisibleAsync();
    }

    private static string Beginning(string key, string language) =>
        Texts.All[key][language == "zh" ? 0 : 1].Split('{')[0];
}
