using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Demo;

/// <summary>The room of the demo: a generated market, and sign-in as anyone in it. Bound to loopback by <c>serve</c>.</summary>
public static class DemoRoom
{
    /// <summary>Fills the store behind the site.</summary>
    public static void AddDemo(this WebApplicationBuilder builder, bool on)
    {
        if (on)
            builder.Services.AddHostedService<DemoFilling>();
    }

    /// <summary><c>POST /demo/sign-in</c>: only in demo mode does the address exist.</summary>
    public static void MapDemo(this WebApplication app, bool on)
    {
        if (on)
            app.MapPost("/demo/sign-in", SignIn).Anyone();
    }

    static async Task<IResult> SignIn(
        HttpContext http,
        TokenCallers callers,
        [FromForm] Guid account,
        [FromForm] string? next,
        CancellationToken ct
    )
    {
        if (await callers.OfAccount(account, ct) is not { } caller)
            return Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);
        await Sessions.SignIn(http, caller);
        var home = caller switch
        {
            { IsStaff: true } => "/desk",
            { Merchant: not null } => "/merchant",
            _ => "/me",
        };
        // Only an address of this site: nobody is sent elsewhere with a fresh session.
        return Results.LocalRedirect(next is ['/', not ('/' or '\\'), ..] ? next : home);
    }
}
