using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// Generated bad input at every JSON door of a case, from one seed: never a 500, never a stack trace, and whatever is
/// taken stays readable.
/// </summary>
public sealed class Fuzz
{
    private const int Seed = 20261121;
    private const int RoundsPerDoor = 15;

    private static readonly string[] Nasty =
    [
        "",
        " ",
        "\u0000",
        "\u202Eabc",
        "👨‍👩‍👧‍👦👍🏽",
        "'; drop table events; --",
        "<script>alert(1)</script>",
        "=cmd|'/c calc'!A1",
        "../../etc/passwd",
        "%00%ff",
        "{{7*7}}",
        "2026-13-45T99:99:99Z",
        "9999-12-31T23:59:59+14:00",
        "-1",
        "1e308",
        "99999999999999999999999999",
        "NaN",
        "\uFFFE\uFFFF",
        "ｱﾞ\u0301\u0301\u0301",
        "00000000-0000-0000-0000-000000000000",
    ];

    private static readonly string[] Fields =
    [
        "text",
        "note",
        "reason",
        "ground",
        "decision",
        "respondent",
        "evidence",
        "missing",
        "attempts",
        "terms",
        "amount",
        "dueBy",
        "expiresAt",
        "satisfaction",
        "resolved",
        "amountRecovered",
        "comment",
        "link",
        "reply",
        "valid",
        "passOn",
        "number",
        "phoneLast4",
        "kind",
        "shop",
        "goodsUrl",
        "orderNo",
        "orderedAt",
        "sector",
        "problem",
        "story",
        "demands",
        "contactedMerchant",
        "contact",
        "filedFor",
        "consents",
        "liabilityAccepted",
        "channel",
    ];

    private static JsonNode? Value(Random random, int depth) =>
        random.Next(depth > 2 ? 6 : 9) switch
        {
            0 => null,
            1 => random.Next(2) == 0,
            2 => random.NextDouble() * Math.Pow(10, random.Next(-5, 30)),
            3 => random.NextInt64(),
            4 => Nasty[random.Next(Nasty.Length)],
            5 => new string(Nasty[4][random.Next(3)] is var c && char.IsSurrogate(c) ? '坏' : c, random.Next(1, 6_000)),
            6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
            7 => Object(random, depth + 1),
            _ => new JsonArray([.. Enumerable.Range(0, 200).Select(_ => (JsonNode?)Guid.Empty.ToString())]),
        };

    private static JsonObject Object(Random random, int depth)
    {
        string[] inner =
        [
            "id",
            "name",
            "url",
            "at",
            "way",
            "answer",
            "phone",
            "email",
            "province",
            "passOn",
            .. Fields,
        ];
        var made = new JsonObject();
        for (var i = random.Next(1, 8); i > 0; i--)
            made[depth == 0 ? Fields[random.Next(Fields.Length)] : inner[random.Next(inner.Length)]] = Value(
                random,
                depth
            );
        return made;
    }

    /// <summary>A body that is right but for one thing: how deep checks are reached.</summary>
    private static JsonObject Nearly(Random random, Desk desk)
    {
        var body = JsonSerializer.SerializeToNode(desk.Body())!.AsObject();
        foreach (
            var (name, value) in new (string, JsonNode?)[]
            {
                ("text", "已为您办理全额退款"),
                ("satisfaction", 5),
                ("reason", "no-agreement"),
                ("ground", "abuse"),
                ("amount", "5"),
                ("dueBy", "2026-11-01"),
            }
        )
            body[name] = value;
        var field = Fields[random.Next(Fields.Length)];
        body[field] = Value(random, 0);
        return body;
    }

    private static string Text(Random random, Desk desk)
    {
        var text = (random.Next(3) == 0 ? Nearly(random, desk) : Object(random, 0)).ToJsonString();
        return random.Next(8) switch
        {
            0 => text[..random.Next(text.Length)],
            1 => text.Insert(random.Next(text.Length), "\\ud800"),
            2 => text.Insert(random.Next(text.Length), "\u0001"),
            3 => new string('[', 500),
            _ => text,
        };
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task No_input_gives_a_500(Db db)
    {
        await using var desk = await Desk.Open(db);
        var random = new Random(Seed);
        HttpClient[] callers =
        [
            desk.Claimant,
            desk.Merchant,
            desk.Mediator,
            desk.Reviewer,
            await desk.Site.As(Role.Admin),
        ];
        var paths = desk
            .Site.Of<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(p => p.StartsWith("/api/v1/complaints", StringComparison.Ordinal) || p == "/api/v1/progress")
            .ToList();
        paths.Count.ShouldBeGreaterThan(25);
        var faults = new List<string>();
        foreach (var path in paths)
        {
            var id = await desk.Delivered();
            for (var round = 0; round < RoundsPerDoor; round++)
            {
                var place = path.Replace("{id}", random.Next(10) == 0 ? Odd(random) : id).Replace("{n}", Odd(random));
                var text = Text(random, desk);
                foreach (var caller in callers.Where(_ => random.Next(2) == 0).Append(desk.Site.Anyone))
                    if (await Fails(caller, place, text) is { } fault)
                        faults.Add(fault);
            }
            // Whatever was taken can be read again by everybody it concerns.
            await desk.Claimant.GetAsync(Desk.At(id)).Json();
            await desk.Mediator.GetAsync(Desk.At(id, "events")).Json();
        }
        faults.ShouldBeEmpty();
        desk.Site.Log.Errors.ShouldBeEmpty();
    }

    private static string Odd(Random random) =>
        Uri.EscapeDataString(Nasty[random.Next(3, Nasty.Length)].Replace("\uFFFE\uFFFF", "x"));

    private static async Task<string?> Fails(HttpClient caller, string path, string text)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new("application/json");
        using var response = await caller.PostAsync(path, content, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var trace = answer.Contains("   at ") || answer.Contains("Exception");
        return (int)response.StatusCode >= 500 || trace
            ? $"{path} {(int)response.StatusCode}: {text} → {answer}"
            : null;
    }

    [Fact]
    public async Task Ten_megabytes_are_413()
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        var id = await desk.Delivered();
        var huge = new string('a', 10 * 1024 * 1024);
        foreach (
            var (who, path) in new[] { (desk.Claimant, "/api/v1/complaints"), (desk.Merchant, Desk.At(id, "reply")) }
        )
        {
            using var content = new StringContent(
                $"{{\"story\":\"{huge}\",\"text\":\"{huge}\"}}",
                Encoding.UTF8,
                "application/json"
            );
            await who.PostAsync(path, content, TestContext.Current.CancellationToken).Refused(413, "request.too-large");
        }
        desk.Site.Log.Errors.ShouldBeEmpty();
    }
}
