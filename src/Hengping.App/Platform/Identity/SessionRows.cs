using System.Security.Cryptography;
using System.Text.Json;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>A session as its owner sees it.</summary>
/// <param name="Id">Hash of what the cookie holds; it opens nothing.</param>
/// <param name="Device">As <c>Chrome · Windows</c>; null when it cannot be read any more.</param>
/// <param name="Network">Where from, with the last part left out.</param>
public sealed record SessionShown(
    string Id,
    string? Device,
    string? Network,
    DateTimeOffset BegunAt,
    DateTimeOffset SeenAt,
    bool IsThis
);

/// <summary>
/// Sessions as rows. The cookie holds 256 random bits, the row their SHA-256: who reads the table can become nobody.
/// Device and network are sealed with the account's key and go with it.
/// </summary>
public static class SessionRows
{
    /// <summary>A session nobody used for so long is over.</summary>
    public static readonly TimeSpan IdleMax = TimeSpan.FromDays(14);

    private const int IdBytes = 32;
    private const int ShownMax = 50;

    private sealed record Place(string Device, string Network);

    private sealed record Row(string Id, byte[] Box, long BegunAt, long SeenAt);

    private sealed record Holder(long Generation, long? KeySlot);

    /// <summary>What is kept of a session's id.</summary>
    public static string HashOf(string id) => OneTimeLink.HashOf(id);

    /// <summary>Begins a session; the id goes into the cookie and is kept nowhere.</summary>
    public static async Task<string> Begin(
        Store store,
        Guid account,
        string device,
        string network,
        CancellationToken ct
    )
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var holder = await store.First<Holder>(
            """
            select a.generation as Generation, s.key as KeySlot
            from accounts a left join streams s on s.stream = a.id where a.id = @account
            """,
            new { account },
            ct
        );
        var hash = HashOf(id);
        var place = JsonSerializer.SerializeToUtf8Bytes(new Place(device, network), Cli.JsonFormat);
        var now = store.Now.ToUnixTimeMilliseconds();
        var row = new
        {
            id = hash,
            account,
            generation = holder?.Generation ?? 0,
            now,
            old = now - (long)IdleMax.TotalMilliseconds,
            box = holder?.KeySlot is { } slot ? store.Keys.Seal(slot, place, Context(hash)) : [],
        };
        await store.Write(
            async (db, transaction) =>
            {
                if (!store.IsClockDoubted)
                    await db.ExecuteAsync("delete from sessions where seen_at < @old", row, transaction);
                await db.ExecuteAsync(
                    """
                    insert into sessions (id, account, generation, begun_at, seen_at, box)
                    values (@id, @account, @generation, @now, @now, @box)
                    """,
                    row,
                    transaction
                );
                return 0;
            },
            ct
        );
        return id;
    }

    /// <summary>The sessions of an account that still hold, the one used last first.</summary>
    public static async Task<IReadOnlyList<SessionShown>> Of(
        Store store,
        Guid account,
        string? current,
        CancellationToken ct
    )
    {
        var rows = await store.Query<Row>(
            """
            select s.id as Id, s.box as Box, s.begun_at as BegunAt, s.seen_at as SeenAt
            from sessions s join accounts a on a.id = s.account and a.generation = s.generation
            where s.account = @account and s.seen_at >= @old order by s.seen_at desc, s.id desc limit @max
            """,
            new
            {
                account,
                old = (store.Now - IdleMax).ToUnixTimeMilliseconds(),
                max = ShownMax,
            },
            ct
        );
        return
        [
            .. rows.Select(row =>
            {
                var place = Open(store, row);
                return new SessionShown(
                    row.Id,
                    place?.Device,
                    place?.Network,
                    DateTimeOffset.FromUnixTimeMilliseconds(row.BegunAt),
                    DateTimeOffset.FromUnixTimeMilliseconds(row.SeenAt),
                    string.Equals(row.Id, current, StringComparison.Ordinal)
                );
            }),
        ];
    }

    /// <summary>Ends one session of an account; false where it has no such.</summary>
    public static async Task<bool> End(Store store, Guid account, string hash, CancellationToken ct) =>
        await store.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    "delete from sessions where id = @hash and account = @account",
                    new { hash, account },
                    transaction
                ),
            ct
        ) > 0;

    /// <summary>Takes the rows of an account away. What voids them is the account's own event.</summary>
    public static Task<int> Clear(Store store, Guid account, CancellationToken ct) =>
        store.Write(
            (db, transaction) =>
                db.ExecuteAsync("delete from sessions where account = @account", new { account }, transaction),
            ct
        );

    /// <summary>Notes that a session was used. Whoever reads does not wait for a store that takes no writes.</summary>
    public static async Task Touch(Store store, string hash, CancellationToken ct)
    {
        if (store.IsClockDoubted)
            return;
        try
        {
            await store.Write(
                (db, transaction) =>
                    db.ExecuteAsync(
                        "update sessions set seen_at = @now where id = @hash",
                        new { hash, now = store.Now.ToUnixTimeMilliseconds() },
                        transaction
                    ),
                ct
            );
        }
        catch (StoreAway)
        {
            // The next look-up, a second from now, tries again.
        }
    }

    private static Place? Open(Store store, Row row) =>
        row.Box.Length > 0 && store.Keys.Unseal(row.Box, Context(row.Id)) is { } plain
            ? JsonSerializer.Deserialize<Place>(plain, Cli.JsonFormat)
            : null;

    private static byte[] Context(string hash) => System.Text.Encoding.UTF8.GetBytes("session:" + hash);
}
