using Hengping.App.Platform;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace Hengping.App.Design;

/// <summary>The looks a reader chose: theme by cookie or <c>?theme=</c>; addresses that change one part.</summary>
public static class Looks
{
    private const string Cookie = "theme";
    private static readonly CookieOptions Remembered = new()
    {
        MaxAge = TimeSpan.FromDays(365),
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
    };

    /// <summary><c>light</c>, <c>dark</c>, or null: as the reader's system says.</summary>
    public static string? Theme(HttpContext http) =>
        Known(http.Request.Query[Cookie].ToString()) ?? Known(http.Request.Cookies[Cookie]);

    /// <summary>Remembers <c>?theme=dark</c>.</summary>
    public static Task Remember(HttpContext http, RequestDelegate next)
    {
        if (Known(http.Request.Query[Cookie].ToString()) is { } chosen)
            http.Response.Cookies.Append(Cookie, chosen, Remembered);
        return next(http);
    }

    /// <summary>This very address with one query value set, or taken out when null.</summary>
    public static string With(HttpContext http, string name, string? value)
    {
        var query = QueryHelpers.ParseQuery(http.Request.QueryString.Value);
        query.Remove(name);
        query.Remove("handler");
        // What a form was answered with is this page in other looks, and no other page.
        if (name is not (Cookie or "lang"))
            query.Remove(ShownPages.Field);
        if (value is not null)
            query[name] = value;
        return http.Request.Path + new QueryBuilder(query).ToQueryString().Value;
    }

    /// <summary>The site runs on a generated market: everybody may be anybody.</summary>
    public static bool Demo(HttpContext http) => http.RequestServices.GetRequiredService<SiteOptions>().Demo;

    private static string? Known(string? theme) => theme is "light" or "dark" ? theme : null;
}
