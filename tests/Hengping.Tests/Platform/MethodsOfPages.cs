using System.Net;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>A method that a page has no handler for shows nothing of it, to nobody.</summary>
public sealed class MethodsOfPages(Sites sites) : IClassFixture<Sites>
{
    private static readonly string[] Odd = ["TRACE", "PUT", "PATCH", "DELETE", "PROPFIND"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_page_without_a_handler_for_it_is_not_run(Db engine)
    {
        var site = await sites.On(engine);
        var admin = await site.Browsing(await site.As(Role.Admin));
        var pages = Pages(site);
        pages.Count.ShouldBeGreaterThan(40, "the walk knows the pages");
        var (refused, faults) = (0, new List<string>());
        foreach (var (who, methods) in new[] { (site.Visitor(), Odd), (admin, ["TRACE"]) })
        {
            var token = Forms.TokenOf(await who.GetStringAsync("/signin", Ct));
            foreach (var page in pages)
            foreach (var method in methods)
            {
                using var asked = new HttpRequestMessage(new HttpMethod(method), page);
                // A trace is asked for no token.
                asked.Headers.Add("X-Form-Token", token);
                using var answer = await who.SendAsync(asked, Ct);
                var isElsewhere = answer.Headers.Location?.ToString() is { } to && !to.Contains("/error");
                if (answer.StatusCode == HttpStatusCode.MethodNotAllowed)
                {
                    refused++;
                    answer.Content.Headers.Allow.ShouldContain("GET", page);
                }
                else if ((int)answer.StatusCode is not (401 or 403 or 404 or 410) && !isElsewhere)
                    faults.Add($"{method} {page}: {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }
        faults.ShouldBeEmpty();
        refused.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("/ratings")]
    [InlineData("/desk/claims")]
    [InlineData("/desk/reports")]
    [InlineData("/merchant")]
    [InlineData("/me/security")]
    [InlineData("/signin")]
    public async Task A_trace_by_a_visitor_is_refused_and_no_fault_of_ours(string page)
    {
        var site = await sites.On(Db.Sqlite);
        using var trace = new HttpRequestMessage(HttpMethod.Trace, page);
        using var answer = await site.Visitor().SendAsync(trace, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    /// <summary>Evidence alone is not looked at without a reader.</summary>
    [Fact]
    public async Task What_is_no_page_and_is_read_is_asked_of_by_head_as_well()
    {
        var site = await sites.On(Db.Sqlite);
        var doors = site.Of<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(door => door.Metadata.GetMetadata<PageActionDescriptor>() is null)
            .Where(door => door.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(door => "/" + Filled(door.RoutePattern.RawText!.TrimStart('/')))
            .Where(path => !path.Contains("evidence", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        doors.ShouldContain("/rules/feed.xml");
        var faults = new List<string>();
        foreach (var door in doors)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Head, door);
            using var answer = await site.Visitor().SendAsync(asked, Ct);
            if (answer.StatusCode == HttpStatusCode.MethodNotAllowed)
                faults.Add(door);
        }
        faults.ShouldBeEmpty();
    }

    /// <summary>No form at all is an empty one, whatever a page asks of it.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_post_without_a_form_is_no_fault_of_ours(Db engine)
    {
        var site = await sites.On(engine);
        foreach (var who in new[] { site.Visitor(), await site.Browsing(await site.As(Role.Admin)) })
        {
            var token = Forms.TokenOf(await who.GetStringAsync("/signin", Ct));
            foreach (var page in Pages(site))
            {
                using var asked = new HttpRequestMessage(HttpMethod.Post, page);
                asked.Headers.Add("X-Form-Token", token);
                using var answer = await who.SendAsync(asked, Ct);
                ((int)answer.StatusCode).ShouldBeLessThan(500, page);
                (answer.Headers.Location?.ToString() ?? "").ShouldNotContain("/error", Case.Sensitive, page);
            }
        }
    }

    private static List<string> Pages(Site site) =>
        [
            .. site.Of<IActionDescriptorCollectionProvider>()
                .ActionDescriptors.Items.OfType<PageActionDescriptor>()
                .Select(page => page.AttributeRouteInfo!.Template!)
                .Where(path => !path.StartsWith("error", StringComparison.Ordinal))
                .Select(path => "/" + Filled(path))
                .Distinct(StringComparer.Ordinal),
        ];

    // A place in an address: what it names is not there.
    private static string Filled(string template) =>
        string.Join('/', template.Split('/').Select(part => part.StartsWith('{') ? $"{Guid.Empty}" : part));
}
