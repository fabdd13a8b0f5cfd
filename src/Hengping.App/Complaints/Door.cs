using Hengping.App.Clocks;
using Hengping.App.Evidence;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Screening;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hengping.App.Complaints;

/// <summary>A case somebody has opened to act on it.</summary>
/// <param name="Party">What the caller is in this case.</param>
public sealed record Opened(
    Guid Id,
    Complaint Case,
    Caller Caller,
    Party Party,
    Store Store,
    Law Law,
    DateTimeOffset Now,
    FieldFaults Faults
)
{
    /// <summary>When a rule counted from now ends; the earliest day where the calendar is not known yet.</summary>
    public DateTimeOffset? Due(string rule) => Deadlines.Due(Law, rule, Now);

    /// <summary>When a mediation that begins now must have ended. For a regulator it is counted from the acceptance
    /// (令121 art. 23); everybody else promises it from its beginning.</summary>
    public DateTimeOffset MediationEnd => MediationEndFrom(AcceptedAt ?? Now);

    /// <summary>The same of one that begins anew, later.</summary>
    public DateTimeOffset MediationEndFrom(DateTimeOffset from) =>
        Deadlines.Due(Law, "mediation.end", from) ?? from.AddDays(60);

    /// <summary>When both have to have been told of a termination.</summary>
    public DateTimeOffset? TellBy => Due("mediation.told");

    /// <summary>The event as it is kept: with what is to be said of its term.</summary>
    public ComplaintEvent Noted(ComplaintEvent happened) =>
        Deadlines.Noted(
            AcceptedAt is not null && happened is ComplaintEvent.MediationBegan or ComplaintEvent.NotSolved
                ? happened with
                {
                    CountedFrom = AcceptedAt,
                }
                : happened,
            Law,
            Now
        );

    private DateTimeOffset? AcceptedAt => Law.IsRegulator ? Case.DeliveredAt : null;

    /// <summary>Evidence ids of a body: few, different, and the caller's own uploads.</summary>
    public Task<IReadOnlyList<Guid>> Evidence(IReadOnlyList<Guid>? ids, CancellationToken ct) =>
        EvidenceCheck.Mine(Store, Caller.Account, Faults.Evidence(ids), Faults, ct);
}

/// <summary>What a door does: judge fields into <see cref="Opened.Faults"/>, then let the rule decide.</summary>
public delegate ValueTask<Decided<ComplaintEvent>> Decide<in TBody>(Opened opened, TBody body, CancellationToken ct);

/// <summary>A body with nothing in it.</summary>
public sealed record Nothing;

/// <summary>
/// What all doors of a case share: open it, judge the caller, read the body, let the rule decide, append, answer.
/// Checks in the contract's order: 401 and 403 (route), 404, 403 (your role, but not your side of this case), 400, 409.
/// </summary>
public static class Door
{
    /// <summary>Claimants; of a merchants' complaint the claimant is a merchant.</summary>
    public static readonly Role[] Claimants = [Role.Claimant, Role.Merchant];

    /// <summary>The desk.</summary>
    public static readonly Role[] Desk = [Role.Mediator, Role.Admin];

    /// <summary>Reviewers.</summary>
    public static readonly Role[] Reviewers = [Role.Reviewer, Role.Admin];

    /// <summary>Either party and the desk.</summary>
    public static readonly Role[] Parties = [Role.Claimant, Role.Merchant, Role.Mediator, Role.Admin];

    /// <summary>Puts a verb without a body on its address.</summary>
    public static RouteHandlerBuilder MapVerb(
        this IEndpointRouteBuilder complaints,
        string path,
        Role[] roles,
        Party[] parties,
        Func<Opened, Decided<ComplaintEvent>> decide
    ) => complaints.MapVerb<Nothing>(path, roles, parties, (opened, _, _) => ValueTask.FromResult(decide(opened)));

    /// <summary>Puts a verb on its address.</summary>
    /// <param name="parties">What the caller must be in this case.</param>
    public static RouteHandlerBuilder MapVerb<TBody>(
        this IEndpointRouteBuilder complaints,
        string path,
        Role[] roles,
        Party[] parties,
        Decide<TBody> decide
    )
        where TBody : class, new() =>
        complaints
            .MapPost(
                path,
                async (HttpContext http, string id, Store store, Law law, CancellationToken ct) =>
                    await Enter(http, id, store, law, Caller.Of(http.User)!, parties, decide, ct)
            )
            .Accepts<TBody>(isOptional: true, "application/json")
            .Produces<ComplaintView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .For(roles)
            .AnsweredOnce();

