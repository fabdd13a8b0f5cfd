using Hengping.App.Desk;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// The site stops while decisions of the desk wait: what was decided goes out, or the desk is told why not.
/// </summary>
public sealed class DecisionsOverRestart
{
    private const string Decisions = "/api/v1/desk/decisions";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_waited_when_the_site_stopped_goes_out_after_it_has_started_again(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var delivered = await desk.Filed(desk.Body("orderNo", "A1"));
        var returned = await desk.Filed(desk.Body("orderNo", "A2"));
        var undone = await desk.Filed(desk.Body("orderNo", "A3"));
        await Hold(desk, new { complaints = new[] { delivered }, verb = "deliver" });
        var why = new
        {
            complaints = new[] { returned },
            verb = "return",
            missing = new[] { "order-proof" },
            note = "请补充付款截图",
        };
        await Hold(desk, why);
        var taken = await Hold(desk, new { complaints = new[] { undone }, verb = "deliver" });
        await desk.Mediator.PostJson($"{Decisions}/{taken}/undo").Json();

        await using var site = await desk.Site.Restarted(TimeSpan.FromHours(3));
        await GoneOut(site);
        var mediator = site.Same(desk.Mediator);
        var first = await mediator.GetAsync(Desk.At(delivered)).Json();
        first.GetProperty("status").GetString().ShouldBe("delivered");
        // The respondent's clock begins when it went out, not when the mediator pressed the key three hours before.
        first.GetProperty("deliveredAt").GetDateTimeOffset().ShouldBe(site.Clock.GetUtcNow());
        var claimant = site.Same(desk.Claimant);
        (await claimant.GetAsync(Desk.At(returned)).Json()).GetProperty("status").GetString().ShouldBe("returned");
        (await claimant.GetStringAsync(Desk.At(returned, "events"), Ct)).ShouldContain("请补充付款截图");
        (await mediator.GetAsync(Desk.At(undone)).Json()).GetProperty("status").GetString().ShouldBe("filed");
        await site.Appends([], () => site.Of<SendDecisions>().RunDue(Ct));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_can_no_longer_go_out_is_told_to_whoever_decided_it(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await desk.Filed();
        await Hold(desk, new { complaints = new[] { id }, verb = "deliver" });
        await desk.Claimant.PostJson(Desk.At(id, "withdraw")).Json();

        await using var site = await desk.Site.Restarted(TimeSpan.FromHours(3));
        await GoneOut(site);
        var mediator = site.Same(desk.Mediator);
        (await mediator.GetAsync(Desk.At(id)).Json()).GetProperty("status").GetString().ShouldBe("withdrawn");
        var told = (await mediator.GetAsync(Decisions).Json()).GetProperty("items")[0];
        told.GetProperty("state").GetString().ShouldBe("stopped");
        told.GetProperty("code").GetString().ShouldBe("decision.case-moved");
        var page = await (await site.Browsing(mediator)).GetStringAsync("/desk", Ct);
        page.ShouldContain("等待期间案件有了新情况");
    }

    private static async Task<string> Hold(Desk desk, object decision)
    {
        var held = (await desk.Mediator.PostJson(Decisions, decision).Json()).GetProperty("held")[0];
        return held.GetProperty("id").GetString()!;
    }

    // The site's own job does it within a second of the start; whoever is first, nothing goes out twice.
    private static async Task GoneOut(Site site)
    {
        await site.Of<SendDecisions>().RunDue(Ct);
        const string Waiting = "select count(*) from desk_decisions where state = 'waiting'";
        await Eventually.Holds(async () => await site.Store.First<long>(Waiting, null, Ct) == 0, "decisions wait");
    }
}
