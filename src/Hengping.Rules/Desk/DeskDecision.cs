using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Desk;

/// <summary>Where a decision of the desk stands.</summary>
public enum DecisionState
{
    /// <summary>待发: nobody but the desk knows of it, and whoever took it can take it back.</summary>
    Waiting,

    /// <summary>已发出: the case has moved.</summary>
    Sent,

    /// <summary>已撤销 in time: nothing ever happened to the case.</summary>
    Undone,

    /// <summary>未发出: when its time came, it could not go out any more.</summary>
    Stopped,
}

/// <summary>
/// 待发决定: what a member of staff decided about a case at the desk, held for some seconds before it goes out. A
/// message that left cannot be called back; a decision that waits can.
/// </summary>
/// <param name="Verb">One of <see cref="Verbs"/>.</param>
/// <param name="CaseVersion">The case as it was decided on: if it has moved since, nothing goes out.</param>
/// <param name="By">Author, as events name them: <c>staff:GUID</c>.</param>
public sealed record DeskDecision(Guid Complaint, Verb Verb, int CaseVersion, DateTimeOffset SendAt, string By)
{
    /// <summary>What can be decided at the desk in one act.</summary>
    public static readonly Verb[] Verbs =
    [
        Verb.Deliver,
        Verb.Return,
        Verb.Decline,
        // What ends a case, opens it again, or moves it out of the ratings or back.
        Verb.Exclude,
        Verb.Include,
        Verb.Terminate,
        Verb.Close,
        Verb.DecideContest,
        Verb.DecideReview,
        Verb.DecideValidity,
        Verb.FindPerformed,
    ];

    /// <summary>Who may decide one of them: the desk, and reviewers what is theirs.</summary>
    public static readonly Role[] Roles = [.. CaseSides.Desk.Roles.Union(CaseSides.Reviewers.Roles)];

    /// <summary>Two decisions about one case cannot wait at once.</summary>
    public static readonly Refusal AlreadyWaiting = new(
        "decision.waiting",
        "这件投诉已有一个决定即将发出",
        "A decision about this case is about to go out"
    );

    /// <summary>Sent, undone or stopped: there is nothing left to take back.</summary>
    public static readonly Refusal Gone = new(
        "decision.gone",
        "这个决定已经发出或已撤销，不能再撤销",
        "This decision has gone out or was undone; it cannot be undone any more"
    );

    /// <summary>What was decided on is not what the case is now.</summary>
    public static readonly Refusal CaseMoved = new(
        "decision.case-moved",
        "等待期间案件有了新情况，决定没有发出，请再看一次",
        "The case moved while the decision waited; it did not go out. Please look again"
    );

    /// <summary>Whoever decided may not decide any more.</summary>
    public static readonly Refusal NoLongerStaff = new(
        "decision.not-staff",
        "作出决定的账户已停用或不再处理投诉，决定没有发出",
        "The account that decided was closed or no longer handles cases; the decision did not go out"
    );

    /// <summary>Where it stands.</summary>
    public DecisionState State { get; private init; }

    /// <summary>When it stopped waiting.</summary>
    public DateTimeOffset? EndedAt { get; private init; }

    /// <summary>Why it did not go out: the code of a refusal.</summary>
    public string? Code { get; private init; }

    /// <summary>撤销, as long as it has not gone out.</summary>
    public Decided<DecisionEvent> Undo() => State == DecisionState.Waiting ? new DecisionEvent.Undone() : Gone;

    /// <summary>Why it must not go out now, or null.</summary>
    /// <param name="isStaff">The account still handles cases.</param>
    public Refusal? Hindrance(int caseVersion, bool isStaff) =>
        !isStaff ? NoLongerStaff
        : caseVersion != CaseVersion ? CaseMoved
        : null;

    /// <summary>The decision after an event.</summary>
    public static DeskDecision Apply(DeskDecision? decision, DecisionEvent happened, DateTimeOffset at, string author)
    {
        if (happened is DecisionEvent.Held held)
            return new DeskDecision(held.Complaint, held.Verb, held.CaseVersion, held.SendAt, author);
        ArgumentNullException.ThrowIfNull(decision);
        return happened switch
        {
            DecisionEvent.Undone => decision with { State = DecisionState.Undone, EndedAt = at },
            DecisionEvent.Stopped e => decision with { State = DecisionState.Stopped, EndedAt = at, Code = e.Code },
            _ => decision with { State = DecisionState.Sent, EndedAt = at },
        };
    }
}

/// <summary>What can happen to a decision of the desk.</summary>
public abstract record DecisionEvent
{
    private DecisionEvent() { }

    /// <summary>Taken, and held until <paramref name="SendAt"/>. Its words are sealed with the case's key.</summary>
    /// <param name="Reason">Code of the reason, the ground or the decision.</param>
    public sealed record Held(Guid Complaint, Verb Verb, int CaseVersion, DateTimeOffset SendAt, string? Reason)
        : DecisionEvent
    {
        /// <summary>What is missing: codes, or the mediator's own words.</summary>
        [Secret]
        public IReadOnlyList<string>? Missing { get; init; }

        /// <summary>Of a non-acceptance as not for daily consumption.</summary>
        [Secret]
        public IReadOnlyList<FactorDraft>? Factors { get; init; }

        /// <summary>Of a contest the respondent it is redirected to, of a reply its number.</summary>
        public string? About { get; init; }

        /// <summary>The words that go with it.</summary>
        [Secret]
        public string? Note { get; init; }
    }

    /// <summary>Taken back in time.</summary>
    public sealed record Undone : DecisionEvent;

    /// <summary>It went out: in the same commit as the case's own event.</summary>
    public sealed record Sent : DecisionEvent;

    /// <summary>It could not go out.</summary>
    /// <param name="Code">Of the refusal that says why.</param>
    public sealed record Stopped(string Code) : DecisionEvent;
}
