using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>Everything that waits in a case.</summary>
public sealed partial record Complaint
{
    /// <summary>
    /// Everything that waits, whoever it waits for, at an instant: what falls away or begins by itself by then has.
    /// Nothing in imported history, and nothing in what cannot be read.
    /// </summary>
    public IReadOnlyList<Turn> Turns(DateTimeOffset now, ComplaintPolicy policy) =>
        Imported is not null || IsShut ? [] : [.. OfAsking(now, policy), .. OfStatus(now, policy), .. OfEnd(policy)];

    /// <summary>The one line of somebody in the case; null where nothing waits that they may know of.</summary>
    /// <param name="joint">What waits for this case in a joint complaint.</param>
    public Turn? TurnOf(
        CaseActor by,
        CaseFacts facts,
        DateTimeOffset now,
        ComplaintPolicy policy,
        IEnumerable<Turn>? joint = null
    ) => Turn.For([.. joint ?? [], .. Turns(now, policy)], by.Party, Possible(by, facts, now, policy), now);

    /// <summary>
    /// By when the respondent has something to do, as its last event left it; null where nothing waits for it.
    /// </summary>
    public DateTimeOffset? RespondentsBy(ComplaintPolicy policy) =>
        Turns(LastAt, policy).Where(turn => turn is { Who: Party.Respondent, IsRight: false }).Min(turn => turn.By);

    private IEnumerable<Turn> OfAsking(DateTimeOffset now, ComplaintPolicy policy)
    {
        if (ValidityContestedAt + policy.DecideWithin is { } judged)
            yield return Duty(TurnKind.JudgeReply, Party.Mediator, Verb.DecideValidity, judged, Ends.OnTop);
        if (ReviewPending)
            yield return Duty(
                TurnKind.DecideReview,
                Party.Mediator,
                Verb.DecideReview,
                ReviewAskedAt + policy.DecideWithin,
                Ends.OnTop
            );
        if (!Untold.IsEmpty && ToldBy is { } tell)
            yield return Duty(TurnKind.Tell, Party.Mediator, Verb.TellTermination, tell, Ends.OnTop);
        if (SellerAnswerBy is { } name && !IsSellerNamed && !IsSellerOverdue && !Ended)
            yield return Duty(TurnKind.NameSeller, Party.Respondent, Verb.NameSeller, name, Ends.PlatformAnswers);
        if (!Can(Verb.AcceptOffer))
            yield break;
        foreach (var offer in OpenOffers(now).Where(o => o.Joint is null))
        foreach (var party in Parties.Where(p => p != offer.By && !offer.Accepted.Contains(p)))
        {
            // What was offered before a redirect was offered to another.
            if (party == Party.Respondent && offer.At < DeliveredAt)
                continue;
            yield return Duty(TurnKind.AnswerOffer, party, Verb.AcceptOffer, offer.ExpiresAt, Ends.OfferLapses) with
            {
                No = offer.No,
                Sum = offer.Amount,
            };
        }
    }

    private IEnumerable<Turn> OfStatus(DateTimeOffset now, ComplaintPolicy policy) =>
        Status switch
        {
            Status.Filed => [Duty(TurnKind.Screen, Party.Mediator, Verb.Deliver, SafetyBy ?? ScreenBy, Ends.OnTop)],
            Status.Returned => [Duty(TurnKind.Complete, Party.Claimant, Verb.Resubmit, LapsesAt, Ends.Lapses)],
            Status.Delivered or Status.Unreached => Silent(now, policy),
            Status.Contested => Contesting(),
            Status.Replied => Answered(now, policy),
            Status.InMediation => Mediating(now),
            Status.Settled => Performing(policy),
            _ => [],
        };

    private IEnumerable<Turn> Silent(DateTimeOffset now, ComplaintPolicy policy)
    {
        var ends = LastDeliveredAt!.Value + policy.UnansweredAfter;
        var end =
            policy.SilenceTerminates ? Ends.Terminates
            : Excluded is null ? Ends.Unanswered
            : Ends.UnansweredUncounted;
        if (Status == Status.Unreached)
            yield return Duty(TurnKind.Reach, Party.Mediator, Verb.Deliver, ends, end);
        var (full, part) = (DeliveredAt + Hours.InFull, DeliveredAt + Hours.InPart);
        // What does not count in any list threatens with no points.
        var (by, otherwise) =
            Excluded is not null ? (ends, end)
            : now < full ? (full!.Value, Ends.InPart(Hours))
            : now <= part ? (part!.Value, Ends.Counts0)
            : (ends, end);
        yield return Duty(
            FirstReply is null ? TurnKind.Answer : TurnKind.AnswerAgain,
            Party.Respondent,
            Verb.Reply,
            by,
            otherwise
        );
        if (now >= NotSolvedFrom && Can(Verb.NotSolved))
            yield return Right(TurnKind.AskMediation, Party.Claimant, Verb.NotSolved, ends, end);
    }

