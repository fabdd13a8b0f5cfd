using Hengping.App.Accounts;
using Hengping.App.Reports;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Reports;

/// <summary>A report under a legal hold outlives age and its reporter's wish; its reporter can withdraw it.</summary>
public sealed class ReportHolds(Sites sites) : IClassFixture<Sites>
{
    private static readonly object Hold = new { ground = "litigation", reason = "法院函调取" };
    private static readonly object Why = new { reason = "已结案" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_held_report_waits_for_the_hold_to_be_lifted_whether_by_age_or_by_request(Db db)
    {
        await using var site = await Site.Start(db);
        var shop = await site.Merchant("云上百货");
        var claimant = await site.As(Role.Claimant, phone: "13800000001", name: "王小明");
        var reviewer = await site.As(Role.Reviewer);
        var mediator = await site.As(Role.Mediator);
        var (mine, pair) = await Filed(site, claimant, Named(shop));
        var (other, _) = await Filed(site, site.Anyone, Anonymous(shop));
        foreach (var id in new[] { mine, other })
            await mediator
                .PostJson(At(id, "decline"), new { reason = "report-no-lead", note = "没有线索" + id })
                .Json();

        await site.Appends([], () => mediator.PostJson(At(mine, "hold"), Hold).Refusal(403, "forbidden"));
        await site.Appends([], () => reviewer.PostJson(At(mine, "hold"), Why).Refusal(400, "request.invalid"));
        await reviewer.PostJson(At(mine, "hold/lift"), Why).Refused(409, "report.not-held");
        var held = await site.Appends(
            ["reading.opened", "report.holdPlaced"],
            () => reviewer.PostJson(At(mine, "hold"), Hold).Json()
        );
        held.GetProperty("hold").GetString().ShouldBe("litigation");
        await reviewer.PostJson(At(mine, "hold"), Hold).Refused(409, "report.already-held");
        var seen = await site.Anyone.PostJson(Where + "/follow", pair).Json();
        seen.GetRawText().ShouldNotContain("法院函");
        (await mediator.GetStringAsync(At(mine), Ct)).ShouldContain("法院函");

        var person = (await AccountDesk.FindByPhone(site.Store, Role.Claimant, "13800000001", Ct))!.Value;
        var refused = await site.Appends([], () => Erasure.Erase(site.Store, person, "request", "cli", Ct));
        refused.Refusal!.Code.ShouldBe("report.on-hold");
        var keeping = new ReportKeeping(
            site.Store,
            new ConfigurationBuilder().Build(),
            NullLogger<ReportKeeping>.Instance
        );
        site.Clock.TurnTo(Days.Monday.AddYears(3).AddDays(1));
        (await site.Appends(["report.erased"], () => keeping.EraseSome(Ct))).ShouldBe(1);
        (await mediator.GetStringAsync(At(mine), Ct)).ShouldContain("奶粉");
        (await mediator.GetStringAsync(At(other), Ct)).ShouldNotContain("奶粉");

        await reviewer.PostJson(At(mine, "hold/lift"), Why).Json();
        (await site.Appends(["report.erased"], () => keeping.EraseSome(Ct))).ShouldBe(1);
        (await mediator.GetStringAsync(At(mine), Ct)).ShouldNotContain("奶粉");
        await reviewer.PostJson(At(mine, "hold"), Hold).Refused(409, "report.erased");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Withdrawn_before_it_is_taken_up_it_ends_and_after_that_it_is_verified_all_the_same(Db db)
    {
        var site = await sites.On(db);
        var shop = await site.Merchant(Sites.OwnName("云上百货"));
        var staff = await site.As(Role.Mediator);
        var (early, first) = await Filed(site, site.Anyone, Anonymous(shop));
        var (late, second) = await Filed(site, site.Anyone, Anonymous(shop));
        await staff.PostJson(At(late, "accept")).Json();
        const string Withdraw = Where + "/follow/withdraw";

        var wrong = new { number = "7K3M-9QXA-2BTC", code = "0000-0000-0000-0000" };
        await site.Appends([], () => site.Anyone.PostJson(Withdraw, wrong).Refusal(404, "report.no-such-pair"));
        await site.Appends([], () => site.Anyone.PostJson(Withdraw, new { }).Refusal(400, "request.invalid"));
        var gone = await site.Appends(["report.withdrawn"], () => site.Anyone.PostJson(Withdraw, first).Json());
        gone.GetProperty("status").GetString().ShouldBe("withdrawn");
        gone.GetProperty("canWithdraw").GetBoolean().ShouldBeFalse();
        await site.Appends([], () => site.Anyone.PostJson(Withdraw, first).Refusal(409, "report.wrong-state"));
        await staff.PostJson(At(early, "accept")).Refused(409, "report.wrong-state");

        var goesOn = await site.Appends(["report.withdrawn"], () => site.Anyone.PostJson(Withdraw, second).Json());
        goesOn.GetProperty("status").GetString().ShouldBe("accepted");
        goesOn.GetProperty("withdrawn").GetBoolean().ShouldBeTrue();
        await site.Appends([], () => site.Anyone.PostJson(Withdraw, second).Refusal(409, "report.withdrawn"));
        var result = new { outcome = "not-found", text = "核查没有发现违法行为，结论如上。" };
        await staff.PostJson(At(late, "conclude"), result).Json();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Both_are_forms_on_their_pages(Db db)
    {
        var site = await sites.On(db);
        var shop = await site.Merchant(Sites.OwnName("云上百货"));
        var receipt = await site.Anyone.PostJson(Where, Anonymous(shop)).Json(201);
        var number = receipt.GetProperty("number").GetString()!;
        var code = receipt.GetProperty("code").GetString()!;
        var id = await IdOf(site, receipt);
        var reviewer = await site.Browsing(await site.As(Role.Reviewer));
        var page = $"/desk/reports/{id}";
        (await (await site.Browsing(await site.As(Role.Mediator))).GetStringAsync(page, Ct)).ShouldNotContain("f-hold");
        var placed = await reviewer.Send(page, "", ("act", "hold"), ("ground", "litigation"), ("reason", "法院函"));
        placed.Location.ShouldBe(page + "?did=hold");
        var lifted = await reviewer.Send(page, "", ("act", "hold/lift"), ("reason", "已结案"));
        lifted.Location.ShouldNotBeNull().ShouldStartWith(page);
        (await reviewer.GetStringAsync(lifted.Location, Ct)).ShouldContain("保全已解除");

        var visitor = site.Visitor();
        var went = await visitor.Send("/report/follow", "Withdraw", ("number", number), ("code", code));
        went.Location.ShouldBe("/report/follow");
        (await visitor.GetStringAsync("/report/follow", Ct)).ShouldContain("您在受理前撤回了这件举报");
    }
}
