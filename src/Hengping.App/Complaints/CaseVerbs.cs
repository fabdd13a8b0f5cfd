using Hengping.App.Clocks;
using Hengping.App.Evidence;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>A case somebody has opened to act on it.</summary>
/// <param name="Loaded">The stream as it was read.</param>
/// <param name="Party">What the caller is in this case.</param>
public sealed record Opened(
    Loaded<Complaint> Loaded,
    Caller Caller,
    Party Party,
    Store Store,
    Law Law,
    DateTimeOffset Now
) : IOpened
{
    /// <inheritdoc/>
    public FieldFaults Faults { get; } = new();

    /// <summary>What is done by the same act after it, in one commit: all of it happens, or nothing.</summary>
    public List<ComplaintEvent> Also { get; } = [];

    /// <summary>The number in the address, as of an offer; 0 where there is none.</summary>
    public int No { get; init; }

    /// <summary>Whose it is.</summary>
    public Guid Id => Loaded.Id;

    /// <summary>Its facts.</summary>
    public Complaint Case => Loaded.State!;

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

/// <summary>The verbs of a case on their addresses; <see cref="CaseSides"/> says whose each is.</summary>
public static class CaseVerbs
{
    /// <summary>Where the doors of one case are.</summary>
    public const string Doors = "/api/v1/complaints/{id}/";

    private static readonly VerbWay<Opened, ComplaintEvent> Way = new()
    {
        Open = Open,
        Save = Save,
        Unknown = [Refusals.OfferUnknown],
        // An address of no offer is one, whatever the body or the case's state.
        NotThere = (http, opened) =>
            http.Request.RouteValues["n"]?.ToString() is { Length: > 0 }
            && (opened.No < 1 || opened.No > opened.Case.Offers.Length)
                ? Refusals.OfferUnknown
                : null,
    };

    /// <summary>The address of a verb behind that of its case.</summary>
    public static string PathOf(Verb verb) =>
        verb switch
        {
            Verb.DecideContest => "contest/decide",
            Verb.DecideValidity => "validity",
            Verb.ContestValidity => "validity/contest",
            Verb.Message => "messages",
            Verb.NotSolved => "not-solved",
            Verb.Offer => "offers",
            Verb.AcceptOffer => "offers/{n}/accept",
            Verb.RejectOffer => "offers/{n}/reject",
            Verb.NotPerformed => "not-performed",
            Verb.ShowPerformance => "performance",
            Verb.FindPerformed => "performance/found",
            Verb.DecideReview => "review/decide",
            Verb.ChangeConsents => "consents",
            Verb.LiftHold => "hold/lift",
            Verb.AskSeller => "seller/ask",
            Verb.NameSeller => "seller",
            Verb.TellTermination => "told",
            _ => Words.Of(verb),
        };

    /// <summary>Puts a verb without a body on its address.</summary>
    public static RouteHandlerBuilder MapVerb(
        this IEndpointRouteBuilder complaints,
        Verb verb,
        Func<Opened, Decided<ComplaintEvent>> decide
    ) => complaints.MapVerb<Nothing>(verb, (opened, _, _) => ValueTask.FromResult(decide(opened)));

    /// <summary>Puts a verb on its address.</summary>
    public static RouteHandlerBuilder MapVerb<TBody>(
        this IEndpointRouteBuilder complaints,
        Verb verb,
        Decide<Opened, TBody, ComplaintEvent> decide
    )
        where TBody : class, new() =>
        Way.Map(complaints, "/{id}/" + PathOf(verb), CaseSides.Of(verb).Roles, NotTheirs(verb), Telling(verb, decide))
            .Produces<ComplaintView>();

    /// <summary>The same way for a door that lets in more than one kind of caller.</summary>
    public static Task<IResult> Enter<TBody>(
        HttpContext http,
        Caller caller,
        Verb verb,
        Decide<Opened, TBody, ComplaintEvent> decide
    )
        where TBody : class, new() => Way.Enter(http, caller, NotTheirs(verb), Telling(verb, decide));

    /// <summary>A "no" with who did what, and what this caller can do now.</summary>
    internal static Refusal Told(this Opened opened, Verb verb, Refusal no) =>
        opened.Case.ToldTo(
            no,
            verb,
            CaseAccess.ActorOf(opened.Case, opened.Caller, opened.Party),
            default,
            opened.Now,
            CaseTurns.PolicyOf(opened.Law)
        );

    private static Decide<Opened, TBody, ComplaintEvent> Telling<TBody>(
        Verb verb,
        Decide<Opened, TBody, ComplaintEvent> decide
    ) =>
        async (opened, body, ct) =>
        {
            var decided = await decide(opened, body, ct);
            return decided.Refusal is { } no ? opened.Told(verb, no) : decided;
        };

    private static Func<Opened, Refusal?> NotTheirs(Verb verb) =>
        opened => Complaint.NotTheirs(verb, CaseAccess.ActorOf(opened.Case, opened.Caller, opened.Party));

    private static async Task<Opened?> Open(HttpContext http, Caller caller)
    {
        var services = http.RequestServices;
        if (!Guid.TryParse(http.Request.RouteValues["id"]?.ToString(), out var id))
            return null;
        var store = services.GetRequiredService<Store>();
        var loaded = await store.Load(ComplaintBook.Instance, id, http.RequestAborted);
        if (loaded.State is not { } complaint || CaseAccess.PartyOf(complaint, caller) is not { } party)
            return null;
        return new Opened(loaded, caller, party, store, services.GetRequiredService<Law>(), store.Now)
        {
            No = Numbered.Of(http) ?? 0,
        };
    }

    private static async Task<IResult> Save(HttpContext http, Opened opened, ComplaintEvent decided)
    {
        var (store, caller, now, ct) = (opened.Store, opened.Caller, opened.Now, http.RequestAborted);
        var limits = http.RequestServices.GetRequiredService<ComplaintLimits>();
        var words = await CurrentOperator.Of(http).Words(ct);
        var (after, happened) = (opened.Case, new List<ComplaintEvent>());
        foreach (var one in opened.Also.Prepend(decided))
        {
            if (limits.OnSaying(after, one, now) is { } enough)
                return enough.AsSlow(http);
            happened.Add(opened.Noted(words.Mark(one)));
            after = Complaint.Fold(after, happened[^1], now, caller.Author);
        }
        var changes = await Changes(opened, happened, ct);
        var past = await store.ReadStory(ComplaintBook.Instance, opened.Id, ct);
        var version = opened.Loaded.Version;
        var story = past.Take(version)
            .Concat(
                happened.Select(
                    (one, n) => new StoryEvent<ComplaintEvent>(version + n + 1, one, now, now, caller.Author)
                )
            )
            .ToList();
        var view = await ComplaintView.Of(store, opened.Law, opened.Id, after, story, caller, words, ct);
        return await Answers.Append(http, store, changes, view, ct);
    }

    /// <summary>What an act changes: the case, and with a delivery perhaps the link to answer it.</summary>
    internal static async Task<IReadOnlyList<Change>> Changes(
        Opened opened,
        IReadOnlyList<ComplaintEvent> happened,
        CancellationToken ct
    )
    {
        var (store, author, now, after) = (opened.Store, opened.Caller.Author, opened.Now, opened.Case);
        var change = store.Change(ComplaintBook.Instance, opened.Loaded, now, author, happened);
        var links = new List<Change>();
        foreach (var one in happened)
        {
            if (ReplyPrints.RowOf(opened, one) is { } print)
                change = change with { Rows = [.. change.Rows, print] };
            after = Complaint.Fold(after, one, now, author);
            if (await AnswerLinks.With(store, opened.Id, after, new(one, now, author), ct) is { } link)
                links.Add(link);
        }
        return [change, .. links];
    }
}
