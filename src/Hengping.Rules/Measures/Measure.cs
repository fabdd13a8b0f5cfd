using System.Collections.Immutable;
using Hengping.Rules.RuleRegister;

namespace Hengping.Rules.Measures;

/// <summary>
/// 处置措施: what an operator does to a shop, a listing or an account, with its statement of reasons. People decide it,
/// the addressee is told at once and can answer, ask for a human and appeal; nothing goes on without an end.
/// </summary>
public sealed partial record Measure : IErasable<MeasureEvent>
{
    public required string Number { get; init; }
    public required MeasureKind Kind { get; init; }
    public required MeasureForm Form { get; init; }
    public required MeasureAddressee Addressee { get; init; }
    public required MeasureTarget Target { get; init; }
    public required MeasureReason Reason { get; init; }
    public required ClauseRef Clause { get; init; }
    public required DateOnly FactsOn { get; init; }
    public required MeasureSource Source { get; init; }
    public required bool DetectedByMachine { get; init; }
    public required Automation Automation { get; init; }

    /// <summary>The account that proposed it.</summary>
    public required Guid ProposedBy { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
    public bool IsUrgent { get; init; }
    public MeasureStatus Status { get; init; }
    public DateTimeOffset? AnswerBy { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>A human signs, or drops it, by then.</summary>
    public DateTimeOffset? SignBy { get; init; }
    public Guid? SignedBy { get; init; }
    public DateTimeOffset? SignedAt { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateOnly? EndsOn { get; init; }
    public decimal? Amount { get; init; }
    public ClosingCause? Cause { get; init; }
    public ImmutableList<Guid> Evidence { get; init; } = [];

    /// <summary>How many of these the addressee brought: each side has its own number of files.</summary>
    public int FilesOfAddressee { get; init; }
    public DateTimeOffset? AppealBy { get; init; }

    /// <summary>A stop of a listing that nobody signed within its day.</summary>
    public DateTimeOffset? OverdueAt { get; init; }
    public DateTimeOffset? HumanAskedAt { get; init; }
    public DateTimeOffset? HumanBy { get; init; }
    public DateTimeOffset? LookedAt { get; init; }
    public DateTimeOffset? StatedAt { get; init; }

    /// <summary>An IP measure is lifted then.</summary>
    public DateTimeOffset? SuitBy { get; init; }
    public DateTimeOffset? SuedAt { get; init; }
    public Guid? Appeal { get; init; }
    public bool IsAppealOpen { get; init; }
    public bool IsChanged { get; init; }
    public bool IsMoneyTaken { get; init; }
    public string? LiftedBecause { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public bool IsErased { get; init; }
    public bool IsLocked { get; init; }

    /// <summary>When it last changed in a way that the public reads: a correction stands where the measure stood.
    /// </summary>
    public DateTimeOffset? PublicAt { get; init; }

    /// <summary>Nothing that it says can be read.</summary>
    public bool IsShut => IsErased || IsLocked;

    /// <summary>Announced first, and signed by another than proposed it.</summary>
    public bool IsHeavy => MeasureKinds.IsHeavy(Kind);

    /// <summary>The ground is personal safety.</summary>
    public bool IsSafety => Reason == MeasureReason.Safety;

    /// <summary>It follows a notice of whoever holds a right (电商法 arts. 42–44).</summary>
    public bool IsIpNotice => Reason == MeasureReason.IpNotice;

    /// <summary>Who answers for the decision: whoever signed, or whoever let it go first.</summary>
    public Guid DecidedBy => SignedBy ?? ProposedBy;

    /// <summary>Whoever proposed it signed it, too: where it is not heavy that may be, and its paper says so.</summary>
    public bool IsOfOne => SignedBy is { } signer && signer == ProposedBy;

    /// <summary>It has effect, signed or not.</summary>
    public bool IsInEffect => Status == MeasureStatus.InForce || (Status == MeasureStatus.Proposed && IsUrgent);

    /// <summary>When the addressee was told of what is in effect; null where nothing is yet.</summary>
    public DateTimeOffset? ToldAt => SignedAt ?? (IsUrgent ? ProposedAt : null);

    /// <summary>The money is kept apart until the appeal is over.</summary>
    public bool IsMoneyHeld =>
        MeasureKinds.IsMoney(Kind) && SignedAt is not null && !IsMoneyTaken && Status == MeasureStatus.InForce;

    /// <summary>Whether the addressee waits for a human who was asked for.</summary>
    public bool IsHumanDue => HumanAskedAt is not null && LookedAt is null && MeasureLife.IsOpen(Status);

    /// <summary>
    /// Whether everybody reads of it. A marketplace publishes what is signed, and what should long be signed; what a
    /// regulator orders or others recommend is published by their own rules, in other rooms.
    /// </summary>
    public bool IsPublic => Form == MeasureForm.Decision && (SignedAt is not null || OverdueAt is not null) && !IsShut;

    /// <summary>Whether an urgent one without a signature stays: the stop of a listing does.</summary>
    public bool StaysUnsigned => MeasureKinds.IsStop(Kind) && Target.Kind == TargetKind.Listing;

    /// <summary>The clock that a queue is sorted by.</summary>
    public (string Kind, DateTimeOffset Due)? Next => IsShut ? null : new[]
            {
                IsHumanDue && HumanBy is { } human ? ("human", human) : ((string, DateTimeOffset)?)null,
                Status is MeasureStatus.Proposed && SignBy is { } sign ? ("sign", sign) : null,
                Status is MeasureStatus.Announced
                    ? AnsweredAt is null
                        ? ("answer", AnswerBy!.Value)
                        : ("sign", SignBy ?? AnswerBy!.Value)
                    : null,
                Status is MeasureStatus.InForce && SuitBy is { } suit && SuedAt is null ? ("suit", suit) : null,
            }.Where(next => next is not null).MinBy(next => next!.Value.Item2);

    /// <summary>When the clock has something to do; null where it has not.</summary>
    public DateTimeOffset? TickAt =>
        IsShut ? null
        : Status == MeasureStatus.Proposed
            ? IsUrgent && OverdueAt is null ? SignBy
                : null
        : Status == MeasureStatus.Notified ? StartsAt
        : Status != MeasureStatus.InForce ? null
        : new[]
        {
            EndsOn is { } day ? Clocks.Shanghai.EndOf(day) : (DateTimeOffset?)null,
            SuedAt is null ? SuitBy : null,
            IsMoneyHeld && !IsAppealOpen ? AppealBy : null,
        }.Min();

    /// <summary>What the clock does now; null where it does nothing.</summary>
    public MeasureEvent? Tick(DateTimeOffset now)
    {
        if (TickAt is not { } at || at >= now)
            return null;
        if (Status == MeasureStatus.Proposed)
            return StaysUnsigned ? new MeasureEvent.Overdue() : new MeasureEvent.Lapsed();
        if (Status == MeasureStatus.Notified)
            return new MeasureEvent.Started();
        if (SuedAt is null && SuitBy < now)
            return new MeasureEvent.Lifted(By: null, NoSuit);
        if (EndsOn is { } day && Clocks.Shanghai.EndOf(day) < now)
            return new MeasureEvent.Ended();
        return new MeasureEvent.MoneyTaken();
    }

    /// <summary>The measure after an event.</summary>
    public static Measure Fold(Measure? state, MeasureEvent happened, DateTimeOffset at)
    {
        var next = (happened is MeasureEvent.Proposed e ? Begun(e, at) : state!.After(happened, at)).Noted(happened);
        if (next.Status != state?.Status)
            next = next with { MovedAt = at };
        return
            next.IsPublic
            && happened is not (MeasureEvent.HumanAsked or MeasureEvent.Looked or MeasureEvent.TermsCounted)
            ? next with
            {
                PublicAt = at,
            }
            : next;
    }

    private static Measure Begun(MeasureEvent.Proposed e, DateTimeOffset at) =>
        new()
        {
            Number = e.Number,
            Kind = e.Kind,
            Form = e.Form,
            Addressee = e.Addressee,
            Target = e.Target,
            Reason = e.Reason,
            Clause = e.Clause,
            FactsOn = e.FactsOn,
            Source = e.Source,
            DetectedByMachine = e.DetectedByMachine,
            Automation = e.Automation,
            ProposedBy = e.By,
            ProposedAt = at,
            IsUrgent = e.IsUrgent,
            Status = e.AnswerBy is null ? MeasureStatus.Proposed : MeasureStatus.Announced,
            AnswerBy = e.AnswerBy,
            SignBy = e.SignBy,
            StartsAt = e.IsUrgent ? at : null,
            EndsOn = e.EndsOn,
            Amount = e.Amount,
            Cause = e.Cause,
            Evidence = [.. e.Evidence],
        };

    private Measure After(MeasureEvent happened, DateTimeOffset at) =>
        happened switch
        {
            MeasureEvent.Answered e => this with
            {
                AnsweredAt = at,
                SignBy = e.DecideBy,
                Evidence = Evidence.AddRange(e.Evidence),
                FilesOfAddressee = FilesOfAddressee + e.Evidence.Count,
            },
            MeasureEvent.Signed e => this with
            {
                Status = (StartsAt ?? e.StartsAt) > at ? MeasureStatus.Notified : MeasureStatus.InForce,
                SignedBy = e.By,
                SignedAt = at,
                StartsAt = StartsAt ?? e.StartsAt,
                AppealBy = e.AppealBy,
                // Whoever signs has looked.
                LookedAt = LookedAt ?? (HumanAskedAt is null ? null : at),
            },
            MeasureEvent.Started => this with { Status = MeasureStatus.InForce },
            MeasureEvent.Dropped => Over(MeasureStatus.Dropped, at),
            MeasureEvent.Lapsed => Over(MeasureStatus.Lapsed, at),
            MeasureEvent.Overdue => this with { OverdueAt = at },
            MeasureEvent.HumanAsked e => this with
            {
                HumanAskedAt = at,
                HumanBy = e.HumanBy,
                LookedAt = null,
                Evidence = Evidence.AddRange(e.Evidence),
                FilesOfAddressee = FilesOfAddressee + e.Evidence.Count,
            },
            MeasureEvent.Looked => this with { LookedAt = at },
            MeasureEvent.Lifted e => Over(MeasureStatus.Lifted, at) with { LiftedBecause = e.Because },
            MeasureEvent.Ended => Over(MeasureStatus.Ended, at),
            MeasureEvent.Stated e => this with
            {
                StatedAt = at,
                SuitBy = e.SuitBy,
                Evidence = Evidence.AddRange(e.Evidence),
                FilesOfAddressee = FilesOfAddressee + e.Evidence.Count,
            },
            MeasureEvent.Sued => this with { SuedAt = at },
            // A sum that is taken has no further effect: nothing is left to lift.
            MeasureEvent.MoneyTaken => Over(MeasureStatus.Ended, at) with { IsMoneyTaken = true },
            MeasureEvent.Appealed e => this with { Appeal = e.Appeal, IsAppealOpen = true },
            MeasureEvent.AppealEnded => this with { Appeal = null, IsAppealOpen = false },
            MeasureEvent.Upheld => this with { IsAppealOpen = false },
            MeasureEvent.Overturned e => Over(MeasureStatus.Overturned, at) with
            {
                Appeal = e.Appeal,
                IsAppealOpen = false,
            },
            MeasureEvent.Changed e => this with
            {
                Appeal = e.Appeal,
                IsAppealOpen = false,
                IsChanged = true,
                EndsOn = e.EndsOn ?? EndsOn,
                Amount = e.Amount ?? Amount,
            },
            MeasureEvent.TermsCounted e => e.TermNotes!.Aggregate(this, (m, note) => m.Counted(note)),
            MeasureEvent.Locked => this with { IsLocked = true, EndedAt = EndedAt ?? at },
            MeasureEvent.Erased => this with { IsErased = true, IsLocked = false, EndedAt = EndedAt ?? at },
            _ => throw new InvalidOperationException($"unknown event {happened}"),
        };

    private Measure Over(MeasureStatus status, DateTimeOffset at) => this with { Status = status, EndedAt = at };
}
