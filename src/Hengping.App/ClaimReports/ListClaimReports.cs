using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.ClaimReports;
using Hengping.Rules.Fields;

namespace Hengping.App.ClaimReports;

/// <summary>
/// <c>GET /claim-reports</c>: a merchant its own, a claimant those about them, the newest first; the desk all, what is
/// due first on top. Rows hold no words, and nothing about a claimant orders or filters them.
/// </summary>
public static class ListClaimReports
{
    private const string Select = """
        select c.id as Id, c.number as Number, c.merchant as Merchant, m.name as MerchantName, c.pretext as Pretext,
               c.status as Status, c.defect as Defect, c.filed_at as FiledAt, c.due_at as DueAt, c.place as Place,
               c.provisional as Provisional, c.late as Late, c.outcome as Outcome, c.ended_at as EndedAt
        from claim_reports c left join merchants m on m.id = c.merchant
        """;

    private static readonly ListOrder<Row> Queue = new(
        "queue",
        ListOrder<Row>.By("c.place", row => row.Place),
        ListOrder<Row>.ByTime("c.due_at", row => row.DueAt),
        ListOrder<Row>.By("c.id", row => row.Id)
    );

    private static readonly ListOrder<Row> Newest = new(
        "newest",
        ListOrder<Row>.By("c.filed_at", row => row.FiledAt).Down,
        ListOrder<Row>.By("c.id", row => row.Id)
    );

    /// <summary>One row.</summary>
    /// <param name="Late">Its day is over, or it was decided after it.</param>
    public sealed record Item(
        Guid Id,
        string Number,
        Guid Merchant,
        string? MerchantName,
        Pretext Pretext,
        ClaimReportStatus Status,
        DefectFound? Defect,
        DateTimeOffset FiledAt,
        DateTimeOffset? DueAt,
        bool Late,
        DateTimeOffset? EndedAt
    );

    /// <summary>A page of the list.</summary>
    public sealed record Page(IReadOnlyList<Item> Items, string? Cursor);

    /// <summary>What is asked for.</summary>
    /// <param name="Defect">Only those whose defect is real.</param>
    public sealed record Wanted(
        IReadOnlyList<ClaimReportStatus> Status,
        bool Defect = false,
        int Size = 20,
        string? Cursor = null
    );

    private sealed record Row(
        Guid Id,
        string Number,
        Guid Merchant,
        string? MerchantName,
        string Pretext,
        string Status,
        string? Defect,
        long FiledAt,
        long? DueAt,
        long Place,
        bool Provisional,
        bool Late,
        string? Outcome,
        long? EndedAt
    );

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder reports) =>
        reports.MapGet("", Handle).Produces<Page>().For(ClaimReportOpened.Readers);

    private static async Task<IResult> Handle(HttpContext http, Caller caller, Store store, CancellationToken ct)
    {
        var faults = new FieldFaults();
        var address = new ListAddress(http.Request.Query, faults);
        var wanted = new Wanted(
            address.Words<ClaimReportStatus>("status"),
            Defect: false,
            address.Size(),
            address.Cursor(OrderOf(caller))
        );
        return faults.None
            ? Results.Json(await Of(store, caller, wanted, ct), Cli.JsonFormat)
            : Problems.Fields(faults.All);
    }

    /// <summary>Those a caller may read.</summary>
    public static async Task<Page> Of(Store store, Caller caller, Wanted wanted, CancellationToken ct)
    {
        var order = OrderOf(caller);
        var where = new Conditions().Holds("c.status", "status", [.. wanted.Status.Select(Words.Of)]);
        if (caller.Role == Role.Merchant)
            where.And("c.merchant = @mine", "mine", caller.Merchant ?? Guid.Empty);
        else if (caller.Role == Role.Claimant)
            where.And("c.claimant = @mine and c.status <> 'held'", "mine", caller.Account);
        else if (wanted.Defect)
            where.And("c.defect = 'real'");
        order.GoOn(where, wanted.Cursor);
        var size = Math.Clamp(wanted.Size, 1, ListAddress.SizeMax);
        var (rows, next) = await order.Read(store, Select, where, size, ct);
        var now = store.Now.ToUnixTimeMilliseconds();
        return new Page([.. rows.Select(row => ToItem(row, now))], next);
    }

    /// <summary>How many there are in each status, and how many whose defect is real.</summary>
    public static async Task<(IReadOnlyDictionary<ClaimReportStatus, long> Counts, long Defect)> Counts(
        Store store,
        CancellationToken ct
    )
    {
        var rows = await store.Query<(string Status, long Count)>(
            "select status as Status, count(*) as Count from claim_reports group by status",
            null,
            ct
        );
        var real = await store.First<long>("select count(*) from claim_reports where defect = 'real'", null, ct);
        return (rows.ToDictionary(row => Words.Parse<ClaimReportStatus>(row.Status)!.Value, row => row.Count), real);
    }

    private static ListOrder<Row> OrderOf(Caller caller) =>
        caller.Role is Role.Merchant or Role.Claimant ? Newest : Queue;

    private static Item ToItem(Row row, long now) =>
        new(
            row.Id,
            row.Number,
            row.Merchant,
            row.MerchantName,
            Words.Parse<Pretext>(row.Pretext)!.Value,
            Words.Parse<ClaimReportStatus>(row.Status)!.Value,
            Words.Parse<DefectFound>(row.Defect),
            At(row.FiledAt)!.Value,
            At(row.DueAt),
            row.Late || (row is { Place: 0, Provisional: false } && row.DueAt < now),
            At(row.EndedAt)
        );

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
