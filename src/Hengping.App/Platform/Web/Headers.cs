using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;
using HeaderNames = Microsoft.Net.Http.Headers.HeaderNames;

namespace Hengping.App.Platform;

/// <summary>What every answer carries, and the language it is in.</summary>
public static class Headers
{
    // No unsafe-inline, no unsafe-eval: styles and scripts come from our own files only.
    private const string Policy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'none'";

    private static readonly (string Name, StringValues Value)[] Secure =
    [
        (HeaderNames.ContentSecurityPolicy, Policy),
        (HeaderNames.XContentTypeOptions, "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ];

    /// <summary>
    /// Security headers on every answer. Put on as it leaves: an answer to a fault begins anew and forgets what was put
    /// on before. A door that says something stricter is left alone.
    /// </summary>
    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                http.Response.OnStarting(PutOn, http.Response);
                return next(http);
            }
        );

    private static Task PutOn(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        foreach (var (name, value) in Secure)
            headers.TryAdd(name, value);
        return Task.CompletedTask;
    }

    /// <summary>Chinese by default, English when asked: ?lang=, then the cookie, then Accept-Language.</summary>
    public static void UseLanguages(this WebApplication app)
    {
        var options = new RequestLocalizationOptions { ApplyCurrentCultureToResponseHeaders = true };
        options
            .SetDefaultCulture("zh-CN")
            .AddSupportedCultures("zh-CN", "zh", "en")
            .AddSupportedUICultures("zh-CN", "zh", "en");
        options.RequestCultureProviders =
        [
            new QueryStringRequestCultureProvider { QueryStringKey = "lang", UIQueryStringKey = "lang" },
            new CookieRequestCultureProvider { CookieName = LanguageCookie },
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
        app.UseRequestLocalization(options);
        app.Use(
            (http, next) =>
            {
                if (http.Request.Query.ContainsKey("lang") && !http.Request.Path.StartsWithSegments("/api"))
                    http.Response.Cookies.Append(
                        LanguageCookie,
                        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(CultureInfo.CurrentUICulture)),
                        new CookieOptions
                        {
                            MaxAge = TimeSpan.FromDays(365),
                            SameSite = SameSiteMode.Lax,
                            HttpOnly = true,
                        }
                    );
                return next(http);
            }
        );
    }

    /// <summary>Remembers <c>?lang=</c>.</summary>
    internal const string LanguageCookie = "hengping-lang";
}
