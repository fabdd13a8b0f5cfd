using System.Collections.Immutable;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>
/// What the ratings hear of one complaint: its events folded into one case per respondent. To see a past as-of, fold
/// only the events up to it.
/// </summary>
public sealed record RatingFacts
{
    /// <summary>No human: decisions of these authors touch nothing.</summary>
    private static readonly string[] NoHuman = ["clock", "import", "demo"];

    /// <summary>Why a case is out of the base that was contested with success.</summary>
    public const string Contested = "contested";

    private readonly ImmutableList<DeliveredCase> cases = [];

    /// <summary>Consumers' and merchants' complaints are never in one list.</summary>
    public Side Side { get; private init; }

    /// <summary>Who complains, to count different claimants.</summary>
    public Guid? Claimant { get; private init; }

    /// <summary>The filing, for the descriptive columns of the case file.</summary>
    public ComplaintEvent.Filed? Filed { get; private init; }

    /// <summary>The latest word of the claimant, with the sum recovered.</summary>
    public Resolved? Resolved { get; private init; }

    /// <summary>CNY recovered, by the claimant's word or an import's.</summary>
    public decimal? Recovered { get; private init; }

    /// <summary>Settled and not performed, as often as it is counted: 承诺未履行.</summary>
    public int BrokenPromises { get; private init; }

    /// <summary>One case for each respondent that ever received the complaint, in order of delivery.</summary>
    public IEnumerable<RatingCase> Cases => cases.Select(c => c.ToCase(Side, Claimant));

    /// <summary>The next state.</summary>
    /// <param name="version">The event's version in its stream: replies are named by it.</param>
    public static RatingFacts Fold(
        RatingFacts? before,
        ComplaintEvent happened,
        DateTimeOffset at,
        int version,
        string author
    )
    {
        var facts = before ?? new RatingFacts();
        return happened switch
        {
            ComplaintEvent.Filed filed => facts with
            {
                Side = filed.Side,
                Claimant = filed.Side == Side.Merchant ? filed.ClaimantMerchant : filed.Claimant,
                Filed = filed with { Story = null, Contact = null },
            },
            ComplaintEvent.Delivered d => facts.Deliver(d.PublicId, d.Respondent, at, Touches.None),
            ComplaintEvent.ContestDecided d => facts.Decide(d, at, Touch(Touches.Contest, author)),
            ComplaintEvent.Scored s => facts.Move(c => c.Score(s.Satisfaction, at)) with
            {
                Resolved = s.Resolved ?? facts.Resolved,
                Recovered = s.AmountRecovered ?? facts.Recovered,
            },
            ComplaintEvent.Closed { Recovered: { } sum } => facts with { Recovered = sum },
            ComplaintEvent.NotPerformed { Uncounted: false } or ComplaintEvent.RefusedCounted => facts with
            {
                BrokenPromises = facts.BrokenPromises + 1,
            },
            ComplaintEvent.PerformanceFound { TakesBack: true } => facts with
            {
                BrokenPromises = facts.BrokenPromises - 1,
            },
            _ => facts.Move(c => Judge(c, happened, at, version, author)),
        };
    }

    /// <summary>Which event does what to the case of the present respondent; all others move nothing.</summary>
    private static DeliveredCase Judge(
        DeliveredCase c,
        ComplaintEvent happened,
        DateTimeOffset at,
        int version,
        string author
    ) =>
        happened switch
        {
            ComplaintEvent.Replied r => c.Reply(
                new Reply(version, r.Valid, r.InstantKnown ? at : null, r.SourceTimely)
            ),
            ComplaintEvent.OfferMade { IsReply: true, By: Party.Respondent } => c.Reply(
                new Reply(version, Valid: true, at, Timely: null)
            ),
            ComplaintEvent.ValidityDecided d => c.Review(d.ReplyVersion, d.Valid, Touch(Touches.Validity, author)),
            ComplaintEvent.Excluded e => c.Out(e.Ground, Touch(Touches.Exclusion, author)),
            ComplaintEvent.Included => c.Out(null, Touch(Touches.Exclusion, author)),
            ComplaintEvent.Returned => c with { StoppedBy = "returned" },
            ComplaintEvent.Declined => c with { StoppedBy = "declined" },
            ComplaintEvent.Terminated { NonAcceptance: true } => c with { StoppedBy = "terminated" },
            // Paid or solved is settled: a withdrawal that was bought must not pay.
            ComplaintEvent.Withdrawn { Reason: Complaint.Solved } => c,
            ComplaintEvent.Withdrawn => c with { WithdrawnAt = at },
            _ => c,
        };

