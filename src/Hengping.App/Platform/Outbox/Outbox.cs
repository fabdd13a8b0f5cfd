using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace Hengping.App.Platform;

/// <summary>Queue of messages. Whoever writes it, writes it after commit; <see cref="OutboxSender"/> sends.</summary>
public static class Outbox
{
    /// <summary>How often a message is tried before it is given up.</summary>
    public const int TriesMax = 12;

    /// <summary>How long a taken message is left to whoever took it.</summary>
    public static readonly TimeSpan LeasedFor = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The longest that anything here waits for: the day's limit of a phone. What is to wait for longer was put off by
    /// a clock that was ahead, and is due.
    /// </summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromDays(1) + ClockGuard.Apart;

    // Of a box that was emptied: under which slot it lay.
    private const int EmptyBoxBytes = 8;

    private sealed record Sealed(string To, IReadOnlyDictionary<string, string> Values, string Language);

    private sealed record Row(
        Guid Id,
        string Channel,
        string Template,
        byte[] Box,
        string State,
        int Tries,
        long MadeAt,
        string? Fault,
        long? CountedAt
    );

    /// <summary>
    /// Queues a message in the writer's transaction; queued before under the same key, it is left alone.
    /// </summary>
    public static Task Put(Store store, Message message, DbConnection db, DbTransaction transaction) =>
        Put(store, [message], transaction, CancellationToken.None);

    private static readonly string[] NewColumns =
    [
        "id",
        "once",
        "channel",
        "template",
        "account",
        "complaint",
        "box",
        "state",
        "tries",
        "next_at",
        "made_at",
        "fault",
        "counted_at",
        "is_code",
        "is_stranger",
    ];

    // Null where its key is gone: they are not written to, and no message to them holds up whoever writes the others.
    private static object?[]? NewRow(Store store, Message message, long now)
    {
        if (message.KeySlot is { } own && !store.Keys.Holds(own))
            return null;
        var id = StreamId.Next();
        var plain = JsonSerializer.SerializeToUtf8Bytes(
            new Sealed(message.To, message.Values, message.Language),
            Cli.JsonFormat
        );
        return
        [
            id,
            message.Once,
            Words.Of(message.Channel),
            message.Template.Key,
            message.Account,
            message.Complaint,
            store.Keys.Seal(message.KeySlot ?? store.Keys.Create(), plain, id.ToByteArray()),
            "waiting",
            0L,
            message.NotBefore?.ToUnixTimeMilliseconds() ?? now,
            now,
            null,
            message.IsCode || message.IsCounted ? now : null,
            message.IsCode,
            message.IsStranger,
        ];
    }

    /// <summary>The same of many, in few statements.</summary>
    public static async Task Put(
        Store store,
        IReadOnlyList<Message> messages,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var now = store.Now.ToUnixTimeMilliseconds();
        var rows = messages.Select(message => NewRow(store, message, now)).OfType<object?[]>().ToList();
        store.Keys.Flush();
        await Bulk.Add(transaction, "outbox", NewColumns, "once", rows, ct);
    }

    /// <summary>Queues one message in a transaction of its own.</summary>
    public static Task<int> Put(Store store, Message message, CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
            {
                await Put(store, message, db, transaction);
                return 0;
            },
            ct
        );

    /// <summary>The newest messages, readable while their key lives.</summary>
    public static async Task<IReadOnlyList<Letter>> Newest(Store store, int size, CancellationToken ct) =>
        Open(
            store,
            await store.Query<Row>(
                $"select {Columns} from outbox order by made_at desc, id desc limit @size",
                new { size },
                ct
            )
        );

