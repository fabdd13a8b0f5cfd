using System.Collections.Immutable;
using Hengping.Rules.Operators;

namespace Hengping.Rules.ClaimReports;

/// <summary>
/// 职业索赔举报: a merchant says that one claimant threatens or claims beyond the law. It is decided by a human after the
/// claimant was heard, and touches nothing of the claimant's own complaints, reports and cases.
/// </summary>
public sealed partial record ClaimReport : IErasable<ClaimReportEvent>
{
    public required string Number { get; init; }
    public required Guid Merchant { get; init; }

    /// <summary>Their account; null until they sign in with the phone that was named.</summary>
    public Guid? Claimant { get; init; }

    /// <summary>Keyed hash of the phone that was named.</summary>
    public string? ClaimantPrint { get; init; }
    public Guid? Complaint { get; init; }
    public required Pretext Pretext { get; init; }
    public decimal? Sum { get; init; }

    /// <summary>Keyed prints; none where somebody threatens before any order.</summary>
    public ImmutableList<string> Orders { get; init; } = [];
    public int OldOrders { get; init; }
    public ImmutableList<ClaimProof> Proofs { get; init; } = [];

    /// <summary>Files of the claimant.</summary>
    public ImmutableList<Guid> ClaimantFiles { get; init; } = [];
    public required DateTimeOffset FiledAt { get; init; }
    public ClaimReportStatus Status { get; init; }

    /// <summary>The claimant's time to speak is over then.</summary>
    public DateTimeOffset? HearBy { get; init; }

    /// <summary>The claimant has spoken at least once.</summary>
    public bool WasHeard { get; init; }
    public DateTimeOffset? DecideBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public Guid? Decider { get; init; }
    public ImmutableList<ClaimGround> Grounds { get; init; } = [];
    public DefectFound? Defect { get; init; }
    public DateTimeOffset? AppealBy { get; init; }
    public DateTimeOffset? AppealedAt { get; init; }
    public DateTimeOffset? ReviewBy { get; init; }

