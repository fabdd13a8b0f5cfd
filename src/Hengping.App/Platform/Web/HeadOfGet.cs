namespace Hengping.App.Platform;

/// <summary>
/// HEAD is asked of doors for programs as GET is, and answered without the body (RFC 9110 § 9.3.2); the server sends
/// none to whoever said HEAD. Pages know HEAD themselves: a look without a reader opens no link.
/// </summary>
public static class HeadOfGet
{
    private static readonly string[] Doors =
    [
        "/api",
        "/openapi",
        "/healthz",
        "/readyz",
        "/metrics",
        "/logo",
        "/lib",
        "/open",
        "/favicon.ico",
    ];

    /// <summary>The last part of a file that stands among pages.</summary>
    private static readonly string[] Files = ["/feed.xml", "/text"];

    /// <summary>Stands before the routing.</summary>
    public static void UseHeadOfGet(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                if (HttpMethods.IsHead(http.Request.Method) && IsDoor(http.Request.Path))
                    http.Request.Method = HttpMethods.Get;
                return next(http);
            }
        );

    private static bool IsDoor(PathString path) =>
        Array.Exists(Doors, at => path.StartsWithSegments(at))
        || Array.Exists(Files, end => path.Value?.EndsWith(end, StringComparison.Ordinal) == true);
}
