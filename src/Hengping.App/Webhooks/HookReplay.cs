using Dapper;
using Hengping.App.Platform;

namespace Hengping.App.Webhooks;

/// <summary>
/// A replay puts what went out, or was parked, back into the queue: in order, some at a time, so that a long one holds
/// up no writer. How far it is stands beside the queue.
/// </summary>
public static class HookReplay
{
    /// <summary>Rows that are put back at a time.</summary>
    public const int AtOnce = 500;

    private sealed record Place(long Replay, long ReplayAt, bool Replaying);

    /// <summary>Webhooks that run and whose last replay is not all in the queue yet.</summary>
    public static async Task<IReadOnlyList<HookQueue.Running>> Waiting(Store store, CancellationToken ct) =>
        await store.Query<HookQueue.Running>(
            $"""
            select {HookQueue.Columns} from hooks h left join hook_places p on p.hook = h.id
            where h.status = 'active' and h.replays > 0
              and (p.hook is null or p.replay < h.replays or p.replaying)
            """,
            null,
            ct
        );

    /// <summary>Puts the next rows of a replay back into the queue, in order; how many.</summary>
    public static Task<int> Next(Store store, HookQueue.Running hook, CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
            {
                await HookQueue.Settle(hook.Id, db, transaction);
                // Written first: of two nodes one goes on at a time.
                var place = await db.QuerySingleAsync<Place>(
                    """
                    update hook_places set
                      replay_at = case when replay < @replays then @from - 1 else replay_at end,
                      replaying = case when replay < @replays then true else replaying end,
                      replay = case when replay < @replays then @replays else replay end
                    where hook = @hook
                    returning replay as Replay, replay_at as ReplayAt, replaying as Replaying
                    """,
                    new
                    {
                        hook = hook.Id,
                        replays = (long)hook.Replays,
                        from = hook.ReplayFrom,
                    },
                    transaction
                );
                if (!place.Replaying || place.Replay > hook.Replays)
                    return 0;
                var again = (
                    await db.QueryAsync<long>(
                        """
                        select position from hook_deliveries
                        where hook = @hook and position > @after and position <= @to
                        order by position limit @most
                        """,
                        new
                        {
                            hook = hook.Id,
                            after = place.ReplayAt,
                            to = hook.ReplayTo,
                            most = AtOnce,
                        },
                        transaction
                    )
                ).ToList();
                if (again.Count > 0)
                    await db.ExecuteAsync(
                        """
                        update hook_deliveries set state = 'waiting', tries = 0, first_at = null, next_at = @now,
                          done_at = null, fault = null
                        where hook = @hook and position >= @first and position <= @last and state <> 'waiting'
                        """,
                        new
                        {
                            hook = hook.Id,
                            first = again[0],
                            last = again[^1],
                            now = store.Now.ToUnixTimeMilliseconds(),
                        },
                        transaction
                    );
                await db.ExecuteAsync(
                    "update hook_places set replay_at = @at, replaying = @more where hook = @hook",
                    new
                    {
                        hook = hook.Id,
                        at = again.Count > 0 ? again[^1] : hook.ReplayTo,
                        more = again.Count == AtOnce,
                    },
                    transaction
                );
                return again.Count;
            },
            ct
        );
}
