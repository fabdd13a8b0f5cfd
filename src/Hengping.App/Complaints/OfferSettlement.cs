using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>和解: offers, their answers, and whether what was agreed was performed.</summary>
public static class OfferSettlement
{
    /// <summary>What is offered, by when it is performed, until when it can be accepted.</summary>
    public sealed record OfferRequest(
        string? Terms = null,
        decimal? Amount = null,
        string? DueBy = null,
        string? ExpiresAt = null
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
    public sealed record RejectRequest(string? Reason = null)
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
        return ValueTask.FromResult(opened.Case.RejectOffer(opened.No, opened.Party, opened.Now, joint: null, said));
    }

    private static ValueTask<Decided<ComplaintEvent>> Accept(Opened opened, AcceptRequest body, CancellationToken ct)
    {
        var guardian = Guardian.Check(opened.Case, opened.Party, body.Guardian, opened.Faults);
        var decided = opened.Case.AcceptOffer(opened.No, opened.Party, opened.Now, joint: null, guardian);
        return ValueTask.FromResult(decided);
    }

    private static ValueTask<Decided<ComplaintEvent>> Offer(Opened opened, OfferRequest body, CancellationToken ct)
    {
        var (faults, now) = (opened.Faults, opened.Now);
        var terms = faults.Text("terms", body.Terms, 0, 2_000);
        faults.Money("amount", body.Amount, ComplaintPolicy.Current.AmountMax);
        var says = body.Amount > 0 || PlainText.Length(terms) >= ReplyValidity.LengthMin;
        faults.If(!says, "terms", Fault.OfferEmpty);
        var dueBy = faults.Ahead("dueBy", body.DueBy, now, needed: true) ?? now;
        var expiresAt =
            faults.Ahead("expiresAt", body.ExpiresAt, now, needed: false) ?? now + ComplaintPolicy.Current.OfferOpenFor;
        return ValueTask.FromResult(
            opened.Case.Offer(opened.Party, terms.Length == 0 ? null : terms, body.Amount, dueBy, expiresAt, now)
        );
    }
}
