using System.Data.Common;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>
/// What becomes of messages that are over. Their rows stay, so that nothing is sent twice when it is heard again; what
/// they said and to whom does not.
/// </summary>
public static class OutboxKeeping
{
    /// <summary>How long the address and words of a message that is over can be read. A code's go as it is sent.
    /// </summary>
    public static readonly TimeSpan Readable = TimeSpan.FromDays(7);

    private const int WaitMinutesMax = 360;

    /// <summary>
    /// Notes what became of a try: <c>sent</c>, <c>waiting</c> or <c>failed</c>. Retries wait 1, 2, 4 … minutes, at
    /// most 6 h, and end after 12. A code that is on its way needs its words no more.
    /// </summary>
    /// <param name="isShown">It went nowhere but to a page that shows it: a demo.</param>
    public static async Task<string> Note(
        Store store,
        Letter letter,
        string? fault,
        CancellationToken ct,
        bool isShown = false
    )
    {
        var tries = letter.Tries + 1;
        var wait = TimeSpan.FromMinutes(Math.Min(Math.Pow(2, letter.Tries), WaitMinutesMax));
        var state =
            fault is null ? "sent"
            : tries >= Outbox.TriesMax ? "failed"
            : "waiting";
        var ended = new
        {
            id = letter.Id,
            tries,
            fault,
            state,
            next = (store.Now + wait).ToUnixTimeMilliseconds(),
            isOver = state != "waiting" && !isShown,
        };
        var own = await store.Write(
            async (db, transaction) =>
            {
                var box = await db.ExecuteScalarAsync<byte[]>(
                    """
                    update outbox set state = @state, tries = @tries, next_at = @next, fault = @fault,
                      box = case when is_code and @isOver then substr(box, 1, 8) else box end
                    where id = @id returning case when is_code and account is null and @isOver then box end
                    """,
                    ended,
                    transaction
                );
                return box is null ? 0 : KeyRing.SlotOf(box);
            },
            ct
        );
        // A code to nobody's account lies under a key of its own: no copy of the store shows it either.
        if (own > 0)
            store.Keys.Destroy(own);
        return state;
    }

    /// <summary>Empties what has been over for long, and removes old codes; how many.</summary>
    public static async Task<long> Sweep(Store store, CancellationToken ct)
    {
        var before = new { before = (store.Now - Readable).ToUnixTimeMilliseconds() };
        var codes = await store.Write(
            (db, transaction) =>
                db.ExecuteAsync("delete from outbox where is_code and made_at < @before", before, transaction),
            ct
        );
        return codes
            + await store.Write(
                (db, transaction) =>
                    db.ExecuteAsync(
                        "update outbox set box = substr(box, 1, 8) "
                            + "where length(box) > 8 and made_at < @before and state <> 'waiting'",
                        before,
                        transaction
                    ),
                ct
            );
    }

    /// <summary>
    /// Removes the messages whose <see cref="Message.Once"/> begins so and that are nobody's or the person's; how many,
    /// and the slots of those that lie under a key of their own. What is to an account lies under the account's key,
    /// which is not theirs who wrote the same address into a form.
    /// </summary>
    public static async Task<(int Rows, IReadOnlyList<long> Slots)> Forget(
        string beginning,
        Guid? person,
        DbConnection db,
        DbTransaction transaction
    )
    {
        // No range: databases order signs by their own rules. An erasure may read what is queued once.
        var boxes = await db.QueryAsync<byte[]?>(
            """
            delete from outbox where substr(once, 1, @length) = @beginning and (account is null or account = @person)
            returning case when account is null then box end
            """,
            new
            {
                beginning,
                length = beginning.Length,
                person,
            },
            transaction
        );
        var all = boxes.ToList();
        return (all.Count, [.. all.OfType<byte[]>().Select(KeyRing.SlotOf)]);
    }
}
