using System.Globalization;
using Hengping.App;
using Hengping.App.Admin;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>From an empty store to the first published list: set-up by the console's link, then a month.</summary>
public sealed class FirstStart
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh", 390)]
    [InlineData("en", 1280)]
    public async Task An_association_sets_up_and_publishes_its_first_list(string language, int width)
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        var key = (await site.Of<SetupKey>().Draw(Ct)).ShouldNotBeNull();
        await using var person = await Person.At(site, language, width);
        await SetUp(person, key, $"{language}-{width}");
        var merchant = await site.Merchant("晴川数码");
        await Month(site, merchant);
        // A browser keeps no session of next month: the list is read by somebody who came by.
        var month = site
            .Clock.GetUtcNow()
            .ToOffset(TimeSpan.FromHours(8))
            .ToString("yyyy-MM", CultureInfo.InvariantCulture);
        site.Clock.Turn(TimeSpan.FromDays(40));
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        var asked = ListRequest.Parse(month, null, null, null, Unscored.Zero, site.Store.Now).Event!;
        (await PublishList.Run(site.Store, asked, null, "cli", Ct)).Refusal.ShouldBeNull();
        await person.Page.GotoAsync($"/ratings?period={month}");
        await Assertions.Expect(person.Page.Locator("#list tbody tr")).ToHaveCountAsync(1);
        await person.Reads("晴川数码");
        await Look(person, $"first-list-{language}-{width}");
    }

    private static async Task SetUp(Person person, string key, string name)
    {
        var page = person.Page;
        await page.GotoAsync($"/setup?key={key}");
        await Look(person, $"setup-{name}");
        await page.Locator("input[name=kind][value=association]").Tick();
        foreach (
            var (field, typed) in new[]
            {
                ("nameZh", "江岸消费者协会"),
                ("nameEn", "Jiangan Consumer Council"),
                ("operatorContact", "027-12345678"),
                ("adminName", "周主任"),
                ("login", "zhou"),
                ("password", "four unrelated words"),
            }
        )
            await page.Locator($"[name={field}]").FillAsync(typed);
        await page.Locator("form[method=post] .btn-main").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/admin", StringComparison.Ordinal));
        await Look(person, $"first-admin-{name}");
        await page.GotoAsync("/papers/privacy");
        await Look(person, $"privacy-{name}");
        await page.GotoAsync("/");
        (await page.Locator("body").InnerTextAsync()).ShouldContain(
            name.StartsWith("zh") ? "江岸消费者协会" : "Jiangan"
        );
    }

    private static async Task Look(Person person, string name)
    {
        await person.Picture($"{name}-light");
        (await Axe.Faults(person.Page)).ShouldBeEmpty(name);
        var width = person.Page.ViewportSize!.Width;
        (await person.Page.Wide()).ShouldBeLessThanOrEqualTo(width);
    }

    /// <summary>Five people complain, are answered and score.</summary>
    private static async Task Month(Site site, Guid merchant)
    {
        var mediator = await site.As(Role.Mediator);
        var desk = await site.As(Role.Merchant, merchant);
        for (var n = 1; n <= 5; n++)
        {
            var claimant = await site.As(Role.Claimant, phone: $"1390000000{n}");
            var filing = Filing.To(merchant, $"T{n}", "耳机右耳没有声音，联系客服三次都没有结果。");
            var filed = await claimant.PostJson("/api/v1/complaints", filing).Json(201);
            var path = $"/api/v1/complaints/{filed.GetProperty("id").GetString()}";
            await mediator.PostJson($"{path}/deliver").Json();
            await desk.PostJson($"{path}/reply", new { text = $"非常抱歉，今天就为您安排第{n}笔退款，请留意到账。" })
                .Json();
            await claimant.PostJson($"{path}/score", new { satisfaction = 8, resolved = "yes" }).Json();
        }
    }
}
