using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>Somebody's yes.</summary>
/// <param name="Made">By making the offer, and not by accepting it.</param>
public sealed record AgreementVoice(Party By, DateTimeOffset At, bool Made);

/// <summary>Where an agreement stands.</summary>
public enum AgreementState
{
    /// <summary>Its day has not come, or nobody has said yet what became of it.</summary>
    Open,

    /// <summary>The respondent says that it was done.</summary>
    Shown,

    /// <summary>Said not to be done; the respondent can show that it was.</summary>
    Disputed,

    /// <summary>Done, by the claimant's word, a mediator's finding or for want of an objection.</summary>
    Performed,

    /// <summary>It was not.</summary>
    Broken,
}

/// <summary>和解协议: an accepted offer as a thing: its sum, its terms, its day, and who said yes when.</summary>
public sealed record Agreement(
    OfferFact Offer,
    string? Terms,
    IReadOnlyList<AgreementVoice> Voices,
    AgreementState State
)
{
    /// <summary>The tone of the state, as its mark says it.</summary>
    public string Tone =>
        State switch
        {
            AgreementState.Performed => "done",
            AgreementState.Disputed or AgreementState.Broken => "stop",
            _ => "open",
        };

    /// <summary>When and by whom its performance was settled; null while it is open.</summary>
    public AgreementVoice? Done { get; init; }

    /// <summary>The last offer that was accepted by all whom it binds, as a party may read it.</summary>
    public static Agreement? Of(Complaint c, IReadOnlyList<StoryEvent<ComplaintEvent>> story, Party reader)
    {
        if (c.Offers.LastOrDefault(o => o.State == OfferState.Accepted) is not { } offer)
            return null;
        var readable = ShownEvent.Readable(reader, c, story).ToList();
        if (
            readable.FirstOrDefault(t => t.Event is ComplaintEvent.OfferMade made && made.No == offer.No)
            is not { Event: ComplaintEvent.OfferMade terms } from
        )
            return null;
        var voices = new List<AgreementVoice>();
        if (offer.By != Party.Mediator)
            voices.Add(new AgreementVoice(offer.By, from.At, Made: true));
        foreach (var yes in readable)
            if (yes.Event is ComplaintEvent.OfferAccepted accepted && accepted.No == offer.No)
                voices.Add(new AgreementVoice(accepted.By, yes.At, Made: false));
        return new Agreement(offer, terms.Terms, voices, StateOf(c, offer)) { Done = DoneIn(readable) };
    }

    private static AgreementVoice? DoneIn(IReadOnlyList<StoryEvent<ComplaintEvent>> readable) =>
        readable.LastOrDefault(t => t.Event is ComplaintEvent.Performed or ComplaintEvent.PerformanceFound) is { } one
            ? new AgreementVoice(
                one.Event is ComplaintEvent.Performed { ByClock: false } ? Party.Claimant
                    : one.Event is ComplaintEvent.Performed ? Party.Clock
                    : Party.Mediator,
                one.At,
                Made: false
            )
            : null;

    private static AgreementState StateOf(Complaint c, OfferFact offer) =>
        c.ClosedBecause == ClosedBecause.Performed || c.FoundPerformed == offer.No ? AgreementState.Performed
        : c.Broken?.Offer == offer.No ? AgreementState.Broken
        : c.ProofBy is not null ? AgreementState.Disputed
        : c.ShownAt is not null ? AgreementState.Shown
        : AgreementState.Open;
}
