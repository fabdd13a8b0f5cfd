using System.Text.Json;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// Every verb's door over real HTTP: a yes with exactly the events it writes and the status it leads to, and a no that
/// writes nothing. A door that is mapped without a row here fails the last test.
/// </summary>
public sealed class EveryDoor
{
    /// <param name="Verb">As in the address behind the id.</param>
    /// <param name="Kind">The one event of the yes, without its prefix.</param>
    /// <param name="Status">Where the yes leads.</param>
    /// <param name="No">A case in which the same call is refused with 409 and this code.</param>
    sealed record Row(
        string Verb,
        Func<Desk, Task<string>> Given,
        Func<Desk, HttpClient> Who,
        Func<Desk, object?> Body,
        string Kind,
        string Status,
        Func<Desk, Task<string>> No,
        string Code
    );

    const string WrongState = "complaint.wrong-state";
    static readonly object Why = new { reason = "理由充分" };
    static readonly Func<Desk, object?> Empty = _ => null;

    static HttpClient Claimant(Desk d) => d.Claimant;

    static HttpClient Merchant(Desk d) => d.Merchant;

    static HttpClient Mediator(Desk d) => d.Mediator;

    static Task<string> Filed(Desk d) => d.Filed();

    static Task<string> Delivered(Desk d) => d.Delivered();

    static Task<string> Replied(Desk d) => d.Replied();

    static Task<string> Settled(Desk d) => d.Settled();

    static Task<string> InMediation(Desk d) => d.InMediation();

    static Task<string> Declined(Desk d) =>
        Desk.Then(d.Filed(), d.Mediator, "decline", new { reason = "not-our-duty" });

    static Task<string> Returned(Desk d) =>
        Desk.Then(d.Filed(), d.Mediator, "return", new { missing = new[] { "order" } });

    static Task<string> Suspended(Desk d) =>
        Desk.Then(d.InMediation(), d.Mediator, "suspend", new { ground = "testing" });

    static Task<string> ReviewAsked(Desk d) => Desk.Then(Declined(d), d.Claimant, "review", Why);

    static Task<string> Excluded(Desk d) =>
        Desk.Then(d.Delivered(), d.Reviewer, "exclude", new { ground = "abuse", reason = "重复滥诉" });

    static Task<string> Acknowledged(Desk d) => Desk.Then(d.Delivered(), d.Merchant, "reply", new { text = "收到" });

    static object Text(Desk d) => new { text = "已为您办理全额退款,3日内原路到账。" };

