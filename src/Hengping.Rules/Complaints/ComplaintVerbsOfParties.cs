namespace Hengping.Rules.Complaints;

/// <summary>The verbs between the parties and in mediation: messages, offers, mediation, ending, score.</summary>
public sealed partial record Complaint
{
    /// <summary>Offers on the table at once.</summary>
    private const int OpenOffersMax = 20;

    /// <summary>留言 by a party or the mediator.</summary>
    public Decided<ComplaintEvent> Message(Party from, string text, IReadOnlyList<Guid> evidence, DateTimeOffset now) =>
        No(Verb.Message, now)
        ?? (Decided<ComplaintEvent>)new ComplaintEvent.MessageSent(from, evidence) { Text = text };

    /// <summary>未解决: from Replied, or from Delivered once an answer counts in full no more.</summary>
    /// <param name="endBy">When the mediation it opens must have ended (60 days).</param>
    public Decided<ComplaintEvent> CallNotSolved(DateTimeOffset endBy, DateTimeOffset now) =>
        No(Verb.NotSolved, now) ?? (Decided<ComplaintEvent>)new ComplaintEvent.NotSolved { EndBy = endBy };

    /// <summary>和解方案. The respondent's first is also a reply: it answers the demand with a sum or an act.</summary>
    public Decided<ComplaintEvent> Offer(
        Party by,
        string? terms,
        decimal? amount,
        DateTimeOffset dueBy,
        DateTimeOffset expiresAt,
        DateTimeOffset now,
        Guid? joint = null
    )
    {
        if (No(Verb.Offer, now) is { } no)
            return no;
        var isReply = by == Party.Respondent && !Offers.Any(o => o.By == Party.Respondent);
        return new ComplaintEvent.OfferMade(Offers.Length + 1, by, amount, dueBy, expiresAt, isReply)
        {
            Terms = terms,
            Joint = joint,
        };
    }

    /// <summary>接受: by the other party; an offer of the mediator needs both.</summary>
    /// <param name="joint">The joint complaint that answers: its offers are answered nowhere else.</param>
    /// <param name="guardian">Who agreed, where the claimant is of 14 to 17.</param>
    public Decided<ComplaintEvent> AcceptOffer(
        int no,
        Party by,
        DateTimeOffset now,
        Guid? joint = null,
        Guardian? guardian = null
    ) =>
        AnswerOffer(Verb.AcceptOffer, no, by, now, joint)
        ?? (Decided<ComplaintEvent>)new ComplaintEvent.OfferAccepted(no, by) { Guardian = guardian };

    /// <summary>拒绝.</summary>
    public Decided<ComplaintEvent> RejectOffer(
        int no,
        Party by,
        DateTimeOffset now,
        Guid? joint = null,
        string? reason = null
    ) =>
        AnswerOffer(Verb.RejectOffer, no, by, now, joint)
        ?? (Decided<ComplaintEvent>)new ComplaintEvent.OfferRejected(no, by) { Reason = reason };

    /// <summary>进入调解.</summary>
    public Decided<ComplaintEvent> Mediate(DateTimeOffset endBy, DateTimeOffset now) =>
        No(Verb.Mediate, now) ?? (Decided<ComplaintEvent>)new ComplaintEvent.MediationBegan(endBy);

    /// <summary>中止: testing, appraisal. The mediation clock stops.</summary>
    public Decided<ComplaintEvent> Suspend(string ground, DateTimeOffset now, string? note = null) =>
        No(Verb.Suspend, now) ?? (Decided<ComplaintEvent>)new ComplaintEvent.Suspended(ground) { Note = note };

    /// <summary>恢复: the end moves by as long as the clock stood still.</summary>
    public Decided<ComplaintEvent> Resume(DateTimeOffset now) =>
        No(Verb.Resume, now)
        ?? (Decided<ComplaintEvent>)new ComplaintEvent.Resumed((MediationEndBy ?? now) + (now - SuspendedAt!.Value));

    /// <summary>终止调解, with a reason code.</summary>
    /// <param name="nonAcceptance">The reason is a ground of non-acceptance found later: out of the base.</param>
    /// <param name="tellBy">When both have to have been told; null where no clock is to run.</param>
    /// <param name="told">Whom the house tells with it.</param>
    public Decided<ComplaintEvent> Terminate(
        string reason,
        bool nonAcceptance,
        string? note,
        DateTimeOffset now,
        DateTimeOffset? tellBy = null,
        IReadOnlyList<Party>? told = null
    ) =>
        No(Verb.Terminate, now)
        ?? (Decided<ComplaintEvent>)
            new ComplaintEvent.Terminated(reason, nonAcceptance)
            {
                Note = note,
                TellBy = tellBy,
                Told = told,
            };

