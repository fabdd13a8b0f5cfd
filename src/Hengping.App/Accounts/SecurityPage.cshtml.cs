using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Codes = Hengping.App.Accounts.SignIn;

namespace Hengping.App.Accounts;

/// <summary>
/// 账户安全: second factors, passkeys, password and sessions of one's own account. Whatever changes the way in asks
/// for the password again.
/// </summary>
[EnableRateLimiting(Limits.Guessing)]
[OpenInDoubt("Begin", "Confirm")]
public sealed class SecurityPage(
    Store store,
    Factors factors,
    Passkeys passkeys,
    TokenCallers callers,
    CurrentOperator house
) : HousePage(store)
{
    /// <summary>The account as it stands.</summary>
    public Account State { get; private set; } = null!;

    /// <summary>Consumers have codes by phone instead of factors.</summary>
    public bool HasFactors => Me!.Role != Role.Claimant;

    /// <summary>The operator wants a second factor, and there is none.</summary>
    public bool Must { get; private set; }

    /// <summary>An authenticator being set up.</summary>
    public Proposal? Proposal { get; private set; }

    /// <summary>What the app scans.</summary>
    public QrPicture? Qr { get; private set; }

    /// <summary>The same as a link, for an app on this very phone.</summary>
    public string? QrLink { get; private set; }

    /// <summary>Recovery codes, on the answer to the very request that made them.</summary>
    public IReadOnlyList<string> Fresh { get; private set; } = [];

    /// <inheritdoc/>
    public override bool ShowsOnce => Proposal is not null || Fresh.Count > 0;

    public IReadOnlyList<SessionShown> Sessions { get; private set; } = [];
    public IReadOnlyList<PasskeyShown> Keys { get; private set; } = [];
    public IReadOnlyList<SecurityLine> Story { get; private set; } = [];

    /// <summary>What was done a moment ago.</summary>
    public string? Done { get; private set; }

    /// <summary>The form whose password was wrong stays open.</summary>
    public string? Open { get; private set; }

    public async Task<IActionResult> OnGet(string? did)
    {
        if (Me is null)
            return ToSignIn();
        Done = did is "on" or "off" or "passkey" or "removed" or "password" or "ended" or "others"
            ? Texts.T("security.did." + did)
            : null;
        await Read();
        return Page();
    }

    /// <summary>Begins to set an authenticator: the secret is shown, nothing is written.</summary>
    public Task<IActionResult> OnPostBegin(string? password) =>
        Guarded("begin", password, () => Show(factors.Propose(Me!.Account)));

    /// <summary>The first code came back.</summary>
    public async Task<IActionResult> OnPostConfirm(string? note, string? code)
    {
        if (Me is null)
            return ToSignIn();
        if (!HasFactors)
            return NotFound();
        if (factors.Reopen(Me.Account, note) is not { } proposal)
            return await Refuse("", Factors.ProposalOld);
        var set = await factors.Confirm(Me, proposal, code, Ct);
        if (set.Refusal is { } no)
        {
            Fault("code", no);
            return await Show(proposal);
        }
        return await Changed("on", set.Event!.Codes);
    }

    /// <summary>New recovery codes instead of the old ones.</summary>
    public Task<IActionResult> OnPostCodes(string? password) =>
        Guarded(
            "codes",
            password,
            async () =>
            {
                var made = await factors.Renew(Me!, Ct);
                return made.Refusal is { } no ? await Refuse("", no) : await Changed("on", made.Event!.Codes);
            }
        );

    /// <summary>Takes the authenticator off.</summary>
    public Task<IActionResult> OnPostOff(string? password) =>
        Guarded("off", password, () => Change("off", account => account.DropAuthenticator()));

    /// <summary>What the browser is asked for a new passkey: JSON for the script of this page.</summary>
    public async Task<IActionResult> OnPostPasskeyAsk(string? password)
    {
        if (Me is null || !HasFactors)
            return NotFound();
        Response.Headers.CacheControl = "no-store";
        if (await factors.Guard(Me.Account, password, Ct) is { } no)
            return new JsonResult(new { fault = Texts.Pick(no.Zh, no.En) }, Cli.JsonFormat);
        var profile = await AccountDesk.ProfileOf(Store, Me.Account, Ct);
        var name = profile?.Login ?? profile?.Name ?? "";
        return new JsonResult(await passkeys.AskNew(Me.Account, name, HttpContext), Cli.JsonFormat);
    }

    /// <summary>What the browser made. The password was asked before the challenge was given out.</summary>
    public async Task<IActionResult> OnPostPasskey(string? ask, string? credential, string? name)
    {
        if (Me is null || !HasFactors)
            return NotFound();
        var (added, refusal) = await passkeys.Made(Me.Account, ask, credential, name, HttpContext);
        if (added is null)
            return await Refuse("", refusal!);
        var set = await factors.WithCodes(
            Me,
            account => account.AddPasskey(added.Print, added.Counter, added.Name!, added.Key!),
            Ct
        );
        return set.Refusal is { } no ? await Refuse("", no) : await Changed("passkey", set.Event!.Codes);
    }

    /// <summary>Takes a passkey off.</summary>
    public Task<IActionResult> OnPostRemove(string? print, string? password) =>
        Guarded(print ?? "", password, () => Change("removed", account => account.RemovePasskey(print ?? "")));

    /// <summary>A new password ends every other session.</summary>
    public Task<IActionResult> OnPostPassword(string? password, string? fresh) =>
        Guarded(
            "password",
            password,
            async () =>
            {
                var login = (await AccountDesk.ProfileOf(Store, Me!.Account, Ct))?.Login ?? "";
                var faults = new FieldFaults();
                Password.CheckNew(login, fresh ?? "", faults);
                if (!faults.None)
                {
                    Open = "password";
                    return await Refuse("fresh", faults.All["password"]);
                }
                var hash = Codes.HashPassword(fresh!);
                return await Change("password", account => account.SetPassword(hash), others: true);
            }
        );

    /// <summary>Ends one session of one's own.</summary>
    public async Task<IActionResult> OnPostEnd(string? session)
    {
        if (Me is null)
            return ToSignIn();
        if (!await SessionRows.End(Store, Me.Account, session ?? "", Ct))
            return NotFound();
        callers.Forget();
        return Redirect("/me/security?did=ended");
    }

    /// <summary>Ends every session but this.</summary>
    public Task<IActionResult> OnPostOthers() =>
        Me is null
            ? Task.FromResult(ToSignIn())
            : Change("others", account => account.EndSessions(), others: true, told: false);

    private async Task<IActionResult> Guarded(string form, string? password, Func<Task<IActionResult>> then)
    {
        if (Me is null)
            return ToSignIn();
        if (!HasFactors)
            return NotFound();
        if (await factors.Guard(Me.Account, password, Ct) is not { } no)
            return await then();
        Open = form;
        return await Refuse("password-" + form, no);
    }

    private async Task<IActionResult> Change(
        string did,
        Func<Account, Decided<AccountEvent>> decide,
        bool others = false,
        bool told = true
    )
    {
        if (await AccountDesk.Append(Store, Me!.Account, decide, Me.Author, Ct) is { } no)
            return await Refuse("", no);
        if (others)
            await Renew();
        if (told)
            await AccountNotices.Tell(Store, Me.Account, AccountNotices.Changed, Ct);
        callers.Forget();
        return Redirect("/me/security?did=" + did);
    }

    // The event voided every session; whoever did it stays.
    private async Task Renew()
    {
        await SessionRows.Clear(Store, Me!.Account, Ct);
        await Platform.Sessions.SignIn(HttpContext, Me);
    }

    private async Task<IActionResult> Changed(string did, IReadOnlyList<string> codes)
    {
        await AccountNotices.Tell(Store, Me!.Account, AccountNotices.Changed, Ct);
        callers.Forget();
        if (codes.Count == 0)
            return Redirect("/me/security?did=" + did);
        Done = Texts.T("security.did." + did);
        Fresh = codes;
        await Read();
        return Page();
    }

    private async Task<IActionResult> Show(Proposal proposal)
    {
        Proposal = proposal;
        var sign = (await house.Now(Ct))?.Sign;
        var issuer = Uri.EscapeDataString(sign is null ? "Hengping" : Texts.Pick(sign.NameZh, sign.NameEn));
        var profile = await AccountDesk.ProfileOf(Store, Me!.Account, Ct);
        var label = Uri.EscapeDataString(profile?.Login ?? profile?.Name ?? "");
        QrLink = $"otpauth://totp/{issuer}:{label}?secret={proposal.Secret}&issuer={issuer}";
        Qr = QrPicture.Of(QrLink);
        await Read();
        return Faults.Count > 0 ? Again() : Page();
    }

    private async Task<IActionResult> Refuse(string field, Refusal refusal)
    {
        Fault(field, refusal);
        await Read();
        return Again();
    }

    private async Task Read()
    {
        State = (await Store.Load(AccountBook.Instance, Me!.Account, Ct)).State!;
        var isStaff = Me.Role is not (Role.Claimant or Role.Merchant);
        Must = isStaff && !State.HasSecondFactor && await house.Now(Ct) is { NeedsSecondFactor: true };
        Sessions = await SessionRows.Of(Store, Me.Account, CurrentSession.Of(HttpContext)?.Hash, Ct);
        (Story, Keys) = await SecurityStory.Of(Store, Me.Account, Me.Author, Ct);
    }
}