    private RatingFacts Deliver(string publicId, Guid respondent, DateTimeOffset at, Touches touched)
    {
        var known = cases.FindIndex(c => c.Respondent == respondent);
        if (known < 0)
            return With(cases.Add(new DeliveredCase(publicId, respondent, at) { Touched = touched }));
        // Delivered again after a return, a refusal or a detour: it counts again, from its first delivery.
        var again = cases[known] with
        {
            StoppedBy = null,
            Touched = cases[known].Touched | touched,
        };
        return With(cases.RemoveAt(known).Add(again));
    }

    private RatingFacts Decide(ComplaintEvent.ContestDecided decided, DateTimeOffset at, Touches touched)
    {
        var facts = Move(c =>
            decided.Decision == ContestDecision.Reject
                ? c with
                {
                    Touched = c.Touched | touched,
                }
                : c.Out(Contested, touched)
        );
        return decided is { Decision: ContestDecision.Redirect, Respondent: { } to, PublicId: { } id }
            ? facts.Deliver(id, to, at, touched)
            : facts;
    }

    private RatingFacts Move(Func<DeliveredCase, DeliveredCase> change) =>
        cases.Count == 0 ? this : With(cases.SetItem(cases.Count - 1, change(cases[^1])));

    private RatingFacts With(ImmutableList<DeliveredCase> cases) => new(this, cases);

    private RatingFacts(RatingFacts from, ImmutableList<DeliveredCase> cases)
        : this(from) => this.cases = cases;

    private RatingFacts() { }

    private static Touches Touch(Touches ground, string author) =>
        Array.Exists(NoHuman, n => author == n || author.StartsWith(n + ":", StringComparison.Ordinal))
            ? Touches.None
            : ground;

    private sealed record Reply(int Version, bool Valid, DateTimeOffset? At, bool? Timely);

    private sealed record DeliveredCase(string PublicId, Guid Respondent, DateTimeOffset DeliveredAt)
    {
        public ImmutableList<Reply> Replies { get; init; } = [];
        public int? ScoreMilli { get; init; }
        public DateTimeOffset? ScoredAt { get; init; }
        public string? ExcludedBy { get; init; }
        public string? StoppedBy { get; init; }
        public DateTimeOffset? WithdrawnAt { get; init; }
        public Touches Touched { get; init; }

        public DeliveredCase Reply(Reply reply) => this with { Replies = Replies.Add(reply) };

        public DeliveredCase Review(int reply, bool valid, Touches touched)
        {
            var at = Replies.FindIndex(r => r.Version == reply);
            return at < 0
                ? this
                : this with
                {
                    Replies = Replies.SetItem(at, Replies[at] with { Valid = valid }),
                    Touched = Touched | touched,
                };
        }

        public DeliveredCase Score(decimal satisfaction, DateTimeOffset at) =>
            this with
            {
                ScoreMilli = (int)decimal.Round(satisfaction * 1000, MidpointRounding.AwayFromZero),
                ScoredAt = at,
            };

        public DeliveredCase Out(string? ground, Touches touched) =>
            this with
            {
                ExcludedBy = ground,
                Touched = Touched | touched,
            };

        public RatingCase ToCase(Side side, Guid? claimant)
        {
            var first = Replies.Find(r => r.Valid);
            return new RatingCase
            {
                PublicId = PublicId,
                Merchant = Respondent,
                Side = side,
                Claimant = claimant,
                DeliveredAt = DeliveredAt,
                ValidReply = first is not null,
                // Clocks of several machines differ by seconds: nobody answers before the delivery.
                RepliedAt = first?.At < DeliveredAt ? DeliveredAt : first?.At,
                ReplyTimely = first is { At: null } ? first.Timely : null,
                ScoreMilli = ScoreMilli,
                ScoredAt = ScoredAt,
                Excluded = ExcludedBy ?? StoppedBy ?? Withdrawn(first),
                Touched = Touched,
            };
        }

        /// <summary>Withdrawn before a valid reply and within its hours: the respondent failed no clock.</summary>
        private string? Withdrawn(Reply? first)
        {
            if (WithdrawnAt is not { } at || at > DeliveredAt + ReplyHours.At(DeliveredAt).InPart)
                return null;
            return first is null || first.At > at ? "withdrawn" : null;
        }
    }
}