    /// <summary>Its orders are out of the metrics.</summary>
    public bool IsOutOfMetrics { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public bool IsErased { get; init; }
    public bool IsLocked { get; init; }

    /// <summary>Nothing that it says can be read.</summary>
    public bool IsShut => IsErased || IsLocked;

    /// <summary>Something still has to happen in its usual course.</summary>
    public bool IsOpen => ClaimReportLife.IsOpen(Status);

    /// <summary>It was decided, or withdrawn, after its day.</summary>
    public bool WasLate { get; init; }

    /// <summary>It was not decided by its day. Nobody is late by a day that is provisional.</summary>
    public bool IsLate(DateTimeOffset now) =>
        WasLate
        || (
            ClaimReportLife.IsUndecided(Status)
            && Note?.Provisional != true
            && (Note?.LateAfter ?? DecideBy) is { } by
            && now > by
        );

    /// <summary>Files one.</summary>
    /// <param name="kind">Who runs the house.</param>
    /// <param name="isHeld">A human looks first (<see cref="ReporterLimit"/>).</param>
    /// <param name="claimant">Their account, where it is known.</param>
    /// <param name="orders">Keyed prints of the orders.</param>
    public static Decided<ClaimReportEvent> File(
        string number,
        ClaimReportDraft draft,
        OperatorKind? kind,
        Guid merchant,
        Guid? claimant,
        IReadOnlyList<string> orders,
        bool isHeld,
        ClaimReportTimes times
    ) =>
        ClaimReportPower.Why(kind) is { } no
            ? no
            : new ClaimReportEvent.Filed(
                number,
                merchant,
                claimant,
                draft.Complaint,
                draft.Pretext,
                draft.Sum,
                orders,
                draft.OldOrders,
                draft.Proofs,
                isHeld,
                isHeld ? null : times.HearBy,
                times.DecideBy
            )
            {
                Words = draft.Words,
            };

    /// <summary>Somebody signed in with the phone that was named: it is theirs from now on.</summary>
    public Decided<ClaimReportEvent> Recognise(Guid account) =>
        IsShut ? Gone
        : Claimant is null ? new ClaimReportEvent.Recognised(account)
        : NotYet;

    /// <summary>A human looked: the claimant is told, and has the time to speak.</summary>
    public Decided<ClaimReportEvent> Admit(DateTimeOffset hearBy) =>
        No(ClaimReportVerb.Admit) is { } no ? no : new ClaimReportEvent.Admitted(hearBy);

    /// <summary>Asks the claimant; their time begins again.</summary>
    public Decided<ClaimReportEvent> Ask(string question, DateTimeOffset hearBy) =>
        No(ClaimReportVerb.Ask) is { } no
            ? no
            : new ClaimReportEvent.Asked(hearBy > HearBy ? hearBy : HearBy ?? hearBy) { Question = question };

    /// <summary>陈述, as often as the claimant wants before the decision.</summary>
    public Decided<ClaimReportEvent> State(Guid account, string text, IReadOnlyList<Guid> evidence) =>
        No(ClaimReportVerb.State) is { } no ? no : new ClaimReportEvent.Stated(account, evidence) { Text = text };

    /// <summary>决定. What is rejected needs nobody's hearing; what is upheld does.</summary>
    /// <param name="outcome">Upheld or rejected.</param>
    /// <param name="appealBy">The claimant's seven days are over then.</param>
    public Decided<ClaimReportEvent> Decide(
        OperatorKind? kind,
        Guid by,
        ClaimReportStatus outcome,
        IReadOnlyList<ClaimGround> grounds,
        DefectFound defect,
        string reason,
        DateTimeOffset? appealBy,
        DateTimeOffset now
    )
    {
        if ((No(ClaimReportVerb.Decide) ?? ClaimReportPower.Why(kind)) is { } no)
            return no;
        var isUpheld = outcome == ClaimReportStatus.Upheld;
        if (isUpheld && WhyNotHeard(now) is { } early)
            return early;
        if (isUpheld != grounds.Count > 0)
            return isUpheld ? NeedsGround : NoGroundToReject;
        return new ClaimReportEvent.Decided(
            outcome,
            by,
            [.. grounds.Distinct().Order()],
            defect,
            isUpheld ? appealBy : null
        )
        {
            Reason = reason,
        };
    }

    /// <summary>Why nothing can be upheld yet; null where the claimant spoke to all that was asked, or had the time.
    /// </summary>
    public Refusal? WhyNotHeard(DateTimeOffset now) =>
        Status == ClaimReportStatus.Held ? NotTold
        : Status == ClaimReportStatus.Hearing && !(now >= HearBy) ? NotHeard
        : null;

    /// <summary>撤回, by the merchant, before anybody decided.</summary>
    public Decided<ClaimReportEvent> Withdraw() =>
        No(ClaimReportVerb.Withdraw) is { } no ? no : new ClaimReportEvent.Withdrawn();

    /// <summary>申诉, within seven days.</summary>
    public Decided<ClaimReportEvent> Appeal(
        Guid account,
        string text,
        IReadOnlyList<Guid> evidence,
        DateTimeOffset? reviewBy,
        DateTimeOffset now
    ) =>
        No(ClaimReportVerb.Appeal) is { } no ? no
        : now > AppealBy ? TooLate
        : new ClaimReportEvent.Appealed(account, evidence, reviewBy) { Text = text };

    /// <summary>The appeal is decided, by somebody who did not decide before.</summary>
    /// <param name="isOverturned">The claimant is right.</param>
    public Decided<ClaimReportEvent> Review(OperatorKind? kind, Guid by, bool isOverturned, string reason) =>
        (No(ClaimReportVerb.Review) ?? ClaimReportPower.Why(kind)) is { } no ? no
        : by == Decider ? OwnDecision
        : new ClaimReportEvent.Reviewed(isOverturned ? ClaimReportStatus.Overturned : ClaimReportStatus.InEffect, by)
        {
            Reason = reason,
        };

    /// <summary>Takes back what is in effect, by somebody who did not decide before.</summary>
    public Decided<ClaimReportEvent> Revoke(OperatorKind? kind, Guid by, string reason) =>
        (No(ClaimReportVerb.Revoke) ?? ClaimReportPower.Why(kind)) is { } no ? no
        : by == Decider ? OwnDecision
        : new ClaimReportEvent.Revoked(by) { Reason = reason };

    /// <summary>Takes effect once nobody appealed.</summary>
    public Decided<ClaimReportEvent> TakeEffect(DateTimeOffset now) =>
        No(ClaimReportVerb.TakeEffect) is { } no ? no
        : now > AppealBy ? new ClaimReportEvent.TookEffect()
        : NotYet;

    /// <summary>What follows for the shop's metrics from where it stands; null where nothing does.</summary>
    public ClaimReportEvent? Metrics(DateTimeOffset now) =>
        Orders.Count == 0 || (Status == ClaimReportStatus.InEffect) == IsOutOfMetrics ? null
        : IsOutOfMetrics ? new ClaimReportEvent.ReturnedToMetrics(Merchant, Number, Orders, now)
        : new ClaimReportEvent.LeftMetrics(Merchant, Number, Orders, now);

    /// <summary>Records that its keys are to be destroyed.</summary>
    /// <param name="because">age, request.</param>
    public Decided<ClaimReportEvent> Erase(string because) => IsErased ? Gone : new ClaimReportEvent.Erased(because);

    /// <summary>Records that its keys open nothing until they are destroyed.</summary>
    public Decided<ClaimReportEvent> Lock() => IsShut ? Gone : new ClaimReportEvent.Locked();

    private Refusal? No(ClaimReportVerb verb) =>
        IsShut ? Gone
        : ClaimReportLife.Allows(Status, verb) ? null
        : ClaimReportLife.WrongState(verb, Status) with { Stood = StoodFor(verb) };
}
