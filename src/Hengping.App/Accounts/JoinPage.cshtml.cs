using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Codes = Hengping.App.Accounts.SignIn;

namespace Hengping.App.Accounts;

/// <summary>加入: whoever was invited chooses a password. Merely opened, the link decides nothing.</summary>
[EnableRateLimiting(Limits.Guessing)]
[OpenInDoubt]
public sealed class JoinPage(Store store, TokenCallers callers) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    /// <summary>Whom the link invites; null where it is not valid.</summary>
    public Invitations.Invited? Invited { get; private set; }

    public Task<IActionResult> OnGet() => Open();

    public async Task<IActionResult> OnPost(string? password)
    {
        if (await Invitations.Find(Store, Key, Ct) is not { } invited)
            return await Open();
        var faults = new FieldFaults();
        Password.CheckNew(invited.Profile?.Login ?? "", password ?? "", faults);
        Fault(faults.All);
        if (!faults.None)
        {
            Invited = invited;
            return Again();
        }
        if (await Invitations.Accept(Store, invited.Account, Key!, password!, Ct) is not null)
            return await Open();
        await AccountNotices.Tell(Store, invited.Account, AccountNotices.Changed, Ct);
        callers.Forget();
        var entered = await Codes.In(Store, invited.Account, account => account.Enter(), Ct);
        // Who has a second factor proves it, whatever link they came by.
        if (entered.Caller is not { } caller)
            return Redirect("/signin?as=staff");
        await Sessions.SignIn(HttpContext, caller);
        return Redirect(SignInPage.HomeOf(caller));
    }

    private async Task<IActionResult> Open()
    {
        Response.Headers["X-Robots-Tag"] = "noindex";
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Invited = await Invitations.Find(Store, Key, Ct);
        if (Invited is null)
        {
            Fault("", Account.LinkOld);
            Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        return Page();
    }
}
