using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>Lists of cases for pages: by what runs out first, one page at a time.</summary>
public static class CaseLists
{
    private const int PageSize = 30;

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
        long? LateAt
    );

    /// <summary>Cases where <paramref name="where"/> holds; its parameters stand in <paramref name="args"/>.</summary>
    /// <param name="order">risk: P0, then by how near the deadline is (over, a day, three days, later), within that by
    /// priority; due: P0, then what runs out first; soon: what is over comes last; newest: last filed
    /// first.</param>
    /// <param name="cursor">Of the page before, or null.</param>
    /// <param name="query">What staff look for among them: <see cref="CaseSearch"/>.</param>
    public static async Task<CaseTable> Read(
        Store store,
        string where,
        IReadOnlyDictionary<string, object?> args,
        string order,
        string? cursor,
        Party reader,
        (string Title, string Do) empty,
        CancellationToken ct,
        string? query = null
    )
    {
        var from = int.TryParse(Cursor.Read(cursor), out var skip) && skip is > 0 and < 100_000 ? skip : 0;
        var parameters = new Dictionary<string, object?>(args, StringComparer.Ordinal)
        {
            ["size"] = PageSize + 1,
            ["skip"] = from,
            ["now"] = store.Now.ToUnixTimeMilliseconds(),
        };
        var due = reader == Party.Respondent ? Deadlines.ShownDueSql : "c.due_at";
        var sorted = OrderOf(order).Replace("c.due_at", due, StringComparison.Ordinal);
        if (!string.IsNullOrWhiteSpace(query))
        {
            var limit = from + PageSize + 1;
            parameters["found"] = await CaseSearch.Find(store, query, where, parameters, sorted, limit, ct);
            where = "c.id in @found";
        }
        var rows = await store.Query<Row>(
            $"""
            select c.id as Id, c.number as Number, c.problem as Problem, coalesce(m.name, '') as Merchant,
                   c.status as Status, c.priority as Priority, c.amount_cents as AmountCents, c.filed_at as FiledAt,
                   c.delivered_at as DeliveredAt, {due} as DueAt, c.due_kind as DueKind,
                   {MarkedFor(reader)} as Marked,
                   c.provisional as Provisional, c.late_at as LateAt
            from complaints c left join merchants m on m.id = c.respondent
            where {where}
            order by {sorted}
            limit @size offset @skip
            """,
            parameters,
            ct
        );
        var next = rows.Count > PageSize ? Cursor.Write((from + PageSize).ToString(Say.Machine)) : null;
        var lines = rows.Take(PageSize).Select(r => LineOf(r, reader)).ToList();
        return new CaseTable(
            lines,
            reader,
            store.Now,
            Texts.T("list.caption"),
            empty.Title,
            empty.Do,
            next,
            Paged: from > 0
        );
    }

    /// <summary>How many cases there are by status.</summary>
    public static async Task<IReadOnlyDictionary<Status, long>> Counts(
        Store store,
        string where,
        object? args,
        CancellationToken ct
    )
    {
        var rows = await store.Query<Count>(
            $"select status as Status, count(*) as Cases from complaints c where {where} group by status",
            args,
            ct
        );
        return rows.ToDictionary(r => Words.Parse<Status>(r.Status) ?? Status.Closed, r => r.Cases);
    }

    private sealed record Count(string Status, long Cases);

    private static string MarkedFor(Party reader) =>
        reader == Party.Mediator
            ? $"cast(case when {AccessBook.Unread} then 1 else 0 end as bigint)"
            : "cast(0 as bigint)";

    private static string OrderOf(string order) =>
        order switch
        {
            "risk" => """
                case when c.priority = 'p0' then 0 when c.due_at is null then 5 when c.due_at <= @now then 1
                     when c.due_at <= @now + 86400000 then 2 when c.due_at <= @now + 259200000 then 3 else 4 end,
                c.priority, c.due_at, c.id
                """,
            "due" => "case when c.priority = 'p0' then 0 else 1 end, c.due_at is null, c.due_at, c.priority, c.id",
            // What can still be met comes before what is over.
            "soon" => "case when c.due_at > @now then 0 else 1 end, c.due_at, c.id",
            _ => "c.filed_at desc, c.id desc",
        };

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
