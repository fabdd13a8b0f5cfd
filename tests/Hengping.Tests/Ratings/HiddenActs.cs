using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>What is not a merchant's to know changes no byte of all that it, or anybody, can fetch that day.</summary>
public sealed partial class HiddenActs
{
    private const int ScoredCases = 6;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Cases of one shop, by what is done to them behind its back.</summary>
    private sealed record Behind(string Scored, string Unscored, string Open, string Held, string Late);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Change_no_byte_of_what_a_merchant_and_a_visitor_can_fetch_on_that_day(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var cases = await Cases(desk);
        site.Clock.Turn(TimeSpan.FromDays(7));
        (string, HttpClient)[] readers =
        [
            ("visitor", site.Visitor()),
            ("merchant", desk.Merchant),
            ("browser", await site.Browsing(desk.Merchant)),
        ];
        var paths = await Paths(desk, cases);
        var before = await Walk(site, readers, paths);
        before.Count(page => page.Value.StartsWith("200", StringComparison.Ordinal)).ShouldBeGreaterThan(80);
        before["visitor /api/v1/ratings/2026-10"].ShouldContain("\"scored\":6", customMessage: "scores are shown");
        Differing(before, await Walk(site, readers, paths)).ShouldBeEmpty("without any act");

        var wrote = await site.Head();
        await Act(desk, cases);
        (await site.KindsSince(wrote)).ShouldBe(
            [
                "complaint.scored",
                "complaint.scored",
                "complaint.consentsChanged",
                "complaint.holdLifted",
                "complaint.holdPlaced",
                "complaint.holdLifted",
                "complaint.scored",
            ]
        );
        Differing(before, await Walk(site, readers, paths)).ShouldBeEmpty("after acts that are hidden");

        // What is the merchant's to know does change something.
        await desk.Claimant.PostJson(Desk.At(cases.Open, "messages"), new { text = "请问什么时候处理？" }).Json();
        Differing(before, await Walk(site, readers, paths)).ShouldNotBeEmpty();
    }

    private static async Task<Behind> Cases(Desk desk)
    {
        var ids = new List<string>();
        for (var n = 0; n < ScoredCases; n++)
        {
            ids.Add(await desk.Replied());
            await Score(desk, ids[^1], n + 3, "partly");
        }
        var held = await Desk.Then(
            desk.Replied(),
            desk.Reviewer,
            "hold",
            new { ground = "litigation", reason = "法院调取材料" }
        );
        return new Behind(ids[0], await desk.Replied(), await desk.Delivered(), held, await desk.InMediation());
    }

    private static async Task Act(Desk desk, Behind cases)
    {
        await Score(desk, cases.Unscored, 10, "yes");
        await Score(desk, cases.Scored, 0, "no");
        await desk.Claimant.PostJson(Desk.At(cases.Open, "consents"), new { passOn = true, publish = true }).Json();
        await desk.Reviewer.PostJson(Desk.At(cases.Held, "hold/lift"), new { reason = "已结束" }).Json();
        object hold = new { ground = "litigation", reason = "法院调取材料" };
        await desk.Reviewer.PostJson(Desk.At(cases.Late, "hold"), hold).Json();
        await desk.Reviewer.PostJson(Desk.At(cases.Late, "hold/lift"), new { reason = "已结束" }).Json();
        await Score(desk, cases.Late, 1, "no");
        // Staff that opens a case leaves a note that only the claimant reads.
        await desk.Mediator.GetAsync(Desk.At(cases.Open), Ct).Json();
    }

    private static Task Score(Desk desk, string id, int satisfaction, string resolved) =>
        desk.Claimant.PostJson(Desk.At(id, "score"), new { satisfaction, resolved }).Json();

    /// <summary>Every door and page that answers a GET, for each of the cases and the shop, sorted in every way.</summary>
    private static async Task<IReadOnlyList<string>> Paths(Desk desk, Behind cases)
    {
        string[] ids = [cases.Scored, cases.Unscored, cases.Open, cases.Held, cases.Late, $"{desk.Shop:D}"];
        var numbers = new List<string>();
        foreach (var id in ids[..^1])
        {
            var seen = await desk.Merchant.GetAsync(Desk.At(id), Ct).Json();
            numbers.Add(seen.GetProperty("number").GetString()!);
        }
        var values = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["id"] = ids,
            ["number"] = [.. numbers],
            ["period"] = ["2026-10", "2026-09", "2026Q4", "ytd", "all"],
            ["code"] = ["404"],
            ["paper"] = ["privacy"],
        };
        var routes = desk
            .Site.Of<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Distinct();
        string[] asked =
        [
            .. new[] { "filed", "-filed", "due", "priority" }.Select(sort => $"/api/v1/complaints?sort={sort}"),
            .. new[] { "due", "soon", "newest", "new" }.Select(order => $"/merchant?order={order}"),
            "/merchant/numbers?period=2026-10",
            "/merchant/numbers?period=2026-10&handler=Csv",
            "/ratings?period=2026-10",
            "/ratings?period=all",
            $"/ratings/compare?merchants={desk.Shop:D}&merchants={desk.OtherShop:D}",
            $"/api/v1/merchants/{desk.Shop:D}/expect?problem=refund",
            "/search?q=云上",
        ];
        return [.. routes.SelectMany(Filled).Concat(asked).Distinct()];

        IEnumerable<string> Filled(string route)
        {
            if (Parameter().Match(route) is not { Success: true } found)
                return [route];
            var known = values.GetValueOrDefault(found.Groups["name"].Value, ["x"]);
            return known.SelectMany(value => Filled(route.Replace(found.Value, value, StringComparison.Ordinal)));
        }
    }

    private static async Task<Dictionary<string, string>> Walk(
        Site site,
        IEnumerable<(string Name, HttpClient Client)> readers,
        IReadOnlyList<string> paths
    )
    {
        await Listening.CatchUp(site.Store, App.Listeners.All(site.Store, ""), Ct);
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, client) in readers)
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(path, Ct);
            var headers = answer
                .Headers.Concat(answer.Content.Headers)
                .Where(h => h.Key is "ETag" or "Last-Modified" or "Location" or "Link" or "Content-Type")
                .Select(h => $"{h.Key}: {string.Join(',', h.Value)}");
            var body = await answer.Content.ReadAsStringAsync(Ct);
            pages[$"{name} {path}"] =
                $"{(int)answer.StatusCode} {string.Join(' ', headers)}\n{OfOneAnswer().Replace(body, "")}";
        }
        return pages;
    }

    private static List<string> Differing(Dictionary<string, string> before, Dictionary<string, string> after) =>
        [.. before.Where(page => after[page.Key] != page.Value).Select(page => Where(page.Key, page.Value, after[page.Key]))];

    private static string Where(string name, string before, string after)
    {
        var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{name}: {Around(before, at)} → {Around(after, at)}";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)];

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}")]
    private static partial Regex Parameter();

    /// <summary>Tokens of forms and traces of requests, which differ from answer to answer.</summary>
    [GeneratedRegex(@"CfDJ8[\w-]*|nonce=""[^""]*""|""traceId"":""[^""]*""")]
    private static partial Regex OfOneAnswer();
}
