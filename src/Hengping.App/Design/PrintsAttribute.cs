using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Design;

/// <summary>
/// A page that can be had as PDF, as its reader would see it in print, where it was asked for by <see cref="Ask"/>.
/// Where none can be made it leads back to the page, which says so.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PrintsAttribute : ResultFilterAttribute
{
    private sealed record Asked(string Name, string Back);

    /// <summary>What this request is answered with goes out as PDF.</summary>
    /// <param name="name">Of the file.</param>
    /// <param name="back">Address of the page.</param>
    public static void Ask(HttpContext http, string name, string back) =>
        http.Items[typeof(PrintsAttribute)] = new Asked(name, back);

    /// <inheritdoc/>
    public override async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.Result is not PageResult || http.Items[typeof(PrintsAttribute)] is not Asked asked)
        {
            await next();
            return;
        }
        var html = await Rendered(http, next);
        var press = http.RequestServices.GetRequiredService<PaperPress>();
        if (await press.Print(html, http.RequestAborted) is not { } pdf)
        {
            http.Response.Redirect($"{asked.Back}?pdf=failed");
            return;
        }
        http.Response.ContentType = "application/pdf";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{asked.Name}\"";
        await http.Response.Body.WriteAsync(pdf, http.RequestAborted);
    }

    /// <summary>What a page would be answered with, as text; nothing of it has gone out.</summary>
    public static async Task<string> Rendered(HttpContext http, ResultExecutionDelegate next)
    {
        using var made = new MemoryStream();
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Response.Body = made;
        try
        {
            await next();
        }
        finally
        {
            http.Features.Set(body);
        }
        return Encoding.UTF8.GetString(made.GetBuffer(), 0, (int)made.Length);
    }
}
