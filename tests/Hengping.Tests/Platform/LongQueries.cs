using System.Net;
using System.Reflection;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>Whatever stands in an address has a length, at every door that is looked at.</summary>
public sealed class LongQueries(Sites sites) : IClassFixture<Sites>
{
    // What doors read from the address by themselves.
    private static readonly string[] ByHand =
    [
        "status",
        "respondent",
        "from",
        "to",
        "sort",
        "open",
        "breach",
        "pass",
        "lang",
        "theme",
        "v",
        "handler",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Every_door_refuses_a_value_that_is_too_long(Db engine)
    {
        var site = await sites.On(engine);
        var admin = await site.Browsing(await site.As(Role.Admin));
        var token = await site.As(Role.Mediator);
        var (doors, names) = (Doors(site), await Names(site));
        doors.Count.ShouldBeGreaterThan(60);
        var faults = new List<string>();
        // Each door with a name of its own turn, so that every name is asked and every door; and always what is typed.
        for (var i = 0; i < Math.Max(doors.Count, names.Count); i++)
            foreach (var name in new[] { names[i % names.Count], "q" })
            {
                var door = doors[i % doors.Count];
                var isApi = door.StartsWith("/api/", StringComparison.Ordinal);
                foreach (var length in new[] { QueryLimits.Of(name) + 1, 7_000 })
                {
                    var address = $"{door}?{name}={new string('x', length)}";
                    using var answer = await (isApi ? token : admin).GetAsync(address, Ct);
                    var said = await answer.Content.ReadAsStringAsync(Ct);
                    if (answer.StatusCode != HttpStatusCode.BadRequest)
                        faults.Add($"{door}?{name}: {answer.StatusCode}");
                    else if (isApi && !said.Contains("\"code\":\"request.invalid\"", StringComparison.Ordinal))
                        faults.Add($"{door}?{name}: {said}");
                    else if (isApi && !said.Contains($"\"{name}\":[\"最多", StringComparison.Ordinal))
                        faults.Add($"{door}?{name}: {said}");
                }
            }
        faults.ShouldBeEmpty();
        site.Log.Errors.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_just_within_is_looked_for(Db engine)
    {
        var site = await sites.On(engine);
        var name = Sites.OwnName(new string('长', QueryLimits.Words - 8));
        var shop = await site.Merchant(name);
        var found = await site.Anyone.GetAsync("/api/v1/merchants?q=" + Uri.EscapeDataString(name), Ct).Json();
        found.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(shop);
        using var led = await site.Anyone.GetAsync("/search?q=" + Uri.EscapeDataString(name), Ct);
        (led.Headers.Location?.OriginalString).ShouldBe($"/merchants/{shop}");
        var mediator = await site.As(Role.Mediator);
        var refused = await mediator.GetAsync("/api/v1/complaints?q=" + new string('x', 101), Ct).Json(400);
        refused.GetProperty("errors").GetProperty("q")[0].GetString().ShouldBe(Fault.TooLong(100).Zh);
    }

    private static List<string> Doors(Site site) =>
        [
            .. site.Of<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(one => one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true)
                .Select(one => "/" + one.RoutePattern.RawText!.TrimStart('/'))
                .Select(path => string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? "1" : part)))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What pages bind from an address, and what the API says it reads there.</summary>
    private static async Task<List<string>> Names(Site site)
    {
        var names = new SortedSet<string>(ByHand, StringComparer.OrdinalIgnoreCase);
        foreach (var page in typeof(Rooms).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PageModel))))
        {
            foreach (var property in page.GetProperties())
                if (property.GetCustomAttribute<BindPropertyAttribute>() is { SupportsGet: true } bound)
                    names.Add(bound.Name ?? Camel(property.Name));
            foreach (var method in page.GetMethods().Where(m => m.Name.StartsWith("OnGet", StringComparison.Ordinal)))
                names.UnionWith(method.GetParameters().Select(parameter => parameter.Name!));
        }
        var api = await site.Anyone.GetAsync("/openapi/v1.json", Ct).Json();
        foreach (var path in api.GetProperty("paths").EnumerateObject())
        foreach (var method in path.Value.EnumerateObject().Where(method => method.Name == "get"))
            if (method.Value.TryGetProperty("parameters", out var parameters))
                foreach (var one in parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query"))
                    names.Add(one.GetProperty("name").GetString()!);
        return [.. names];
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
