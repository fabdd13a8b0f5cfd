using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>Two claimants act together in their case rooms, with and without script, up to a settlement.</summary>
public sealed class ActingTogether
{
    private const string First = "13800000001";
    private const string Second = "13800000002";

    [Theory]
    [InlineData("zh", 390, true)]
    [InlineData("en", 1280, false)]
    public async Task A_joint_complaint_from_the_proposal_to_the_settlement(string language, int width, bool scripts)
    {
        Chromium.SkipUnlessPresent();
        await using var desk = await Desk.Open(Db.Sqlite);
        var one = await Number(desk, desk.Claimant, "王小明", First);
        var other = await Number(desk, desk.Stranger, "李大力", Second);

        await Do(desk, By(First), one, "propose", language, width, scripts);
        await Do(desk, staff => staff.SignInAs(Role.Mediator), one, "confirm", language, width, scripts);
        await Do(desk, By(Second), other, "join", language, width, scripts);
        await Do(desk, By(First), one, "representatives", language, width, scripts, Check);
        await Do(desk, By(Second), other, "agree", language, width, scripts);
        await Do(
            desk,
            shop => shop.SignInAs(Role.Merchant, desk.Shop),
            one,
            "settle",
            language,
            width,
            scripts,
            Offer,
            binds: true
        );
        await Do(desk, By(First), one, "agree", language, width, scripts, binds: true);
        await Do(desk, By(Second), other, "agree", language, width, scripts, binds: true);
        foreach (var (who, id) in new[] { (desk.Claimant, one), (desk.Stranger, other) })
        {
            var list = await who.GetAsync("/api/v1/complaints", TestContext.Current.CancellationToken).Json();
            var row = list.GetProperty("items").EnumerateArray().Single(r => r.GetProperty("number").GetString() == id);
            row.GetProperty("status").GetString().ShouldBe("settled");
        }

        static async Task Check(IPage page)
        {
            foreach (var box in await page.Locator("#joint input[type=checkbox]").AllAsync())
                await box.CheckAsync();
        }

        async Task Offer(IPage page)
        {
            await page.Locator("#f-joint-terms").FillAsync("每人全额退款，并承担退货运费。");
            await page.Locator("#f-joint-amount").FillAsync("129.90");
            var due = desk.Site.Clock.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", null);
            await page.Locator("#f-joint-dueby").FillAsync(due);
        }
    }

    private static Func<Person, Task> By(string phone) => person => person.SignInByCode(phone);

    /// <summary>Somebody signs in, opens the case, sends the form of an act; the page before it is looked at.</summary>
    private static async Task Do(
        Desk desk,
        Func<Person, Task> signIn,
        string number,
        string act,
        string language,
        int width,
        bool scripts,
        Func<IPage, Task>? fill = null,
        bool binds = false
    )
    {
        // Codes to one phone are a minute apart.
        desk.Site.Clock.Turn(TimeSpan.FromMinutes(2));
        await using var person = await Person.At(desk.Site, scripts: scripts);
        await signIn(person);
        await person.Page.SetViewportSizeAsync(width, 900);
        await person.Page.GotoAsync($"/cases/{number}?lang={language}");
        var form = person.Page.Locator($"#joint form:has(input[value={act}])").First;
        var folded = person.Page.Locator($"#joint details:has(input[value={act}])");
        if (await folded.CountAsync() > 0)
            await folded.First.Locator("summary").ClickAsync();
        if (fill is not null)
            await fill(person.Page);
        await person.Picture($"joint-{act}-{language}-{width}-light");
        if (scripts)
            (await Axe.Faults(person.Page)).ShouldBeEmpty();
        var wide = await person.Page.Wide();
        wide.ShouldBeLessThanOrEqualTo(width);
        await form.Locator("button").ClickAsync();
        if (binds)
        {
            await Assertions.Expect(person.Page.Locator("#look")).ToContainTextAsync("¥129.9");
            await person.Picture($"joint-{act}-look-{language}-{width}-light");
            (await person.Page.Wide()).ShouldBeLessThanOrEqualTo(width);
            await person.Page.Locator("[name=looked]").ClickAsync();
        }
        (await person.Page.Locator("#look").CountAsync()).ShouldBe(0);
        (await person.Page.Locator(".fault[role=alert]").CountAsync()).ShouldBe(0);
    }

    private static async Task<string> Number(Desk desk, HttpClient who, string name, string phone)
    {
        var filed = await who.PostJson("/api/v1/complaints", desk.Body("contact", new { name, phone })).Json(201);
        await desk.Mediator.PostJson(Desk.At(filed.GetProperty("id").GetString()!, "deliver")).Json();
        return filed.GetProperty("number").GetString()!;
    }
}
