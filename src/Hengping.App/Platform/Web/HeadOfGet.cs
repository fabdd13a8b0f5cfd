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
    ];

    /// <summary>Stands before the routing.</summary>
    public static void UseHeadOfGet(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                if (
                    HttpMethods.IsHead(http.Request.Method)
                    && Array.Exists(Doors, at => http.Request.Path.StartsWithSegments(at))
                )
                    http.Request.Method = HttpMethods.Get;
                return next(http);
            }
        );
}
