using Hengping.App;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>承诺未履行 from the claimant's word to the merchant's public page, and back.</summary>
public sealed class BrokenPromiseDoors
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_is_told_heard_counted_in_public_and_taken_back(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var ticks = site.Of<ComplaintTicks>();
        var id = await desk.Settled();
        var door = Desk.At(id, "not-performed");
        // A minute after it was agreed.
        site.Clock.Turn(TimeSpan.FromMinutes(1));
        await desk.Claimant.PostJson(door).Refused(409, "complaint.not-due-yet");

        site.Clock.Turn(TimeSpan.FromDays(10));
        await site.Appends(["complaint.performanceAsked"], () => ticks.RunDue(Ct));
        var said = await site.Appends(
            ["complaint.notPerformedSaid"],
            () => desk.Claimant.PostJson(door, new { text = "没有收到钱" }).Json()
        );

        said.GetProperty("status").GetString().ShouldBe("settled");
        said.GetProperty("deadlines")[0].GetProperty("kind").GetString().ShouldBe("proof");
        (await Counted(desk)).ShouldBe(0);
        await site.Appends(
            ["complaint.performanceShown"],
            () => desk.Merchant.PostJson(Desk.At(id, "performance"), new { text = "昨天已转账" }).Json()
        );
        site.Clock.Turn(TimeSpan.FromDays(3));
        await site.Appends(["complaint.notPerformed"], () => ticks.RunDue(Ct));

        var mediated = await desk.Claimant.GetAsync(Desk.At(id)).Json();
        mediated.GetProperty("status").GetString().ShouldBe("inMediation");
        (await Counted(desk)).ShouldBe(1);
        var profile = await site.Anyone.GetStringAsync($"/merchants/{desk.Shop}", Ct);
        profile.ShouldContain("承诺未履行：1 次");
        (await site.Anyone.GetStringAsync($"/merchants/{desk.Shop}?lang=en", Ct)).ShouldContain("Broken promises: 1.");

        await desk.Claimant.PostJson(Desk.At(id, "performance/found"), new { reason = "x" }).Refused(403, "forbidden");
        await site.Appends(
            ["complaint.performanceFound"],
            () => desk.Mediator.PostJson(Desk.At(id, "performance/found"), new { reason = "银行回单已核对" }).Json()
        );

        (await Counted(desk)).ShouldBe(0);
        (await site.Anyone.GetStringAsync($"/merchants/{desk.Shop}", Ct)).ShouldNotContain("承诺未履行：");
        site.Clock.Turn(TimeSpan.FromDays(7));
        await site.Appends(["complaint.performed"], () => ticks.RunDue(Ct));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_refusal_before_the_day_is_followed_up_on_it_and_told_to_both(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var ticks = site.Of<ComplaintTicks>();
        var id = await desk.Settled();
        var refusal = new { refusedInWriting = true, text = "我们不退了" };
        site.Clock.Turn(TimeSpan.FromMinutes(1));
        await site.Appends(
            ["complaint.notPerformedSaid"],
            () => desk.Claimant.PostJson(Desk.At(id, "not-performed"), refusal).Json()
        );
        site.Clock.Turn(TimeSpan.FromDays(3));
        await site.Appends(["complaint.notPerformed"], () => ticks.RunDue(Ct));
        (await Counted(desk)).ShouldBe(0);
        var proof = new { text = "昨天已转账" };
        var show = Desk.At(id, "performance");
        await desk.Merchant.PostJson(show, proof).Refused(409, "complaint.nothing-to-show");

        site.Clock.Turn(TimeSpan.FromDays(6));
        await site.Appends([], () => ticks.RunDue(Ct));
        site.Clock.Turn(TimeSpan.FromDays(1));
        await site.Appends(["complaint.refusedFellDue"], () => ticks.RunDue(Ct));
        await site.Appends([], () => ticks.RunDue(Ct));
        (await Told(desk, "refused-due")).ShouldBe(["claimant"]);
        (await Told(desk, "merchant-refused-due")).ShouldBe(["respondent"]);
        var asked = await desk.Merchant.GetAsync(Desk.At(id)).Json();
        asked.GetProperty("deadlines")[0].GetProperty("kind").GetString().ShouldBe("proof");
        asked.GetProperty("can").EnumerateArray().Select(verb => verb.GetString()).ShouldContain("showPerformance");
        using var merchant = await site.Browsing(desk.Merchant);
        var page = "/cases/" + asked.GetProperty("number").GetString();
        (await merchant.GetStringAsync(page, Ct)).ShouldContain("handler=ShowPerformance");
        await site.Appends(["complaint.performanceShown"], () => desk.Merchant.PostJson(show, proof).Json());
        (await Counted(desk)).ShouldBe(0);

        site.Clock.Turn(TimeSpan.FromDays(3));
        await site.Appends(["complaint.refusedCounted"], () => ticks.RunDue(Ct));
        (await Counted(desk)).ShouldBe(1);
        (await Told(desk, "refused-counted")).ShouldBe(["claimant", "respondent"]);
        using var claimant = await site.Browsing(desk.Claimant);
        (await claimant.GetStringAsync(page, Ct)).ShouldContain("计入“承诺未履行”");
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        (await Counted(desk)).ShouldBe(1);

        var found = new { reason = "银行回单已核对" };
        await site.Appends(
            ["complaint.performanceFound"],
            () => desk.Mediator.PostJson(Desk.At(id, "performance/found"), found).Json()
        );
        (await Counted(desk)).ShouldBe(0);
    }

    private static async Task<IEnumerable<string>> Told(Desk desk, string template)
    {
        await Listening.CatchUp(desk.Site.Store, Rooms.House.Listeners(desk.Site.Store, ""), Ct);
        var once = await desk.Site.Store.Query<string>(
            "select once from outbox where template = @template",
            new { template },
            Ct
        );
        return once.Select(one => one.Split(':')[1]).Order(StringComparer.Ordinal);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_page_asks_for_a_word_before_it_tells_the_merchant(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await desk.Settled();
        var path = "/cases/" + (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        using var claimant = await desk.Site.Browsing(desk.Claimant);
        using var merchant = await desk.Site.Browsing(desk.Merchant);
        var early = await claimant.GetStringAsync(path, Ct);
        early.ShouldContain("对方已书面拒绝履行");
        early.ShouldMatch("约定最晚 [^<]+ 履行，含当天");
        early.ShouldContain("当天就可以反馈没有办");
        early.ShouldContain("会公开计数。</span>");
        desk.Site.Clock.Turn(TimeSpan.FromDays(10));

        (await claimant.GetStringAsync(path, Ct)).ShouldContain("到期了，没有办");
        var unsure = await desk.Site.Appends([], () => claimant.Send(path, "NotPerformed"));
        unsure.Status.ShouldBe(400);
        await desk.Site.Appends(
            ["complaint.notPerformedSaid"],
            () => claimant.Send(path, "NotPerformed", ("sure", "true"), ("text", "没有收到钱"))
        );

        var heard = await merchant.GetStringAsync(path, Ct);
        heard.ShouldContain("请证明已经履行");
        heard.ShouldContain("没有收到钱");
        (await claimant.GetStringAsync(path, Ct)).ShouldNotContain("handler=NotPerformed");
        // An empty one says what it misses in the words of its own field, and leads there.
        var empty = await desk.Site.Appends([], () => merchant.Send(path, "ShowPerformance"));
        empty.Body.ShouldContain("href=\"#f-proof\"");
        empty.Body.ShouldContain("请写几句，或添加凭证");
        await desk.Site.Appends(
            ["complaint.performanceShown"],
            () => merchant.Send(path, "ShowPerformance", ("proof", "昨天已转账"))
        );
        (await claimant.GetStringAsync(path + "?lang=en", Ct)).ShouldContain("showed that it was performed");
        using var mediator = await desk.Site.Browsing(desk.Mediator);
        await desk.Site.Appends(
            ["access.read", "decision.held"],
            () => mediator.Send(path, "FindPerformed", ("reason", "回单已核对"))
        );
        await desk.Site.Appends(["complaint.performanceFound", "decision.sent"], () => DecisionDoors.Due(desk));
    }

    private static async Task<long> Counted(Desk desk) =>
        (await desk.Site.Anyone.GetAsync($"/api/v1/merchants/{desk.Shop}").Json())
            .GetProperty("notPerformed")
            .GetInt64();
}
