using Hengping.App.Clocks;
using Hengping.App.Measures;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Appeals;
using Hengping.Rules.Measures;
using Hengping.Rules.Reports;

namespace Hengping.App.Appeals;

/// <summary>What is appealed against, found for somebody it is addressed to.</summary>
public sealed record FoundTarget(TargetFacts Facts, Appellant Appellant);

/// <summary>
/// What appeals are against, and what becomes of it in the same commit: a measure is undone or changed, a report is
/// taken up again.
/// </summary>
public static class AppealTargets
{
    private const string Staff = "staff:";

    private static readonly Refusal NotRejected = new(
        "appeal.not-rejected",
        "这件举报还没有不予受理或未发现违法的决定，不需要申诉",
        "This report has not been turned down; there is nothing to appeal against"
    );

    /// <summary>What a caller wants to appeal against; null where it is unknown or none of theirs.</summary>
    public static Task<FoundTarget?> Find(Store store, AppealTarget target, Caller caller, CancellationToken ct) =>
        target.Kind == AppealTargetKind.Measure
            ? OfMeasure(store, target, caller, ct)
            : OfReport(store, target, caller, ct);

    private static async Task<FoundTarget?> OfMeasure(
        Store store,
        AppealTarget target,
        Caller caller,
        CancellationToken ct
    )
    {
        var loaded = await store.Load(MeasureBook.Instance, target.Id, ct);
        // Of what they were not told yet they do not know that it is there.
        if (
            loaded.State is not { } measure
            || MeasureSides.Of(measure, caller) != MeasureSide.Addressee
            || !MeasureSides.IsTold(measure)
        )
            return null;
        var facts = new TargetFacts(
            target,
            measure.ToldAt ?? measure.ProposedAt,
            [.. new[] { measure.DecidedBy, measure.ProposedBy }.Distinct()],
            measure.IsSafety,
            measure.Why(MeasureVerb.Appeal, MeasureSide.Appeals, Guid.Empty, store.Now)
        );
        return new FoundTarget(
            facts,
            measure.Addressee.IsMerchant
                ? new Appellant(measure.Addressee.Id, Account: null)
                : new Appellant(Merchant: null, measure.Addressee.Id)
        );
    }

    private static async Task<FoundTarget?> OfReport(
        Store store,
        AppealTarget target,
        Caller caller,
        CancellationToken ct
    )
    {
        var story = await store.ReadStory(ReportBook.Instance, target.Id, ct);
        Report? report = null;
        foreach (var one in story)
            report = Report.Fold(report, one.Event, one.At);
        if (report is null || report.IsShut || report.Reporter != caller.Account || caller.Role != Role.Claimant)
            return null;
        var deciders = story
            .Where(one => one.Event is ReportEvent.Declined or ReportEvent.Concluded)
            .Select(one => one.Author)
            .Where(author => author.StartsWith(Staff, StringComparison.Ordinal))
            .Select(author => Guid.Parse(author[Staff.Length..]))
            .Distinct()
            .ToList();
        var isRejected = report.Status is ReportStatus.NotAccepted or ReportStatus.NotFound;
        var facts = new TargetFacts(
            target,
            report.EndedAt ?? report.ReceivedAt,
            deciders,
            IsSafety: false,
            isRejected ? null : NotRejected
        );
        return new FoundTarget(facts, new Appellant(Merchant: null, caller.Account));
    }

    /// <summary>
    /// What becomes of it by what happened to the appeal, for the same commit; why it can't be.
    /// </summary>
    public static async Task<(Change? Change, Refusal? No)> Follows(
        Store store,
        Law law,
        AppealTarget target,
        (Guid Id, AppealEvent Happened, Appeal Before) appeal,
        string author,
        CancellationToken ct
    )
    {
        if (target.Kind == AppealTargetKind.Measure)
        {
            var loaded = await store.Load(MeasureBook.Instance, target.Id, ct);
            if (loaded.State is not { } measure || InMeasure(measure, appeal, store.Now) is not { } decided)
                return (null, null);
            return decided.Event is { } happened
                ? (store.Change(MeasureBook.Instance, loaded, store.Now, author, [happened]), null)
                : (null, decided.Refusal);
        }
        if (appeal.Happened is not AppealEvent.Decided { Outcome: AppealStatus.Overturned })
            return (null, null);
        var report = await store.Load(ReportBook.Instance, target.Id, ct);
        if (report.State is null)
            return (null, null);
        var (_, verifyBy) = ReportClocks.Of(law, store.Now);
        var reopened = report.State.Reopen(appeal.Id, verifyBy);
        if (reopened.Event is not { } again)
            return (null, reopened.Refusal);
        var noted = ReportClocks.Noted(again, Report.Fold(report.State, again, store.Now), law);
        return (store.Change(ReportBook.Instance, report, store.Now, author, [noted]), null);
    }

    // What lapsed meanwhile has nothing left to be undone; the appeal is decided all the same.
    private static Decided<MeasureEvent>? InMeasure(
        Measure measure,
        (Guid Id, AppealEvent Happened, Appeal Before) appeal,
        DateTimeOffset now
    )
    {
        switch (appeal.Happened)
        {
            case AppealEvent.Submitted when !measure.IsAppealOpen:
                return measure.Appealing(appeal.Id, now);
            case AppealEvent.Withdrawn or AppealEvent.Lapsed when IsHeld(measure, appeal.Id):
                return measure.EndAppeal(appeal.Id, now);
            case AppealEvent.Decided { Outcome: AppealStatus.Partly } e:
                var (reason, change) = (e.Reason ?? "", e.Change);
                return measure.Change(appeal.Id, reason, now, change?.EndsOn, change?.Amount, change?.Scope, e.By);
            case AppealEvent.Decided e when MeasureLife.Allows(measure.Status, VerbOf(e)):
                return e.Outcome == AppealStatus.Overturned
                    ? measure.Overturn(appeal.Id, e.Reason ?? "", now, e.By)
                    : measure.Uphold(appeal.Id, e.By, now);
            default:
                return null;
        }
    }

    private static bool IsHeld(Measure measure, Guid appeal) =>
        measure.Appeal == appeal && measure.IsAppealOpen && MeasureLife.Allows(measure.Status, MeasureVerb.EndAppeal);

    private static MeasureVerb VerbOf(AppealEvent.Decided decided) =>
        decided.Outcome == AppealStatus.Overturned ? MeasureVerb.Overturn : MeasureVerb.Uphold;
}
