using Hengping.App;
using Hengping.App.JointComplaints;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>What everyone in a joint complaint was asked, and not everyone answered in time.</summary>
public sealed class JointExpiry
{
    private const string Joint = Three.Joint;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_matter_that_not_everyone_answered_in_time_ends_and_all_who_take_part_are_told(Db db)
    {
        var three = await Three.Open(db);
        await using var desk = three.Desk;
        var site = desk.Site;
        var id = await three.Represented();
        await desk.Merchant.PostJson($"{Joint}/{id}/settle", three.Offer()).Json();
        await desk.Claimant.PostJson($"{Joint}/{id}/matters/2/agree").Json();
        (await JointTicks.RunDue(site.Store, Ct)).ShouldBe(0);
        site.Clock.Turn(TimeSpan.FromDays(8));
        await site.Appends(["joint.expired"], () => JointTicks.RunDue(site.Store, Ct));
        await site.Appends([], () => JointTicks.RunDue(site.Store, Ct));

        var shown = await desk.Stranger.GetAsync($"{Joint}/{id}", Ct).Json();
        shown.GetProperty("matters")[1].GetProperty("state").GetString().ShouldBe("expired");
        await desk.Stranger.PostJson($"{Joint}/{id}/matters/2/agree").Refused(409, "joint.matter-closed");
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, "https://odr.example"), Ct);
        var told = (await Outbox.Newest(site.Store, 100, Ct)).Where(l => l.Template == "joint-expired").ToList();
        told.Select(l => l.To).ShouldBe(["13800000001", "13800000002", "13800000003", "4001234567"], ignoreOrder: true);
        var number = (await desk.Claimant.GetAsync(Desk.At(three.A)).Json()).GetProperty("number").GetString();
        foreach (var who in new[] { desk.Claimant, desk.Merchant, desk.Mediator })
            (await (await site.Browsing(who)).GetStringAsync($"/cases/{number}", Ct)).ShouldContain(
                "到期，未获全体同意"
            );
        await desk.Merchant.PostJson($"{Joint}/{id}/settle", three.Offer()).Json();
    }
}
