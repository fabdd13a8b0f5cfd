using System.Net;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Operators;

/// <summary>/admin: every page of it, those to come included, is for admins and nobody else.</summary>
public sealed class AdminPages(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-10-12 10:00:00", null)]
    [InlineData("2026-10-31 10:00:00", null)]
    [InlineData("2026-11-01 10:00:00", "2026年12月18日")]
    [InlineData("2026-11-30 23:59:59", "2026年12月18日")]
    [InlineData("2027-01-02 10:00:00", "2027年1月2日")]
    public async Task An_admin_is_told_from_November_on_that_next_years_holidays_are_missing(string day, string? from)
    {
        await using var site = await Site.Start(Db.Sqlite, Days.At(day));
        var admin = await site.Browsing(await site.As(Role.Admin));
        var page = WebUtility.HtmlDecode(await admin.GetStringAsync("/admin", Ct));
        page.Contains("2027.json", StringComparison.Ordinal).ShouldBe(from is not null);
        if (from is not null)
            page.ShouldContain(from);
    }

    [Fact]
    public async Task Only_admins_come_in()
    {
        var site = await sites.On(Db.Sqlite);
        var shop = await site.Merchant(Sites.OwnName("一家店"));
        var pages = site.Of<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText)
            .Select(path => path.Replace("{id:guid}", $"{shop:D}", StringComparison.Ordinal))
            .Where(path => path == "/admin" || path.StartsWith("/admin/", StringComparison.Ordinal))
            // A rule's own page: reviewers mark there, too, and it is one that must exist (RuleDoors).
            .Where(path => path != $"/admin/rules/{shop:D}")
            // So must a webhook (HookDoors).
            .Where(path => path != $"/admin/webhooks/{shop:D}")
            .Distinct()
            .ToList();
        pages.Count.ShouldBeGreaterThan(3);
        foreach (var role in Enum.GetValues<Role>())
        {
            var person = await site.Browsing(await site.As(role, role == Role.Merchant ? shop : null));
            foreach (var path in pages)
            {
                using var answer = await person.GetAsync(path, Ct);
                var wanted = role == Role.Admin ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
                answer.StatusCode.ShouldBe(wanted, $"{role} at {path}");
            }
        }
        foreach (var path in pages)
        {
            using var answer = await site.Visitor().GetAsync(path, Ct);
            (answer.Headers.Location?.ToString()).ShouldNotBeNull(path).ShouldContain("/signin", customMessage: path);
        }
    }

    [Fact]
    public async Task Lists_of_codes_are_read_in_both_languages()
    {
        var site = await sites.On(Db.Sqlite);
        var admin = await site.Browsing(await site.As(Role.Admin));
        var page = WebUtility.HtmlDecode(await admin.GetStringAsync("/admin/lists", Ct));
        foreach (var choice in App.Taxonomies.Taxonomies.Current.Problems)
        {
            page.ShouldContain(choice.Zh);
            page.ShouldContain(choice.En);
        }
    }
}
