namespace Hengping.Rules.Complaints;

/// <summary>What waits in a case.</summary>
public enum TurnKind
{
    /// <summary>The desk reads a filing.</summary>
    Screen,

    /// <summary>The claimant completes what was returned.</summary>
    Complete,

    /// <summary>The respondent answers.</summary>
    Answer,

    /// <summary>The respondent has answered, and it does not count.</summary>
    AnswerAgain,

    /// <summary>The desk reaches a respondent that nobody has reached.</summary>
    Reach,

    /// <summary>The claimant may ask for mediation: nobody has answered for long enough.</summary>
    AskMediation,

    /// <summary>The claimant may say what they think of the contest.</summary>
    SpeakToContest,

    /// <summary>The desk decides it.</summary>
    DecideContest,

    /// <summary>The claimant says whether the answer will do.</summary>
    Judge,

    /// <summary>An offer is answered.</summary>
    AnswerOffer,

    /// <summary>A matter of the joint complaint is answered.</summary>
    AnswerJoint,

    /// <summary>The desk says whether it is one dispute.</summary>
    ConfirmJoint,

    /// <summary>An invitation to a joint complaint is answered.</summary>
    AnswerInvitation,

    /// <summary>The desk brings a mediation to its end.</summary>
    Mediate,

    /// <summary>The desk goes on with one that stands still.</summary>
    Resume,

    /// <summary>The respondent does what was agreed.</summary>
    Perform,

    /// <summary>The claimant says whether it was done.</summary>
    ConfirmPerformance,

    /// <summary>Said not to be done: the respondent shows that it was.</summary>
    Prove,

    /// <summary>The desk looks at what the respondent has shown.</summary>
    FindPerformed,

    /// <summary>The claimant may ask for a review.</summary>
    AskReview,

    /// <summary>The desk decides it, by somebody else.</summary>
    DecideReview,

    /// <summary>The desk tells a party that its mediation was terminated.</summary>
    Tell,

    /// <summary>The desk judges a contested reply again.</summary>
    JudgeReply,

    /// <summary>The platform says who the seller is.</summary>
    NameSeller,

    /// <summary>The claimant may score how it was handled.</summary>
    Score,

    /// <summary>Nobody has to do anything: it closes by itself.</summary>
    Close,
}

/// <summary>
/// 轮到谁: one thing that waits in a case. Who must do what, by when, and what happens otherwise; a box, a list, the
/// API and a message say nothing else.
/// </summary>
/// <param name="Who">Whose move; <see cref="Party.Clock"/> where it is nobody's.</param>
/// <param name="Verb">What they do; null where it is nobody's, or done in the joint complaint.</param>
/// <param name="By">Last moment; null where there is none.</param>
/// <param name="IsRight">They may and need not: it goes on without them.</param>
public sealed record Turn(TurnKind Kind, Party Who, Verb? Verb, DateTimeOffset? By, bool IsRight, TurnEnd Otherwise)
{
    /// <summary>Which offer, or which matter of the joint complaint.</summary>
    public int? No { get; init; }

    /// <summary>CNY: what the offer, or the settlement, is about.</summary>
    public decimal? Sum { get; init; }

    /// <summary>What a respondent may not know of: it is between the claimant and the desk.</summary>
    public bool IsHiddenFrom(Party reader) =>
        reader == Party.Respondent
        && Kind
            is TurnKind.Screen
                or TurnKind.Complete
                or TurnKind.AskReview
                or TurnKind.DecideReview
                or TurnKind.Tell
                or TurnKind.Score
                or TurnKind.ConfirmJoint
                or TurnKind.AnswerInvitation
                or TurnKind.AnswerJoint;

    /// <summary>
    /// The one line of a person in a case: what they must do, the earliest first; else what they may; else what others
    /// must; else when it ends by itself.
    /// </summary>
    /// <param name="waiting">All that waits.</param>
    /// <param name="me">What they are in the case.</param>
    /// <param name="can">What they can do now: a duty of their side that is not theirs to do waits for others.</param>
    public static Turn? For(IEnumerable<Turn> waiting, Party me, IReadOnlyCollection<Verb> can, DateTimeOffset now) =>
        waiting
            .Where(turn => !turn.IsHiddenFrom(me))
            // A right whose time is over is none, and nobody waits for that of another; a duty that is late waits on.
            .Where(turn => !turn.IsRight || (turn.IsOf(me, can) && (turn.By is null || turn.By > now)))
            .OrderBy(turn => turn.RankFor(me, can))
            .ThenBy(turn => turn.By ?? DateTimeOffset.MaxValue)
            .FirstOrDefault();

    /// <summary>It is theirs to do, and can be done now.</summary>
    public bool IsOf(Party me, IReadOnlyCollection<Verb> can) =>
        Who == me && (Verb is not { } verb || can.Contains(verb));

    private int RankFor(Party me, IReadOnlyCollection<Verb> can) =>
        Who == Party.Clock ? 3
        : !IsOf(me, can) ? 2
        : IsRight ? 1
        : 0;
}

/// <summary>What happens when nobody has done it in time, in both languages.</summary>
public sealed record TurnEnd(string Zh, string En);
