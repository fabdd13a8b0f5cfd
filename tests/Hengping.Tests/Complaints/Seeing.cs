using System.Net;
using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>What each party reads of a case: in the case itself, on its time line, in lists, by number.</summary>
public sealed class Seeing(Sites sites) : IClassFixture<Sites>
{
    private const string Complaints = "/api/v1/complaints";
    private static readonly object Day = new { text = "购买日期是五月一日" };

    private static Dictionary<string, object?> Calling(Desk desk, bool call) =>
        desk.Body(
            "consents",
            new
            {
                passOn = true,
                publish = false,
                call,
            }
        );

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_respondent_sees_the_surname_and_the_phone_only_by_consent_and_never_a_score(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        foreach (var call in new[] { false, true })
        {
            var id = await Desk.Then(desk.Filed(Calling(desk, call)), desk.Mediator, "deliver");
            var score = new
            {
                satisfaction = 2,
                resolved = "no",
                comment = "差评到底",
            };
            await desk.Claimant.PostJson(Desk.At(id, "score"), score).Json();
            var shown = await desk.Merchant.GetAsync(Desk.At(id)).Json();
            var claimant = shown.GetProperty("claimant");
            claimant.GetProperty("name").GetString().ShouldBe("王");
            claimant.TryGetProperty("phone", out _).ShouldBe(call);
            claimant.TryGetProperty("email", out _).ShouldBeFalse();
            shown.GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Null);
            shown.GetProperty("story").GetString()!.ShouldContain("水壶");
            var events = (await desk.Merchant.GetAsync(Desk.At(id, "events")).Json()).GetRawText();
            events.ShouldNotContain("scored");
            events.ShouldNotContain("差评到底");
            events.ShouldNotContain("13800000001");
            (await desk.Claimant.GetAsync(Desk.At(id)).Json())
                .GetProperty("score")
                .GetProperty("satisfaction")
                .GetDecimal()
                .ShouldBe(2);
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_the_claimant_added_before_delivery_reaches_the_respondent_with_it(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var filed = desk.Filed();
        var nothing = await desk.Claimant.PostJson(Desk.At(await filed, "supplement"), new { text = "  " });
        nothing.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var more = Desk.Then(filed, desk.Claimant, "supplement", new { text = "壶底还有一道裂纹" });
        var missing = new { missing = new[] { "购买日期" } };
        var again = Desk.Then(Desk.Then(more, desk.Mediator, "return", missing), desk.Claimant, "resubmit", Day);
        var id = await Desk.Then(again, desk.Mediator, "deliver");
        var events = (await desk.Merchant.GetAsync(Desk.At(id, "events")).Json()).GetRawText();
        events.ShouldContain("壶底还有一道裂纹");
        events.ShouldContain("购买日期是五月一日");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Staff_reading_a_case_is_noted_once_an_hour_and_shown_to_its_claimant(Db db)
    {
        await using var desk = await Desk.Open(db);
        var id = await desk.Filed();
        await desk.Site.Appends(["access.read"], () => desk.Mediator.GetAsync(Desk.At(id)).Json());
        await desk.Site.Appends([], () => desk.Mediator.GetAsync(Desk.At(id, "events")).Json());
        desk.Site.Clock.Turn(TimeSpan.FromMinutes(61));
        await desk.Site.Appends(["access.read"], () => desk.Mediator.GetAsync(Desk.At(id)).Json());
        await desk.Site.Appends(["access.read"], () => desk.Reviewer.GetAsync(Desk.At(id)).Json());
        var readings = (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("readBy");
        readings
            .EnumerateArray()
            .Select(r => r.GetProperty("role").GetString())
            .ShouldBe(["mediator", "mediator", "reviewer"]);
        (await desk.Mediator.GetAsync(Desk.At(id)).Json()).TryGetProperty("readBy", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_case_shows_first_contact_deadlines_and_offers()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var id = await desk.Filed();
        var filed = await desk.Claimant.GetAsync(Desk.At(id)).Json();
        filed.GetProperty("firstContact").ValueKind.ShouldBe(JsonValueKind.Null);
        filed.GetProperty("priority").GetString().ShouldBe("p3");
        var screening = filed.GetProperty("deadlines")[0];
        screening.GetProperty("kind").GetString().ShouldBe("screening");
        screening.GetProperty("explanation").GetString()!.ShouldContain("7 个工作日");
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        var offered = await desk.Merchant.PostJson(Desk.At(id, "offers"), desk.Offer()).Json();
        offered.GetProperty("firstContact").GetString()!.ShouldStartWith("staff:");
        var offer = offered.GetProperty("offers")[0];
        offer.GetProperty("terms").GetString()!.ShouldContain("全额退款");
        offer.GetProperty("amount").GetString().ShouldBe("129.90");
        offer.GetProperty("state").GetString().ShouldBe("open");
    }

    [Fact]
    public async Task What_one_can_do_now_is_said_to_each_side()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var id = await desk.Offered();
        async Task<string[]> Can(HttpClient who)
        {
            var shown = await who.GetAsync(Desk.At(id)).Json();
            return [.. shown.GetProperty("can").EnumerateArray().Select(v => v.GetString()!)];
        }
        (await Can(desk.Merchant)).ShouldBe(["reply", "message", "offer"]);
        (await Can(desk.Reviewer)).ShouldBe(["exclude", "hold"]);
        var claimant = await Can(desk.Claimant);
        claimant.ShouldContain("acceptOffer");
        claimant.ShouldNotContain("deliver");
        (await Can(desk.Mediator)).ShouldContain("mediate");
    }

    [Fact]
    public async Task A_regulator_sees_facts_and_status_and_no_words()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var id = await desk.Replied();
        var regulator = await desk.Site.As(Role.Regulator);
        var shown = await desk.Site.Appends([], () => regulator.GetAsync(Desk.At(id)).Json());
        shown.GetProperty("status").GetString().ShouldBe("replied");
        var raw = shown.GetRawText();
        raw.ShouldNotContain("水壶");
        raw.ShouldNotContain("王");
        raw.ShouldNotContain("13800000001");
        (await regulator.GetAsync(Desk.At(id, "events")).Json()).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Lists_show_each_their_own_and_go_on_page_by_page(Db db)
    {
        await using var desk = await Desk.Open(db);
        for (var i = 0; i < 5; i++)
        {
            await desk.Filed(desk.Body("amount", i % 2 == 0 ? "20000" : "5"));
            desk.Site.Clock.Turn(TimeSpan.FromMinutes(1));
        }
        var delivered = await desk.Delivered();
        await desk.Stranger.PostJson(Complaints, desk.Body(desk.OtherShop)).Json(201);

        (await Ids(desk.Claimant, "size=100")).Count.ShouldBe(6);
        (await Ids(desk.Stranger, "size=100")).Count.ShouldBe(1);
        (await Ids(desk.Merchant, "")).ShouldBe([delivered]);
        (await Ids(desk.OtherMerchant, "")).ShouldBeEmpty();
        (await Ids(desk.Mediator, "status=filed,delivered")).Count.ShouldBe(7);
        (await Ids(desk.Mediator, "status=delivered")).ShouldBe([delivered]);
        (await Ids(desk.Mediator, $"respondent={desk.OtherShop}")).Count.ShouldBe(1);
        (await Ids(desk.Mediator, "priority=p1")).Count.ShouldBe(3);
        (await Ids(desk.Mediator, "q=" + Uri.EscapeDataString("云上"))).Count.ShouldBe(6);
        (await Ids(desk.Mediator, "from=2026-10-13")).ShouldBeEmpty();
        (await Ids(desk.Mediator, "to=2026-10-12&problem=refund&sector=general-retail")).Count.ShouldBe(7);

        foreach (var sort in new[] { "-filed", "filed", "due", "priority" })
        {
            var whole = await Ids(desk.Mediator, $"sort={sort}&size=100");
            whole.Count.ShouldBe(7);
            var paged = new List<string>();
            for (string? cursor = ""; cursor is not null; )
            {
                var page = await desk.Mediator.GetAsync($"{Complaints}?sort={sort}&size=2&cursor={cursor}").Json();
                paged.AddRange(
                    page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!)
                );
                cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
            }
            paged.ShouldBe(whole, sort);
        }
        foreach (
            var wrong in new[] { "status=lost", "size=0", "size=x", "sort=x", "respondent=1", "from=then", "cursor=zz" }
        )
            (await desk.Mediator.GetAsync($"{Complaints}?{wrong}").Json(400))
                .GetProperty("errors")
                .GetRawText()
                .ShouldContain(wrong.Split('=')[0]);
    }

    private static async Task<IReadOnlyList<string>> Ids(HttpClient who, string query)
    {
        var page = await who.GetAsync($"{Complaints}?{query}").Json();
        return [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!)];
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Progress_answers_a_right_pair_and_has_one_answer_for_every_wrong_one(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        async Task<HttpResponseMessage> Ask(object body) => await desk.Site.Anyone.PostJson("/api/v1/progress", body);
        await Ask(new { number = "7K3M-9QXA-2BTC", phoneLast4 = "0001" }).Refused(404, "progress.not-found");
        var receipt = await desk.Claimant.PostJson(Complaints, desk.Body()).Json(201);
        var number = receipt.GetProperty("number").GetString()!;
        var shown = await Ask(new { number = number.ToLowerInvariant().Replace("-", " "), phoneLast4 = "0001" }).Json();
        shown.GetProperty("status").GetString().ShouldBe("filed");
        shown.GetProperty("help").GetString()!.ShouldContain("7个工作日");
        shown.GetRawText().ShouldNotContain("王");
        var page = await desk.Site.Visitor().Send("/progress", "", ("number", number), ("phoneLast4", "0001"));
        page.Status.ShouldBe(200);
        page.Body.ShouldContain(shown.GetProperty("help").GetString()!);
        foreach (
            var (n, last) in new[]
            {
                (number, "0002"),
                (number, "1"),
                (CaseNumberOf(7), "0001"),
                ("x", "0001"),
                (number, "00010001"),
            }
        )
            await Ask(new { number = n, phoneLast4 = last }).Refused(404, "progress.not-found");
        await Ask(new { number }).Json(400);
        for (var i = 0; i < 20; i++)
            await Ask(new { number, phoneLast4 = "9999" });
        await Ask(new { number, phoneLast4 = "0001" }).Refused(429, "request.too-many");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Progress_opens_no_case_that_is_erased_whatever_is_said_of_its_phone(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var ct = TestContext.Current.CancellationToken;
        var receipt = await desk.Claimant.PostJson(Complaints, desk.Body()).Json(201);
        var number = receipt.GetProperty("number").GetString()!;
        var id = Guid.Parse(receipt.GetProperty("id").GetString()!);
        await App.Complaints.Retention.Erase(desk.Site.Store, id, "age", ct);
        foreach (var last in new[] { "----", "0001", "－－－－", "null" })
            await desk
                .Site.Anyone.PostJson("/api/v1/progress", new { number, phoneLast4 = last })
                .Refused(404, "progress.not-found");
    }

    private static string CaseNumberOf(ulong random) => Rules.Fields.CaseNumber.From(random);
}
