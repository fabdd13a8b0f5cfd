using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Hengping.Rules.Accounts;

namespace Hengping.App.Platform;

/// <summary>What one of our own doors answered.</summary>
/// <param name="Errors">Field → sentence in the reader's language; empty unless the status is 400.</param>
/// <param name="Title">The refusal's sentence, when it is one.</param>
public sealed record OwnAnswer(int Status, JsonElement Body, IReadOnlyDictionary<string, string> Errors, string? Title)
{
    /// <summary>The door said yes.</summary>
    public bool Ok => Status is >= 200 and < 300;

    /// <summary>The refusal's code, when it is one.</summary>
    public string? Code =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;
}

/// <summary>
/// Pages act through the same doors as any program: the page is the API's first client, so that there is one place
/// where a verb is judged. The door runs in this process, as the page's own caller; nothing goes over the network.
/// </summary>
public sealed class OwnApi(EndpointDataSource endpoints)
{
    private readonly ConcurrentDictionary<(string Method, string Path), RouteEndpoint?> doors = new();

    /// <summary>Whether a role may open a door at all.</summary>
    public bool May(string method, string path, Role role) =>
        Find(method, path) is { } door && door.Metadata.GetMetadata<OpenTo>() is { } open && IsOpen(open, role);

    /// <summary>Posts <paramref name="body"/> to a door.</summary>
    /// <param name="path">The door's pattern, as <c>/api/v1/complaints/{id}/reply</c>.</param>
    /// <param name="values">What stands for the pattern's braces.</param>
    /// <param name="key">An Idempotency-Key, where it is not the form's own: sent twice, a thing is done once.</param>
    /// <param name="asking">Who asks, where it is not the page's own caller: the holder of a link.</param>
    public async Task<OwnAnswer> Post(
        HttpContext page,
        string path,
        object values,
        object? body,
        string? key = null,
        Caller? asking = null
    )
    {
        var door = Find(HttpMethods.Post, path) ?? throw new InvalidOperationException($"There is no door {path}");
        var open = door.Metadata.GetMetadata<OpenTo>() ?? new OpenTo([]);
        var caller = asking ?? Caller.Of(page.User);
        if (open.Roles is not null && caller is null)
            return Refuse(StatusCodes.Status401Unauthorized, Problems.NotSignedIn);
        if (caller is not null && !IsOpen(open, caller.Role))
            return Refuse(StatusCodes.Status403Forbidden, Problems.NotYourRole);
        var content = JsonSerializer.SerializeToUtf8Bytes(body ?? new { }, Cli.JsonFormat);
        using var answer = new MemoryStream();
        var inner = new DefaultHttpContext
        {
            RequestServices = page.RequestServices,
            User = asking?.AsPrincipal("link") ?? page.User,
            RequestAborted = page.RequestAborted,
        };
        inner.Request.Method = HttpMethods.Post;
        inner.Request.Scheme = page.Request.Scheme;
        inner.Request.Host = page.Request.Host;
        inner.Request.RouteValues = Words(values);
        inner.Request.Path = PathOf(path, inner.Request.RouteValues);
        inner.Request.ContentType = "application/json";
        inner.Request.ContentLength = content.Length;
        inner.Request.Body = new MemoryStream(content);
        inner.Response.Body = answer;
        if (key is not null)
            inner.Request.Headers["Idempotency-Key"] = key;
        else if (await FormKey.Of(page, inner.Request.Path) is { } form)
            inner.Items[typeof(FormKey)] = form;
        inner.SetEndpoint(door);
        await door.RequestDelegate!(inner);
        return Read(inner.Response.StatusCode, answer.ToArray());
    }

    private static OwnAnswer Read(int status, byte[] bytes)
    {
        if (bytes.Length == 0)
            return new OwnAnswer(status, default, new Dictionary<string, string>(), null);
        var body = JsonSerializer.Deserialize<JsonElement>(bytes);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (body.TryGetProperty("errors", out var fields))
            foreach (var field in fields.EnumerateObject())
                errors[field.Name] = field.Value[0].GetString() ?? "";
        var title = body.TryGetProperty("title", out var said) ? said.GetString() : null;
        return new OwnAnswer(status, body, errors, title);
    }

    private static OwnAnswer Refuse(int status, Rules.Refusal refusal)
    {
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        return new OwnAnswer(status, default, new Dictionary<string, string>(), english ? refusal.En : refusal.Zh);
    }

    private static bool IsOpen(OpenTo open, Role role) =>
        open.Roles is null || open.Roles.Count == 0 || open.Roles.Contains(role);

    // A door binds its values from text, as the router would have read them from an address.
    private static RouteValueDictionary Words(object values)
    {
        var words = new RouteValueDictionary();
        foreach (var (name, value) in new RouteValueDictionary(values))
            words[name] = Convert.ToString(value, CultureInfo.InvariantCulture);
        return words;
    }

    private static string PathOf(string pattern, RouteValueDictionary values)
    {
        foreach (var (name, value) in values)
            pattern = pattern.Replace(
                "{" + name + "}",
                Convert.ToString(value, CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            );
        return pattern;
    }

    private RouteEndpoint? Find(string method, string path) =>
        doors.GetOrAdd(
            (method, path),
            wanted =>
                endpoints
                    .Endpoints.OfType<RouteEndpoint>()
                    .FirstOrDefault(e =>
                        e.RoutePattern.RawText?.TrimEnd('/') == wanted.Path
                        && e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(wanted.Method) == true
                    )
        );
}
