using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hengping.App.Design;

/// <summary>A call of the API.</summary>
/// <param name="Does">What it does, in a line.</param>
public sealed record ApiDoor(string Noun, string Method, string Path, string Does, string Who);

/// <summary>开放接口: every call as the program itself lists it, and who may make it.</summary>
public sealed partial class ApiPage(EndpointDataSource endpoints, SiteAddress site) : PageModel
{
    private const string Root = "/api/v1/";

    /// <summary>All calls by noun.</summary>
    public IReadOnlyList<ApiDoor> Doors =>
        [
            .. Calls(endpoints)
                .Select(c => new ApiDoor(c.Noun, c.Method, c.Path, Texts.T(KeyOf(c.Method, c.Path)), Who(c.Open)))
                .OrderBy(d => d.Noun, StringComparer.Ordinal)
                .ThenBy(d => d.Path, StringComparer.Ordinal)
                .ThenBy(d => d.Method, StringComparer.Ordinal),
        ];

    /// <summary>All calls as the program routes them.</summary>
    public static IEnumerable<(string Noun, string Method, string Path, OpenTo? Open)> Calls(EndpointDataSource all) =>
        all
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith(Root, StringComparison.Ordinal) == true)
            .SelectMany(CallsOf);

    /// <summary>Address of this site, or a word to put it for.</summary>
    public string Origin => site.Origin is { Length: > 0 } known ? known : "https://SITE";

    private static IEnumerable<(string Noun, string Method, string Path, OpenTo? Open)> CallsOf(RouteEndpoint door)
    {
        // How a part is checked is not part of the address: {id:guid} is {id} to whoever calls.
        var path = Constraint().Replace(door.RoutePattern.RawText!.TrimEnd('/'), "}");
        var noun = path[Root.Length..].Split('/')[0];
        var open = door.Metadata.GetMetadata<OpenTo>();
        foreach (var method in door.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            yield return (noun, method, path, open);
    }

    /// <summary>The same line for each call in the OpenAPI document.</summary>
    public static void Describe(OpenApiOptions options)
    {
        // The framework takes it from the Host header, and the document is kept for all.
        options.AddDocumentTransformer(
            (document, context, _) =>
            {
                var origin = context.ApplicationServices.GetRequiredService<SiteAddress>().Origin;
                document.Servers = [new OpenApiServer { Url = origin.Length > 0 ? origin : "/" }];
                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(
            (operation, context, _) =>
            {
                var call = context.Description;
                var path = "/" + call.RelativePath?.TrimEnd('/');
                if (path.StartsWith(Root, StringComparison.Ordinal))
                    operation.Summary =
                        Texts.All.GetValueOrDefault(KeyOf(call.HttpMethod!, path))?[1] ?? operation.Summary;
                return Task.CompletedTask;
            }
        );
    }

    /// <summary>Key of the text that says what a call does: <c>api.does.post.complaints.id.reply</c>.</summary>
    public static string KeyOf(string method, string path) =>
        "api.does."
        + $"{method}.{path[Root.Length..]}"
            .ToLowerInvariant()
            .Replace('/', '.')
            .Replace("{", "", StringComparison.Ordinal)
            .Replace("}", "", StringComparison.Ordinal);

    [GeneratedRegex(@":\w+\}", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Constraint();

    private static string Who(OpenTo? open) =>
        open switch
        {
            { Roles: null } => Texts.T("api.anyone"),
            null or { Roles: [] } => Texts.T("api.signedIn"),
            { Roles: var roles } => string.Join(
                Texts.Pick("、", ", "),
                roles.Select(role => Texts.T("api.role." + Words.Of(role)))
            ),
        };
}
