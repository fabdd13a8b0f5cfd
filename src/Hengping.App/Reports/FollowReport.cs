using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>
/// <c>POST /reports/follow</c>, <c>/follow/add</c> and <c>/follow/withdraw</c>: whoever has number and code sees how it
/// stands, adds to it and withdraws it. One answer for every wrong pair, after the same work; guesses are limited by
/// address and by number.
/// </summary>
public static class FollowReport
{
    internal const int TriesPerNumber = 30;

    /// <summary>One answer, whatever is wrong.</summary>
    public static readonly Refusal Wrong = new(
        "report.no-such-pair",
        "编号与查询码不匹配，请核对后再试",
        "This number and this code do not belong together; please check both"
    );

    /// <summary>What is asked, and what is added.</summary>
    public sealed record Pair
    {
        public string? Number { get; init; }
        public string? Code { get; init; }
        public string? Text { get; init; }
    }

    private static readonly Refusal Slow = new(
        "report.too-many-tries",
        "尝试次数过多，请一小时后再试",
        "Too many tries; please come back in an hour"
    );

    private static readonly Allowance ByNumber = new("report", TriesPerNumber, TimeSpan.FromHours(1), Slow);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder reports)
    {
        reports
            .MapPost("/follow", Follow)
            .Accepts<Pair>("application/json")
            .Produces<ReportProgress>()
            .Anyone()
            .RequireRateLimiting(Limits.GuessingUnseen);
        reports
            .MapPost("/follow/add", Add)
            .Accepts<Pair>("application/json")
            .Produces<ReportProgress>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Anyone()
            .RequireRateLimiting(Limits.GuessingUnseen);
        reports
            .MapPost("/follow/withdraw", Withdraw)
            .Accepts<Pair>("application/json")
            .Produces<ReportProgress>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Anyone()
            .RequireRateLimiting(Limits.GuessingUnseen);
        ReportFiles.Map(reports);
    }

    private static async Task<IResult> Follow(HttpContext http, Store store, Law law, CancellationToken ct)
    {
        var (pair, instead) = await Body.Read<Pair>(http, ct);
        if (instead is not null)
            return instead;
        var (id, no) = await Enter(http, store, pair, ct);
        return no ?? await Answer(http, store, law, id, ct);
    }

    private static Task<IResult> Add(HttpContext http, Store store, Law law, CancellationToken ct) =>
        Act(
            http,
            store,
            law,
            (pair, faults) =>
            {
                var text = faults.Text("text", pair.Text, 1, Report.TextMax);
                return (id, once) => Append(store, id, text, new BroughtFiles([], []), ct, once);
            },
            ct
        );

    private static Task<IResult> Withdraw(HttpContext http, Store store, Law law, CancellationToken ct) =>
        Act(http, store, law, (_, _) => (id, once) => TakeBack(store, id, ct, once), ct);

    // What whoever has the pair does to the report, once: the same key again answers with the report as it stands.
    private static async Task<IResult> Act(
        HttpContext http,
        Store store,
        Law law,
        Func<Pair, FieldFaults, Func<Guid, Idempotent?, Task<Refusal?>>> read,
        CancellationToken ct
    )
    {
        var (pair, instead) = await Body.Read<Pair>(http, ct);
        if (instead is not null)
            return instead;
        var (id, no) = await Enter(http, store, pair, ct);
        if (no is not null)
            return no;
        var faults = new FieldFaults();
        var act = read(pair, faults);
        if (!faults.None)
            return Problems.Fields(faults.All);
        var (once, early) = await Key(http, store, law, id, ct);
        if (early is not null)
            return early;
        return await act(id, once) is { } refused ? refused.AsProblem() : await Answer(http, store, law, id, ct);
    }

    /// <summary>Withdraws a report for its reporter; why not, where it cannot be.</summary>
    public static async Task<Refusal?> TakeBack(Store store, Guid id, CancellationToken ct, Idempotent? once = null)
    {
        var loaded = await store.Load(ReportBook.Instance, id, ct);
        var decided = loaded.State!.Withdraw();
        if (decided.Refusal is { } no)
            return no.ToldTo(() => loaded.State!.ToReporter(store.Now));
        var change = ChangeOf(store, loaded, decided.Event!);
        return await store.Append(new Commit([change], once), ct) is Outcome.Done or Outcome.Replayed
            ? null
            : Problems.Raced;
    }

    /// <summary>
    /// The request's Idempotency-Key, to be kept with what it adds; or the answer where it was used before: the report
    /// as it stands, for a kept answer would be the reporter's words in the clear.
    /// </summary>
    public static async Task<(Idempotent? Once, IResult? Instead)> Key(
        HttpContext http,
        Store store,
        Law law,
        Guid id,
        CancellationToken ct
    )
    {
        var (key, hash, bad) = await Idempotency.KeyOf(http);
        if (bad is not null)
            return (null, bad.AsProblem(StatusCodes.Status400BadRequest));
        if (key is null)
            return (null, null);
        var once = new Idempotent($"{id:D}", key, hash, StatusCodes.Status200OK, [], Location: null);
        return await store.Answered(once.Caller, key, ct) is { } first
            ? (null, Idempotency.Differs(first, hash) ?? await Answer(http, store, law, id, ct))
            : (once, null);
    }

    /// <summary>The report of a pair that was sent, or the answer to give instead.</summary>
    public static async Task<(Guid Id, IResult? No)> Enter(
        HttpContext http,
        Store store,
        Pair pair,
        CancellationToken ct
    )
    {
        var faults = new FieldFaults();
        faults.If(string.IsNullOrWhiteSpace(pair.Number), "number", Fault.Required);
        faults.If(string.IsNullOrWhiteSpace(pair.Code), "code", Fault.Required);
        if (!faults.None)
            return (default, Problems.Fields(faults.All));
        return await Open(store, pair.Number!, pair.Code!, ct) switch
        {
            { Slow: { } slow } => (default, slow.AsSlow(http)),
            { Id: { } id } => (id, null),
            _ => (default, Wrong.AsProblem(StatusCodes.Status404NotFound)),
        };
    }

    /// <summary>The report of a right pair; nothing for a wrong one; slow where a number is tried too often.</summary>
    public static async Task<(Guid? Id, Refusal? Slow)> Open(
        Store store,
        string typedNumber,
        string typedCode,
        CancellationToken ct
    )
    {
        var number = CaseNumber.Parse(typedNumber) ?? "";
        var tried = number.Length == 0 ? typedNumber[..Math.Min(typedNumber.Length, 20)] : number;
        if (await ByNumber.Take(store, tried, ct) is { } slow)
            return (null, slow);
        // The right code of a number nobody has is as dear to compute, and as unknown, as any other.
        var fits = OneTimeLink.Fits(ReportKeys.CodeOf(store, number), ReportCode.Parse(typedCode));
        var id = await ReportBook.Find(store, number, ct);
        return (fits && id != Guid.Empty ? id : null, null);
    }

    /// <summary>Adds words and files of the reporter; why not, where it cannot be.</summary>
    public static async Task<Refusal?> Append(
        Store store,
        Guid id,
        string? text,
        BroughtFiles files,
        CancellationToken ct,
        Idempotent? once = null
    )
    {
        var loaded = await store.Load(ReportBook.Instance, id, ct);
        var decided = loaded.State!.Add(string.IsNullOrEmpty(text) ? null : text, files.Items, files.Origin);
        if (decided.Refusal is { } no)
            return no.ToldTo(() => loaded.State!.ToReporter(store.Now));
        var change = ChangeOf(store, loaded, decided.Event!);
        var outcome = await store.Append(new Commit([.. files.Also, change], once), ct);
        return outcome is Outcome.Done or Outcome.Replayed ? null : Problems.Raced;
    }

    // What a nameless reporter does later is of a day, too, as the report itself is.
    private static Change ChangeOf(Store store, Loaded<Report> loaded, ReportEvent happened)
    {
        var isAnonymous = loaded.State!.IsAnonymous;
        var at = Report.TimeOf(isAnonymous, store.Now);
        return store.Change(ReportBook.Instance, loaded, at, ReportsRoom.Reporter, [happened]) with
        {
            IsCoarse = isAnonymous,
        };
    }

    /// <summary>The report as its reporter follows it.</summary>
    public static async Task<IResult> Answer(HttpContext http, Store store, Law law, Guid id, CancellationToken ct)
    {
        var kind = (await CurrentOperator.Of(http).Now(ct))?.Sign?.Kind;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(await ReportProgress.Of(store, law, id, kind, ct), Cli.JsonFormat);
    }
}
