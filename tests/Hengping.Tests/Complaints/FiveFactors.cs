using System.Text.Json;
using Hengping.App.Desk;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>令121 art. 17: "not for daily consumption" stands on factors, each with what shows it.</summary>
public sealed class FiveFactors(Sites sites) : IClassFixture<Sites>
{
    private const string Shows = "三个月内购买同款 400 罐，保质期十二个月。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static object Declined(params object[] factors) =>
        new
        {
            reason = "not-consumption",
            note = "经核实",
            factors,
        };

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Without_a_factor_and_what_shows_it_nothing_is_declined_and_the_claimant_reads_the_sheet(Db db)
    {
        var desk = await sites.DeskOn(db);
        var paper = await Paper(desk.Claimant, "claimant");
        var others = await Paper(desk.Stranger, "stranger");
        var id = await desk.Filed(desk.Body("evidence", new[] { paper }));
        var at = Desk.At(id, "decline");
        foreach (
            var (body, field) in new (object, string)[]
            {
                (new { reason = "not-consumption", note = "经核实" }, "factors"),
                (Declined(new { factor = "quantity" }), "factors[0].words"),
                (Declined(new { factor = "quantity", words = "多" }), "factors[0].words"),
                (Declined(new { factor = "greed", words = Shows }), "factors[0].factor"),
                (Declined(new { factor = "1", words = Shows }), "factors[0].factor"),
                (Declined(new { factor = "mass", evidence = new[] { others } }), "factors[0].evidence"),
                (Declined(new { factor = "other", evidence = new[] { paper } }), "factors[0].words"),
                (
                    Declined(new { factor = "mass", words = Shows }, new { factor = "mass", words = Shows }),
                    "factors[1].factor"
                ),
            }
        )
        {
            var no = await desk.Site.Appends([], () => desk.Mediator.PostJson(at, body).Json(400));
            no.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([field]);
        }
        var sheet = Declined(
            new { factor = "quantity", words = Shows },
            new { factor = "sharedContact", evidence = new[] { paper } }
        );
        await desk.Site.Appends(["complaint.declined"], () => desk.Mediator.PostJson(at, sheet).Json());
        var read = await Last(desk.Claimant, id);
        read.GetProperty("evidence")[0].GetGuid().ShouldBe(paper);
        var said = read.GetProperty("text").GetString()!;
        said.ShouldContain("经核实");
        said.ShouldContain(Shows);
        said.ShouldContain("多人使用同一手机号");
        said.ShouldNotContain("调解员甲");
        read.GetProperty("facts").GetProperty("factors").GetArrayLength().ShouldBe(2);
        var number = (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        var page = await (await desk.Site.Browsing(desk.Claimant)).GetStringAsync($"/cases/{number}", Ct);
        page.ShouldContain("令121第17条");
        page.ShouldContain(Shows);
        // What another reason needs is not asked, and what is sent with it is not kept.
        var plain = await desk.Filed();
        await desk.Mediator.PostJson(Desk.At(plain, "decline"), new { reason = "not-our-duty" }).Json();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_decision_that_waits_takes_the_sheet_along_and_the_pages_send_it(Db db)
    {
        await using var desk = await Desk.Open(db);
        var (first, second) = (await desk.Filed(), await desk.Filed(desk.Body("orderNo", "B")));
        const string Decisions = "/api/v1/desk/decisions";
        object Held(params object[] factors) =>
            new
            {
                complaints = new[] { first },
                verb = "decline",
                reason = "not-consumption",
                factors,
            };
        await desk.Site.Appends([], () => desk.Mediator.PostJson(Decisions, Held()).Refusal(400, "request.invalid"));
        await desk.Mediator.PostJson(Decisions, Held(new { factor = "mass", words = Shows })).Json();
        var number = (await desk.Mediator.GetAsync(Desk.At(second)).Json()).GetProperty("number").GetString();
        var staff = await desk.Site.Browsing(desk.Mediator);
        // That the queue was looked at is noted now, and not beside what is decided there.
        await staff.GetStringAsync("/desk", Ct);
        (string, string?)[] form = [("pick", number), ("verb", "decline"), ("reason", "not-consumption")];
        var no = await desk.Site.Appends([], () => staff.Send("/desk", "Decide", form));
        no.Body.ShouldContain("判断因素");
        (string, string?)[] ticked = [("factor", "noPurchase"), ("words.noPurchase", "订单号在平台查无此单。")];
        await desk.Site.Appends(["decision.held"], () => staff.Send("/desk", "Decide", [.. form, .. ticked]));
        desk.Site.Clock.Turn(TimeSpan.FromSeconds(11));
        await desk.Site.Of<SendDecisions>().RunDue(Ct);
        (await Last(desk.Claimant, first)).GetProperty("text").GetString()!.ShouldContain(Shows);
        (await Last(desk.Claimant, second)).GetProperty("text").GetString()!.ShouldContain("查无此单");

        var third = await desk.Filed(desk.Body("orderNo", "C"));
        var room = (await desk.Mediator.GetAsync(Desk.At(third)).Json()).GetProperty("number").GetString();
        (string, string?)[] alone = [("reason", "not-consumption"), .. ticked];
        await desk.Site.Appends(["decision.held"], () => staff.Send($"/cases/{room}", "Decline", alone));
        desk.Site.Clock.Turn(TimeSpan.FromSeconds(11));
        await desk.Site.Of<SendDecisions>().RunDue(Ct);
        (await Last(desk.Claimant, third)).GetProperty("text").GetString()!.ShouldContain("查无此单");
    }

    private static async Task<JsonElement> Last(HttpClient who, string id)
    {
        var story = await who.GetAsync(Desk.At(id, "events")).Json();
        return story.GetProperty("items").EnumerateArray().Last();
    }

    private static async Task<Guid> Paper(HttpClient who, string says)
    {
        byte[] bytes = [.. "%PDF-1.7 "u8, .. System.Text.Encoding.UTF8.GetBytes(says + Sites.OwnPhone())];
        return (await who.Upload(bytes, "a.pdf", "application/pdf").Json(201)).GetProperty("id").GetGuid();
    }
}
