using System.Text.Json.Serialization;

namespace Hengping.Rules.Accounts;

/// <summary>Who may do what: the words of the contract.</summary>
public enum Role
{
    /// <summary>投诉人.</summary>
    Claimant,

    /// <summary>商家的人, bound to one merchant.</summary>
    Merchant,

    /// <summary>调解员.</summary>
    Mediator,

    /// <summary>审核员.</summary>
    Reviewer,

    /// <summary>检查员.</summary>
    Inspector,

    /// <summary>实验室.</summary>
    Lab,

    /// <summary>律师.</summary>
    Lawyer,

    /// <summary>编辑.</summary>
    Editor,

    /// <summary>监管.</summary>
    Regulator,

    /// <summary>管理员.</summary>
    Admin,
}

/// <summary>Who somebody is and how to reach them. Sealed with the account's own key.</summary>
/// <param name="Name">True name, or the name staff go by.</param>
/// <param name="Phone">Digits.</param>
/// <param name="Email">Optional.</param>
/// <param name="Login">Staff's sign-in name.</param>
public sealed record Profile(string Name, string? Phone, string? Email, string? Login);

/// <summary>How somebody proved who they are.</summary>
public enum SignInWay
{
    /// <summary>Name and password, where no second factor is set.</summary>
    Password,

    /// <summary>Password and a code of the authenticator.</summary>
    Authenticator,

    /// <summary>Password and a recovery code.</summary>
    Recovery,

    /// <summary>A passkey, by itself or after the password.</summary>
    Passkey,
}

/// <summary>The public half of a passkey (W3C Web Authentication), with what its next use is judged by.</summary>
/// <param name="Id">Credential id.</param>
/// <param name="PublicKey">COSE key.</param>
/// <param name="Transports">How the browser may reach it, as <c>internal</c> or <c>usb</c>.</param>
public sealed record PasskeyKey(
    byte[] Id,
    byte[] PublicKey,
    IReadOnlyList<string> Transports,
    bool IsBackupEligible,
    bool IsBackedUp
);

/// <summary>What can happen to an account: a person's, or a member of staff's.</summary>
public abstract record AccountEvent
{
    private AccountEvent() { }

    /// <summary>开户.</summary>
    /// <remarks>Keyed hashes stand in no log: they are made of what is sealed. Logs from before hold some.</remarks>
    public sealed record Opened(Role Role, Guid? Merchant) : AccountEvent
    {
        /// <summary>Keyed hash of the phone: the only way to find an account by phone.</summary>
        [JsonIgnore]
        public string? PhonePrint { get; init; }

        /// <summary>Keyed hash of the sign-in name.</summary>
        [JsonIgnore]
        public string? LoginPrint { get; init; }

        /// <summary>Keyed hash of the mail address, confirmed or not.</summary>
        [JsonIgnore]
        public string? MailPrint { get; init; }

        [Secret]
        public Profile? Profile { get; init; }
    }

    /// <summary>更正 of one's own data.</summary>
    public sealed record Corrected : AccountEvent
    {
        /// <inheritdoc cref="Opened.PhonePrint"/>
        [JsonIgnore]
        public string? PhonePrint { get; init; }

        /// <summary>Keyed hash of the mail address; another one than was confirmed opens nothing.</summary>
        [JsonIgnore]
        public string? MailPrint { get; init; }

        [Secret]
        public Profile? Profile { get; init; }
    }

    /// <summary>An API token was made; only its SHA-256 is kept.</summary>
    public sealed record TokenIssued(string TokenHash) : AccountEvent
    {
        /// <summary>What its owner calls it: often a person's name.</summary>
        [Secret]
        public string? Name { get; init; }
    }

    /// <summary>An API token was revoked.</summary>
    public sealed record TokenRevoked(string TokenHash) : AccountEvent;

    /// <summary>A password was set; only its salted hash is kept, sealed.</summary>
    public sealed record PasswordSet : AccountEvent
    {
        [Secret]
        public string? Hash { get; init; }
    }

