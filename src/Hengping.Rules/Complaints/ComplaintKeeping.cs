namespace Hengping.Rules.Complaints;

/// <summary>The verbs about the record itself: legal hold, erasure, and how a reply counts.</summary>
public sealed partial record Complaint
{
    /// <summary>依法保全, in any status: neither age nor its claimant's wish erases the case.</summary>
    /// <param name="ground">A code of the taxonomy; the claimant may know it, the reason is for staff.</param>
    public Decided<ComplaintEvent> PlaceHold(string ground, string reason, DateTimeOffset now) =>
        No(Verb.Hold, now) ?? (Decided<ComplaintEvent>)new ComplaintEvent.HoldPlaced(ground) { Reason = reason };

    /// <summary>保全解除: what was postponed may be erased from now on.</summary>
    public Decided<ComplaintEvent> LiftHold(string reason, DateTimeOffset now) =>
        No(Verb.LiftHold, now) ?? (Decided<ComplaintEvent>)new ComplaintEvent.HoldLifted(Hold!) { Reason = reason };

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
        if (NotNow(Verb.ContestValidity, now) is { } no)
            return no;
        if (Replies.FirstOrDefault(r => r.Version == replyVersion) is not { } reply)
            return Refusals.NoSuchReply;
        return NotContestable(reply, now, new Asked { By = by, Policy = policy }) is { } never
            ? never
            : new ComplaintEvent.ValidityContested(replyVersion, by) { Reason = reason };
    }

    /// <summary>Whether a side can ask a mediator to judge this reply again.</summary>
    public bool MayContest(ReplyFact reply, Party by, DateTimeOffset now, ComplaintPolicy policy) =>
        NotContestable(reply, now, new Asked { By = by, Policy = policy }) is null;

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
