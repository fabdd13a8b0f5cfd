using System.Globalization;
using System.Net;
using System.Text.Json;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// An offer is turned down and another made in one act or not at all, looked over before it goes, and what was turned
/// down is nobody's answer.
/// </summary>
public sealed class OffersInOne(Sites sites) : IClassFixture<Sites>
{
    private const string Terms = "全额退款，运费各付一半";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_fault_of_the_second_leaves_the_first_undone(Db db)
    {
        var desk = await Desk.Open(sites, db);
        var id = await desk.Offered();
        var (reject, site) = (Desk.At(id, "offers/1/reject"), desk.Site);

        var bad = new
        {
            counter = new
            {
                terms = Terms,
                amount = "150",
                dueBy = "2020-01-01",
            },
        };
        var no = await site.Appends([], () => desk.Claimant.PostJson(reject, bad).Json(400));
        no.GetProperty("errors").TryGetProperty("counter.dueBy", out _).ShouldBeTrue();
        var looks = new { counter = Offer(desk, asksFirst: true) };
        await site.Appends([], () => desk.Claimant.PostJson(reject, looks).Json(409));
        var sent = await site.Appends(
            ["complaint.offerRejected", "complaint.offerMade"],
            () => desk.Claimant.PostJson(reject, new { reason = "不够", counter = Offer(desk) }).Json()
        );
        sent.GetProperty("offers").EnumerateArray().Select(Standing).ShouldBe(["rejected", "open"]);

        // Whoever sends it twice has made one.
        var again = await site.Appends(
            [],
            () => desk.Claimant.PostJson(reject, new { counter = Offer(desk) }).Json(409)
        );
        again.GetProperty("code").GetString().ShouldBe("offer.closed");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_page_shows_faults_at_their_fields_then_what_goes_out_then_sends_both(Db db)
    {
        var desk = await Desk.Open(sites, db);
        var id = await desk.Offered();
        var (page, site) = (await RoomOf(desk, id), desk.Site);
        using var claimant = await site.Browsing(desk.Claimant);
        Task<FormAnswer> Send(string sum, params (string, string?)[] more) => Say(Terms, sum, more);
        Task<FormAnswer> Say(string terms, string sum, params (string, string?)[] more) =>
            claimant.Send(
                page,
                "RejectOffer",
                [("no", "1"), ("why", "货没法用"), ("terms", terms), ("amount", sum), ("dueBy", DayOf(desk)), .. more]
            );

        var bad = await site.Appends([], () => Send("15o"));
        bad.Body.ShouldContain("id=\"f-sum-1-fault\"");
        bad.Body.ShouldContain("value=\"15o\"");
        var look = await site.Appends([], () => Send("1,150"));
        look.Body.ShouldContain("还没有发出。请核对一遍。");
        WebUtility.HtmlDecode(look.Body).ShouldContain("¥1,150");
        look.Body.ShouldContain("同时告知对方：您不接受方案 1。");
        look.Body.ShouldNotContain("id=\"unlike\"");
        var unlike = await site.Appends([], () => Say("补偿17元现金", "1,150"));
        WebUtility.HtmlDecode(unlike.Body).ShouldContain("文字里写的是 ¥17，金额栏是 ¥1,150");
        (await site.Appends([], () => Send("1,150", ("change", "true")))).Body.ShouldContain("value=\"1,150\"");
        await site.Appends(["complaint.offerRejected", "complaint.offerMade"], () => Send("1,150", ("looked", "true")));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_turned_down_is_no_answer_and_asks_for_no_score(Db db)
    {
        var desk = await Desk.Open(sites, db);
        var id = await desk.Offered();
        var page = await RoomOf(desk, id);
        using var claimant = await desk.Site.Browsing(desk.Claimant);
        var open = Box(await claimant.GetStringAsync(page, Ct));
        open.ShouldContain("section class=\"offer\"");
        open.ShouldContain("<summary class=\"btn btn-main\">接受</summary>");
        open.ShouldNotContain("调解员");

        await desk.Claimant.PostJson(Desk.At(id, "offers/1/reject")).Json();

        var turn = (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("turn");
        (turn.GetProperty("kind").GetString(), turn.GetProperty("may").GetBoolean()).ShouldBe(("askMediation", true));
        var box = Box(await claimant.GetStringAsync(page, Ct));
        box.ShouldContain("现在没有待您答复的方案");
        box.ShouldNotContain("评个分");
        box.ShouldNotContain("act=score");
        box.ShouldNotContain("blockquote");
        // Theirs the claimant made is answered by words: those are quoted, and no other.
        await desk.Claimant.PostJson(Desk.At(id, "offers"), desk.Offer()).Json();
        await desk.Merchant.PostJson(Desk.At(id, "offers/2/reject"), new { reason = "最多退一半" }).Json();
        Box(await claimant.GetStringAsync(page, Ct)).ShouldContain("最多退一半");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_excluded_case_threatens_with_no_points(Db db)
    {
        var desk = await Desk.Open(sites, db);
        var id = await desk.Delivered();
        var page = await RoomOf(desk, id);
        using var merchant = await desk.Site.Browsing(desk.Merchant);
        (await merchant.GetStringAsync(page, Ct)).ShouldContain("现在计 1.0 分");

        await desk.Reviewer.PostJson(Desk.At(id, "exclude"), new { ground = "abuse", reason = "重复滥诉" }).Json();

        var turn = (await desk.Merchant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("turn");
        turn.GetProperty("excluded").GetProperty("ground").GetString().ShouldBe("abuse");
        turn.GetProperty("excluded").GetProperty("by").GetString().ShouldBe("reviewer");
        turn.GetProperty("otherwise").GetProperty("zh").GetString().ShouldBe("到期没有回复，以未答复办结，不计入评级");
        var room = await merchant.GetStringAsync(page, Ct);
        room.ShouldNotContain("计 1.0 分");
        room.ShouldNotContain("计满分");
        Box(room).ShouldContain("不计分");
        // Who decided it stands with the reason that is quoted.
        Box(room).ShouldContain("由本机构决定");
        Box(room).ShouldContain("在本案留言说明");
        Box(room).ShouldMatch("(?s)<figcaption.*审核员.*重复滥诉");
        room.ShouldContain("这件投诉已剔除，回复现在不计分，也不扣分");
        room.ShouldMatch("(?s)sticky-next.*不计分");
        var list = await merchant.GetStringAsync("/merchant", Ct);
        list[list.IndexOf(page, StringComparison.Ordinal)..].ShouldContain("不计分");
        // Nothing is lost by it: whatever can lose something stands above it, filed later or not.
        var later = await RoomOf(
            desk,
            await Desk.Then(desk.Filed(desk.Body("orderNo", "LATER")), desk.Mediator, "deliver")
        );
        list = await merchant.GetStringAsync("/merchant", Ct);
        list.IndexOf(later, StringComparison.Ordinal).ShouldBeLessThan(list.IndexOf(page, StringComparison.Ordinal));
        var verdict = await merchant.PostJson($"/cases/{id}/judge", new { text = "全额退款，三日内到账" }).Json();
        verdict.GetProperty("said").GetString()!.ShouldContain("回复现在不计分，也不扣分");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_score_says_whether_it_is_solved_and_has_the_sum_agreed_on(Db db)
    {
        var desk = await Desk.Open(sites, db);
        var id = await desk.Settled();
        var page = await RoomOf(desk, id);
        using var claimant = await desk.Site.Browsing(desk.Claimant);
        var sum = JsonSerializer.SerializeToElement(desk.Offer()).GetProperty("amount").ToString();
        var given = decimal.Parse(sum, CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture);
        (await claimant.GetStringAsync(page, Ct)).ShouldContain($"inputmode=\"decimal\" value=\"{given}\"");

        var half = await desk.Site.Appends([], () => claimant.Send(page, "Score", ("satisfaction", "9")));
        half.Body.ShouldContain("id=\"f-resolved-fault\"");
        var none = await desk.Site.Appends([], () => claimant.Send(page, "Score"));
        none.Body.ShouldMatch("(?s)href=\"#f-satisfaction\".*href=\"#f-resolved\"", "in the order of the form");
        half.Body.ShouldContain("value=\"9\" required checked");
    }

    private static object Offer(Desk desk, bool asksFirst = false) =>
        new
        {
            terms = Terms,
            amount = "150",
            dueBy = DayOf(desk),
            asksFirst,
        };

    private static string DayOf(Desk desk) =>
        desk.Site.Clock.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Standing(JsonElement offer) => offer.GetProperty("state").GetString();

    // From the box to what follows it.
    private static string Box(string page) => page.Split("id=\"next\"")[1].Split("id=\"story\"")[0];

    private static async Task<string> RoomOf(Desk desk, string id) =>
        "/cases/" + (await desk.Mediator.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
}
