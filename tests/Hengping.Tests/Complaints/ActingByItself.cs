using Hengping.App.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>What the house does by itself: the clock acts, a reply is judged, the words are there.</summary>
public sealed class ActingByItself
{
    private const string Complaints = "/api/v1/complaints";

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_clock_acts_once_on_every_case_that_is_due(Db db)
    {
        await using var desk = await Desk.Open(db);
        var id = await desk.Delivered();
        var other = await desk.Replied();
        var ticks = desk.Site.Of<ComplaintTicks>();
        var ct = TestContext.Current.CancellationToken;
        desk.Site.Clock.Turn(TimeSpan.FromHours(47));
        await desk.Site.Appends([], () => ticks.RunDue(ct));
        desk.Site.Clock.Turn(TimeSpan.FromHours(1));
        // Two nodes at once: the stream's version lets one of them win.
        await desk.Site.Appends(
            ["complaint.chased"],
            async () => await Task.WhenAll(ticks.RunDue(ct), ticks.RunDue(ct), ticks.RunDue(ct))
        );
        desk.Site.Clock.Turn(TimeSpan.FromDays(40));
        await ticks.RunDue(ct);
        desk.Site.Clock.Turn(TimeSpan.FromDays(4));
        await ticks.RunDue(ct);
        foreach (var (one, because) in new[] { (id, "unanswered"), (other, "noReaction") })
        {
            var shown = await desk.Claimant.GetAsync(Desk.At(one)).Json();
            shown.GetProperty("status").GetString().ShouldBe("closed");
            shown.GetProperty("closedBecause").GetString().ShouldBe(because);
        }
        await desk.Claimant.PostJson(Desk.At(id, "score"), new { satisfaction = 0, resolved = "no" }).Json();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_reply_is_judged_as_it_arrives_and_a_circular_from_the_fifth_on(Db db)
    {
        await using var desk = await Desk.Open(db);
        var validity = new List<string>();
        const string same = "已为您办理全额退款,3日内原路到账。";
        for (var i = 0; i < 6; i++)
        {
            var id = await desk.Replied(same);
            var events = await desk.Merchant.GetAsync(Desk.At(id, "events")).Json();
            var reply = events.GetProperty("items").EnumerateArray().Last();
            validity.Add(reply.GetProperty("facts").GetProperty("validity").GetString()!);
        }
        validity.ShouldBe(["valid", "valid", "valid", "valid", "repeated", "repeated"]);
        desk.Site.Clock.Turn(TimeSpan.FromMinutes(11));
        var later = await desk.Replied(same);
        (await desk.Merchant.GetAsync(Desk.At(later)).Json()).TryGetProperty("repliedAt", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Taxonomies_have_codes_and_both_languages()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var lists = await site.Anyone.GetAsync("/api/v1/taxonomies").Json();
        foreach (var list in new[] { "problems", "sectors", "demands", "regions", "amountBands", "reasons" })
        foreach (var choice in lists.GetProperty(list).EnumerateArray())
        foreach (var field in new[] { "code", "zh", "en" })
            choice.GetProperty(field).GetString().ShouldNotBeNullOrWhiteSpace($"{list} {choice}");
        lists.GetProperty("problems").GetArrayLength().ShouldBe(32);
        lists.GetProperty("regions").GetArrayLength().ShouldBe(34);
    }
}
