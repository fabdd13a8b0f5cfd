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
    private const string Select = """
        select r.id as Id, r.number as Number, r.status as Status, r.anonymous as Anonymous,
               r.breach as Breach, r.respondent as Respondent, m.name as RespondentName,
               r.authority as Authority, r.extended as Extended, r.received_at as ReceivedAt,
               r.ended_at as EndedAt, r.due_at as DueAt, r.due_kind as DueKind
        from reports r left join merchants m on m.id = r.respondent
        """;

    /// <summary>Soonest due first, then newest first.</summary>
    private static readonly ListOrder<Row> Order = new(
        "due",
        ListOrder<Row>.ByTime("r.due_at", row => row.DueAt),
        ListOrder<Row>.By("r.received_at", row => row.ReceivedAt).Down,
        ListOrder<Row>.By("r.id", row => row.Id)
    );

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
        var where = new Conditions()
            .Holds("r.status", "status", [.. wanted.Status.Select(Words.Of)])
            .Holds("r.breach", "breach", wanted.Breach is { } breach ? [breach] : [])
            .Is("r.respondent", "respondent", wanted.Respondent)
            .Is("r.number", "number", wanted.Number is { } number ? CaseNumber.Parse(number) ?? number : null);
        if (wanted.IsOpen is { } open)
            where.And(open ? "r.ended_at is null" : "r.ended_at is not null");
        Order.GoOn(where, wanted.Cursor);
        string[] whose = caller.Role == Role.Regulator ? await Referred(store, caller, where, ct) : [];
        var size = Math.Clamp(wanted.Size, 1, ListAddress.SizeMax);
        var (rows, next) = await Order.Read(
            store,
            Select,
            where,
            size,
            ct,
            [.. whose.Select(one => new ListPart(one))]
        );
        return new Page([.. rows.Select(ToItem)], next);
    }

    // Of an authority two lists, each in the order of its own index: what was referred to its account, and, before
    // reports kept that, to its name.
    private static async Task<string[]> Referred(Store store, Caller caller, Conditions where, CancellationToken ct)
    {
        where.Args["account"] = caller.Account;
        where.Args["former"] = await ReportAuthorities.FormerName(store, caller.Account, ct) ?? "";
        return ["r.authority_account = @account", "r.authority = @former and r.authority_account is null"];
    }

    /// <summary>How many there are by status.</summary>
    public static async Task<IReadOnlyDictionary<ReportStatus, long>> Counts(Store store, CancellationToken ct) =>
        (
            await KeptAWhile.Read(
                store,
                "reports",
                () =>
                    store.Query<(string Status, long Count)>(
                        "select status as Status, count(*) as Count from reports group by status",
                        null,
                        ct
                    ),
                summed => summed.Sum(one => one.Count)
            )
        ).ToDictionary(row => Words.Parse<ReportStatus>(row.Status)!.Value, row => row.Count);

    private static Wanted Read(IQueryCollection query, FieldFaults faults)
    {
        var address = new ListAddress(query, faults);
        var breach = address.Said("breach");
        if (breach is not null)
            faults.Code("breach", breach, Taxonomies.Taxonomies.Current.BreachCodes);
        return new Wanted(
            address.Words<ReportStatus>("status"),
            IsOpen: null,
            breach,
            address.Id("respondent"),
            address.Said("number"),
            address.Size(),
            address.Cursor(Order)
        );
    }

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
