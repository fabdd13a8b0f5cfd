using System.Net;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>A method that a page has no handler for shows nothing of it, to nobody.</summary>
public sealed class MethodsOfPages(Sites sites) : IClassFixture<Sites>
{
    static readonly string[] odd = ["TRACE", "PUT", "PATCH", "DELETE", "PROPFIND", "POST"];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_page_without_a_handler_for_it_is_not_run(Db engine)
    {
        var site = await sites.On(engine);
        var admin = await site.Browsing(await site.As(Role.Admin));
        var pages = site.Of<IActionDescriptorCollectionProvider>()
            .ActionDescriptors.Items.OfType<PageActionDescriptor>()
            .Select(page => page.AttributeRouteInfo!.Template!)
            .Where(path => !path.StartsWith("error", StringComparison.Ordinal))
            .Select(path => "/" + Filled(path))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        pages.Count.ShouldBeGreaterThan(50, "the walk knows the pages");
        var (refused, faults) = (0, new List<string>());
        foreach (var who in new[] { site.Visitor(), admin })
        {
            var token = Forms.TokenOf(await who.GetStringAsync("/signin", Ct));
            foreach (var page in pages)
            foreach (var method in odd)
            {
                using var asked = new HttpRequestMessage(new HttpMethod(method), page + "?handler=Nothing");
                // A trace carries nothing, and is asked for no token.
                if (method != "TRACE")
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
        refused.ShouldBeGreaterThan(300);
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

    // A place in an address: what it names is not there.
    static string Filled(string template) =>
        string.Join('/', template.Split('/').Select(part => part.StartsWith('{') ? $"{Guid.Empty}" : part));
}
