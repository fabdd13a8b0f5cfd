using System.Text.Json;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.JointComplaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>共同投诉 over HTTP: from the proposal to a settlement of all, with a no at each door.</summary>
public sealed class JointDoors(Sites sites) : IClassFixture<Sites>
{
    private const string Joint = "/api/v1/joint";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Id(JsonElement joint) => Three.Id(joint);

    private static async Task<string> StatusOf(HttpClient who, string id) =>
        (await who.GetAsync(Desk.At(id), Ct).Json()).GetProperty("status").GetString()!;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_is_settled_for_all_when_everyone_agreed_and_not_before(Db db)
    {
        var three = await Three.Open(db);
        await using var desk = three.Desk;
        var site = desk.Site;
        (await desk.Claimant.GetAsync(Desk.At(three.A, "joint"), Ct).Json())
            .GetProperty("alike")
            .GetInt32()
            .ShouldBe(2);
        (await desk.Merchant.GetAsync(Desk.At(three.A, "joint"), Ct).Json())
            .GetProperty("alike")
            .GetInt32()
            .ShouldBe(0);
        await desk.OtherMerchant.GetAsync(Desk.At(three.A, "joint"), Ct).Refused(404, "not-found");
        var id = Id(
            await site.Appends(
                ["joint.proposed"],
                () => desk.Claimant.PostJson(Joint, new { complaint = three.A }).Json(201)
            )
        );
        await desk.Merchant.GetAsync($"{Joint}/{id}", Ct).Refused(404, "not-found");
        foreach (var (who, isTheirs) in new[] { (desk.Mediator, true), (desk.Reviewer, false) })
        {
            var can = (await who.GetAsync($"{Joint}/{id}", Ct).Json()).GetProperty("can").EnumerateArray();
            can.Any(word => word.GetString() == "confirm").ShouldBe(isTheirs);
        }
        var read = await desk.Reviewer.GetAsync(Desk.At(three.A), Ct).Json();
        read.GetProperty("turn").GetProperty("verb").GetString().ShouldBe("confirm");
        read.GetProperty("turn").GetProperty("yours").GetBoolean().ShouldBeFalse();
        await site.Appends(["joint.confirmed"], () => desk.Mediator.PostJson($"{Joint}/{id}/confirm").Json());
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        var letters = await Outbox.Newest(site.Store, 50, Ct);
        letters.Count(l => l.Template == "joint-invited").ShouldBe(2);
        letters.ShouldContain(l => l.Template == "joint-confirmed" && l.To == "13800000001");
        letters.ShouldNotContain(l => l.Template == "joint-confirmed" && l.To == "13800000002");
        await site.Appends(["joint.joined"], () => desk.Stranger.PostJson($"{Joint}/{id}/join").Json());
        await site.Appends(["joint.joined"], () => three.Third.PostJson($"{Joint}/{id}/join").Json());
        var elect = new { complaints = new[] { three.A, three.B } };
        await site.Appends(
            ["joint.matterRaised"],
            () => desk.Claimant.PostJson($"{Joint}/{id}/representatives", elect).Json()
        );
        await site.Appends(["joint.agreed"], () => desk.Stranger.PostJson($"{Joint}/{id}/matters/1/agree").Json());
        var elected = await site.Appends(
            ["joint.agreed", "joint.carried"],
            () => three.Third.PostJson($"{Joint}/{id}/matters/1/agree").Json()
        );
        elected
            .GetProperty("members")
            .EnumerateArray()
            .Count(m => m.GetProperty("representative").GetBoolean())
            .ShouldBe(2);
        await site.Appends(
            ["joint.said"],
            () => desk.Claimant.PostJson($"{Joint}/{id}/messages", new { text = "请统一退款" }).Json()
        );
        await desk.Merchant.GetAsync($"{Joint}/{id}", Ct).Json();
        await site.Appends(
            ["joint.matterRaised", "complaint.offerMade", "complaint.offerMade", "complaint.offerMade"],
            () => desk.Merchant.PostJson($"{Joint}/{id}/settle", three.Offer()).Json()
        );
        (await StatusOf(desk.Claimant, three.A)).ShouldBe("replied", "an offer answers each complaint");
        await site.Appends(
            [],
            () => Refused(desk.Claimant.PostJson(Desk.At(three.A, "offers/1/accept")), "offer.joint")
        );
        await site.Appends(["joint.agreed"], () => desk.Claimant.PostJson($"{Joint}/{id}/matters/2/agree").Json());
        await site.Appends(
            [],
            () => Refused(desk.Claimant.PostJson($"{Joint}/{id}/matters/2/agree"), "joint.answered")
        );
        await site.Appends(["joint.agreed"], () => three.Third.PostJson($"{Joint}/{id}/matters/2/agree").Json());
        (await StatusOf(three.Third, three.C)).ShouldBe("replied");
        await site.Appends(
            [
                "joint.agreed",
                "joint.carried",
                "complaint.offerAccepted",
                "complaint.offerAccepted",
                "complaint.offerAccepted",
            ],
            () => desk.Stranger.PostJson($"{Joint}/{id}/matters/2/agree").Json()
        );
        foreach (var (who, one) in new[] { (desk.Claimant, three.A), (desk.Stranger, three.B), (three.Third, three.C) })
            (await StatusOf(who, one)).ShouldBe("settled");
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        (await StatusOf(desk.Stranger, three.B)).ShouldBe("settled");
        (await desk.Stranger.GetAsync($"{Joint}/{id}", Ct).Json()).GetProperty("formed").GetBoolean().ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task One_refusal_ends_a_matter_for_all_and_a_waiver_withdraws_all(Db db)
    {
        var three = await Three.Open(sites, db);
        await using var desk = three.Desk;
        var id = await three.Represented();
        await desk.Merchant.PostJson($"{Joint}/{id}/settle", three.Offer()).Json();
        await desk.Site.Appends(
            ["joint.refused", "complaint.offerRejected", "complaint.offerRejected", "complaint.offerRejected"],
            () => three.Third.PostJson($"{Joint}/{id}/matters/2/refuse").Json()
        );
        await desk
            .Claimant.PostJson($"{Joint}/{id}/matters/2/agree")
            .Refused(409, "joint.matter-closed", "一位投诉人已于");
        var why = new { text = "商家已经私下处理" };
        await three.Third.PostJson($"{Joint}/{id}/waive", why).Refused(409, "joint.not-representative");
        await three.Third.PostJson($"{Joint}/{id}/messages", why).Refused(409, "joint.not-representative");
        await desk.Claimant.PostJson($"{Joint}/{id}/waive", why).Json();
        await desk.Site.Appends(["joint.left"], () => three.Third.PostJson($"{Joint}/{id}/leave").Json());
        await desk.Site.Appends(
            ["joint.agreed", "joint.carried", "complaint.withdrawn", "complaint.withdrawn"],
            () => desk.Stranger.PostJson($"{Joint}/{id}/matters/3/agree").Json()
        );
        (await StatusOf(desk.Claimant, three.A)).ShouldBe("withdrawn");
        (await StatusOf(three.Third, three.C)).ShouldBe("replied", "who left is bound by nothing");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_desk_offers_it_lets_in_who_comes_later_and_takes_out_another_dispute(Db db)
    {
        var three = await Three.Open(sites, db);
        await using var desk = three.Desk;
        var (site, both) = (desk.Site, new { complaints = new[] { three.A, three.B } });
        await desk.Mediator.PostJson(Joint, new { complaints = new[] { three.A } }).Json(400);
        await desk
            .Mediator.PostJson(Joint, new { complaints = new[] { three.A, Guid.NewGuid().ToString() } })
            .Refused(409, "joint.not-alike");
        await desk.Claimant.PostJson(Joint, new { complaint = three.B }).Refused(404, "not-found");
        await desk.Merchant.PostJson(Joint, new { complaint = three.A }).Refused(403, "forbidden");
        var id = Id(await site.Appends(["joint.proposed"], () => desk.Mediator.PostJson(Joint, both).Json(201)));
        await desk.Claimant.PostJson($"{Joint}/{id}/join").Json();
        await desk.Stranger.PostJson($"{Joint}/{id}/join").Json();
        await three.Third.GetAsync($"{Joint}/{id}", Ct).Refused(404, "not-found");
        var asked = await site.Appends(
            ["joint.asked"],
            () => three.Third.PostJson(Joint, new { complaint = three.C }).Json(201)
        );
        Id(asked).ShouldBe(id, "there is one for this dispute");
        await site.Appends(
            ["joint.joined"],
            () => desk.Mediator.PostJson($"{Joint}/{id}/invite", new { complaints = new[] { three.C } }).Json()
        );
        var reason = new { complaint = three.C, reason = "另一批次的商品" };
        await desk.Mediator.PostJson($"{Joint}/{id}/remove", new { complaint = three.C }).Json(400);
        await site.Appends(["joint.removed"], () => desk.Mediator.PostJson($"{Joint}/{id}/remove", reason).Json());
        await three.Third.PostJson($"{Joint}/{id}/join").Refused(409, "joint.removed");
        await site.Appends([], () => Refused(desk.Mediator.PostJson($"{Joint}/{id}/confirm"), "joint.confirmed"));
        await desk.Merchant.PostJson($"{Joint}/{id}/representatives", both).Refused(403, "forbidden");
        await desk.Merchant.PostJson($"{Joint}/{id}/settle", new { dueBy = "2026-12-01" }).Json(400);
        await desk.Claimant.PostJson($"{Joint}/{id}/matters/9/agree").Refused(404, "joint.matter-unknown");
        var other = Id(await desk.Mediator.PostJson(Joint, new { complaints = new[] { three.A, three.C } }).Json(201));
        await desk.Claimant.PostJson($"{Joint}/{other}/join").Refused(409, "joint.elsewhere");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Nobody_learns_more_of_the_others_than_they_must(Db db)
    {
        var three = await Three.Open(db, delivered: false);
        await using var desk = three.Desk;
        // Of what was not delivered the desk alone knows, and offers it.
        await desk.Claimant.PostJson(Joint, new { complaint = three.A }).Refused(409, "joint.nobody-alike");
        var all = new { complaints = new[] { three.A, three.B, three.C } };
        var id = Id(await desk.Mediator.PostJson(Joint, all).Json(201));
        await desk.Claimant.PostJson($"{Joint}/{id}/join").Json();
        var seen = (await desk.Claimant.GetAsync($"{Joint}/{id}", Ct).Json()).GetRawText();
        seen.ShouldNotContain(three.C, customMessage: "who was only invited stays unknown");
        var joined = (await three.Third.PostJson($"{Joint}/{id}/join").Json()).GetRawText();
        joined.ShouldContain("王");
        joined.ShouldNotContain("王小明");
        joined.ShouldNotContain("13800000001");
        var number = (await desk.Claimant.GetAsync(Desk.At(three.A), Ct).Json()).GetProperty("number").GetString()!;
        joined.ShouldNotContain(number);
        await three.Third.GetAsync(Desk.At(three.A), Ct).Refused(404, "not-found");
        await desk.Merchant.GetAsync($"{Joint}/{id}", Ct).Refused(404, "not-found");
        await desk.Mediator.PostJson(Desk.At(three.A, "deliver")).Json();
        await desk.Merchant.GetAsync($"{Joint}/{id}", Ct).Refused(404, "not-found");
        await desk.Mediator.PostJson(Desk.At(three.C, "deliver")).Json();
        var shown = (await desk.Merchant.GetAsync($"{Joint}/{id}", Ct).Json()).GetRawText();
        shown.ShouldNotContain(three.B, customMessage: "what was not delivered is not there");
        shown.ShouldNotContain("霓裳");
        (await desk.Mediator.GetAsync($"{Joint}/{id}", Ct).Json()).GetRawText().ShouldContain("欧阳霓裳");
        foreach (var (who, one) in new[] { (desk.Stranger, three.B), (three.Third, three.C) })
            (await who.GetAsync(Desk.At(one), Ct).Json())
                .GetProperty("readBy")
                .GetArrayLength()
                .ShouldBe(1, "the desk read the names of all");
        await Listening.CatchUp(desk.Site.Store, Rooms.House.Listeners(desk.Site.Store, ""), Ct);
        var letters = await Outbox.Newest(desk.Site.Store, 50, Ct);
        letters.Count(l => l.Template == "joint-invited").ShouldBe(3);
        desk.Site.Log.All.ShouldAllBe(line => !line.Contains("13800000003"));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_words_of_a_representative_go_with_their_own_complaint(Db db)
    {
        var three = await Three.Open(db);
        await using var desk = three.Desk;
        var id = await three.Represented();
        string[] said = ["独角鲸牌水壶请统一召回", "同意逐一退款给各位"];
        await desk.Claimant.PostJson($"{Joint}/{id}/messages", new { text = said[0] }).Json();
        await desk.Merchant.PostJson($"{Joint}/{id}/messages", new { text = said[1] }).Json();
        await AtRest.NothingSays(desk.Site, said);
        var person = await AccountDesk.FindByPhone(desk.Site.Store, Role.Claimant, "13800000001", Ct);
        (await Erasure.Erase(desk.Site.Store, person!.Value, "request", "cli", Ct)).Refusal.ShouldBeNull();
        var left = (await desk.Stranger.GetAsync($"{Joint}/{id}", Ct).Json()).GetRawText();
        left.ShouldNotContain(said[0]);
        left.ShouldContain(said[1]);
        foreach (var phone in new[] { "13800000002", "13800000003" })
        {
            var other = await AccountDesk.FindByPhone(desk.Site.Store, Role.Claimant, phone, Ct);
            (await Erasure.Erase(desk.Site.Store, other!.Value, "request", "cli", Ct)).Refusal.ShouldBeNull();
        }
        (await desk.Mediator.GetAsync($"{Joint}/{id}", Ct).Json()).GetRawText().ShouldNotContainAny(said);
        (await LogDigest.Of(desk.Site.Store, null, Ct)).Break.ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_same_key_again_names_nobody_who_was_erased_meanwhile(Db db)
    {
        var three = await Three.Open(db);
        await using var desk = three.Desk;
        var id = await three.Represented();
        const string Name = "欧阳霓裳";
        desk.Mediator.DefaultRequestHeaders.Add("Idempotency-Key", "said-once");
        Task<HttpResponseMessage> Say() =>
            desk.Mediator.PostJson($"{Joint}/{id}/messages", new { text = "请各位核对金额。" });
        (await Say().Json()).GetRawText().ShouldContain(Name);
        foreach (var phone in new[] { "13800000001", "13800000002", "13800000003" })
        {
            var person = await AccountDesk.FindByPhone(desk.Site.Store, Role.Claimant, phone, Ct);
            (await Erasure.Erase(desk.Site.Store, person!.Value, "request", "cli", Ct)).Refusal.ShouldBeNull();
        }
        string[] read = ["access.read", "access.read", "access.read"];
        var again = await desk.Site.Appends(read, () => Say().Json());
        again.GetRawText().ShouldNotContain(Name);
        again.GetProperty("id").GetString().ShouldBe(id);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Whoever_is_limited_to_some_shops_acts_where_all_cases_came_from_them(Db db)
    {
        var three = await Three.Open(db);
        await using var desk = three.Desk;
        var id = Guid.Parse(await three.Represented());
        var merchant = (await JointDesk.Open(desk.Site.Store, id, Staff, Ct))!.Facts.Respondent;
        Caller Agent(params Guid[] shops) =>
            new(Guid.NewGuid(), Role.Merchant, merchant, "某分店") { Shops = [.. shops] };
        (await JointDesk.Open(desk.Site.Store, id, Agent(merchant), Ct)).ShouldNotBeNull();
        (await JointDesk.Open(desk.Site.Store, id, Agent(Guid.NewGuid()), Ct)).ShouldBeNull();
    }

    private static Caller Staff => new(Guid.NewGuid(), Role.Mediator, Merchant: null, "调解员");

    private static async Task<int> Refused(Task<HttpResponseMessage> call, string code)
    {
        await call.Refused(409, code);
        return 0;
    }
}
