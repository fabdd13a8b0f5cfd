using Hengping.Rules.Accounts;

namespace Hengping.Rules.Complaints;

/// <summary>
/// Who may do what now: the one statement. A verb asks it before it looks at what was said, the API's <c>can</c> is
/// computed from it, pages show by it. What depends on the words, the number or the choice in a body is said by the
/// verb itself.
/// </summary>
public sealed partial record Complaint
{
    /// <summary>Why somebody cannot do this now, whatever they say; null where something they can say is taken.
    /// </summary>
    public Refusal? Why(Verb verb, CaseActor by, CaseFacts facts, DateTimeOffset now, ComplaintPolicy policy) =>
        NotTheirs(verb, by) ?? No(verb, now, new Asked(by.Party, by.Author, facts.RespondentIsPlatform, policy));

    /// <summary>Whose verb it is, whatever the state: said before anything else is looked at.</summary>
    public static Refusal? NotTheirs(Verb verb, CaseActor by)
    {
        var side = CaseSides.Of(verb);
        return
            !by.ReadsOnly
            && side.Roles.Contains(by.Role)
            && side.Parties.Contains(by.Party)
            && (side.AlsoShop || !by.IsShopOnly)
            ? null
            : Roles.NotYours;
    }

    /// <summary>Every verb somebody can do now.</summary>
    public IReadOnlyList<Verb> Possible(CaseActor by, CaseFacts facts, DateTimeOffset now, ComplaintPolicy policy) =>
        [.. Enum.GetValues<Verb>().Where(verb => Why(verb, by, facts, now, policy) is null)];

    /// <summary>Who asks, as far as a verb needs it.</summary>
    private readonly record struct Asked(Party By, string Author, bool OfPlatform, ComplaintPolicy Policy);

    /// <summary>What the life table, the order of instants and the facts say; null is no objection.</summary>
    private Refusal? No(Verb verb, DateTimeOffset now, Asked asked = default) =>
        NotNow(verb, now) ?? ByFacts(verb, now, asked);

    /// <summary>The same without the facts, for a verb about one of several things: it looks at that one.</summary>
    private Refusal? NotNow(Verb verb, DateTimeOffset now)
    {
        if (!Life.Has(verb, Status))
            return Life.WrongState(verb, Status);
        if (IsOfDelivered(verb) && !WasDelivered)
            return Refusals.NeverDelivered;
        // Clocks of several nodes differ by seconds; history has no such excuse.
        var slack = Imported is null ? TimeSpan.FromMinutes(5) : TimeSpan.Zero;
        return now + slack < LastAt ? Refusals.OutOfOrder : null;
    }

