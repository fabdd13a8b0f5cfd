using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Desk;
using Hengping.Rules.Fields;

namespace Hengping.App.Desk;

/// <summary>
/// <c>/desk/decisions</c>: what is decided about one case or many in one act, held for some seconds in which it can be
/// undone (configuration <c>Desk:UndoSeconds</c>, 10). Each case is judged on its own, now and again when it goes out.
/// </summary>
public static class DecideFromDesk
{
    /// <summary>Cases in one act.</summary>
    public const int CasesMax = 50;

    /// <summary>How long what is decided can be taken back.</summary>
    public static readonly Limit UndoFor = new("Desk:UndoSeconds", 10, LimitUnit.Seconds) { Least = 0, Most = 60 };

    /// <summary>Which cases, what, and the words that go with it, as at the doors of a single case.</summary>
    public sealed record DecideRequest(
        Guid[]? Complaints = null,
        string? Verb = null,
        string[]? Missing = null,
        string? Reason = null,
        string? Note = null,
        FactorDraft[]? Factors = null,
        string? Ground = null,
        string? Decision = null,
        Guid? Respondent = null,
        int? Reply = null,
        bool? Valid = null
    )
    {
        public DecideRequest()
            : this(Complaints: null) { }
    }

    /// <summary>A decision that waits, or what became of it.</summary>
    /// <param name="Code">Why it did not go out.</param>
    public sealed record DecisionShown(
        Guid Id,
        Guid Complaint,
        string Number,
        Verb Verb,
        DecisionState State,
        DateTimeOffset SendAt,
        string? Code = null
    );

    /// <summary>A case for which the rule said no.</summary>
    public sealed record RefusedShown(Guid Complaint, string? Number, string Code, string Title);

    /// <summary>What became of one act.</summary>
    public sealed record Decided(IReadOnlyList<DecisionShown> Held, IReadOnlyList<RefusedShown> Refused);

