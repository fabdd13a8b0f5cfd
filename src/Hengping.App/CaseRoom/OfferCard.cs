using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>An open offer as one party sees it.</summary>
/// <param name="Terms">Its words, while readable.</param>
/// <param name="MayAnswer">This reader is asked for a yes or no; an offer to all is answered in the joint
/// complaint.</param>
public sealed record OfferCard(OfferFact Offer, string? Terms, bool MayAnswer, DateTimeOffset Now)
{
    /// <summary>The part of the form where a guardian has to agree; null where nobody else has to.</summary>
    public GuardianForm? Guardian { get; init; }

    /// <summary>What was sent about this offer and came back; null where nothing was.</summary>
    public IFormCollection? Sent { get; init; }

    /// <summary>What that was; null where nothing came back.</summary>
    public Verb? Tried { get; init; }

    /// <summary>The faults of what came back.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; init; } = new Dictionary<string, string>();

    /// <summary>It is this reader's turn to answer it: it stands in the box, with the page's main button.</summary>
    public bool IsAsked { get; init; }

    /// <summary>An offer of their own in its place, to be looked over before both go.</summary>
    public OfferLook? Look { get; init; }

    /// <summary>Where the fault of a field stands: there may be several offers on the page.</summary>
    public string Field(string field) => FieldOf(Offer.No, field);

    /// <inheritdoc cref="Field"/>
    public static string FieldOf(object? no, string field) =>
        field switch
        {
            "counter.terms" => $"counter-{no}",
            "counter.amount" => $"sum-{no}",
            "counter.dueBy" => $"day-{no}",
            "reason" => $"why-{no}",
            _ => field,
        };

    /// <summary>It came back with faults, or was chosen in the address.</summary>
    public bool IsTried(Verb verb) => Tried == verb;

    /// <summary>What was typed in the form that came back.</summary>
    public string? Typed(string field) => Tried == Verb.RejectOffer ? Sent?[field] : null;
}
