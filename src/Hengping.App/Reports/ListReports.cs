using System.Globalization;
using System.Text;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>
/// <c>GET /reports</c>: staff all, an authority what was referred to it. Rows only, no words and no name of anybody.
/// </summary>
public static class ListReports
{
    private const int SizeMax = 100;
    private const long Never = 253_402_300_799_000;

    /// <summary>One row.</summary>
    public sealed record Item(
        Guid Id,
        string Number,
        ReportStatus Status,
        bool Anonymous,
        string Breach,
        ReportView.About Respondent,
        string? Authority,
        bool Extended,
        DateTimeOffset ReceivedAt,
        DateTimeOffset? EndedAt,
        ListComplaints.NextDue? Due
    );

    /// <summary>A page of the list.</summary>
    public sealed record Page(IReadOnlyList<Item> Items, string? Cursor);

    /// <summary>What is asked for.</summary>
    /// <param name="IsOpen">Only what somebody still has to decide.</param>
    public sealed record Wanted(
        IReadOnlyList<ReportStatus> Status,
        bool? IsOpen = null,
        string? Breach = null,
        Guid? Respondent = null,
        string? Number = null,
        int Size = 20,
        string? Cursor = null
    );

    private sealed record Row(
        Guid Id,
        string Number,
        string Status,
        bool Anonymous,
        string Breach,
        Guid? Respondent,
        string? RespondentName,
        string? Authority,
        bool Extended,
        long ReceivedAt,
        long? EndedAt,
        long? DueAt,
        string? DueKind
    );

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder reports) =>
        reports.MapGet("", Handle).Produces<Page>().For(ReportsRoom.Readers);

    private static async Task<IResult> Handle(HttpContext http, Caller caller, Store store, CancellationToken ct)
    {
        var faults = new FieldFaults();
        var wanted = Read(http.Request.Query, faults);
        return faults.None
            ? Results.Json(await Of(store, caller, wanted, ct), Cli.JsonFormat)
            : Problems.Fields(faults.All);
    }

    /// <summary>Those whom the caller may read, soonest due first, then newest first.</summary>
    public static async Task<Page> Of(Store store, Caller caller, Wanted wanted, CancellationToken ct)
    {
        var size = Math.Clamp(wanted.Size, 1, SizeMax);
        var args = new Dictionary<string, object?>(StringComparer.Ordinal) { ["size"] = size };
        var where = new StringBuilder("1 = 1");
        void And(string condition, string name, object? value)
        {
            where.Append(" and ").Append(condition);
            args[name] = value;
        }
        for (var i = 0; i < wanted.Status.Count; i++)
            args[$"status{i}"] = Words.Of(wanted.Status[i]);
        if (wanted.Status.Count > 0)
            where.Append(" and r.status in (").AppendJoin(", ", Named(wanted.Status.Count)).Append(')');
        if (wanted.IsOpen is { } open)
            where.Append(open ? " and r.ended_at is null" : " and r.ended_at is not null");
        if (wanted.Breach is { } breach)
            And("r.breach = @breach", "breach", breach);
        if (wanted.Respondent is { } respondent)
            And("r.respondent = @respondent", "respondent", respondent);
        if (wanted.Number is { } number)
            And("r.number = @number", "number", CaseNumber.Parse(number) ?? number);
        if (After(wanted.Cursor) is var (due, received, id))
        {
            where.Append(
                // The first part alone leads into the index: its order goes both ways, and rows compare one way.
                $" and coalesce(r.due_at, {Never}) >= @due"
                    + $" and (coalesce(r.due_at, {Never}) > @due or (coalesce(r.due_at, {Never}) = @due"
                    + " and (r.received_at < @received or (r.received_at = @received and r.id > @after))))"
            );
            (args["due"], args["received"], args["after"]) = (due, received, id);
        }
        // Of an authority two lists, each in the order of its own index: what was referred to its account, and, before
        // reports kept that, to its name.
        string[] whose =
            caller.Role == Role.Regulator
                ? ["r.authority_account = @account", "r.authority = @former and r.authority_account is null"]
                : ["1 = 1"];
        if (caller.Role == Role.Regulator)
        {
            args["account"] = caller.Account;
            args["former"] = await ReportAuthorities.FormerName(store, caller.Account, ct) ?? "";
        }
        var found = new List<Row>();
        foreach (var theirs in whose)
            found.AddRange(
                await store.Query<Row>(
                    $"""
                    select r.id as Id, r.number as Number, r.status as Status, r.anonymous as Anonymous,
                           r.breach as Breach, r.respondent as Respondent, m.name as RespondentName,
                           r.authority as Authority, r.extended as Extended, r.received_at as ReceivedAt,
                           r.ended_at as EndedAt, r.due_at as DueAt, r.due_kind as DueKind
                    from reports r left join merchants m on m.id = r.respondent
                    where {theirs} and {where}
                    order by coalesce(r.due_at, {Never}), r.received_at desc, r.id limit @size
                    """,
                    args,
                    ct
                )
            );
        List<Row> rows =
        [
            .. found.OrderBy(r => r.DueAt ?? Never).ThenByDescending(r => r.ReceivedAt).ThenBy(r => r.Id).Take(size),
        ];
        string? next = rows.Count == size ? CursorAfter(rows[^1]) : null;
        return new Page([.. rows.Select(ToItem)], next);
    }

    /// <summary>How many there are by status.</summary>
    public static async Task<IReadOnlyDictionary<ReportStatus, long>> Counts(Store store, CancellationToken ct) =>
        (
            await store.Query<(string Status, long Count)>(
                "select status as Status, count(*) as Count from reports group by status",
                null,
                ct
            )
        ).ToDictionary(row => Words.Parse<ReportStatus>(row.Status)!.Value, row => row.Count);

    private static Wanted Read(IQueryCollection query, FieldFaults faults)
    {
        var statuses = new List<ReportStatus>();
        foreach (var word in query["status"].SelectMany(v => (v ?? "").Split(',')).Where(word => word.Length > 0))
            if (Words.Parse<ReportStatus>(word) is { } status)
                statuses.Add(status);
            else
                faults.Add("status", Fault.Unknown);
        var breach = query["breach"].ToString();
        if (breach.Length > 0)
            faults.Code("breach", breach, Taxonomies.Taxonomies.Current.BreachCodes);
        Guid? respondent = null;
        if (query["respondent"].ToString() is { Length: > 0 } whom)
            if (Guid.TryParse(whom, out var id))
                respondent = id;
            else
                faults.Add("respondent", Fault.Unknown);
        var size = 20;
        if (query["size"].ToString() is { Length: > 0 } typed)
            if (int.TryParse(typed, CultureInfo.InvariantCulture, out var parsed) && parsed is >= 1 and <= SizeMax)
                size = parsed;
            else
                faults.Add("size", Fault.Number);
        var cursor = query["cursor"].ToString();
        faults.If(cursor.Length > 0 && After(cursor) is null, "cursor", Fault.Unknown);
        return new Wanted(
            statuses,
            IsOpen: null,
            breach.Length > 0 ? breach : null,
            respondent,
            query["number"].ToString() is { Length: > 0 } number ? number : null,
            size,
            cursor
        );
    }

    private static IEnumerable<string> Named(int count) => Enumerable.Range(0, count).Select(i => $"@status{i}");

    private static string CursorAfter(Row row) =>
        Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"{row.DueAt ?? Never}|{row.ReceivedAt}|{row.Id:D}"));

    private static (long Due, long Received, Guid Id)? After(string? cursor) =>
        Cursor.Read(cursor)?.Split('|') is [var due, var received, var id]
        && long.TryParse(due, CultureInfo.InvariantCulture, out var d)
        && long.TryParse(received, CultureInfo.InvariantCulture, out var r)
        && Guid.TryParse(id, out var i)
            ? (d, r, i)
            : null;

    private static Item ToItem(Row row) =>
        new(
            row.Id,
            row.Number,
            Words.Parse<ReportStatus>(row.Status)!.Value,
            row.Anonymous,
            row.Breach,
            new ReportView.About(row.Respondent, row.RespondentName),
            row.Authority,
            row.Extended,
            DateTimeOffset.FromUnixTimeMilliseconds(row.ReceivedAt),
            row.EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
            row.DueAt is { } at
                ? new ListComplaints.NextDue(row.DueKind ?? "", DateTimeOffset.FromUnixTimeMilliseconds(at))
                : null
        );
}
