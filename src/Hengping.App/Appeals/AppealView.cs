using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>An appeal as its own side and those who decide it read it.</summary>
/// <param name="LateReason">Why it came after the 7 days.</param>
/// <param name="Statements">What it says now; for those who decide, what was sent.</param>
/// <param name="Missing">What a refusal named.</param>
/// <param name="Open">Findings of the linter that were left open when it was sent, by code.</param>
/// <param name="Can">The verbs whose door answers yes to a valid body of this caller now.</param>
public sealed record AppealView(
    Guid Id,
    AppealTarget Target,
    AppealStatus Status,
    AppealView.Word StatusText,
    bool Safety,
    DateTimeOffset ToldAt,
    DateTimeOffset BegunAt,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset? EndedAt,
    bool Late,
    string? LateReason,
    bool Front,
    bool Extended,
    int Version,
    IReadOnlyList<AppealSection> Sections,
    IReadOnlyList<PlanStatement> Statements,
    IReadOnlyList<MissingPart> Missing,
    string? MissingNote,
    IReadOnlyList<string> Open,
    AppealView.Decision? Decided,
    EffectFound? Effect,
    DateTimeOffset? CheckAt,
    IReadOnlyList<ShownDeadline> Deadlines,
    AppealView.WhoseTurn? Turn,
    IReadOnlyList<AppealVerb> Can,
    IReadOnlyList<AppealView.Line> Events
)
{
    /// <summary>A word in both languages.</summary>
    public sealed record Word(string Zh, string En);

    /// <summary>Who must do what, by when, and what happens otherwise.</summary>
    /// <param name="Yours">It is the caller's to do now.</param>
    public sealed record WhoseTurn(AppealParty Who, AppealVerb Verb, DateTimeOffset? By, bool Yours, Word Otherwise);

    /// <summary>What was decided, with a reason for each statement.</summary>
    /// <param name="CheckFrom">The check of effect looks at what comes after this day.</param>
    /// <param name="Outside">Somebody from outside decided.</param>
    public sealed record Decision(
        AppealStatus Outcome,
        DateTimeOffset At,
        string? Reason,
        IReadOnlyList<StatementVerdict> Statements,
        ChangedMeasure? Change,
        DateOnly? PromisedBy,
        DateOnly? CheckFrom,
        bool Outside
    );

    /// <summary>What happened.</summary>
    /// <param name="Kind">begun, saved, submitted, refused, extended, secondNamed, decided, withdrawn, lapsed, checked,
    /// looked, termsCounted, erased, locked.</param>
    /// <param name="By">Whose act it was: nobody is named.</param>
    public sealed record Line(string Kind, DateTimeOffset At, AppealParty By, int? Version, string? Text);

    /// <summary>As its reader may see it.</summary>
    public static AppealView Of(AppealOpened opened)
    {
        var appeal = opened.Appeal;
        var isOwn = opened.Side == AppealSide.Appellant;
        var refused = Last<AppealEvent.Refused>(opened);
        var decided = Last<AppealEvent.Decided>(opened);
        var (zh, en) = AppealLife.Name(appeal.Status);
        var deadline = appeal.Running is { } term ? ShownDeadline.ByLaw(term, appeal.Note, opened.Law) : null;
        return new AppealView(
            opened.Id,
            appeal.Target,
            appeal.Status,
            new Word(zh, en),
            appeal.IsSafety,
            appeal.ToldAt,
            appeal.BegunAt,
            appeal.SubmittedAt,
            appeal.EndedAt,
            appeal.IsLate,
            opened.LateReason,
            appeal.IsFront,
            appeal.IsExtended,
            appeal.Version,
            appeal.Sections,
            (isOwn ? opened.Plan : opened.SentPlan ?? PlanOfAction.Empty).Statements,
            refused?.Event.Missing ?? [],
            refused?.Event.Note,
            Last<AppealEvent.Submitted>(opened)?.Event.Open ?? [],
            decided is var (happened, at)
                ? new Decision(
                    happened.Outcome,
                    at,
                    happened.Reason,
                    happened.Verdicts ?? [],
                    happened.Change,
                    happened.PromisedBy,
                    appeal.CheckFrom,
                    happened.By == appeal.Second
                )
                : null,
            appeal.Effect,
            appeal.CheckAt,
            deadline is null ? [] : [deadline],
            AppealTurns.Of(appeal, opened.Side, opened.Caller.Account, opened.IsFree, opened.InTime),
            appeal.Can(opened.Side, opened.Caller.Account, opened.IsFree),
            [.. opened.Story.Where(one => isOwn || IsForAll(one.Event, appeal)).Select(one => LineOf(one, isOwn))]
        );
    }

    private static (T Event, DateTimeOffset At)? Last<T>(AppealOpened opened)
        where T : AppealEvent =>
        opened.Story.LastOrDefault(one => one.Event is T) is { } found ? ((T)found.Event, found.At) : null;

    // Drafts between are the appellant's own.
    private static bool IsForAll(AppealEvent happened, Appeal appeal) =>
        happened is not AppealEvent.Saved saved || saved.Version <= (appeal.Sent ?? 0);

    private static Line LineOf(StoryEvent<AppealEvent> one, bool isOwn)
    {
        var kind = AppealBook.Instance.NameOf(one.Event);
        return new Line(
            kind,
            one.At,
            PartyOf(one.Event),
            one.Event switch
            {
                AppealEvent.Saved e => e.Version,
                AppealEvent.Submitted e => e.Version,
                _ => null,
            },
            one.Event switch
            {
                AppealEvent.Refused e => e.Note,
                AppealEvent.Extended e => e.Reason,
                AppealEvent.Decided e => e.Reason,
                // What the desk did about a check that says worse is its own note.
                AppealEvent.Looked e when !isOwn => e.Note,
                AppealEvent.TermsCounted e => CountedTerms.Say(e.Cause, [e.TermNote], "appeal.due."),
                _ => null,
            }
        );
    }

    private static AppealParty PartyOf(AppealEvent happened) =>
        happened switch
        {
            AppealEvent.Begun or AppealEvent.Saved or AppealEvent.Submitted or AppealEvent.Withdrawn =>
                AppealParty.Appellant,
            AppealEvent.Lapsed
            or AppealEvent.Checked
            or AppealEvent.TermsCounted
            or AppealEvent.Erased
            or AppealEvent.Locked => AppealParty.Clock,
            _ => AppealParty.Desk,
        };
}

/// <summary><c>GET /appeals/{id}</c>: its own side, reviewers, and who was named to decide it.</summary>
public static class ShowAppeal
{
    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder appeals) =>
        appeals.MapGet("/{id:guid}", Handle).Produces<AppealView>().For(AppealOpened.Readers);

    private static async Task<IResult> Handle(Guid id, Caller caller, Store store, Law law, CancellationToken ct) =>
        await AppealOpened.Open(store, law, id, caller, ct) is { } opened
            ? Results.Json(AppealView.Of(opened), Cli.JsonFormat)
            : Answers.NotFound;
}
