using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Hengping.App.Platform;
using Hengping.Rules;

namespace Hengping.App.Design;

/// <summary>
/// What people see while the store is away, at the address they asked for. It asks nothing of the store, so it has no
/// frame; a form that was sent stands in it, to be sent again as it was, its token with it.
/// </summary>
public static class AwayPage
{
    // Beyond it a page would be slow to carry what the browser's own «back» still has.
    private const int CarriedCharsMax = 200_000;

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    /// <summary>Writes the page; status and headers are the caller's.</summary>
    public static async Task Show(HttpContext http, Refusal refusal)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        var sent = await Sent(http);
        await http.Response.WriteAsync(Page(http, refusal, sent), http.RequestAborted);
    }

    private static string Page(HttpContext http, Refusal refusal, IFormCollection? sent)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"").Append(Texts.English ? "en" : "zh-CN").Append('"');
        if (Looks.Theme(http) is { } theme)
            page.Append(" data-theme=\"").Append(theme).Append('"');
        page.Append(">\n<head>");
        page.Append("<meta charset=\"utf-8\"><title>").Append(Html.Encode(Texts.T("away.title"))).Append("</title>");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Append("<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"stylesheet\" href=\"");
        page.Append(Assets.Url("site.css")).Append("\"></head>\n<body><main id=\"main\" class=\"frame\">");
        page.Append("<div class=\"empty\" data-away=\"").Append(refusal.Code).Append("\"><h1>");
        page.Append(Html.Encode(Texts.T("away.title"))).Append("</h1>");
        Tell(page, Texts.Pick(refusal.Zh, refusal.En));
        var here = Html.Encode(http.Request.PathBase + http.Request.Path + http.Request.QueryString);
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            page.Append(CultureInfo.InvariantCulture, $"<p><a class=\"btn btn-main\" href=\"{here}\">")
                .Append(Again())
                .Append("</a></p>");
        else if (sent is not null && Carried(sent) is { } fields)
        {
            Tell(page, Texts.T("away.kept"));
            page.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"{here}\">")
                .Append(fields)
                .Append("<button class=\"btn btn-main\" type=\"submit\">")
                .Append(Html.Encode(Texts.T("away.send")))
                .Append("</button></form>");
        }
        else
            Tell(page, Texts.T("away.back"));
        return page.Append("</div></main></body></html>\n").ToString();
    }

    private static void Tell(StringBuilder page, string text) =>
        page.Append("<p class=\"prose\">").Append(Html.Encode(text)).Append("</p>");

    private static string Again() => Html.Encode(Texts.T("away.again"));

    // What was typed may not have been read yet, and a disk that is full cannot take what comes with it.
    private static async Task<IFormCollection?> Sent(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return null;
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The fields as hidden ones; null where the browser must send them itself: files, passwords.</summary>
    private static string? Carried(IFormCollection sent)
    {
        if (sent.Keys.Any(ShownPage.IsSecret) || sent.Files.Any(file => file.Length > 0))
            return null;
        var fields = new StringBuilder();
        foreach (var (name, values) in sent)
        foreach (var value in values)
            fields.Append(
                CultureInfo.InvariantCulture,
                $"<input type=\"hidden\" name=\"{Html.Encode(name)}\" value=\"{Html.Encode(value ?? "")}\">"
            );
        return fields.Length > CarriedCharsMax ? null : fields.ToString();
    }
}
