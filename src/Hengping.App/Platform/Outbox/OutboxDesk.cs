using Dapper;

namespace Hengping.App.Platform;

/// <summary>A message that has not gone out, without whom it is for and what it says.</summary>
public sealed record Unsent(
    Guid Id,
    Channel Channel,
    string Template,
    string State,
    int Tries,
    DateTimeOffset MadeAt,
    string? Fault
);

/// <summary>What an admin sees of the outbox, and may do with what did not go out.</summary>
public static class OutboxDesk
{
    private sealed record StateCount(string State, long Messages);

    private sealed record Row(
        Guid Id,
        string Channel,
        string Template,
        string State,
        int Tries,
        long MadeAt,
        string? Fault
    );

    private static readonly ListOrder<Row> Order = new(
        "unsent",
        ListOrder<Row>.By("made_at", row => row.MadeAt),
        ListOrder<Row>.By("id", row => row.Id)
    )
    {
        Stretches = ["state = 'failed'", "state = 'waiting'"],
    };

    /// <summary>What failed or waits, the failed ones first, the oldest first.</summary>
    public static async Task<IReadOnlyList<Unsent>> NotSent(Store store, int size, CancellationToken ct)
    {
        var (rows, _) = await Order.Read(
            store,
            """
            select id as Id, channel as Channel, template as Template, state as State, tries as Tries,
                   made_at as MadeAt, fault as Fault
            from outbox
            """,
            new Conditions(),
            size,
            ct
        );
        return
        [
            .. rows.Select(row => new Unsent(
                row.Id,
                Words.Parse<Channel>(row.Channel) ?? Channel.Sms,
                row.Template,
                row.State,
                row.Tries,
                DateTimeOffset.FromUnixTimeMilliseconds(row.MadeAt),
                row.Fault
            )),
        ];
    }

    /// <summary>Number of messages by state: waiting, sent, failed, erased, dropped.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Counts(Store store, CancellationToken ct)
    {
        var rows = await store.Query<StateCount>(
            "select state as State, count(*) as Messages from outbox group by state",
            null,
            ct
        );
        return rows.ToDictionary(row => row.State, row => row.Messages, StringComparer.Ordinal);
    }

    /// <summary>Makes a message that waits or failed due at once, with all its tries before it.</summary>
    /// <returns>False where it is gone, or may be on its way: it would go out twice.</returns>
    public static Task<bool> Replay(Store store, Guid id, CancellationToken ct) =>
        Handle(store, id, "update outbox set state = 'waiting', tries = 0, next_at = @now, fault = null", ct);

    /// <summary>Gives up a message that waits or failed: it is never sent.</summary>
    /// <returns>False where it is gone, or may be on its way.</returns>
    public static Task<bool> Drop(Store store, Guid id, CancellationToken ct) =>
        Handle(store, id, "update outbox set state = 'dropped'", ct);

    // What is due within a lease may have been taken by a sender; further off it waits for its next try.
    private static Task<bool> Handle(Store store, Guid id, string update, CancellationToken ct)
    {
        var now = store.Now;
        return store.Write(
            async (db, transaction) =>
                await db.ExecuteAsync(
                    update
                        + " where id = @id and (state = 'failed' or state = 'waiting' "
                        + "and (next_at <= @now or next_at > @leased))",
                    new
                    {
                        id,
                        now = now.ToUnixTimeMilliseconds(),
                        leased = (now + Outbox.LeasedFor).ToUnixTimeMilliseconds(),
                    },
                    transaction
                ) == 1,
            ct
        );
    }
}
