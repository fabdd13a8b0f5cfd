using System.Net;
using System.Text.Json;
using Hengping.App.Desk;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Decisions of the desk: held, undone, sent, and what stops them. Each case is judged on its own.</summary>
public sealed class DecisionDoors
{
    private const string Decisions = "/api/v1/desk/decisions";
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(11);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_decision_waits_can_be_undone_by_its_author_and_goes_out_by_itself(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await desk.Filed();
        var held = await desk.Site.Appends(["decision.held"], () => Hold(desk, "deliver", id));
        var one = held.GetProperty("held")[0];
        one.GetProperty("state").GetString().ShouldBe("waiting");
        (await StatusOf(desk, id)).ShouldBe("filed");

        var undo = $"{Decisions}/{one.GetProperty("id").GetString()}/undo";
        await desk.Site.Appends([], () => desk.SecondMediator.PostJson(undo).Refusal(404, "not-found"));
        await desk.Site.Appends(["decision.undone"], () => desk.Mediator.PostJson(undo).Json());
        await desk.Site.Appends([], () => desk.Mediator.PostJson(undo).Refusal(409, "decision.gone"));
        await desk.Site.Appends([], () => Due(desk));
        (await StatusOf(desk, id)).ShouldBe("filed");

        await Hold(desk, "deliver", id);
        await desk.Site.Appends(["complaint.delivered", "decision.sent"], () => Due(desk));
        var shown = await desk.Mediator.GetAsync(Desk.At(id)).Json();
        shown.GetProperty("status").GetString().ShouldBe("delivered");
        shown.GetProperty("deliveredAt").GetDateTimeOffset().ShouldBe(desk.Site.Clock.GetUtcNow());
        await desk.Site.Appends([], () => Due(desk));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Of_many_cases_each_is_judged_and_what_is_refused_says_why(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var first = await desk.Filed(desk.Body("orderNo", "A1"));
        var second = await desk.Filed(desk.Body("orderNo", "A2"));
        var third = await desk.Filed(desk.Body("orderNo", "A3"));
        var gone = await Desk.Then(desk.Filed(desk.Body("orderNo", "A4")), desk.Claimant, "withdraw");
        await desk.SecondMediator.PostJson(Decisions, new { complaints = new[] { third }, verb = "deliver" }).Json();
        string[] cases = [first, gone, second, third, Guid.CreateVersion7().ToString()];
        var words = new
        {
            complaints = cases,
            verb = "return",
            missing = new[] { "order-proof" },
            note = "请补充付款截图",
        };
        var answer = await desk.Site.Appends(
            ["decision.held", "decision.held"],
            () => desk.Mediator.PostJson(Decisions, words).Json()
        );
        answer.GetProperty("held").GetArrayLength().ShouldBe(2);
        answer
            .GetProperty("refused")
            .EnumerateArray()
            .Select(r => r.GetProperty("code").GetString())
            .ShouldBe(["complaint.wrong-state", "not-found", "decision.waiting"], ignoreOrder: true);
        await desk.Site.Appends(
            [
                "complaint.delivered",
                "decision.sent",
                "complaint.returned",
                "decision.sent",
                "complaint.returned",
                "decision.sent",
            ],
            () => Due(desk)
        );
        var events = await desk.Claimant.GetAsync(Desk.At(first, "events")).Json();
        events.GetRawText().ShouldContain("请补充付款截图");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_case_that_moved_meanwhile_is_left_as_it_is_and_the_desk_is_told(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await desk.Filed();
        await Hold(desk, "decline", id);
        await desk.Claimant.PostJson(Desk.At(id, "supplement"), new { text = "补充：商家昨天又推脱了一次。" }).Json();
        await desk.Site.Appends(["decision.stopped"], () => Due(desk));
        (await StatusOf(desk, id)).ShouldBe("filed");
        var listed = (await desk.Mediator.GetAsync(Decisions).Json()).GetProperty("items")[0];
        listed.GetProperty("code").GetString().ShouldBe("decision.case-moved");
        await Hold(desk, "decline", id);
    }

    [Fact]
    public async Task Wrong_fields_and_wrong_people_write_nothing_and_the_same_key_decides_once()
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        var id = await desk.Filed();
        var regulator = await desk.Site.As(Role.Regulator);
        var before = await desk.Site.Head();
        foreach (
            var body in new object[]
            {
                new { },
                new { complaints = new[] { id }, verb = "score" },
                new { complaints = new[] { id }, verb = "return" },
                new
                {
                    complaints = new[] { id },
                    verb = "decline",
                    reason = "no-such",
                },
                new { complaints = Enumerable.Range(0, 51).Select(_ => Guid.NewGuid()), verb = "deliver" },
                new { complaints = "x", verb = 5 },
            }
        )
            await desk.Mediator.PostJson(Decisions, body).Refused(400, "request.invalid");
        var good = new { complaints = new[] { id }, verb = "deliver" };
        foreach (var who in new[] { desk.Claimant, desk.Merchant, desk.Reviewer, regulator })
            await who.PostJson(Decisions, good).Refused(403, "forbidden");
        (await desk.Site.Head()).ShouldBe(before);

        desk.Mediator.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var first = await Hold(desk, "deliver", id);
        var again = await desk.Site.Appends([], () => Hold(desk, "deliver", id));
        again.GetRawText().ShouldBe(first.GetRawText());
    }

    [Fact]
    public async Task The_words_of_a_decision_lie_sealed_and_are_erased_with_the_case()
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        var id = await desk.Filed();
        var body = new
        {
            complaints = new[] { id },
            verb = "return",
            note = "王小明请补充照片",
        };
        await desk.Mediator.PostJson(Decisions, body).Json();
        var held = (await desk.Site.Store.ReadLog(0, 1000, Ct)).Single(e => e.Kind == "decision.held");
        System.Text.Encoding.UTF8.GetString(held.Body).ShouldNotContain("王小明");
        var filed = (await desk.Site.Store.ReadLog(0, 1000, Ct)).Single(e => e.Kind == "complaint.filed");
        held.KeySlot.ShouldBe(filed.KeySlot);
        await Due(desk);
        var events = await desk.Claimant.GetAsync(Desk.At(id, "events")).Json();
        events.GetRawText().ShouldContain("王小明请补充照片");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Views_are_kept_by_name_for_their_owner_alone_and_deleted(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        const string Views = "/api/v1/desk/views";
        var kept = await desk.Site.Appends(
            ["view.kept"],
            () =>
                desk
                    .Reviewer.PostJson(
                        Views,
                        new { name = "王小明的案子", address = "/desk?view=all&q=王小明&handler=Drop&cursor=9" }
                    )
                    .Json()
        );
        var address = kept.GetProperty("address").GetString()!;
        Uri.UnescapeDataString(address).ShouldBe("/desk?view=all&q=王小明");
        (await desk.Reviewer.GetAsync(Views).Json()).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await desk.Mediator.GetAsync(Views).Json()).GetProperty("items").GetArrayLength().ShouldBe(0);
        await desk.Mediator.PostJson(Views + "/1/drop").Refused(404, "view.unknown");
        await desk.Site.Appends(["view.dropped"], () => desk.Reviewer.PostJson(Views + "/1/drop").Json());
        await desk.Reviewer.PostJson(Views, new { name = " " }).Refused(400, "request.invalid");
        await desk.Claimant.PostJson(Views, new { name = "x" }).Refused(403, "forbidden");
        for (var n = 0; n < 20; n++)
            await desk.Reviewer.PostJson(Views, new { name = $"视图{n}", address = "/desk?view=all" }).Json();
        await desk.Reviewer.PostJson(Views, new { name = "第二十一个" }).Refused(409, "view.full");
    }

