using Hengping.App.ClaimReports;
using Hengping.App.Clocks;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.ClaimReports.Claiming;

namespace Hengping.Tests.ClaimReports;

/// <summary>What waits for a human, what the clock does, and what each side looks at.</summary>
public sealed class ClaimReportQueue(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_had_five_rejected_waits_for_a_human_and_nobody_is_told_before(Db db)
    {
        var cast = await Play(await sites.On(db));
        for (var i = 0; i < 5; i++)
        {
            var one = await cast.Filed($"H-{i}");
            await cast.Decider.PostJson(At(one, "decide"), Decision("rejected")).Json();
        }
        var held = await cast.Filed("H-9");
        held.GetProperty("status").GetString().ShouldBe("held");
        await cast.Claimant.GetAsync(At(held), Ct).Json(404);
        await cast
            .Decider.PostJson(At(held, "decide"), Decision("upheld", "notReal", "threat"))
            .Refused(409, "claim-report.not-told");
        await cast.Decider.PostJson(At(held, "ask"), new { question = "哪天收的货？" }).Json(409);
        await cast.Site.Appends(["claimReport.admitted"], () => cast.Other.PostJson(At(held, "admit")).Json());
        await cast.Claimant.GetAsync(At(held), Ct).Json();
        await cast.Site.Appends(
            ["claimReport.asked"],
            () => cast.Other.PostJson(At(held, "ask"), new { question = "哪天收的货？" }).Json()
        );
        (await Read(cast.Claimant, held)).GetProperty("question").GetString().ShouldBe("哪天收的货？");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task After_seven_days_without_an_appeal_the_orders_leave_and_overdue_ones_are_counted(Db db)
    {
        await using var site = await Site.Start(db);
        var cast = await Play(site);
        var upheld = await cast.Upheld("I-1");
        var waiting = await cast.Filed("I-2");
        (await Counts(site)).ShouldBe((2, 1, 1, 0, 0));
        site.Clock.Turn(TimeSpan.FromDays(6.9));
        await site.Appends([], () => ClaimReportTicks.RunDue(site.Store, Law.Shipped, Ct));
        site.Clock.Turn(TimeSpan.FromDays(1.2));
        await cast
            .Claimant.PostJson(At(upheld, "appeal"), new { text = "太晚了吗？" })
            .Refused(409, "claim-report.too-late");
        await site.Appends(
            ["claimReport.tookEffect", "claimReport.leftMetrics"],
            () => ClaimReportTicks.RunDue(site.Store, Law.Shipped, Ct)
        );
        (await Counts(site)).ShouldBe((2, 1, 1, 1, 0), "two working days are over in eight days");
        var queue = await cast.Decider.GetAsync(Where, Ct).Json();
        queue.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(waiting.GetProperty("id").GetString());
        queue.GetProperty("items")[0].GetProperty("late").GetBoolean().ShouldBeTrue();
        await cast.Decider.PostJson(At(waiting, "decide"), Decision("rejected")).Json();
        (await Counts(site)).ShouldBe((2, 1, 0, 0, 1));
    }

    private static async Task<(long, long, long, long, long)> Counts(Site site)
    {
        var counts = await site.Anyone.GetAsync(Where + "/counts", Ct).Json();
        long Of(string name) => counts.GetProperty(name).GetInt64();
        return (Of("reports"), Of("upheld"), Of("open"), Of("overdue"), Of("decidedLate"));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Every_side_has_its_page(Db db)
    {
        var cast = await Play(await sites.On(db));
        var site = cast.Site;
        var report = await cast.Filed("J-1");
        var address = "/claim-reports/" + report.GetProperty("id").GetString();
        var number = report.GetProperty("number").GetString()!;
        var claimant = await site.Browsing(cast.Claimant);
        var page = await claimant.GetStringAsync(address, Ct);
        page.ShouldContain("不会中止、拖延或办结您自己的投诉");
        page.ShouldNotContain("进货价");
        (await claimant.GetStringAsync("/me", Ct)).ShouldContain(number);
        (await claimant.GetStringAsync("/me/claim-reports", Ct)).ShouldContain(number);
        var shop = await site.Browsing(cast.Shop);
        (await shop.GetStringAsync("/merchant/claim-reports", Ct)).ShouldContain(number);
        (await shop.GetStringAsync("/merchant/claim-reports/new", Ct)).ShouldContain("三无产品");
        (await shop.GetStringAsync(address, Ct)).ShouldContain("进货价");
        await cast.Stated(report);
        var desk = await site.Browsing(cast.Decider);
        (await desk.GetStringAsync("/desk/claim-reports", Ct)).ShouldContain("逾期的在最前面");
        (await desk.GetStringAsync("/desk/claim-reports?view=defect", Ct)).ShouldContain("缺陷属实");
        (await desk.GetStringAsync(address, Ct)).ShouldContain("全体消费者");
        await cast.Decider.PostJson(At(report, "decide"), Decision("upheld", "real", "threat")).Json();
        (await claimant.GetStringAsync(address, Ct)).ShouldContain("由另一位审核人员决定");
        (await desk.GetStringAsync("/desk/claim-reports?view=defect", Ct)).ShouldContain(number);
        (await site.Visitor().GetStringAsync("/claiming", Ct)).ShouldContain("中位时间");
    }
}
