using Hengping.App.Demo;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// One case as three people see it, under a clock that is turned: what a late answer does to chip, index and list.
/// The site's own market does not move.
/// </summary>
public sealed class ThreePanes
{
    private static readonly Dictionary<string, string?> Small = new()
    {
        ["Demo:Complaints"] = "40",
        ["Demo:People"] = "40",
    };

    [Theory]
    [InlineData("zh", 1280, "light", true)]
    [InlineData("en", 390, "dark", true)]
    [InlineData("zh", 390, "light", false)]
    [InlineData("en", 1280, "dark", false)]
    public async Task A_late_answer_costs_the_chip_the_index_and_the_place(
        string language,
        int width,
        string theme,
        bool scripts
    )
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Ready();
        await using var person = await Person.At(site, language, width, scripts);
        var page = person.Page;
        await page.GotoAsync($"/?theme={theme}&lang={language}");
        await page.GotoAsync("/demo");
        var market = await site.Head();
        await Looks("empty");
        await Step("file");
        await Expect("#stage-letters .letter", 1);
        await Step("deliver");
        await Chip("1.0");
        await Index("0.925", 3);
        await Step("1h", "#turn-1");
        await Chip("1.0");
        await Step("72h", "#turn-72");
        await Chip("0.6");
        await Index("0.910", 4);
        // The merchant was reminded at the 48th hour, not when the clock was turned past it.
        var letters = page.Locator("#stage-letters .letter");
        await Assertions.Expect(letters).ToHaveCountAsync(4);
        await Assertions.Expect(letters.First).ToContainTextAsync("尚未回复");
        await Assertions.Expect(page.Locator("#stage-chip li").First).ToContainTextAsync("72");
        await Looks("late");
        await Step("reply");
        await Index("0.910", 4);
        await Step("score");
        await Index("0.913", 4);
        await Looks("scored");
        (await page.Locator("#step-score").IsDisabledAsync()).ShouldBeTrue();

        await Step("again");
        await Step("file");
        await Step("deliver");
        await Step("72h", "#turn-72");
        await Chip("0.6");
        await Step("72h", "#turn-72");
        await Chip("0.0");
        await Index("0.825", 6);
        (await site.Head()).ShouldBe(market, "the site's own log hears nothing of the stage");

        async Task Step(string step, string? button = null)
        {
            await Assertions.Expect(page.Locator(button ?? $"#step-{step}")).ToBeEnabledAsync();
            var answer = page.WaitForResponseAsync(r => r.Request.Method == "POST");
            await page.Locator(button ?? $"#step-{step}").ClickAsync();
            await answer;
        }

        Task Chip(string counts) => Assertions.Expect(page.Locator("[data-chip]")).ToHaveTextAsync(counts);

        async Task Index(string index, int rank)
        {
            await Assertions.Expect(page.Locator("[data-index]")).ToHaveTextAsync(index);
            await Assertions.Expect(page.Locator("[data-rank]")).ToContainTextAsync($"{rank}");
            await Assertions.Expect(page.Locator("#stage-list .this-one td").First).ToHaveTextAsync($"{rank}");
        }

        Task Expect(string what, int count) => Assertions.Expect(page.Locator(what)).ToHaveCountAsync(count);

        async Task Looks(string name)
        {
            // axe itself is a script.
            if (scripts)
                (await Axe.Faults(page)).ShouldBeEmpty(name);
            (await page.Wide()).ShouldBeLessThanOrEqualTo(width);
            await person.Picture($"stage-{name}-{language}-{width}-{theme}{(scripts ? "" : "-plain")}");
        }
    }

    [Fact]
    public async Task Each_sees_what_is_theirs_and_a_phone_shows_one_at_a_time()
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Ready();
        var stage = site.Of<DemoStage>();
        await stage.Do("file", TestContext.Current.CancellationToken);
        await using var person = await Person.At(site, width: 390);
        var page = person.Page;
        await page.GotoAsync("/demo");
        await Assertions.Expect(page.Locator(".pane-claimant")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".pane-claimant")).ToContainTextAsync("仓库还在核对");
        await Assertions.Expect(page.Locator(".pane-respondent")).ToBeHiddenAsync();
        await page.Locator(".stage-tabs a").Nth(1).ClickAsync();
        await Assertions.Expect(page.Locator(".pane-respondent")).ToBeVisibleAsync();
        // The merchant reads nothing before the delivery, and then the claimant's surname only.
        await Assertions.Expect(page.Locator(".pane-respondent")).Not.ToContainTextAsync("右耳");
        await page.Locator("#step-deliver").ClickAsync();
        await Assertions.Expect(page.Locator(".pane-respondent")).ToContainTextAsync("右耳");
        await Assertions.Expect(page.Locator(".pane-claimant")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task There_is_no_clock_to_turn_outside_the_demo()
    {
        await using var site = await Site.Start(Db.Sqlite);
        using var page = await site.Anyone.GetAsync("/demo", TestContext.Current.CancellationToken);
        ((int)page.StatusCode).ShouldBe(404);
        Should.Throw<InvalidOperationException>(site.Of<DemoStage>);
    }

    [Fact]
    public async Task Everybody_may_be_anybody_the_admin_too()
    {
        await using var site = await Ready();
        foreach (var role in DemoPage.Roles)
        {
            var visitor = site.Visitor();
            var entered = await visitor.Send("/demo", "", ("role", Words.Of(role)));
            entered.Status.ShouldBe(302, $"{role}");
            using var home = await visitor.GetAsync(entered.Location, TestContext.Current.CancellationToken);
            ((int)home.StatusCode).ShouldBe(200, $"{role} at {entered.Location}");
        }
        DemoPage.Roles.Count.ShouldBe(5);
    }

    private static async Task<Site> Ready()
    {
        var site = await Site.Start(Db.Sqlite, demo: true, settings: Small);
        await Eventually.Holds(
            async () => (await site.Anyone.GetAsync("/readyz", CancellationToken.None)).IsSuccessStatusCode,
            "the demo is filled"
        );
        return site;
    }
}
