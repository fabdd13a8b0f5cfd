namespace Hengping.Rules.Complaints;

/// <summary>The verbs of the desk and of the merchant: screening, delivery, contest, reply.</summary>
public sealed partial record Complaint
{
    /// <summary>退回补充: everything that is missing in one notice.</summary>
    public Decided<ComplaintEvent> Return(
        IReadOnlyList<string> missing,
        string? note,
        DateTimeOffset now,
        ComplaintPolicy policy
    ) =>
        No(Verb.Return, now)
        ?? (Decided<ComplaintEvent>)
            new ComplaintEvent.Returned(missing, now + policy.ReturnedLapsesAfter) { Note = note };

    /// <summary>补充后再次提交: the screening clock starts again.</summary>
    public Decided<ComplaintEvent> Resubmit(
        string? supplement,
        IReadOnlyList<Guid> evidence,
        DateTimeOffset? screenBy,
        DateTimeOffset now
    ) =>
        No(Verb.Resubmit, now)
        ?? (Decided<ComplaintEvent>)new ComplaintEvent.Resubmitted(evidence, screenBy) { Supplement = supplement };

    /// <summary>
    /// 补充材料 while the complaint waits to be screened: what a refused duplicate wanted to say goes here. From
    /// delivery on there are messages.
    /// </summary>
    public Decided<ComplaintEvent> Supplement(string? text, IReadOnlyList<Guid> evidence, DateTimeOffset now) =>
        No(Verb.Supplement, now)
        ?? (
            text is null && evidence.Count == 0
                ? Refusals.NothingAdded
                : (Decided<ComplaintEvent>)new ComplaintEvent.Supplemented(evidence) { Text = text }
        );

    /// <summary>不予受理, with a reason code; the notice names other routes.</summary>
    public Decided<ComplaintEvent> Decline(
        string reason,
        string? note,
        DateTimeOffset now,
        FactorSheet? sheet = null
    ) =>
        No(Verb.Decline, now)
        ?? (Decided<ComplaintEvent>)new ComplaintEvent.Declined(reason) { Note = note, Sheet = sheet };

    /// <summary>递交. A later delivery to the same respondent moves neither period nor clock.</summary>
    /// <param name="publicId">A fresh random id, used when this respondent gets the case for the first time.</param>
    public Decided<ComplaintEvent> Deliver(string publicId, DateTimeOffset now)
    {
        if (No(Verb.Deliver, now) is { } no)
            return no;
        return new ComplaintEvent.Delivered(PublicId ?? publicId, Respondent, First: PublicId is null);
    }

    /// <summary>未有效处理: the attempts so far.</summary>
    public Decided<ComplaintEvent> MarkUnreached(IReadOnlyList<Attempt> attempts, DateTimeOffset now) =>
        No(Verb.Unreached, now) ?? (Decided<ComplaintEvent>)new ComplaintEvent.Unreached(attempts);

    /// <summary>催办 by a person.</summary>
    public Decided<ComplaintEvent> Chase(DateTimeOffset now) =>
        No(Verb.Chase, now) ?? (Decided<ComplaintEvent>)new ComplaintEvent.Chased(Chases + 1, ByClock: false);

    /// <summary>异议, before the first reply and once per respondent.</summary>
    /// <param name="answerBy">3 working days for the claimant.</param>
    public Decided<ComplaintEvent> ContestIt(
        ContestGround ground,
        string? note,
        IReadOnlyList<Guid> evidence,
        DateTimeOffset answerBy,
        DateTimeOffset now
    ) =>
        No(Verb.Contest, now)
        ?? (Decided<ComplaintEvent>)new ComplaintEvent.Contested(ground, evidence, answerBy) { Note = note };

    /// <summary>
    /// 异议处理: redirect, exclude with reason, or reject (the clock counts from the first delivery).
    /// </summary>
    public Decided<ComplaintEvent> DecideContest(
        ContestDecision decision,
        Guid? respondent,
        string publicId,
        string reason,
        DateTimeOffset now
    )
    {
        if (No(Verb.DecideContest, now) is { } no)
            return no;
        if (decision != ContestDecision.Redirect)
            return new ComplaintEvent.ContestDecided(decision, null, null) { Reason = reason };
        if (Consents is { PassOn: false })
            return Refusals.NoConsent;
        if (respondent is null || respondent == Respondent)
            return Refusals.SameRespondent;
        if (respondent == ClaimantMerchant)
            return Refusals.Itself;
        var id = Deliveries.FirstOrDefault(d => d.Respondent == respondent)?.PublicId ?? publicId;
        return new ComplaintEvent.ContestDecided(decision, respondent, id) { Reason = reason };
    }

    /// <summary>
    /// 回复. One that does not count is recorded and shown; the case waits on, and its clock runs. A late reply still
    /// counts for the reply rate; timeliness is judged with the ratings.
    /// </summary>
    public Decided<ComplaintEvent> Reply(
        string? text,
        IReadOnlyList<Guid> evidence,
        Validity validity,
        DateTimeOffset now
    ) =>
        No(Verb.Reply, now)
        ?? (Decided<ComplaintEvent>)
            new ComplaintEvent.Replied(validity.Valid, validity.Code)
            {
                Text = text,
                Evidence = evidence,
                Fold = ComplaintEvent.FoldNow,
            };

    /// <summary>An import's reply whose instant the source does not know; its own timely flag counts.</summary>
    public Decided<ComplaintEvent> ReplyFromSource(string? text, bool? timely, DateTimeOffset at) =>
        No(Verb.Reply, at)
        ?? (Decided<ComplaintEvent>)
            new ComplaintEvent.Replied(Valid: true, ReplyValidity.BySource.Code)
            {
                Text = text,
                InstantKnown = false,
                SourceTimely = timely,
            };

    /// <summary>A mediator judges a reply again, on request of either side.</summary>
    public Decided<ComplaintEvent> DecideValidity(int replyVersion, bool valid, string reason, DateTimeOffset now)
    {
        if (No(Verb.DecideValidity, now) is { } no)
            return no;
        var reply = Replies.FirstOrDefault(r => r.Version == replyVersion);
        if (reply is null)
            return Refusals.NoSuchReply;
        return reply.Valid == valid && reply.ContestedAt is null
            ? Refusals.ValiditySame
            : new ComplaintEvent.ValidityDecided(replyVersion, valid, reason) { Fold = ComplaintEvent.FoldNow };
    }

    /// <summary>剔除, by a reviewer; visible and reversible.</summary>
    public Decided<ComplaintEvent> Exclude(string ground, string? reason, DateTimeOffset now)
    {
        if (No(Verb.Exclude, now) is { } no)
            return no;
        // Of an erased case nothing more can be sealed: the ground stands, in the open.
        return new ComplaintEvent.Excluded(ground) { Reason = IsShut ? null : reason, Fold = ComplaintEvent.FoldNow };
    }

    /// <summary>恢复计入, with its reason as well.</summary>
    public Decided<ComplaintEvent> Include(string? reason, DateTimeOffset now) =>
        No(Verb.Include, now)
        ?? (Decided<ComplaintEvent>)
            new ComplaintEvent.Included(Excluded!) { Reason = IsShut ? null : reason, Fold = ComplaintEvent.FoldNow };
}
