using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>
/// Bad input never gives a 500 or a stack trace: every JSON door, malformed and wrong bodies made from one seed, on
/// both engines (they dislike different things: PostgreSQL a NUL in a text, SQLite a number that is too large).
/// <c>HENGPING_FUZZ=100000</c> requests an engine by hand, and <c>HENGPING_SEED</c> others than those of each run.
/// </summary>
public sealed class FuzzTests(Sites sites) : IClassFixture<Sites>
{
    private static readonly string[] Malformed =
    [
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "12e999",
        "{\"a\":}",
        "{\"story\":\"\\ud800\"}",
        "{\"story\":\"\\u0000\"}",
        "\uFEFF{}",
        new string('[', 2_000),
        "{\"respondent\":" + string.Concat(Enumerable.Repeat("{\"id\":", 100)) + "1" + new string('}', 100) + "}",
    ];

    private static readonly JsonNode?[] Junk =
    [
        null,
        "",
        " ",
        "\u0000",
        "🙂👩‍👩‍👧‍👦\u202Eabc\u0007",
        "' or 1=1 --",
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "2026-02-30T25:61:00Z",
        "0000-00-00",
        -1,
        0,
        1e308,
        long.MaxValue,
        "99999999999999999999999999999999",
        "NaN",
        true,
        new JsonArray(),
        new JsonObject(),
        new string('长', 70_000),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task No_door_breaks_on_bad_input(Db engine)
    {
        var site = await sites.On(engine);
        var merchant = await site.Merchant(Sites.OwnName("晴川数码"));
        var claimant = await site.As(Role.Claimant, phone: "13900000001");
        var filing = JsonNode
            .Parse(System.Text.Json.JsonSerializer.Serialize(Body(merchant), Cli.JsonFormat))!
            .AsObject();
        var filed = await claimant.PostJson("/api/v1/complaints", filing).Json(201);
        var id = filed.GetProperty("id").GetGuid();
        HttpClient[] callers =
        [
            claimant,
            await site.As(Role.Mediator),
            await site.As(Role.Merchant, merchant),
            await site.As(Role.Reviewer),
            site.Anyone,
        ];
        var random = new Random(FuzzPages.OfEnvironment("HENGPING_SEED", 20261012));
        var faults = new List<string>();
        var doors = PostDoors(site, id).ToList();
        var rounds = FuzzPages.OfEnvironment("HENGPING_FUZZ", 0) / (doors.Count * callers.Length);
        for (var round = 0; round < Math.Max(rounds, 5); round++)
            foreach (var path in doors)
            foreach (var caller in callers)
                await Try(faults, caller, path, NextBody(random, filing));
        foreach (var caller in callers)
        foreach (var query in Queries)
            await Try(faults, caller, query, body: null);
        faults.ShouldBeEmpty();
        site.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_too_large_and_says_so()
    {
        var site = await sites.On(Db.Sqlite);
        var claimant = await site.As(Role.Claimant);
        var body = new StringContent(
            "{\"story\":\"" + new string('a', 10 * 1024 * 1024) + "\"}",
            Encoding.UTF8,
            "application/json"
        );
        try
        {
            using var response = await claimant.PostAsync("/api/v1/complaints", body, Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        }
        catch (HttpRequestException closed) when (closed.InnerException is IOException)
        {
            // The server may hang up on somebody who keeps sending: it still serves the next one.
        }
        (await site.Anyone.GetAsync("/healthz", Ct)).EnsureSuccessStatusCode();
        site.Log.Errors.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_NUL_is_refused_where_it_comes_in_and_wakes_nobody(Db engine)
    {
        var site = await sites.On(engine);
        foreach (var path in new[] { "/search?q=%00", "/ratings?sector=%00", "/cases/%00", "/desk?q=a%00b" })
            (await site.Anyone.GetAsync(path, Ct)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
        await site.Anyone.GetAsync("/api/v1/merchants?q=%00", Ct).Refused(400, "request.control-character");
        await site
            .Anyone.PostJson("/api/v1/progress", new { number = "a\0b", phoneLast4 = "1234" })
            .Refused(400, "request.invalid");
        var form = await site.Anyone.GetStringAsync("/progress", Ct);
        var token = Regex.Match(form, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        var fields = new Dictionary<string, string>
        {
            ["number"] = "a\0b",
            ["phoneLast4"] = "1234",
            ["__RequestVerificationToken"] = token,
        };
        var answer = await site.Anyone.PostAsync("/progress", new FormUrlEncodedContent(fields), Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await site.Anyone.GetAsync("/error/7", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        site.Log.Errors.ShouldBeEmpty();
    }

    private static readonly string[] Queries =
    [
        "/api/v1/complaints?size=-1",
        "/api/v1/complaints?size=999999999999",
        "/api/v1/complaints?cursor=%00%ff",
        "/api/v1/complaints?cursor=AAAA",
        "/api/v1/complaints?status=nothing&from=yesterday&to=2026-02-30",
        "/api/v1/complaints?q=%F0%9F%99%82%00%27%22*&sort=drop",
        "/api/v1/complaints/not-a-guid",
        "/api/v1/merchants?q=%00",
        "/api/v1/merchants?q=%25%27%22*",
        "/api/v1/merchants/00000000-0000-0000-0000-000000000000/ratings",
        "/api/v1/ratings/2026-13",
        "/api/v1/ratings/9999999-01?side=neither&policy=none",
        "/api/v1/ratings/0000?sector=%00",
        "/api/v1/open/complaints?size=abc",
    ];

    private static object Body(Guid merchant) => Filing.To(merchant, "F1", "耳机右耳没有声音,联系客服三次都没有结果。");

    private static IEnumerable<string> PostDoors(Site site, Guid id) =>
        site.Of<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(route => "/" + route.RoutePattern.RawText?.TrimStart('/'))
            .Where(path => path.StartsWith("/api/v1/", StringComparison.Ordinal))
            .Select(path => path.Replace("{id:guid}", $"{id:D}").Replace("{id}", $"{id:D}"))
            .Select(path => path.Replace("{n:int}", "1").Replace("{n}", "1"))
            .Distinct();

    private static string NextBody(Random random, JsonObject filing)
    {
        if (random.Next(4) == 0)
            return Malformed[random.Next(Malformed.Length)];
        var body = filing.DeepClone().AsObject();
        string[] more =
        [
            "text",
            "reason",
            "terms",
            "dueBy",
            "expiresAt",
            "satisfaction",
            "resolved",
            "ground",
            "missing",
        ];
        string[] fields = [.. body.Select(field => field.Key), .. more, "attempts", "decision", "note", "number"];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
            body[fields[random.Next(fields.Length)]] = Junk[random.Next(Junk.Length)]?.DeepClone();
        return body.ToJsonString();
    }

    private static async Task Try(List<string> faults, HttpClient caller, string path, string? body)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await caller.SendAsync(request, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        var shown = body is { Length: > 200 } ? body[..200] : body;
        if ((int)response.StatusCode >= 500 || text.Contains("   at ", StringComparison.Ordinal))
            faults.Add($"{path} {shown}: {(int)response.StatusCode} {text}");
        else if (
            (int)response.StatusCode >= 400
            && response.Content.Headers.ContentType?.MediaType != "application/problem+json"
        )
            faults.Add($"{path} {shown}: {(int)response.StatusCode} is no problem document");
    }
}
