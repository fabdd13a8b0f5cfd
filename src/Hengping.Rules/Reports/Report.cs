using System.Collections.Immutable;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Reports;

/// <summary>
/// 举报: tells of a breach. It has a life of its own: no complaint ends it, and whoever it is about never learns of it.
/// </summary>
public sealed partial record Report : IErasable<ReportEvent>
{
    public required string Number { get; init; }
    public required bool IsAnonymous { get; init; }
    public required string Breach { get; init; }
    public Guid? Respondent { get; init; }
    public Guid? Reporter { get; init; }

    /// <summary>By which it is found where whoever made it has no account; gone with what it says.</summary>
    public string? ContactPrint { get; init; }
    public ImmutableList<Guid> Evidence { get; init; } = [];
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>By when a reporter under their own name hears whether it is taken up.</summary>
    public DateTimeOffset? TellBy { get; init; }
    public DateTimeOffset? VerifyBy { get; init; }

    /// <summary>What an extension counts from.</summary>
    public DateTimeOffset? FirstVerifyBy { get; init; }
    public ReportStatus Status { get; init; }
    public bool IsExtended { get; init; }

    /// <summary>Why it was not taken up.</summary>
    public string? Reason { get; init; }
    public ReportMeasure? Measure { get; init; }
    public string? Authority { get; init; }

