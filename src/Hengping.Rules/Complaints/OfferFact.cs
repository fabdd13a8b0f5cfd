using System.Collections.Immutable;

namespace Hengping.Rules.Complaints;

/// <summary>An offer as rules see it: no words.</summary>
/// <param name="Accepted">Who has accepted so far; an offer of the mediator needs both parties.</param>
/// <param name="Joint">Made to all of this joint complaint: there it is answered, by everyone.</param>
public sealed record OfferFact(
    int No,
    Party By,
    decimal? Amount,
    DateTimeOffset At,
    DateTimeOffset DueBy,
    DateTimeOffset ExpiresAt,
    OfferState State,
    ImmutableArray<Party> Accepted,
    Guid? Joint = null
)
{
    /// <summary>When it was answered, or lapsed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who turned it down.</summary>
    public Party? RejectedBy { get; init; }
}
