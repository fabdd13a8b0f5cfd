using System.Globalization;
using System.Security.Cryptography;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace Hengping.App.Accounts;

/// <summary>A secret that was proposed and not confirmed yet: it is kept by the browser, sealed, and nowhere else.
/// </summary>
/// <param name="Note">What the form brings back.</param>
/// <param name="Secret">Base32, for typing into an app.</param>
public sealed record Proposal(string Note, string Secret)
{
    /// <summary>The secret in groups of four.</summary>
    public string Grouped => string.Join(' ', Secret.Chunk(4).Select(group => new string(group)));
}

/// <summary>Recovery codes that were made just now, to be shown once; empty where earlier ones still hold.</summary>
public sealed record CodeSet(IReadOnlyList<string> Codes);

/// <summary>Setting and taking off second factors: of one's own account, with one's own password.</summary>
public sealed class Factors(Store store, IDataProtectionProvider protection)
{
    private static readonly TimeSpan ProposalLives = TimeSpan.FromMinutes(30);

    /// <summary>The form stood open too long, or belongs to somebody else.</summary>
    public static readonly Refusal ProposalOld = new(
        "account.proposal-old",
        "这次设置已超时，请重新开始",
        "This set-up timed out; start again"
    );

    /// <summary>The password that guards this account's settings is wrong.</summary>
    public static readonly Refusal WrongOwnPassword = new("account.password", "密码不对", "The password is wrong");

    private readonly IDataProtector notes = protection.CreateProtector("hengping authenticator proposal");

    /// <summary>
    /// Asks for the password again before anything about signing in is changed: a desk left alone is not enough. Null
    /// when it is right, or when the account has none.
    /// </summary>
    public async Task<Refusal?> Guard(Guid account, string? password, CancellationToken ct)
    {
        if ((await store.Load(AccountBook.Instance, account, ct)).State is not { HasPassword: true })
            return null;
        var print = LockOf(store, account);
        if (!await Lockout.Try(store, print, ct))
            return Lockout.Shut;
        if (!await SignIn.IsPassword(store, account, password ?? "", ct))
            return WrongOwnPassword;
        await Lockout.Clear(store, print, ct);
        return null;
    }

    /// <summary>Under what wrong passwords of one's own are counted.</summary>
    public static string LockOf(Store store, Guid account) =>
        store.Keys.Fingerprint(AccountPurposes.OwnPassword, account.ToString("N"));

    /// <summary>Draws a secret for an account; nothing is written yet.</summary>
    public Proposal Propose(Guid account)
    {
        var secret = Totp.ToText(RandomNumberGenerator.GetBytes(Totp.SecretBytes));
        var until = (store.Now + ProposalLives).ToUnixTimeMilliseconds();
        var note = notes.Protect(string.Create(CultureInfo.InvariantCulture, $"{account:N} {until} {secret}"));
        return new Proposal(note, secret);
    }

    /// <summary>A proposal of this account as the form brought it back, or null.</summary>
    public Proposal? Reopen(Guid account, string? note)
    {
        if (string.IsNullOrEmpty(note))
            return null;
        try
        {
            var parts = notes.Unprotect(note).Split(' ');
            var isOurs =
                parts[0] == account.ToString("N")
                && long.Parse(parts[1], CultureInfo.InvariantCulture) >= store.Now.ToUnixTimeMilliseconds();
            return isOurs ? new Proposal(note, parts[2]) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Sets the proposed authenticator once its first code is right; recovery codes come with it.</summary>
    public async Task<Decided<CodeSet>> Confirm(Caller caller, Proposal proposal, string? code, CancellationToken ct)
    {
        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        if (Totp.Match(Totp.ToBytes(proposal.Secret)!, digits, store.Now, after: 0) is not { } step)
            return Account.WrongFactor;
        return await WithCodes(caller, account => account.SetAuthenticator(proposal.Secret, step), ct);
    }

    /// <summary>A fresh set of recovery codes; earlier ones open nothing any more.</summary>
    public async Task<Decided<CodeSet>> Renew(Caller caller, CancellationToken ct)
    {
        var codes = RecoveryCodes.Draw();
        var prints = RecoveryCodes.Prints(store, caller.Account, codes);
        var no = await AccountDesk.Append(
            store,
            caller.Account,
            account => account.MakeRecoveryCodes(prints),
            caller.Author,
            ct
        );
        return no is null ? new CodeSet(codes) : no;
    }

    /// <summary>Sets a factor; with the first one come recovery codes, in the same commit.</summary>
    public async Task<Decided<CodeSet>> WithCodes(
        Caller caller,
        Func<Account, Decided<AccountEvent>> decide,
        CancellationToken ct
    )
    {
        var before = (await store.Load(AccountBook.Instance, caller.Account, ct)).State;
        IReadOnlyList<string> codes = before is { RecoveryCodesLeft: > 0 } ? [] : RecoveryCodes.Draw();
        AccountEvent[] also =
            codes.Count == 0
                ? []
                : [new AccountEvent.RecoveryCodesMade(RecoveryCodes.Prints(store, caller.Account, codes))];
        var no = await AccountDesk.Append(store, caller.Account, decide, also, caller.Author, ct);
        return no is null ? new CodeSet(codes) : no;
    }

    /// <summary>The authenticator's secret as it stands, or null.</summary>
    public static async Task<byte[]?> SecretOf(Store store, Guid account, CancellationToken ct)
    {
        string? secret = null;
        foreach (var one in await store.ReadStory(AccountBook.Instance, account, ct))
            secret = one.Event switch
            {
                AccountEvent.AuthenticatorSet set => set.Secret,
                AccountEvent.AuthenticatorDropped or AccountEvent.FactorsReset => null,
                _ => secret,
            };
        return secret is null ? null : Totp.ToBytes(secret);
    }
}
