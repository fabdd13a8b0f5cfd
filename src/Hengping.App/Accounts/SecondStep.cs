using System.Globalization;
using System.Security.Cryptography;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace Hengping.App.Accounts;

/// <summary>
/// The second step of a sign-in: between the right password and the code, a browser holds a sealed note of whose
/// password it was. The note opens nothing by itself, dies within minutes and with every forced sign-out.
/// </summary>
public sealed class SecondStep(Store store, IDataProtectionProvider protection)
{
    /// <summary>How long somebody may look for their phone.</summary>
    public static readonly TimeSpan NoteLives = TimeSpan.FromMinutes(10);

    private readonly IDataProtector notes = protection.CreateProtector("hengping second step");

    /// <summary>The note for an account whose password was right.</summary>
    public async Task<string> NoteFor(Guid account, CancellationToken ct)
    {
        var state = (await store.Load(AccountBook.Instance, account, ct)).State;
        var until = (store.Now + NoteLives).ToUnixTimeMilliseconds();
        return notes.Protect(
            string.Create(CultureInfo.InvariantCulture, $"{account:N} {until} {state?.Generation ?? 0}")
        );
    }

    /// <summary>Whose note it is; null when it is none of ours, too old, or voided.</summary>
    public async Task<Guid?> AccountOf(string? note, CancellationToken ct)
    {
        if (Opened(note) is not [var id, var until, var generation])
            return null;
        var account = Guid.ParseExact(id, "N");
        if (long.Parse(until, CultureInfo.InvariantCulture) < store.Now.ToUnixTimeMilliseconds())
            return null;
        var state = (await store.Load(AccountBook.Instance, account, ct)).State;
        return state is { MaySignIn: true } && state.Generation == int.Parse(generation, CultureInfo.InvariantCulture)
            ? account
            : null;
    }

    /// <summary>
    /// Takes a code of the authenticator, or a recovery code. The lock-out alone would let through 480 wrong ones a
    /// day, year in, year out; a day has fewer.
    /// </summary>
    /// <param name="device">The browser it is tried from: one that was in before passes what others have locked.
    /// </param>
    public async Task<Entered> WithCode(Guid account, string? given, CancellationToken ct, DeviceOf? device = null)
    {
        var print = KnownDevice.Apart(LockOf(store, account), device, account);
        var whom = KnownDevice.Apart(CodeLimits.Of(account), device, account);
        if (!await Lockout.Try(store, print, ct))
            return new Entered(Refusal: Lockout.Shut);
        if (await CodeLimits.Tries.Take(store, whom, ct) is { } tooMany)
            return new Entered(Refusal: tooMany);
        var entered = await Take(account, given ?? "", ct);
        if (entered.Refusal == Account.WrongFactor)
            return entered;
        await CodeLimits.Tries.GiveBack(store, whom, ct);
        if (entered.Caller is not null)
            await Lockout.Clear(store, print, ct);
        return entered;
    }

    private async Task<Entered> Take(Guid account, string given, CancellationToken ct)
    {
        var digits = new string([.. given.Where(char.IsAsciiDigit)]);
        if (digits.Length != 6 || given.Any(char.IsAsciiLetter))
            return await TakeRecovery(account, given, ct);
        var secret = await Factors.SecretOf(store, account, ct);
        var now = store.Now;
        return await SignIn.In(
            store,
            account,
            a =>
                secret is not null && Totp.Match(secret, digits, now, a.LastStep) is { } step
                    ? a.EnterByStep(step)
                    : Account.WrongFactor,
            ct
        );
    }

    private async Task<Entered> TakeRecovery(Guid account, string given, CancellationToken ct)
    {
        var print = RecoveryCodes.Print(store, account, given);
        var entered = await SignIn.In(store, account, a => a.EnterByCode(print), ct);
        if (entered.Caller is not null)
            await AccountNotices.Tell(store, account, AccountNotices.RecoveryUsed, ct);
        return entered;
    }

    /// <summary>Under what failures of an account's second step are counted.</summary>
    public static string LockOf(Store store, Guid account) =>
        store.Keys.Fingerprint(AccountPurposes.SecondStep, account.ToString("N"));

    private string[]? Opened(string? note)
    {
        if (string.IsNullOrEmpty(note))
            return null;
        try
        {
            return notes.Unprotect(note).Split(' ');
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