    /// <summary>撤回, by the claimant, from any open status up to mediation.</summary>
    /// <param name="reason">A code of the taxonomy; null where nothing was said.</param>
    /// <param name="guardian">Who agreed, where the claimant is of 14 to 17.</param>
    public Decided<ComplaintEvent> Withdraw(DateTimeOffset now, string? reason = null, Guardian? guardian = null) =>
        No(Verb.Withdraw, now) ?? (Decided<ComplaintEvent>)new ComplaintEvent.Withdrawn(reason) { Guardian = guardian };

    /// <summary>The reason of a withdrawal that counts as settled: the case stays in the base of ratings.</summary>
    public const string Solved = "withdrawn-solved";

    /// <summary>办结 by a mediator. Where nobody replied it says so.</summary>
    public Decided<ComplaintEvent> Close(DateTimeOffset now) =>
        No(Verb.Close, now)
        ?? (Decided<ComplaintEvent>)
            new ComplaintEvent.Closed(
                Status switch
                {
                    Status.Delivered or Status.Unreached => Complaints.ClosedBecause.Unanswered,
                    Status.Terminated => Complaints.ClosedBecause.Terminated,
                    _ => Complaints.ClosedBecause.ByMediator,
                }
            );

    /// <summary>An import's own end, with its result word and sum.</summary>
    public Decided<ComplaintEvent> CloseFromSource(string? outcome, decimal? recovered, DateTimeOffset at) =>
        No(Verb.Close, at)
        ?? (Decided<ComplaintEvent>)
            new ComplaintEvent.Closed(Complaints.ClosedBecause.BySource) { Outcome = outcome, Recovered = recovered };

    /// <summary>申请复核: once, within 7 days of the refusal or termination.</summary>
    public Decided<ComplaintEvent> AskReview(string reason, DateTimeOffset now, ComplaintPolicy policy) =>
        No(Verb.Review, now, new Asked { Policy = policy })
        ?? (Decided<ComplaintEvent>)new ComplaintEvent.ReviewAsked { Reason = reason };

    /// <summary>复核决定, by another mediator: filed again, or it stays.</summary>
    /// <param name="author">Who decides, as the log names them.</param>
    public Decided<ComplaintEvent> DecideReview(
        bool reopen,
        string reason,
        DateTimeOffset? screenBy,
        string author,
        DateTimeOffset now
    ) =>
        No(Verb.DecideReview, now, new Asked { Author = author })
        ?? (Decided<ComplaintEvent>)
            new ComplaintEvent.ReviewDecided(reopen, reopen ? screenBy : null) { Reason = reason };

    /// <summary>
    /// CNY: what it is about, or what was agreed on where that is more; null where no sum was ever named.
    /// </summary>
    public decimal? InDispute =>
        Offers.Where(o => o.State == OfferState.Accepted).Select(o => o.Amount).Append(Amount).Max();

    /// <summary>CNY: what was agreed on and not broken; null where no sum was.</summary>
    public decimal? Agreed =>
        Offers.LastOrDefault(o => o.State == OfferState.Accepted && o.No != Broken?.Offer)?.Amount;

    /// <summary>评分, from the first delivery until 30 days after the end. All are kept, the last one counts.</summary>
    public Decided<ComplaintEvent> ScoreIt(
        decimal satisfaction,
        Resolved? resolved,
        decimal? recovered,
        string? comment,
        DateTimeOffset now,
        ComplaintPolicy policy
    )
    {
        if (No(Verb.Score, now, new Asked { Policy = policy }) is { } no)
            return no;
        return satisfaction is < 0 or > 10 || (Imported is null && decimal.Truncate(satisfaction) != satisfaction)
            ? Refusals.ScoreInteger
            : new ComplaintEvent.Scored(satisfaction, resolved, recovered)
            {
                Comment = comment,
                Fold = ComplaintEvent.FoldNow,
            };
    }

    /// <summary>
    /// A consent given or withdrawn. A child's matter stays unpublished; after the end consents are only withdrawn.
    /// </summary>
    public Decided<ComplaintEvent> ChangeConsents(Consents consents, DateTimeOffset now)
    {
        if (No(Verb.ChangeConsents, now) is { } no)
            return no;
        if (Ended && consents.GivesMoreThan(Consents))
            return Refusals.ConsentAfterEnd;
        var publish =
            consents.Publish && FiledFor is not (FiledFor.Child or FiledFor.Minor) && Problem != "minor-payment";
        return new ComplaintEvent.ConsentsChanged(consents with { Publish = publish })
        {
            Fold = ComplaintEvent.FoldNow,
        };
    }

    /// <summary>Whether a side can accept or turn down this offer by itself.</summary>
    public static bool MayAnswer(OfferFact offer, Party by, DateTimeOffset now) =>
        NotAnswerable(offer, by, now, joint: null) is null;

    private Refusal? AnswerOffer(Verb verb, int number, Party by, DateTimeOffset now, Guid? joint)
    {
        if (NotNow(verb, now) is { } no)
            return no;
        var offer = Offers.FirstOrDefault(o => o.No == number);
        return offer is null ? Refusals.OfferUnknown : NotAnswerable(offer, by, now, joint);
    }
}
