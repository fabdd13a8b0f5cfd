using System.Globalization;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>The main job in a real browser: filed with a picture, delivered, answered, scored, on the list.</summary>
public sealed class Journey
{
    private const string Phone = "13812345678";
    private const string Story = "10 月 3 日下单的蓝牙耳机,右耳一直没有声音,联系客服三次都说等通知,到今天没有退款。";
    private const string Answer =
        "非常抱歉,右耳无声属于质量问题,我们今天安排退款,三个工作日内原路退回,请留意到账短信。";

    // A red pixel: enough for a picture by content.
    private static FilePayload Red =>
        new()
        {
            Name = "耳机.png",
            MimeType = "image/png",
            Buffer = Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
            ),
        };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_filing_with_a_picture_to_the_list(bool scripts)
    {
        await using var site = await Site.Start(Db.Sqlite);
        var merchant = await site.Merchant("晴川数码");
        await FourCasesOfOthers(site, merchant);
        await ListShows(site, scripts, "晴川数码", shown: false);

        string number;
        await using (var consumer = await Person.At(site, scripts: scripts))
        {
            await consumer.SignInByCode(Phone);
            number = await File(consumer, scripts);
        }
        await using (var mediator = await Person.At(site, scripts: scripts))
        {
            await mediator.SignInAs(Role.Mediator);
            await mediator.Page.GotoAsync($"/cases/{number}");
            await mediator.Reads(Story);
            await Assertions.Expect(mediator.Page.Locator(".proofs a")).ToHaveCountAsync(1);
            await mediator.Unfold("act.deliver");
            await mediator.Press("act.deliver.go");
            await mediator.Reads(Person.T("desk.outgoing"));
            site.Clock.Turn(TimeSpan.FromSeconds(11));
            await Eventually.Holds(
                async () => (await site.KindsSince(0)).Contains("decision.sent"),
                "the delivery goes out after its seconds"
            );
        }
        await using (var desk = await Person.At(site, scripts: scripts))
        {
            await desk.SignInAs(Role.Merchant, merchant);
            await desk.Page.GotoAsync("/merchant");
            await desk.Page.Locator($"a[href*='{number}']").First.ClickAsync();
            await desk.Unfold("act.reply");
            await desk.Page.GetByLabel(Person.T("act.reply.text")).FillAsync(Answer);
            await desk.Press("act.reply.go");
            await desk.Reads(Person.T("did.reply"));
        }
        site.Clock.Turn(TimeSpan.FromMinutes(2));
        await using (var consumer = await Person.At(site, scripts: scripts))
        {
            await consumer.SignInByCode(Phone);
            await consumer.Page.GotoAsync($"/cases/{number}");
            await consumer.Reads(Answer);
            await consumer.Unfold("act.score");
            await consumer.Page.Locator("input[name=satisfaction][value='9']").Tick();
            await consumer.Page.Locator("input[name=resolved][value=yes]").Tick();
            await consumer.Press("act.score.go");
            await consumer.Reads(Person.T("did.score"));
        }
        await ListShows(site, scripts, "晴川数码", shown: false);
        // What changed today is in the live list from tomorrow on.
        site.Clock.Turn(TimeSpan.FromDays(1));
        await ListShows(site, scripts, "晴川数码", shown: true);
    }

    /// <summary>By thumb, from the first page to the receipt: twelve taps beside the typing.</summary>
    [Fact]
    public async Task Filed_by_thumb_in_twelve_taps()
    {
        await using var site = await Site.Start(Db.Sqlite);
        await site.Merchant("晴川数码");
        await using var consumer = await Person.At(site, width: 390);
        var (page, taps) = (consumer.Page, 0);
        Task Tap(string at)
        {
            taps++;
            return page.Locator(at).First.ClickAsync();
        }
        Task Next() => Tap("main .actions .btn-main");
        await page.GotoAsync("/file");
        await page.Locator("#f-respondent").PressSequentiallyAsync("晴川数码");
        await Tap("#f-respondent-list [role=option]");
        await Tap("label:has(input[name=problem][value=other])");
        await Next();
        // Back to a page with a fault, mended since: the fault is not there any more.
        await Assertions.Expect(page.Locator("#f-other-problem-fault")).ToBeVisibleAsync();
        await page.Locator("#f-other-problem").FillAsync("卡券不能用");
        await page.Locator("#f-other-problem").PressAsync("Enter");
        await page.Locator("#f-story").FillAsync(Story);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("#f-other-problem")).ToHaveValueAsync("卡券不能用");
        await Assertions.Expect(page.Locator(".fault, .error-text")).ToHaveCountAsync(0);
        await page.GoForwardAsync();

        await Assertions.Expect(page.Locator("#f-story")).ToHaveValueAsync(Story);
        await Tap("label:has([name=danger][value=false])");
        await Next();
        await Tap("label:has(input[name=demands][value=refund])");
        await Next();
        await page.Locator("#f-contact-name").FillAsync("陈晓雨");
        await page.Locator("#f-phone").FillAsync(Phone);
        await Tap("button[value=code]");
        await Assertions.Expect(page.Locator("#f-code")).ToBeFocusedAsync();
        await page.Locator("#f-code").FillAsync(await consumer.CodeTo(Phone));
        await Tap("label:has([name=passOn])");
        await Tap("label:has([name=liabilityAccepted])");
        await Next();
        // What is to be changed is where one lands.
        await page.Locator("button[value='change-2|f-story']").ClickAsync();
        await Assertions.Expect(page.Locator("#f-story")).ToBeFocusedAsync();
        await page.Locator("main .actions .btn-main").ClickAsync();
        await Next();
        await consumer.Reads(Person.T("receipt.title"));
        Assert.Equal(12, taps);
    }

    private static async Task<string> File(Person consumer, bool scripts)
    {
        var page = consumer.Page;
        await page.GotoAsync("/file");
        await page.GetByLabel(Person.T("file.whom")).FillAsync("晴川数码");
        await consumer.Press("file.find");
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { NameString = "晴川数码" }).First.Tick();
        await page.Locator("input[name=problem][value=refund]").Tick();
        await consumer.Press("file.next");

        await page.GetByLabel(Person.T("file.story")).FillAsync(Story);
        await page.Locator("[name=danger][value=false]").Tick();
        await page.Locator("[name=orderNo]").FillAsync("JD20261003001");
        await page.Locator("[name=amount]").FillAsync("199");
        await consumer.Press("file.next");

        await page.Locator("input[name=demands][value=refund]").Tick();
        await page.Locator("input[type=file]").SetInputFilesAsync(Red);
        if (scripts)
            await Assertions.Expect(page.Locator(".proofs input[name=evidence]")).ToHaveCountAsync(1);
        await consumer.Press("file.next");

        await page.GetByLabel(Person.T("file.name")).FillAsync("陈晓雨");
        await page.Locator("[name=contactPhone]").FillAsync(Phone);
        await page.Locator("[name=passOn]").Tick();
        await page.Locator("[name=liabilityAccepted]").Tick();
        await consumer.Press("file.next");
        await consumer.Press("file.submit");
        await consumer.Reads(Person.T("receipt.title"));
        return (await page.Locator(".receipt-no").InnerTextAsync()).Trim();
    }

    /// <summary>A list names a merchant from five valid complaints of five claimants on: these are four.</summary>
    private static async Task FourCasesOfOthers(Site site, Guid merchant)
    {
        var mediator = await site.As(Role.Mediator);
        var desk = await site.As(Role.Merchant, merchant);
        for (var n = 1; n <= 4; n++)
        {
            var claimant = await site.As(Role.Claimant, phone: $"1390000000{n}");
            var filed = await claimant.PostJson("/api/v1/complaints", Filing.To(merchant, $"T{n}", Story)).Json(201);
            var path = $"/api/v1/complaints/{filed.GetProperty("id").GetString()}";
            await mediator.PostJson($"{path}/deliver").Json();
            await desk.PostJson($"{path}/reply", new { text = $"{Answer}({n})" }).Json();
        }
    }

    private static async Task ListShows(Site site, bool scripts, string merchant, bool shown)
    {
        await using var reader = await Person.At(site, scripts: scripts);
        var month = site
            .Clock.GetUtcNow()
            .ToOffset(TimeSpan.FromHours(8))
            .ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var row = reader.Page.Locator("#list tbody tr").Filter(new LocatorFilterOptions { HasText = merchant });
        // The list hears of a case a moment after its commit.
        await Eventually.Holds(
            async () =>
            {
                await reader.Page.GotoAsync($"/ratings?period={month}");
                return await row.CountAsync() == (shown ? 1 : 0);
            },
            $"{merchant} in the list: {shown}"
        );
    }
}
