using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.WebUtilities;
using Codes = Hengping.App.Accounts.SignIn;

namespace Hengping.App.Accounts;

/// <summary>登录: consumers by phone and a one-time code, staff and merchants' people by name and password.</summary>
[EnableRateLimiting(Limits.Guessing)]
[OpenInDoubt("Password", "Second", "PasskeyAsk", "Passkey")]
public sealed class SignInPage(Store store, SecondStep second, Passkeys passkeys, ShownPages shown) : HousePage(store)
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

    [BindProperty]
    public string Email { get; set; } = "";

    /// <summary>Of whose password was right a moment ago; the second step is asked for.</summary>
    public string? Note { get; private set; }

    /// <summary>Whoever waits at the second step has a passkey.</summary>
    public bool HasPasskey { get; private set; }

    /// <summary>A form was sent by somebody who was not signed in any more: nothing was done, and what was typed waits
    /// where they go next.</summary>
    public bool IsUnsent { get; private set; }

    /// <inheritdoc/>
    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        // An empty field is bound as nothing.
        var (_, query) = (Next ?? "").Split('?', 2) is [var path, var asked] ? (path, asked) : ("", "");
        IsUnsent =
            QueryHelpers.ParseQuery(query).GetValueOrDefault(ShownPages.Field) is [{ Length: > 0 } key]
            && await shown.Find(HttpContext, key) is { Page: null };
        await next();
    }

    /// <summary>In another language the code that was sent a moment ago is asked for all the same.</summary>
    public void OnGet()
    {
        var isAsked =
            TypedBefore is { Shown.Page: { } page } && page.Contains("id=\"f-code\"", StringComparison.Ordinal);
        var by = isAsked ? TypedBefore!.Shown.Typed.FirstOrDefault(field => field.Name is "phone" or "email") : null;
        if (by is null)
            return;
        TypedBefore!.Take();
        CodeSent = true;
        if (by.Name == "email")
            (As, Email) = ("mail", by.Value);
        else
            Phone = by.Value;
    }

    public async Task<IActionResult> OnPostCode()
    {
        if (await Codes.SendCode(Store, Phone ?? "", CallerAddress, Ct, Known) is { } refusal)
        {
            CodeSent = CodeLimits.MayHaveOne(refusal);
            Fault(CodeSent ? "code" : "phone", refusal);
            return Again();
        }
        CodeSent = true;
        return Page();
    }

    public async Task<IActionResult> OnPostEnter(string? code)
    {
        var (caller, refusal) = await Codes.WithCode(
            Store,
            Role.Claimant,
            Phone ?? "",
            CallerAddress,
            code ?? "",
            name: null,
            Ct,
            Known
        );
        if (caller is null)
        {
            CodeSent = true;
            Fault("code", refusal ?? Codes.WrongCode);
            return Again();
        }
        await Sessions.SignIn(HttpContext, caller);
        return LocalRedirect(Target("/me"));
    }

    /// <summary>The second way of consumers: a code to a mail address they confirmed before.</summary>
    public async Task<IActionResult> OnPostMailCode()
    {
        As = "mail";
        if (await MailWay.SendCode(Store, Email, CallerAddress, Ct, Known) is { } refusal)
        {
            Fault("email", refusal);
            return Again();
        }
        CodeSent = true;
        return Page();
    }

    /// <summary>The code from the mail.</summary>
    public async Task<IActionResult> OnPostMailEnter(string? code)
    {
        (As, CodeSent) = ("mail", true);
        return await Arrive(await MailWay.WithCode(Store, Email, CallerAddress, code, Ct, Known), "code");
    }

    public async Task<IActionResult> OnPostPassword(string? password)
    {
        As = "staff";
        var entered = await Codes.WithPassword(Store, Login ?? "", password ?? "", Ct, Known);
        if (entered.Waiting is { } account)
        {
            await AskSecond(account, await second.NoteFor(account, Ct));
            return Page();
        }
        return await Arrive(entered, "password");
    }

    /// <summary>The second step: a code of the authenticator, or a recovery code.</summary>
    public async Task<IActionResult> OnPostSecond(string? note, string? code)
    {
        As = "staff";
        if (await second.AccountOf(note, Ct) is not { } account)
            return TimedOut();
        var entered = await second.WithCode(account, code, Ct, Known);
        if (entered.Caller is null)
            await AskSecond(account, note!);
        return await Arrive(entered, "code");
    }

    /// <summary>What the browser's passkey is asked: JSON for the script of this page.</summary>
    public async Task<IActionResult> OnPostPasskeyAsk(string? note)
    {
        var account = string.IsNullOrEmpty(note) ? null : await second.AccountOf(note, Ct);
        Response.Headers.CacheControl = "no-store";
        return new JsonResult(await passkeys.AskAny(account, HttpContext), Cli.JsonFormat);
    }

    /// <summary>What the passkey answered.</summary>
    public async Task<IActionResult> OnPostPasskey(string? ask, string? credential)
    {
        As = "staff";
        return await Arrive(await passkeys.Enter(ask, credential, HttpContext), "");
    }

    private DeviceOf Known => KnownDevice.Of(HttpContext);

    private async Task AskSecond(Guid account, string note)
    {
        Note = note;
        HasPasskey = (await Store.Load(AccountBook.Instance, account, Ct)).State is { Passkeys.IsEmpty: false };
    }

    private PageResult TimedOut()
    {
        Fault("password", Factors.ProposalOld);
        return Again();
    }

    private async Task<IActionResult> Arrive(Entered entered, string field)
    {
        if (entered.Caller is not { } caller)
        {
            Fault(field, entered.Refusal ?? Codes.WrongPassword);
            return Again();
        }
        await Sessions.SignIn(HttpContext, caller);
        return LocalRedirect(Target(HomeOf(caller)));
    }

    /// <summary>The page a role works on; of a role without one, its own sign-in and devices.</summary>
    public static string HomeOf(Caller caller) =>
        caller.IsStaff
            ? "/desk"
            : caller.Role switch
            {
                Role.Merchant => "/merchant",
                Role.Claimant => "/me",
                Role.Regulator => "/desk/reports",
                _ => "/me/security",
            };

    private string Target(string otherwise) => Url.IsLocalUrl(Next) ? Next : otherwise;
}
