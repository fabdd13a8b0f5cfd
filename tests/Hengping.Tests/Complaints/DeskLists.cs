using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// Rows that tell how a case begins, and what is noted of looking at them; the admins' overview, whose numbers are
/// those of the lists behind them; a merchant's cases, searched and sorted.
/// </summary>
public sealed partial class DeskLists
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_page_of_the_queue_tells_how_cases_begin_and_is_noted_once(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await desk.Filed(desk.Body("orderNo", "A-2026-1"));
        await desk.Filed(desk.Body("orderNo", "A-2026-2"));
        var staff = await desk.Site.Browsing(desk.Mediator);
        var page = await desk.Site.Appends(["sighting.listed"], () => Read(staff, "/desk"));
        page.ShouldContain("A-2026-1");
        page.ShouldContain("买的水壶第三天就不加热了");
        page.ShouldNotContain("王小明", Case.Sensitive, "a row has the surname alone");
        await desk.Site.Appends([], () => Read(staff, "/desk?view=screen"));
        desk.Site.Clock.Turn(TimeSpan.FromMinutes(61));
        await desk.Site.Appends(["sighting.listed"], () => Read(staff, "/desk"));

        var shown = await desk.Claimant.GetAsync(Desk.At(id)).Json();
        var look = shown.GetProperty("readBy").EnumerateArray().ShouldHaveSingleItem("one a day and role");
        look.GetProperty("inList").GetBoolean().ShouldBeTrue();
        look.GetProperty("role").GetString().ShouldBe("mediator");
        (await Read(await desk.Site.Browsing(desk.Claimant), "/me")).ShouldContain("（在列表中看到）");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Each_number_of_the_overview_is_that_of_the_list_it_links_to(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var admin = await desk.Site.Browsing(await desk.Site.As(Role.Admin, name: "周主任"));
        (await Read(admin, "/admin")).ShouldContain("没有积压");
        (string, string?)[] departments = [.. Row(0, "money", "refund"), .. Row(1, "rest", "quality", true)];
        await admin.Send("/admin/departments", "", departments);
        await desk.Filed(desk.Body("problem", "quality"));
        await desk.InMediation();
        desk.Site.Clock.Turn(TimeSpan.FromDays(90));
        await desk.Filed(desk.Body("orderNo", "B1"));
        await Desk.Then(
            desk.Delivered(),
            desk.Merchant,
            "contest",
            new { ground = "not-our-order", note = "查无此单" }
        );

        // Whoever was signed in then is no longer.
        admin = await desk.Site.Browsing(await desk.Site.As(Role.Admin, name: "周主任"));
        var page = await Read(admin, "/admin");
        page.ShouldContain("调解员甲");
        var checkedLists = 0;
        foreach (Match link in Numbered().Matches(page))
        {
            var list = await Read(admin, link.Groups[1].Value);
            InRow().Count(list).ShouldBe(int.Parse(link.Groups[2].Value, null), link.Groups[1].Value);
            checkedLists++;
        }
        checkedLists.ShouldBeGreaterThan(7);
        Numbered().Matches(page).Any(m => m.Groups[1].Value.Contains("late=1")).ShouldBeTrue();
        var first = Owner().Match(page).Value;
        first.ShouldNotBeEmpty();
        // Nobody else is asked for by name: the same address shows a mediator all.
        var staff = await Read(await desk.Site.Browsing(desk.Mediator), "/desk?department=all&" + first);
        staff.ShouldNotContain("首问负责人：");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_merchant_finds_its_cases_by_words_and_order_and_sorts_them(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        async Task<string> Made(string order, string amount)
        {
            var body = desk.Body("orderNo", order);
            body["amount"] = amount;
            var id = await Desk.Then(desk.Filed(body), desk.Mediator, "deliver");
            desk.Site.Clock.Turn(TimeSpan.FromMinutes(1));
            return (await desk.Merchant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString()!;
        }
        var (small, large) = (await Made("X-1001", "12.00"), await Made("X-2002", "980.00"));
        var middle = await Made("X-3003", "77.00");
        var mine = await desk.Site.Browsing(desk.Merchant);
        (await Shown(mine, "/merchant")).ShouldBe([small, large, middle], "what loses value next");
        (await Shown(mine, "/merchant?sort=newest")).ShouldBe([middle, large, small]);
        (await Shown(mine, "/merchant?sort=sum")).ShouldBe([large, middle, small]);
        // Words are found a moment after their case.
        await Listening.CatchUp(
            desk.Site.Store,
            [new CaseSearchListener(desk.Site.Store)],
            TestContext.Current.CancellationToken
        );
        await Eventually.Holds(
            async () => (await Shown(mine, "/merchant?q=X-2002")) is [var only] && only == large,
            "found by its order"
        );
        (await Shown(mine, "/merchant?q=水壶")).Length.ShouldBe(3);
        (await Shown(mine, "/merchant?q=" + small)).ShouldBe([small]);
        (await Shown(mine, "/merchant?q=" + Uri.EscapeDataString("没有这样的话"))).ShouldBeEmpty();
        (await Shown(await desk.Site.Browsing(desk.OtherMerchant), "/merchant?q=X-2002")).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_a_merchant_has_to_do_comes_first(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var waits = await desk.Replied();
        var settled = await desk.Settled();
        var offered = await Desk.Then(desk.Replied(), desk.Claimant, "offers", desk.Offer());
        var mine = await desk.Site.Browsing(desk.Merchant);
        (await Shown(mine, "/merchant?view=replied")).ShouldBe(
            await Numbers(desk, offered, settled, waits),
            "an offer to answer in 5 days, an agreement to keep in 10, and what waits for the claimant"
        );
        (await Shown(mine, "/merchant?view=replied&sort=due"))[0].ShouldBe((await Numbers(desk, settled))[0]);
        await Desk.Then(Task.FromResult(offered), desk.Merchant, "offers/1/reject");
        (await Shown(mine, "/merchant?view=replied&sort=turn"))[0].ShouldBe((await Numbers(desk, settled))[0]);
    }

    private static async Task<string[]> Numbers(Desk desk, params string[] ids)
    {
        var numbers = new List<string>();
        foreach (var id in ids)
            numbers.Add((await desk.Merchant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString()!);
        return [.. numbers];
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_refusal_at_the_door_names_who_and_what_is_possible(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await desk.Delivered();
        var answer = await desk.Mediator.PostJson(Desk.At(id, "deliver"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var said = await answer.Content.ReadAsStringAsync(Ct);
        said.ShouldContain("complaint.wrong-state");
        var title = System.Text.Json.JsonDocument.Parse(said).RootElement.GetProperty("title").GetString()!;
        title.ShouldStartWith("调解员已于");
        title.ShouldContain("您现在可以：");
        title.ShouldNotContain("调解员甲");
    }

    private static (string, string?)[] Row(int at, string code, string problem, bool takesRest = false) =>
        [
            ($"departments[{at}].code", code),
            ($"departments[{at}].nameZh", code + "组"),
            ($"departments[{at}].nameEn", code + " group"),
            ($"departments[{at}].problems", problem),
            ($"departments[{at}].takesRest", takesRest ? "true" : "false"),
            ($"departments[{at}].place", $"{at}"),
        ];

    private static async Task<string> Read(HttpClient who, string path) =>
        WebUtility.HtmlDecode(await who.GetStringAsync(path, Ct));

    private static async Task<string[]> Shown(HttpClient who, string path) =>
        [.. CaseLink().Matches(await who.GetStringAsync(path, Ct)).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("<a href=\"(/desk\\?[^\"]+)\"[^>]*>(?:<strong class=\"num\">)?(?:▲ )?(\\d+)<")]
    private static partial Regex Numbered();

    [GeneratedRegex("<tr data-number=")]
    private static partial Regex InRow();

    [GeneratedRegex("owner=[0-9a-f-]{36}")]
    private static partial Regex Owner();

    [GeneratedRegex("<th scope=\"row\" class=\"all\"><a href=\"/cases/([^\"]+)\"")]
    private static partial Regex CaseLink();
}