    static readonly Row[] Rows =
    [
        new("return", Filed, Mediator, _ => new { missing = new[] { "order" }, note = "请补订单号" }, "returned", "returned", Delivered, WrongState),
        new("resubmit", Returned, Claimant, _ => new { text = "订单号 123" }, "resubmitted", "filed", Filed, WrongState),
        new("decline", Filed, Mediator, _ => new { reason = "not-consumption" }, "declined", "declined", Delivered, WrongState),
        new("deliver", Filed, Mediator, Empty, "delivered", "delivered", Delivered, WrongState),
        new("reply", Delivered, Merchant, Text, "replied", "replied", d => d.Contested(), WrongState),
        new("reply", InMediation, Merchant, Text, "replied", "inMediation", Settled, WrongState),
        new("contest", Delivered, Merchant, _ => new { ground = "wrong-company" }, "contested", "contested", Replied, WrongState),
        new("contest/decide", d => d.Contested(), Mediator, _ => new { decision = "reject", reason = "有订单" }, "contestDecided", "delivered", Delivered, WrongState),
        new("contest/decide", d => d.Contested(), Mediator, d => new { decision = "redirect", reason = "转错", respondent = d.OtherShop }, "contestDecided", "delivered", Replied, WrongState),
        new("contest/decide", d => d.Contested(), Mediator, _ => new { decision = "exclude", reason = "查实" }, "contestDecided", "declined", Replied, WrongState),
        new("unreached", Delivered, Mediator, _ => new { attempts = new[] { new { at = "2026-10-12T01:00:00Z", way = "phone" } } }, "unreached", "unreached", Replied, WrongState),
        new("chase", Delivered, Mediator, Empty, "chased", "delivered", Filed, WrongState),
        new("messages", Delivered, Claimant, _ => new { text = "请尽快" }, "messageSent", "delivered", Filed, WrongState),
        new("messages", Settled, Merchant, _ => new { text = "今天打款" }, "messageSent", "settled", d => Desk.Then(d.Settled(), d.Claimant, "performed"), WrongState),
        new("not-solved", Replied, Claimant, Empty, "notSolved", "inMediation", Delivered, "complaint.not-solved-too-early"),
        new("performed", Settled, Claimant, Empty, "performed", "closed", Replied, WrongState),
        new("not-performed", Settled, Claimant, Empty, "notPerformed", "inMediation", Replied, WrongState),
        new("review", Declined, Claimant, _ => Why, "reviewAsked", "declined", ReviewAsked, "complaint.review-once"),
        new("review/decide", ReviewAsked, d => d.SecondMediator, _ => new { decision = "reopen", reason = "有新材料" }, "reviewDecided", "filed", Declined, "complaint.no-review"),
        new("offers", Delivered, Merchant, d => d.Offer(), "offerMade", "replied", Settled, WrongState),
        new("offers", Replied, Mediator, d => d.Offer(), "offerMade", "replied", Filed, WrongState),
        new("offers/1/accept", d => d.Offered(), Claimant, Empty, "offerAccepted", "settled", d => Desk.Then(d.Offered(), d.Claimant, "offers/1/reject"), "offer.closed"),
        new("offers/1/reject", d => d.Offered(), Claimant, Empty, "offerRejected", "replied", d => Desk.Then(d.Delivered(), d.Claimant, "offers", d.Offer()), "offer.own"),
        new("mediate", Delivered, Mediator, Empty, "mediationBegan", "inMediation", Filed, WrongState),
        new("suspend", InMediation, Mediator, _ => new { ground = "appraisal" }, "suspended", "inMediation", Suspended, "complaint.suspended"),
        new("resume", Suspended, Mediator, Empty, "resumed", "inMediation", InMediation, "complaint.not-suspended"),
        new("terminate", InMediation, Mediator, _ => new { reason = "no-agreement" }, "terminated", "terminated", Filed, WrongState),
        new("withdraw", Filed, Claimant, Empty, "withdrawn", "withdrawn", Settled, WrongState),
        new("close", Replied, Mediator, Empty, "closed", "closed", Filed, WrongState),
        new("score", Delivered, Claimant, _ => new { satisfaction = 7, resolved = "partly", amountRecovered = "50" }, "scored", "delivered", Filed, "complaint.never-delivered"),
        new("exclude", Delivered, d => d.Reviewer, _ => new { ground = "abuse", reason = "重复滥诉" }, "excluded", "delivered", Excluded, "complaint.already-excluded"),
        new("include", Excluded, d => d.Reviewer, Empty, "included", "delivered", Delivered, "complaint.not-excluded"),
        new("validity", Acknowledged, Mediator, _ => new { reply = 3, valid = true, reason = "附有退款凭证" }, "validityDecided", "replied", Delivered, "complaint.no-such-reply"),
        new("consents", Filed, Claimant, _ => new { passOn = true, publish = true }, "consentsChanged", "filed", Declined, WrongState),
    ];

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_yes_writes_exactly_its_event(Db db)
    {
        await using var desk = await Desk.Open(db);
        foreach (var row in Rows)
        {
            var id = await row.Given(desk);
            var shown = await desk.Site.Appends(
                [$"complaint.{row.Kind}"],
                () => row.Who(desk).PostJson(Desk.At(id, row.Verb), row.Body(desk)).Json()
            );
            shown.GetProperty("status").GetString().ShouldBe(row.Status, row.Verb);
            shown.GetProperty("id").GetString().ShouldBe(id);
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_no_says_why_and_writes_nothing(Db db)
    {
        await using var desk = await Desk.Open(db);
        foreach (var row in Rows)
        {
            var id = await row.No(desk);
            var problem = await desk.Site.Appends(
                [],
                () => row.Who(desk).PostJson(Desk.At(id, row.Verb), row.Body(desk)).Json(409)
            );
            problem.GetProperty("code").GetString().ShouldBe(row.Code, row.Verb);
        }
    }

    /// <summary>Bodies whose fields are wrong, and the field that is named.</summary>
    static readonly (string Verb, object Body, string Field)[] WrongBodies =
    [
        ("return", new { missing = Array.Empty<string>() }, "missing"),
        ("decline", new { reason = "because" }, "reason"),
        ("reply", new { text = " " }, "text"),
        ("reply", new { text = new string('长', 5_001) }, "text"),
        ("reply", new { text = 5 }, "text"),
        ("contest", new { ground = "NotOurOrder" }, "ground"),
        ("contest/decide", new { decision = "reject" }, "reason"),
        ("contest/decide", new { decision = "redirect", reason = "转错", respondent = Guid.Empty }, "respondent"),
        ("unreached", new { attempts = new[] { new { at = "2027-01-01", way = "phone" } } }, "attempts[0].at"),
        ("messages", new { }, "text"),
        ("offers", new { terms = "好", dueBy = "2026-11-01" }, "terms"),
        ("offers", new { amount = "10.001", terms = "退", dueBy = "2026-11-01" }, "amount"),
        ("offers", new { amount = "10" }, "dueBy"),
        ("offers", new { amount = "10", dueBy = "2026-10-01" }, "dueBy"),
        ("suspend", new { }, "ground"),
        ("terminate", new { }, "reason"),
        ("review", new { }, "reason"),
        ("review/decide", new { decision = "maybe", reason = "理由" }, "decision"),
        ("score", new { satisfaction = 11 }, "satisfaction"),
        ("score", new { satisfaction = 7.5 }, "satisfaction"),
        ("score", new { satisfaction = 7, resolved = "perhaps" }, "resolved"),
        ("score", new { resolved = "yes" }, "satisfaction"),
        ("exclude", new { ground = "dislike", reason = "理由" }, "ground"),
        ("validity", new { reply = 3 }, "valid"),
        ("messages", new { text = "看图", evidence = new[] { Guid.Empty } }, "evidence"),
    ];

    [Fact]
    public async Task Wrong_fields_come_before_the_wrong_state_and_write_nothing()
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        var id = await desk.Delivered();
        foreach (var (verb, body, field) in WrongBodies)
        {
            var who = Rows.First(r => r.Verb == verb).Who(desk);
            var problem = await desk.Site.Appends([], () => who.PostJson(Desk.At(id, verb), body).Json(400));
            var fields = problem.GetProperty("errors").EnumerateObject().Select(e => e.Name);
            fields.ShouldContain(field, $"{verb} {JsonSerializer.Serialize(body)}");
        }
    }

    [Fact]
    public async Task Every_mapped_verb_has_a_row()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var mapped = site.Of<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => path.StartsWith("/api/v1/complaints/{id}/", StringComparison.Ordinal))
            .Select(path => path["/api/v1/complaints/{id}/".Length..].Replace("{n}", "1"))
            .Distinct()
            .Order();
        mapped.ShouldBe(Rows.Select(r => r.Verb).Distinct().Order());
    }
}
