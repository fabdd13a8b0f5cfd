using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>
/// <c>GET /measures</c>: the public register, as rows (<c>format=csv</c>, <c>dsa</c> for files of all that fits).
/// <c>GET /measures/queue</c>: what the desk has open. <c>GET /measures/mine</c>: whoever is told of theirs.
/// </summary>
public static class ListMeasures
{
    /// <summary>Rows of a file at the most.</summary>
    public const int FileMax = 5_000;

    /// <summary>A page of a list.</summary>
    /// <param name="Counts">Of the register alone.</param>
    public sealed record Page(IReadOnlyList<MeasureRows.Item> Items, string? Cursor, Figures? Counts = null);

    /// <summary>What the register adds up to.</summary>
    /// <param name="Total">Ever published.</param>
    /// <param name="InForce">Now.</param>
    /// <param name="Appealed">An appeal was made.</param>
    /// <param name="Overturned">An appeal was right in full.</param>
    /// <param name="Overdue">Urgent stops that nobody signed within 24 hours, ever.</param>
    /// <param name="OverdueNow">Of these, still unsigned.</param>
    /// <param name="HumanLate">Asked for a human, and the working day is over.</param>
    /// <param name="AppealLate">The appeal against it should long be decided.</param>
    /// <param name="ByMachine">A machine decided before a human signed.</param>
    public sealed record Figures(
        long Total,
        long InForce,
        long Appealed,
        long Overturned,
        long Overdue,
        long OverdueNow,
        long HumanLate,
        long AppealLate,
        long ByMachine
    )
    {
        /// <summary>Share of those published that were appealed; null where none were published.</summary>
        public decimal? ShareAppealed => Share(Appealed, Total);

        /// <summary>Share of those appealed that were overturned; null where none were.</summary>
        public decimal? ShareOverturned => Share(Overturned, Appealed);

        private static decimal? Share(long part, long whole) =>
            whole == 0 ? null : Math.Round((decimal)part / whole, 4, MidpointRounding.AwayFromZero);
    }

