using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>和解: offers, their answers, and whether what was agreed was performed.</summary>
public static class OfferSettlement
{
    /// <summary>What is offered, by when it is performed, until when it can be accepted.</summary>
    /// <param name="AsksFirst">Refuse it, saying what it binds to, where all of it is right; else it is made.</param>
    public sealed record OfferRequest(
        string? Terms = null,
        decimal? Amount = null,
        string? DueBy = null,
        string? ExpiresAt = null,
        bool? AsksFirst = null
    )
    {
        public OfferRequest()
            : this(Terms: null) { }
    }

    /// <summary>Who agreed, where the claimant is of 14 to 17.</summary>
    public sealed record AcceptRequest(GuardianDraft? Guardian = null)
    {
        public AcceptRequest()
            : this(Guardian: null) { }
    }

    /// <summary>Why it is turned down, if they want to say.</summary>
    /// <param name="Counter">What they offer in its place: turned down and offered in one, or neither.</param>
    public sealed record RejectRequest(string? Reason = null, OfferRequest? Counter = null)
    {
        public RejectRequest()
            : this(Reason: null) { }
    }

    /// <summary>Characters of a reason.</summary>
    private const int ReasonMax = 2_000;

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapVerb<OfferRequest>(Verb.Offer, Offer);
        complaints.MapVerb<AcceptRequest>(Verb.AcceptOffer, Accept);
        complaints.MapVerb<RejectRequest>(Verb.RejectOffer, Reject);
    }

    private static ValueTask<Decided<ComplaintEvent>> Reject(Opened opened, RejectRequest body, CancellationToken ct)
    {
        var reason = opened.Faults.Text("reason", body.Reason, 0, ReasonMax);
        var said = reason.Length == 0 ? null : reason;
        var decided = opened.Case.RejectOffer(opened.No, opened.Party, opened.Now, joint: null, said);
        if (body.Counter is not { } counter)
            return ValueTask.FromResult(decided);
        // Judged as the case stands once the other is off the table.
        var after = decided.Event is { } no
            ? Complaint.Fold(opened.Case, no, opened.Now, opened.Caller.Author)
            : opened.Case;
        var made = Made(opened, after, counter, "counter.");
        if (decided.Refusal is null && made.Event is { } offer)
            opened.Also.Add(offer);
        return ValueTask.FromResult(decided.Refusal is null && made.Refusal is { } refused ? refused : decided);
    }

    private static ValueTask<Decided<ComplaintEvent>> Accept(Opened opened, AcceptRequest body, CancellationToken ct)
    {
        var guardian = Guardian.Check(opened.Case, opened.Party, body.Guardian, opened.Faults);
        var decided = opened.Case.AcceptOffer(opened.No, opened.Party, opened.Now, joint: null, guardian);
        return ValueTask.FromResult(decided);
    }

    private static ValueTask<Decided<ComplaintEvent>> Offer(Opened opened, OfferRequest body, CancellationToken ct) =>
        ValueTask.FromResult(Made(opened, opened.Case, body, ""));

    // An offer, of its own or in the place of another; its fields under what stands before their names.
    private static Decided<ComplaintEvent> Made(Opened opened, Complaint c, OfferRequest body, string before)
    {
        var (faults, now) = (opened.Faults, opened.Now);
        var terms = faults.Text(before + "terms", body.Terms, 0, 2_000);
        faults.Money(before + "amount", body.Amount, ComplaintPolicy.Current.AmountMax);
        var says = body.Amount > 0 || PlainText.Length(terms) >= ReplyValidity.LengthMin;
        faults.If(!says, before + "terms", Fault.OfferEmpty);
        var dueBy = faults.Ahead(before + "dueBy", body.DueBy, now, needed: true) ?? now;
        var expiresAt =
            faults.Ahead(before + "expiresAt", body.ExpiresAt, now, needed: false)
            ?? now + ComplaintPolicy.Current.OfferOpenFor;
        var said = terms.Length == 0 ? null : terms;
        var made = c.Offer(opened.Party, said, body.Amount, dueBy, expiresAt, now);
        return body.AsksFirst == true && faults.None && made.Event is not null
            ? Refusals.LookAtOffer(body.Amount, expiresAt)
            : made;
    }
}