    /// <summary>
    /// What is due on these channels, each taken for this process: another node, or this one after a crash, gets it
    /// no sooner than a lease later, which is longer than a send may last.
    /// </summary>
    public static async Task<IReadOnlyList<Letter>> Take(
        Store store,
        IReadOnlyList<Channel> channels,
        int size,
        CancellationToken ct
    )
    {
        var now = store.Now.ToUnixTimeMilliseconds();
        // A clock that is behind sees all of them far ahead, those that others are sending right now as well.
        var isDoubted = store.ClockDoubt is { } doubt && await doubt(ct) is not null;
        var far = isDoubted ? long.MaxValue : now + (long)WaitMax.TotalMilliseconds;
        async Task<IReadOnlyList<Row>> Waiting(string which, int most) =>
            await store.Query<Row>(
                $"select {Columns} from outbox where state = 'waiting' and {which} and channel in @channels "
                    + "order by next_at limit @most",
                new
                {
                    now,
                    far,
                    channels = channels.Select(c => Words.Of(c)).ToArray(),
                    most,
                },
                ct
            );
        var due = await Waiting("next_at <= @now", size);
        if (due.Count < size)
            due = [.. due, .. await Waiting("next_at > @far", size - due.Count)];
        if (due.Count == 0)
            return [];
        return await store.Write((db, transaction) => Lease(store, due, now, far, db, transaction), ct);
    }

    private static async Task<IReadOnlyList<Letter>> Lease(
        Store store,
        IReadOnlyList<Row> due,
        long now,
        long far,
        DbConnection db,
        DbTransaction transaction
    )
    {
        var taken = new List<Letter>(due.Count);
        var budget = await SmsBudget.Read(store, db, transaction);
        foreach (var row in due)
        {
            // Taken first: of two nodes one counts it.
            if (await Set(row, "waiting", LeasedFor, row.Fault, isCounted: false) == 0)
                continue;
            // Whose key is gone is not written to; such a letter must not stand in the way of others for ever.
            if (Open(store, row) is not { } letter)
            {
                await Set(row, "erased", LeasedFor, row.Fault, isCounted: false, isTaken: true);
                continue;
            }
            if (letter.Channel == Channel.Sms && row.CountedAt is null)
            {
                var held = await SmsLimits.Take(store, letter, budget, db, transaction);
                if (held is not null)
                {
                    await Set(row, held.State, held.Wait, held.Word, isCounted: false, isTaken: true);
                    continue;
                }
                await Set(row, "waiting", LeasedFor, row.Fault, isCounted: true, isTaken: true);
                budget = budget with { Used = budget.Used + 1, Others = budget.Others + 1 };
            }
            taken.Add(letter);
        }
        return taken;

        Task<int> Set(Row row, string state, TimeSpan wait, string? fault, bool isCounted, bool isTaken = false) =>
            db.ExecuteAsync(
                "update outbox set next_at = @until, state = @state, fault = @fault, "
                    + "counted_at = case when @isCounted then @now else counted_at end "
                    + "where id = @id and state = 'waiting' and (@isTaken or next_at <= @now or next_at > @far)",
                new
                {
                    id = row.Id,
                    until = now + (long)wait.TotalMilliseconds,
                    state,
                    fault,
                    isCounted,
                    isTaken,
                    now,
                    far,
                },
                transaction
            );
    }

    private const string Columns =
        "id as Id, channel as Channel, template as Template, box as Box, state as State, tries as Tries, "
        + "made_at as MadeAt, fault as Fault, counted_at as CountedAt";

    private static List<Letter> Open(Store store, IReadOnlyList<Row> rows) =>
        [.. rows.Select(row => Open(store, row)).OfType<Letter>()];

    private static Letter? Open(Store store, Row row)
    {
        if (row.Box.Length <= EmptyBoxBytes || store.Keys.Unseal(row.Box, row.Id.ToByteArray()) is not { } plain)
            return null;
        var opened = JsonSerializer.Deserialize<Sealed>(plain, Cli.JsonFormat)!;
        return new Letter(
            row.Id,
            Words.Parse<Channel>(row.Channel) ?? Channel.Sms,
            row.Template,
            opened.To,
            opened.Language,
            opened.Values,
            DateTimeOffset.FromUnixTimeMilliseconds(row.MadeAt),
            row.State,
            row.Tries,
            row.Fault
        );
    }
}
