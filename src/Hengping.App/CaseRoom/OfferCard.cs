using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>An open offer as one party sees it.</summary>
/// <param name="Terms">Its words, while readable.</param>
/// <param name="MayAnswer">This reader is asked for a yes or no; an offer to all is answered in the joint
/// complaint.</param>
public sealed record OfferCard(OfferFact Offer, string? Terms, bool MayAnswer, DateTimeOffset Now)
{
    /// <summary>The faults of the form, where a guardian has to agree; null where nobody else has to.</summary>
    public IReadOnlyDictionary<string, string>? Guardian { get; init; }
}
