using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>Lists of cases for pages: by what runs out first, one page at a time.</summary>
public static class CaseLists
{
    private const int PageSize = 30;

    /// <summary>SQL: what the index of queues holds: all that somebody may still have to do something about.</summary>
    internal const string Live = "(c.closed_at is null or c.due_at is not null or c.marked_at is not null)";

    /// <summary>SQL: what the index of a merchant's begun cases holds.</summary>
    private const string Begun = "c.status in ('contested', 'inMediation', 'replied', 'settled')";

    /// <summary>SQL: what the index of sums holds.</summary>
    internal const string OpenWithMerchant =
        "c.status in ('delivered', 'unreached', 'contested', 'inMediation', 'replied', 'settled')";

    /// <summary>SQL: what is asked for, as the index of sums has it.</summary>
    internal const string Sum = "coalesce(c.amount_cents, 0)";

    private sealed record Row(
        Guid Id,
        string Number,
        string Problem,
        string Merchant,
        string Status,
        string Priority,
        long? AmountCents,
        long FiledAt,
        long? DeliveredAt,
        long? DueAt,
        string? DueKind,
        long Marked,
        bool Provisional,
        long? LateAt,
        long? TurnBy
    );

    /// <summary>Cases where <paramref name="where"/> holds; its parameters stand in <paramref name="args"/>.</summary>
    /// <param name="order">risk: P0, then by how near the deadline is (over, a day, three days, later), within that by
    /// priority; late: of that, what is over; soon: of what somebody has begun to answer, what is over comes last;
    /// turn: of that, what waits for the respondent, the earliest first, then the rest; sum: of what is open with a
    /// merchant, the largest first; newest: last filed first.</param>
    /// <param name="cursor">Of the page before, or null.</param>
    /// <param name="query">What is looked for among them: <see cref="CaseSearch"/>.</param>
    /// <param name="turns">Says whose turn it is.</param>
    /// <param name="staff">Who reads, of staff: that they saw how these cases begin is noted.</param>
    /// <param name="lists">Where they are several lists, each with an index of its own: what narrows them.</param>
    /// <param name="rest">What else has to hold: what does not fit is passed over.</param>
    /// <param name="only">Of the order by risk: only this priority.</param>
    public static async Task<CaseTable> Read(
        Store store,
        string where,
        IReadOnlyDictionary<string, object?> args,
        string order,
        string? cursor,
        Party reader,
        (string Title, string Do) empty,
        CancellationToken ct,
        string? query = null,
        IReadOnlyList<ListPart>? lists = null,
        string? rest = null,
        Priority? only = null,
        Func<IReadOnlyList<Guid>, CancellationToken, Task<IReadOnlyDictionary<Guid, CaseTurn>>>? turns = null,
        Caller? staff = null
    )
    {
        var due = reader == Party.Respondent ? Deadlines.ShownDueSql : "c.due_at";
        var priority = reader == Party.Mediator ? "c.priority" : ComplaintBook.PriorityForParties;
        var asked = new Conditions().And(where, "now", store.Now.ToUnixTimeMilliseconds());
        foreach (var (name, value) in args)
            asked.Args[name] = value;
        if (rest is not null)
            asked.But(rest);
        // Who searches reads what is found by when it was filed.
        var isSearch = !string.IsNullOrWhiteSpace(query);
        var by = OrderOf(isSearch ? "newest" : order, due, only);
        lists ??= order == "risk" ? Statuses : [];
        var sought = isSearch && reader == Party.Mediator ? await CaseSought.Read(store, query!, asked, ct) : null;
        if (sought is not null)
            lists =
                sought.Lists.Count > 0
                    ? sought.Among([.. sought.Lists.Select(one => new ListPart(one))], true)
                    : sought.Among([], areNamed: false);
        var isPaged = by.GoOn(asked, cursor);
        if (sought is not null)
            await sought.Find(store, by.Steps(asked), asked, PageSize + 1, Narrowed.None, ct);
        else if (isSearch)
        {
            var step = by.Steps(asked).First();
            var which = $"{asked.Sql} and {step.Where}";
            // A merchant looks among the cases in which it is a party.
            var narrowed =
                reader == Party.Respondent && asked.Args.TryGetValue("merchant", out var of) && of is Guid merchant
                    ? new Narrowed([CaseTerms.OfParty(merchant)])
                    : Narrowed.None;
            var (most, sql) = (PageSize + 1, step.Sql);
            var found = await CaseSearch.Find(store, query!, which, asked.Args, sql, most, reader, narrowed, ct);
            (lists, asked) = ([], new Conditions().And("c.id in @found", "found", found));
        }
        var page = await by.Read(
            store,
            $"""
            select c.id as Id, c.number as Number, c.problem as Problem, coalesce(m.name, '') as Merchant,
                   c.status as Status, {priority} as Priority, c.amount_cents as AmountCents, c.filed_at as FiledAt,
                   c.delivered_at as DeliveredAt, {due} as DueAt, c.due_kind as DueKind,
                   {MarkedFor(reader)} as Marked,
                   c.provisional as Provisional, c.late_at as LateAt, c.turn_by as TurnBy
            from complaints c left join merchants m on m.id = c.respondent
            """,
            asked,
            PageSize,
            ct,
            [.. lists]
        );
        var rows = page.Rows;
        Guid[] ids = [.. rows.Select(r => r.Id)];
        var waiting = turns is null ? null : await turns(ids, ct);
        if (staff is not null)
            await SightingBook.Instance.Note(store, ids, staff, ct);
        var glimpses = await CaseGlimpse.Of(store, ids, reader, ct);
        var lines = rows.Select(r =>
                LineOf(r, reader) with
                {
                    Turn = waiting?.GetValueOrDefault(r.Id),
                    Glimpse = glimpses.GetValueOrDefault(r.Id),
                }
            )
            .ToList();
        var (title, todo) = empty;
        return new CaseTable(lines, reader, store.Now, Texts.T("list.caption"), title, todo, page.Next, isPaged)
        {
            IsCut = page.IsCut,
        };
    }

