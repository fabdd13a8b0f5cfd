using System.Collections.Immutable;

namespace Hengping.Rules.Complaints;

public sealed partial record Complaint
{
    /// <summary>The facts after an event. A stream that does not begin with a filing is a broken invariant.</summary>
    public static Complaint Fold(Complaint? state, ComplaintEvent happened, DateTimeOffset at, string author) =>
        happened is ComplaintEvent.Filed filed ? Begin(filed, at, author)
        : state is null ? throw new InvalidOperationException("A complaint begins with its filing")
        : state.Apply(happened, at, author);

    /// <summary>The facts after an event that is not the filing.</summary>
    public Complaint Apply(ComplaintEvent happened, DateTimeOffset at, string author)
    {
        // What is kept or erased is the house's matter: it is no move in the case, and makes nobody its first contact.
        if (
            happened
            is ComplaintEvent.HoldPlaced
                or ComplaintEvent.HoldLifted
                or ComplaintEvent.Erased
                or ComplaintEvent.Locked
        )
            return Kept(happened, at);
        var isMove = author != "clock" && (happened.Fold is null || !IsBeside(happened));
        var next = this with
        {
            Version = Version + 1,
            LastAt = at,
            ScreeningHits = ScreeningHits + (happened.Marked?.Hits ?? 0),
            MarkedAt = happened.Marked is null ? MarkedAt : at,
            Talk = SpeakerOf(happened) is { } side ? TalkOfDay.After(Talk, side, at) : Talk,
            ActiveAt = isMove ? at : ActiveAt,
            ClosesAt = isMove ? null : ClosesAt,
            FirstContact = FirstContact ?? (author.StartsWith("staff:", StringComparison.Ordinal) ? author : null),
        };
        var done = happened switch
        {
            ComplaintEvent.Returned e => next with { Status = Status.Returned, LapsesAt = e.LapsesAt },
            ComplaintEvent.Resubmitted e => next with
            {
                Status = Status.Filed,
                ScreenBy = e.ScreenBy,
                ScreenFrom = at,
                LapsesAt = null,
                Evidence = Join(Evidence, e.Evidence),
            },
            ComplaintEvent.Supplemented e => next with { Evidence = Join(Evidence, e.Evidence) },
            ComplaintEvent.Declined e => next.End(Status.Declined, at, author, e.Reason),
            ComplaintEvent.Lapsed => next.End(Status.Withdrawn, at, author, "lapsed"),
            ComplaintEvent.Withdrawn e => next.End(Status.Withdrawn, at, author, e.Reason ?? "withdrawn"),
            ComplaintEvent.Terminated e => next.End(Status.Terminated, at, author, e.Reason),
            ComplaintEvent.ReviewAsked => next with { ReviewAsked = true, ReviewPending = true, ReviewAskedAt = at },
            ComplaintEvent.ReviewDecided e => next.AfterReview(e),
            ComplaintEvent.Closed e => next.End(Status.Closed, at, author, EndReason) with
            {
                ClosedBecause = e.Because,
            },
            ComplaintEvent.Performed => next.End(Status.Closed, at, author, null) with
            {
                ClosedBecause = Complaints.ClosedBecause.Performed,
            },
            ComplaintEvent.ClosingTold e => next with { ClosesAt = e.ClosesAt },
            ComplaintEvent.ConsentsChanged e => next with { Consents = e.Consents },
            ComplaintEvent.Scored e => next with
            {
                Score = new ScoreFact(e.Satisfaction, e.Resolved, e.AmountRecovered, at),
                Scores = Scores + 1,
            },
            ComplaintEvent.Excluded e => next with { Excluded = e.Ground },
            ComplaintEvent.Included => next with { Excluded = null },
            ComplaintEvent.TerminationTold e => next with { Untold = next.Untold.Remove(e.Who) },
            ComplaintEvent.TermsCounted => next,
            _ => next.Handled(happened, at, author),
        };
        if (done.Status != Status)
            done = done with { Moved = new StatusMove(at, author, happened is ComplaintEvent.ReviewDecided) };
        return done.Timed(happened, at);
    }

    // The respondent, who may not know of a score or a consent, sees no clock begin again; and what leaves the ratings
    // or comes back to them is a matter of the lists, not of the case.
    private static bool IsBeside(ComplaintEvent happened) =>
        happened
            is ComplaintEvent.Scored
                or ComplaintEvent.ConsentsChanged
                or ComplaintEvent.Excluded
                or ComplaintEvent.Included;

    private static Complaint Begin(ComplaintEvent.Filed filed, DateTimeOffset at, string author) =>
        new()
        {
            Moved = new StatusMove(at, author, IsReview: false),
            TermNotes = [.. filed.TermNotes ?? []],
            Number = filed.Number,
            Side = filed.Side,
            Claimant = filed.Claimant,
            ClaimantMerchant = filed.ClaimantMerchant,
            Respondent = filed.Respondent,
            Shop = filed.Shop,
            OrderKey = filed.OrderKey,
            ClaimantPrint = filed.ClaimantPrint,
            OrderedAt = filed.OrderedAt,
            Sector = filed.Sector,
            Problem = filed.Problem,
            Amount = filed.Amount,
            Demands = filed.Demands,
            Province = filed.Province,
            FiledFor = filed.FiledFor,
            Consents = filed.Consents,
            Channel = filed.Channel,
            Priority = filed.Priority,
            PriorityAlone = filed.PriorityAlone ?? filed.Priority,
            Danger = filed.Danger,
            Safety = filed.Safety,
            Imported = filed.Imported,
            ScreeningHits = filed.ScreeningHits,
            MarkedAt = filed.ScreeningHits > 0 ? at : null,
            Evidence = [.. filed.Evidence],
            Status = Status.Filed,
            FiledAt = at,
            ScreenBy = filed.ScreenBy,
            ScreenFrom = at,
            ActiveAt = at,
            LastAt = at,
            Version = 1,
        };

