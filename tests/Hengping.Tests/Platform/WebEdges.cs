using System.Text;
using System.Threading.Channels;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>What every answer carries, whatever was sent; and what strangers cannot make the program keep or say.
/// </summary>
public sealed class WebEdges(Sites sites) : IClassFixture<Sites>
{
    private static readonly string[] Secure =
    [
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cross-Origin-Opener-Policy",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/nothing-here", 404)]
    [InlineData("GET", "/api/v1/nothing-here", 404)]
    [InlineData("DELETE", "/api/v1/progress", 405)]
    [InlineData("GET", "/api/v1/complaints", 401)]
    [InlineData("GET", "/?x=%00", 400)]
    [InlineData("GET", "/api/v1/merchants?q=%00", 400)]
    [InlineData("POST", "/api/v1/progress", 400)]
    [InlineData("POST", "/api/v1/evidence", 401)]
    [InlineData("GET", "/api/v1/merchants?size=many", 400)]
    [InlineData("GET", "/admin", 302)]
    [InlineData("DELETE", "/nothing-here", 404)]
    [InlineData("ODD", "/nothing-here", 404)]
    public async Task Security_headers_are_on_every_answer(string method, string path, int status)
    {
        var site = await sites.On(Db.Sqlite);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            request.Content = new StringContent("{\"number\":[", Encoding.UTF8, "application/json");
        using var answer = await site.Visitor().SendAsync(request, Ct);
        ((int)answer.StatusCode).ShouldBe(status, path);
        Carries(answer);
    }

    [Fact]
    public async Task Too_often_and_too_large_carry_them_too_and_a_stricter_one_stays()
    {
        var few = new Dictionary<string, string?> { ["Limits:GuessesPerMinute"] = "1" };
        await using var site = await Site.Start(Db.Sqlite, settings: few);
        await site.Anyone.PostJson("/api/v1/progress", Guess());
        using var late = await site.Anyone.PostJson("/api/v1/progress", Guess());
        ((int)late.StatusCode).ShouldBe(429);
        Carries(late);
        using var large = await site.Visitor().PostAsync("/me", new ByteArrayContent(new byte[3 * 1024 * 1024]), Ct);
        ((int)large.StatusCode).ShouldBe(413);
        Carries(large);
        using var join = await site.Visitor().GetAsync("/join?key=x", Ct);
        join.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
    }

    [Fact]
    public async Task Invented_methods_are_one_line_of_the_metrics()
    {
        var site = await sites.On(Db.Sqlite);
        foreach (var method in new[] { "ODD1", "ODD2", "get", "PROPFIND" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/nothing-here");
            using var answer = await site.Anyone.SendAsync(request, Ct);
        }
        var metrics = await site.Anyone.GetStringAsync("/metrics", Ct);
        metrics.ShouldNotContain("ODD");
        metrics.ShouldNotContain("\"get\"", Case.Sensitive);
        metrics.ShouldContain("method=\"_OTHER\"");
    }

    [Fact]
    public async Task The_page_that_says_what_failed_counts_as_no_failure_by_itself()
    {
        await using var site = await Site.Start(Db.Sqlite);
        foreach (var path in new[] { "/error/500", "/error/503", "/error/404" })
        {
            using var shown = await site.Visitor().GetAsync(path, Ct);
            ((int)shown.StatusCode).ShouldBeGreaterThanOrEqualTo(400, path);
        }
        using var nothing = await site.Visitor().GetAsync("/nothing-here", Ct);
        var metrics = await site.Anyone.GetStringAsync("/metrics", Ct);
        metrics.ShouldNotContain("status=\"5");
        metrics.ShouldContain("http_requests_total{method=\"GET\",status=\"404\"} 1\n");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_house_that_stops_closes_its_store(Db engine)
    {
        using var place = await EmptyPlace.On(engine);
        var options = new SiteOptions(place.Place, "http://127.0.0.1:0", false, new TurnableClock(Days.Monday));
        Store store;
        await using (var app = await Host.Build(options, Ct))
        {
            await app.StartAsync(Ct);
            store = app.Services.GetRequiredService<Store>();
            (await store.Pulse(Ct)).ShouldBeNull();
            await app.StopAsync(Ct);
        }
        await Should.ThrowAsync<ChannelClosedException>(() => store.Alone(_ => 0, Ct));
        Directory.GetFiles(place.Place.Data, "*-wal").ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Looks_are_no_guesses_and_two_nodes_count_guesses_together(Db engine)
    {
        var few = new Dictionary<string, string?> { ["Limits:GuessesPerMinute"] = "4" };
        await using var site = await Site.Start(engine, settings: few);
        var second = await Host.Build(new SiteOptions(site.Place, "http://127.0.0.1:0", false, site.Clock, few), Ct);
        await using (second)
        {
            await second.StartAsync(Ct);
            using var other = new HttpClient { BaseAddress = new Uri(second.Urls.First()) };
            foreach (var page in new[] { "/signin", "/progress", "/report/follow", "/join?key=x" })
                for (var look = 0; look < 6; look++)
                {
                    using var seen = await site.Anyone.GetAsync(page, Ct);
                    ((int)seen.StatusCode).ShouldNotBe(429, page);
                }
            for (var guess = 0; guess < 2; guess++)
            {
                await site.Anyone.PostJson("/api/v1/progress", Guess()).Refused(404, "progress.not-found");
                await other.PostJson("/api/v1/progress", Guess()).Refused(404, "progress.not-found");
            }
            await site.Anyone.PostJson("/api/v1/progress", Guess()).Refused(429, "request.too-many");
            using var late = await other.PostJson("/api/v1/progress", Guess());
            ((int)late.StatusCode).ShouldBe(429);
            late.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
            site.Clock.Turn(TimeSpan.FromMinutes(1));
            await other.PostJson("/api/v1/progress", Guess()).Refused(404, "progress.not-found");
            await second.StopAsync(Ct);
        }
    }

    [Fact]
    public async Task The_host_a_request_names_stands_in_no_answer()
    {
        var site = await sites.On(Db.Sqlite);
        var admin = await site.Browsing(await site.As(Role.Admin));
        foreach (var path in new[] { "/", "/api", "/openapi/v1.json", "/admin/staff", "/me/security", "/admin" })
        foreach (var who in new[] { admin, site.Visitor() })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "evil.example";
            using var answer = await who.SendAsync(request, Ct);
            (await answer.Content.ReadAsStringAsync(Ct)).ShouldNotContain("evil.example", customMessage: path);
            answer.Headers.ToString().ShouldNotContain("evil.example", customMessage: path);
        }
    }

    private static object Guess() => new { number = "7K3M-9QXA-2BTC", phoneLast4 = "0001" };

    private static void Carries(HttpResponseMessage answer)
    {
        foreach (var name in Secure)
            answer.Headers.Contains(name).ShouldBeTrue($"{name} on {(int)answer.StatusCode}");
    }
}