    private sealed record Listed(IReadOnlyList<DecisionShown> Items);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapPost("/decisions", Decide)
            .Accepts<DecideRequest>("application/json")
            .Produces<Decided>()
            .For(DeskDecision.Roles)
            .AnsweredOnce();
        desk.MapGet("/decisions", Mine).Produces<Listed>().For(DeskDecision.Roles);
        desk.MapPost("/decisions/{id}/undo", Undo).Produces<DecisionShown>().For(DeskDecision.Roles).AnsweredOnce();
    }

    /// <summary>How long a decision waits, in seconds.</summary>
    public static int SecondsIn(IConfiguration configuration) => (int)UndoFor.In(configuration);

    private static async Task<IResult> Mine(Caller caller, Store store, CancellationToken ct) =>
        Results.Json(new Listed(await OutgoingList.Of(store, caller, ct)), Cli.JsonFormat);

    private static async Task<IResult> Decide(
        HttpContext http,
        Caller caller,
        Store store,
        Law law,
        IConfiguration configuration,
        CancellationToken ct
    )
    {
        var (body, instead) = await Body.Read<DecideRequest>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        var verb = faults.Word("verb", body.Verb, [.. DeskDecision.Verbs.Select(v => (Words.Of(v), v))]);
        var ids = (body.Complaints ?? []).Distinct().ToList();
        faults.If(ids.Count == 0, "complaints", Fault.Required);
        faults.If(ids.Count > CasesMax, "complaints", Fault.TooMany(CasesMax));
        if (!faults.None)
            return Problems.Fields(faults.All);
        if (!CaseSides.Of(verb).Roles.Contains(caller.Role))
            return Problems.NotYourRole.AsProblem(StatusCodes.Status403Forbidden);
        var act = new Act(store, law, caller, verb, body, store.Now.AddSeconds(SecondsIn(configuration)));
        foreach (var id in ids)
            if (await act.Judge(id, ct) is { } wrong)
                return Problems.Fields(wrong);
        return await act.Hold(http, ct);
    }

    private static async Task<IResult> Undo(
        HttpContext http,
        string id,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        if (!Guid.TryParse(id, out var stream))
            return Answers.NotFound;
        var loaded = await store.Load(DecisionBook.Instance, stream, ct);
        if (loaded.State is not { } decision || decision.By != caller.Author)
            return Answers.NotFound;
        var undone = decision.Undo();
        if (undone.Refusal is { } no)
            return no.AsProblem();
        var change = store.Change(DecisionBook.Instance, loaded, store.Now, caller.Author, [undone.Event!]);
        var number = (await store.Load(ComplaintBook.Instance, decision.Complaint, ct)).State?.Number ?? "";
        var shown = new DecisionShown(
            stream,
            decision.Complaint,
            number,
            decision.Verb,
            DecisionState.Undone,
            decision.SendAt
        );
        var (answer, once) = Idempotency.Answer(http, StatusCodes.Status200OK, shown, location: null);
        var outcome = await store.Append(new Commit([change], once), ct);
        // Whoever moved it meanwhile sent it.
        return outcome is Outcome.Raced ? DeskDecision.Gone.AsProblem() : Answers.After(outcome, answer);
    }

    /// <summary>One act over several cases, on its way to one commit.</summary>
    private sealed class Act(Store store, Law law, Caller caller, Verb verb, DecideRequest body, DateTimeOffset sendAt)
    {
        private readonly List<(DecisionShown Shown, Change Change)> held = [];
        private readonly List<RefusedShown> refused = [];

        /// <summary>Judges one case as its own door would; faults of fields are the whole act's.</summary>
        public async Task<IReadOnlyDictionary<string, Refusal>?> Judge(Guid id, CancellationToken ct)
        {
            var loaded = await store.Load(ComplaintBook.Instance, id, ct);
            if (loaded.State is not { } complaint)
            {
                Refuse(id, number: null, Problems.NotFound);
                return null;
            }
            var now = store.Now;
            var opened = new Opened(loaded, caller, Party.Mediator, store, law, now);
            var decided = await HeldWords.Judge(opened, verb, body, ct);
            if (!opened.Faults.None)
                return opened.Faults.All;
            if (decided.Refusal is { } no)
                Refuse(id, complaint.Number, opened.Told(verb, no));
            else
                held.Add(Held(id, loaded, now));
            return null;
        }

        /// <summary>
        /// All that were allowed in one commit, so that the act sent twice is done once. A case for which another
        /// decision waits is left out, and the rest is tried again.
        /// </summary>
        public async Task<IResult> Hold(HttpContext http, CancellationToken ct)
        {
            while (true)
            {
                var (answer, once) = Idempotency.Answer(
                    http,
                    StatusCodes.Status200OK,
                    new Decided([.. held.Select(h => h.Shown)], refused),
                    location: null
                );
                if (held.Count == 0)
                    return answer;
                var outcome = await store.Append(new Commit([.. held.Select(h => h.Change)], once), ct);
                if (outcome is not Outcome.Taken { Reservation.Scope: DecisionBook.CaseScope } taken)
                    return Answers.After(outcome, answer);
                var late = held.First(h => h.Shown.Complaint.ToString("N") == taken.Reservation.Key);
                held.Remove(late);
                Refuse(late.Shown.Complaint, late.Shown.Number, DeskDecision.AlreadyWaiting);
            }
        }

        private (DecisionShown, Change) Held(Guid id, Loaded<Complaint> loaded, DateTimeOffset now)
        {
            var decision = StreamId.Next();
            var (code, words, about) = HeldWords.Of(verb, body);
            var taken = new DecisionEvent.Held(id, verb, loaded.Version, sendAt, code)
            {
                Missing = body.Missing,
                Factors = body.Factors,
                About = about,
                // Of an erased case nothing more can be sealed: its door leaves the words out, too.
                Note = loaded.State!.IsShut ? null : words,
            };
            // Sealed with the key of the case: who erases the case erases what was said of it.
            var from = new Loaded<DeskDecision>(decision, 0, loaded.KeySlot, null);
            var change = store.Change(DecisionBook.Instance, from, now, caller.Author, [taken]);
            var number = loaded.State.Number;
            return (new DecisionShown(decision, id, number, verb, DecisionState.Waiting, sendAt), change);
        }

        private void Refuse(Guid id, string? number, Refusal no) =>
            refused.Add(new RefusedShown(id, number, no.Code, Texts.Pick(no.Zh, no.En)));
    }
}
