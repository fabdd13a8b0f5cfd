using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.App.Workbench;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Operators;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>What is not a merchant's to know changes no byte of all that it, or anybody, can fetch that day.</summary>
public sealed partial class HiddenActs
{
    private const int ScoredCases = 6;

    private static readonly object Hold = new { ground = "litigation", reason = "法院调取材料" };
    private static readonly object Lift = new { reason = "已结束" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A case with whoever filed it.</summary>
    private sealed record Progress(string Number, string PhoneLast4);

    private sealed record Lived(string Id, HttpClient Claimant);

    /// <summary>Cases of one shop, by what is done to them behind its back.</summary>
    private sealed record Behind(Lived Scored, Lived Unscored, Lived Open, Lived Held, Lived Mediated, Lived Ended)
    {
        public IEnumerable<Lived> All => [Scored, Unscored, Open, Held, Mediated, Ended];
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Change_no_byte_of_what_a_merchant_and_a_visitor_can_fetch_on_that_day(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var cases = await Cases(desk);
        var admin = await site.As(Role.Admin, name: "周主任");
        // Whoever operates the house is known before: the front page of one that is not set up says so.
        (string, string?)[] house = [.. SetupTests.Answers("").Select(answer => (answer.Key, (string?)answer.Value))];
        (await (await site.Browsing(admin)).Send("/admin/operator", "", house)).Location.ShouldBe(
            "/admin/operator?did=saved"
        );
        site.Clock.Turn(TimeSpan.FromDays(7));
        (string, HttpClient)[] readers =
        [
            ("visitor", site.Visitor()),
            ("merchant", desk.Merchant),
            ("browser", await site.Browsing(desk.Merchant)),
        ];
        var paths = await Paths(desk, cases);
        // Whoever has a case number and four digits, its merchant too, reads with a POST.
        Progress[] progress = [await ProgressOf(desk, cases.Ended), await ProgressOf(desk, cases.Mediated)];
        var before = await Walk(site, readers, paths, progress);
        before.Count(page => page.Value.StartsWith("200", StringComparison.Ordinal)).ShouldBeGreaterThan(80);
        before["visitor /api/v1/ratings/2026-10"]
            .ShouldContain($"\"scored\":{ScoredCases}", customMessage: "what is hidden is not so for want of numbers");
        before.Keys.Count(key => key.StartsWith("progress", StringComparison.Ordinal)).ShouldBe(2);
        Differing(before, await Walk(site, readers, paths, progress)).ShouldBeEmpty("without any act");

        foreach (var (kind, act) in Acts(desk, cases, await site.Browsing(admin)))
        {
            await site.Appends([kind], act);
            Differing(before, await Walk(site, readers, paths, progress)).ShouldBeEmpty($"after {kind}");
        }

        // What is the merchant's to know does change something.
        await cases.Open.Claimant.PostJson(Desk.At(cases.Open.Id, "messages"), new { text = "请问何时处理？" }).Json();
        Differing(before, await Walk(site, readers, paths, progress)).ShouldNotBeEmpty();
    }

    /// <summary>Each with the event it leaves.</summary>
    private static IEnumerable<(string Kind, Func<Task<bool>> Do)> Acts(Desk desk, Behind cases, HttpClient admin)
    {
        yield return ("complaint.scored", By(cases.Unscored.Claimant, cases.Unscored, "score", Score(10, "yes")));
        yield return ("complaint.scored", By(cases.Scored.Claimant, cases.Scored, "score", Score(0, "no")));
        var consents = new
        {
            passOn = true,
            publish = true,
            call = false,
        };
        yield return ("complaint.consentsChanged", By(cases.Open.Claimant, cases.Open, "consents", consents));
        yield return ("complaint.holdLifted", By(desk.Reviewer, cases.Held, "hold/lift", Lift));
        yield return ("complaint.holdPlaced", By(desk.Reviewer, cases.Mediated, "hold", Hold));
        var why = new { reason = "有新的材料要交" };
        yield return ("complaint.reviewAsked", By(cases.Ended.Claimant, cases.Ended, "review", why));
        var upheld = new { decision = "uphold", reason = "材料已经审过" };
        yield return ("complaint.reviewDecided", By(desk.SecondMediator, cases.Ended, "review/decide", upheld));
        // Staff that opens a case leaves a note that only the claimant reads.
        yield return (
            "access.read",
            async () =>
                (await desk.SecondMediator.GetAsync(Desk.At(cases.Mediated.Id), Ct).Json()).ToString().Length > 0
        );
        // To whom of the staff cases belong.
        (string, string?)[] rest =
        [
            ("departments[0].code", "rest"),
            ("departments[0].nameZh", "综合组"),
            ("departments[0].nameEn", "General"),
            ("departments[0].takesRest", "true"),
            ("departments[0].place", "0"),
        ];
        yield return (
            "operator.departmentsSet",
            async () => (await admin.Send("/admin/departments", "", rest)).Status < 400
        );
    }

    private static Func<Task<bool>> By(HttpClient who, Lived one, string verb, object body) =>
        async () => (await who.PostJson(Desk.At(one.Id, verb), body).Json()).ToString().Length > 0;

    private static object Score(int satisfaction, string resolved) => new { satisfaction, resolved };

    private static async Task<Behind> Cases(Desk desk)
    {
        var cases = new List<Lived>();
        for (var n = 0; n < ScoredCases + 5; n++)
        {
            var claimant = await desk.Site.As(Role.Claimant, phone: $"139000000{n:D2}");
            var body = Filing.To(desk.Shop, $"H{n}", "买的水壶第三天就不加热了，联系店里没有结果。");
            var filed = await claimant.PostJson("/api/v1/complaints", body).Json(201);
            cases.Add(new Lived(filed.GetProperty("id").GetString()!, claimant));
            await desk.Mediator.PostJson(Desk.At(cases[n].Id, "deliver")).Json();
            if (n == ScoredCases)
                continue;
            var reply = new { text = $"第{n}件已为您办理全额退款，三日内原路到账。" };
            await desk.Merchant.PostJson(Desk.At(cases[n].Id, "reply"), reply).Json();
            if (n < ScoredCases)
                await By(claimant, cases[n], "score", Score(n + 3, "partly"))();
        }
        var (open, unscored, held, mediated, ended) = (cases[^5], cases[^4], cases[^3], cases[^2], cases[^1]);
        await By(desk.Reviewer, held, "hold", Hold)();
        await By(mediated.Claimant, mediated, "not-solved", new { })();
        await By(ended.Claimant, ended, "not-solved", new { })();
        await By(desk.Mediator, ended, "terminate", new { reason = "no-agreement" })();
        return new Behind(cases[0], unscored, open, held, mediated, ended);
    }

    /// <summary>Each door and page that answers a GET, for each case and the shop, sorted in every way.</summary>
    private static async Task<IReadOnlyList<string>> Paths(Desk desk, Behind cases)
    {
        string[] ids = [.. cases.All.Select(one => one.Id), $"{desk.Shop:D}"];
        var numbers = new List<string>();
        foreach (var one in cases.All)
        {
            var seen = await desk.Merchant.GetAsync(Desk.At(one.Id), Ct).Json();
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
        // What counts requests and events is for whoever runs the machine; its proxy keeps it from others.
        var routes = desk
            .Site.Of<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => route != "/metrics")
            .Distinct();
        string[] asked =
        [
            .. new[] { "filed", "-filed", "due", "priority" }.Select(sort => $"/api/v1/complaints?sort={sort}"),
            .. MerchantDeskPage.Views.Select(view => $"/merchant?view={view}"),
            "/merchant/numbers?period=2026-10",
            "/merchant/numbers?period=2026-10&handler=Csv",
            "/ratings?period=2026-10",
            "/ratings?period=all",
            $"/ratings/compare?period=all&m={desk.Shop:D}&m={desk.OtherShop:D}",
            $"/api/v1/merchants/{desk.Shop:D}/expect?problem=refund",
            "/search?q=云上",
            "/search?q=退款",
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
        IReadOnlyList<string> paths,
        IEnumerable<Progress> progress
    )
    {
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
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
        foreach (var one in progress)
        {
            var told = await site.Visitor().PostJson("/api/v1/progress", one).Json();
            pages[$"progress {one.Number}"] = told.ToString();
        }
        return pages;
    }

    private static async Task<Progress> ProgressOf(Desk desk, Lived one)
    {
        var number = (await desk.Merchant.GetAsync(Desk.At(one.Id), Ct).Json()).GetProperty("number").GetString()!;
        return new Progress(number, Filing.Phone[^4..]);
    }

    private static List<string> Differing(Dictionary<string, string> before, Dictionary<string, string> after) =>
        [
            .. before
                .Where(page => after[page.Key] != page.Value)
                .Select(page => Where(page.Key, page.Value, after[page.Key])),
        ];

    private static string Where(string name, string before, string after)
    {
        var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{name}: {Around(before, at)} → {Around(after, at)}";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)];

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}")]
    private static partial Regex Parameter();

    /// <summary>Tokens and keys of forms and traces of requests, which differ from answer to answer.</summary>
    [GeneratedRegex(@"CfDJ8[\w-]*|name=""key"" value=""[0-9a-f]{32}""|nonce=""[^""]*""|""traceId"":""[^""]*""")]
    private static partial Regex OfOneAnswer();
}
