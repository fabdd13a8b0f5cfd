using System.Text.Json.Serialization;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>
/// <c>GET /complaints</c>: staff all, a merchant and a claimant their own. Rows only, no words of anybody.
/// </summary>
public static class ListComplaints
{
    /// <summary>One row of the list.</summary>
    /// <param name="Version">How many of its events the caller may read.</param>
    /// <param name="ScreeningHits">Of the word list, in what the parties have said; staff only.</param>
    public sealed record Item(
        Guid Id,
        string Number,
        string Kind,
        string Status,
        string Priority,
        ComplaintView.Named Respondent,
        string Sector,
        string Problem,
        string? Province,
        string? Amount,
        DateTimeOffset FiledAt,
        DateTimeOffset? DeliveredAt,
        DateTimeOffset? RepliedAt,
        DateTimeOffset? EndedAt,
        NextDue? Due,
        long? ScreeningHits,
        long Version
    );

    /// <summary>The clock that matters now.</summary>
    public sealed record NextDue(string Kind, DateTimeOffset At);

    /// <summary>A page of the list.</summary>
    /// <param name="Partial">True where it ended before it was full, as so many did not fit the filter: it goes on at
    /// <paramref name="Cursor"/>, and may hold nothing at all.</param>
    public sealed record Page(
        IReadOnlyList<Item> Items,
        string? Cursor,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Partial = null
    );

    /// <summary>What is asked for, checked.</summary>
    public sealed record Wanted
    {
        public IReadOnlyList<Status> Status { get; init; } = [];
        public Guid? Respondent { get; init; }
        public string? Sector { get; init; }
        public string? Problem { get; init; }
        public Priority? Priority { get; init; }

        /// <summary>Filed from (included) and to (not included).</summary>
        public DateTimeOffset? From { get; init; }
        public DateTimeOffset? To { get; init; }

        /// <summary>A case number, or part of the respondent's name.</summary>
        public string? Q { get; init; }

        /// <summary>
        /// filed, -filed (newest first), due (soonest first), priority (P0 first, then due). The last two sort what is
        /// open; what has ended comes behind it, newest first.
        /// </summary>
        public string Sort { get; init; } = "-filed";
        public int Size { get; init; } = 20;
        public string? Cursor { get; init; }
    }

    internal sealed record Row(
        Guid Id,
        string Number,
        string Side,
        string Status,
        string Priority,
        Guid Respondent,
        string? RespondentName,
        string Sector,
        string Problem,
        string? Province,
        long? AmountCents,
        long FiledAt,
        long? DeliveredAt,
        long? RepliedAt,
        long? ClosedAt,
        long? DueAt,
        long? OrderDue,
        string? DueKind,
        long ScreeningHits,
        long Version
    );

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder complaints) =>
        complaints
            .MapGet("", Handle)
            .Produces<Page>()
            .For(Role.Claimant, Role.Merchant, Role.Mediator, Role.Reviewer, Role.Admin);

    private static async Task<IResult> Handle(HttpContext http, Store store, CancellationToken ct)
    {
        var faults = new FieldFaults();
        var caller = Caller.Of(http.User)!;
        var wanted = ListQuery.Read(http.Request.Query, caller, faults);
        return faults.None
            ? Results.Json(await Of(store, caller, wanted, ct), Cli.JsonFormat)
            : Problems.Fields(faults.All);
    }

    /// <summary>A page of what the caller may see.</summary>
    public static async Task<Page> Of(Store store, Caller caller, Wanted wanted, CancellationToken ct)
    {
        var size = Math.Clamp(wanted.Size, 1, ListAddress.SizeMax);
        var (order, where, lists, due) = await CaseWay.Of(store, caller, wanted, size, ct);
        var page = await order.Read(store, Select(caller, due), where, size, ct, [.. lists]);
        var rows = page.Rows;
        if (caller.Role == Role.Merchant)
        {
            var counts = await RunningNumbers.Counts(store, caller, [.. rows.Select(row => row.Id)], ct);
            rows = [.. rows.Select(row => row with { Version = counts[row.Id] })];
        }
        return new Page([.. rows.Select(row => ToItem(row, caller.IsStaff))], page.Next, page.IsCut ? true : null);
    }

    /// <summary>SQL: the priority that a caller reads.</summary>
    internal static string PriorityOf(Caller caller) =>
        caller.IsStaff ? "c.priority" : ComplaintBook.PriorityForParties;

    private static string Select(Caller caller, string orderDue) =>
        $"""
            select c.id as Id, c.number as Number, c.side as Side, c.status as Status,
                   {PriorityOf(caller)} as Priority,
                   c.respondent as Respondent, m.name as RespondentName, c.sector as Sector, c.problem as Problem,
                   c.province as Province, c.amount_cents as AmountCents, c.filed_at as FiledAt,
                   c.delivered_at as DeliveredAt, c.replied_at as RepliedAt, c.closed_at as ClosedAt,
                   {(caller.Role == Role.Merchant ? Deadlines.MerchantsDueSql : "c.due_at")} as DueAt,
                   {orderDue} as OrderDue, c.due_kind as DueKind, c.screening_hits as ScreeningHits,
                   c.version as Version
            from complaints c left join merchants m on m.id = c.respondent
            """;

    private static Item ToItem(Row row, bool isStaff) =>
        new(
            row.Id,
            row.Number,
            row.Side,
            row.Status,
            row.Priority,
            new ComplaintView.Named(row.Respondent, row.RespondentName),
            row.Sector,
            row.Problem,
            row.Province,
            ComplaintView.Money(row.AmountCents / 100m),
            Instant(row.FiledAt)!.Value,
            Instant(row.DeliveredAt),
            Instant(row.RepliedAt),
            Instant(row.ClosedAt),
            row.DueAt is null ? null : new NextDue(row.DueKind ?? "", Instant(row.DueAt)!.Value),
            isStaff ? row.ScreeningHits : null,
            row.Version
        );

    private static DateTimeOffset? Instant(long? milliseconds) =>
        milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
