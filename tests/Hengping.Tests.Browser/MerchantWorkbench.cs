using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>An after-sales morning: what loses value first, a template, one reply with it and one by bulk.</summary>
public sealed class MerchantWorkbench
{
    [Fact]
    public async Task A_template_is_written_inserted_into_one_reply_and_previewed_over_others()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var shop = await site.Merchant("云上百货");
        var mediator = await site.As(Role.Mediator);
        var numbers = new List<string>();
        for (var n = 1; n <= 2; n++)
        {
            var claimant = await site.As(Role.Claimant, phone: $"1390000000{n}");
            var filing = Filing.To(shop, $"M{n}", $"买的水壶第{n}天就不加热了,联系客服三次都没有结果。");
            var filed = await claimant.PostJson("/api/v1/complaints", filing).Json(201);
            await mediator.PostJson($"/api/v1/complaints/{filed.GetProperty("id").GetString()}/deliver").Json();
            numbers.Add(filed.GetProperty("number").GetString()!);
            site.Clock.Turn(TimeSpan.FromHours(1));
        }
        await using var person = await Person.At(site);
        await person.SignInAs(Role.Merchant, shop);
        var page = person.Page;

        await page.GotoAsync("/merchant/templates");
        await page.GetByLabel(Person.T("template.name")).FillAsync("已退款");
        var text = page.GetByLabel(Person.T("template.text"), new PageGetByLabelOptions { Exact = true });
        await text.FillAsync("{buyer}您好，订单{order}已全额退款，三个工作日内到账。");
        await person.Press("template.save");
        await person.Reads(Person.T("template.did.kept"));

        // What is due first is on top, and says what answering now does; its reply begins with the template.
        await page.GotoAsync("/merchant");
        await person.Reads("1.0");
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("0.800");
        await Assertions.Expect(page.Locator(".filters [name=q]")).ToBeVisibleAsync();
        (await Axe.Faults(page)).ShouldBeEmpty();
        await page.Locator("tbody a").First.ClickAsync();
        page.Url.ShouldContain(numbers[0]);
        await page.Locator("#f-text").FillAsync("补充：");
        await person.Press("template.insert");
        await Assertions
            .Expect(page.Locator("#f-text"))
            .ToHaveValueAsync("补充：陈先生/女士您好，订单M1已全额退款，三个工作日内到账。");
        await person.Press("act.reply.go");
        await person.Reads(Person.T("did.reply"));
        // What it did to the index is of that moment, and is said once.
        var points = page.GetByText(Person.T("did.reply.points", "1.0"));
        await Assertions.Expect(points).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await Assertions.Expect(points).ToHaveCountAsync(0);

        await page.GotoAsync("/merchant");
        await page.Locator("input[name=pick]").First.CheckAsync();
        await page.Locator("select[name=template]").SelectOptionAsync(new SelectOptionValue { Label = "已退款" });
        await person.Press("merchant.preview");
        await Assertions
            .Expect(page.Locator("textarea"))
            .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("M2"));
        (await Axe.Faults(page)).ShouldBeEmpty();
        await person.Press("bulk.send");
        await person.Reads(Person.T("bulk.sent", 1, 1));
        await page.GotoAsync("/merchant/numbers");
        await person.Reads(numbers[1]);
        (await Axe.Faults(page)).ShouldBeEmpty();
    }
}
