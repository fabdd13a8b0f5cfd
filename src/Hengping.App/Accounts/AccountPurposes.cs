using Hengping.App.Platform;

namespace Hengping.App.Accounts;

/// <summary>What this room makes keyed prints for.</summary>
public static class AccountPurposes
{
    /// <summary>恢复码.</summary>
    public static readonly Purpose RecoveryCode = new(4, "recovery-code", IsKept: true);

    /// <summary>A passkey's id.</summary>
    public static readonly Purpose Passkey = new(5, "passkey", IsKept: true);

    /// <summary>Failures at an account's second step.</summary>
    public static readonly Purpose SecondStep = new(6, "second-step", IsKept: true);

    /// <summary>Failures at one's own password.</summary>
    public static readonly Purpose OwnPassword = new(7, "own-password", IsKept: true);

    /// <summary>A sign-in name.</summary>
    public static readonly Purpose Login = new(11, "login");

    /// <summary>A mail address.</summary>
    public static readonly Purpose Mail = new(12, "mail");

    /// <summary>A code on its way to a phone or a mail box.</summary>
    public static readonly Purpose SignInCode = new(16, "sign-in-code");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Purpose> All =
    [
        RecoveryCode,
        Passkey,
        SecondStep,
        OwnPassword,
        Login,
        Mail,
        SignInCode,
    ];
}
