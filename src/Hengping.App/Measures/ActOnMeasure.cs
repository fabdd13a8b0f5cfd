using Hengping.App.Clocks;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>
/// What is done to a measure: by the desk <c>sign</c>, <c>drop</c>, <c>look</c>, <c>lift</c>, <c>sued</c>; by its
/// addressee <c>answer</c>, <c>ask-human</c>, <c>statement</c>. Each answers with the measure as it stands then.
/// </summary>
public static class ActOnMeasure
{
    private const int NoteMin = 5;

    /// <summary>Signing: what was made of an answer. Required where there is one.</summary>
    public sealed record SignRequest
    {
        public string? Note { get; init; }

        /// <summary>Refuse it with <c>measure.look</c> where all of it is right; else it is done.</summary>
        public bool? AsksFirst { get; init; }
    }

    /// <summary>Words, and files with them.</summary>
    public sealed record TextRequest
    {
        public string? Text { get; init; }
        public IReadOnlyList<Guid>? Evidence { get; init; }
    }

    /// <summary>Why it is not done.</summary>
    public sealed record DropRequest
    {
        public string? Reason { get; init; }
        public bool? AsksFirst { get; init; }
    }

    /// <summary>Why it is over.</summary>
    public sealed record LiftRequest
    {
        /// <summary>condition-met, corrected, mistake, other.</summary>
        public string? Because { get; init; }
        public string? Reason { get; init; }
        public bool? AsksFirst { get; init; }
    }

    /// <summary>A measure somebody has opened to act on it.</summary>
    private sealed record Opened(Loaded<Measure> Loaded, Caller Caller, Store Store, Law Law) : IOpened
    {
        public Measure Measure => Loaded.State!;
        public MeasureSide Side => MeasureSides.Of(Measure, Caller);
        public DateTimeOffset Now { get; } = Store.Now;
        public FieldFaults Faults { get; } = new();
        public Guid Who => Caller.Account;
    }

