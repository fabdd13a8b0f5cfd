using System.Text;
using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Design;

/// <summary>
/// The form machine: what a form is answered with has an address of its own (<see cref="ShownPages"/>), so that Back
/// and reload never send it again; and a form whose token is no longer good is shown again with what was typed. Pages
/// know nothing of it: they answer as if they were shown at once.
/// </summary>
public sealed partial class ShownForms(ShownPages pages, IAntiforgery antiforgery) : IAsyncAlwaysRunResultFilter
{
    /// <inheritdoc/>
    public Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (http.Features.Get<TypedForm>() is { } typed && context.Result is PageResult)
            return Again(http, typed, next);
        if (!ByBrowser.Sent(http.Request))
            return next();
        return context.Result switch
        {
            PageResult page => Keep(http, page.Model as HousePage, next),
            IAntiforgeryValidationFailedResult when ByBrowser.IsFromHere(http.Request) => Stale(context, next),
            _ => next(),
        };
    }

    /// <summary>Shows what was kept for whoever asks for it by its address.</summary>
    public static void Use(WebApplication app)
    {
        var pages = app.Services.GetRequiredService<ShownPages>();
        app.Use(
            (http, next) =>
            {
                // Where a form goes on to is not what the last one was answered with.
                if (HttpMethods.IsPost(http.Request.Method) && http.Request.Query.ContainsKey(ShownPages.Field))
                    http.Request.QueryString = ShownPage.Without(http.Request.QueryString);
                return
                    (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
                    && http.Request.Query[ShownPages.Field] is [{ Length: > 0 } key]
                    && http.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null
                    ? Show(http, key, pages, next)
                    : next(http);
            }
        );
    }

    private static async Task Show(HttpContext http, string key, ShownPages pages, RequestDelegate next)
    {
        var (shown, who) = (await pages.Find(http, key), ShownPage.WhoAsks(http));
        var language = Texts.English ? "en" : "zh";
        if (shown is { Page: { } page } && shown.Who == who && shown.Language == language)
            await Write(http, shown, page);
        // Typed before they signed in.
        else if (shown is not null && (shown.Who == who || shown.Who.Length == 0))
        {
            http.Features.Set(new TypedForm(shown));
            await next(http);
        }
        // The page says itself that one has to sign in; what was kept is there afterwards.
        else if (shown is not null && who.Length == 0)
            await next(http);
        else
            http.Response.Redirect(http.Request.PathBase + http.Request.Path + ShownPage.QueryOf(http.Request, null));
    }

    private static async Task Write(HttpContext http, ShownPage shown, string page)
    {
        http.Response.StatusCode = shown.Status;
        // It was counted as what it is when the form was sent.
        Metrics.CountAs(http, StatusCodes.Status200OK);
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        foreach (var (name, value) in shown.Headers)
            http.Response.Headers[name] = value;
        // The looks are those of now.
        var theme = Looks.Theme(http) is { } chosen ? $" data-theme=\"{chosen}\"" : "";
        await http.Response.WriteAsync(Root().Replace(page, $"<html$1{theme}>", 1), http.RequestAborted);
    }

    private async Task Keep(HttpContext http, HousePage? page, ResultExecutionDelegate next)
    {
        var (key, request, response) = (ShownPages.NewKey(), http.Request, http.Response);
        var form = await request.ReadFormAsync(http.RequestAborted);
        var shown = ShownPage.Of(http, form);
        // Links of the page that change its looks lead to what is kept.
        request.QueryString = ShownPage.QueryOf(request, key, page?.AtStep);
        var html = FaultMarks.Into(await PrintsAttribute.Rendered(http, next));
        shown = shown.With(html, response) with
        {
            At = page?.AtStep,
            Once = page is { ShowsOnce: true },
            Typed = [.. shown.Typed, .. page?.AlsoTyped ?? []],
        };
        if (response.StatusCode >= StatusCodes.Status500InternalServerError || !await pages.Keep(http, key, shown))
        {
            await response.WriteAsync(html, http.RequestAborted);
            return;
        }
        Metrics.CountAs(http, shown.Status);
        response.Headers.RetryAfter = default;
        response.ContentType = null;
        var at = page?.AtField is { } field ? "#" + Uri.EscapeDataString(field) : "";
        SeeOther(response, request.PathBase + request.Path + request.QueryString + at);
    }

    private async Task Stale(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (await pages.KeepTyped(context.HttpContext) is { } address)
        {
            Metrics.CountAs(context.HttpContext, StatusCodes.Status400BadRequest);
            context.Result = new StatusCodeResult(StatusCodes.Status303SeeOther);
            context.HttpContext.Response.Headers.Location = address;
        }
        await next();
    }

    private async Task Again(HttpContext http, TypedForm typed, ResultExecutionDelegate next)
    {
        var html = await PrintsAttribute.Rendered(http, next);
        var shown = typed.Shown;
        var filled = typed.IsTaken
            ? html
            : Refill.Into(html, http.Request.PathBase + http.Request.Path, shown.Action, shown.Typed);
        if (typed.IsStale)
            filled = Refill.Announce(filled ?? html, Notice(http, shown, isInPlace: filled is not null));
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(filled ?? html, http.RequestAborted);
    }

    // Why it must be sent once more; with a button, where the page has no longer the form it came from.
    private string Notice(HttpContext http, ShownPage shown, bool isInPlace)
    {
        var (said, html) = (new StringBuilder(), Tag.Html);
        said.Append("<div class=\"fault\" role=\"alert\" tabindex=\"-1\"><strong>");
        said.Append(html.Encode(Texts.T("form.stale"))).Append("</strong>");
        var words =
            isInPlace ? Texts.T(shown.LeftOut ? "form.stale.less" : "form.stale.look")
            : shown.LeftOut ? Texts.T("form.stale.anew")
            : null;
        if (words is not null)
            return said.Append("<p>").Append(html.Encode(words)).Append("</p></div>").ToString();
        said.Append("<form method=\"post\" action=\"").Append(html.Encode(shown.Action)).Append("\">");
        var token = new TypedField(FormKey.TokenField, antiforgery.GetAndStoreTokens(http).RequestToken ?? "");
        foreach (var (name, value) in shown.Typed.Append(token))
            said.Append("<input type=\"hidden\" name=\"")
                .Append(html.Encode(name))
                .Append("\" value=\"")
                .Append(html.Encode(value))
                .Append("\">");
        said.Append("<div class=\"actions\"><button class=\"btn\">").Append(html.Encode(Texts.T("away.send")));
        return said.Append("</button></div></form></div>").ToString();
    }

    private static void SeeOther(HttpResponse response, string address)
    {
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = address;
    }

    [GeneratedRegex("<html( [^>]*?)(?: data-theme=\"[^\"]*\")?>", RegexOptions.None, 1000)]
    private static partial Regex Root();
}
