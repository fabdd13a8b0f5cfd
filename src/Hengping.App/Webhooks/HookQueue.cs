using System.Data.Common;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Webhooks;

namespace Hengping.App.Webhooks;

/// <summary>
/// Deliveries that wait. Of one case the earliest alone is taken, so that a receiver hears of it in order; cases do not
/// wait for each other.
/// </summary>
public static class HookQueue
{
    /// <summary>How long what is taken is left to whoever took it: longer than a try may last.</summary>
    public static readonly TimeSpan LeasedFor = TimeSpan.FromMinutes(1);

    /// <summary>What went out, or was parked, can be replayed and is shown for so long.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int DroppedAtOnce = 2_000;

    private static readonly string[] NewColumns =
    [
        "hook",
        "position",
        "object",
        "number",
        "kind",
        "at",
        "state",
        "tries",
        "next_at",
    ];

    /// <summary>A webhook that runs.</summary>
    public sealed record Running(Guid Id, int Version, int Replays, long ReplayFrom, long ReplayTo);

    /// <summary>What happened, for one webhook.</summary>
    internal static object?[] NewRow(Guid hook, StoredEvent stored, string number) =>
        [
            hook,
            stored.Position,
            stored.Stream,
            number,
            stored.Kind,
            stored.At.ToUnixTimeMilliseconds(),
            "waiting",
            0L,
            stored.RecordedAt.ToUnixTimeMilliseconds(),
        ];

    internal static Task Add(IReadOnlyList<object?[]> rows, DbTransaction transaction, CancellationToken ct) =>
        Bulk.Add(transaction, "hook_deliveries", NewColumns, "hook, position", rows, ct);

    /// <summary>Webhooks that run and have something due.</summary>
    public static async Task<IReadOnlyList<Running>> Due(Store store, int most, CancellationToken ct) =>
        await store.Query<Running>(
            $"""
            select {Columns} from hooks h
            where h.status = 'active' and exists (
              select 1 from hook_deliveries d
              where d.hook = h.id and d.state = 'waiting' and d.next_at <= @now)
            limit @most
            """,
            new { now = Ms(store.Now), most },
            ct
        );

    /// <summary>
    /// The earliest that is due of each case, each taken for this process: another node gets it no sooner than a lease
    /// later, and what follows in that case waits for it.
    /// </summary>
    public static async Task<IReadOnlyList<HookRow>> Take(Store store, Guid hook, int most, CancellationToken ct)
    {
        var now = Ms(store.Now);
        var due = await store.Query<HookRow>(
            $"""
            select {HookRow.Columns} from hook_deliveries d
            where d.hook = @hook and d.state = 'waiting' and d.next_at <= @now and not exists (
              select 1 from hook_deliveries e
              where e.hook = d.hook and e.object = d.object and e.state = 'waiting' and e.position < d.position)
            order by d.next_at, d.position limit @most
            """,
            new
            {
                hook,
                now,
                most,
            },
            ct
        );
        if (due.Count == 0)
            return due;
        return await store.Write<IReadOnlyList<HookRow>>(
            async (db, transaction) =>
            {
                var taken = new List<HookRow>(due.Count);
                foreach (var row in due)
                    if (await Lease(row) == 1)
                        taken.Add(row);
                return taken;

                Task<int> Lease(HookRow row) =>
                    db.ExecuteAsync(
                        """
                        update hook_deliveries set next_at = @until, first_at = coalesce(first_at, @now)
                        where hook = @hook and position = @position and state = 'waiting' and next_at <= @now
                        """,
                        new
                        {
                            hook,
                            position = row.Position,
                            now,
                            until = now + (long)LeasedFor.TotalMilliseconds,
                        },
                        transaction
                    );
            },
            ct
        );
    }

