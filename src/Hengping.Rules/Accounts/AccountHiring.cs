namespace Hengping.Rules.Accounts;

/// <summary>A link by which somebody chooses the password of an account.</summary>
/// <param name="Hash">SHA-256 of its token.</param>
public sealed record Invitation(string Hash, DateTimeOffset ExpiresAt);

/// <summary>How people come to an account they are given, and lose it again.</summary>
public sealed partial record Account
{
    /// <summary>How long an invitation waits.</summary>
    public static readonly TimeSpan InvitationLives = TimeSpan.FromDays(3);

    /// <summary>Nobody shuts themselves out, nor raises themselves.</summary>
    public static readonly Refusal Oneself = new(
        "account.oneself",
        "不能对自己的账户这样做，请由另一位管理员操作",
        "You cannot do this to your own account; ask another administrator"
    );

    /// <summary>It is so already.</summary>
    public static readonly Refusal AsItWas = new("account.as-it-was", "已经是这样了", "It is so already");

    /// <summary>One answer for links that are unknown, used, replaced or too old.</summary>
    public static readonly Refusal LinkOld = new(
        "account.link-old",
        "这个链接无效：可能已用过、已换新或已过期，请向给您链接的人要一个新的",
        "This link is not valid: it was used, replaced, or is too old. Ask whoever gave it to you for a new one"
    );

    /// <summary>停用: kept, but opens nothing until it is taken up again.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>The invitation that waits, if any.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>Stops an account; its sessions and tokens open nothing any more.</summary>
    public Decided<AccountEvent> Suspend() =>
        !IsLive ? Gone
        : IsSuspended ? AsItWas
        : new AccountEvent.Suspended();

    /// <summary>Takes it up again.</summary>
    public Decided<AccountEvent> Resume() =>
        !IsLive ? Gone
        : !IsSuspended ? AsItWas
        : new AccountEvent.Resumed();

    /// <summary>Another role: every session ends, so that nobody goes on in the old one.</summary>
    public Decided<AccountEvent> ChangeRole(Role role) =>
        !IsLive ? Gone
        : Role == role ? AsItWas
        : new AccountEvent.RoleChanged(role);

    /// <summary>Code of the department a member of staff belongs to. It may have been removed since.</summary>
    public string? Department { get; init; }

    /// <summary>Another department, or none.</summary>
    public Decided<AccountEvent> Assign(string? department) =>
        !IsLive ? Gone
        : Department == department ? AsItWas
        : new AccountEvent.DepartmentSet(department);

    /// <summary>A link to choose a password; an earlier one opens nothing any more.</summary>
    public Decided<AccountEvent> Invite(string hash, DateTimeOffset now) =>
        IsLive ? new AccountEvent.Invited(hash, now + InvitationLives) : Gone;

    /// <summary>The password somebody chose by such a link. The link is used up with it.</summary>
    public Decided<AccountEvent> Accept(string hash, string password, DateTimeOffset now) =>
        MaySignIn && Invitation is { } waits && waits.Hash == hash && now < waits.ExpiresAt
            ? new AccountEvent.PasswordSet { Hash = password }
            : LinkOld;

    private static Account ApplyHiring(Account account, AccountEvent happened) =>
        happened switch
        {
            AccountEvent.Suspended => account with { IsSuspended = true, Generation = account.Generation + 1 },
            AccountEvent.Resumed => account with { IsSuspended = false },
            AccountEvent.RoleChanged e => account with { Role = e.Role, Generation = account.Generation + 1 },
            AccountEvent.DepartmentSet e => account with { Department = e.Department },
            AccountEvent.Invited e => account with { Invitation = new Invitation(e.Hash, e.ExpiresAt) },
            _ => ApplyTeam(account, happened),
        };
}
