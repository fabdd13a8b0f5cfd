using System.Collections.Immutable;

namespace Hengping.Rules.Accounts;

/// <summary>
/// 账户: the facts of one person's or staff member's account; names and numbers are sealed elsewhere.
/// </summary>
public sealed partial record Account(
    Role Role,
    Guid? Merchant,
    string? PhonePrint,
    string? LoginPrint,
    DateTimeOffset OpenedAt
)
{
    /// <summary>Closed by its owner.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Erased: nothing of the person is readable any more.</summary>
    public bool IsErased { get; init; }

    /// <summary>锁定: kept by law and used for nothing; when it is to be erased. Null where it is not locked.</summary>
    public DateTimeOffset? ErasesOn { get; init; }

    /// <summary>SHA-256 (hex) of every API token, and whether it still opens doors.</summary>
    public ImmutableSortedDictionary<string, bool> Tokens { get; init; } =
        ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal);

    /// <summary>May still sign in.</summary>
    public bool IsLive => !IsClosed && !IsErased && ErasesOn is null;

    /// <summary>Closed or erased accounts take no further verb.</summary>
    public static readonly Refusal Gone = new("account.gone", "该账户已注销", "This account is closed");

    /// <summary>Nothing can be taken from an account twice.</summary>
    public static readonly Refusal NoSuchToken = new("account.no-token", "没有这个令牌", "No such token");

    /// <summary>A new API token.</summary>
    public Decided<AccountEvent> IssueToken(string tokenHash, string name) =>
        IsLive ? new AccountEvent.TokenIssued(tokenHash) { Name = name } : Gone;

    /// <summary>Takes an API token back.</summary>
    public Decided<AccountEvent> RevokeToken(string tokenHash) =>
        Tokens.GetValueOrDefault(tokenHash) ? new AccountEvent.TokenRevoked(tokenHash) : NoSuchToken;

    /// <summary>A new password, already hashed.</summary>
    public Decided<AccountEvent> SetPassword(string hash) =>
        IsLive ? new AccountEvent.PasswordSet { Hash = hash } : Gone;

    /// <summary>Corrects name, phone or e-mail.</summary>
    public Decided<AccountEvent> Correct(Profile profile) =>
        IsLive ? new AccountEvent.Corrected { Profile = profile } : Gone;

    /// <summary>Keyed hash of the mail address on file, confirmed or not.</summary>
    public string? AddressPrint { get; init; }

    /// <summary>A code came back from the address on file.</summary>
    public bool IsMailConfirmed { get; init; }

    /// <summary>Keyed hash of the mail address that was confirmed by a code; null where none was.</summary>
    public string? MailPrint => IsMailConfirmed ? AddressPrint : null;

    /// <summary>The address on file is another one by now than the code was sent to.</summary>
    public static readonly Refusal MailChanged = new(
        "account.mail-changed",
        "邮箱地址已更改，请重新获取验证码",
        "The mail address was changed meanwhile; ask for a new code"
    );

    /// <summary>A code came back from the mail address.</summary>
    /// <param name="print">Of the address the code was sent to.</param>
    public Decided<AccountEvent> ConfirmMail(string print) =>
        !IsLive ? Gone
        : AddressPrint != print ? MailChanged
        : IsMailConfirmed ? AsItWas
        : new AccountEvent.MailConfirmed();

    /// <summary>Closes the account.</summary>
    public Decided<AccountEvent> Close() => IsLive ? new AccountEvent.Closed() : Gone;

    /// <summary>
    /// Records that the keys are to be destroyed. Again is allowed: a first try may have died between. A legal hold is
    /// placed on a case, and a person is not erased while one of their cases is held.
    /// </summary>
    public static AccountEvent Erase(string because) => new AccountEvent.Erased(because);

    /// <summary>Records that the keys open nothing until they are destroyed. The date that was told is kept.</summary>
    public Decided<AccountEvent> Lock(DateTimeOffset erasesOn) =>
        IsErased || ErasesOn is not null ? Gone : new AccountEvent.Locked(erasesOn);

    /// <summary>The account after an event.</summary>
    public static Account Apply(Account? account, AccountEvent happened, DateTimeOffset at)
    {
        if (happened is AccountEvent.Opened opened)
            return new Account(opened.Role, opened.Merchant, opened.PhonePrint, opened.LoginPrint, at)
            {
                AddressPrint = opened.MailPrint,
            };
        ArgumentNullException.ThrowIfNull(account);
        return happened switch
        {
            AccountEvent.Corrected e => account with
            {
                PhonePrint = e.PhonePrint,
                AddressPrint = e.MailPrint,
                IsMailConfirmed = account.IsMailConfirmed && e.MailPrint == account.AddressPrint,
            },
            AccountEvent.MailConfirmed => account with { IsMailConfirmed = true },
            AccountEvent.TokenIssued e => account with { Tokens = account.Tokens.SetItem(e.TokenHash, true) },
            AccountEvent.TokenRevoked e => account with { Tokens = account.Tokens.SetItem(e.TokenHash, false) },
            AccountEvent.Closed => account with { IsClosed = true, Generation = account.Generation + 1 },
            AccountEvent.Locked e => account.Unreadable() with { ErasesOn = e.ErasesOn },
            AccountEvent.Erased => account.Unreadable() with { IsErased = true, ErasesOn = null },
            _ => ApplyFactor(account, happened, at),
        };
    }

    // No print is left: nobody finds the account by phone, name or key, and all of these are free again.
    private Account Unreadable() =>
        this with
        {
            PhonePrint = null,
            LoginPrint = null,
            AddressPrint = null,
            IsMailConfirmed = false,
            Passkeys = NoPasskeys,
            RecoveryCodes = NoCodes,
        };
}
