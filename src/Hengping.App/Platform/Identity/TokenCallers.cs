using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hengping.Rules.Accounts;

namespace Hengping.App.Platform;

/// <summary>A session that holds, as this request came in with it.</summary>
/// <param name="Hash">Which one.</param>
/// <param name="HasSecondFactor">The account has one.</param>
public sealed record CurrentSession(string Hash, Caller Caller, bool HasSecondFactor)
{
    /// <summary>The session of a request, or null.</summary>
    public static CurrentSession? Of(HttpContext http) => http.Features.Get<CurrentSession>();
}

/// <summary>
/// Who a token or a session belongs to. Answers are remembered for one second, so that revoking a token or ending a
/// session takes effect within that second, on every node, and a busy caller costs one look-up a second.
/// </summary>
public sealed class TokenCallers(Store store, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TouchedApart = TimeSpan.FromMinutes(5);
    private const int RememberedMax = 100_000;
    private readonly ConcurrentDictionary<string, (Caller Caller, long SeenAt)> tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (CurrentSession Session, long SeenAt)> sessions = new(
        StringComparer.Ordinal
    );

    private sealed record Row(Guid Account, string Role, Guid? Merchant);

    private sealed record SessionRow(Guid Account, string Role, Guid? Merchant, bool Secured, long SeenAt);

    /// <summary>The caller of an API token, or null.</summary>
    public ValueTask<Caller?> OfToken(string token, CancellationToken ct)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        var key = Convert.ToHexStringLower(hash);
        return tokens.TryGetValue(key, out var hit) && clock.GetElapsedTime(hit.SeenAt) < Remembered
            ? ValueTask.FromResult<Caller?>(hit.Caller)
            : new ValueTask<Caller?>(LookUp(key, ct));
    }

    /// <summary>The session behind a cookie, or null when it ended meanwhile.</summary>
    public ValueTask<CurrentSession?> OfSession(string hash, CancellationToken ct) =>
        sessions.TryGetValue(hash, out var hit) && clock.GetElapsedTime(hit.SeenAt) < Remembered
            ? ValueTask.FromResult<CurrentSession?>(hit.Session)
            : new ValueTask<CurrentSession?>(LookUpSession(hash, ct));

    /// <summary>Forgets every session: one has just ended here.</summary>
    public void Forget() => sessions.Clear();

    private async Task<Caller?> LookUp(string key, CancellationToken ct)
    {
        var row = await store.First<Row>(
            """
            select a.id as Account, a.role as Role, a.merchant as Merchant
            from tokens t join accounts a on a.id = t.account
            where t.hash = @key and t.live and a.live
            """,
            new { key },
            ct
        );
        if (row is null || Words.Parse<Role>(row.Role) is not { } role)
        {
            tokens.TryRemove(key, out _);
            return null;
        }
        if (tokens.Count >= RememberedMax)
            tokens.Clear();
        var caller = new Caller(row.Account, role, row.Merchant, Name: "");
        tokens[key] = (caller, clock.GetTimestamp());
        return caller;
    }

    private async Task<CurrentSession?> LookUpSession(string hash, CancellationToken ct)
    {
        var row = await store.First<SessionRow>(
            """
            select a.id as Account, a.role as Role, a.merchant as Merchant, a.secured as Secured, s.seen_at as SeenAt
            from sessions s join accounts a on a.id = s.account and a.generation = s.generation
            where s.id = @hash and a.live and s.seen_at >= @old
            """,
            new { hash, old = (store.Now - SessionRows.IdleMax).ToUnixTimeMilliseconds() },
            ct
        );
        if (row is null || Words.Parse<Role>(row.Role) is not { } role)
        {
            sessions.TryRemove(hash, out _);
            return null;
        }
        if (store.Now.ToUnixTimeMilliseconds() - row.SeenAt > TouchedApart.TotalMilliseconds)
            await SessionRows.Touch(store, hash, ct);
        if (sessions.Count >= RememberedMax)
            sessions.Clear();
        var session = new CurrentSession(hash, new Caller(row.Account, role, row.Merchant, ""), row.Secured);
        sessions[hash] = (session, clock.GetTimestamp());
        return session;
    }
}