    private IEnumerable<Turn> Contesting()
    {
        if (Talk.All(one => one.Side != Party.Claimant || one.Day < Shanghai.DayOf(ContestFrom ?? LastAt)))
            yield return Right(
                TurnKind.SpeakToContest,
                Party.Claimant,
                Verb.Message,
                ContestAnswerBy,
                Ends.DecidedWithout
            );
        yield return Duty(
            TurnKind.DecideContest,
            Party.Mediator,
            Verb.DecideContest,
            ContestAnswerBy,
            Ends.StandsStill
        );
    }

    private IEnumerable<Turn> Answered(DateTimeOffset now, ComplaintPolicy policy)
    {
        var closes = ClosesAt ?? ActiveAt + policy.NoReactionAfter;
        var end = Excluded is null ? Ends.Closes : Ends.ClosesUncounted;
        // While an offer lies before one of them, nobody is asked whether all is well; and what was turned down is no
        // answer to be judged, nor is a score asked for that counts nowhere.
        if (Score is null && !OpenOffers(now).Any())
            yield return Right(
                Excluded is null && !IsNothingOnTable ? TurnKind.Judge : TurnKind.AskMediation,
                Party.Claimant,
                Verb.NotSolved,
                closes,
                end
            );
        yield return new Turn(TurnKind.Close, Party.Clock, null, closes, IsRight: false, end);
    }

    /// <summary>The last that was answered was an offer, and it was turned down or lapsed.</summary>
    private bool IsNothingOnTable =>
        Offers.Where(o => o.State is OfferState.Rejected or OfferState.Expired).Max(o => o.ClosedAt) is { } over
        && !Replies.Any(r => r.Valid && r.At > over);

    private IEnumerable<Turn> Mediating(DateTimeOffset now)
    {
        if (ShowBy is { } show)
            yield return Proving(show, Ends.Counted);
        if (SuspendedAt is not null)
            yield return Duty(TurnKind.Resume, Party.Mediator, Verb.Resume, null, Ends.StandsStill);
        // While the parties have an offer before them, it is their turn.
        else if (!OpenOffers(now).Any())
            yield return Duty(TurnKind.Mediate, Party.Mediator, Verb.Offer, MediationEndBy, Ends.Fails);
    }

    private IEnumerable<Turn> Performing(ComplaintPolicy policy)
    {
        var settled = Offers.First(o => o.No == Settlement);
        var turn =
            ProofBy is { } proof ? Proving(proof, IsRefused ? Ends.Mediated : Ends.Counted)
            : ObjectBy is not null || ShownAt is not null
                ? Duty(
                    TurnKind.ConfirmPerformance,
                    Party.Claimant,
                    Verb.Performed,
                    ObjectBy ?? settled.DueBy + policy.ObjectWithin,
                    Ends.CountsAsDone
                )
            : Duty(TurnKind.Perform, Party.Respondent, Verb.ShowPerformance, settled.DueBy, Ends.SaidNotDone);
        yield return turn with
        {
            Sum = settled.Amount,
            No = settled.No,
        };
    }

    // Once it was shown, somebody looks at it.
    private Turn Proving(DateTimeOffset by, TurnEnd otherwise) =>
        ShownAt is null
            ? Duty(TurnKind.Prove, Party.Respondent, Verb.ShowPerformance, by, otherwise)
            : Duty(TurnKind.FindPerformed, Party.Mediator, Verb.FindPerformed, by, otherwise);

    private IEnumerable<Turn> OfEnd(ComplaintPolicy policy)
    {
        if (EndedAt is not { } ended)
            yield break;
        if (Can(Verb.Review) && !ReviewAsked)
            yield return Right(
                TurnKind.AskReview,
                Party.Claimant,
                Verb.Review,
                ended + policy.ReviewWithin,
                Ends.Stands
            );
        // Who withdrew has said what they think.
        if (WasDelivered && Score is null && Excluded is null && Status != Status.Withdrawn)
            yield return Right(TurnKind.Score, Party.Claimant, Verb.Score, ended + policy.ScoreWithin, Ends.Unscored);
    }

    private IEnumerable<OfferFact> OpenOffers(DateTimeOffset now) =>
        Offers.Where(o => o.State == OfferState.Open && o.ExpiresAt > now);

    private static readonly Party[] Parties = [Party.Claimant, Party.Respondent];

    private static Turn Duty(TurnKind kind, Party who, Verb verb, DateTimeOffset? by, TurnEnd otherwise) =>
        new(kind, who, verb, by, IsRight: false, otherwise);

    private static Turn Right(TurnKind kind, Party who, Verb verb, DateTimeOffset? by, TurnEnd otherwise) =>
        new(kind, who, verb, by, IsRight: true, otherwise);
}
