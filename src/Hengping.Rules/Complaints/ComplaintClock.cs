using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>Something the clock does by itself, and when.</summary>
public sealed record ClockEvent(DateTimeOffset Due, ComplaintEvent Event);

public sealed partial record Complaint
{
    /// <summary>A party does not take part (令121 art. 23 (2)), as the taxonomy has it.</summary>
    public const string PartyAbsent = "party-absent";

    /// <summary>How long an answer counts: as told at the first delivery to this respondent.</summary>
    public ReplyHours Hours => ReplyHours.At(DeliveredAt ?? LastAt);

    /// <summary>未解决 can be said of a silent respondent from then on: an answer counts in full no more.</summary>
    public DateTimeOffset? NotSolvedFrom => DeliveredAt + Hours.InFull;

    /// <summary>
    /// What the clock does next if nobody moves before. Nobody waits without end: every status that waits for a party
    /// has one. Imported history is what its source says, so no clock runs on it.
    /// </summary>
    public ClockEvent? NextByClock(ComplaintPolicy policy)
    {
        if (Imported is not null)
            return null;
        var own = Status switch
        {
            Status.Returned => new ClockEvent(LapsesAt!.Value, new ComplaintEvent.Lapsed()),
            Status.Delivered or Status.Unreached => Silence(policy),
            Status.Replied => NoReaction(policy),
            Status.Settled => Performance(policy),
            Status.InMediation => Refused(policy),
            _ => null,
        };
        // Of two at one instant the small one comes first: what it says still holds when the other ends the case.
        return Sooner(SellerSilence(), Sooner(NextExpiry(), own));
    }

    /// <summary>
    /// The clock's event that is due by <paramref name="now"/>, or null. After it, ask again. A clock that runs late
    /// still gives people the full time it promises them.
    /// </summary>
    public ComplaintEvent? Tick(DateTimeOffset now, ComplaintPolicy policy) =>
        NextByClock(policy) is not { } next || next.Due > now
            ? null
            : next.Event switch
            {
                ComplaintEvent.ClosingTold => new ComplaintEvent.ClosingTold(now + policy.ToldBefore),
                ComplaintEvent.PerformanceAsked => new ComplaintEvent.PerformanceAsked(now + policy.ObjectWithin),
                ComplaintEvent.RefusedFellDue => new ComplaintEvent.RefusedFellDue(now + policy.ProofWithin),
                var planned => planned,
            };

    /// <summary>When to look again.</summary>
    public DateTimeOffset? NextTick(ComplaintPolicy policy) => NextByClock(policy)?.Due;

    private static ClockEvent? Sooner(ClockEvent? one, ClockEvent? other) =>
        one is not null && (other is null || one.Due <= other.Due) ? one : other;

    /// <summary>Delivered without a reply: chased, offered mediation, closed as unanswered.</summary>
    private ClockEvent Silence(ComplaintPolicy policy)
    {
        var from = LastDeliveredAt!.Value;
        IReadOnlyList<TimeSpan> chases =
            Priority == Priority.P0 ? [.. policy.UrgentChaseAfter, Hours.InFull] : [.. policy.ChaseAfter, Hours.InPart];
        var close = new ClockEvent(
            from + policy.UnansweredAfter,
            policy.SilenceTerminates
                ? new ComplaintEvent.Terminated(PartyAbsent, NonAcceptance: false)
                : new ComplaintEvent.Closed(Complaints.ClosedBecause.Unanswered)
        );
        var offer = MediationOffered
            ? close
            : new ClockEvent(from + policy.OfferMediationAfter, new ComplaintEvent.MediationOffered());
        var first = offer.Due < close.Due ? offer : close;
        // Nobody is there to hear a reminder while the respondent is not reached.
        if (Status == Status.Unreached || ClockChases >= chases.Count)
            return first;
        var chase = new ClockEvent(from + chases[ClockChases], new ComplaintEvent.Chased(Chases + 1, ByClock: true));
        return chase.Due < first.Due ? chase : first;
    }

    /// <summary>Replied and no reaction: told, then closed, never sooner than promised after the telling.</summary>
    private ClockEvent NoReaction(ComplaintPolicy policy)
    {
        if (ClosesAt is { } closes)
            return new ClockEvent(closes, new ComplaintEvent.Closed(Complaints.ClosedBecause.NoReaction));
        var tell = ActiveAt + policy.NoReactionAfter - policy.ToldBefore;
        return new ClockEvent(tell, new ComplaintEvent.ClosingTold(tell + policy.ToldBefore));
    }

    private ClockEvent? NextExpiry()
    {
        if (!Life.Has(Verb.AcceptOffer, Status))
            return null;
        var open = Offers.Where(o => o.State == OfferState.Open).MinBy(o => o.ExpiresAt);
        return open is null ? null : new ClockEvent(open.ExpiresAt, new ComplaintEvent.OfferExpired(open.No));
    }
}
