using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
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

        /// <summary>The competent authority, of <c>report-not-competent</c>.</summary>
        public string? GoTo { get; init; }
    }

    /// <summary>The other authority of a conflict of competence.</summary>
    public sealed record DisputeRequest
    {
        public string? With { get; init; }
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
    private sealed record Opened(Loaded<Report> Loaded, Caller Caller, Store Store, Law Law, OperatorKind? Kind)
        : IOpened
    {
        public Report Report => Loaded.State!;
        public DateTimeOffset Now { get; } = Store.Now;
        public FieldFaults Faults { get; } = new();

        /// <summary>Whom it can be referred to; of a conclusion alone.</summary>
        public IReadOnlyList<ReportAuthority> Authorities { get; init; } = [];
    }

    private static readonly VerbWay<Opened, ReportEvent> Way = new()
    {
        Open = Open,
        With = async (http, opened, body) =>
            body is ConcludeRequest
                ? opened with
                {
                    Authorities = await ReportAuthorities.All(opened.Store, http.RequestAborted),
                }
                : opened,
        Told = opened => opened.Report.ToStaff(opened.Kind == OperatorKind.Regulator, opened.Now),
        Save = Save,
        Again = Again,
    };

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder reports)
    {
        MapVerb<Nothing>(reports, "accept", (opened, _) => opened.Report.Accept());
        MapVerb<DeclineRequest>(reports, "decline", Decline);
        MapVerb<DisputeRequest>(reports, "dispute", Dispute);
        MapVerb<ExtendRequest>(reports, "extend", Extend);
        MapVerb<ConcludeRequest>(reports, "conclude", Conclude);
        MapVerb<TextRequest>(
            reports,
            "messages",
            (opened, body) => opened.Report.Tell(opened.Faults.Text("text", body.Text, NoteMin, NoteMax))
        );
        MapVerb<HoldRequest>(reports, "hold", Hold, CaseSides.Reviewers.Roles);
        MapVerb<HoldRequest>(
            reports,
            "hold/lift",
            (opened, body) => opened.Report.LiftHold(opened.Faults.Text("reason", body.Reason, 2, NoteMax)),
            CaseSides.Reviewers.Roles
        );
    }

    private static Decided<ReportEvent> Decline(Opened opened, DeclineRequest body)
    {
        var reason = opened.Faults.Code("reason", body.Reason, Taxonomies.Taxonomies.Current.ReasonsOf("report"));
        var goTo = reason == Report.NotCompetent ? Authority(opened, "goTo", body.GoTo) : null;
        return opened.Report.Decline(reason, opened.Faults.Text("note", body.Note, NoteMin, NoteMax), goTo);
    }

    private static Decided<ReportEvent> Dispute(Opened opened, DisputeRequest body)
    {
        var settleBy = ReportClocks.SettledBy(opened.Law, opened.Now);
        var isRegulator = opened.Kind == OperatorKind.Regulator;
        return opened.Report.Dispute(Authority(opened, "with", body.With), settleBy, isRegulator);
    }

    private static string Authority(Opened opened, string field, string? typed)
    {
        var name = opened.Faults.Line(field, typed, AuthorityMax);
        opened.Faults.If(name is null, field, Fault.Required);
        return name ?? "";
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
        IEndpointRouteBuilder reports,
        string word,
        Func<Opened, TBody, Decided<ReportEvent>> decide,
        IReadOnlyList<Role>? roles = null
    )
        where TBody : class, new() =>
        Way.Map<TBody>(
                reports,
                "/{id:guid}/" + word,
                roles ?? ReportsRoom.Staff,
                notTheirs: null,
                (opened, body, _) => ValueTask.FromResult(decide(opened, body))
            )
            .Produces<ReportView>();

    private static async Task<Opened?> Open(HttpContext http, Caller caller)
    {
        var (services, ct) = (http.RequestServices, http.RequestAborted);
        var store = services.GetRequiredService<Store>();
        var loaded = await store.Load(ReportBook.Instance, IdOf(http), ct);
        if (loaded.State is null)
            return null;
        var kind = (await CurrentOperator.Of(http).Now(ct))?.Sign?.Kind;
        return new Opened(loaded, caller, store, services.GetRequiredService<Law>(), kind);
    }

    private static async Task<IResult> Save(HttpContext http, Opened opened, ReportEvent decided)
    {
        var (store, id, ct) = (opened.Store, opened.Loaded.Id, http.RequestAborted);
        // The answer shows the report, so acting on it is reading it.
        await ReadingBook.Instance.Note(store, id, opened.Caller, ct);
        var noted = ReportClocks.Noted(decided, Report.Fold(opened.Report, decided, opened.Now), opened.Law);
        var change = store.Change(ReportBook.Instance, opened.Loaded, opened.Now, opened.Caller.Author, [noted]);
        // Its words may be erased while the answer is kept: the same key again shows the report as it is.
        var (_, kept) = Idempotency.Answer(http, StatusCodes.Status200OK, new { }, location: null);
        var outcome = await store.Append(new Commit([change], kept is null ? null : kept with { Answer = [] }), ct);
        return outcome switch
        {
            Outcome.Done => Results.Json(await ShowReport.Of(store, opened.Law, id, opened.Kind, ct), Cli.JsonFormat),
            Outcome.Replayed same => await Again(http, same.First),
            _ => Answers.After(outcome, Answers.NotFound),
        };
    }

    private static async Task<IResult> Again(HttpContext http, Idempotent first) =>
        await Open(http, Caller.Of(http.User)!) is { } opened
        && await ShowReport.Read(
            opened.Store,
            opened.Law,
            opened.Loaded.Id,
            opened.Kind,
            opened.Caller,
            http.RequestAborted
        )
            is { } view
            ? Results.Json(view, Cli.JsonFormat, statusCode: first.Status)
            : Answers.NotFound;

    private static Guid IdOf(HttpContext http) =>
        Guid.TryParse(http.Request.RouteValues["id"]?.ToString(), out var id) ? id : Guid.Empty;
}
