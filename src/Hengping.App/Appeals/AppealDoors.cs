using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Appeals;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;

namespace Hengping.App.Appeals;

/// <summary>What a door does to an appeal: its events in their order, all in one commit.</summary>
public sealed record AppealStep(IReadOnlyList<AppealEvent> Events);

/// <summary>
/// The verbs of an appeal: <c>versions</c>, <c>submit</c>, <c>withdraw</c> of the appellant; <c>refuse</c>,
/// <c>extend</c>, <c>decide</c>, <c>second</c>, <c>look</c> of the desk. Each answers with the appeal as it stands.
/// </summary>
public static partial class AppealDoors
{
    public const int NoteMin = 5;
    public const int NoteMax = 2_000;
    public const int ReasonMin = 10;

    private const int WhyMin = 2;
    private const int WhyMax = 500;

    private static readonly Refusal NoSuchLawyer = new(
        "appeal.second-unknown",
        "没有这位律师的账户，或已停用",
        "There is no lawyer's account of this id, or it is closed"
    );

    private static readonly VerbWay<AppealOpened, AppealStep> Way = new()
    {
        Open = AppealOpened.Open,
        Told = o => o.Appeal.ToSide(o.Side, o.Caller.Account, o.IsFree, o.Now),
        Save = (http, opened, step) => Append(http, opened.Loaded, opened.Appeal.Target, step.Events),
        Again = Again,
    };

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder appeals)
    {
        MapVerb<VersionRequest>(appeals, AppealVerb.Save, "versions", AppealOpened.Appellants, Save);
        MapVerb<VersionRequest>(appeals, AppealVerb.Submit, "submit", AppealOpened.Appellants, Submit);
        MapVerb<Nothing>(
            appeals,
            AppealVerb.Withdraw,
            "withdraw",
            AppealOpened.Appellants,
            (o, _, _) => Of(o.Appeal.Withdraw())
        );
        MapVerb<RefuseRequest>(
            appeals,
            AppealVerb.Refuse,
            "refuse",
            AppealOpened.Deciders,
            (o, body, _) => Of(Refuse(o, body))
        );
        MapVerb<ReasonRequest>(
            appeals,
            AppealVerb.Extend,
            "extend",
            AppealOpened.Deciders,
            (o, body, _) => Of(Extend(o, body))
        );
        MapVerb<DecideRequest>(
            appeals,
            AppealVerb.Decide,
            "decide",
            AppealOpened.Deciders,
            (o, body, _) => Of(Decide(o, body))
        );
        MapVerb<SecondRequest>(appeals, AppealVerb.Second, "second", [Role.Admin], Second);
        MapVerb<ReasonRequest>(
            appeals,
            AppealVerb.Look,
            "look",
            [Role.Reviewer, Role.Admin],
            (o, body, _) => Of(o.Appeal.Look(o.Faults.Text("reason", body.Reason, NoteMin, NoteMax)))
        );
    }

    private static void MapVerb<TBody>(
        IEndpointRouteBuilder appeals,
        AppealVerb verb,
        string word,
        IReadOnlyList<Role> roles,
        Decide<AppealOpened, TBody, AppealStep> decide
    )
        where TBody : class, new() =>
        Way.Map<TBody>(
                appeals,
                "/{id:guid}/" + word,
                roles,
                opened => Appeal.IsOf(verb, opened.Side) ? null : Problems.NotYourRole,
                (opened, body, ct) => decide(opened, body, ct)
            )
            .Produces<AppealView>();

    private static async ValueTask<Decided<AppealStep>> Save(
        AppealOpened opened,
        VersionRequest body,
        CancellationToken ct
    )
    {
        var (plan, late) = await Typed(opened, body, ct);
        var saved = opened.Appeal.Save(plan, late);
        return saved.Refusal is { } no ? no : new AppealStep([saved.Event!]);
    }

    private static async ValueTask<Decided<AppealStep>> Submit(
        AppealOpened opened,
        VersionRequest body,
        CancellationToken ct
    )
    {
        var (appeal, plan, events) = (opened.Appeal, opened.Plan, new List<AppealEvent>());
        var late = opened.LateReason;
        if (body.Statements is not null || body.LateReason is not null)
        {
            (plan, var typed) = await Typed(opened, body, ct);
            late = typed ?? late;
            var kept = appeal.Save(plan, typed);
            if (kept.Event is not { } saved)
                return appeal.Why(AppealVerb.Submit, opened.Caller.Account, opened.IsFree) ?? kept.Refusal!;
            events.Add(saved);
            appeal = Appeal.Fold(appeal, saved, opened.Now);
        }
        var decideBy = opened.Law.Count(appeal.DecideBook, opened.Now)?.Due;
        var sent = appeal.Submit(plan, opened.SentPlan, opened.Window, late is not null, decideBy, opened.Now);
        if (sent.Refusal is { } no)
            return no;
        var today = Shanghai.DayOf(opened.Now);
        return new AppealStep([.. events, AppealLint.Noted(sent.Event!, plan, appeal, today)]);
    }

    private static async Task<(PlanOfAction Plan, string? Late)> Typed(
        AppealOpened opened,
        VersionRequest body,
        CancellationToken ct
    )
    {
        var faults = opened.Faults;
        var plan = body.Statements is null
            ? opened.Plan
            : PlanDraft.Check(body.Statements, opened.Appeal.Sections, Shanghai.DayOf(opened.Now), faults);
        var late = faults.Text("lateReason", body.LateReason, 0, NoteMax);
        await CheckFiles(opened.Store, opened.Caller, plan, opened.Appeal.Evidence, faults, ct);
        return (plan, late.Length > 0 ? late : null);
    }

    /// <summary>What is new must be the caller's own upload; what a colleague bound to it before stays.</summary>
    internal static Task CheckFiles(
        Store store,
        Caller caller,
        PlanOfAction plan,
        IReadOnlyCollection<Guid> known,
        FieldFaults faults,
        CancellationToken ct
    ) => EvidenceCheck.Mine(store, caller.Account, [.. plan.Files.Where(file => !known.Contains(file))], faults, ct);

    private static Decided<AppealEvent> Refuse(AppealOpened opened, RefuseRequest body)
    {
        var faults = opened.Faults;
        var parts = new List<MissingPart>();
        foreach (var (typed, at) in (body.Missing ?? []).Select((part, i) => (part, $"missing[{i}]")))
        {
            var section = PlanDraft.Parse<AppealSection>(typed?.Section);
            faults.If(section is null, at + ".section", typed?.Section is null ? Fault.Required : Fault.Unknown);
            parts.Add(new MissingPart(section ?? default, faults.Text(at + ".note", typed?.Note, WhyMin, WhyMax)));
        }
        faults.If(parts.Count == 0, "missing", Fault.Required);
        faults.If(parts.Count > Enum.GetValues<AppealSection>().Length, "missing", Fault.Repeated);
        var note = faults.Text("note", body.Note, 0, NoteMax);
        var (appeal, now) = (opened.Appeal, opened.Now);
        var sendBy = opened.Law.Count(Appeal.ResendRule, now)?.Due ?? now.AddDays(30);
        return appeal.Why(AppealVerb.Refuse, opened.Caller.Account, opened.IsFree) is { } no
            ? no
            : appeal.Refuse(parts, note.Length > 0 ? note : null, sendBy);
    }

    private static Decided<AppealEvent> Extend(AppealOpened opened, ReasonRequest body)
    {
        var reason = opened.Faults.Text("reason", body.Reason, NoteMin, NoteMax);
        var appeal = opened.Appeal;
        var until = appeal.DecideBy is { } by ? opened.Law.Count(Appeal.TestingRule, by)?.Due : null;
        return appeal.Why(AppealVerb.Extend, opened.Caller.Account, opened.IsFree) is { } no
            ? no
            : appeal.Extend(reason, until);
    }

    private static async ValueTask<Decided<AppealStep>> Second(
        AppealOpened opened,
        SecondRequest body,
        CancellationToken ct
    )
    {
        var known = await opened.Store.First<long>(
            "select count(*) from accounts where id = @id and live and role = @role",
            new { id = body.Account ?? Guid.Empty, role = Words.Of(Role.Lawyer) },
            ct
        );
        opened.Faults.If(known == 0, "account", body.Account is null ? Fault.Required : NoSuchLawyer);
        var named = opened.Appeal.NameSecond(body.Account ?? Guid.Empty, opened.IsFree);
        return named.Refusal is { } no ? no : new AppealStep([named.Event!]);
    }

    private static ValueTask<Decided<AppealStep>> Of(Decided<AppealEvent> decided) =>
        ValueTask.FromResult(decided.Refusal is { } no ? (Decided<AppealStep>)no : new AppealStep([decided.Event!]));

    /// <summary>Appends what happened together with what becomes of the target; answers with the appeal.</summary>
    internal static async Task<IResult> Append(
        HttpContext http,
        Loaded<Appeal> loaded,
        AppealTarget target,
        IReadOnlyList<AppealEvent> events,
        int status = StatusCodes.Status200OK
    )
    {
        var (services, ct) = (http.RequestServices, http.RequestAborted);
        var (store, law) = (services.GetRequiredService<Store>(), services.GetRequiredService<Law>());
        var caller = Caller.Of(http.User)!;
        events = Noted(loaded.State, events, store.Now, law);
        var own = store.Change(AppealBook.Instance, loaded, store.Now, caller.Author, events);
        var before = loaded.State ?? Appeal.Fold(null, events[0], store.Now);
        var (follows, no) = await AppealTargets.Follows(
            store,
            law,
            target,
            (loaded.Id, events[^1], before),
            caller.Author,
            ct
        );
        if (no is not null)
            return no.AsProblem();
        if (await AccountDesk.Standing(store, caller.Account, ct) is not { } standing)
            return Problems.NotSignedIn.AsProblem(StatusCodes.Status401Unauthorized);
        var address = status == StatusCodes.Status201Created ? $"/api/v1/appeals/{loaded.Id:D}" : null;
        // Its words may be erased while the answer is kept: the same key again shows the appeal as it is.
        var (_, kept) = Idempotency.Answer(http, status, new { }, address);
        var once = kept is null ? null : kept with { Answer = [] };
        Change[] changes = follows is null ? [standing, own] : [standing, own, follows];
        var outcome = await store.Append(new Commit(changes, once), ct);
        if (outcome is Outcome.Taken)
            return Appeal.Exists.AsProblem();
        if (outcome is Outcome.Replayed same)
            return await Again(http, same.First);
        if (outcome is not Outcome.Done)
            return Answers.After(outcome, Answers.NotFound);
        if (address is not null)
            http.Response.Headers.Location = address;
        return await Shown(store, law, loaded.Id, caller, status, ct);
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
        await AppealOpened.Open(store, law, id, caller, ct) is { } opened
            ? Results.Json(AppealView.Of(opened), Cli.JsonFormat, statusCode: status)
            : Answers.NotFound;
}
