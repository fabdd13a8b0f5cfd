using Hengping.App.Accounts;
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
    public sealed record Page(IReadOnlyList<Item> Items, string? Cursor);

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

        /// <summary>filed, -filed (newest first), due (soonest first), priority (P0 first, then due).</summary>
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
        var wanted = ListQuery.Read(http.Request.Query, faults);
        return faults.None
            ? Results.Json(await Of(store, Caller.Of(http.User)!, wanted, ct), Cli.JsonFormat)
            : Problems.Fields(faults.All);
    }

    /// <summary>A page of what the caller may see.</summary>
    public static async Task<Page> Of(Store store, Caller caller, Wanted wanted, CancellationToken ct)
    {
        var due = caller.Role == Role.Merchant ? Deadlines.MerchantsDueSql : "c.due_at";
        var priority = PriorityOf(caller);
        var order = ListQuery.Order(wanted.Sort, due, priority);
        var size = Math.Clamp(wanted.Size, 1, ListAddress.SizeMax);
        var where = Asked(caller, wanted);
        order.GoOn(where, wanted.Cursor);
        var lists = ListsOf(caller, wanted);
        if (caller.IsStaff && wanted.Q is { } words)
        {
            var (sql, args, by) = (where.Sql, where.Args, order.Sql);
            var found = await CaseSearch.Find(store, words, sql, args, by, size + 1, Party.Mediator, ct);
            (where, lists) = (new Conditions().And("c.id in @found", "found", found), []);
        }
        var (rows, next) = await order.Read(store, Select(due, priority), where, size, ct, lists);
        if (caller.Role == Role.Merchant)
        {
            var counts = await RunningNumbers.Counts(store, caller, [.. rows.Select(row => row.Id)], ct);
            rows = [.. rows.Select(row => row with { Version = counts[row.Id] })];
        }
        return new Page([.. rows.Select(row => ToItem(row, caller.IsStaff))], next);
    }

    private static Conditions Asked(Caller caller, Wanted wanted)
    {
        var whose = caller.Role == Role.Merchant ? "1 = 1" + ShopLimits.Sql(caller) : WhoseCase.Sql(caller);
        var where = new Conditions()
            .And(whose, "account", caller.Account)
            .Holds("c.status", "status", [.. wanted.Status.Distinct().Select(Words.Of)])
            .Holds("c.sector", "sector", Said(wanted.Sector))
            .Holds("c.problem", "problem", Said(wanted.Problem))
            .Holds(PriorityOf(caller), "priority", wanted.Priority is { } priority ? [Words.Of(priority)] : [])
            .Is("c.respondent", "respondent", wanted.Respondent);
        where.Args["merchant"] = caller.Merchant ?? Guid.Empty;
        if (wanted.From is { } from)
            where.And("c.filed_at >= @from", "from", from.ToUnixTimeMilliseconds());
        if (wanted.To is { } to)
            where.And("c.filed_at < @to", "to", to.ToUnixTimeMilliseconds());
        // Staff find a case by what was said in it, too.
        if (wanted.Q is { } q && !caller.IsStaff)
            where.And(ListQuery.Searching(q, out var value), "q", value);
        return where;
    }

    // Lists that each have an index in the order of filing: a merchant's, and the statuses that staff ask for.
    private static string[] ListsOf(Caller caller, Wanted wanted)
    {
        if (caller.Role == Role.Merchant)
            return [.. WhoseCase.MerchantsLists];
        if (
            !caller.IsStaff
            || wanted.Respondent is not null
            || !wanted.Sort.EndsWith("filed", StringComparison.Ordinal)
        )
            return [];
        return [.. wanted.Status.Distinct().Select((_, i) => $"c.status = @status{i}")];
    }

    private static string PriorityOf(Caller caller) => caller.IsStaff ? "c.priority" : ComplaintBook.PriorityForParties;

    private static string[] Said(string? word) => word is null ? [] : [word];

    private static string Select(string due, string priority) =>
        $"""
            select c.id as Id, c.number as Number, c.side as Side, c.status as Status, {priority} as Priority,
                   c.respondent as Respondent, m.name as RespondentName, c.sector as Sector, c.problem as Problem,
                   c.province as Province, c.amount_cents as AmountCents, c.filed_at as FiledAt,
                   c.delivered_at as DeliveredAt, c.replied_at as RepliedAt, c.closed_at as ClosedAt,
                   {due} as DueAt, c.due_kind as DueKind, c.screening_hits as ScreeningHits, c.version as Version
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
