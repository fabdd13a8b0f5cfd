namespace Hengping.Rules.Complaints;

/// <summary>The verbs about the seller behind a platform (消保法 art. 44).</summary>
public sealed partial record Complaint
{
    /// <summary>By when the platform has to say who the seller is; null while nobody asked.</summary>
    public DateTimeOffset? SellerAnswerBy { get; init; }

    /// <summary>The platform has said who the seller is.</summary>
    public bool IsSellerNamed { get; init; }

    /// <summary>It had not in time, and the claimant was told what follows.</summary>
    public bool IsSellerOverdue { get; init; }

    /// <summary>The platform is asked for the seller's real name and contact, once.</summary>
    /// <param name="isPlatform">The respondent is a platform: others sell on it.</param>
    /// <param name="answerBy">3 working days from now.</param>
    public Decided<ComplaintEvent> AskSeller(bool isPlatform, DateTimeOffset answerBy, DateTimeOffset now) =>
        No(Verb.AskSeller, now, new Asked { OfPlatform = isPlatform })
        ?? (Decided<ComplaintEvent>)new ComplaintEvent.SellerAsked(answerBy);

    /// <summary>The platform says who the seller is, late too.</summary>
    public Decided<ComplaintEvent> NameSeller(string name, string contact, DateTimeOffset now) =>
        No(Verb.NameSeller, now)
        ?? (Decided<ComplaintEvent>)new ComplaintEvent.SellerNamed { Seller = new Seller(name, contact) };

    private ClockEvent? SellerSilence() =>
        SellerAnswerBy is { } due
        && !IsSellerNamed
        && !IsSellerOverdue
        && !Ended
        // Nobody is late before the calendar says on which day.
        && NoteOf("seller")?.Provisional != true
            ? new ClockEvent(due, new ComplaintEvent.SellerUnnamed())
            : null;
}
