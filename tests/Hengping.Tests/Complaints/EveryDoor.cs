using System.Text.Json;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// Every verb's door over real HTTP: a yes with exactly the events it writes and the status it leads to, and a no that
/// writes nothing. A door that is mapped without a row here fails the last test.
/// </summary>
public sealed partial class EveryDoor(Sites sites) : IClassFixture<Sites>
{
    public static MatrixTheoryData<Db, string> EachDoor() => new(Enum.GetValues<Db>(), Named(Rows, r => r.Verb).Keys);

    private static Row Of(string door) => Named(Rows, r => r.Verb)[door];

    [Theory, MemberData(nameof(EachDoor))]
    public async Task A_yes_writes_exactly_its_event(Db db, string door)
    {
        var desk = await sites.DeskOn(db);
        var row = Of(door);
        var id = await row.Given(desk);
        var shown = await desk.Site.Appends(
            [$"complaint.{row.Kind}"],
            () => row.Who(desk).PostJson(Desk.At(id, row.Verb), row.Body(desk)).Json()
        );
        shown.GetProperty("status").GetString().ShouldBe(row.Status);
        shown.GetProperty("id").GetString().ShouldBe(id);
    }

    [Theory, MemberData(nameof(EachDoor))]
    public async Task A_no_says_why_and_writes_nothing(Db db, string door)
    {
        var desk = await sites.DeskOn(db);
        var row = Of(door);
        var id = await row.No(desk);
        var problem = await desk.Site.Appends(
            [],
            () => row.Who(desk).PostJson(Desk.At(id, row.Verb), row.Body(desk)).Json(409)
        );
        problem.GetProperty("code").GetString().ShouldBe(row.Code);
    }

    /// <summary>Bodies whose fields are wrong, and the field that is named.</summary>
    private static readonly (string Verb, object Body, string Field)[] WrongBodies =
    [
        ("return", new { missing = Array.Empty<string>() }, "missing"),
        ("decline", new { reason = "because" }, "reason"),
        ("decline", new { reason = "not-consumption", factors = new object?[] { null } }, "factors"),
        ("return", new { missing = new string?[] { "order", null } }, "missing"),
        ("unreached", new { attempts = new object?[] { null } }, "attempts"),
        ("reply", new { text = " " }, "text"),
        ("reply", new { text = new string('长', 5_001) }, "text"),
        ("reply", new { text = 5 }, "text"),
        ("contest", new { ground = "NotOurOrder" }, "ground"),
        ("contest/decide", new { decision = "reject" }, "reason"),
        (
            "contest/decide",
            new
            {
                decision = "redirect",
                reason = "转错",
                respondent = Guid.Empty,
            },
            "respondent"
        ),
        ("unreached", new { attempts = new[] { new { at = "2027-01-01", way = "phone" } } }, "attempts[0].at"),
        ("messages", new { }, "text"),
        ("offers", new { terms = "好", dueBy = "2026-11-01" }, "terms"),
        (
            "offers",
            new
            {
                amount = "10.001",
                terms = "退",
                dueBy = "2026-11-01",
            },
            "amount"
        ),
        ("offers", new { amount = "10" }, "dueBy"),
        ("offers", new { amount = "10", dueBy = "2026-10-01" }, "dueBy"),
        ("suspend", new { }, "ground"),
        ("terminate", new { }, "reason"),
        ("told", new { party = "respondent" }, "way"),
        ("review", new { }, "reason"),
        ("review/decide", new { decision = "maybe", reason = "理由" }, "decision"),
        ("score", new { satisfaction = 11 }, "satisfaction"),
        ("score", new { satisfaction = 7.5 }, "satisfaction"),
        ("score", new { satisfaction = 7, resolved = "perhaps" }, "resolved"),
        ("score", new { resolved = "yes" }, "satisfaction"),
        ("exclude", new { ground = "dislike", reason = "理由" }, "ground"),
        ("include", new { reason = " " }, "reason"),
        ("validity", new { reply = 3 }, "valid"),
        ("validity/contest", new { reason = "不同意" }, "reply"),
        ("hold", new { ground = "litigation" }, "reason"),
        ("hold", new { ground = "because", reason = "理由" }, "ground"),
        ("hold/lift", new { }, "reason"),
        ("messages", new { text = "看图", evidence = new[] { Guid.Empty } }, "evidence"),
    ];

    private static Dictionary<string, (string Verb, object Body, string Field)> Wrongs =>
        Named(WrongBodies, wrong => $"{wrong.Verb} {wrong.Field}");

    public static TheoryData<string> EachWrong() => [.. Wrongs.Keys];

    [Theory, MemberData(nameof(EachWrong))]
    public async Task Wrong_fields_come_before_the_wrong_state_and_write_nothing(string wrong)
    {
        var desk = await sites.DeskOn(Db.Sqlite);
        var id = await desk.Delivered();
        var (verb, body, field) = Wrongs[wrong];
        var who = Of(verb).Who(desk);
        var problem = await desk.Site.Appends([], () => who.PostJson(Desk.At(id, verb), body).Json(400));
        var fields = problem.GetProperty("errors").EnumerateObject().Select(e => e.Name);
        fields.ShouldContain(field, JsonSerializer.Serialize(body));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Of_many_at_once_one_wins_and_the_others_hear_409(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var id = await desk.Filed();
        var delivered = await desk.Site.Appends(
            ["complaint.delivered"],
            () => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.Mediator.PostJson(Desk.At(id, "deliver"))))
        );
        delivered.Select(r => (int)r.StatusCode).Order().ShouldBe([200, .. Enumerable.Repeat(409, 7)]);
        var order = desk.Body("orderNo", "DD-2026-0009");
        var filed = await desk.Site.Appends(
            ["complaint.filed"],
            () => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.Claimant.PostJson("/api/v1/complaints", order)))
        );
        filed.Select(r => (int)r.StatusCode).Order().ShouldBe([201, .. Enumerable.Repeat(409, 7)]);
        var named = desk.Body("respondent", new { name = "同时被投诉的新店" });
        var added = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => desk.Claimant.PostJson("/api/v1/complaints", named))
        );
        added.ShouldAllBe(r => (int)r.StatusCode == 201);
    }

    [Fact]
    public async Task Every_mapped_verb_has_a_row()
    {
        var site = await sites.On(Db.Sqlite);
        var mapped = site.Of<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => path.StartsWith("/api/v1/complaints/{id}/", StringComparison.Ordinal))
            .Select(path => path["/api/v1/complaints/{id}/".Length..].Replace("{n}", "1"))
            // A link is no event of its case: it has a book of its own, and its doors their tests (AnswerLinkDoors).
            .Where(verb => verb is not ("link" or "link/revoke"))
            .Distinct()
            .Order();
        mapped.ShouldBe(Rows.Select(r => r.Verb).Distinct().Order());
    }
}
