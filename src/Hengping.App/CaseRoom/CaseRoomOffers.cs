using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.CaseRoom;

/// <summary>An offer as it is looked over before it goes out: nobody is bound by a slip of the finger.</summary>
/// <param name="Handler">The form it goes on with.</param>
/// <param name="No">The offer that is turned down with it; empty where none is.</param>
/// <param name="Until">Until when it can be accepted.</param>
/// <param name="ByMediator">Both have to accept it.</param>
public sealed record OfferLook(
    string Handler,
    string No,
    string Why,
    string Terms,
    string Amount,
    string DueBy,
    DateTimeOffset Until,
    bool ByMediator,
    IReadOnlyList<TypedField> Sent
)
{
    /// <summary>In figures; null where it names none.</summary>
    public decimal? Sum => Sums.Typed(Amount).Sum;

    /// <summary>A sum its words name that is not the one of its field; null where the two agree.</summary>
    public static string? UnlikeOf(string terms, decimal? typed) =>
        SumsSaid.Unlike(terms, typed) is not { } said ? null
        : typed is { } sum ? Texts.T("offer.look.unlike", Say.Money(said), Say.Money(sum))
        : Texts.T("offer.look.unlike.none", Say.Money(said));

    /// <summary>As it is shown.</summary>
    public LastLook Shown =>
        new(Texts.T("act.offer.go"))
        {
            Handler = Handler,
            Sent = Sent,
            Follows =
            [
                .. No.Length > 0 ? [Texts.T("offer.look.rejects", No)] : Array.Empty<string>(),
                Texts.T(ByMediator ? "offer.look.binds.both" : "offer.look.binds", Say.Typed(DueBy)),
                Texts.T("offer.look.until", Say.Instant(Until)),
            ],
            Reads = Texts.T(ByMediator ? "offer.look.read.both" : "offer.look.read"),
            Sum = Sum is { } sum ? Say.Money(sum) : Texts.T("offer.look.none"),
            Said =
            [
                .. Terms.Length > 0 ? [Terms] : Array.Empty<string>(),
                .. Why.Length > 0 ? [Texts.T("offer.why") + Texts.Pick("：", ": ") + Why] : Array.Empty<string>(),
            ],
            Unlike = UnlikeOf(Terms, Sum),
        };
}

// Offers: which of them the reader is asked about, and how one of their own is made.
public sealed partial class CaseRoomPage
{
    private IReadOnlyList<OfferCard> OpenOffers =>
        [.. Case.Offers.Where(o => o.State == OfferState.Open && o.ExpiresAt > Now).Select(Card)];

    /// <summary>The one whose turn it is to be answered: it stands in the box. Null where none is.</summary>
    public OfferCard? AskedOffer =>
        Turn is { Turn: { IsMine: true, Turn: { Kind: TurnKind.AnswerOffer, No: { } no } } }
            ? OpenOffers.FirstOrDefault(o => o.MayAnswer && o.Offer.No == no) is { } card
                ? card with
                {
                    IsAsked = true,
                    Tried = card.Tried ?? Asking,
                }
                : null
            : null;

    /// <summary>The other open ones.</summary>
    public IEnumerable<OfferCard> OtherOffers => OpenOffers.Where(o => o.Offer.No != AskedOffer?.Offer.No);

    /// <summary>What was sent is an offer with no fault: it is shown once more before it goes.</summary>
    public bool IsLooking { get; private set; }

    /// <summary>It, where this form is what was sent.</summary>
    public OfferLook? Look(Verb verb) =>
        IsLooking && IsTried(verb)
            ? new OfferLook(
                verb.ToString(),
                Typed("no") ?? "",
                Typed("why") ?? "",
                Typed("terms") ?? "",
                Typed("amount") ?? "",
                Typed("dueBy") ?? "",
                Now + ComplaintPolicy.Current.OfferOpenFor,
                Reader == Party.Mediator,
                LastLook.Typed(Request.Form)
            )
            : null;

    // The answer that was chosen in the address.
    private Verb? Asking => Words.Parse<Verb>(Act) is { } verb and (Verb.AcceptOffer or Verb.RejectOffer) ? verb : null;

    // A sum alone says nothing, and is soon sent by a slip of the finger.
    private bool IsHalfAnOffer(Verb verb, IFormCollection form)
    {
        var offers = HasOffer(form) || form.ContainsKey("counter");
        if (verb != Verb.RejectOffer || !offers || !string.IsNullOrWhiteSpace(form["terms"]))
            return false;
        Faults[OfferCard.FieldOf(form["no"], "counter.terms")] = Texts.T("offer.counter.terms");
        return true;
    }

    private static bool HasOffer(IFormCollection form) =>
        !string.IsNullOrWhiteSpace(form["terms"]) || !string.IsNullOrWhiteSpace(form["amount"]);

    private static object OfferOf(IFormCollection form) =>
        new
        {
            terms = form["terms"].ToString(),
            amount = form["amount"].ToString() is { Length: > 0 } sum ? sum : null,
            dueBy = form["dueBy"].ToString() is { Length: > 0 } day ? day : null,
            asksFirst = !form.ContainsKey("looked"),
        };

    private DateTimeOffset? TurnedAt => past.LastOrDefault(one => IsTurning(one.Event))?.At;

    private static bool IsTurning(ComplaintEvent happened) =>
        happened
            is ComplaintEvent.OfferMade
                or ComplaintEvent.OfferRejected
                or ComplaintEvent.OfferExpired
                or ComplaintEvent.OfferAccepted
                or ComplaintEvent.PerformanceShown
                or ComplaintEvent.NotPerformedSaid
                or ComplaintEvent.Performed;
}
