using Dapper;
using Hengping.App.Admin;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Rules.Operators;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Measures;
using Hengping.Tests.Reports;
using Hengping.Tests.RuleRegister;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// What no stop of <see cref="Tour"/> comes past, looked at as there: a site before its set-up, one whose store is
/// away, and what is asked of who reports the same again.
/// </summary>
public sealed class SeldomSeen
{
    private const string Phone = "13800000001";

    private static readonly (string Language, int Width, string Theme)[] Forms =
    [
        ("zh", 1280, "light"),
        ("zh", 390, "dark"),
        ("en", 1280, "dark"),
        ("en", 390, "light"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_set_up()
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        await using var deployer = await Person.At(site);
        await Look(
            deployer,
            "unset",
            async () =>
            {
                await deployer.Page.GotoAsync("/");
                await Shows(deployer, ".unset");
            }
        );
        await Look(deployer, "set-up", () => deployer.Page.GotoAsync($"/setup?key={key}"));
    }

    [Fact]
    public async Task While_the_store_is_away()
    {
        Chromium.SkipUnlessPresent();
        await using var desk = await Desk.Open(Db.Sqlite);
        var id = await desk.Delivered();
        var number = (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
        await using var claimant = await Person.At(desk.Site);
        await claimant.SignInByCode(Phone);
        await using var mediator = await Person.At(desk.Site);
        await mediator.SignInAs(Role.Mediator);
        await desk.Site.Store.Alone(session => session.Connection.Execute("pragma query_only = 1"), Ct);

        // Staff are shown nothing that cannot be noted; who acts keeps what was typed.
        await Look(
            mediator,
            "away",
            async () =>
            {
                await mediator.Page.GotoAsync($"/cases/{number}");
                await Shows(mediator, "[data-away='store.away'] a.btn-main");
            }
        );
        await Look(
            claimant,
            "away-sent",
            async () =>
            {
                await claimant.Page.GotoAsync($"/cases/{number}");
                var form = claimant.Page.Locator("form[action*='handler=Message']");
                // Open already, where what was written before stands in it again.
                if (!await form.Locator("textarea").IsVisibleAsync())
                    await claimant.Page.Locator("details.act", new() { Has = form }).Locator("summary").ClickAsync();
                await form.Locator("textarea").FillAsync("壶底有编号，可以查。");
                await form.Locator(".btn").Last.ClickAsync();
                await Shows(claimant, "[data-away='store.away'] button.btn-main");
            }
        );
    }

    [Fact]
    public async Task Sent_back_for_more()
    {
        Chromium.SkipUnlessPresent();
        await using var desk = await Desk.Open(Db.Sqlite);
        var id = await desk.Filed();
        var missing = new { missing = new[] { "order", "goods-picture", "facts" }, note = "照片请拍到壶底编号。" };
        await desk.Mediator.PostJson(Desk.At(id) + "/return", missing).Json(200);
        var number = (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
        await using var claimant = await Person.At(desk.Site);
        await claimant.SignInByCode(Phone);
        await Look(
            claimant,
            "returned",
            async () =>
            {
                await claimant.Page.GotoAsync($"/cases/{number}");
                await claimant.Page.Locator("form[action*='handler=Resubmit'] .btn-main").PressAsync("Enter");
                await Shows(claimant, "#f-said-2-fault");
            }
        );
    }

    [Fact]
    public async Task Reported_again()
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        var shop = await site.Merchant("云上百货");
        await Reporting.Run(site, OperatorKind.ThirdParty);
        var before = await site.As(Role.Claimant, phone: Phone, name: "王小明");
        await before.PostJson(Reporting.Where, Reporting.Named(shop)).Json(201);
        await using var reporter = await Person.At(site);
        await reporter.SignInByCode(Phone);
        await Look(
            reporter,
            "report-again",
            async () =>
            {
                var page = reporter.Page;
                await page.GotoAsync("/report");
                await page.Locator("input[value=named]").Tick();
                await page.Locator("#f-contact-name").FillAsync("王小明");
                await page.Locator("#f-contact-phone").FillAsync(Phone);
                await page.Locator("#f-respondent").FillAsync("云上百货");
                await page.Locator("input[value=counterfeit]").Tick();
                await page.Locator("#f-story").FillAsync("又买到两罐，批号还是查不到，厂家书面答复不是他们生产的。");
                await page.Locator(".report-form .actions .btn-main").ClickAsync();
                await Shows(reporter, "#f-again");
            }
        );
    }

    [Fact]
    public async Task Touched_by_measures_and_by_a_rule_that_comes()
    {
        Chromium.SkipUnlessPresent();
        await using var desk = await Desk.Open(Db.Sqlite);
        var site = desk.Site;
        var id = await desk.Delivered();
        var number = (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
        await Reporting.Run(site, OperatorKind.Marketplace);
        var (admin, rule) = (await site.As(Role.Admin), await Measuring.Rule(site));
        var account = await site.Store.First<Guid>(
            "select claimant from complaints where id = @id",
            new { id = Guid.Parse(id) },
            Ct
        );
        var own = Measuring
            .Down(desk.Shop, rule)
            .With(
                ("kind", "accountRestricted"),
                ("addressee", new { account }),
                ("target", new { kind = "account" }),
                ("reason", "abusiveClaims")
            );
        foreach (var body in new[] { Measuring.Down(desk.Shop, rule), own })
            await desk
                .Reviewer.PostJson(Measuring.At(await desk.Reviewer.PostJson(Measuring.Where, body).Json(201), "sign"))
                .Json();
        var coming = await Ruling.Begun(site);
        await admin.PostJson(Ruling.At(coming, "versions"), Ruling.Body("1. 八日。\n2. 运费由商家承担。")).Json();
        var until = Shanghai.DayOf(site.Clock.GetUtcNow()).AddDays(9);
        await admin.PostJson(Ruling.At(coming, "consult"), new { until }).Json();
        await using var claimant = await Person.At(site);
        await claimant.SignInByCode(Phone);
        await Look(
            claimant,
            "case-measures",
            async () =>
            {
                await claimant.Page.GotoAsync($"/cases/{number}#measures");
                await Shows(claimant, "#measures");
            }
        );
        await Look(
            claimant,
            "home-coming",
            async () =>
            {
                await claimant.Page.GotoAsync("/");
                await Shows(claimant, ".coming-rules");
            }
        );
    }

    private static Task Shows(Person person, string what) =>
        Assertions.Expect(person.Page.Locator(what).First).ToBeVisibleAsync();

    // One person at one window after the other: whoever signs in four times waits four times.
    private static async Task Look(Person person, string name, Func<Task> come)
    {
        var page = person.Page;
        var faults = new List<string>();
        foreach (var (language, width, theme) in Forms)
        {
            await page.SetViewportSizeAsync(width, width < 600 ? 844 : 900);
            await page.GotoAsync($"/report?lang={language}&theme={theme}");
            await come();
            var form = $"{name}-{language}-{width}-{theme}";
            if (await page.Wide() is var wide && wide > width)
                faults.Add($"{form} is {wide} px wide");
            faults.AddRange((await Axe.Faults(page)).Select(fault => $"{form}: {fault}"));
            await person.Picture(form);
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