    private static readonly VerbWay<Opened, MeasureEvent> Way = new()
    {
        Open = Open,
        Told = o => o.Measure.ToSide(o.Side, o.Who, o.Now),
        Save = Save,
        Again = Again,
    };

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder measures)
    {
        Desk<SignRequest>(measures, "sign", (o, body, _) => new(Sign(o, body)));
        Desk<DropRequest>(
            measures,
            "drop",
            (o, body, _) =>
                new(Looked(o, body.AsksFirst, o.Measure.Drop(o.Side, o.Who, Text(o, "reason", body.Reason), o.Now)))
        );
        Desk<TextRequest>(
            measures,
            "look",
            (o, body, _) => new(o.Measure.Look(o.Side, o.Who, Text(o, "text", body.Text), o.Now))
        );
        Desk<LiftRequest>(measures, "lift", (o, body, _) => new(Lift(o, body)));
        Desk<TextRequest>(
            measures,
            "sued",
            (o, body, _) => new(o.Measure.Sue(o.Side, o.Who, Text(o, "text", body.Text), o.Now))
        );
        Theirs<TextRequest>(measures, "answer", Answer);
        Theirs<TextRequest>(measures, "ask-human", AskHuman);
        Theirs<TextRequest>(measures, "statement", State);
    }

    private static Decided<MeasureEvent> Sign(Opened o, SignRequest body)
    {
        // Who was heard is told what came of it.
        var min = o.Measure.AnsweredAt is null ? 0 : NoteMin;
        var note = o.Faults.Text("note", body.Note, min, Measure.TextMax);
        var signed = o.Measure.Sign(
            o.Side,
            o.Who,
            note.Length > 0 ? note : null,
            MeasureClocks.StartOf(o.Law, o.Measure, o.Now),
            o.Law.Count(Measure.AppealRule, o.Now)?.Due,
            o.Now
        );
        return Looked(o, body.AsksFirst, signed);
    }

    // What goes out to its addressee and to the public is looked over by whoever asks to be asked.
    private static Decided<MeasureEvent> Looked(Opened o, bool? asksFirst, Decided<MeasureEvent> decided) =>
        asksFirst == true && o.Faults.None && decided.Event is not null ? Measure.LookFirst : decided;

    private static Decided<MeasureEvent> Lift(Opened o, LiftRequest body)
    {
        var because = o.Faults.Word(
            "because",
            body.Because,
            ("condition-met", "condition-met"),
            ("corrected", "corrected"),
            ("mistake", "mistake"),
            ("other", "other")
        );
        return Looked(o, body.AsksFirst, o.Measure.Lift(o.Side, o.Who, because, Text(o, "reason", body.Reason), o.Now));
    }

    private static async ValueTask<Decided<MeasureEvent>> Answer(Opened o, TextRequest body, CancellationToken ct)
    {
        var (text, files) = await Said(o, body, ct);
        return o.Measure.Answering(o.Who, text, files, o.Law.Count(Measure.HumanRule, o.Now)?.Due, o.Now);
    }

    // Words and files are theirs to leave out: a report that shows what has changed goes with it.
    private static async ValueTask<Decided<MeasureEvent>> AskHuman(Opened o, TextRequest body, CancellationToken ct)
    {
        var (text, files) = await Said(o, body, ct, least: 0);
        var due = o.Law.Count(Measure.HumanRule, o.Now)?.Due;
        return o.Measure.AskHuman(o.Who, text.Length > 0 ? text : null, files, due, o.Now);
    }

    private static async ValueTask<Decided<MeasureEvent>> State(Opened o, TextRequest body, CancellationToken ct)
    {
        var (text, files) = await Said(o, body, ct);
        return o.Measure.State(o.Who, text, files, o.Law.Count(Measure.SuitRule, o.Now)?.Due ?? o.Now, o.Now);
    }

    private static async Task<(string Text, IReadOnlyList<Guid> Files)> Said(
        Opened o,
        TextRequest body,
        CancellationToken ct,
        int least = NoteMin
    )
    {
        var text = o.Faults.Text("text", body.Text, least, Measure.TextMax);
        var files = o.Faults.Evidence(body.Evidence);
        Measure.CheckFiles(o.Measure.FilesOfAddressee, files.Count, o.Faults);
        await EvidenceCheck.Mine(o.Store, o.Who, files, o.Faults, ct);
        return (text, files);
    }

    private static string Text(Opened o, string field, string? typed) =>
        o.Faults.Text(field, typed, NoteMin, Measure.TextMax);

    private static void Desk<TBody>(
        IEndpointRouteBuilder measures,
        string word,
        Decide<Opened, TBody, MeasureEvent> decide
    )
        where TBody : class, new() => Door(measures, word, MeasureSides.Staff, decide);

    private static void Theirs<TBody>(
        IEndpointRouteBuilder measures,
        string word,
        Decide<Opened, TBody, MeasureEvent> decide
    )
        where TBody : class, new() => Door(measures, word, MeasureSides.Addressees, decide);

    private static void Door<TBody>(
        IEndpointRouteBuilder measures,
        string word,
        IReadOnlyList<Role> roles,
        Decide<Opened, TBody, MeasureEvent> decide
    )
        where TBody : class, new() =>
        Way.Map(measures, "/{id:guid}/" + word, roles, notTheirs: null, decide).Produces<MeasureView>();

    // Only what is one's own can be acted on: that others are public changes nothing.
    private static async Task<Opened?> Open(HttpContext http, Caller caller)
    {
        var services = http.RequestServices;
        var store = services.GetRequiredService<Store>();
        var loaded = await store.Load(MeasureBook.Instance, IdOf(http), http.RequestAborted);
        if (loaded.State is not { } measure)
            return null;
        var side = MeasureSides.Of(measure, caller);
        return side != MeasureSide.None && MeasureSides.MayRead(measure, side)
            ? new Opened(loaded, caller, store, services.GetRequiredService<Law>())
            : null;
    }

    private static async Task<IResult> Save(HttpContext http, Opened o, MeasureEvent decided)
    {
        var happened = MeasureClocks.Noted(decided, Measure.Fold(o.Measure, decided, o.Now), o.Law);
        var change = o.Store.Change(MeasureBook.Instance, o.Loaded, o.Now, o.Caller.Author, [happened]);
        // Its words are sealed: the same key again shows the measure as it is.
        var (_, kept) = Idempotency.Answer(http, StatusCodes.Status200OK, new { }, location: null);
        var commit = new Commit([change], kept is null ? null : kept with { Answer = [] });
        return await o.Store.Append(commit, http.RequestAborted) switch
        {
            Outcome.Done => Results.Json(await View(http, o), Cli.JsonFormat),
            Outcome.Replayed same => await Again(http, same.First),
            var outcome => Answers.After(outcome, Answers.NotFound),
        };
    }

    private static Task<MeasureView?> View(HttpContext http, Opened o) =>
        ShowMeasure.Read(o.Store, o.Law, o.Loaded.Id, o.Caller, http.RequestAborted);

    private static async Task<IResult> Again(HttpContext http, Idempotent first) =>
        await Open(http, Caller.Of(http.User)!) is { } opened
            ? Results.Json(await View(http, opened), Cli.JsonFormat, statusCode: first.Status)
            : Answers.NotFound;

    private static Guid IdOf(HttpContext http) =>
        Guid.TryParse(http.Request.RouteValues["id"]?.ToString(), out var id) ? id : Guid.Empty;
}
