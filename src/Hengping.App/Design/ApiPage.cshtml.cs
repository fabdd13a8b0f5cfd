using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Design;

/// <summary>A call of the API.</summary>
public sealed record ApiDoor(string Noun, string Method, string Path, string Who);

/// <summary>开放接口: every call as the program itself lists it, and who may make it.</summary>
public sealed partial class ApiPage(EndpointDataSource endpoints) : PageModel
{
    private const string Root = "/api/v1/";

    /// <summary>All calls by noun.</summary>
    public IReadOnlyList<ApiDoor> Doors =>
        [
            .. endpoints
                .Endpoints.OfType<RouteEndpoint>()
                .Where(e => e.RoutePattern.RawText?.StartsWith(Root, StringComparison.Ordinal) == true)
                .SelectMany(DoorsOf)
                .OrderBy(d => d.Noun, StringComparer.Ordinal)
                .ThenBy(d => d.Path, StringComparer.Ordinal)
                .ThenBy(d => d.Method, StringComparer.Ordinal),
        ];

    /// <summary>Address of this site.</summary>
    public string Origin => $"{Request.Scheme}://{Request.Host}";

    private static IEnumerable<ApiDoor> DoorsOf(RouteEndpoint door)
    {
        // How a part is checked is not part of the address: {id:guid} is {id} to whoever calls.
        var path = Constraint().Replace(door.RoutePattern.RawText!.TrimEnd('/'), "}");
        var noun = path[Root.Length..].Split('/')[0];
        var open = door.Metadata.GetMetadata<OpenTo>();
        foreach (var method in door.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            yield return new ApiDoor(noun, method, path, Who(open));
    }

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
