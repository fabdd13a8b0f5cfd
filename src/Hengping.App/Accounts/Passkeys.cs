using System.Security.Cryptography;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Identity;

namespace Hengping.App.Accounts;

/// <summary>What a browser is asked, and the number under which its answer is expected.</summary>
/// <param name="Options">Options of <c>navigator.credentials</c>, as JSON.</param>
public sealed record PasskeyAsk(string Ask, string Options);

/// <summary>
/// 通行密钥: made and used with the framework's Web Authentication. Each challenge is answered once: it is taken with
/// its row. A passkey stands for both steps, since its device asks for a finger, a face or a PIN.
/// </summary>
public sealed class Passkeys(Store store, IPasskeyHandler<PasskeyOwner> handler)
{
    private static readonly TimeSpan AskLives = TimeSpan.FromMinutes(10);
    private const int NameMax = 40;
    private const int CredentialMax = 20_000;

    /// <summary>One answer for everything that is wrong with what a browser sent.</summary>
    public static readonly Refusal NotTaken = new(
        "passkey.not-taken",
        "没能用这个通行密钥，请重试，或换一种方式",
        "That passkey did not work; try again, or use another way"
    );

    private sealed record Asked(Guid? Account, string State, long ExpiresAt);

    /// <summary>Asks for a new passkey of an account.</summary>
    public async Task<PasskeyAsk> AskNew(Guid account, string name, HttpContext http)
    {
        var entity = new PasskeyUserEntity
        {
            Id = PasskeyOwners.HandleOf(account),
            Name = name,
            DisplayName = name,
        };
        var made = await handler.MakeCreationOptionsAsync(entity, http);
        return new PasskeyAsk(
            await Keep(account, made.AttestationState ?? "", http.RequestAborted),
            made.CreationOptionsJson
        );
    }

    /// <summary>Asks for a passkey: any of this site's, or one of the account whose password was right.</summary>
    public async Task<PasskeyAsk> AskAny(Guid? account, HttpContext http)
    {
        var owner = account is { } known ? new PasskeyOwner(known, "") : null;
        var made = await handler.MakeRequestOptionsAsync(owner!, http);
        return new PasskeyAsk(
            await Keep(account, made.AssertionState ?? "", http.RequestAborted),
            made.RequestOptionsJson
        );
    }

    /// <summary>The passkey that a browser made, as the event that adds it.</summary>
    public async Task<(AccountEvent.PasskeyAdded? Added, Refusal? Refusal)> Made(
        Guid account,
        string? ask,
        string? credential,
        string? name,
        HttpContext http
    )
    {
        if (await Take(ask, http.RequestAborted) is not { } asked || asked.Account != account || TooLong(credential))
            return (null, NotTaken);
        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                HttpContext = http,
                CredentialJson = credential!,
                AttestationState = asked.State,
            }
        );
        if (!result.Succeeded)
            return (null, NotTaken);
        var key = result.Passkey;
        var called = PlainText.Line(name) is { Length: > 0 } line ? line : Device.NameOf(http);
        var added = new AccountEvent.PasskeyAdded(PasskeyOwners.Print(store, key.CredentialId), key.SignCount)
        {
            Name = called[..Math.Min(called.Length, NameMax)],
            Key = new PasskeyKey(
                key.CredentialId,
                key.PublicKey,
                [.. key.Transports ?? []],
                key.IsBackupEligible,
                key.IsBackedUp
            ),
        };
        return (added, null);
    }

    /// <summary>Takes a browser's answer: whose passkey it is comes in.</summary>
    public async Task<Entered> Enter(string? ask, string? credential, HttpContext http)
    {
        var ct = http.RequestAborted;
        if (await Take(ask, ct) is not { } asked || TooLong(credential))
            return new Entered(Refusal: NotTaken);
        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                HttpContext = http,
                CredentialJson = credential!,
                AssertionState = asked.State,
            }
        );
        if (!result.Succeeded)
            return new Entered(Refusal: NotTaken);
        var (print, counter) = (PasskeyOwners.Print(store, result.Passkey.CredentialId), result.Passkey.SignCount);
        var entered = await SignIn.In(store, result.User.Account, a => a.EnterByPasskey(print, counter), ct);
        return entered.Caller is null ? new Entered(Refusal: NotTaken) : entered;
    }

    private static bool TooLong(string? credential) => credential is not { Length: > 0 and <= CredentialMax };

    private async Task<string> Keep(Guid? account, string state, CancellationToken ct)
    {
        var ask = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var row = new
        {
            ask,
            account,
            state,
            now = store.Now.ToUnixTimeMilliseconds(),
            expires = (store.Now + AskLives).ToUnixTimeMilliseconds(),
        };
        await store.Write(
            async (db, transaction) =>
            {
                if (!store.IsClockDoubted)
                    await db.ExecuteAsync("delete from passkey_asks where expires_at < @now", row, transaction);
                await db.ExecuteAsync(
                    """
                    insert into passkey_asks (id, account, state, expires_at)
                    values (@ask, @account, @state, @expires)
                    """,
                    row,
                    transaction
                );
                return 0;
            },
            ct
        );
        return ask;
    }

    private async Task<Asked?> Take(string? ask, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(ask))
            return null;
        var asked = await store.First<Asked>(
            "select account as Account, state as State, expires_at as ExpiresAt from passkey_asks where id = @ask",
            new { ask },
            ct
        );
        var taken = await store.Write(
            (db, tx) => db.ExecuteAsync("delete from passkey_asks where id = @ask", new { ask }, tx),
            ct
        );
        return taken == 1 && asked?.ExpiresAt > store.Now.ToUnixTimeMilliseconds() ? asked : null;
    }
}
