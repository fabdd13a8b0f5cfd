using System.Net;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>The program as a whole: it starts, says it is ready, and every door says who may open it.</summary>
public sealed class SiteTests(Sites sites) : IClassFixture<Sites>
{
    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_starts_on_an_empty_store_and_is_ready(Db engine)
    {
        await using var site = await Site.Start(engine);
        (await site.Anyone.GetAsync("/healthz", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        (await site.Anyone.GetAsync("/readyz", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Every_route_of_the_API_says_who_may_open_it()
    {
        var site = await sites.On(Db.Sqlite);
        var routes = site.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        routes.ShouldNotBeEmpty();
        var silent = routes
            .Where(route => route.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true)
            .Where(route => route.Metadata.GetMetadata<OpenTo>() is null)
            .Select(route => route.DisplayName!);
        HouseRule.Holds(silent, "state it on the route: .Anyone(), .SignedIn() or .For(roles)");
    }

    [Fact]
    public async Task Every_call_of_the_API_says_what_it_does()
    {
        var site = await sites.On(Db.Sqlite);
        var missing =
            from call in ApiPage.Calls(site.Of<EndpointDataSource>())
            from key in new[] { ApiPage.KeyOf(call.Method, call.Path), "api.noun." + call.Noun }
            where !Texts.All.ContainsKey(key)
            select key;
        HouseRule.Holds(missing.Distinct(), "write it into the texts of its room");
        foreach (var language in new[] { "zh", "en" })
            (
                await site.Anyone.GetAsync($"/api?lang={language}", TestContext.Current.CancellationToken)
            ).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
