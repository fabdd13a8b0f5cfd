using Hengping.Tests.Harness;
using Hengping.Tests.Measures;
using Shouldly;
using Xunit;
using static Hengping.Tests.Appeals.Appealing;

namespace Hengping.Tests.Appeals;

/// <summary>What forms of appeals and measures cannot read is said at its field, not left out.</summary>
public sealed class AsTheyTypeIt
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_or_a_sum_that_is_none_comes_back_with_its_fault()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var cast = await Play(site);
        var measure = await cast.Taken();
        var appeal = await cast.Sent(measure);
        var id = appeal.GetProperty("id").GetString();

        var desk = await site.Browsing(cast.Other);
        foreach (var (field, typed) in Nothings)
        {
            var answer = await site.Appends([], () => desk.Send($"/appeals/{id}", "", Partly(field, typed)));
            answer.Status.ShouldBe(400, $"{field} {typed}");
            // A sum is asked for where the measure is one of money.
            if (field == "endsOn")
                answer.Body.ShouldContain("id=\"f-change-endson-fault\"");
        }
        (string, string?)[] right = [.. Partly("scope", "只限旧批次。"), ("looked", "true")];
        (await desk.Send($"/appeals/{id}", "", right)).Status.ShouldBe(302);

        var taking = $"/desk/measures/new?merchant={cast.Merchant}&on=2026-10-10";
        var taken = await site.Appends([], () => desk.Send(taking, "", ("on", "2026-13-45"), ("kind", "warning")));
        taken.Status.ShouldBe(400);
        taken.Body.ShouldContain("value=\"2026-13-45\"");
    }

    [Fact]
    public async Task An_appeal_keeps_no_step_with_a_day_that_is_none_and_knows_its_steps()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var cast = await Play(site);
        var draft = Against(await cast.Taken()).With(("draft", true));
        var id = (await cast.Shop.PostJson(Where, draft).Json(201)).GetProperty("id").GetString();
        var shop = await site.Browsing(cast.Shop);
        var step = $"/appeals/{id}/write?step=corrective";
        foreach (var field in (string[])["by-0", "from-0", "to-0"])
        {
            (string, string?)[] typed = [("text-0", "10月12日下架。"), (field, "2026-02-30")];
            var answer = await site.Appends([], () => shop.Send(step, "", typed));
            answer.Status.ShouldBe(400, field);
            answer.Body.ShouldContain("value=\"2026-02-30\"");
        }
        // A file that was chosen is kept over the fault, and goes with the step that is right.
        var first = await WithFile(shop, step, by: "2026-02-30");
        first.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        var kept = Forms.Hidden(await first.Content.ReadAsStringAsync(Ct), "kept-0");
        kept.ShouldNotBeEmpty();
        (string, string?)[] mended =
        [
            ("text-0", "10月12日下架。"),
            ("by-0", "2026-10-12"),
            ("kind-0", "other"),
            ("kept-0", kept),
        ];
        (await site.Appends(["appeal.saved"], () => shop.Send(step, "", mended))).Status.ShouldBe(302);
        (await shop.GetStringAsync(step, Ct)).ShouldContain(kept);
        (string, string?)[] elsewhere = [("text-0", "写错了地方。")];
        (await site.Appends([], () => shop.Send($"/appeals/{id}/write?step=zz", "", elsewhere))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_decision_is_looked_over_before_anybody_is_told()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var cast = await Play(site);
        var appeal = await cast.Sent(await cast.Taken());
        var page = $"/appeals/{appeal.GetProperty("id").GetString()}";
        var desk = await site.Browsing(cast.Other);
        var form = Partly("scope", "只限这一批次");
        var look = await site.Appends([], () => desk.Send(page, "", form));
        foreach (var said in new[] { "id=\"look\"", "部分支持：措施改轻", "只限这一批次", "采纳 3 条，不采纳 0 条" })
            look.Body.ShouldContain(said);
        var back = await site.Appends([], () => desk.Send(page, "", [.. form, ("change", "true")]));
        back.Body.ShouldContain("只限这一批次</textarea>");
        await site.Appends(
            ["appeal.decided", "measure.changed"],
            () => desk.Send(page, "", [.. form, ("looked", "true")])
        );
    }

    private static async Task<HttpResponseMessage> WithFile(HttpClient shop, string step, string by)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Forms.TokenOf(await shop.GetStringAsync(step, Ct))), "__RequestVerificationToken" },
            { new StringContent("10月12日下架。"), "text-0" },
            { new StringContent(by), "by-0" },
            { new ByteArrayContent(Png), "file-0", "a.png" },
        };
        using var answer = await shop.ByHand(step, form);
        return await shop.Shown(answer);
    }

    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly (string Field, string Typed)[] Nothings =
    [
        ("endsOn", "2026-13-45"),
        ("amount", "1,5"),
        ("amount", "abc"),
    ];

    private static (string, string?)[] Partly(string field, string typed) =>
        [
            ("act", "decide"),
            ("outcome", "partly"),
            ("reason", "检测报告与批次相符，原因已经排除。"),
            (field, typed),
            .. Enumerable.Range(1, 3).SelectMany(no => new[] { ($"accepted-{no}", "true"), ($"why-{no}", "有记录") }),
        ];
}
