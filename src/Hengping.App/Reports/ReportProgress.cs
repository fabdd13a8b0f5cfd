using System.Globalization;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Operators;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>A report as its reporter follows it.</summary>
/// <param name="Reason">Code of why it was not taken up.</param>
/// <param name="GoTo">Who is competent, where this body is not.</param>
/// <param name="Earlier">Number of an ended report to which it adds.</param>
/// <param name="Decision">What was written to the reporter with the decision.</param>
/// <param name="CanAdd">It is open: more can be added.</param>
/// <param name="Withdrawn">Its reporter withdrew it; what was taken up goes on all the same.</param>
/// <param name="CanWithdraw">It is open, and was not withdrawn.</param>
public sealed record ReportProgress(
    string Number,
    ReportStatus Status,
    string StatusText,
    string Help,
    bool Anonymous,
    string Breach,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? EndedAt,
    bool Extended,
    string? Reason,
    ReportMeasure? Measure,
    string? Authority,
    string? GoTo,
    string? Earlier,
    string? Decision,
    string? OtherRoutes,
    bool CanAdd,
    bool Withdrawn,
    bool CanWithdraw,
    IReadOnlyList<ShownDeadline> Deadlines,
    IReadOnlyList<ReportProgress.Line> Messages
)
{
    /// <summary>One step: what happened, and what either side wrote.</summary>
    /// <param name="What">filed, accepted, declined, disputed, merged, extended, concluded, told, added, withdrawn,
    /// held, holdLifted, termsCounted, locked, erased.</param>
    /// <param name="By">reporter, staff or clock.</param>
    /// <param name="Files">How many files came with it.</param>
    /// <param name="Origin">Where these come from, as far as it was said.</param>
    public sealed record Line(DateTimeOffset At, string What, string By, string? Text, int Files, FileOrigin? Origin);

    /// <summary>The report of now.</summary>
    public static async Task<ReportProgress> Of(Store store, Law law, Guid id, OperatorKind? kind, CancellationToken ct)
    {
        var story = await store.ReadStory(ReportBook.Instance, id, ct);
        Report? report = null;
        foreach (var one in story)
            report = Report.Fold(report, one.Event, one.At);
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        var (zh, en) = ReportLife.Name(report!.Status);
        var help = ReportLife.Help(report.Status);
        var routes = ReportLife.OtherRoutes;
        return new ReportProgress(
            report.Number,
            report.Status,
            english ? en : zh,
            english ? help.En : help.Zh,
            report.IsAnonymous,
            report.Breach,
            report.ReceivedAt,
            report.EndedAt,
            report.IsExtended,
            report.Reason,
            report.Measure,
            report.Authority,
            report.GoTo,
            report.Earlier,
            story.Select(t => t.Event).Select(DecisionOf).LastOrDefault(text => text is not null),
            report.Status != ReportStatus.NotAccepted ? null
                : english ? routes.En
                : routes.Zh,
            ReportLife.Allows(report.Status, ReportVerb.Add) && !report.IsShut,
            report.IsWithdrawn,
            report.Withdraw().Event is not null,
            ReportClocks.Shown(report, law, kind),
            [.. story.Select(t => LineOf(t, isStaff: false))]
        );
    }

    /// <summary>One event as its reporter, or the desk, reads it. Why it is held may be part of an
    /// investigation.</summary>
    public static Line LineOf(StoryEvent<ReportEvent> one, bool isStaff)
    {
        var (what, by, text, files) = one.Event switch
        {
            ReportEvent.Filed e => ("filed", "reporter", e.Story?.Text, e.Evidence.Count),
            ReportEvent.Accepted => ("accepted", "staff", null, 0),
            ReportEvent.Declined e => ("declined", "staff", e.Note, 0),
            ReportEvent.Disputed e => ("disputed", "staff", e.With, 0),
            ReportEvent.Merged e => ("merged", "reporter", e.Text, e.Evidence.Count),
            ReportEvent.Extended e => ("extended", "staff", e.Reason, 0),
            ReportEvent.Concluded e => ("concluded", "staff", e.Text, 0),
            ReportEvent.Reopened => ("reopened", "staff", null, 0),
            ReportEvent.Told e => ("told", "staff", e.Text, 0),
            ReportEvent.Added e => ("added", "reporter", e.Text, e.Evidence.Count),
            ReportEvent.Withdrawn => ("withdrawn", "reporter", null, 0),
            ReportEvent.TermsCounted e => ("termsCounted", "clock", CountedTerms.Say(e.Cause, e.TermNotes!), 0),
            ReportEvent.HoldPlaced e => ("held", "staff", isStaff ? e.Reason : null, 0),
            ReportEvent.HoldLifted e => ("holdLifted", "staff", isStaff ? e.Reason : null, 0),
            ReportEvent.Locked => ("locked", "clock", null, 0),
            _ => ("erased", "clock", null, 0),
        };
        return new Line(one.At, what, by, text, files, OriginOf(one.Event));
    }

    private static FileOrigin? OriginOf(ReportEvent happened) =>
        happened switch
        {
            ReportEvent.Filed e => e.Origin,
            ReportEvent.Merged e => e.Origin,
            ReportEvent.Added e => e.Origin,
            _ => null,
        };

    private static string? DecisionOf(ReportEvent happened) =>
        happened switch
        {
            ReportEvent.Declined e => e.Note,
            ReportEvent.Concluded e => e.Text,
            // What was said before holds no more.
            ReportEvent.Reopened => "",
            _ => null,
        };
}
