namespace Hengping.Rules.Complaints;

/// <summary>What replies, offers and settlements leave behind.</summary>
public sealed partial record Complaint
{
    /// <summary>Offers, and what became of what was agreed; null where the event is about something else.</summary>
    private Complaint? Settling(ComplaintEvent happened, DateTimeOffset at) =>
        happened switch
        {
            ComplaintEvent.OfferMade e => Offered(e, at),
            ComplaintEvent.OfferAccepted e => Accepted(e, at),
            ComplaintEvent.OfferRejected e => WithOffer(
                e.No,
                o => o with { State = OfferState.Rejected, ClosedAt = at, RejectedBy = e.By }
            ),
            ComplaintEvent.OfferExpired e => WithOffer(e.No, o => Lapsed(o, at)),
            ComplaintEvent.PerformanceAsked e => this with { ObjectBy = e.ObjectBy },
            ComplaintEvent.NotPerformedSaid e => this with
            {
                ProofBy = e.ProofBy,
                IsRefused = e.Refused,
                BrokenEndBy = e.EndBy,
                ShownAt = null,
                Evidence = Join(Evidence, e.Evidence),
            },
            ComplaintEvent.PerformanceShown e => this with { ShownAt = at, Evidence = Join(Evidence, e.Evidence) },
            ComplaintEvent.NotPerformed e => this with
            {
                Status = Status.InMediation,
                MediationEndBy = e.EndBy,
                NotPerformedCount = NotPerformedCount + (e.Uncounted ? 0 : 1),
                Broken = new BrokenPromise(Settlement!.Value, !e.Uncounted),
                Settlement = null,
                ObjectBy = null,
                ProofBy = null,
                ShownAt = null,
            },
            ComplaintEvent.RefusedFellDue e => this with
            {
                Broken = Broken! with { ShowBy = e.ShowBy },
                ShownAt = null,
            },
            ComplaintEvent.RefusedCounted => this with
            {
                NotPerformedCount = NotPerformedCount + 1,
                Broken = new BrokenPromise(Broken!.Offer, Counted: true),
            },
            ComplaintEvent.PerformanceFound e => Found(e),
            _ => null,
        };

    private Complaint Found(ComplaintEvent.PerformanceFound found)
    {
        var next = this with
        {
            FoundPerformed = ProofBy is null ? Broken?.Offer : Settlement,
            NotPerformedCount = NotPerformedCount - (found.TakesBack ? 1 : 0),
            Broken = ProofBy is null ? null : Broken,
            ProofBy = null,
        };
        return next.Status switch
        {
            Status.Settled when ProofBy is not null => next with { ObjectBy = found.ClosesAt },
            Status.InMediation => next with
            {
                Status = Status.Settled,
                Settlement = Broken!.Offer,
                ObjectBy = found.ClosesAt,
                MediationEndBy = null,
                SuspendedAt = null,
            },
            // What was agreed since, or how it ended, stays; only the count is taken back.
            _ => next,
        };
    }

    private Complaint Answered(ComplaintEvent.Replied e, DateTimeOffset at) =>
        WithReply(e.Valid, e.Validity, e.InstantKnown, e.SourceTimely, at, moves: e.Valid || e.Fold is null) with
        {
            Evidence = Join(Evidence, e.Evidence),
        };

    private Complaint WithReply(
        bool valid,
        string validity,
        bool instantKnown,
        bool? timely,
        DateTimeOffset at,
        bool moves
    ) =>
        this with
        {
            Status = moves ? Replied : Status,
            Replies = Replies.Add(new ReplyFact(Version, Respondent, at, valid, validity, instantKnown, timely)),
        };

    /// <summary>Judged again: a reply that counts after all answers a case that still waits for one.</summary>
    private Complaint Judged(ComplaintEvent.ValidityDecided e) =>
        this with
        {
            Status = e is { Valid: true, Fold: not null } ? Replied : Status,
            Replies =
            [
                .. Replies.Select(r =>
                    r.Version == e.ReplyVersion ? r with { Valid = e.Valid, Touched = true, ContestedAt = null } : r
                ),
            ],
        };

    /// <summary>Where a reply that counts puts the case.</summary>
    private Status Replied => Status is Status.Delivered or Status.Unreached ? Status.Replied : Status;

    private Complaint Offered(ComplaintEvent.OfferMade offer, DateTimeOffset at)
    {
        var made = this with
        {
            Offers = Offers.Add(
                new OfferFact(
                    offer.No,
                    offer.By,
                    offer.Amount,
                    at,
                    offer.DueBy,
                    offer.ExpiresAt,
                    OfferState.Open,
                    [],
                    offer.Joint
                )
            ),
        };
        return offer.IsReply
            ? made.WithReply(valid: true, ReplyValidity.ByOffer.Code, instantKnown: true, timely: null, at, moves: true)
            : made;
    }

    private Complaint Accepted(ComplaintEvent.OfferAccepted accepted, DateTimeOffset at)
    {
        var offer = Offers.First(o => o.No == accepted.No);
        var agreed = offer.Accepted.Add(accepted.By);
        var settled = offer.By != Party.Mediator || agreed.Length == 2;
        var next = WithOffer(
            accepted.No,
            o =>
                settled
                    ? o with
                    {
                        Accepted = agreed,
                        State = OfferState.Accepted,
                        ClosedAt = at,
                    }
                    : o with
                    {
                        Accepted = agreed,
                    }
        );
        return settled
            ? next with
            {
                Status = Status.Settled,
                Settlement = accepted.No,
                SuspendedAt = null,
                ObjectBy = null,
                ShownAt = null,
            }
            : next;
    }

    private Complaint WithOffer(int no, Func<OfferFact, OfferFact> change) =>
        this with
        {
            Offers = [.. Offers.Select(o => o.No == no ? change(o) : o)],
        };
}
