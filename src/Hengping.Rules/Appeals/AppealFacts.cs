using Hengping.Rules.Clocks;

namespace Hengping.Rules.Appeals;

/// <summary>What an appeal is against, as it stands when it is begun.</summary>
/// <param name="ToldAt">When the appellant was told of it.</param>
/// <param name="DecidedBy">Who decided or signed it.</param>
/// <param name="NotOpen">Why it can't be appealed against; null where it can.</param>
public sealed record TargetFacts(
    AppealTarget Target,
    DateTimeOffset ToldAt,
    IReadOnlyList<Guid> DecidedBy,
    bool IsSafety,
    Refusal? NotOpen = null
);

/// <summary>Whose appeal it is: one of the two.</summary>
public sealed record Appellant(Guid? Merchant, Guid? Account);

/// <summary>When an appeal can be sent.</summary>
/// <param name="InTime">The 7 days are over then.</param>
/// <param name="Until">The 6 months are over then; between the two it needs a reason.</param>
public sealed record AppealWindow(DateTimeOffset InTime, DateTimeOffset Until);

/// <summary>A decision as it was judged.</summary>
/// <param name="Verdicts">One for each statement.</param>
/// <param name="Change">Of a measure that is granted in part: what is left of it.</param>
public sealed record AppealDecision(
    AppealStatus Outcome,
    IReadOnlyList<StatementVerdict> Verdicts,
    string Reason,
    ChangedMeasure? Change = null
);

/// <summary>The terms of appeals, by their names in the rulebook.</summary>
public sealed partial record Appeal
{
    public const string InTimeRule = "measure.appeal";
    public const string LateRule = "appeal.late";
    public const string DraftRule = "appeal.draft";
    public const string ResendRule = "appeal.resend";
    public const string DecideRule = "appeal.decide";
    public const string DecidePersonRule = "appeal.decide-claimant";
    public const string TestingRule = "appeal.testing";
    public const string CheckRule = "appeal.check";

    /// <summary>Who decides has so long: a person's is decided sooner than a shop's.</summary>
    public string DecideBook => Account is null ? DecideRule : DecidePersonRule;

    /// <summary>The term that runs now, with what it counts from.</summary>
    public RunningTerm? Running =>
        IsShut ? null
        : Status == AppealStatus.Submitted && SubmittedAt is { } sent
            ? IsExtended && FirstDecideBy is { } first ? new RunningTerm("appeal", TestingRule, first, DecideBy)
                : new RunningTerm("appeal", DecideBook, sent, DecideBy)
        : null;

    /// <summary>What is to be said of that term; null where its day says it all.</summary>
    public TermNote? Note { get; init; }

    /// <summary>期限重新计算: what law and calendar of today move; null where nothing moves.</summary>
    /// <param name="count">Counts a rule from an instant; null where none was in force then.</param>
    public AppealEvent? CountAgain(Func<string, DateTimeOffset, Deadline?> count)
    {
        if (Running is not { } term)
            return null;
        // What was extended from a day that was provisional is extended from the day that is known.
        if (IsExtended && Note?.Provisional == true && count(DecideBook, SubmittedAt!.Value) is { } first)
            term = term with { From = first.Due };
        var (cause, moved) = TermNote.Again([term], _ => Note, count);
        return moved.Count > 0 ? new AppealEvent.TermsCounted(cause) { TermNote = moved[0] } : null;
    }

    /// <summary>What is to be said of the term that an event sets; null where its day says it all.</summary>
    public TermNote? NoteFor(Func<string, DateTimeOffset, Deadline?> count) =>
        Running is { } term && count(term.Rule, term.From) is { } counted ? TermNote.Of(term.Kind, counted) : null;

    private Appeal Counted(TermNote note) =>
        this with
        {
            Note = note is { LateAfter: null, Provisional: null } ? null : note,
            DecideBy = note.By,
            FirstDecideBy = IsExtended ? FirstDecideBy : note.By,
        };
}
