using System.Net;
using System.Text.Json;
using Hengping.App.Merchants;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Once a case is another company's, whoever had it with the one before has it no more.</summary>
public sealed class AfterARedirect(Sites sites) : IClassFixture<Sites>
{
    private const string Later = "只给后一家看的话";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static async Task Redirect(Desk desk, string id, HttpClient from, Guid to)
    {
        var contest = new { ground = "wrong-company", note = "这笔订单不是我们公司的，是别家的订单。" };
        await from.PostJson(Desk.At(id, "contest"), contest).Json();
        var decision = new
        {
            decision = "redirect",
            reason = "查明是另一家的订单，转交处理。",
            respondent = to,
        };
        await desk.Mediator.PostJson(Desk.At(id, "contest/decide"), decision).Json();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_shop_on_the_platform_before_reads_and_writes_in_it_no_more(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var store = desk.Site.Store;
        byte[] paper = [.. "%PDF-1.7 "u8, 1, 2, 3];
        var file = (await desk.Claimant.Upload(paper, "单据.pdf", "application/pdf").Json(201)).GetProperty("id");
        var body = desk.Body(desk.Platform);
        body["shop"] = new { name = (await MerchantDirectory.Find(store, desk.Shop, Ct))!.Name };
        body["evidence"] = new[] { file };
        var id = await Desk.Then(desk.Filed(body), desk.Mediator, "deliver");
        (await desk.Merchant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("story").GetString()!.ShouldContain("水壶");
        (await Listed(desk.Merchant)).ShouldContain(id);
        (await desk.Merchant.GetAsync($"/api/v1/evidence/{file.GetGuid()}", Ct)).StatusCode.ShouldNotBe(
            HttpStatusCode.NotFound
        );

        await Redirect(desk, id, desk.PlatformDesk, desk.OtherShop);
        await desk.Claimant.PostJson(Desk.At(id, "messages"), new { text = Later }).Json();

        foreach (var before in new[] { desk.Merchant, desk.PlatformDesk })
        {
            await before.GetAsync(Desk.At(id), Ct).Refused(404, "not-found");
            await before.GetAsync(Desk.At(id, "events"), Ct).Refused(404, "not-found");
            await before.GetAsync($"/api/v1/evidence/{file.GetGuid()}", Ct).Refused(404, "not-found");
            (await Listed(before)).ShouldNotContain(id);
            var words = new { text = "我是原来的店铺" };
            await desk.Site.Appends([], () => Desk404(before.PostJson(Desk.At(id, "messages"), words)));
        }
        var (counts, _, _) = await App.Workbench.WaitingList.Read(
            store,
            desk.Shop,
            "due",
            null,
            App.Workbench.WaitingList.Unlimited,
            Ct
        );
        counts.ShouldBeEmpty();
        (await desk.OtherMerchant.GetAsync(Desk.At(id, "events"), Ct).Json()).GetRawText().ShouldContain(Later);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_joint_complaint_and_the_case_that_left_it_see_nothing_more_of_each_other(Db db)
    {
        var three = await Three.Open(sites, db);
        await using var desk = three.Desk;
        var joint = await three.Represented();
        await desk.Stranger.PostJson($"/api/v1/joint/{joint}/messages", new { text = "我们一起等退款" }).Json();
        await Redirect(desk, three.A, desk.Merchant, desk.OtherShop);
        await desk.Stranger.PostJson($"/api/v1/joint/{joint}/messages", new { text = "这句是之后说的" }).Json();

        foreach (var who in new[] { desk.Merchant, three.Third })
        {
            var shown = await who.GetAsync($"/api/v1/joint/{joint}", Ct).Json();
            Members(shown).ShouldBe([three.B, three.C], ignoreOrder: true);
            shown.GetRawText().ShouldNotContain("王");
        }
        var gone = await desk.Claimant.GetAsync($"/api/v1/joint/{joint}", Ct).Json();
        Members(gone).ShouldBe([three.A]);
        gone.GetProperty("messages").GetArrayLength().ShouldBe(0);
        gone.GetProperty("matters").GetArrayLength().ShouldBe(0);
        gone.GetProperty("can").EnumerateArray().Select(v => v.GetString()).ShouldBe(["leave"]);
        Members(await desk.Mediator.GetAsync($"/api/v1/joint/{joint}", Ct).Json()).Count.ShouldBe(3);
    }

    /// <summary>Anybody can file against a company of their own, and look who else does.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_nobody_has_delivered_is_counted_for_nobody_but_the_desk(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var puppet = await desk.Filed();
        var other = await desk.Stranger.PostJson("/api/v1/complaints", desk.Body()).Json(201);
        (await Alike(desk.Claimant, puppet)).ShouldBe(0);
        (await Alike(desk.Mediator, puppet)).ShouldBe(1);
        await desk.Claimant.PostJson("/api/v1/joint", new { complaint = puppet }).Refused(409, "joint.nobody-alike");
        await desk.Mediator.PostJson(Desk.At(other.GetProperty("id").GetString()!, "deliver")).Json();
        (await Alike(desk.Claimant, puppet)).ShouldBe(1);
    }

    private static async Task<int> Alike(HttpClient who, string id) =>
        (await who.GetAsync(Desk.At(id, "joint"), Ct).Json()).GetProperty("alike").GetInt32();

    private static async Task<bool> Desk404(Task<HttpResponseMessage> call)
    {
        await call.Refused(404, "not-found");
        return true;
    }

    private static IReadOnlyList<string> Members(JsonElement joint) =>
        [.. joint.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("complaint").GetString()!)];

    private static async Task<IReadOnlyList<string>> Listed(HttpClient who)
    {
        var page = await who.GetAsync("/api/v1/complaints?size=100", Ct).Json();
        return [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!)];
    }
}
