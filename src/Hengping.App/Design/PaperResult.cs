using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Design;

/// <summary>
/// A page as PDF: what the reader would see of it in print, under this name. Where none can be made it leads back to
/// the page, which says so.
/// </summary>
/// <param name="back">Address of the page.</param>
public sealed class PaperResult(PageResult page, string name, string back) : IActionResult
{
    /// <inheritdoc/>
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (http, response) = (context.HttpContext, context.HttpContext.Response);
        var body = response.Body;
        using var written = new MemoryStream();
        response.Body = written;
        try
        {
            await page.ExecuteResultAsync(context);
        }
        finally
        {
            response.Body = body;
        }
        var html = Encoding.UTF8.GetString(written.ToArray());
        var press = http.RequestServices.GetRequiredService<PaperPress>();
        if (await press.Print(html, http.RequestAborted) is not { } pdf)
        {
            response.Redirect($"{back}?pdf=failed");
            return;
        }
        response.ContentType = "application/pdf";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        response.ContentLength = pdf.Length;
        await body.WriteAsync(pdf, http.RequestAborted);
    }
}
