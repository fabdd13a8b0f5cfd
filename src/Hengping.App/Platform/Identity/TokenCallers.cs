using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hengping.Rules.Accounts;

namespace Hengping.App.Platform;

/// <summary>
/// Who a token or a session belongs to. Answers are remembered for one second, so that revoking a token takes effect
/// within that second and a busy token costs one look-up a second.
/// </summary>
public sealed class TokenCallers(Store store, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);
    private const int RememberedMax = 100_000;
    private readonly ConcurrentDictionary<string, (Caller Caller, long SeenAt)> known = new(StringComparer.Ordinal);

    private sealed record Row(Guid Account, string Role, Guid? Merchant);

    /// <summary>The caller of an API token, or null.</summary>
    public ValueTask<Caller?> OfToken(string token, CancellationToken ct)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return Remember(
            Convert.ToHexStringLower(hash),
            """
            select a.id as Account, a.role as Role, a.merchant as Merchant
            from tokens t join accounts a on a.id = t.account
            where t.hash = @key and t.live and a.live
            """,
            ct
        );
    }

    /// <summary>The caller of an account that a session names, or null when it was closed meanwhile.</summary>
    public ValueTask<Caller?> OfAccount(Guid account, CancellationToken ct) =>
        Remember(
            account.ToString("D"),
            """
            select id as Account, role as Role, merchant as Merchant
            from accounts where id = @account and live
            """,
            ct
        );

    private ValueTask<Caller?> Remember(string key, string sql, CancellationToken ct) =>
        known.TryGetValue(key, out var hit) && clock.GetElapsedTime(hit.SeenAt) < Remembered
            ? ValueTask.FromResult<Caller?>(hit.Caller)
            : new ValueTask<Caller?>(LookUp(key, sql, ct));

    private async Task<Caller?> LookUp(string key, string sql, CancellationToken ct)
    {
        object args = Guid.TryParseExact(key, "D", out var account) ? new { account } : new { key };
        var row = await store.First<Row>(sql, args, ct);
        if (row is null || Words.Parse<Role>(row.Role) is not { } role)
        {
            known.TryRemove(key, out _);
            return null;
        }
        if (known.Count >= RememberedMax)
            known.Clear();
        var caller = new Caller(row.Account, role, row.Merchant, Name: "");
        known[key] = (caller, clock.GetTimestamp());
        return caller;
    }
}
