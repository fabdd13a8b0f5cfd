using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>
/// Where the operator asks for a second factor, staff without one get to the page that sets it and to no other. API
/// tokens are another thing: they are secrets of a machine, given out and taken back one by one.
/// </summary>
public static class FactorGate
{
    private const string Page = "/me/security";

    // What still opens: the page itself, the way out, and what every page is made of.
    private static readonly string[] Open = [Page, "/signout", "/lib", "/error", "/papers", "/favicon.ico"];

    /// <summary>Puts the gate behind the sign-in.</summary>
    public static void UseFactorGate(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                if (await IsShut(http))
                    http.Response.Redirect(Page);
                else
                    await next(http);
            }
        );

    private static async ValueTask<bool> IsShut(HttpContext http)
    {
        if (
            CurrentSession.Of(http) is not { HasSecondFactor: false, Caller.Role: not (Role.Claimant or Role.Merchant) }
        )
            return false;
        if (Open.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)))
            return false;
        return await CurrentOperator.Of(http).Now(http.RequestAborted) is { NeedsSecondFactor: true };
    }
}