    /// <summary>
    /// Notes how a try ended. Not taken, it waits, and its case with it; after its time it is parked and its case goes
    /// on.
    /// </summary>
    /// <returns>Since when this webhook has taken nothing; null where it did now.</returns>
    public static Task<DateTimeOffset?> Note(
        Store store,
        Guid hook,
        HookRow row,
        string? fault,
        CancellationToken ct
    ) =>
        store.Write(
            async (db, transaction) =>
            {
                var now = store.Now;
                var first = row.FirstAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : now;
                var next = fault is null ? null : HookWait.Next(row.Tries + 1, first, now);
                await db.ExecuteAsync(
                    """
                    update hook_deliveries set state = @state, tries = tries + 1, fault = @fault, done_at = @done,
                      next_at = @next
                    where hook = @hook and position = @position
                    """,
                    new
                    {
                        hook,
                        position = row.Position,
                        fault,
                        state = fault is null ? "sent"
                        : next is null ? "parked"
                        : "waiting",
                        done = next is null ? Ms(now) : (long?)null,
                        next = Ms(next ?? now),
                    },
                    transaction
                );
                // What follows in the case is not looked at before.
                if (next is { } later)
                    await db.ExecuteAsync(
                        """
                        update hook_deliveries set next_at = @later
                        where hook = @hook and object = @of and state = 'waiting' and position > @position
                          and next_at < @later
                        """,
                        new
                        {
                            hook,
                            of = row.Object,
                            position = row.Position,
                            later = Ms(later),
                        },
                        transaction
                    );
                return await Fared(hook, fault is null, now, db, transaction);
            },
            ct
        );

    private static async Task<DateTimeOffset?> Fared(
        Guid hook,
        bool isTaken,
        DateTimeOffset now,
        DbConnection db,
        DbTransaction transaction
    )
    {
        await Settle(hook, db, transaction);
        var since = await db.ExecuteScalarAsync<long?>(
            isTaken
                ? """
                update hook_places set taken_at = @now, failed_since = null where hook = @hook
                returning failed_since
                """
                : """
                update hook_places set failed_since = coalesce(failed_since, @now) where hook = @hook
                returning failed_since
                """,
            new { hook, now = Ms(now) },
            transaction
        );
        return since is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }

    /// <summary>A webhook that was resumed, and what it was tried with, has its whole time again, from now.</summary>
    public static Task Resumed(Store store, Guid hook, CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
            {
                var args = new
                {
                    hook,
                    now = Ms(store.Now),
                    soon = Ms(store.Now + LeasedFor),
                };
                await db.ExecuteAsync(
                    "update hook_places set failed_since = null where hook = @hook",
                    args,
                    transaction
                );
                // What another node is sending right now is left to it.
                return await db.ExecuteAsync(
                    """
                    update hook_deliveries set next_at = @now, tries = 0, first_at = null
                    where hook = @hook and state = 'waiting' and (next_at > @soon or (next_at <= @now and tries > 0))
                    """,
                    args,
                    transaction
                );
            },
            ct
        );

    /// <summary>
    /// Drops what is old, and what waits for a webhook that is closed. What a clock that was ahead put off is due.
    /// </summary>
    public static async Task Tend(Store store, CancellationToken ct)
    {
        var now = store.Now;
        var args = new
        {
            before = Ms(now - KeptFor),
            now = Ms(now),
            far = Ms(now + HookWait.Most + ClockGuard.Apart),
            most = DroppedAtOnce,
        };
        string[] all =
        [
            """
                delete from hook_deliveries where (hook, position) in (
                  select hook, position from hook_deliveries where done_at < @before limit @most)
                """,
            """
                delete from hook_deliveries where (hook, position) in (
                  select d.hook, d.position from hooks h join hook_deliveries d on d.hook = h.id
                  where h.status = 'closed' and d.state = 'waiting' limit @most)
                """,
            "update hook_deliveries set next_at = @now where state = 'waiting' and next_at > @far",
        ];
        foreach (var sql in all)
            while (
                await store.Write((db, transaction) => db.ExecuteAsync(sql, args, transaction), ct) >= DroppedAtOnce
                && sql.StartsWith("delete", StringComparison.Ordinal)
            ) { }
    }

    internal const string Columns =
        "h.id as Id, h.version as Version, h.replays as Replays, h.replay_from as ReplayFrom, h.replay_to as ReplayTo";

    internal static Task Settle(Guid hook, DbConnection db, DbTransaction transaction) =>
        db.ExecuteAsync(
            """
            insert into hook_places (hook, replay, replay_at, replaying) values (@hook, 0, 0, false)
            on conflict (hook) do nothing
            """,
            new { hook },
            transaction
        );

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
