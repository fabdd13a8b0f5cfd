using System.Net;
using System.Text.RegularExpressions;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// Every form of every page, found by the routes, is answered by an address: Back and reload send nothing. What the
/// address shows names its faults where they are.
/// </summary>
public sealed partial class FormMachine
{
    // What is no page: JSON for the script that asked.
    private static readonly string[] ForScripts =
    [
        "/signin?handler=PasskeyAsk",
        "/me/security?handler=PasskeyAsk",
        "/evidence/upload",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_form_is_answered_by_an_address()
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        var site = desk.Site;
        var id = await desk.Replied();
        var number = (await desk.Mediator.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString()!;
        var (report, _) = await Reports.Reporting.Filed(site, site.Anyone, Reports.Reporting.Anonymous(desk.OtherShop));
        var rule = await RuleRegister.Ruling.Begun(site);
        var forms = await Forms(site, number, report, rule, desk.Shop);
        forms.Count.ShouldBeGreaterThan(80, "the walk knows the pages");
        var (kept, faults) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        Func<Task<HttpClient>>[] everybody =
        [
            () => site.Browsing(desk.Claimant),
            () => site.Browsing(desk.Merchant),
            () => AsAdmin(site),
            () => Task.FromResult(site.Visitor()),
        ];
        foreach (var somebody in everybody)
        {
            var (who, token) = (await somebody(), "");
            foreach (var form in forms.Except(ForScripts).OrderBy(IsOfSession))
            {
                // Some forms sign out.
                if (token.Length == 0 || IsOfSession(form))
                {
                    who = await somebody();
                    token = Harness.Forms.TokenOf(await who.GetStringAsync("/signin", Ct));
                }
                var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["go"] = "next" };
                using var answer = await who.ByHand(form, new FormUrlEncodedContent(fields));
                if ((int)answer.StatusCode is not (302 or 303))
                    faults.Add($"{form}: {(int)answer.StatusCode} in place");
                if (answer.Headers.Location?.ToString().Contains("shown=") != true || !kept.Add(form))
                    continue;
                using var shown = await who.Shown(answer);
                var page = await shown.Content.ReadAsStringAsync(Ct);
                // Whose session is over signs in first.
                if (shown.StatusCode == HttpStatusCode.Redirect)
                    shown.Headers.Location!.ToString().ShouldStartWith("/signin?next=", Case.Sensitive, form);
                faults.AddRange(
                    Unnamed(page, form).Select(field => $"{form}: a fault leads to #{field}, which is not there")
                );
            }
        }
        HouseRule.Holds(
            faults.Distinct(),
            "answer forms by Page() or Again(), and give each field the id of its fault"
        );
        kept.Count.ShouldBeGreaterThan(40);
    }

    private static bool IsOfSession(string form) =>
        form.StartsWith("/me", StringComparison.Ordinal) || form.StartsWith("/sign", StringComparison.Ordinal);

    private static async Task<HttpClient> AsAdmin(Site site) => await site.Browsing(await site.As(Role.Admin));

    // Where the summary leads to, and nothing is; a page that has not the form was asked by nobody.
    private static IEnumerable<string> Unnamed(string page, string form) =>
        form.Split('?') is [_, var handler] && !page.Contains(handler, StringComparison.Ordinal) ? [] : Leads(page);

    private static IEnumerable<string> Leads(string page) =>
        Summary()
            .Matches(page)
            .SelectMany(summary => Link().Matches(summary.Value))
            .Select(link => link.Groups[1].Value)
            .Where(field => !page.Contains($"id=\"{field}\"", StringComparison.Ordinal));

    private static async Task<List<string>> Forms(Site site, string number, string report, string rule, Guid shop)
    {
        var forms = new List<string>();
        var loader = site.Of<PageLoader>();
        foreach (
            var page in site.Of<IActionDescriptorCollectionProvider>()
                .ActionDescriptors.Items.OfType<PageActionDescriptor>()
        )
        {
            var template = "/" + page.AttributeRouteInfo!.Template!.TrimStart('/');
            string Named(Match place) =>
                place.Groups[1].Value == "number" ? number
                : template.Contains("reports", StringComparison.Ordinal) ? report
                : template.Contains("rules", StringComparison.Ordinal) ? rule
                : place.Groups[1].Value == "id" ? shop.ToString()
                : "privacy";
            var path = Place().Replace(template, Named);
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            forms.AddRange(
                compiled
                    .HandlerMethods.Where(one => HttpMethods.IsPost(one.HttpMethod))
                    .Select(one => path + (one.Name is { } name ? "?handler=" + name : ""))
            );
        }
        return forms;
    }

    [GeneratedRegex(@"\{(\w+)[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("class=\"fault\".*?</div>", RegexOptions.Singleline, 1000)]
    private static partial Regex Summary();

    [GeneratedRegex("href=\"#([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
