using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Appeals;
using Hengping.Rules.Fields;

namespace Hengping.App.Appeals;

/// <summary>
/// <c>GET /appeals</c>: an appellant its own, the newest first; reviewers what was sent in, what is due first on top.
/// Rows hold no words.
/// </summary>
public static class ListAppeals
{
    private const string Select = """
        select a.id as Id, a.target_kind as TargetKind, a.target as Target, a.status as Status, a.merchant as Merchant,
               m.name as MerchantName, a.safety as Safety, a.begun_at as BegunAt, a.submitted_at as SubmittedAt,
               a.due_at as DueAt, a.place as Place, a.late as Late, a.ended_at as EndedAt, a.effect as Effect,
               a.look as Look
        from appeals a left join merchants m on m.id = a.merchant
        """;

    /// <summary>What goes to the front, then what is due first; what waits for nobody last.</summary>
    private static readonly ListOrder<Row> Queue = new(
        "queue",
        ListOrder<Row>.By("a.place", row => row.Place),
        ListOrder<Row>.ByTime("a.due_at", row => row.DueAt),
        ListOrder<Row>.By("a.id", row => row.Id)
    );

    private static readonly ListOrder<Row> Newest = new(
        "newest",
        ListOrder<Row>.By("a.begun_at", row => row.BegunAt).Down,
        ListOrder<Row>.By("a.id", row => row.Id)
    );

    /// <summary>One row.</summary>
    /// <param name="Front">It brings exactly what was missing and is decided before others.</param>
    /// <param name="Look">A check says worse, and nobody has looked.</param>
    public sealed record Item(
        Guid Id,
        AppealTarget Target,
        AppealStatus Status,
        Guid? Merchant,
        string? MerchantName,
        bool Safety,
        bool Late,
        bool Front,
        DateTimeOffset BegunAt,
        DateTimeOffset? SubmittedAt,
        DateTimeOffset? DueAt,
        DateTimeOffset? EndedAt,
        EffectOutcome? Effect,
        bool Look
    );

    /// <summary>A page of the list.</summary>
    public sealed record Page(IReadOnlyList<Item> Items, string? Cursor);

    /// <summary>What is asked for.</summary>
    /// <param name="Look">Only checks that say worse.</param>
    public sealed record Wanted(
        IReadOnlyList<AppealStatus> Status,
        bool Look = false,
        int Size = 20,
        string? Cursor = null
    );

    private sealed record Row(
        Guid Id,
        string TargetKind,
        Guid Target,
        string Status,
        Guid? Merchant,
        string? MerchantName,
        bool Safety,
        long BegunAt,
        long? SubmittedAt,
        long? DueAt,
        long Place,
        bool Late,
        long? EndedAt,
        string? Effect,
        bool Look
    );

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder appeals) =>
        appeals.MapGet("", Handle).Produces<Page>().For(AppealOpened.Readers);

    private static async Task<IResult> Handle(HttpContext http, Caller caller, Store store, CancellationToken ct)
    {
        var faults = new FieldFaults();
        var address = new ListAddress(http.Request.Query, faults);
        var wanted = new Wanted(
            address.Words<AppealStatus>("status"),
            Look: false,
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
        var where = new Conditions().Holds("a.status", "status", [.. wanted.Status.Select(Words.Of)]);
        if (wanted.Look)
            where.And("a.look");
        if (caller.Role == Role.Merchant)
            where.And("a.merchant = @mine", "mine", caller.Merchant ?? Guid.Empty);
        else if (caller.Role == Role.Claimant)
            where.And("a.account = @mine", "mine", caller.Account);
        else
            where.And("a.submitted_at is not null");
        if (caller.Role == Role.Lawyer)
            where.And("a.outsider = @mine", "mine", caller.Account);
        order.GoOn(where, wanted.Cursor);
        var size = Math.Clamp(wanted.Size, 1, ListAddress.SizeMax);
        var (rows, next) = await order.Read(store, Select, where, size, ct);
        return new Page([.. rows.Select(ToItem)], next);
    }

    /// <summary>How many were sent in, by status; how many checks wait for somebody.</summary>
    public static async Task<(IReadOnlyDictionary<AppealStatus, long> Counts, long Look)> Counts(
        Store store,
        CancellationToken ct
    )
    {
        var rows = await store.Query<(string Status, long Count)>(
            """
            select status as Status, count(*) as Count from appeals where submitted_at is not null group by status
            """,
            null,
            ct
        );
        var look = await store.First<long>("select count(*) from appeals where look", null, ct);
        return (rows.ToDictionary(row => Words.Parse<AppealStatus>(row.Status)!.Value, row => row.Count), look);
    }

    private static ListOrder<Row> OrderOf(Caller caller) =>
        caller.Role is Role.Merchant or Role.Claimant ? Newest : Queue;

    private static Item ToItem(Row row) =>
        new(
            row.Id,
            new AppealTarget(Words.Parse<AppealTargetKind>(row.TargetKind)!.Value, row.Target),
            Words.Parse<AppealStatus>(row.Status)!.Value,
            row.Merchant,
            row.MerchantName,
            row.Safety,
            row.Late,
            row.Place == 0,
            At(row.BegunAt)!.Value,
            At(row.SubmittedAt),
            At(row.DueAt),
            At(row.EndedAt),
            Words.Parse<EffectOutcome>(row.Effect),
            row.Look
        );

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
