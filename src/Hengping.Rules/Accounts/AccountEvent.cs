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

/// <summary>What can happen to an account: a person's, or a member of staff's.</summary>
public abstract record AccountEvent
{
    private AccountEvent() { }

    /// <summary>开户.</summary>
    /// <param name="PhonePrint">Keyed hash of the phone: the only way to find an account by phone.</param>
    /// <param name="LoginPrint">Keyed hash of the sign-in name.</param>
    public sealed record Opened(Role Role, Guid? Merchant, string? PhonePrint, string? LoginPrint) : AccountEvent
    {
        [Secret]
        public Profile? Profile { get; init; }
    }

    /// <summary>更正 of one's own data.</summary>
    public sealed record Corrected(string? PhonePrint) : AccountEvent
    {
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

    /// <summary>注销: closed by its owner; data are erased when no open case or legal hold needs them.</summary>
    public sealed record Closed : AccountEvent;

    /// <summary>删除: the keys are destroyed; what was sealed is unreadable everywhere.</summary>
    /// <param name="Because">request, age, closed.</param>
    public sealed record Erased(string Because) : AccountEvent;
}
