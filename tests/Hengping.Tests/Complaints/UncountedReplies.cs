using Hengping.App.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>A reply that does not count: judged before it is sent, recorded, and nothing moves by it.</summary>
public sealed class UncountedReplies(Sites sites) : IClassFixture<Sites>
{
    private const string Form = "收到，我们会尽快处理";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_is_recorded_and_shown_and_the_case_waits_on_with_its_clock(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var id = await desk.Delivered();
        var before = await Deadlines(desk, id);

        var answer = await desk.Site.Appends(
            ["complaint.replied"],
            () => desk.Merchant.PostJson(Desk.At(id, "reply"), new { text = Form }).Json()
        );

        answer.GetProperty("status").GetString().ShouldBe("delivered");
        answer.TryGetProperty("repliedAt", out _).ShouldBeFalse();
        (await Deadlines(desk, id)).ShouldBe(before);
        var number = answer.GetProperty("number").GetString()!;
        using var merchant = await desk.Site.Browsing(desk.Merchant);
        (await merchant.GetStringAsync("/merchant", Ct)).ShouldContain(number);
        var room = await merchant.GetStringAsync($"/cases/{number}", Ct);
        room.ShouldContain("您的回复不算有效回复，请再答复");
        using var claimant = await desk.Site.Browsing(desk.Claimant);
        var story = await claimant.GetStringAsync($"/cases/{number}?lang=en", Ct);
        story.ShouldContain(Form);
        story.ShouldContain("not a reply that counts");

        await desk.Merchant.PostJson(Desk.At(id, "reply"), new { text = "已为您办理全额退款，3日内原路到账。" }).Json();

        var after = await desk.Claimant.GetAsync(Desk.At(id)).Json();
        after.GetProperty("status").GetString().ShouldBe("replied");
        (await merchant.GetStringAsync("/merchant", Ct)).ShouldNotContain(number);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whoever_asks_is_told_before_it_is_sent(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var id = await desk.Delivered();

        var head = await desk.Site.Head();
        await desk
            .Merchant.PostJson(Desk.At(id, "reply"), new { text = Form, mustCount = true })
            .Refused(409, "complaint.reply-would-not-count");
        (await desk.Site.KindsSince(head)).ShouldBeEmpty();

        await desk.Site.Appends(
            ["complaint.replied"],
            () =>
                desk
                    .Merchant.PostJson(Desk.At(id, "reply"), new { text = "已全额退款，3日内到账", mustCount = true })
                    .Json()
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_page_says_why_and_asks_once_more(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var id = await desk.Delivered();
        var number = (await desk.Merchant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        using var merchant = await desk.Site.Browsing(desk.Merchant);
        var path = $"/cases/{number}";

        var asked = await desk.Site.Appends([], () => merchant.Send(path, "Reply", ("text", Form)));

        asked.Body.ShouldContain("这样的回复不算有效回复：只表示收到，没有答复投诉内容");
        asked.Body.ShouldContain("照样发出");
        asked.Body.ShouldContain(Form);
        var sent = await desk.Site.Appends(
            ["complaint.replied"],
            () => merchant.Send(path, "Reply", ("text", Form), ("anyway", "true"))
        );
        sent.Location!.ShouldContain("did=reply");
        (await merchant.GetStringAsync(sent.Location!.Split('#')[0], Ct)).ShouldContain("期限没有停");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_is_chased_and_closed_as_unanswered_like_silence(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await Desk.Then(desk.Delivered(), desk.Merchant, "reply", new { text = Form });
        var ticks = desk.Site.Of<ComplaintTicks>();

        desk.Site.Clock.Turn(TimeSpan.FromHours(48));
        await desk.Site.Appends(["complaint.chased"], () => ticks.RunDue(Ct));
        desk.Site.Clock.Turn(TimeSpan.FromDays(30));
        await ticks.RunDue(Ct);

        var closed = await desk.Claimant.GetAsync(Desk.At(id)).Json();
        closed.GetProperty("closedBecause").GetString().ShouldBe("unanswered");
    }

    private static async Task<string> Deadlines(Desk desk, string id) =>
        (await desk.Merchant.GetAsync(Desk.At(id)).Json()).GetProperty("deadlines").GetRawText();
}
