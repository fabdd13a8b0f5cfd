using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// 举报 from the form to the desk and back, with and without script, on a phone and on a desk: fits, keeps nobody out,
/// leaves its pictures.
/// </summary>
public sealed class ReportPages
{
    private const string Story = "这家店卖的奶粉批号都是假的，厂家说没有生产过这一批，仓库里还有三箱。";

    [Theory]
    [InlineData("zh", 390, "light", true)]
    [InlineData("en", 390, "dark", true)]
    [InlineData("zh", 768, "light", false)]
    public async Task A_report_goes_from_the_form_to_the_desk_and_back(
        string language,
        int width,
        string theme,
        bool scripts
    )
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        await site.Merchant("云上百货");
        await Reporting.Run(site, OperatorKind.ThirdParty);
        var faults = new List<string>();
        await using var reporter = await Person.At(site, language, width, scripts: scripts);
        var page = reporter.Page;
        await page.GotoAsync($"/?theme={theme}");
        await Look(reporter, "home");
        await page.Locator("main a[href='/report']").ClickAsync();
        await Look(reporter, "form");
        await page.Locator(".report-form .btn-main").ClickAsync();
        await Look(reporter, "faults");
        await page.Locator("input[value=anonymous]").Tick();
        await page.Locator("#f-respondent").FillAsync("云上百货");
        await page.Locator("label:has(input[value=counterfeit])").ClickAsync();
        await page.Locator("#f-story").FillAsync(Story);
        await page.Locator("#f-evidence").SetInputFilesAsync(Red);
        await Look(reporter, "filled");
        await page.Locator(".report-form .btn-main").ClickAsync();
        await Assertions.Expect(page.Locator(".receipt-no")).ToHaveCountAsync(2);
        var number = await page.Locator(".receipt-no").First.InnerTextAsync();
        var code = await page.Locator(".receipt-no").Last.InnerTextAsync();
        await Look(reporter, "receipt");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".receipt-no")).ToHaveCountAsync(0);
        await Look(reporter, "receipt-again");

        await using var staff = await Person.At(site, "zh", width, scripts: scripts);
        await staff.SignInAs(Role.Mediator);
        await staff.Page.GotoAsync($"/?lang={language}");
        await staff.Page.GotoAsync($"/desk/reports?theme={theme}");
        await Look(staff, "desk");
        await staff.Page.Locator("tbody a").First.ClickAsync();
        await staff.Reads(Story);
        await Look(staff, "desk-report");
        await staff.Page.Locator("details[open] .btn-main").First.ClickAsync();
        await staff.Page.Locator("input[value='breach-found']").Tick();
        await staff.Page.Locator("input[value=refer]").Tick();
        await staff.Page.Locator("#f-authority").FillAsync("杭州市市场监督管理局");
        await staff.Page.Locator("#f-text").FillAsync("我们核对了批号和进货单，情况属实，已移送查处。");
        await Look(staff, "desk-conclude");
        await staff.Page.Locator(".conclude-form .btn-main").ClickAsync();
        await staff.Reads("已移送查处");
        await Look(staff, "desk-ended");
        await staff.Page.GotoAsync("/desk/reports");
        await Look(staff, "desk-empty");

        await page.GotoAsync("/report/follow");
        await Look(reporter, "follow");
        await page.Locator("#f-number").FillAsync(number);
        await page.Locator("#f-code").FillAsync("0000-0000-0000-0000");
        await page.Locator("main .btn-main").ClickAsync();
        await Look(reporter, "follow-wrong");
        await page.Locator("#f-code").FillAsync(code);
        await page.Locator("main .btn-main").ClickAsync();
        await reporter.Reads("已移送查处");
        await Look(reporter, "follow-found");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));

        async Task Look(Person person, string name)
        {
            var wide = await person.Page.Wide();
            if (wide > width)
                faults.Add($"{name} is {wide} px wide");
            // axe is a script itself.
            if (scripts)
                faults.AddRange((await Axe.Faults(person.Page)).Select(fault => $"{name}: {fault}"));
            await person.Picture($"report-{name}-{language}-{width}-{theme}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_is_added_once_with_number_and_code(bool scripts)
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        var shop = await site.Merchant("云上百货");
        var receipt = await site.Anyone.PostJson(Reporting.Where, Reporting.Anonymous(shop)).Json(201);
        await using var person = await Person.At(site, scripts: scripts);
        await person.Page.GotoAsync("/report/follow");
        await person.Page.Locator("#f-number").FillAsync(receipt.GetProperty("number").GetString()!);
        await person.Page.Locator("#f-code").FillAsync(receipt.GetProperty("code").GetString()!.ToLowerInvariant());
        await person.Page.Locator("main .btn-main").ClickAsync();
        await person.Page.Locator("#f-text").FillAsync("又买到一罐，批号相同。");
        await person.Page.Locator("#f-evidence").SetInputFilesAsync(Red);
        var before = await site.Head();
        await person.Page.Locator("main .btn-main").ClickAsync();
        await person.Reads(Person.T("report.added"));
        await person.Reads("又买到一罐");
        await person.Page.ReloadAsync();
        Assert.Equal(["evidence.uploaded", "report.added"], await site.KindsSince(before));
    }

    [Fact]
    public async Task Whom_one_means_is_found_by_part_of_the_name_and_may_be_typed_over()
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        var shop = await site.Merchant("云上百货");
        await using var person = await Person.At(site, "zh", 390, scripts: false);
        var page = person.Page;
        await page.GotoAsync("/report");
        await page.Locator("#f-respondent").FillAsync("云上");
        await person.Press("file.find");
        await page.Locator($"input[name=respondentId][value='{shop}']").Tick();
        await person.Press("report.go", within: ".actions");
        await Assertions.Expect(page.Locator("#f-respondent")).ToHaveValueAsync("云上百货");
        await page.Locator("#f-respondent").FillAsync("另一家没登记的店");
        await page.Locator("input[value=named]").Tick();
        await page.Locator("#f-contact-name").FillAsync("王小明");
        await page.Locator("#f-contact-phone").FillAsync("13900001111");
        await page.Locator("input[value=unlicensed]").Tick();
        await page.Locator("#f-story").FillAsync(Story);
        await person.Press("report.go", within: ".actions");
        await Assertions.Expect(page.Locator(".receipt-no")).ToHaveCountAsync(2);
        var rows = await site.Store.Query<(Guid? Respondent, bool Anonymous)>(
            "select respondent, anonymous from reports",
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal([(null, false)], rows);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_wizard_files_both_and_shows_the_code_once(bool scripts)
    {
        Chromium.SkipUnlessPresent();
        await using var site = await Site.Start(Db.Sqlite);
        await site.Merchant("云上百货");
        await using var person = await Person.At(site, "zh", 390, scripts: scripts);
        await person.SignInByCode("13812345678");
        var page = person.Page;
        await page.GotoAsync("/file");
        await page.Locator("#f-respondent").FillAsync("云上百货");
        await page.Locator("#f-sector").SelectOptionAsync("general-retail");
        await page.Locator("input[name=problem][value=counterfeit]").Tick();
        await person.Press("file.next");
        await page.Locator("#f-story").FillAsync("买的奶粉批号是假的，联系客服三次都没有结果。");
        await page.Locator("[name=danger][value=false]").Tick();
        await person.Press("file.next");
        await page.Locator("input[name=demands][value=refund]").Tick();
        await person.Press("file.next");
        await page.Locator("#f-contact-name").FillAsync("陈晓雨");
        await page.Locator("[name=passOn]").Tick();
        await page.Locator("[name=liabilityAccepted]").Tick();
        await page.Locator("#report summary").ClickAsync();
        await page.Locator("[name=reportToo]").Tick();
        await page.Locator("#f-report-breach").SelectOptionAsync("counterfeit");
        await page.Locator("#f-report-text").FillAsync(Story);
        await person.Picture($"report-wizard-zh-390-{(scripts ? "light" : "plain")}");
        if (scripts)
        {
            await page.WaitForTimeoutAsync(600);
            var draft = await page.EvaluateAsync<string>("JSON.stringify({ ...localStorage })");
            Assert.DoesNotContain("仓库里还有三箱", draft, StringComparison.Ordinal);
        }
        var before = await site.Head();
        await person.Press("file.next");
        await person.Press("file.submit");
        await person.Reads(Person.T("report.beside"));
        Assert.Equal(["complaint.filed", "report.filed"], await site.KindsSince(before));
        await person.Picture($"report-beside-zh-390-{(scripts ? "light" : "plain")}");
        var numbers = page.Locator(".pair-card .receipt-no");
        await Assertions.Expect(numbers).ToHaveCountAsync(2);
        await page.ReloadAsync();
        await Assertions.Expect(numbers).ToHaveCountAsync(0);
    }

    private static FilePayload Red =>
        new()
        {
            Name = "批号.png",
            MimeType = "image/png",
            Buffer = Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
            ),
        };
}