    /// <summary>What is asked for.</summary>
    public sealed record Wanted(
        string? Text = null,
        IReadOnlyList<MeasureKind>? Kind = null,
        IReadOnlyList<MeasureStatus>? Status = null,
        IReadOnlyList<MeasureReason>? Reason = null,
        Guid? Merchant = null,
        int Size = 20,
        string? Cursor = null,
        MeasureLate? Late = null
    );

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder measures)
    {
        measures.MapGet("", Register).Produces<Page>().Anyone();
        measures.MapGet("/queue", InQueue).Produces<Page>().For(MeasureSides.Readers);
        measures.MapGet("/mine", Own).Produces<Page>().For(MeasureSides.Addressees);
    }

    private static async Task<IResult> Register(HttpContext http, Store store, SiteAddress site, CancellationToken ct)
    {
        var faults = new FieldFaults();
        var query = http.Request.Query;
        var wanted = Read(query, faults, MeasureRows.Public);
        var format = query["format"].ToString() is { Length: > 0 } said ? said : "json";
        faults.If(format is not ("json" or "csv" or "dsa"), "format", Fault.Unknown);
        if (!faults.None)
            return Problems.Fields(faults.All);
        if (format == "json")
            return Results.Json(await Public(store, wanted, ct), Cli.JsonFormat);
        var all = await All(store, wanted, ct);
        return format == "csv"
            ? Results.Bytes(MeasureFiles.Csv(all), "text/csv; charset=utf-8", "hengping-measures.csv")
            : Results.Json(await DsaExport.Of(store, all, site, ct), Cli.JsonFormat);
    }

    private static async Task<IResult> InQueue(HttpContext http, Store store, CancellationToken ct)
    {
        var faults = new FieldFaults();
        var wanted = Read(http.Request.Query, faults, MeasureRows.Queue);
        return faults.None ? Results.Json(await Queue(store, wanted, ct), Cli.JsonFormat) : Problems.Fields(faults.All);
    }

    private static async Task<IResult> Own(HttpContext http, Caller caller, Store store, CancellationToken ct)
    {
        var faults = new FieldFaults();
        var wanted = Read(http.Request.Query, faults, MeasureRows.Own);
        return faults.None
            ? Results.Json(await Mine(store, caller, wanted, ct), Cli.JsonFormat)
            : Problems.Fields(faults.All);
    }

    /// <summary>The public register.</summary>
    public static async Task<Page> Public(Store store, Wanted wanted, CancellationToken ct)
    {
        var where = Narrowed(wanted, store.Now).And("s.public_at is not null");
        var page = await PageOf(store, MeasureRows.Public, where, wanted, ct);
        return page with { Counts = await Count(store, ct) };
    }

    /// <summary>What the desk has open, by its clock.</summary>
    public static Task<Page> Queue(Store store, Wanted wanted, CancellationToken ct) =>
        PageOf(store, MeasureRows.Queue, Narrowed(wanted, store.Now).And("s.ended_at is null"), wanted, ct);

    /// <summary>What somebody was told of.</summary>
    public static async Task<Page> Mine(Store store, Caller caller, Wanted wanted, CancellationToken ct)
    {
        var where = Narrowed(wanted, store.Now).And("(s.signed_at is not null or s.urgent or s.status <> 'proposed')");
        if (caller.Role != Role.Merchant)
            where.And("s.account = @own", "own", caller.Account);
        else if (caller.Merchant is { } merchant && caller.Shops?.Contains(merchant) != false)
            where.And("s.merchant = @own", "own", merchant);
        else
            return new Page([], null);
        // Dropped before anything was announced: they never heard of it.
        where.And(
            "not (s.status = 'dropped' and not s.urgent and s.kind not in ('saleForbidden', 'feeDeducted', "
                + "'depositDeducted', 'shopClosed', 'blackListed'))"
        );
        return await PageOf(store, MeasureRows.Own, where, wanted, ct);
    }

    /// <summary>All that fits, for a file.</summary>
    private static async Task<IReadOnlyList<MeasureRows.Item>> All(Store store, Wanted wanted, CancellationToken ct)
    {
        var all = new List<MeasureRows.Item>();
        for (string? cursor = wanted.Cursor; all.Count < FileMax; )
        {
            var where = Narrowed(wanted, store.Now).And("s.public_at is not null");
            var page = await PageOf(store, MeasureRows.Public, where, wanted with { Size = 100, Cursor = cursor }, ct);
            all.AddRange(page.Items);
            if ((cursor = page.Cursor) is null)
                break;
        }
        return all;
    }

    /// <summary>What is published of a merchant's: in effect, signed or not, and overturned on appeal.</summary>
    public static async Task<(long InForce, long Overturned)> CountOf(
        Store store,
        Guid merchant,
        CancellationToken ct
    ) =>
        await store.First<(long, long)>(
            """
            select coalesce(sum(case when status in ('inForce', 'proposed') then 1 else 0 end), 0) as InForce,
                   coalesce(sum(case when status = 'overturned' then 1 else 0 end), 0) as Overturned
            from measures where merchant = @merchant and public_at is not null
            """,
            new { merchant },
            ct
        );

    /// <summary>What the register adds up to.</summary>
    public static Task<Figures> Count(Store store, CancellationToken ct) =>
        KeptAWhile.Read(store, "measures", () => Sum(store, ct), of => of.Total);

    private static async Task<Figures> Sum(Store store, CancellationToken ct) =>
        (
            await store.First<Figures>(
                $"""
                select count(*) as Total,
                       coalesce(sum(case when status = 'inForce' then 1 else 0 end), 0) as InForce,
                       coalesce(sum(case when appealed then 1 else 0 end), 0) as Appealed,
                       coalesce(sum(case when status = 'overturned' then 1 else 0 end), 0) as Overturned,
                       {Late(MeasureLate.WasUnsigned)} as Overdue, {Late(MeasureLate.Unsigned)} as OverdueNow,
                       {Late(MeasureLate.Human)} as HumanLate, {Late(MeasureLate.Appeal)} as AppealLate,
                       coalesce(sum(case when automation = 'fully' then 1 else 0 end), 0) as ByMachine
                from measures s where public_at is not null
                """,
                new { now = store.Now.ToUnixTimeMilliseconds() },
                ct
            )
        )!;

    private static string Late(MeasureLate late) => $"coalesce(sum(case when {LateSql(late)} then 1 else 0 end), 0)";

    // SQL about measures s: what a number counts is what its list shows.
    private static string LateSql(MeasureLate late) =>
        late switch
        {
            MeasureLate.Unsigned => "s.overdue and s.status = 'proposed'",
            MeasureLate.WasUnsigned => "s.overdue",
            MeasureLate.Human => "s.human_due and s.due_kind = 'human' and s.due_at < @now and not s.provisional",
            _ => """
                exists (select 1 from appeals a where a.target = s.id and a.target_kind = 'measure'
                          and a.status = 'submitted' and a.due_at < @now and not a.provisional)
                """,
        };

    private static async Task<Page> PageOf(
        Store store,
        ListOrder<MeasureRows.Row> order,
        Conditions where,
        Wanted wanted,
        CancellationToken ct
    )
    {
        order.GoOn(where, wanted.Cursor);
        var size = Math.Clamp(wanted.Size, 1, ListAddress.SizeMax);
        var (rows, next) = await order.Read(store, MeasureRows.Select, where, size, ct);
        return new Page([.. rows.Select(row => row.Shown)], next);
    }

    private static Conditions Narrowed(Wanted wanted, DateTimeOffset now)
    {
        var where = new Conditions()
            .Holds("s.kind", "kind", [.. (wanted.Kind ?? []).Select(Words.Of)])
            .Holds("s.status", "status", [.. (wanted.Status ?? []).Select(Words.Of)])
            .Holds("s.reason", "reason", [.. (wanted.Reason ?? []).Select(Words.Of)]);
        if (wanted.Merchant is { } merchant)
            where.And("s.merchant = @merchant", "merchant", merchant);
        if (wanted.Late is { } late)
            where.And("(" + LateSql(late) + ")").With("now", now.ToUnixTimeMilliseconds());
        if (PlainText.Line(wanted.Text) is { } text)
            where.And(
                @"(s.number like @text escape '\' or s.target_title like @text escape '\' "
                    + @"or m.name like @text escape '\' or v.title_zh like @text escape '\' "
                    + @"or v.title_en like @text escape '\')",
                "text",
                Like.Holding(text)
            );
        return where;
    }

    private static Wanted Read(IQueryCollection query, FieldFaults faults, ListOrder<MeasureRows.Row> order)
    {
        var address = new ListAddress(query, faults);
        return new Wanted(
            faults.Line("q", address.Said("q"), 100),
            address.Words<MeasureKind>("kind"),
            address.Words<MeasureStatus>("status"),
            address.Words<MeasureReason>("reason"),
            address.Id("merchant"),
            address.Size(),
            address.Cursor(order),
            address.Words<MeasureLate>("late") is [var late, ..] ? late : null
        );
    }
}
