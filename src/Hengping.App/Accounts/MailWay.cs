using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Fields;

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
        "【{operator}】验证码 {code}，用于确认这个邮箱，10 分钟内有效。若非本人操作，请忽略。",
        "[{operator}] Code {code} confirms this mail address; valid for 10 minutes. If it was not you, ignore it."
    );

    /// <summary>The code that opens an account by mail.</summary>
    public static readonly Wording ToSignIn = new(
        "mail-sign-in-code",
        "【{operator}】登录验证码 {code}，10 分钟内有效。请勿告诉他人。",
        "[{operator}] Your sign-in code is {code}, valid for 10 minutes. Tell nobody."
    );

    private const string ConfirmUse = "confirm:";
    private const string EnterUse = "enter:";

    /// <summary>What codes to one address are good for: none for a phone.</summary>
    public static readonly IReadOnlyList<string> Uses = ["", ConfirmUse, EnterUse];

    /// <summary>A keyed hash of a mail address, case-insensitive.</summary>
    public static string PrintOf(Store store, string mail) => PrintOf(store.Keys.Prints, mail);

    /// <summary>The same under a set of print keys.</summary>
    public static string PrintOf(Prints prints, string mail) =>
        prints.Of(AccountPurposes.Mail, mail.Trim().ToUpperInvariant());

    /// <summary>Sends a code to the address of the account's own profile.</summary>
    public static async Task<Refusal?> AskToConfirm(Store store, Guid account, string address, CancellationToken ct)
    {
        if ((await AccountDesk.ProfileOf(store, account, ct))?.Email is not { } mail)
            return NoMail;
        var asker = new Asker(PrintOf(store, mail), address, ConfirmUse, account);
        return await Send(store, asker, ToConfirm, mail, account, ct);
    }

    /// <summary>Takes the code: the address opens the account from now on.</summary>
    public static async Task<Refusal?> Confirm(
        Store store,
        Caller caller,
        string address,
        string? code,
        CancellationToken ct
    )
    {
        if ((await AccountDesk.ProfileOf(store, caller.Account, ct))?.Email is not { } mail)
            return NoMail;
        var print = PrintOf(store, mail);
        var asker = new Asker(print, address, ConfirmUse, caller.Account);
        if (await OneTimeCodes.Take(store, asker, (code ?? "").Trim(), ct) is { } no)
            return no;
        if ((await store.Held("mail", [print], ct)).Count > 0)
            return MailTaken;
        return await AccountDesk.Append(store, caller.Account, a => a.ConfirmMail(print), caller.Author, ct);
    }

    /// <summary>Sends a sign-in code where an account has confirmed the address; the answer is the same, and as much is
    /// counted, where none has.</summary>
    public static async Task<Refusal?> SendCode(
        Store store,
        string? typed,
        string address,
        CancellationToken ct,
        DeviceOf? device = null
    )
    {
        var mail = PlainText.Line(typed) ?? "";
        if (!MailAddress.Is(mail))
            return Fault.Email;
        var account = await Find(store, mail, ct);
        var somebody = await store.First<Guid?>("select id from accounts where mail_print > '' limit 1", null, ct);
        // To the address as it was confirmed, not as somebody types it now. Where nobody has confirmed it the same is
        // done for somebody else, up to the letter: how long it takes tells nothing either.
        var whom = account ?? somebody;
        var confirmed = whom is { } known ? (await AccountDesk.ProfileOf(store, known, ct))?.Email : null;
        var asker = AskerOf(store, mail, address, device, account);
        var no = await Send(store, asker, ToSignIn, confirmed, whom, ct, isToNobody: account is null);
        // A second click is no fault: the first code is on its way.
        return no == SignIn.TooSoon ? null : no;
    }

    /// <summary>Takes a sign-in code, once.</summary>
    public static async Task<Entered> WithCode(
        Store store,
        string? typed,
        string address,
        string? code,
        CancellationToken ct,
        DeviceOf? device = null
    )
    {
        var mail = PlainText.Line(typed) ?? "";
        var found = await Find(store, mail, ct);
        var asker = AskerOf(store, mail, address, device, found);
        if (await OneTimeCodes.Take(store, asker, (code ?? "").Trim(), ct) is { } no)
            return new Entered(Refusal: no);
        return found is { } account
            ? new Entered(await SignIn.CallerOf(store, account, ct))
            : new Entered(Refusal: SignIn.WrongCode);
    }

    private static Asker AskerOf(Store store, string mail, string address, DeviceOf? device, Guid? account) =>
        new(KnownDevice.Apart(PrintOf(store, mail), device, account), address, EnterUse);

    private static Task<Guid?> Find(Store store, string mail, CancellationToken ct) =>
        store.First<Guid?>(
            "select id from accounts where mail_print = @print and role = 'claimant' and live",
            new { print = PrintOf(store, mail) },
            ct
        );

    private static async Task<Refusal?> Send(
        Store store,
        Asker asker,
        Wording template,
        string? mail,
        Guid? account,
        CancellationToken ct,
        bool isToNobody = false
    )
    {
        var once = string.Create(
            CultureInfo.InvariantCulture,
            $"code:{asker.Row}:{store.Now.ToUnixTimeMilliseconds()}"
        );
        var slot = account is { } known ? await AccountDesk.PersonKey(store, known, ct) : (long?)null;
        var head = await Letterhead.OfPage(store, ct);
        return await OneTimeCodes.Draw(
            store,
            asker,
            code =>
                mail is null
                    ? null
                    : head.On(
                        new Message(
                            once,
                            Channel.Email,
                            template,
                            mail,
                            new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code },
                            account,
                            KeySlot: slot
                        )
                    ),
            ct,
            isToNobody
        );
    }
}
