using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>
/// Where the operator asks for a second factor, staff without one get to the page that sets it and to no other, and
/// their API tokens open nothing until they have one. An account that nobody can sign in to, opened for a token, is a
/// machine's: there the token is all there is.
/// </summary>
public static class FactorGate
{
    private const string Page = "/me/security";

    /// <summary>Of whoever signs in with a password alone.</summary>
    public static readonly Refusal Needed = new(
        "account.second-factor",
        "本机构要求工作人员启用两步验证。请先登录并设置，令牌随后即可使用",
        "Staff here must have a second factor: sign in and set one, then the token opens again"
    );

    // What still opens: the page itself, the way out, and what every page is made of.
    private static readonly string[] Open = [Page, "/signout", "/lib", "/error", "/papers", "/favicon.ico"];

    /// <summary>Puts the gate behind the sign-in.</summary>
    public static void UseFactorGate(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                if (await IsShut(http))
                    http.Response.Redirect(Page);
                else if (await IsTokenShut(http))
                    await Needed.AsProblem(StatusCodes.Status403Forbidden).ExecuteAsync(http);
                else
                    await next(http);
            }
        );

    /// <summary>Whether an account may have a token made for it now.</summary>
    public static async Task<bool> MayHaveToken(Store store, Guid account, CancellationToken ct)
    {
        var facts = (await store.Load(AccountBook.Instance, account, ct)).State;
        return facts is not { LoginPrint: not null, HasSecondFactor: false, Role: not (Role.Claimant or Role.Merchant) }
            || await CurrentOperator.Load(store, ct) is not { NeedsSecondFactor: true };
    }

    private static async ValueTask<bool> IsTokenShut(HttpContext http) =>
        CurrentToken.Of(http) is { IsPasswordOnly: true, Caller.Role: not (Role.Claimant or Role.Merchant) }
        && await CurrentOperator.Of(http).Now(http.RequestAborted) is { NeedsSecondFactor: true };

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
