using Hengping.App.Complaints;
using Hengping.App.RuleRegister;
using Hengping.Rules.Appeals;
using Hengping.Rules.Measures;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.Measures;

/// <summary>A measure as its reader may see it: the statement of reasons.</summary>
/// <param name="Addressee">The merchant; of a person nothing but that it is one, to everybody but the desk.</param>
/// <param name="Words">What it says; of a person's only for them and for the desk. Everybody else reads no long
/// numbers.</param>
/// <param name="Masked">For the desk: there are numbers in it that the public does not read.</param>
/// <param name="Automation">none, partly, fully: how it was decided.</param>
/// <param name="OfOne">Whoever proposed it signed it, too.</param>
/// <param name="Own">The caller proposed it.</param>
/// <param name="Appeal">Until when its addressee can appeal now; null where that is not possible.</param>
/// <param name="RunningAppeal">The last appeal, for addressee and desk; null where none runs or was decided.</param>
/// <param name="Former">What it said before an appeal changed it; null where none did.</param>
/// <param name="Deadlines">The clocks that run.</param>
/// <param name="Turn">Whose turn it is, for this reader.</param>
/// <param name="Can">The verbs whose door answers yes to this caller now.</param>
/// <param name="Events">What happened; what was said only for addressee and desk.</param>
public sealed record MeasureView(
    Guid Id,
    string Number,
    MeasureKind Kind,
    MeasureForm Form,
    MeasureStatus Status,
    MeasureView.Whom Addressee,
    MeasureTarget Target,
    MeasureReason Reason,
    MeasureView.Ground Clause,
    DateOnly FactsOn,
    MeasureSource Source,
    bool DetectedByMachine,
    Automation Automation,
    bool Urgent,
    bool Heavy,
    bool OfOne,
    bool Own,
    bool InEffect,
    bool Public,
    bool Overdue,
    DateTimeOffset ProposedAt,
    DateTimeOffset? SignedAt,
    DateTimeOffset? StartsAt,
    DateOnly? EndsOn,
    DateTimeOffset? EndedAt,
    decimal? Amount,
    string? Money,
    ClosingCause? Cause,
    MeasureWords? Words,
    bool Masked,
    bool Appealed,
    bool Changed,
    string? LiftedBecause,
    IReadOnlyList<Guid> Evidence,
    MeasureView.Term? Appeal,
    MeasureView.Appealing? RunningAppeal,
    MeasureView.Before? Former,
    IReadOnlyList<ShownDeadline> Deadlines,
    MeasureView.Waits? Turn,
    IReadOnlyList<MeasureVerb> Can,
    IReadOnlyList<MeasureView.Line> Events
)
{
    /// <summary>Whom it is addressed to.</summary>
    public sealed record Whom(bool Merchant, Guid? Id, string? Name);

    /// <summary>The clause it stands on, as it was then.</summary>
    public sealed record Ground(ClauseRef Ref, ClauseShown? Shown);

    /// <summary>A term to appeal.</summary>
    /// <param name="Until">As it is.</param>
    /// <param name="Latest">With a reason.</param>
    public sealed record Term(DateTimeOffset Until, DateTimeOffset Latest);

    /// <summary>The addressee's appeal.</summary>
    /// <param name="By">Decided by then; of a draft, and of what was sent back: sent by then.</param>
    /// <param name="Late">A draft whose time to be sent without a reason is over.</param>
    /// <param name="EndedAt">When it was decided.</param>
    public sealed record Appealing(
        Guid Id,
        AppealStatus Status,
        DateTimeOffset? SubmittedAt,
        DateTimeOffset? By,
        DateTimeOffset? EndedAt,
        bool Late = false
    );

    /// <summary>What was until an appeal was decided.</summary>
    public sealed record Before(string? Scope, DateOnly? EndsOn, decimal? Amount);

    /// <summary>Whose turn it is.</summary>
    /// <param name="Who">addressee, reviewer, admin; null where it is the clock's.</param>
    /// <param name="Yours">It is the caller's to do now.</param>
    /// <param name="Right">They may and need not.</param>
    public sealed record Waits(
        MeasureSide? Who,
        MeasureVerb? Verb,
        DateTimeOffset? By,
        bool Yours,
        bool Right,
        Waits.End Otherwise
    )
    {
        /// <summary>In both languages.</summary>
        public sealed record End(string Zh, string En);
    }

    /// <summary>Something that happened.</summary>
    /// <param name="What">The event, as <c>signed</c>.</param>
    /// <param name="By">addressee, desk, clock.</param>
    public sealed record Line(string What, DateTimeOffset At, string By, string? Text);
}
