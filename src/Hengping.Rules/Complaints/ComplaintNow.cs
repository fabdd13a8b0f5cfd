using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>The move that brought a case to its status.</summary>
/// <param name="IsReview">It was reopened.</param>
public sealed record StatusMove(DateTimeOffset At, string By, bool IsReview);

/// <summary>
/// A "no" because of where a case stands says who brought it there and when, and what this person can do now. Staff are
/// named by what they are. Nobody is told of a move they may not know of.
/// </summary>
public sealed partial record Complaint
{
    /// <summary>How it came to its status.</summary>
    public StatusMove? Moved { get; init; }

    /// <summary>What somebody can do and is seldom looking for when they hear a "no".</summary>
    private static readonly Verb[] Aside =
    [
        Verb.ChangeConsents,
        Verb.Hold,
        Verb.LiftHold,
        Verb.Exclude,
        Verb.Include,
        Verb.DecideValidity,
    ];

    /// <summary>The same "no", with the same code, told to this person.</summary>
    public Refusal ToldTo(
        Refusal no,
        Verb verb,
        CaseActor by,
        CaseFacts facts,
        DateTimeOffset now,
        ComplaintPolicy policy
    ) =>
        (no.Code == Life.WrongStateCode ? no with { Stood = StoodFor(verb, by.Party) } : no).ToldTo(() =>
        {
            var can = Possible(by, facts, now, policy).Except(Aside).Select(v => (Life.Name(v).Zh, Life.Doing(v)));
            var hearer = new Hearer(SideOf(by.Party), [.. can], now);
            return Ended && by.Party == Party.Claimant
                ? hearer with
                {
                    Otherwise = (
                        "此投诉已经结束，如有新的情况，可以另行投诉。",
                        "It has ended; if something new happened, file a new one."
                    ),
                }
                : hearer;
        });

    private Stood StoodFor(Verb verb, Party reader)
    {
        var name = Life.Name(Status);
        return new(
            ($"投诉现在是“{name.Zh}”", $"The complaint is {name.En}"),
            (Life.Name(verb).Zh, Life.Doing(verb)),
            CameFor(reader)
        );
    }

    private Came? CameFor(Party reader)
    {
        // What a respondent may not know of is between the claimant and the desk.
        var isHidden =
            reader == Party.Respondent
            && Status is Status.Filed or Status.Returned or Status.Declined or Status.Unreached;
        // Of imported history the source said when, not always who.
        if (isHidden || Imported is not null || Moved is not { } move)
            return null;
        var did = move.IsReview ? Life.Reopened : Life.Came(Status);
        // Both have said yes, whoever said it last.
        return WhoMoved(move) is { } who
            ? CameBy(who, did, move.At, isStaff: reader == Party.Mediator)
            : new Came("", ("双方", "Both sides"), did, move.At);
    }

    private static Came CameBy(Party who, (string, string) did, DateTimeOffset at, bool isStaff) =>
        who switch
        {
            // A member of staff is told of "a mediator", whoever of them it was.
            Party.Mediator => new("", ("调解员", isStaff ? "A mediator" : "The mediator"), did, at),
            Party.Clock => new("", ("系统", "The clock"), did, at),
            Party.Respondent => new(SideOf(who), ("被投诉方", "The respondent"), did, at),
            _ => new(SideOf(who), ("投诉人", "The claimant"), did, at),
        };

    // An offer that can be answered no more: by whom it was, or that its time is over.
    private static Refusal Closed(OfferFact offer, DateTimeOffset now)
    {
        var at = offer.ClosedAt ?? now;
        var came = offer switch
        {
            { State: OfferState.Accepted, Accepted: [.., var last] } => CameBy(last, ("接受", "accepted it"), at, true),
            { State: OfferState.Rejected, RejectedBy: { } by } => CameBy(by, ("拒绝", "turned it down"), at, true),
            _ => new Came(
                "",
                ("该方案", "This offer"),
                ("过期", "expired"),
                at < offer.ExpiresAt ? at : offer.ExpiresAt
            ),
        };
        return Refusals.OfferClosed with
        {
            Stood = new(
                ("这个方案已有答复或已过期", "This offer was answered or has expired"),
                ("再答复", "answer it any more"),
                came
            ),
        };
    }

    private Refusal NoReview() =>
        ReviewDecidedAt is not { } at
            ? Refusals.NoReview
            : Refusals.NoReview with
            {
                Stood = new(
                    ("没有待决定的复核申请", "No review is waiting for a decision"),
                    (Life.Name(Verb.DecideReview).Zh, Life.Doing(Verb.DecideReview)),
                    CameBy(Party.Mediator, ("作出复核决定", "decided it"), at, isStaff: true)
                ),
            };

    private Party? WhoMoved(StatusMove move) =>
        Status == Status.Settled ? null
        : move.By.StartsWith("staff:", StringComparison.Ordinal) ? Party.Mediator
        : move.By == "clock" ? Party.Clock
        : Status is Status.Contested or Status.Replied ? Party.Respondent
        : Party.Claimant;

    private static string SideOf(Party party) => party.ToString();
}
