using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.ClaimReports;
using Hengping.Rules.Fields;

namespace Hengping.App.ClaimReports;

/// <summary>
/// The verbs of a report of abnormal claims: <c>withdraw</c> of the merchant; <c>state</c>, <c>appeal</c> of the
/// claimant; <c>admit</c>, <c>ask</c>, <c>decide</c>, <c>appeal/decide</c>, <c>revoke</c> of the desk. Each answers
/// with the report as its caller reads it. None of them touches a complaint, a report to an authority or a case.
/// </summary>
public static class ClaimReportDoors
{
    public const int TextMin = 5;
    public const int TextMax = 5_000;
    public const int ReasonMin = 10;
    public const int ReasonMax = 2_000;

    private static readonly VerbWay<ClaimReportOpened, ClaimReportEvent> Way = new()
    {
        Open = ClaimReportOpened.Open,
        Told = o => o.Report.ToSide(o.Side, o.Caller.Account, o.Now),
        Save = async (http, opened, happened) =>
            await Append(http, opened.Loaded, [happened], isNew: false) ?? Problems.Raced.AsProblem(),
        Again = Again,
    };

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder reports)
    {
        Role[] merchant = [Role.Merchant];
        Role[] claimant = [Role.Claimant];
        var desk = ClaimReportOpened.Desk;
        MapVerb<Nothing>(reports, ClaimReportVerb.Withdraw, "withdraw", merchant, (o, _) => o.Report.Withdraw());
        MapSaid(reports, ClaimReportVerb.State, "state", claimant, State);
        MapSaid(reports, ClaimReportVerb.Appeal, "appeal", claimant, Appeal);
        MapVerb<Nothing>(
            reports,
            ClaimReportVerb.Admit,
            "admit",
            desk,
            (o, _) => o.Report.Admit(FileClaimReport.HearBy(o.Law, o.Now))
        );
        MapVerb<QuestionRequest>(
            reports,
            ClaimReportVerb.Ask,
            "ask",
            desk,
            (o, body) =>
                o.Report.Ask(
                    o.Faults.Text("question", body.Question, TextMin, ReasonMax),
                    FileClaimReport.HearBy(o.Law, o.Now)
                )
        );
        MapVerb<ClaimDecision>(reports, ClaimReportVerb.Decide, "decide", desk, Decide);
        MapVerb<ClaimReview>(reports, ClaimReportVerb.Review, "appeal/decide", desk, Review);
        MapVerb<ClaimReview>(
            reports,
            ClaimReportVerb.Revoke,
            "revoke",
            desk,
            (o, body) => o.Report.Revoke(o.Kind, o.Caller.Account, Reason(o, body.Reason))
        );
    }

    private static void MapVerb<TBody>(
        IEndpointRouteBuilder reports,
        ClaimReportVerb verb,
        string word,
        IReadOnlyList<Role> roles,
        Func<ClaimReportOpened, TBody, Decided<ClaimReportEvent>> decide
    )
        where TBody : class, new() =>
        Map<TBody>(reports, verb, word, roles, (opened, body, _) => ValueTask.FromResult(decide(opened, body)));

    private static void MapSaid(
        IEndpointRouteBuilder reports,
        ClaimReportVerb verb,
        string word,
        IReadOnlyList<Role> roles,
        Func<ClaimReportOpened, string, IReadOnlyList<Guid>, Decided<ClaimReportEvent>> decide
    ) =>
        Map<StatementRequest>(
            reports,
            verb,
            word,
            roles,
            async (opened, body, ct) =>
            {
                var text = opened.Faults.Text("text", body.Text, TextMin, TextMax);
                var files = opened.Faults.Evidence(body.Evidence);
                var fresh = files.Where(file => !opened.Report.ClaimantFiles.Contains(file)).ToList();
                opened.Faults.If(
                    opened.Report.ClaimantFiles.Count + fresh.Count > ClaimReportDraft.ProofsMax,
                    "evidence",
                    Fault.TooMany(ClaimReportDraft.ProofsMax)
                );
                await EvidenceCheck.Mine(opened.Store, opened.Caller.Account, fresh, opened.Faults, ct);
                return decide(opened, text, files);
            }
        );

    private static void Map<TBody>(
        IEndpointRouteBuilder reports,
        ClaimReportVerb verb,
        string word,
        IReadOnlyList<Role> roles,
        Decide<ClaimReportOpened, TBody, ClaimReportEvent> decide
    )
        where TBody : class, new() =>
        Way.Map<TBody>(
                reports,
                "/{id:guid}/" + word,
                roles,
                opened => ClaimReport.IsOf(verb, opened.Side) ? null : Problems.NotYourRole,
                decide
            )
            .Produces<ClaimReportView>();

    private static Decided<ClaimReportEvent> State(ClaimReportOpened o, string text, IReadOnlyList<Guid> files) =>
        o.Report.State(o.Caller.Account, text, files);

    private static Decided<ClaimReportEvent> Appeal(ClaimReportOpened o, string text, IReadOnlyList<Guid> files) =>
        o.Report.Appeal(o.Caller.Account, text, files, o.Law.Count(ClaimReport.ReviewRule, o.Now)?.Due, o.Now);

    private static Decided<ClaimReportEvent> Decide(ClaimReportOpened opened, ClaimDecision body)
    {
        var faults = opened.Faults;
        var outcome = faults.Word(
            "outcome",
            body.Outcome,
            ("upheld", ClaimReportStatus.Upheld),
            ("rejected", ClaimReportStatus.Rejected)
        );
        var grounds = new List<ClaimGround>();
        foreach (var (said, at) in (body.Grounds ?? []).Select((said, i) => (said, $"grounds[{i}]")))
            if (Words.Parse<ClaimGround>(said) is { } ground)
                grounds.Add(ground);
            else
                faults.Add(at, Fault.Unknown);
        var defect = Words.Parse<DefectFound>(body.Defect);
        faults.If(defect is null, "defect", string.IsNullOrEmpty(body.Defect) ? Fault.Required : Fault.Unknown);
        var reason = Reason(opened, body.Reason);
        var decided = opened.Report.Decide(
            opened.Kind,
            opened.Caller.Account,
            outcome,
            grounds,
            defect ?? DefectFound.NotShown,
            reason,
            opened.Law.Count(ClaimReport.AppealRule, opened.Now)?.Lawful ?? opened.Now.AddDays(7),
            opened.Now
        );
        return body.AsksFirst == true && faults.None && decided.Event is not null ? ClaimReport.LookFirst : decided;
    }

    private static Decided<ClaimReportEvent> Review(ClaimReportOpened opened, ClaimReview body)
    {
        var isOverturned = opened.Faults.Word("outcome", body.Outcome, ("upheld", false), ("overturned", true));
        var reason = Reason(opened, body.Reason);
        return opened.Report.Review(opened.Kind, opened.Caller.Account, isOverturned, reason);
    }

    private static string Reason(ClaimReportOpened opened, string? typed) =>
        opened.Faults.Text("reason", typed, ReasonMin, ReasonMax);

    /// <summary>Appends what happened and what follows for the metrics; null where a number or an order was taken
    /// meanwhile.</summary>
    internal static async Task<IResult?> Append(
        HttpContext http,
        Loaded<ClaimReport> loaded,
        IReadOnlyList<ClaimReportEvent> events,
        bool isNew
    )
    {
        var (services, ct) = (http.RequestServices, http.RequestAborted);
        var (store, law) = (services.GetRequiredService<Store>(), services.GetRequiredService<Law>());
        var caller = Caller.Of(http.User)!;
        var own = store.Change(
            ClaimReportBook.Instance,
            loaded,
            store.Now,
            caller.Author,
            WithWhatFollows(loaded.State, events, law, store.Now)
        );
        if (await AccountDesk.Standing(store, caller.Account, ct) is not { } standing)
            return Problems.NotSignedIn.AsProblem(StatusCodes.Status401Unauthorized);
        var status = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        var address = isNew ? $"/api/v1/claim-reports/{loaded.Id:D}" : null;
        // Its words may be erased while the answer is kept: the same key again shows the report as it is.
        var (_, kept) = Idempotency.Answer(http, status, new { }, address);
        var once = kept is null ? null : kept with { Answer = [] };
        var outcome = await store.Append(new Commit([standing, own], once), ct);
        if (outcome is Outcome.Taken)
            return null;
        if (outcome is Outcome.Replayed same)
            return await Again(http, same.First);
        if (outcome is not Outcome.Done)
            return Answers.After(outcome, Answers.NotFound);
        if (address is not null)
            http.Response.Headers.Location = address;
        return await Shown(store, law, loaded.Id, caller, status, ct);
    }

    /// <summary>With what is to be said of the terms they set, and whether orders leave the metrics or return.
    /// </summary>
    internal static IReadOnlyList<ClaimReportEvent> WithWhatFollows(
        ClaimReport? report,
        IReadOnlyList<ClaimReportEvent> events,
        Law law,
        DateTimeOffset now
    )
    {
        var all = new List<ClaimReportEvent>();
        foreach (var happened in events)
        {
            var after = ClaimReport.Fold(report, happened, now);
            var note = after.NoteFor(law.Count);
            var noted = happened switch
            {
                ClaimReportEvent.Filed e => e with { TermNote = note },
                ClaimReportEvent.Decided e => e with { TermNote = note },
                ClaimReportEvent.Appealed e => e with { TermNote = note },
                _ => happened,
            };
            all.Add(noted);
            report = ClaimReport.Fold(report, noted, now);
        }
        if (report?.Metrics(now) is { } follows)
            all.Add(follows);
        return all;
    }

    /// <summary>The answer to a key that was used before.</summary>
    internal static Task<IResult> Again(HttpContext http, Idempotent first)
    {
        var services = http.RequestServices;
        var id = first.Location?.Split('/')[^1] ?? http.Request.RouteValues["id"]?.ToString();
        if (first.Location is { } location)
            http.Response.Headers.Location = location;
        return Shown(
            services.GetRequiredService<Store>(),
            services.GetRequiredService<Law>(),
            Guid.TryParse(id, out var known) ? known : Guid.Empty,
            Caller.Of(http.User)!,
            first.Status,
            http.RequestAborted
        );
    }

    private static async Task<IResult> Shown(
        Store store,
        Law law,
        Guid id,
        Caller caller,
        int status,
        CancellationToken ct
    ) =>
        await ClaimReportOpened.Open(store, law, id, caller, ct) is { } opened
            ? Results.Json(await ClaimReportView.Of(opened, ct), Cli.JsonFormat, statusCode: status)
            : Answers.NotFound;
}
