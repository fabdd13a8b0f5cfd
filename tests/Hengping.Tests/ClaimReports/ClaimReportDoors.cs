using Hengping.App.ClaimReports;
using Hengping.App.Clocks;
using Hengping.App.Merchants;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.ClaimReports.Claiming;

namespace Hengping.Tests.ClaimReports;

/// <summary>The doors of reports of abnormal claims over real HTTP: yes and no, exactly the events written.</summary>
public sealed class ClaimReportDoors(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_claimant_is_heard_before_it_is_upheld_and_loses_the_appeal(Db db)
    {
        var cast = await Play(await sites.On(db));
        var site = cast.Site;
        await site.Anyone.PostJson(Where, cast.Body("A-1")).Json(401);
        await cast.Claimant.PostJson(Where, cast.Body("A-1")).Json(403);
        (await cast.Shop.PostJson(Where, new { }).Json(400))
            .GetProperty("errors")
            .EnumerateObject()
            .Select(one => one.Name)
            .ShouldBe(["pretext", "alleged", "demanded", "claimantPhone"], ignoreOrder: true);
        var report = await site.Appends(["claimReport.filed"], () => cast.Filed("A-1", "A-2"));
        report.GetProperty("status").GetString().ShouldBe("hearing");
        report.GetProperty("can").EnumerateArray().Select(one => one.GetString()).ShouldBe(["withdraw"]);

        var decide = At(report, "decide");
        await cast.Shop.PostJson(decide, Decision("rejected")).Json(403);
        await cast
            .Decider.PostJson(decide, Decision("upheld", "notReal", "threat"))
            .Refused(409, "claim-report.not-heard");
        await cast.Shop.PostJson(At(report, "state"), new { text = "我来替他说。" }).Json(403);
        await site.Appends(["claimReport.stated"], () => cast.Stated(report));
        await cast.Decider.PostJson(decide, Decision("upheld")).Refused(409, "claim-report.ground");
        var look = new
        {
            outcome = "upheld",
            defect = "notReal",
            grounds = new[] { "threat" },
            reason = "聊天记录完整，原话如所述。",
            asksFirst = true,
        };
        await cast.Decider.PostJson(decide, look).Refused(409, "claim-report.look");
        await site.Appends(
            ["claimReport.decided"],
            () => cast.Decider.PostJson(decide, Decision("upheld", "notReal", "threat")).Json()
        );
        await cast.Shop.PostJson(At(report, "withdraw")).Refused(409, "claim-report.wrong-state");
        await cast.Shop.PostJson(At(report, "appeal"), new { text = "商家不申诉。" }).Json(403);
        await site.Appends(
            ["claimReport.appealed"],
            () => cast.Claimant.PostJson(At(report, "appeal"), new { text = "记录被截断了。" }).Json()
        );
        var review = new { outcome = "upheld", reason = "核对了完整的聊天记录。" };
        await cast.Decider.PostJson(At(report, "appeal/decide"), review).Refused(409, "claim-report.own-decision");
        await cast.Other.PostJson(At(report, "appeal/decide"), new { outcome = "upheld" }).Json(400);
        var after = await site.Appends(
            ["claimReport.reviewed", "claimReport.leftMetrics"],
            () => cast.Other.PostJson(At(report, "appeal/decide"), review).Json()
        );
        after.GetProperty("status").GetString().ShouldBe("inEffect");
        (await Read(cast.Shop, report)).GetProperty("outOfMetrics").GetBoolean().ShouldBeTrue();
        await cast
            .Decider.PostJson(At(report, "revoke"), new { reason = "对方补交了完整录音。" })
            .Refused(409, "claim-report.own-decision");
        await site.Appends(
            ["claimReport.revoked", "claimReport.returnedToMetrics"],
            () => cast.Other.PostJson(At(report, "revoke"), new { reason = "对方补交了完整录音。" }).Json()
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_appeal_that_is_won_leaves_the_metrics_as_they_were(Db db)
    {
        var cast = await Play(await sites.On(db));
        var report = await cast.Upheld("B-1");
        await cast.Claimant.PostJson(At(report, "appeal"), new { text = "记录被截断了。" }).Json();
        var won = await cast.Site.Appends(
            ["claimReport.reviewed"],
            () =>
                cast
                    .Other.PostJson(
                        At(report, "appeal/decide"),
                        new { outcome = "overturned", reason = "完整记录里没有威胁。" }
                    )
                    .Json()
        );
        won.GetProperty("status").GetString().ShouldBe("overturned");
        won.GetProperty("outOfMetrics").GetBoolean().ShouldBeFalse();
        await cast
            .Other.PostJson(At(report, "revoke"), new { reason = "对方补交了完整录音。" })
            .Refused(409, "claim-report.wrong-state");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_order_is_reported_once_and_by_its_print(Db db)
    {
        var cast = await Play(await sites.On(db));
        var site = cast.Site;
        var first = await cast.Filed("C-1");
        await cast
            .Shop.PostJson(Where, cast.Body("C-9", "C-1"))
            .Refused(409, "claim-report.same-order", first.GetProperty("number").GetString()!);
        await site.Appends(["claimReport.withdrawn"], () => cast.Shop.PostJson(At(first, "withdraw")).Json());
        var again = await cast.Filed("C-1");
        var loaded = await site.Store.Load(ClaimReportBook.Instance, again.GetProperty("id").GetGuid(), Ct);
        loaded.State!.Orders.ShouldBe([ShopOrders.PrintOf(site.Store.Keys, cast.Merchant, "C-1")]);
        var other = await Play(site);
        (await other.Filed("C-1")).GetProperty("orderCount").GetInt32().ShouldBe(1, "a shop's number is its own");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_old_order_is_warned_of_and_a_threat_needs_none(Db db)
    {
        var cast = await Play(await sites.On(db));
        var old = cast.Body();
        old["orders"] = new[] { new { no = "D-1", on = "2020-01-01" } };
        var warned = await cast.Shop.PostJson(Where, old).Json(201);
        warned.GetProperty("warnings")[0].GetProperty("code").GetString().ShouldBe("claim-report.old-orders");
        var threat = await cast.Filed();
        threat.GetProperty("warnings").GetArrayLength().ShouldBe(0);
        var empty = cast.Body();
        empty["demanded"] = null;
        (await cast.Shop.PostJson(Where, empty).Json(400)).GetRawText().ShouldContain("请写明对方威胁或索要了什么");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Each_side_reads_what_is_theirs(Db db)
    {
        var cast = await Play(await sites.On(db));
        var report = await cast.Filed("E-1");
        await cast.Stated(report);
        var foreign = await Play(cast.Site);
        foreach (var stranger in new[] { foreign.Shop, foreign.Claimant })
        {
            await stranger.GetAsync(At(report), Ct).Json(404);
            (await stranger.GetAsync(Where, Ct).Json()).GetProperty("items").GetArrayLength().ShouldBe(0);
        }
        await cast.Site.Anyone.GetAsync(At(report), Ct).Json(401);
        var (claimants, shops) = (await Read(cast.Claimant, report), await Read(cast.Shop, report));
        claimants.GetProperty("alleged").GetString()!.ShouldContain("十倍");
        claimants.GetRawText().ShouldNotContain("进货价");
        claimants.GetRawText().ShouldNotContain(cast.Phone);
        shops.GetRawText().ShouldContain("进货价");
        shops.GetRawText().ShouldNotContain("我只说要去投诉");
        shops.TryGetProperty("facts", out _).ShouldBeFalse();
        var desks = await Read(cast.Decider, report);
        desks.GetRawText().ShouldContain("我只说要去投诉");
        desks.GetProperty("facts").GetProperty("month").GetProperty("days").GetInt32().ShouldBe(30);
        desks.GetProperty("facts").GetRawText().ShouldNotContain("score");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whom_it_is_about_is_known_by_the_phone_they_sign_in_with(Db db)
    {
        var cast = await Play(await sites.On(db));
        var (site, phone) = (cast.Site, Sites.OwnPhone());
        var body = cast.Body("F-1");
        body["claimantPhone"] = phone;
        var report = await cast.Shop.PostJson(Where, body).Json(201);
        await cast.Claimant.GetAsync(At(report), Ct).Json(404);
        var person = await site.As(Role.Claimant, phone: phone);
        await site.Appends(["claimReport.recognised"], () => person.GetAsync(At(report), Ct).Json());
        await site.Appends([], () => person.GetAsync(At(report), Ct).Json());
        (await person.GetAsync(Where, Ct).Json()).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_claimants_own_complaint_goes_on_untouched(Db db)
    {
        await using var site = await Site.Start(db);
        await Reports.Reporting.Run(site, OperatorKind.Marketplace);
        await using var desk = await Desk.On(site);
        var id = await desk.Delivered();
        var number = (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
        var before = await Told(desk, id);
        var body = new
        {
            pretext = "fake",
            complaint = number,
            alleged = "收货后说是假货，要十倍赔偿。",
            demanded = "不赔就天天来闹。",
        };
        await desk.OtherMerchant.PostJson(Where, body).Json(400);
        var report = await site.Appends(["claimReport.filed"], () => desk.Merchant.PostJson(Where, body).Json(201));
        await desk.Claimant.PostJson(At(report, "state"), new { text = "确实怀疑是假货。" }).Json();
        await desk.Reviewer.PostJson(At(report, "decide"), Decision("upheld", "real", "threat")).Json();
        site.Clock.Turn(TimeSpan.FromDays(8));
        (await ClaimReportTicks.RunDue(site.Store, Law.Shipped, Ct)).ShouldBe(1);
        (await Told(desk, id)).ShouldBe(before, "byte for byte as before the report");
        await site.Appends(
            ["complaint.replied"],
            () => desk.Merchant.PostJson(Desk.At(id, "reply"), new { text = "已为您办理全额退款，三日内到账。" }).Json()
        );
        await site.Appends(["complaint.notSolved"], () => desk.Claimant.PostJson(Desk.At(id, "not-solved")).Json());
    }

    private static async Task<string> Told(Desk desk, string id)
    {
        var events = await desk.Claimant.GetAsync(Desk.At(id) + "/events", Ct).Json();
        var shown = await desk.Claimant.GetAsync(Desk.At(id), Ct).Json();
        return events.GetRawText() + shown.GetProperty("status");
    }

    [Theory]
    [InlineData(OperatorKind.Regulator)]
    [InlineData(OperatorKind.Association)]
    [InlineData(OperatorKind.ThirdParty)]
    public async Task Only_a_marketplace_takes_them(OperatorKind kind)
    {
        await using var site = await Site.Start(Db.Sqlite);
        var cast = await Play(site, kind);
        await site.Appends(
            [],
            async () =>
            {
                await cast.Shop.PostJson(Where, cast.Body("G-1")).Refused(409, "claim-report.marketplace-only");
                return true;
            }
        );
    }
}