    /// <summary>What happens between delivery and end.</summary>
    private Complaint Handled(ComplaintEvent happened, DateTimeOffset at, string author) =>
        happened switch
        {
            ComplaintEvent.Delivered e => DeliveredTo(e.Respondent, e.PublicId, at),
            ComplaintEvent.Unreached e => this with
            {
                Status = Status.Unreached,
                Attempts = [.. Attempts, .. e.Attempts],
            },
            ComplaintEvent.Chased e => this with { Chases = e.Count, ClockChases = ClockChases + (e.ByClock ? 1 : 0) },
            ComplaintEvent.MediationOffered => this with { MediationOffered = true },
            ComplaintEvent.Contested e => this with
            {
                Status = Status.Contested,
                Contest = e.Ground,
                ContestAnswerBy = e.AnswerBy,
                ContestedBefore = true,
                Evidence = Join(Evidence, e.Evidence),
            },
            ComplaintEvent.ContestDecided e => AfterContest(e, at, author),
            ComplaintEvent.Replied e => Answered(e, at),
            ComplaintEvent.ValidityDecided e => Judged(e),
            ComplaintEvent.ValidityContested e => this with
            {
                Replies = [.. Replies.Select(r => r.Version == e.ReplyVersion ? r with { ContestedAt = at } : r)],
            },
            ComplaintEvent.MessageSent e => this with { Evidence = Join(Evidence, e.Evidence) },
            ComplaintEvent.NotSolved e => this with { Status = Status.InMediation, MediationEndBy = e.EndBy },
            ComplaintEvent.MediationBegan e => this with { Status = Status.InMediation, MediationEndBy = e.EndBy },
            ComplaintEvent.Suspended => this with { SuspendedAt = at },
            ComplaintEvent.Resumed e => this with
            {
                MediationStood = MediationStood + (at - (SuspendedAt ?? at)),
                SuspendedAt = null,
                MediationEndBy = e.EndBy,
            },
            ComplaintEvent.SellerAsked e => this with { SellerAnswerBy = e.AnswerBy },
            ComplaintEvent.SellerNamed => this with { IsSellerNamed = true },
            ComplaintEvent.SellerUnnamed => this with { IsSellerOverdue = true },
            _ => Settling(happened, at)
                ?? throw new InvalidOperationException($"No fold for {happened.GetType().Name}"),
        };

    private Complaint End(Status status, DateTimeOffset at, string author, string? reason) =>
        this with
        {
            Status = status,
            EndedAt = at,
            EndedBy = author,
            EndReason = reason,
            SuspendedAt = null,
            LapsesAt = null,
            ReviewPending = false,
            ProofBy = null,
        };

    private Complaint AfterReview(ComplaintEvent.ReviewDecided decided) =>
        decided.Reopened
            ? this with
            {
                Status = Status.Filed,
                ReviewPending = false,
                ReviewDecidedAt = LastAt,
                ScreenBy = decided.ScreenBy,
                ScreenFrom = LastAt,
                EndedAt = null,
                EndedBy = null,
                EndReason = null,
                MediationEndBy = null,
            }
            : this with
            {
                ReviewPending = false,
                ReviewDecidedAt = LastAt,
            };

    private Complaint DeliveredTo(Guid respondent, string publicId, DateTimeOffset at)
    {
        var known = Deliveries.Any(d => d.Respondent == respondent);
        return this with
        {
            Status = Status.Delivered,
            Respondent = respondent,
            // A shop of the one before is no party before another.
            Shop = respondent == Respondent ? Shop : null,
            Deliveries = known ? Deliveries : Deliveries.Add(new Delivery(respondent, publicId, at)),
            LastDeliveredAt = at,
            ClockChases = known ? ClockChases : 0,
            MediationOffered = known && MediationOffered,
            ContestedBefore = known && ContestedBefore,
            Attempts = known ? Attempts : [],
            // What was offered to or by the one before is not this one's to accept.
            Offers = known ? Offers : [.. Offers.Select(o => Lapsed(o, at))],
            SellerAnswerBy = known ? SellerAnswerBy : null,
            IsSellerNamed = known && IsSellerNamed,
            IsSellerOverdue = known && IsSellerOverdue,
        };
    }

    private static OfferFact Lapsed(OfferFact offer, DateTimeOffset at) =>
        offer.State == OfferState.Open ? offer with { State = OfferState.Expired, ClosedAt = at } : offer;

    private Complaint AfterContest(ComplaintEvent.ContestDecided decided, DateTimeOffset at, string author)
    {
        var settled = this with { Contest = null, ContestAnswerBy = null };
        return decided.Decision switch
        {
            ContestDecision.Redirect => settled.DeliveredTo(decided.Respondent!.Value, decided.PublicId!, at),
            ContestDecision.Exclude => settled.End(Status.Declined, at, author, "contested"),
            _ => settled with { Status = Status.Delivered },
        };
    }

    private static ImmutableArray<Guid> Join(ImmutableArray<Guid> before, IReadOnlyList<Guid> more) =>
        more.Count == 0 ? before : [.. before.Union(more)];
}