    // What is alive has an index status by status.
    private static readonly ListPart[] Statuses =
    [
        .. Enum.GetValues<Status>().Select(status => new ListPart($"c.status = '{Words.Of(status)}'")),
    ];

    private static string MarkedFor(Party reader) =>
        reader == Party.Mediator
            ? $"cast(case when {AccessBook.Unread} then 1 else 0 end as bigint)"
            : "cast(0 as bigint)";

    private static ListOrder<Row> OrderOf(string order, string due, Priority? only)
    {
        var (dueAt, id) = (ListOrder<Row>.ByTime(due, row => row.DueAt), ListOrder<Row>.By("c.id", row => row.Id));
        return order switch
        {
            "risk" or "late" => new("risk", dueAt, id)
            {
                Stretches = Risks(ListOrder.Timed(due), only, order == "late"),
                Bounded = Table,
            },
            // What can still be met comes before what is over.
            "soon" => new("soon", dueAt, id) { Stretches = Soon(ListOrder.Timed(due)), Bounded = Table },
            "turn" => new("turn", ListOrder<Row>.ByTime("c.turn_by", row => row.TurnBy), dueAt, id)
            {
                Stretches = [Begun],
                Bounded = Table,
            },
            "sum" => new("sum", ListOrder<Row>.By(Sum, row => row.AmountCents ?? 0).Down, id.Down)
            {
                Stretches = [OpenWithMerchant],
                Bounded = Table,
            },
            _ => new("newest", ListOrder<Row>.By("c.filed_at", row => row.FiledAt).Down, id.Down) { Bounded = Table },
        };
    }

    private static IReadOnlyList<string> Soon(string dueAt) =>
        [
            $"{OpenWithMerchant} and {dueAt} > @now and {dueAt} < {ListOrder.Never}",
            $"{OpenWithMerchant} and {dueAt} <= @now",
            $"{OpenWithMerchant} and {dueAt} >= {ListOrder.Never}",
        ];

    // P0 before all; then by how near the end is, and within that by priority.
    private static IReadOnlyList<string> Risks(string dueAt, Priority? only, bool isLate)
    {
        const long Day = 86_400_000;
        string[] near =
        [
            $"{dueAt} <= @now",
            $"{dueAt} > @now and {dueAt} <= @now + {Day}",
            $"{dueAt} > @now + {Day} and {dueAt} <= @now + {3 * Day}",
            $"{dueAt} > @now + {3 * Day} and {dueAt} < {ListOrder.Never}",
            $"{dueAt} >= {ListOrder.Never}",
        ];
        // What is not asked for stays in its place, that a cursor finds it: nothing is in it.
        string Of(Priority priority, string when) =>
            only is { } one && one != priority
                ? ListOrder.None
                : $"{Live} and c.priority = '{Words.Of(priority)}' and {when}";
        Priority[] others = [Priority.P1, Priority.P2, Priority.P3];
        return
        [
            Of(Priority.P0, isLate ? near[0] : "1 = 1"),
            .. near.SelectMany((when, i) => others.Select(p => isLate && i > 0 ? ListOrder.None : Of(p, when))),
        ];
    }

    private const string Table = "complaints c";

    private static CaseLine LineOf(Row row, Party reader) =>
        new(
            row.Number,
            Names.Problem(row.Problem),
            row.Merchant,
            Words.Parse<Status>(row.Status) ?? Status.Closed,
            Words.Parse<Priority>(row.Priority) ?? Priority.P3,
            row.AmountCents is { } cents ? cents / 100m : null,
            At(reader == Party.Respondent ? row.DeliveredAt ?? row.FiledAt : row.FiledAt),
            row.DueAt is { } due ? At(due) : null,
            row.DueKind,
            row.Problem,
            row.Marked > 0,
            row.Provisional,
            row.LateAt is { } late ? At(late) : null
        );

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
