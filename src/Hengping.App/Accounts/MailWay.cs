using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.Accounts;

/// <summary>
/// The consumer's second way in: a mail address that was confirmed by a code opens the account when the phone is lost.
/// Nobody learns from the sign-in page whether an address has an account.
/// </summary>
public static class MailWay
{
    /// <summary>There is no address to confirm.</summary>
    public static readonly Refusal NoMail = new("account.no-mail", "请先填写电子邮箱", "Give a mail address first");

    /// <summary>Another account has confirmed it.</summary>
    public static readonly Refusal MailTaken = new(
        "account.mail-taken",
        "该邮箱已用于另一个账户",
        "This mail address belongs to another account"
    );

    /// <summary>The code that confirms an address.</summary>
    public static readonly Wording ToConfirm = new(
        "mail-confirm-code",
        "【衡平】验证码 {code}，用于确认这个邮箱，10 分钟内有效。若非本人操作，请忽略。",
        "[Hengping] Code {code} confirms this mail address; valid for 10 minutes. If it was not you, ignore it."
    );

    /// <summary>The code that opens an account by mail.</summary>
    public static readonly Wording ToSignIn = new(
        "mail-sign-in-code",
        "【衡平】登录验证码 {code}，10 分钟内有效。请勿告诉他人。",
        "[Hengping] Your sign-in code is {code}, valid for 10 minutes. Tell nobody."
    );

    /// <summary>A keyed hash of a mail address, case-insensitive.</summary>
    public static string PrintOf(Store store, string mail) =>
        store.Keys.Fingerprint("mail", mail.Trim().ToUpperInvariant());

    /// <summary>Sends a code to the address of the account's own profile.</summary>
    public static async Task<Refusal?> AskToConfirm(Store store, Guid account, CancellationToken ct) =>
        (await AccountDesk.ProfileOf(store, account, ct))?.Email is { } mail
            ? await Send(store, mail, ToConfirm, account, ct)
            : NoMail;

    /// <summary>Takes the code: the address opens the account from now on.</summary>
    public static async Task<Refusal?> Confirm(Store store, Caller caller, string? code, CancellationToken ct)
    {
        if ((await AccountDesk.ProfileOf(store, caller.Account, ct))?.Email is not { } mail)
            return NoMail;
        var print = PrintOf(store, mail);
        if (!await OneTimeCodes.Take(store, "confirm:" + print, (code ?? "").Trim(), ct))
            return SignIn.WrongCode;
        if ((await store.Held("mail", [print], ct)).Count > 0)
            return MailTaken;
        return await AccountDesk.Append(store, caller.Account, a => a.ConfirmMail(print), caller.Author, ct);
    }

    /// <summary>Sends a sign-in code where an account has confirmed the address; the answer is the same where none has.
    /// </summary>
    public static async Task<Refusal?> SendCode(Store store, string? typed, CancellationToken ct)
    {
        var mail = PlainText.Line(typed) ?? "";
        if (!Filing.LooksLikeMail(mail))
            return Fault.Email;
        if (await Find(store, mail, ct) is not { } account)
            return null;
        // To the address as it was confirmed, not as somebody types it now.
        var confirmed = (await AccountDesk.ProfileOf(store, account, ct))?.Email;
        return confirmed is null ? null : await Send(store, confirmed, ToSignIn, account, ct);
    }

    /// <summary>Takes a sign-in code, once.</summary>
    public static async Task<Entered> WithCode(Store store, string? typed, string? code, CancellationToken ct)
    {
        var mail = PlainText.Line(typed) ?? "";
        var taken = await OneTimeCodes.Take(store, "enter:" + PrintOf(store, mail), (code ?? "").Trim(), ct);
        return taken && await Find(store, mail, ct) is { } account
            ? new Entered(await SignIn.CallerOf(store, account, ct))
            : new Entered(Refusal: SignIn.WrongCode);
    }

    private static Task<Guid?> Find(Store store, string mail, CancellationToken ct) =>
        store.First<Guid?>(
            "select id from accounts where mail_print = @print and role = 'claimant' and live",
            new { print = PrintOf(store, mail) },
            ct
        );

    private static async Task<Refusal?> Send(
        Store store,
        string mail,
        Wording template,
        Guid account,
        CancellationToken ct
    )
    {
        var print = (template == ToConfirm ? "confirm:" : "enter:") + PrintOf(store, mail);
        if (await OneTimeCodes.Draw(store, print, ct) is not { } code)
            // Whoever signs in must not learn from this that the address has an account.
            return template == ToConfirm ? SignIn.TooSoon : null;
        var once = string.Create(CultureInfo.InvariantCulture, $"code:{print}:{store.Now.ToUnixTimeMilliseconds()}");
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code };
        var slot = await AccountDesk.PersonKey(store, account, ct);
        await Outbox.Put(store, new Message(once, Channel.Email, template, mail, values, account, KeySlot: slot), ct);
        return null;
    }
}
