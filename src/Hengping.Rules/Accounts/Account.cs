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

    /// <summary>SHA-256 (hex) of every API token, and whether it still opens doors.</summary>
    public ImmutableSortedDictionary<string, bool> Tokens { get; init; } =
        ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal);

    /// <summary>May still sign in.</summary>
    public bool IsLive => !IsClosed && !IsErased;

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
    public Decided<AccountEvent> Correct(Profile profile, string? phonePrint, string? mailPrint = null) =>
        IsLive ? new AccountEvent.Corrected(phonePrint, mailPrint) { Profile = profile } : Gone;

    /// <summary>Keyed hash of the mail address that was confirmed by a code; null where none was.</summary>
    public string? MailPrint { get; init; }

    /// <summary>A code came back from the mail address.</summary>
    public Decided<AccountEvent> ConfirmMail(string print) =>
        !IsLive ? Gone
        : MailPrint == print ? AsItWas
        : new AccountEvent.MailConfirmed(print);

    /// <summary>Closes the account.</summary>
    public Decided<AccountEvent> Close() => IsLive ? new AccountEvent.Closed() : Gone;

    /// <summary>
    /// Records that the keys are to be destroyed. Again is allowed: a first try may have died between. A legal hold is
    /// placed on a case, and a person is not erased while one of their cases is held.
    /// </summary>
    public static AccountEvent Erase(string because) => new AccountEvent.Erased(because);

    /// <summary>The account after an event.</summary>
    public static Account Apply(Account? account, AccountEvent happened, DateTimeOffset at)
    {
        if (happened is AccountEvent.Opened opened)
            return new Account(opened.Role, opened.Merchant, opened.PhonePrint, opened.LoginPrint, at);
        ArgumentNullException.ThrowIfNull(account);
        return happened switch
        {
            AccountEvent.Corrected e => account with
            {
                PhonePrint = e.PhonePrint,
                MailPrint = e.MailPrint == account.MailPrint ? account.MailPrint : null,
            },
            AccountEvent.MailConfirmed e => account with { MailPrint = e.Print },
            AccountEvent.TokenIssued e => account with { Tokens = account.Tokens.SetItem(e.TokenHash, true) },
            AccountEvent.TokenRevoked e => account with { Tokens = account.Tokens.SetItem(e.TokenHash, false) },
            AccountEvent.Closed => account with { IsClosed = true, Generation = account.Generation + 1 },
            AccountEvent.Erased => account with
            {
                IsErased = true,
                PhonePrint = null,
                LoginPrint = null,
                MailPrint = null,
                Passkeys = NoPasskeys,
            },
            _ => ApplyFactor(account, happened, at),
        };
    }
}
