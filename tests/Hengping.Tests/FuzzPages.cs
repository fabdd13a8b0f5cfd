using System.Globalization;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>
/// Nothing a browser can be made to send gives a 500 or a stack trace: every page and every form of it by the names of
/// its own fields, every role, words made from one seed, on both engines. <c>HENGPING_FUZZ=100000</c> requests an
/// engine by hand, and <c>HENGPING_SEED</c> others than those of each run.
/// </summary>
public sealed class FuzzPages(Sites sites) : IClassFixture<Sites>
{
    private const int OfOneTicket = 250;

    private static readonly string[] Junk =
    [
        "",
        " ",
        "\u0001",
        "\u202Eabc\uFFFE",
        "🙂👩‍👩‍👧‍👦",
        "\ud800",
        "' or 1=1 --",
        "%27%22*(",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "//example.org",
        "0000-00-00",
        "9999-12-31",
        "9999-12-31T23:59:59+14:00",
        "0001-01-01",
        "2026-02-30T25:61",
        "-1",
        "0",
        "1",
        "2147483648",
        "99999999999999999999999999",
        "1e308",
        "0.00000000000000000000000000001",
        "79228162514264337593543950335",
        "NaN",
        "true",
        "on",
        "00000000-0000-0000-0000-000000000000",
        "13900000001",
        "zhang@example.org",
        new string('长', 3_000),
        string.Concat(Enumerable.Repeat("e\u0301", 400)),
    ];

    // What lists, searches and links are asked with.
    private static readonly string[] Common =
    [
        "q",
        "page",
        "size",
        "cursor",
        "sort",
        "period",
        "side",
        "sector",
        "from",
        "to",
    ];

    private static int Requests => OfEnvironment("HENGPING_FUZZ", 1_500);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Page(string Path, IReadOnlyList<string> Handlers, IReadOnlyList<string> Names);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task No_page_breaks_on_bad_words(Db engine)
    {
        var site = await sites.On(engine);
        var merchant = await site.Merchant(Sites.OwnName("晴川数码"));
        var filing = Filing.To(merchant, "F2", "耳机右耳没有声音，联系客服三次都没有结果。");
        var claimant = await site.As(Role.Claimant, phone: "13900000002");
        var filed = await claimant.PostJson("/api/v1/complaints", filing).Json(201);
        string[] ids = [$"{filed.GetProperty("id").GetGuid():D}", $"{merchant:D}", $"{Guid.Empty:D}", "x", "1"];
        var pages = await Pages(site);
        pages.Sum(page => page.Handlers.Count).ShouldBeGreaterThanOrEqualTo(90);

        var random = new Random(OfEnvironment("HENGPING_SEED", 20261129));
        var faults = new List<string>();
        IReadOnlyList<HttpClient> browsers = [];
        for (var n = 0; n < Requests; n++)
        {
            // Some sign out, and some leave for good.
            if (n % OfOneTicket == 0)
                browsers = await Browsers(site, merchant);
            var browser = browsers[random.Next(browsers.Count)];
            await Try(faults, browser, pages[random.Next(pages.Count)], ids, random);
        }
        faults.ShouldBeEmpty();
        site.Log.Errors.ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<HttpClient>> Browsers(Site site, Guid merchant) =>
        [
            site.Visitor(),
            await site.Browsing(await site.As(Role.Claimant, phone: "13900000002")),
            await site.Browsing(await site.As(Role.Merchant, merchant)),
            await site.Browsing(await site.As(Role.Mediator)),
            await site.Browsing(await site.As(Role.Reviewer)),
            await site.Browsing(await site.As(Role.Admin)),
        ];

    private static async Task Try(List<string> faults, HttpClient browser, Page page, string[] ids, Random random)
    {
        var parts = page.Path.Split('/').Select(part => part.StartsWith('{') ? Any(random, ids) : part);
        var path = string.Join('/', parts) + "?";
        foreach (var _ in Enumerable.Range(0, random.Next(4)))
            path += $"{Uri.EscapeDataString(Name(page, random))}={Escaped(Value(random, ids))}&";
        var isForm = page.Handlers.Count > 0 && random.Next(2) == 0;
        using var request = new HttpRequestMessage(isForm ? HttpMethod.Post : HttpMethod.Get, path);
        var sent = "";
        if (isForm)
        {
            path += "handler=" + page.Handlers[random.Next(page.Handlers.Count)];
            request.RequestUri = new Uri(path, UriKind.Relative);
            var token = Forms.TokenOf(await browser.GetStringAsync("/signin", Ct));
            sent = "__RequestVerificationToken=" + Uri.EscapeDataString(token);
            foreach (var name in page.Names.Where(_ => random.Next(3) > 0))
                sent += $"&{Uri.EscapeDataString(name)}={Escaped(Value(random, ids))}";
            request.Content = new StringContent(sent, null, "application/x-www-form-urlencoded");
        }
        using var response = await browser.SendAsync(request, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        if ((int)response.StatusCode >= 500 || text.Contains("   at ", StringComparison.Ordinal))
            faults.Add($"{request.Method} {request.RequestUri} {sent}: {(int)response.StatusCode}");
    }

    private static string Name(Page page, Random random) =>
        random.Next(3) == 0 || page.Names.Count == 0 ? Any(random, Common) : page.Names[random.Next(page.Names.Count)];

    private static string Value(Random random, string[] ids) => Any(random, random.Next(4) == 0 ? ids : Junk);

    // A lone surrogate has no bytes: what a browser would not send goes as bytes that are no text.
    private static string Escaped(string value) => value == "\ud800" ? "%ed%a0%80%ff" : Uri.EscapeDataString(value);

    private static string Any(Random random, string[] words) => words[random.Next(words.Length)];

    /// <summary>A number by hand, or the one of each run.</summary>
    internal static int OfEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var said)
            ? said
            : otherwise;

    private static async Task<IReadOnlyList<Page>> Pages(Site site)
    {
        var loader = site.Of<PageLoader>();
        var pages = new List<Page>();
        foreach (var route in site.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (route.Metadata.GetMetadata<PageActionDescriptor>() is not { } described)
                continue;
            var page = await loader.LoadAsync(described, EndpointMetadataCollection.Empty);
            var posts = page.HandlerMethods.Where(one => one.HttpMethod == "Post").ToList();
            var names = page
                .BoundProperties.Select(one => one.Name)
                .Concat(page.HandlerMethods.SelectMany(one => one.Parameters.Select(given => given.Name)))
                .Distinct(StringComparer.OrdinalIgnoreCase);
            pages.Add(new Page("/" + route.RoutePattern.RawText, [.. posts.Select(one => one.Name ?? "")], [.. names]));
        }
        return pages;
    }
}