    private Refusal? ByFacts(Verb verb, DateTimeOffset now, Asked asked) =>
        verb switch
        {
            Verb.Deliver => Consents is { PassOn: false } ? Refusals.NoConsent : null,
            Verb.Contest => FirstReply is not null ? Refusals.AlreadyReplied
            : ContestedBefore ? Refusals.AlreadyContested
            : null,
            Verb.DecideValidity => Replies.IsEmpty ? Refusals.NoSuchReply : null,
            Verb.ContestValidity => ByAny(Replies, r => NotContestable(r, now, asked), Refusals.NoSuchReply),
            Verb.NotSolved => Status == Status.Delivered && now < NotSolvedFrom
                ? Refusals.NotSolvedTooEarly(Hours)
                : null,
            Verb.Offer => Offers.Count(o => o.State == OfferState.Open) >= OpenOffersMax
                ? Refusals.TooManyOffers
                : null,
            Verb.AcceptOffer or Verb.RejectOffer => ByAny(
                Offers,
                o => NotAnswerable(o, asked.By, now, joint: null),
                Refusals.OfferUnknown
            ),
            Verb.NotPerformed => ProofBy is not null ? Refusals.NotPerformedSaid
            : FoundPerformed == Settlement ? Refusals.FoundPerformed
            : null,
            Verb.ShowPerformance => Status == Status.InMediation && ShowBy is null ? Refusals.NothingToShow
            : Status == Status.Settled && FoundPerformed == Settlement ? Refusals.FoundPerformed
            : null,
            Verb.FindPerformed => ProofBy is null && Broken is null ? Refusals.NothingBroken : null,
            Verb.Suspend => SuspendedAt is null ? null : Refusals.Suspended,
            Verb.Resume => SuspendedAt is null ? Refusals.NotSuspended : null,
            Verb.Close => ReviewPending ? Refusals.ReviewWaits : null,
            Verb.Review => ReviewAsked ? Refusals.ReviewOnce
            : EndedAt + asked.Policy.ReviewWithin is { } until && now > until ? Refusals.ReviewTooLate(until)
            : null,
            Verb.DecideReview => !ReviewPending ? NoReview()
            : EndedBy == asked.Author ? Refusals.ReviewByAnother
            : null,
            Verb.Score => EndedAt is { } ended && ended + asked.Policy.ScoreWithin is var last && now > last
                ? Refusals.ScoreTooLate(last)
                : null,
            Verb.Exclude => Excluded is null ? null : Refusals.AlreadyExcluded,
            Verb.Include => Excluded is null ? Refusals.NotExcluded : null,
            Verb.Hold => IsShut ? Refusals.NothingToHold
            : Hold is null ? null
            : Refusals.AlreadyHeld,
            Verb.LiftHold => Hold is null ? Refusals.NotHeld : null,
            Verb.AskSeller => !asked.OfPlatform ? Refusals.NoPlatform
            : SellerAnswerBy is not null ? Refusals.SellerAskedBefore
            : null,
            Verb.NameSeller => SellerAnswerBy is null ? Refusals.SellerNotAsked
            : IsSellerNamed ? Refusals.SellerNamedBefore
            : null,
            // After the end consents are taken back and no more: without one there is nothing to do.
            Verb.ChangeConsents => Ended && Consents?.GivesMoreThan(null) != true ? Refusals.ConsentAfterEnd : null,
            Verb.TellTermination => Untold.IsEmpty ? Refusals.ToldBefore : null,
            _ => null,
        };

    private static bool IsOfDelivered(Verb verb) =>
        verb is Verb.Score or Verb.Exclude or Verb.Include or Verb.DecideValidity or Verb.ContestValidity;

    /// <summary>Nothing where one of them will do; else what is said of the last, or that there is none.</summary>
    private static Refusal? ByAny<T>(IReadOnlyList<T> all, Func<T, Refusal?> why, Refusal none)
    {
        var last = none;
        foreach (var one in all)
        {
            if (why(one) is not { } no)
                return null;
            last = no;
        }
        return last;
    }

    private Refusal? NotContestable(ReplyFact reply, DateTimeOffset now, Asked asked) =>
        // Whoever was the respondent before answers for its own replies alone, and so does whoever is it now.
        asked.By == Party.Respondent
        && reply.Respondent != Respondent
            ? Refusals.NoSuchReply
        : reply.Touched ? Refusals.ValidityJudged
        : reply.ContestedAt is not null ? Refusals.ValidityContested
        : reply.Valid == (asked.By == Party.Respondent) ? Refusals.ValiditySame
        : EndedAt is { } ended && ended + asked.Policy.ScoreWithin is var last && now > last
            ? Refusals.ValidityTooLate(last)
        : null;

    private static Refusal? NotAnswerable(OfferFact offer, Party by, DateTimeOffset now, Guid? joint) =>
        offer.State != OfferState.Open || now >= offer.ExpiresAt ? Closed(offer, now)
        : offer.By == by ? Refusals.OfferOwn
        : offer.Joint != joint ? Refusals.OfferJoint
        : offer.Accepted.Contains(by) ? Refusals.OfferAnswered
        : null;
}
