using System.Security.Cryptography;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>
/// 邀请链接: shown once to whoever invites, good once, for a few days, and for one thing: choosing a password. Opening
/// it decides nothing. A new link voids the one before.
/// </summary>
public static class Invitations
{
    private const int TokenBytes = 20;

    /// <summary>Whom a link invites.</summary>
    public sealed record Invited(Guid Account, Profile? Profile);

    private sealed record Row(Guid Account, long ExpiresAt);

    /// <summary>A fresh token.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>The address of a token on this site.</summary>
    public static string PathOf(string token) => $"/join?key={token}";

    /// <summary>A new link for an account; the token is told once and never kept.</summary>
    public static async Task<(string? Token, Refusal? Refusal)> Make(
        Store store,
        Guid account,
        string author,
        CancellationToken ct
    )
    {
        var token = NewToken();
        var now = store.Now;
        var hash = OneTimeLink.HashOf(token);
        var refusal = await AccountDesk.Append(store, account, a => a.Invite(hash, now), author, ct);
        return refusal is null ? (token, null) : (null, refusal);
    }

    /// <summary>Whom a token invites now, or null.</summary>
    public static async Task<Invited?> Find(Store store, string? token, CancellationToken ct)
    {
        if (token is not { Length: 2 * TokenBytes })
            return null;
        var row = await store.First<Row>(
            """
            select i.account as Account, i.expires_at as ExpiresAt
            from invitations i join accounts a on a.id = i.account and a.live where i.hash = @hash
            """,
            new { hash = OneTimeLink.HashOf(token) },
            ct
        );
        return row?.ExpiresAt > store.Now.ToUnixTimeMilliseconds()
            ? new Invited(row.Account, await AccountDesk.ProfileOf(store, row.Account, ct))
            : null;
    }

    /// <summary>Uses a link up: the account has this password now, and every session of it ends.</summary>
    public static async Task<Refusal?> Accept(
        Store store,
        Guid account,
        string token,
        string password,
        CancellationToken ct
    )
    {
        var (hash, kept, now) = (OneTimeLink.HashOf(token), SignIn.HashPassword(password), store.Now);
        return await AccountDesk.Append(store, account, a => a.Accept(hash, kept, now), "invitation", ct);
    }
}