    /// <summary>The account by which the authority reads it: no name opens it.</summary>
    public Guid? AuthorityAccount { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its reporter withdrew it.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>Ground of a 保全 in force: it is not erased.</summary>
    public string? Hold { get; init; }
    public bool IsErased { get; init; }

    /// <summary>Kept by law and read by nobody until it is erased.</summary>
    public bool IsLocked { get; init; }

    /// <summary>Nothing that it says can be read.</summary>
    public bool IsShut => IsErased || IsLocked;

    /// <summary>Somebody still has to decide.</summary>
    public bool IsOpen => Status is ReportStatus.Received or ReportStatus.Accepted;

    /// <summary>The clock a queue is sorted by.</summary>
    public (string Kind, DateTimeOffset Due)? Next =>
        IsLocked ? null
        : IsOpen && SettleBy is { } settle ? ("competence", settle)
        : Status == ReportStatus.Received && TellBy is { } tell ? ("tell", tell)
        : IsOpen && VerifyBy is { } verify ? ("verify", verify)
        : null;

    /// <summary>
    /// When a report counts as received: of an anonymous one only the day is kept, so that its time does not point at a
    /// complaint of the same minute. The clocks count days.
    /// </summary>
    public static DateTimeOffset TimeOf(bool isAnonymous, DateTimeOffset now) =>
        isAnonymous ? Shanghai.StartOf(Shanghai.DayOf(now)).ToUniversalTime() : now;

    /// <summary>受理.</summary>
    public Decided<ReportEvent> Accept() => No(ReportVerb.Accept) is { } no ? no : new ReportEvent.Accepted();

    /// <summary>不予受理.</summary>
    /// <param name="goTo">Who is competent, of <see cref="NotCompetent"/> alone.</param>
    public Decided<ReportEvent> Decline(string reason, string note, string? goTo = null) =>
        No(ReportVerb.Decline) is { } no ? no : new ReportEvent.Declined(reason) { Note = note, GoTo = goTo };

    /// <summary>延长: once, and before the first term is over.</summary>
    public Decided<ReportEvent> Extend(string reason, DateTimeOffset? until, DateTimeOffset now) =>
        No(ReportVerb.Extend) is { } no ? no
        : IsExtended ? AlreadyExtended
        : IsLateToVerify(now) ? TooLateToExtend(LastToVerify)
        : new ReportEvent.Extended(until) { Reason = reason };

    /// <summary>核查结论.</summary>
    /// <param name="ownMeasures">Whether the operator may act itself: a marketplace alone.</param>
    public Decided<ReportEvent> Conclude(
        ReportStatus outcome,
        ReportMeasure? measure,
        string? authority,
        string text,
        bool ownMeasures,
        Guid? account = null
    ) =>
        No(ReportVerb.Conclude) is { } no ? no
        : measure == ReportMeasure.OwnMeasure && !ownMeasures ? NotYourPower
        : new ReportEvent.Concluded(outcome, measure, authority) { Account = account, Text = text };

    /// <summary>重新核查: somebody who did not decide found that it should not have been turned down.</summary>
    public Decided<ReportEvent> Reopen(Guid appeal, DateTimeOffset? verifyBy) =>
        No(ReportVerb.Reopen) is { } no ? no : new ReportEvent.Reopened(appeal, verifyBy);

    /// <summary>A word from the desk to the reporter, whatever the status.</summary>
    public Decided<ReportEvent> Tell(string text) =>
        No(ReportVerb.Tell) is { } no ? no : new ReportEvent.Told { Text = text };

    /// <summary>More from the reporter, while it is open.</summary>
    public Decided<ReportEvent> Add(string? text, IReadOnlyList<Guid> evidence, FileOrigin? origin = null) =>
        No(ReportVerb.Add) is { } no ? no
        : Evidence.Count + evidence.Count > EvidenceMax ? TooMuchEvidence
        : new ReportEvent.Added(evidence) { Text = text, Origin = OriginOf(evidence, origin) };

    // Where nothing was brought nothing came from anywhere.
    private static FileOrigin? OriginOf(IReadOnlyList<Guid> evidence, FileOrigin? origin) =>
        evidence.Count > 0 ? origin : null;

    /// <summary>撤回, by whoever made it, while it is open.</summary>
    public Decided<ReportEvent> Withdraw() =>
        No(ReportVerb.Withdraw) is { } no ? no
        : IsWithdrawn ? AlreadyWithdrawn
        : new ReportEvent.Withdrawn();

    /// <summary>依法保全, in any status.</summary>
    /// <param name="ground">A code of the taxonomy; the reason is for staff.</param>
    public Decided<ReportEvent> PlaceHold(string ground, string reason) =>
        No(ReportVerb.Hold) is { } no ? no
        : Hold is null ? new ReportEvent.HoldPlaced(ground) { Reason = reason }
        : AlreadyHeld;

    /// <summary>保全解除.</summary>
    public Decided<ReportEvent> LiftHold(string reason) =>
        No(ReportVerb.LiftHold) is { } no ? no
        : Hold is { } ground ? new ReportEvent.HoldLifted(ground) { Reason = reason }
        : NotHeld;

    /// <summary>Records that its keys are to be destroyed.</summary>
    /// <param name="because">age, request.</param>
    public Decided<ReportEvent> Erase(string because) =>
        IsErased ? Gone
        : Hold is null ? new ReportEvent.Erased(because)
        : OnHold(Number);

    /// <summary>Records that its keys open nothing until they are destroyed.</summary>
    public Decided<ReportEvent> Lock() =>
        IsShut ? Gone
        : Hold is null ? new ReportEvent.Locked()
        : OnHold(Number);

    /// <summary>The report after an event.</summary>
    public static Report Fold(Report? state, ReportEvent happened, DateTimeOffset at)
    {
        var next = After(state, happened, at);
        return next.Status == state?.Status ? next : next with { MovedAt = at };
    }

    private static Report After(Report? state, ReportEvent happened, DateTimeOffset at) =>
        happened switch
        {
            ReportEvent.TermsCounted e => e.TermNotes!.Aggregate(state!, (r, note) => r.Counted(note)),
            ReportEvent.Filed e => new Report
            {
                TermNotes = [.. e.TermNotes ?? []],
                Number = e.Number,
                IsAnonymous = e.IsAnonymous,
                Breach = e.Breach,
                Respondent = e.Respondent,
                Reporter = e.Reporter,
                ContactPrint = e.ContactPrint,
                Evidence = [.. e.Evidence],
                ReceivedAt = at,
                CountedFrom = at,
                Earlier = e.Earlier,
                TellBy = e.TellBy,
                VerifyBy = e.VerifyBy,
                FirstVerifyBy = e.VerifyBy,
            },
            ReportEvent.Accepted => state! with { Status = ReportStatus.Accepted, SettleBy = null },
            ReportEvent.Disputed e => state! with
            {
                DisputedAt = at,
                SettleBy = e.SettleBy,
                TermNotes = [.. state.TermNotes, .. e.TermNotes ?? []],
            },
            ReportEvent.Reopened e => state! with
            {
                Status = ReportStatus.Accepted,
                Reason = null,
                GoTo = null,
                EndedAt = null,
                CountedFrom = at,
                IsExtended = false,
                VerifyBy = e.VerifyBy,
                FirstVerifyBy = e.VerifyBy,
                TermNotes = [.. e.TermNotes ?? []],
            },
            ReportEvent.Merged e => state! with
            {
                Evidence = state.Evidence.AddRange(e.Evidence),
                CountedFrom = at,
                IsExtended = false,
                VerifyBy = e.VerifyBy,
                FirstVerifyBy = e.VerifyBy,
                TermNotes = [.. state.TermNotes.Where(n => n.Kind != "verify"), .. e.TermNotes ?? []],
            },
            ReportEvent.Declined e => state! with
            {
                Status = ReportStatus.NotAccepted,
                Reason = e.Reason,
                GoTo = e.GoTo,
                EndedAt = at,
            },
            ReportEvent.Extended e => state! with
            {
                IsExtended = true,
                VerifyBy = e.VerifyBy,
                TermNotes = [.. state.TermNotes.Where(n => n.Kind != "verify"), .. e.TermNotes ?? []],
            },
            ReportEvent.Concluded e => state! with
            {
                Status = e.Outcome,
                Measure = e.Measure,
                Authority = e.Authority,
                AuthorityAccount = e.Account,
                EndedAt = at,
            },
            ReportEvent.Added e => state! with { Evidence = state.Evidence.AddRange(e.Evidence) },
            ReportEvent.Told => state!,
            ReportEvent.Withdrawn => state!.Status == ReportStatus.Received
                ? state with
                {
                    IsWithdrawn = true,
                    Status = ReportStatus.Withdrawn,
                    EndedAt = at,
                }
                : state with
                {
                    IsWithdrawn = true,
                },
            ReportEvent.HoldPlaced e => state! with { Hold = e.Ground },
            ReportEvent.HoldLifted => state! with { Hold = null },
            // Nothing goes on with what nobody reads: its term runs from here.
            ReportEvent.Locked => state! with { IsLocked = true, EndedAt = state.EndedAt ?? at, ContactPrint = null },
            ReportEvent.Erased => state! with { IsErased = true, IsLocked = false, ContactPrint = null },
            _ => throw new InvalidOperationException($"unknown event {happened}"),
        };

    private Refusal? No(ReportVerb verb) =>
        IsShut ? Gone
        : ReportLife.Allows(Status, verb) ? null
        : ReportLife.WrongState(verb, Status) with { Stood = StoodFor(verb) };
}
