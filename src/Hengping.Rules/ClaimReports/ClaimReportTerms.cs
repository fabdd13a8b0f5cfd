using Hengping.Rules.Clocks;

namespace Hengping.Rules.ClaimReports;

/// <summary>The times a new report gets.</summary>
public sealed record ClaimReportTimes(DateTimeOffset HearBy, DateTimeOffset? DecideBy);

/// <summary>The terms of reports of abnormal claims, by their names in the rulebook.</summary>
public sealed partial record ClaimReport
{
    public const string HearRule = "claim-report.hearing";
    public const string DecideRule = "claim-report.decide";
    public const string AppealRule = "claim-report.appeal";
    public const string ReviewRule = "claim-report.review";

    private const string DecideKind = "claimReport";

    /// <summary>The term that runs now, with what it counts from.</summary>
    public RunningTerm? Running =>
        IsShut ? null
        : ClaimReportLife.IsUndecided(Status) ? new RunningTerm(DecideKind, DecideRule, FiledAt, DecideBy)
        : Status == ClaimReportStatus.Upheld && DecidedAt is { } decided
            ? new RunningTerm("claimAppeal", AppealRule, decided, AppealBy)
        : Status == ClaimReportStatus.Appealed && AppealedAt is { } appealed
            ? new RunningTerm("claimReview", ReviewRule, appealed, ReviewBy)
        : null;

    /// <summary>What is to be said of that term; null where its day says it all.</summary>
    public TermNote? Note { get; init; }

    /// <summary>期限重新计算: what law and calendar of today move; null where nothing moves.</summary>
    /// <param name="count">Counts a rule from an instant; null where none was in force then.</param>
    public ClaimReportEvent? CountAgain(Func<string, DateTimeOffset, Deadline?> count)
    {
        if (Running is not { } term)
            return null;
        var (cause, moved) = TermNote.Again([term], _ => Note, count);
        return moved.Count > 0 ? new ClaimReportEvent.TermsCounted(cause) { TermNote = moved[0] } : null;
    }

    /// <summary>What is to be said of the term that an event sets; null where its day says it all.</summary>
    public TermNote? NoteFor(Func<string, DateTimeOffset, Deadline?> count) =>
        Running is { } term && count(term.Rule, term.From) is { } counted ? TermNote.Of(term.Kind, counted) : null;

    private ClaimReport Counted(TermNote note)
    {
        var said = this with { Note = note is { LateAfter: null, Provisional: null } ? null : note };
        return Status switch
        {
            ClaimReportStatus.Upheld => said with { AppealBy = note.By },
            ClaimReportStatus.Appealed => said with { ReviewBy = note.By },
            _ => said with { DecideBy = note.By },
        };
    }
}
