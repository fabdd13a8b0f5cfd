using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Hengping.Tests.Measures;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;
using static Hengping.Tests.Appeals.Appealing;

namespace Hengping.Tests.Appeals;

/// <summary>The doors of appeals over real HTTP: yes and no, exactly the events written, of both streams.</summary>
public sealed class AppealDoors(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_takedown_is_overturned_and_lifted_in_the_same_step(Db db)
    {
        var cast = await Play(await sites.On(db));
        var (site, measure) = (cast.Site, await cast.Taken());
        var foreign = await site.As(Role.Merchant, await site.Merchant(Sites.OwnName("别家")));

        await site.Anyone.PostJson(Where, Against(measure)).Json(401);
        await cast.Other.PostJson(Where, Against(measure)).Json(403);
        await foreign.PostJson(Where, Against(measure)).Json(404);
        (await Faults(cast.Shop, new { })).ShouldBe(["target.kind", "target.id"], ignoreOrder: true);
        (await Faults(cast.Shop, Against(measure, Says("tomorrow", "x"), Says("rootCause", "x")))).ShouldBe(
            ["statements[0].section", "statements[0].text", "statements[1].text"],
            ignoreOrder: true
        );
        var appeal = await site.Appends(
            ["appeal.begun", "appeal.saved", "appeal.submitted", "measure.appealed"],
            () => cast.Sent(measure)
        );
        appeal.GetProperty("sections").GetArrayLength().ShouldBe(11, "safety asks for all of them");
        appeal.GetProperty("turn").GetProperty("verb").GetString().ShouldBe("decide");
        appeal.Can().ShouldBe(["withdraw"]);
        await cast.Shop.PostJson(Where, Against(measure)).Refused(409, "appeal.exists");

        await foreign.GetAsync(At(appeal), Ct).Json(404);
        await cast.Shop.PostJson(At(appeal, "decide"), Decision("overturned", appeal)).Json(403);
        await cast
            .Signer.PostJson(At(appeal, "decide"), Decision("overturned", appeal))
            .Refused(409, "appeal.own-decision");
        (await cast.Signer.GetAsync(At(appeal), Ct).Json()).Can().ShouldBeEmpty();
        var read = await cast.Other.GetAsync(At(appeal), Ct).Json();
        read.Can().ShouldBe(["refuse", "extend", "decide"]);
        read.GetProperty("open").EnumerateArray().Select(o => o.GetString()).ShouldContain("section-missing");
        await cast.Other.PostJson(At(appeal, "decide"), new { outcome = "overturned" }).Json(400);
        var decided = await site.Appends(
            ["appeal.decided", "measure.overturned"],
            () => cast.Other.PostJson(At(appeal, "decide"), Decision("overturned", appeal)).Json()
        );
        decided.GetProperty("decided").GetProperty("promisedBy").GetString().ShouldBe("2026-11-02");
        (await cast.Measure(measure)).Status().ShouldBe("overturned");
        (await site.Anyone.GetAsync($"{Measuring.Where}/{measure}", Ct).Json()).Status().ShouldBe("overturned");
        await cast
            .Other.PostJson(At(appeal, "decide"), Decision("upheld", appeal))
            .Refused(409, "appeal.wrong-state", "决定撤销原决定，不能作出决定。");
        await cast.Shop.PostJson(Where, Against(measure)).Refused(409, "appeal.exists");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task In_part_it_becomes_lighter_and_upheld_it_stays(Db db)
    {
        var cast = await Play(await sites.On(db));
        var site = cast.Site;
        var lasting = Measuring.Down(cast.Merchant, cast.Rule).With(("endsOn", "2026-12-31"), ("reason", "quality"));
        var measure = await cast.Taken(lasting);
        (await (await site.Browsing(cast.Shop)).GetStringAsync($"/measures/{measure}", Ct)).ShouldContain(
            "/appeals/new"
        );
        var appeal = await cast.Sent(measure);
        appeal.GetProperty("sections").GetArrayLength().ShouldBe(4);
        await cast
            .Other.PostJson(At(appeal, "decide"), Decision("partly", appeal))
            .Refused(409, "appeal.nothing-changes");
        foreach (var (change, field) in Senseless)
            (await Faults(cast.Other, Decision("partly", appeal, change), At(appeal, "decide"))).ShouldBe([field]);
        await cast
            .Other.PostJson(At(appeal, "decide"), Decision("partly", appeal, new { endsOn = "2026-12-31" }))
            .Refused(409, "measure.nothing-changed");
        var longer = Decision("partly", appeal, new { endsOn = "2027-03-01" });
        await site.Appends([], () => cast.Other.PostJson(At(appeal, "decide"), longer).Json(409));
        await site.Appends(
            ["appeal.decided", "measure.changed"],
            () =>
                cast
                    .Other.PostJson(
                        At(appeal, "decide"),
                        Decision("partly", appeal, new { endsOn = "2026-11-15", scope = "只限旧批次。" })
                    )
                    .Json()
        );
        (await cast.Measure(measure)).GetProperty("endsOn").GetString().ShouldBe("2026-11-15");

        var second = await cast.Taken();
        appeal = await cast.Sent(second);
        var upheld = await site.Appends(
            ["appeal.decided", "measure.upheld"],
            () => cast.Other.PostJson(At(appeal, "decide"), Decision("upheld", appeal)).Json()
        );
        upheld.TryGetProperty("checkAt", out _).ShouldBeFalse();
        var stands = await cast.Measure(second);
        stands.Status().ShouldBe("inForce");
        stands.TryGetProperty("appeal", out _).ShouldBeFalse("it was appealed against, and that is decided");
        var shop = await site.Browsing(cast.Shop);
        (await shop.GetStringAsync($"/measures/{second}", Ct)).ShouldNotContain("/appeals/new");
        (await shop.GetStringAsync($"/measures/{measure}", Ct)).ShouldContain("恢复：");
        await cast
            .Signer.PostJson(
                $"{Measuring.Where}/{second}/lift",
                new { because = "corrected", reason = "复检合格，已恢复。" }
            )
            .Json();
        (await shop.GetStringAsync($"/measures/{second}", Ct)).ShouldNotContain("要求人工处理：");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_done_long_ago_is_checked_after_the_decision(Db db)
    {
        var cast = await Play(await sites.On(db));
        var measure = await cast.Taken();
        foreach (var day in new[] { "0001-01-01", "9999-12-31" })
            (await Faults(cast.Shop, Against(measure, Says("corrective", "已更换供应商。", by: day)))).ShouldBe([
                "statements[0].by",
            ]);
        var appeal = await cast.Sent(measure, Says("corrective", "三年前已更换供应商。", by: "2023-12-05"));
        var decided = await cast.Other.PostJson(At(appeal, "decide"), Decision("overturned", appeal)).Json();
        decided.GetProperty("decided").GetProperty("promisedBy").GetString().ShouldBe("2023-12-05");
        decided.GetProperty("checkAt").GetDateTimeOffset().ShouldBeGreaterThan(cast.Site.Store.Now.AddDays(27));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_missing_is_named_once_and_exactly_that_goes_to_the_front(Db db)
    {
        var cast = await Play(await sites.On(db));
        var site = cast.Site;
        var appeal = await cast.Sent(await cast.Taken(), Good()[1..]);
        var later = await cast.Sent(await cast.Taken());
        await cast.Other.PostJson(At(appeal, "refuse"), new { }).Json(400);
        var missing = new { missing = new[] { new { section = "rootCause", note = "没有写原因" } } };
        await cast.Signer.PostJson(At(appeal, "refuse"), missing).Refused(409, "appeal.own-decision");
        await site.Appends(["appeal.refused"], () => cast.Other.PostJson(At(appeal, "refuse"), missing).Json());
        var own = await cast.Shop.GetAsync(At(appeal), Ct).Json();
        own.GetProperty("missing")[0].GetProperty("section").GetString().ShouldBe("rootCause");
        own.Can().ShouldBe(["save", "submit", "withdraw"]);
        await cast.Shop.PostJson(At(appeal, "submit")).Refused(409, "appeal.unchanged");
        var sent = await site.Appends(
            ["appeal.saved", "appeal.submitted"],
            () => cast.Shop.PostJson(At(appeal, "submit"), new { statements = Good() }).Json()
        );
        sent.GetProperty("front").GetBoolean().ShouldBeTrue();
        var queue = await cast.Other.GetAsync(Where + "?status=submitted", Ct).Json();
        var ids = queue.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()).ToList();
        ids.IndexOf(appeal.GetProperty("id").GetString())
            .ShouldBeLessThan(ids.IndexOf(later.GetProperty("id").GetString()));
        await cast.Other.PostJson(At(appeal, "refuse"), missing).Refused(409, "appeal.refused-before");
        await cast.Other.PostJson(At(appeal, "extend"), new { reason = "" }).Json(400);
        await site.Appends(
            ["appeal.extended"],
            () => cast.Other.PostJson(At(appeal, "extend"), new { reason = "等检测报告出来" }).Json()
        );
        await cast
            .Other.PostJson(At(appeal, "extend"), new { reason = "还要再等检测" })
            .Refused(409, "appeal.extended");
        await cast
            .Other.PostJson(At(appeal, "look"), new { reason = "已经看过一次" })
            .Refused(409, "appeal.wrong-state");
        await cast.Admin.PostJson(At(appeal, "second"), new { }).Json(400);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_draft_is_kept_in_versions_and_is_its_owners_alone(Db db)
    {
        var cast = await Play(await sites.On(db));
        var (site, measure) = (cast.Site, await cast.Taken());
        var body = new { target = new { kind = "measure", id = measure }, draft = true };
        var draft = await site.Appends(["appeal.begun"], () => cast.Shop.PostJson(Where, body).Json(201));
        await cast.Other.GetAsync(At(draft), Ct).Json(404);
        await cast.Shop.PostJson(At(draft, "submit")).Refused(409, "appeal.empty");
        byte[] paper = [.. "%PDF-1.7 "u8];
        var file = (await cast.Shop.Upload(paper, "报告.pdf", "application/pdf").Json(201)).GetProperty("id").GetGuid();
        object Bound(Guid of) =>
            new
            {
                section = "rootCause",
                text = "供应商换了材料。",
                proofs = new[]
                {
                    new
                    {
                        file = of,
                        kind = "testReport",
                        issuer = "某检测中心",
                        number = "T-1",
                    },
                },
            };
        await cast.Shop.PostJson(At(draft, "versions"), new { statements = new[] { Bound(Guid.NewGuid()) } }).Json(400);
        await cast.Other.GetAsync($"/api/v1/evidence/{file}", Ct).Refused(404, "not-found");
        var kept = await site.Appends(
            ["appeal.saved"],
            () => cast.Shop.PostJson(At(draft, "versions"), new { statements = new[] { Bound(file) } }).Json()
        );
        kept.GetProperty("version").GetInt32().ShouldBe(1);
        await site.Appends(
            ["appeal.submitted", "measure.appealed"],
            () => cast.Shop.PostJson(At(draft, "submit")).Json()
        );
        (await cast.Other.GetByteArrayAsync($"/api/v1/evidence/{file}", Ct)).ShouldBe(paper);
        await site.Appends(
            ["appeal.withdrawn", "measure.appealEnded"],
            () => cast.Shop.PostJson(At(draft, "withdraw")).Json()
        );
        // Nobody decided: the public reads of no appeal, and its clock is there again.
        (await site.Anyone.GetStringAsync($"{Measuring.Where}/{measure}", Ct)).ShouldNotContain("upheld");
        var own = await cast.Shop.GetAsync($"{Measuring.Where}/{measure}", Ct).Json();
        own.GetProperty("appealed").GetBoolean().ShouldBeFalse();
        own.GetProperty("deadlines")[0].GetProperty("kind").GetString().ShouldBe("appeal");
        own.GetProperty("turn").GetProperty("verb").GetString().ShouldBe("appeal");
        var again = await site.Appends(["appeal.begun"], () => cast.Shop.PostJson(Where, body).Json(201));
        await site.Appends(["appeal.withdrawn"], () => cast.Shop.PostJson(At(again, "withdraw")).Json());
        var mine = await cast.Shop.GetAsync(Where, Ct).Json();
        mine.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_report_that_was_turned_down_is_verified_again(Db db)
    {
        var cast = await Play(await sites.On(db));
        var site = cast.Site;
        var reporter = await site.As(Role.Claimant, phone: Sites.OwnPhone());
        var (id, _) = await Reporting.Filed(site, reporter, Reporting.Named(cast.Merchant));
        var body = new
        {
            target = new { kind = "report", id },
            statements = new[] { Says("grounds", "附上了厂家的证明。") },
        };
        await reporter.PostJson(Where, body).Refused(409, "appeal.not-rejected");
        var no = new { reason = "report-no-lead", note = "没有可核查的线索。" };
        // Its decisions are told apart by their instants, and the clock of a test stands still.
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        await cast.Signer.PostJson(Reporting.At(id, "decline"), no).Json();
        await cast.Shop.PostJson(Where, body).Json(404);
        var appeal = await site.Appends(
            ["appeal.begun", "appeal.saved", "appeal.submitted"],
            () => reporter.PostJson(Where, body).Json(201)
        );
        await cast
            .Signer.PostJson(At(appeal, "decide"), Decision("overturned", appeal))
            .Refused(409, "appeal.own-decision");
        await cast.Other.PostJson(At(appeal, "decide"), Decision("partly", appeal)).Refused(409, "appeal.not-in-part");
        await site.Appends(
            ["appeal.decided", "report.reopened"],
            () => cast.Other.PostJson(At(appeal, "decide"), Decision("overturned", appeal)).Json()
        );
        var report = await cast.Other.GetAsync(Reporting.At(id), Ct).Json();
        report.GetProperty("status").GetString().ShouldBe("accepted");

        // It is decided anew, and that decision can be appealed against too, once.
        await reporter.PostJson(Where, body).Refused(409, "appeal.not-rejected");
        var notFound = new { outcome = "not-found", text = "核查了进货单据，没有发现违法。" };
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        await cast.Other.PostJson(Reporting.At(id, "conclude"), notFound).Json();
        var second = await reporter.PostJson(Where, body).Json(201);
        await cast.Other.PostJson(At(second, "decide"), Decision("upheld", second)).Refused(409, "appeal.own-decision");
        await reporter.PostJson(Where, body).Refused(409, "appeal.exists");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_pages_show_what_was_decided_why_by_which_clause_and_what_can_be_done(Db db)
    {
        var cast = await Play(await sites.On(db));
        var measure = await cast.Taken();
        var (shop, desk) = (await cast.Site.Browsing(cast.Shop), await cast.Site.Browsing(cast.Other));
        (await shop.GetStringAsync($"/appeals/new?measure={measure}", Ct)).ShouldContain("开始写");
        var appeal = await cast.Sent(measure);
        var page = $"/appeals/{appeal.GetProperty("id").GetString()}";
        (await desk.GetStringAsync("/desk/appeals", Ct)).ShouldContain(page);
        (await desk.GetStringAsync(page, Ct)).ShouldContain("请您决定");
        // Sent empty, it says all that is missing, and no browser stops at the first of it.
        var none = await desk.Send(page, "", ("act", "decide"));
        foreach (var said in new[] { "novalidate class=\"decide-form\"", "f-outcome-fault", "f-reason-fault" })
            none.Body.ShouldContain(said);
        await cast.Other.PostJson(At(appeal, "decide"), Decision("upheld", appeal)).Json();
        var shown = await shop.GetStringAsync(page, Ct);
        foreach (var said in new[] { "维持：措施继续有效", "原因已经排除", "人身安全", "复检合格", "12315", "有记录" })
            shown.ShouldContain(said);
        (await shop.GetStringAsync("/appeals", Ct)).ShouldContain(page);
    }

    private static async Task<IReadOnlyList<string>> Faults(HttpClient who, object body, string at = Where)
    {
        var no = await who.PostJson(at, body).Json(400);
        return [.. no.GetProperty("errors").EnumerateObject().Select(e => e.Name)];
    }
}