    /// <summary>登录: staff and merchants' people; consumers' sign-ins are no facts.</summary>
    /// <param name="Step">The 30-second step whose code was taken: it opens nothing again.</param>
    /// <param name="Code">Keyed hash of the recovery code that was used up.</param>
    /// <param name="Passkey">Keyed hash of the passkey's id.</param>
    /// <param name="Counter">What the passkey counts, where it counts.</param>
    public sealed record SignedIn(
        SignInWay Way,
        long? Step = null,
        string? Code = null,
        string? Passkey = null,
        long? Counter = null
    ) : AccountEvent;

    /// <summary>验证器: a shared secret for one-time codes was set, and its first code came back.</summary>
    /// <param name="Step">The step of that first code.</param>
    public sealed record AuthenticatorSet(long Step) : AccountEvent
    {
        /// <summary>Base32, 160 bits.</summary>
        [Secret]
        public string? Secret { get; init; }
    }

    /// <summary>The authenticator was taken off by its owner.</summary>
    public sealed record AuthenticatorDropped : AccountEvent;

    /// <summary>恢复码: a fresh set; earlier ones open nothing any more.</summary>
    /// <param name="Prints">Keyed hashes.</param>
    public sealed record RecoveryCodesMade(IReadOnlyList<string> Prints) : AccountEvent;

    /// <summary>通行密钥: a passkey was made.</summary>
    /// <param name="Print">Keyed hash of its id.</param>
    public sealed record PasskeyAdded(string Print, long Counter) : AccountEvent
    {
        /// <summary>What its owner calls it.</summary>
        [Secret]
        public string? Name { get; init; }

        [Secret]
        public PasskeyKey? Key { get; init; }
    }

    /// <summary>A passkey was taken off.</summary>
    public sealed record PasskeyRemoved(string Print) : AccountEvent;

    /// <summary>强制退出: every session begun before is void.</summary>
    public sealed record SessionsEnded : AccountEvent;

    /// <summary>An admin took every second factor off, for somebody who lost theirs.</summary>
    public sealed record FactorsReset : AccountEvent;

    /// <summary>停用: an admin stopped the account.</summary>
    public sealed record Suspended : AccountEvent;

    /// <summary>A stopped account was taken up again.</summary>
    public sealed record Resumed : AccountEvent;

    /// <summary>A member of staff has another role from now on.</summary>
    public sealed record RoleChanged(Role Role) : AccountEvent;

    /// <summary>A member of staff belongs to another department from now on; null for none.</summary>
    public sealed record DepartmentSet(string? Department) : AccountEvent;

    /// <summary>邀请: a link to choose a password was made; only its SHA-256 is kept.</summary>
    public sealed record Invited(string Hash, DateTimeOffset ExpiresAt) : AccountEvent;

    /// <summary>A role in a merchant's team.</summary>
    public sealed record TeamRoleSet(TeamRole Role) : AccountEvent;

    /// <summary>The shops and platforms somebody works for; none for all.</summary>
    public sealed record ShopsSet(IReadOnlyList<Guid> Shops) : AccountEvent;

    /// <summary>Left a merchant's team, or was taken out of it.</summary>
    public sealed record TeamLeft : AccountEvent;

    /// <summary>外出, and who covers.</summary>
    public sealed record AwaySet(DateTimeOffset From, DateTimeOffset To, Guid Cover) : AccountEvent;

    /// <summary>Back from it.</summary>
    public sealed record AwayEnded : AccountEvent;

    /// <summary>每日摘要 by mail.</summary>
    public sealed record DigestSet(bool Wanted) : AccountEvent;

    /// <summary>A code came back from the mail address: it is a second way in.</summary>
    public sealed record MailConfirmed : AccountEvent;

    /// <summary>注销: closed by its owner; data are erased when no open case or legal hold needs them.</summary>
    public sealed record Closed : AccountEvent;

    /// <summary>锁定: a legal term keeps what is theirs; nothing but storage is done with it until it is erased.
    /// </summary>
    public sealed record Locked(DateTimeOffset ErasesOn) : AccountEvent;

    /// <summary>删除: the keys are destroyed; what was sealed is unreadable everywhere.</summary>
    /// <param name="Because">request, age, closed, or the ground an operator named.</param>
    public sealed record Erased(string Because) : AccountEvent;
}
