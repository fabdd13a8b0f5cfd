using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

public sealed class TourIsWhole(SharedMarket shared)
{
    // Pages of one step only: others walk there.
    private static readonly string[] Elsewhere =
    [
        "evidence/upload",
        "signout",
        "file/done/{number}",
        "error/{code:int}",
        "papers/{paper}/{version:int?}",
        "report/done",
        "cases/{number}/police",
        "appeals/new",
        "appeals/{id:guid}/write",
        // As the operator's own.
        "merchant/webhooks/{id:guid}",
    ];

    [Fact]
    public async Task No_page_is_left_out_of_the_tour()
    {
        var market = await shared.Ready();
        var pages = market
            .Site.Of<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => e.RoutePattern.RawText!.TrimStart('/'))
            .Except(Elsewhere);
        var toured = Tour
            .Stops.Select(s => market.Place(s.Path).Split('?')[0])
            .Concat(["/cases/x", $"/merchants/{Guid.Empty}", $"/desk/reports/{Guid.Empty}"])
            .Concat([$"/rules/{Guid.Empty}/changes", $"/measures/{Guid.Empty}", $"/appeals/{Guid.Empty}"]);
        pages.Where(page => !toured.Any(path => Leads(path, page))).ShouldBeEmpty();

        static bool Leads(string path, string page) =>
            new TemplateMatcher(TemplateParser.Parse(page), []).TryMatch(path, []);
    }
}