    /// <summary>Opens, decides, appends, answers with the complaint as the caller may see it.</summary>
    public static async Task<IResult> Enter<TBody>(
        HttpContext http,
        string id,
        Store store,
        Law law,
        Caller caller,
        Party[] parties,
        Decide<TBody> decide,
        CancellationToken ct
    )
        where TBody : class, new()
    {
        if (!Guid.TryParse(id, out var stream))
            return NotFound;
        var loaded = await store.Load(ComplaintBook.Instance, stream, ct);
        if (loaded.State is not { } complaint || Sight.PartyOf(complaint, caller) is not { } party)
            return NotFound;
        if (!parties.Contains(party))
            return Problems.NotYourRole.AsProblem(StatusCodes.Status403Forbidden);
        var (body, instead) = await Body.Read<TBody>(http, ct);
        if (instead is not null)
            return instead;
        var opened = new Opened(stream, complaint, caller, party, store, law, store.Now, new FieldFaults());
        var decided = await decide(opened, body, ct);
        if (!opened.Faults.None)
            return Problems.Fields(opened.Faults.All);
        if (decided.Refusal is { } no)
            return No(no);
        var limits = http.RequestServices.GetRequiredService<ComplaintLimits>();
        if (limits.OnSaying(complaint, decided.Event!, opened.Now) is { } enough)
            return enough.AsSlow(http);
        var words = await CurrentOperator.Of(http).Words(ct);
        return await Save(http, opened, loaded, opened.Noted(words.Mark(decided.Event!)), words, ct);
    }

    /// <summary>Unknown or not yours.</summary>
    public static IResult NotFound => Problems.NotFound.AsProblem(StatusCodes.Status404NotFound);

    /// <summary>The HTTP answer to what became of a commit.</summary>
    public static IResult After(Outcome outcome, IResult done) =>
        outcome is Outcome.Done ? done : Once.Replay(outcome) ?? Problems.Raced.AsProblem();

    /// <summary>Appends, and answers with what is to be shown; under the caller's key, if there is one.</summary>
    public static async Task<IResult> Append<T>(
        HttpContext http,
        Store store,
        IReadOnlyList<Change> changes,
        T shown,
        CancellationToken ct
    )
    {
        var (answer, once) = Once.Answer(http, StatusCodes.Status200OK, shown, location: null);
        return After(await store.Append(new Commit(changes, once), ct), answer);
    }

    /// <summary>A rule's "no" is 409; "not your side of it" and "no such offer" keep their own numbers.</summary>
    private static ProblemHttpResult No(Refusal refusal) =>
        refusal.AsProblem(
            refusal == Problems.NotYourRole ? StatusCodes.Status403Forbidden
            : refusal == Refusals.OfferUnknown ? StatusCodes.Status404NotFound
            : StatusCodes.Status409Conflict
        );

    private static async Task<IResult> Save(
        HttpContext http,
        Opened opened,
        Loaded<Complaint> loaded,
        ComplaintEvent happened,
        ScreeningList words,
        CancellationToken ct
    )
    {
        var (store, caller, now) = (opened.Store, opened.Caller, opened.Now);
        var changes = await Changes(opened, loaded, happened, ct);
        var told = await store.Tell(ComplaintBook.Instance, opened.Id, ct);
        var after = Complaint.Fold(opened.Case, happened, now, caller.Author);
        var story = told.Take(loaded.Version)
            .Append(new Told<ComplaintEvent>(loaded.Version + 1, happened, now, now, caller.Author))
            .ToList();
        var view = await ComplaintView.Of(store, opened.Law, opened.Id, after, story, caller, words, ct);
        return await Append(http, store, changes, view, ct);
    }

    /// <summary>What a decision changes: the case, and with a delivery perhaps the link to answer it.</summary>
    internal static async Task<IReadOnlyList<Change>> Changes(
        Opened opened,
        Loaded<Complaint> loaded,
        ComplaintEvent happened,
        CancellationToken ct
    )
    {
        var (store, author, now) = (opened.Store, opened.Caller.Author, opened.Now);
        var change = store.Change(ComplaintBook.Instance, loaded, now, author, [happened]);
        if (ReplyPrints.RowOf(opened, happened) is { } print)
            change = change with { Rows = [.. change.Rows, print] };
        var after = Complaint.Fold(opened.Case, happened, now, author);
        var link = await AnswerLinks.With(store, opened.Id, after, new(happened, now, author), ct);
        return link is null ? [change] : [change, link];
    }
}
