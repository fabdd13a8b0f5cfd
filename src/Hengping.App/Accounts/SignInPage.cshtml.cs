using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Codes = Hengping.App.Accounts.SignIn;

namespace Hengping.App.Accounts;

/// <summary>登录: consumers by phone and a one-time code, staff and merchants' people by name and password.</summary>
[EnableRateLimiting(Limits.Guessing)]
public sealed class SignInPage(Store store) : HousePage(store)
{
    /// <summary>Where to go afterwards: a path of this site.</summary>
    [BindProperty(SupportsGet = true)]
    public string Next { get; set; } = "";

    /// <summary><c>staff</c> for name and password.</summary>
    [BindProperty(SupportsGet = true)]
    public string As { get; set; } = "";

    [BindProperty]
    public string Phone { get; set; } = "";

    [BindProperty]
    public string Login { get; set; } = "";

    /// <summary>A code is on its way to <see cref="Phone"/>.</summary>
    public bool CodeSent { get; private set; }

    public async Task<IActionResult> OnPostCode()
    {
        if (await Codes.SendCode(Store, Phone ?? "", Ct) is { } refusal)
        {
            Fault(refusal == Codes.TooSoon ? "code" : "phone", refusal);
            CodeSent = refusal == Codes.TooSoon;
            return Again();
        }
        CodeSent = true;
        return Page();
    }

    public async Task<IActionResult> OnPostEnter(string? code)
    {
        var (caller, refusal) = await Codes.WithCode(Store, Role.Claimant, Phone ?? "", code ?? "", name: null, Ct);
        if (caller is null)
        {
            CodeSent = true;
            Fault("code", refusal ?? Codes.WrongCode);
            return Again();
        }
        await Sessions.SignIn(HttpContext, caller);
        return LocalRedirect(Target("/me"));
    }

    public async Task<IActionResult> OnPostPassword(string? password)
    {
        As = "staff";
        var (caller, refusal) = await Codes.WithPassword(Store, Login ?? "", password ?? "", Ct);
        if (caller is null)
        {
            Fault("password", refusal ?? Codes.WrongPassword);
            return Again();
        }
        await Sessions.SignIn(HttpContext, caller);
        return LocalRedirect(Target(HomeOf(caller)));
    }

    /// <summary>The page a role works on.</summary>
    public static string HomeOf(Caller caller) =>
        caller.IsStaff ? "/desk"
        : caller.Role == Role.Merchant ? "/merchant"
        : "/me";

    private string Target(string otherwise) => Url.IsLocalUrl(Next) ? Next : otherwise;
}
