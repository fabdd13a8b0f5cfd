using System.Collections.Immutable;

namespace Hengping.Rules.Accounts;

/// <summary>A passkey as the facts know it.</summary>
/// <param name="UsedAt">When it opened the account last.</param>
/// <param name="Counter">0 where the passkey does not count its uses.</param>
public sealed record PasskeyFact(DateTimeOffset AddedAt, DateTimeOffset? UsedAt, long Counter);

/// <summary>How an account is entered: password, second factors, and which sessions still hold.</summary>
public sealed partial record Account
{
    /// <summary>Passkeys an account may have.</summary>
    public const int PasskeysMax = 20;

    private static readonly ImmutableSortedDictionary<string, PasskeyFact> NoPasskeys =
        ImmutableSortedDictionary.Create<string, PasskeyFact>(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, bool> NoCodes = ImmutableSortedDictionary.Create<
        string,
        bool
    >(StringComparer.Ordinal);

    /// <summary>There is an authenticator already: it is taken off before another is set.</summary>
    public static readonly Refusal AuthenticatorThere = new(
        "account.authenticator-there",
        "已经设置了验证器；要换一个，请先停用现在的",
        "An authenticator is set already; turn it off before you set another"
    );

    /// <summary>There is none to take off.</summary>
    public static readonly Refusal NoAuthenticator = new(
        "account.no-authenticator",
        "没有设置验证器",
        "No authenticator is set"
    );

    /// <summary>Recovery codes stand in for a second factor; without one there is nothing to stand in for.</summary>
    public static readonly Refusal NoFactor = new(
        "account.no-factor",
        "还没有设置两步验证",
        "No second factor is set yet"
    );

    /// <summary>One answer for codes that are wrong, were used, or are of another time.</summary>
    public static readonly Refusal WrongFactor = new(
        "sign-in.second",
        "验证码不对、已经用过或已过期；请等下一个验证码再试",
        "The code is wrong, was used before or is too old; wait for the next one and try again"
    );

    /// <summary>No such passkey on this account.</summary>
    public static readonly Refusal NoSuchPasskey = new("account.no-passkey", "没有这个通行密钥", "No such passkey");

    /// <summary>More than anybody uses.</summary>
    public static readonly Refusal TooManyPasskeys = new(
        "account.passkeys",
        "最多保存 20 个通行密钥，请先移除不用的",
        "An account keeps 20 passkeys at most; remove one that you no longer use"
    );

    /// <summary>A password was set.</summary>
    public bool HasPassword { get; init; }

    /// <summary>When the authenticator was set; null where there is none.</summary>
    public DateTimeOffset? AuthenticatorSince { get; init; }

    /// <summary>The last step whose code was taken (RFC 6238 § 5.2: a code opens once).</summary>
    public long LastStep { get; init; }

    /// <summary>Keyed hash of each recovery code, and whether it still opens.</summary>
    public ImmutableSortedDictionary<string, bool> RecoveryCodes { get; init; } = NoCodes;

    /// <summary>Passkeys by the keyed hash of their id.</summary>
    public ImmutableSortedDictionary<string, PasskeyFact> Passkeys { get; init; } = NoPasskeys;

    /// <summary>Counts what voids sessions: one begun under an earlier number holds no longer.</summary>
    public int Generation { get; init; }

    /// <summary>The last sign-in by password or passkey.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>A password alone does not open this account.</summary>
    public bool HasSecondFactor => AuthenticatorSince is not null || !Passkeys.IsEmpty;

    /// <summary>Recovery codes that were not used yet.</summary>
    public int RecoveryCodesLeft => RecoveryCodes.Count(code => code.Value);

    /// <summary>May come in now.</summary>
    public bool MaySignIn => IsLive && !IsSuspended;

    /// <summary>A password was right, and nothing more is asked for.</summary>
    public Decided<AccountEvent> Enter() =>
        !MaySignIn ? Gone
        : HasSecondFactor ? WrongFactor
        : new AccountEvent.SignedIn(SignInWay.Password);

    /// <summary>A code of the authenticator was right for this step.</summary>
    public Decided<AccountEvent> EnterByStep(long step) =>
        !MaySignIn ? Gone
        : AuthenticatorSince is null || step <= LastStep ? WrongFactor
        : new AccountEvent.SignedIn(SignInWay.Authenticator, Step: step);

    /// <summary>A recovery code, by its keyed hash.</summary>
    public Decided<AccountEvent> EnterByCode(string print) =>
        !MaySignIn ? Gone
        : RecoveryCodes.GetValueOrDefault(print) ? new AccountEvent.SignedIn(SignInWay.Recovery, Code: print)
        : WrongFactor;

    /// <summary>A passkey answered. One that counts must have counted on, or it was copied.</summary>
    public Decided<AccountEvent> EnterByPasskey(string print, long counter)
    {
        if (!MaySignIn)
            return Gone;
        if (Passkeys.GetValueOrDefault(print) is not { } passkey)
            return NoSuchPasskey;
        var stands = counter == 0 && passkey.Counter == 0;
        return stands || counter > passkey.Counter
            ? new AccountEvent.SignedIn(SignInWay.Passkey, Passkey: print, Counter: counter)
            : WrongFactor;
    }

    /// <summary>Sets an authenticator whose first code was right for this step.</summary>
    public Decided<AccountEvent> SetAuthenticator(string secret, long step) =>
        !MaySignIn ? Gone
        : AuthenticatorSince is not null ? AuthenticatorThere
        : new AccountEvent.AuthenticatorSet(step) { Secret = secret };

    /// <summary>Takes the authenticator off.</summary>
    public Decided<AccountEvent> DropAuthenticator() =>
        AuthenticatorSince is null ? NoAuthenticator : new AccountEvent.AuthenticatorDropped();

    /// <summary>A fresh set of recovery codes.</summary>
    public Decided<AccountEvent> MakeRecoveryCodes(IReadOnlyList<string> prints) =>
        HasSecondFactor ? new AccountEvent.RecoveryCodesMade(prints) : NoFactor;

    /// <summary>A passkey was made.</summary>
    public Decided<AccountEvent> AddPasskey(string print, long counter, string name, PasskeyKey key) =>
        !MaySignIn ? Gone
        : Passkeys.Count >= PasskeysMax ? TooManyPasskeys
        : new AccountEvent.PasskeyAdded(print, counter) { Name = name, Key = key };

    /// <summary>Takes a passkey off.</summary>
    public Decided<AccountEvent> RemovePasskey(string print) =>
        Passkeys.ContainsKey(print) ? new AccountEvent.PasskeyRemoved(print) : NoSuchPasskey;

    /// <summary>Voids every session.</summary>
    public Decided<AccountEvent> EndSessions() => IsLive ? new AccountEvent.SessionsEnded() : Gone;

    /// <summary>Takes every second factor off and voids every session.</summary>
    public Decided<AccountEvent> ResetFactors() => !HasSecondFactor ? NoFactor : new AccountEvent.FactorsReset();

    private static Account ApplyFactor(Account account, AccountEvent happened, DateTimeOffset at) =>
        happened switch
        {
            AccountEvent.PasswordSet => account with
            {
                HasPassword = true,
                Invitation = null,
                Generation = account.Generation + 1,
            },
            AccountEvent.SignedIn e => account.Entered(e, at),
            AccountEvent.AuthenticatorSet e => account with { AuthenticatorSince = at, LastStep = e.Step },
            AccountEvent.AuthenticatorDropped => (account with { AuthenticatorSince = null }).Tidied(),
            AccountEvent.RecoveryCodesMade e => account with
            {
                RecoveryCodes = NoCodes.SetItems(e.Prints.Select(print => KeyValuePair.Create(print, true))),
            },
            AccountEvent.PasskeyAdded e => account with
            {
                Passkeys = account.Passkeys.SetItem(e.Print, new PasskeyFact(at, UsedAt: null, e.Counter)),
            },
            AccountEvent.PasskeyRemoved e => (account with { Passkeys = account.Passkeys.Remove(e.Print) }).Tidied(),
            AccountEvent.SessionsEnded => account with { Generation = account.Generation + 1 },
            AccountEvent.FactorsReset => account with
            {
                AuthenticatorSince = null,
                Passkeys = NoPasskeys,
                RecoveryCodes = NoCodes,
                Generation = account.Generation + 1,
            },
            _ => ApplyHiring(account, happened),
        };

    private Account Entered(AccountEvent.SignedIn e, DateTimeOffset at) =>
        this with
        {
            SignedInAt = at,
            LastStep = e.Step ?? LastStep,
            RecoveryCodes = e.Code is { } code ? RecoveryCodes.SetItem(code, false) : RecoveryCodes,
            Passkeys =
                e.Passkey is { } print && Passkeys.GetValueOrDefault(print) is { } passkey
                    ? Passkeys.SetItem(print, passkey with { UsedAt = at, Counter = e.Counter ?? passkey.Counter })
                    : Passkeys,
        };

    // Codes that stand in for nothing are kept nowhere.
    private Account Tidied() => HasSecondFactor ? this : this with { RecoveryCodes = NoCodes };
}
