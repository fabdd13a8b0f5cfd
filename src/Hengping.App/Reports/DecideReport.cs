using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>
/// The desk's verbs: <c>accept</c>, <c>decline</c>, <c>extend</c>, <c>conclude</c>, <c>messages</c>; of reviewers
/// <c>hold</c> and <c>hold/lift</c>, as for a complaint. Each answers with the report as it stands then.
/// </summary>
public static class DecideReport
{
    private const int NoteMin = 5;
    private const int NoteMax = 2_000;
    private const int AuthorityMax = 100;

    /// <summary>A word to the reporter, or why something takes longer.</summary>
    public sealed record TextRequest
    {
        public string? Text { get; init; }
    }

    /// <summary>Why it is not taken up.</summary>
    public sealed record DeclineRequest
    {
        public string? Reason { get; init; }
        public string? Note { get; init; }
    }

    /// <summary>Why it takes longer.</summary>
    public sealed record ExtendRequest
    {
        public string? Reason { get; init; }
    }

    /// <summary>依法保全: a ground of the taxonomy (not for lifting), and why.</summary>
    public sealed record HoldRequest
    {
        public string? Ground { get; init; }
        public string? Reason { get; init; }
    }

    /// <summary>What the verification found.</summary>
    public sealed record ConcludeRequest
    {
        /// <summary>breach-found, not-found, referred.</summary>
        public string? Outcome { get; init; }

        /// <summary>recommend, refer, own-measure; of a breach that was found.</summary>
        public string? Measure { get; init; }

        /// <summary>Whom it is referred to.</summary>
        public string? Authority { get; init; }
        public string? Text { get; init; }
    }

    /// <summary>A report somebody has opened to act on it.</summary>
    private sealed record Opened(Report Report, Law Law, OperatorKind? Kind, DateTimeOffset Now, FieldFaults Faults)
    {
        /// <summary>Whom it can be referred to; of a conclusion alone.</summary>
        public IReadOnlyList<ReportAuthority> Authorities { get; init; } = [];
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder reports)
    {
        reports.MapVerb<Nothing>("/{id:guid}/accept", (opened, _) => opened.Report.Accept());
        reports.MapVerb<DeclineRequest>("/{id:guid}/decline", Decline);
        reports.MapVerb<ExtendRequest>("/{id:guid}/extend", Extend);
        reports.MapVerb<ConcludeRequest>("/{id:guid}/conclude", Conclude);
        reports.MapVerb<TextRequest>(
            "/{id:guid}/messages",
            (opened, body) => opened.Report.Tell(opened.Faults.Text("text", body.Text, NoteMin, NoteMax))
        );
        reports.MapVerb<HoldRequest>("/{id:guid}/hold", Hold, Door.Reviewers);
        reports.MapVerb<HoldRequest>(
            "/{id:guid}/hold/lift",
            (opened, body) => opened.Report.LiftHold(opened.Faults.Text("reason", body.Reason, 2, NoteMax)),
            Door.Reviewers
        );
    }

    private static Decided<ReportEvent> Decline(Opened opened, DeclineRequest body)
    {
        var reason = opened.Faults.Code("reason", body.Reason, Taxonomies.Taxonomies.Current.ReasonsOf("report"));
        return opened.Report.Decline(reason, opened.Faults.Text("note", body.Note, NoteMin, NoteMax));
    }

    private static Decided<ReportEvent> Hold(Opened opened, HoldRequest body)
    {
        var ground = opened.Faults.Code("ground", body.Ground, Taxonomies.Taxonomies.Current.ReasonsOf("hold"));
        return opened.Report.PlaceHold(ground, opened.Faults.Text("reason", body.Reason, 2, NoteMax));
    }

    private static Decided<ReportEvent> Extend(Opened opened, ExtendRequest body)
    {
        var reason = opened.Faults.Text("reason", body.Reason, NoteMin, NoteMax);
        return opened.Report.Extend(reason, ReportClocks.Extended(opened.Law, opened.Report), opened.Now);
    }

    private static Decided<ReportEvent> Conclude(Opened opened, ConcludeRequest body)
    {
        var faults = opened.Faults;
        var outcome = faults.Word(
            "outcome",
            body.Outcome,
            ("breach-found", ReportStatus.BreachFound),
            ("not-found", ReportStatus.NotFound),
            ("referred", ReportStatus.Referred)
        );
        ReportMeasure? measure =
            outcome != ReportStatus.BreachFound
                ? null
                : faults.Word(
                    "measure",
                    body.Measure,
                    ("recommend", ReportMeasure.Recommend),
                    ("refer", ReportMeasure.Refer),
                    ("own-measure", ReportMeasure.OwnMeasure)
                );
        var isReferred = outcome == ReportStatus.Referred || measure == ReportMeasure.Refer;
        var authority = isReferred ? faults.Line("authority", body.Authority, AuthorityMax) : null;
        faults.If(isReferred && authority is null, "authority", Fault.Required);
        var named = opened.Authorities.Where(one => one.Label == authority || one.Name == authority).ToList();
        faults.If(named.Count > 1, "authority", ReportAuthorities.Several);
        var text = faults.Text("text", body.Text, Report.TextMin, Report.TextMax);
        var ownMeasures = opened.Kind == OperatorKind.Marketplace;
        var to = named.Count == 1 ? named[0] : null;
        return opened.Report.Conclude(outcome, measure, to?.Name ?? authority, text, ownMeasures, to?.Account);
    }

    private static void MapVerb<TBody>(
        this IEndpointRouteBuilder reports,
        string path,
        Func<Opened, TBody, Decided<ReportEvent>> decide,
        Role[]? roles = null
    )
        where TBody : class, new() =>
        reports
            .MapPost(
                path,
                (HttpContext http, Guid id, Caller caller, Store store, Law law, CancellationToken ct) =>
                    Enter(http, id, caller, store, law, decide, ct)
            )
            .Accepts<TBody>(isOptional: true, "application/json")
            .Produces<ReportView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(roles ?? ReportsRoom.Staff);

    private static async Task<IResult> Enter<TBody>(
        HttpContext http,
        Guid id,
        Caller caller,
        Store store,
        Law law,
        Func<Opened, TBody, Decided<ReportEvent>> decide,
        CancellationToken ct
    )
        where TBody : class, new()
    {
        var loaded = await store.Load(ReportBook.Instance, id, ct);
        if (loaded.State is not { } report)
            return Door.NotFound;
        var (body, instead) = await Body.Read<TBody>(http, ct);
        if (instead is not null)
            return instead;
        var kind = (await CurrentOperator.Of(http).Now(ct))?.Sign?.Kind;
        var opened = new Opened(report, law, kind, store.Now, new FieldFaults())
        {
            Authorities = body is ConcludeRequest ? await ReportAuthorities.All(store, ct) : [],
        };
        var decided = decide(opened, body);
        if (!opened.Faults.None)
            return Problems.Fields(opened.Faults.All);
        if (decided.Refusal is { } no)
            return no.AsProblem();
        // The answer shows the report, so acting on it is reading it.
        await ReadingBook.Instance.Note(store, id, caller, ct);
        var after = Report.Fold(report, decided.Event!, opened.Now);
        var noted = ReportClocks.Noted(decided.Event!, after, law);
        var change = store.Change(ReportBook.Instance, loaded, opened.Now, caller.Author, [noted]);
        return await store.Append(new Commit([change]), ct) is Outcome.Done
            ? Results.Json(await ShowReport.Of(store, law, id, kind, ct), Cli.JsonFormat)
            : Problems.Raced.AsProblem();
    }
}