    /// <summary>A reviewer's exclusion waits as the desk's decisions do, is open to reviewers alone, and both sides
    /// hear of it in their language; its form comes back with what was typed to whoever takes it back.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_exclusion_can_be_undone_and_is_told_to_both_sides(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        desk.Claimant.DefaultRequestHeaders.AcceptLanguage.Clear();
        desk.Claimant.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var id = await desk.Delivered();
        var number = (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        var body = new
        {
            complaints = new[] { id },
            verb = "exclude",
            ground = "duplicate",
            reason = "与另一件是同一笔订单",
        };
        await desk.Mediator.PostJson(Decisions, body).Refused(403, "forbidden");
        var wrong = new { complaints = new[] { id }, verb = "exclude" };
        var faults = await (await desk.Reviewer.PostJson(Decisions, wrong)).Content.ReadAsStringAsync(Ct);
        faults.ShouldContain("\"ground\"");
        faults.ShouldContain("\"reason\"");

        var page = await desk.Site.Browsing(desk.Reviewer);
        var path = $"/cases/{number}";
        var before = WebUtility.HtmlDecode(await page.GetStringAsync(path, Ct));
        before.ShouldContain("不再计入 云上百货 的投诉量");
        before.ShouldContain("投诉人和被投诉方都会收到消息");
        await desk.Site.Appends(
            ["decision.held"],
            () => page.Send(path, "Exclude", ("ground", "duplicate"), ("reason", "与另一件是同一笔订单"))
        );
        var waits = (await desk.Reviewer.GetAsync(Decisions).Json()).GetProperty("items")[0].GetProperty("id");
        await desk.Site.Appends(
            ["decision.undone"],
            () => page.Send("/desk", "Undo", ("id", waits.GetString()), ("back", path + "?did=undone"))
        );
        var again = WebUtility.HtmlDecode(await page.GetStringAsync(path + "?did=undone", Ct));
        again.ShouldContain("value=\"duplicate\" required checked");
        again.ShouldContain(">与另一件是同一笔订单</textarea>");

        await desk.Site.Appends(["decision.held"], () => desk.Reviewer.PostJson(Decisions, body).Json());
        await desk.Site.Appends(["complaint.excluded", "decision.sent"], () => Due(desk));
        // Back again with a reason as well, which both sides read.
        var back = new { complaints = new[] { id }, verb = "include" };
        (await desk.Reviewer.PostJson(Decisions, back).Json(400)).ToString().ShouldContain("\"reason\"");
        const string Why = "两笔订单不同，不是重复投诉";
        await desk
            .Reviewer.PostJson(
                Decisions,
                new
                {
                    complaints = new[] { id },
                    verb = "include",
                    reason = Why,
                }
            )
            .Json();
        await desk.Site.Appends(["complaint.included", "decision.sent"], () => Due(desk));
        (await desk.Merchant.GetStringAsync(Desk.At(id, "events"), Ct)).ShouldContain(Why);
        await Listening.CatchUp(desk.Site.Store, Hengping.App.Rooms.House.Listeners(desk.Site.Store, ""), Ct);
        var told = (await Outbox.Newest(desk.Site.Store, 50, Ct))
            .Where(letter => letter.Template is "excluded" or "included")
            .Select(desk.Site.TextOf)
            .ToList();
        told.Count.ShouldBe(4);
        told.ShouldContain(text => text.Contains($"{number} no longer counts in the merchant's rating: Duplicate."));
        told.ShouldContain(text => text.Contains($"投诉 {number} 不再计入商家评级，事由：重复投诉。"));
        told.ShouldContain(text =>
            text.Contains("counts in the merchant's rating again; the hours for an answer ran on")
        );
        told.ShouldContain(text => text.Contains("恢复计入商家评级；回复的时限在剔除期间没有停"));
    }

    private static Task<JsonElement> Hold(Desk desk, string verb, string id) =>
        desk
            .Mediator.PostJson(
                Decisions,
                new
                {
                    complaints = new[] { id },
                    verb,
                    reason = "not-our-duty",
                }
            )
            .Json();

    /// <summary>The seconds are over; whoever sends does it once more than needed.</summary>
    internal static async Task<bool> Due(Desk desk)
    {
        desk.Site.Clock.Turn(Over);
        await desk.Site.Of<SendDecisions>().RunDue(Ct);
        // The one in the background may have been faster and still be at it.
        const string Left = "select count(*) from desk_decisions where state = 'waiting'";
        await Eventually.Holds(async () => await desk.Site.Store.First<long>(Left, null, Ct) == 0, "decisions wait");
        return true;
    }

    private static async Task<string> StatusOf(Desk desk, string id) =>
        (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("status").GetString()!;
}

internal static class RefusalCalls
{
    /// <summary>As <c>Refused</c>, for where a value is awaited.</summary>
    public static async Task<bool> Refusal(
        this Task<HttpResponseMessage> call,
        int status,
        string code,
        string says = ""
    )
    {
        await call.Refused(status, code, says);
        return true;
    }
}
