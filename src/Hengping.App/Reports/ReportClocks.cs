using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Operators;
using Hengping.Rules.Clocks;
using Hengping.Rules.Operators;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>
/// The clocks of a report. They are law for a regulator; everybody else promises the same, and says that it is a
/// promise.
/// </summary>
public static class ReportClocks
{
    private const string Tell = "report.tell";
    private const string Verify = "report.verify";
    private const string Extension = "report.verify-extension";
    private const string Competence = "report.competence";

    /// <summary>When both clocks of a new report end; the earliest days where the calendar is not known yet.</summary>
    public static (DateTimeOffset? TellBy, DateTimeOffset? VerifyBy) Of(Law law, DateTimeOffset received) =>
        (law.Count(Tell, received)?.Due, law.Count(Verify, received)?.Due);

    /// <summary>When the verification ends after its one extension.</summary>
    public static DateTimeOffset? Extended(Law law, Report report) =>
        report.VerifyBy is { } by ? law.Count(Extension, by)?.Due : null;

    /// <summary>When a conflict of competence that begins now must be settled.</summary>
    public static DateTimeOffset? SettledBy(Law law, DateTimeOffset now) => law.Count(Competence, now)?.Due;

    /// <summary>The event with what is to be said of the terms it sets: provisional, or lawful until later.</summary>
    /// <param name="after">The report after it.</param>
    public static ReportEvent Noted(ReportEvent happened, Report after, Law law)
    {
        if (
            happened
            is not (
                ReportEvent.Filed
                or ReportEvent.Extended
                or ReportEvent.Merged
                or ReportEvent.Reopened
                or ReportEvent.Disputed
            )
        )
            return happened;
        var one = happened is ReportEvent.Disputed ? "competence" : "verify";
        var notes = after
            .RunningTerms.Where(t => happened is ReportEvent.Filed || t.Kind == one)
            .Select(t => law.Count(t.Rule, t.From) is { } counted ? TermNote.Of(t.Kind, counted) : null)
            .OfType<TermNote>()
            .ToList();
        return notes.Count == 0 ? happened : happened with { TermNotes = notes };
    }

    /// <summary>The clocks that run, with how they were counted, soonest first.</summary>
    public static IReadOnlyList<ShownDeadline> Shown(Report report, Law law, OperatorKind? kind)
    {
        var ours = LawInForce.For(law, kind);
        return
        [
            .. report
                .RunningTerms.Select(t => ShownDeadline.ByLaw(t, report.NoteOf(t.Kind), ours))
                .OfType<ShownDeadline>()
                .OrderBy(d => d.Due),
        ];
    }
}
