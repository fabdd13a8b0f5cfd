using System.Net;
using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Reports;

/// <summary>材料来源: who brings files to a report is asked whether they made them, or from whom they got them.</summary>
public sealed class FileOrigins
{
    private const string Whom = "前任仓管员小周";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_said_stands_beside_the_files_for_both_and_lies_sealed(Db db)
    {
        await using var site = await Site.Start(db);
        var shop = await site.Merchant("云上百货");
        var staff = await site.As(Role.Mediator);
        var her = await site.As(Role.Claimant, phone: "13800000001", name: "王小明");
        byte[] paper = [.. "%PDF-1.7 batch"u8];
        var file = (await her.Upload(paper, "批号.pdf", "application/pdf").Json(201)).GetProperty("id").GetGuid();
        var body = Named(shop);
        body["evidence"] = new[] { file };
        body["origin"] = new { from = new string('长', FileOrigin.FromMax + 1) };
        await site.Appends([], () => her.PostJson(Where, body).Refusal(400, "request.invalid"));
        body["origin"] = new { from = Whom };
        var receipt = await site.Appends(["report.filed"], () => her.PostJson(Where, body).Json(201));
        var id = await IdOf(site, receipt);

        // Later, with number and code: made by oneself; words alone come from nowhere.
        using var form = new MultipartFormDataContent
        {
            { new StringContent(receipt.GetProperty("number").GetString()!), "number" },
            { new StringContent(receipt.GetProperty("code").GetString()!), "code" },
            { new StringContent("true"), "made" },
            { new ByteArrayContent([.. paper, 1]), "file", "批号2.pdf" },
        };
        await site.Appends(
            ["evidence.uploaded", "report.added"],
            () => site.Anyone.PostAsync(Where + "/follow/evidence", form, Ct).Json()
        );
        var seen = (await staff.GetAsync(At(id), Ct).Json()).GetProperty("events");
        Origin(seen[0]).ShouldBe((false, Whom));
        Origin(seen[1]).ShouldBe((true, null));
        var desk = await (await site.Browsing(staff)).GetStringAsync($"/desk/reports/{id}", Ct);
        WebUtility.HtmlDecode(desk).ShouldContain("取自：" + Whom);
        WebUtility.HtmlDecode(desk).ShouldContain("举报人自己拍摄或制作");
        await NowhereIn(site, Whom);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_pages_ask_and_nobody_has_to_answer(Db db)
    {
        await using var site = await Site.Start(db);
        await site.Merchant("云上百货");
        var visitor = site.Visitor();
        (await visitor.GetStringAsync("/report?lang=en", Ct)).ShouldContain("I got them from somebody");
        (string, string?)[] said =
        [
            ("how", "anonymous"),
            ("respondentName", "云上百货"),
            ("breach", "counterfeit"),
            ("story", "这家店卖的奶粉批号都是假的，厂家说没有这一批。"),
            ("go", "send"),
        ];
        var bad = await visitor.Send("/report", "", [.. said, ("key", "a"), ("from", new string('x', 200))]);
        (bad.Status, bad.Body.Contains("name=\"from\" value=\"xxx", StringComparison.Ordinal)).ShouldBe((400, true));
        foreach (var origin in new (string, string?)[][] { [("made", "yes")], [] })
            (
                await site.Appends(
                    ["report.filed"],
                    () => visitor.Send("/report", "", [.. said, ("key", $"b{origin.Length}"), .. origin])
                )
            ).Location.ShouldBe("/report/done");
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, " ", null)]
    [InlineData(true, null, "made")]
    [InlineData(true, "同事", "同事")]
    [InlineData(false, null, "")]
    [InlineData(null, "同事", "同事")]
    public void Who_names_a_source_did_not_make_it(bool? made, string? from, string? origin)
    {
        var faults = new FieldFaults();
        var said = FileOrigin.Of(made, from, faults);
        (
            said is null ? null
            : said.Made ? "made"
            : said.From ?? ""
        ).ShouldBe(origin);
        faults.None.ShouldBeTrue();
    }

    private static (bool Made, string? From) Origin(JsonElement line)
    {
        var origin = line.GetProperty("origin");
        return (
            origin.GetProperty("made").GetBoolean(),
            origin.TryGetProperty("from", out var from) ? from.GetString() : null
        );
    }
}
