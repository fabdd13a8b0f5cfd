using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.Design;

/// <summary>What went wrong and what to do now; never how the program failed inside.</summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorPage : PageModel
{
    private static readonly int[] Known = [400, 403, 404, 410, 413, 429, 500];

    /// <summary>The status shown: one we have words for.</summary>
    public int Code { get; private set; }

    /// <summary>Whatever the method was: a page without a handler for it would not know its code.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // From the address itself: where a form cannot be read, no parameter is bound.
        var asked = int.Parse((string)RouteData.Values["code"]!, Say.Machine);
        var code = asked is >= 400 and < 600 ? asked : StatusCodes.Status404NotFound;
        Code =
            Known.Contains(code) ? code
            : code < 500 ? 400
            : 500;
        // By itself: nothing failed here, or it was counted where it did.
        if (Response.StatusCode < StatusCodes.Status400BadRequest)
            Metrics.CountAs(HttpContext, StatusCodes.Status200OK);
        Response.StatusCode = code;
    }
}
