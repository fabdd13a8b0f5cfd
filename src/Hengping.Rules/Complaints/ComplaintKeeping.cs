namespace Hengping.Rules.Complaints;

/// <summary>The verbs about the record itself: legal hold, erasure, and how a reply counts.</summary>
public sealed partial record Complaint
{
    /// <summary>依法保全, in any status: neither age nor its claimant's wish erases the case.</summary>
    /// <param name="ground">A code of the taxonomy; the claimant may know it, the reason is for staff.</param>
    public Decided<ComplaintEvent> PlaceHold(string ground, string reason, DateTimeOffset now)
    {
        if (No(Verb.Hold, now) is { } no)
            return no;
        if (IsShut)
            return Refusals.NothingToHold;
        return Hold is null ? new ComplaintEvent.HoldPlaced(ground) { Reason = reason } : Refusals.AlreadyHeld;
    }

    /// <summary>保全解除: what was postponed may be erased from now on.</summary>
    public Decided<ComplaintEvent> LiftHold(string reason, DateTimeOffset now) =>
        No(Verb.LiftHold, now) is { } no ? no
        : Hold is { } ground ? new ComplaintEvent.HoldLifted(ground) { Reason = reason }
        : Refusals.NotHeld;

    /// <summary>Records that the keys of the case are to be destroyed.</summary>
    /// <param name="because">age, request.</param>
    public Decided<ComplaintEvent> Erase(string because) =>
        Hold is null ? new ComplaintEvent.Erased(because) : Refusals.OnHold(Number);

    /// <summary>Records that the keys of the case open nothing until they are destroyed.</summary>
    public Decided<ComplaintEvent> Lock() => Hold is null ? new ComplaintEvent.Locked() : Refusals.OnHold(Number);

    /// <summary>
    /// 对回复认定的异议: the claimant against a reply that counts, the respondent against one that does not; once a
    /// reply.
    /// </summary>
    public Decided<ComplaintEvent> ContestValidity(
        int replyVersion,
        Party by,
        string reason,
        DateTimeOffset now,
        ComplaintPolicy policy
    )
    {
        if (No(Verb.ContestValidity, now) is { } no)
            return no;
        if (Replies.FirstOrDefault(r => r.Version == replyVersion) is not { } reply)
            return Refusals.NoSuchReply;
        if (reply.Touched)
            return Refusals.ValidityJudged;
        if (reply.ContestedAt is not null)
            return Refusals.ValidityContested;
        if (reply.Valid == (by == Party.Respondent))
            return Refusals.ValiditySame;
        return EndedAt is { } ended && now > ended + policy.ScoreWithin
            ? Refusals.ValidityTooLate
            : new ComplaintEvent.ValidityContested(replyVersion, by) { Reason = reason };
    }

    /// <summary>When the first of the contested judgements was contested.</summary>
    public DateTimeOffset? ValidityContestedAt => Replies.Min(r => r.ContestedAt);

    private Complaint Kept(ComplaintEvent happened, DateTimeOffset at)
    {
        var next = this with { Version = Version + 1, LastAt = at };
        return happened switch
        {
            ComplaintEvent.HoldPlaced e => next with { Hold = e.Ground },
            ComplaintEvent.HoldLifted => next with { Hold = null },
            ComplaintEvent.Locked => next with { IsLocked = true, OrderKey = null, ClaimantPrint = null },
            _ => next with { IsErased = true, IsLocked = false, OrderKey = null, ClaimantPrint = null },
        };
    }
}
