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

/// <summary>An API token that holds, as this request came in with it.</summary>
/// <param name="IsPasswordOnly">Of somebody who signs in at the pages, and has no second factor there.</param>
public sealed record CurrentToken(Caller Caller, bool IsPasswordOnly)
{
    /// <summary>The token of a request, or null.</summary>
    public static CurrentToken? Of(HttpContext http) => http.Features.Get<CurrentToken>();
}

/// <summary>
/// Who a token or a session belongs to. Answers are remembered for one second from when they were asked for, so that
/// revoking a token, ending a session or changing a role takes effect within that second, on every node, and a busy
/// caller costs one look-up a second. What the store does not answer within seconds is <see cref="Unconfirmed"/>.
/// </summary>
/// <param name="rememberedMax">Tokens, and sessions, at most.</param>
public sealed class TokenCallers(Store store, TimeProvider clock, int rememberedMax = 10_000)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TouchedApart = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AskedWithin = AuthorityCheck.AgeMax - Remembered;
    private readonly ConcurrentDictionary<string, (CurrentToken Who, long AskedAt)> tokens = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentDictionary<string, (CurrentSession Who, long AskedAt)> sessions = new(
        StringComparer.Ordinal
    );

    private const string Columns =
        "a.id as Account, a.role as Role, a.merchant as Merchant, a.team as Team, a.shops as Shops, "
        + "(select s.key from streams s where s.stream = a.id) as KeySlot";

    private record Row(Guid Account, string Role, Guid? Merchant, string? Team, string? Shops, long? KeySlot);

    private sealed record TokenRow(
        Guid Account,
        string Role,
        Guid? Merchant,
        string? Team,
        string? Shops,
        long? KeySlot,
        long PasswordOnly
    ) : Row(Account, Role, Merchant, Team, Shops, KeySlot);

    private sealed record SessionRow(bool Secured, long SeenAt);

    /// <summary>An API token with whose it is, or null.</summary>
    public ValueTask<CurrentToken?> OfToken(string token, CancellationToken ct)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        var key = Convert.ToHexStringLower(hash);
        return tokens.TryGetValue(key, out var hit) && clock.GetElapsedTime(hit.AskedAt) < Remembered
            ? ValueTask.FromResult<CurrentToken?>(hit.Who)
            : new ValueTask<CurrentToken?>(Asked(within => LookUp(key, within), ct));
    }

    /// <summary>The session behind a cookie, or null when it ended meanwhile.</summary>
    public ValueTask<CurrentSession?> OfSession(string hash, CancellationToken ct) =>
        sessions.TryGetValue(hash, out var hit) && clock.GetElapsedTime(hit.AskedAt) < Remembered
            ? ValueTask.FromResult<CurrentSession?>(hit.Who)
            : new ValueTask<CurrentSession?>(Asked(within => LookUpSession(hash, within), ct));

    /// <summary>Forgets everybody: an account has just changed here.</summary>
    public void Forget()
    {
        sessions.Clear();
        tokens.Clear();
    }

    /// <summary>How many are remembered.</summary>
    internal int Count => tokens.Count + sessions.Count;

    private static async Task<T> Asked<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(AskedWithin);
        try
        {
            // A connection that has fallen silent does not hear that it is cancelled.
            return await ask(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new Unconfirmed();
        }
    }

    // Of those that came once, too, and not again: whoever is not asked for any more goes when there are many.
    private void Keep<T>(ConcurrentDictionary<string, (T Who, long AskedAt)> all, string key, T who, long askedAt)
    {
        if (all.Count >= rememberedMax)
            foreach (var (old, one) in all)
                if (clock.GetElapsedTime(one.AskedAt) >= Remembered)
                    all.TryRemove(old, out _);
        if (all.Count < rememberedMax)
            all[key] = (who, askedAt);
    }

    private async Task<CurrentToken?> LookUp(string key, CancellationToken ct)
    {
        var askedAt = clock.GetTimestamp();
        var row = await store.First<TokenRow>(
            $"""
            select {Columns},
              cast(case when a.login_print is not null and not a.secured then 1 else 0 end as bigint) as PasswordOnly
            from tokens t join accounts a on a.id = t.account
            where t.hash = @key and t.live and a.live
            """,
            new { key },
            ct
        );
        if (row is null || await CallerOf(row, ct) is not { } caller)
        {
            tokens.TryRemove(key, out _);
            return null;
        }
        var token = new CurrentToken(caller, row.PasswordOnly > 0);
        Keep(tokens, key, token, askedAt);
        return token;
    }

    private async Task<CurrentSession?> LookUpSession(string hash, CancellationToken ct)
    {
        const string holds = """
            from sessions s join accounts a on a.id = s.account and a.generation = s.generation
            where s.id = @hash and a.live and s.seen_at >= @old
            """;
        var askedAt = clock.GetTimestamp();
        var args = new { hash, old = (store.Now - SessionRows.IdleMax).ToUnixTimeMilliseconds() };
        var row = await store.First<SessionRow>($"select a.secured as Secured, s.seen_at as SeenAt {holds}", args, ct);
        var who = await store.First<Row>($"select {Columns} {holds}", args, ct);
        if (row is null || who is null || await CallerOf(who, ct) is not { } caller)
        {
            sessions.TryRemove(hash, out _);
            return null;
        }
        if (store.Now.ToUnixTimeMilliseconds() - row.SeenAt > TouchedApart.TotalMilliseconds)
            await SessionRows.Touch(store, hash, ct);
        var session = new CurrentSession(hash, caller, row.Secured);
        Keep(sessions, hash, session, askedAt);
        return session;
    }

    /// <summary>An account as a caller, looked up now; null when it opens nothing.</summary>
    public async Task<Caller?> OfAccount(Guid account, CancellationToken ct)
    {
        var row = await store.First<Row>(
            $"select {Columns} from accounts a where a.id = @account and a.live",
            new { account },
            ct
        );
        return row is null ? null : await CallerOf(row, ct);
    }

    // Whose key is gone is erased, though a store of before that does not know it.
    private async Task<Caller?> CallerOf(Row row, CancellationToken ct) =>
        Words.Parse<Role>(row.Role) is { } role && (row.KeySlot is null or 0 || store.Keys.Holds(row.KeySlot.Value))
            ? new Caller(
                row.Account,
                role,
                row.Merchant,
                Name: "",
                // Accounts that stand from before there were teams are owners'.
                role == Role.Merchant
                    ? Words.Parse<TeamRole>(row.Team) ?? TeamRole.Owner
                    : null,
                row.Shops is { } own ? await WithCovered(row, Caller.ShopsOf(own), ct) : null
            )
            : null;

    /// <summary>One's own shops, and those of colleagues whom one covers now; null when one of them has all.</summary>
    private async Task<IReadOnlyList<Guid>?> WithCovered(Row row, IReadOnlyList<Guid> own, CancellationToken ct)
    {
        var covered = await store.Query<string?>(
            """
            select shops from accounts
            where cover = @me and merchant = @merchant and live and away_from <= @now and away_to > @now
            """,
            new
            {
                me = row.Account,
                merchant = row.Merchant,
                now = store.Now.ToUnixTimeMilliseconds(),
            },
            ct
        );
        return covered.Contains(null) ? null : [.. own.Union(covered.SelectMany(shops => Caller.ShopsOf(shops!)))];
    }
}
