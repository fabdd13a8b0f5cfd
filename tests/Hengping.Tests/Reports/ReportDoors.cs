using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Reports;

/// <summary>The desk's doors of a report over real HTTP: yes and no, and exactly the events written.</summary>
public sealed class ReportDoors(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_missing_is_said_per_field_and_nothing_is_written(Db db)
    {
        var site = await sites.On(db);
        var shop = await site.Merchant(Sites.OwnName("云上百货"));
        var claimant = await site.As(Role.Claimant, phone: "13800000001");
        var before = await site.Head();
        (await Faults(site.Anyone, new { })).ShouldBe(["breach", "text", "respondent"], ignoreOrder: true);
        (
            await Faults(
                site.Anyone,
                new
                {
                    anonymous = false,
                    breach = "x",
                    text = "short",
                    respondent = new { name = "某店" },
                }
            )
        ).ShouldBe(["breach", "text", "contact.name", "contact.phone"], ignoreOrder: true);
        var files = Anonymous(shop);
        files["evidence"] = new[] { Guid.NewGuid() };
        (await Faults(site.Anyone, files)).ShouldBe(["evidence"]);
        var foreign = Named(shop);
        foreign["evidence"] = new[] { Guid.NewGuid() };
        (await Faults(claimant, foreign)).ShouldBe(["evidence"]);
        (await Faults(site.Anyone, Anonymous(Guid.NewGuid()))).ShouldBe(["respondent.id"]);
        await site.Anyone.PostAsync(Where, new StringContent("x"), Ct).ContinueWith(t => t.Result.StatusCode, Ct);
        (await site.Head()).ShouldBe(before);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_name_nobody_knows_makes_no_public_entry(Db db)
    {
        var site = await sites.On(db);
        var staff = await site.As(Role.Mediator);
        var body = Anonymous(Guid.Empty);
        body["respondent"] = new { name = "从没见过的店" };
        var receipt = await site.Appends(["report.filed"], () => site.Anyone.PostJson(Where, body).Json(201));
        (await site.Anyone.GetStringAsync("/api/v1/merchants?q=没见过", Ct)).ShouldNotContain("没见过");
        var view = await staff.GetAsync(At(await IdOf(site, receipt)), Ct).Json();
        view.GetProperty("respondent").GetProperty("name").GetString().ShouldBe("从没见过的店");
        (await staff.GetStringAsync(Where, Ct)).ShouldNotContain("没见过", customMessage: "lists hold no words");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_is_accepted_extended_and_found_true_step_by_step(Db db)
    {
        var site = await sites.On(db);
        var shop = await site.Merchant(Sites.OwnName("云上百货"));
        var staff = await site.As(Role.Mediator);
        var (id, pair) = await Filed(site, site.Anyone, Named(shop));
        var view = await site.Appends(["reading.opened"], () => staff.GetAsync(At(id), Ct).Json());
        view.GetProperty("contact").GetProperty("phone").GetString().ShouldBe("13800000001");
        view.GetProperty("deadlines")[0].GetProperty("kind").GetString().ShouldBe("tell");
        await site.Appends([], () => staff.GetAsync(At(id), Ct).Json());

        var found = new
        {
            outcome = "breach-found",
            measure = "recommend",
            text = "核查属实，已建议商家下架召回。",
        };
        await site.Appends([], () => staff.PostJson(At(id, "conclude"), found).Json(409));
        await staff.PostJson(At(id, "extend"), new { reason = "等待厂家鉴定" }).Refused(409, "report.wrong-state");
        await site.Appends(["report.accepted"], () => staff.PostJson(At(id, "accept")).Json());
        await staff
            .PostJson(At(id, "accept"))
            .Refused(409, "report.wrong-state", "开始核查，不能受理。您现在可以：延长核查、作出结论、告知举报人。");
        await staff.PostJson(At(id, "extend"), new { reason = "" }).Json(400);
        view = await site.Appends(
            ["report.extended"],
            () => staff.PostJson(At(id, "extend"), new { reason = "等待厂家鉴定" }).Json()
        );
        // Fifteen working days more, from Monday 11-02.
        view.GetProperty("deadlines")[0]
            .GetProperty("due")
            .GetDateTimeOffset()
            .UtcDateTime.ShouldBe(new DateTime(2026, 11, 23, 15, 59, 59));
        await staff.PostJson(At(id, "extend"), new { reason = "还要再等一等" }).Refused(409, "report.extended");
        await site.Appends(
            ["report.told"],
            () => staff.PostJson(At(id, "messages"), new { text = "鉴定已经送检。" }).Json()
        );
        await staff.PostJson(At(id, "messages"), new { text = "" }).Json(400);
        foreach (
            var bad in new object[]
            {
                new { },
                new { outcome = "breach-found", text = "核查属实，已建议商家下架召回。" },
                new { outcome = "referred", text = "核查属实，移送有权机关处理。" },
                new { outcome = "not-found", text = "短" },
            }
        )
            await staff.PostJson(At(id, "conclude"), bad).Json(400);
        var own = new
        {
            outcome = "breach-found",
            measure = "own-measure",
            text = "核查属实，我们已下架商品。",
        };
        await staff.PostJson(At(id, "conclude"), own).Refused(409, "report.not-your-power");
        await site.Appends(["report.concluded"], () => staff.PostJson(At(id, "conclude"), found).Json());

        var shown = await site.Anyone.PostJson(Where + "/follow", pair).Json();
        shown.GetProperty("status").GetString().ShouldBe("breachFound");
        shown.GetProperty("measure").GetString().ShouldBe("recommend");
        shown.GetProperty("decision").GetString().ShouldBe("核查属实，已建议商家下架召回。");
        shown.GetProperty("deadlines").GetArrayLength().ShouldBe(0);
        shown.GetProperty("messages").GetArrayLength().ShouldBe(5);
        var late = JsonSerializer.Deserialize<Dictionary<string, string>>(JsonSerializer.Serialize(pair))!;
        late["text"] = "我又想起一件事。";
        await site
            .Anyone.PostJson(Where + "/follow/add", late)
            .Refused(409, "report.wrong-state", "查实，不能补充。有新线索请另行举报，并写上本次编号。");
        await site.Anyone.PostJson(Where + "/follow/add", late).Json(409);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_not_taken_up_names_the_reason_and_other_routes(Db db)
    {
        await using var site = await Site.Start(db);
        await Run(site, OperatorKind.Regulator);
        var (id, pair) = await Filed(site, site.Anyone, Anonymous(await site.Merchant("云上百货")));
        var staff = await site.As(Role.Reviewer);
        var view = await staff.GetAsync(At(id), Ct).Json();
        view.GetProperty("deadlines")[0].GetProperty("explanation").GetString()!.ShouldNotContain("承诺");
        await staff.PostJson(At(id, "decline"), new { reason = "materials", note = "没有线索。" }).Json(400);
        await site.Appends(
            ["report.declined"],
            () =>
                staff.PostJson(At(id, "decline"), new { reason = "report-no-lead", note = "没有可核查的线索。" }).Json()
        );
        var shown = await site.Anyone.PostJson(Where + "/follow", pair).Json();
        shown.GetProperty("reason").GetString().ShouldBe("report-no-lead");
        shown.GetProperty("decision").GetString().ShouldBe("没有可核查的线索。");
        shown.GetProperty("otherRoutes").GetString()!.ShouldContain("12315");
        await staff.PostJson(At(id, "accept")).Refused(409, "report.wrong-state");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_marketplace_acts_itself_and_an_authority_reads_what_was_referred_to_it(Db db)
    {
        await using var site = await Site.Start(db);
        await Run(site, OperatorKind.Marketplace);
        var shop = await site.Merchant("云上百货");
        var admin = await site.As(Role.Admin);
        var bureau = await site.As(Role.Regulator, name: "杭州市市场监督管理局");
        var other = await site.As(Role.Regulator, name: "宁波市市场监督管理局");
        var (mine, _) = await Filed(site, site.Anyone, Anonymous(shop));
        var (theirs, _) = await Filed(site, site.Anyone, Named(shop));
        await admin.PostJson(At(mine, "accept")).Json();
        var own = new
        {
            outcome = "breach-found",
            measure = "own-measure",
            text = "核查属实，我们已下架商品。",
        };
        await admin.PostJson(At(mine, "conclude"), own).Json();
        await admin.PostJson(At(theirs, "accept")).Json();
        await bureau.GetAsync(At(theirs), Ct).Refused(404, "not-found");
        var referred = new
        {
            outcome = "referred",
            authority = "杭州市市场监督管理局",
            text = "线索已整理，移送处理。",
        };
        await admin.PostJson(At(theirs, "conclude"), referred).Json();
        await site.Appends(["reading.opened"], () => bureau.GetAsync(At(theirs), Ct).Json());
        await bureau.GetAsync(At(mine), Ct).Refused(404, "not-found");
        await other.GetAsync(At(theirs), Ct).Refused(404, "not-found");
        (await bureau.GetAsync(Where, Ct).Json()).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await other.GetAsync(Where, Ct).Json()).GetProperty("items").GetArrayLength().ShouldBe(0);
        await bureau.PostJson(At(theirs, "messages"), new { text = "我们接手了。" }).Refused(403, "forbidden");
    }

    private static async Task<IReadOnlyList<string>> Faults(HttpClient who, object body)
    {
        var no = await who.PostJson(Where, body).Json(400);
        return [.. no.GetProperty("errors").EnumerateObject().Select(e => e.Name)];
    }
}
