using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Desk;

namespace Hengping.App.Desk;

/// <summary>What somebody has decided and what waits to go out, or went or did not go out a moment ago.</summary>
public static class OutgoingList
{
    private static readonly TimeSpan SentShownFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StoppedShownFor = TimeSpan.FromHours(24);

    private sealed record Row(
        Guid Id,
        Guid Complaint,
        string Number,
        string Verb,
        string State,
        long SendAt,
        string? Code
    );

    private sealed record Waits(string Number, long SendAt);

    /// <summary>The caller's own, what goes out first on top.</summary>
    public static async Task<IReadOnlyList<DecideFromDesk.DecisionShown>> Of(
        Store store,
        Caller caller,
        CancellationToken ct
    )
    {
        var now = store.Now;
        var rows = await store.Query<Row>(
            """
            select d.id as Id, d.complaint as Complaint, c.number as Number, d.verb as Verb, d.state as State,
                   d.send_at as SendAt, d.code as Code
            from desk_decisions d join complaints c on c.id = d.complaint
            where d.account = @account
              and (d.state = 'waiting' or (d.state = 'sent' and d.ended_at > @sent)
                   or (d.state = 'stopped' and d.ended_at > @stopped))
            order by d.send_at, d.id
            """,
            new
            {
                account = caller.Account,
                sent = (now - SentShownFor).ToUnixTimeMilliseconds(),
                stopped = (now - StoppedShownFor).ToUnixTimeMilliseconds(),
            },
            ct
        );
        return
        [
            .. rows.Select(r => new DecideFromDesk.DecisionShown(
                r.Id,
                r.Complaint,
                r.Number,
                Words.Parse<Verb>(r.Verb) ?? Verb.Deliver,
                Words.Parse<DecisionState>(r.State) ?? DecisionState.Sent,
                DateTimeOffset.FromUnixTimeMilliseconds(r.SendAt),
                r.Code
            )),
        ];
    }

    /// <summary>Case numbers with a decision of anybody that waits, and when it goes out.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> Waiting(Store store, CancellationToken ct)
    {
        var rows = await store.Query<Waits>(
            """
            select c.number as Number, d.send_at as SendAt
            from desk_decisions d join complaints c on c.id = d.complaint where d.state = 'waiting'
            """,
            null,
            ct
        );
        return rows.ToDictionary(
            r => r.Number,
            r => DateTimeOffset.FromUnixTimeMilliseconds(r.SendAt),
            StringComparer.Ordinal
        );
    }
}
