using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using static Hengping.App.Design.Texts;

namespace Hengping.App.CaseRoom;

/// <summary>One line of a case's time line, in the reader's language.</summary>
/// <param name="No">The reader's own running number of its event: the anchor of the line.</param>
/// <param name="Said">A person's words, if any and still readable.</param>
public sealed record StoryLine(
    int No,
    DateTimeOffset At,
    Party By,
    string What,
    string? Said = null,
    IReadOnlyList<Guid>? Evidence = null
)
{
    /// <summary>Terms of an offer: a card says them while it is open, and nobody is quoted with them.</summary>
    public bool IsOffer { get; init; }

    /// <summary>Of the operator's people, the role that did it; null where mediators do it.</summary>
    public Role? As { get; init; }
}

/// <summary>Tells a case's events to one of its parties: what happened, who said what.</summary>
public static class CaseStory
{
    /// <summary>The time line as <paramref name="reader"/> may read it, oldest first.</summary>
    public static IReadOnlyList<StoryLine> Of(
        Complaint complaint,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story,
        Party reader
    )
    {
        var numbers = RunningNumbers.Of(reader, complaint, story);
        return
        [
            .. Contacted(story),
            .. ShownEvent
                .Readable(reader, complaint, story)
                .Select(t =>
                    Line(t) with
                    {
                        No = numbers.NumberOf(t.Version),
                        Said = ShownEvent.WordsFor(reader, complaint, story, t),
                    }
                ),
        ];
    }

    /// <summary>The case begins before it was filed: when the merchant was asked, and what it said then.</summary>
    private static IEnumerable<StoryLine> Contacted(IReadOnlyList<StoryEvent<ComplaintEvent>> story)
    {
        if (story is not [{ Event: ComplaintEvent.Filed filed } first, ..])
            yield break;
        var (at, said) = (filed.ContactedMerchantAt, filed.Story?.MerchantAnswer);
        if (at is null && string.IsNullOrEmpty(said))
            yield break;
        var what = at is { } day ? T("line.contacted.on", Say.Date(day)) : T("line.contacted");
        if (!string.IsNullOrEmpty(said))
            what = T("line.contacted.said", what);
        yield return new StoryLine(No: 0, first.At, Party.Claimant, what, said);
    }

    private static StoryLine Line(StoryEvent<ComplaintEvent> one)
    {
        var line = new StoryLine(one.Version, one.At, Party.Mediator, "") { As = RoleOf(one) };
        return one.Event switch
        {
            ComplaintEvent.Filed e => line with { By = Party.Claimant, What = T("line.filed"), Evidence = e.Evidence },
            ComplaintEvent.Resubmitted e => line with
            {
                By = Party.Claimant,
                What = T("line.resubmitted"),
                Evidence = e.Evidence,
            },
            ComplaintEvent.Supplemented e => line with
            {
                By = Party.Claimant,
                What = T("line.supplemented"),
                Evidence = e.Evidence,
            },
            ComplaintEvent.ReviewAsked e => line with { By = Party.Claimant, What = T("line.reviewAsked") },
            ComplaintEvent.Replied e => line with
            {
                By = Party.Respondent,
                What = e.Valid ? T("line.replied") : T("line.replied.invalid", ReplyCard.Said(e.Validity)),
                Evidence = e.Evidence,
            },
            ComplaintEvent.Contested e => line with
            {
                By = Party.Respondent,
                What = T("line.contested", T("contest." + Words.Of(e.Ground))),
                Evidence = e.Evidence,
            },
            ComplaintEvent.MessageSent e => line with { By = e.From, What = T("line.message"), Evidence = e.Evidence },
            ComplaintEvent.OfferMade e => line with { By = e.By, What = Offer(e), IsOffer = true },
            ComplaintEvent.OfferAccepted e => line with { By = e.By, What = T("line.offerAccepted", e.No) },
            ComplaintEvent.OfferRejected e => line with { By = e.By, What = T("line.offerRejected", e.No) },
            ComplaintEvent.NotSolved => line with { By = Party.Claimant, What = T("line.notSolved") },
            ComplaintEvent.NotPerformedSaid e => line with
            {
                By = Party.Claimant,
                What = T(e.Refused ? "line.refusedPerformance" : "line.notPerformed"),
                Evidence = e.Evidence,
            },
            ComplaintEvent.PerformanceShown e => line with
            {
                By = Party.Respondent,
                What = T("line.performanceShown"),
                Evidence = e.Evidence,
            },
            // In logs of before it is the claimant's own word.
            ComplaintEvent.NotPerformed e => line with
            {
                By = one.Author == "clock" ? Party.Clock : Party.Claimant,
                What = T(
                    one.Author != "clock" ? "line.notPerformed"
                    : e.Uncounted ? "line.broken.uncounted"
                    : "line.broken"
                ),
            },
            ComplaintEvent.Withdrawn => line with { By = Party.Claimant, What = T("line.withdrawn") },
            ComplaintEvent.ConsentsChanged => line with { By = Party.Claimant, What = T("line.consents") },
            ComplaintEvent.SellerAsked e => line with
            {
                By = one.Author.StartsWith("claimant:", StringComparison.Ordinal) ? Party.Claimant : Party.Mediator,
                What = T("line.sellerAsked", Say.Date(e.AnswerBy)),
            },
            ComplaintEvent.SellerNamed => line with { By = Party.Respondent, What = T("line.sellerNamed") },
            ComplaintEvent.ValidityContested e => line with { By = e.By, What = T("line.validityContested") },
            ComplaintEvent.Scored e => line with
            {
                By = Party.Claimant,
                What = T("line.scored", Say.Raw(e.Satisfaction)),
            },
            ComplaintEvent.Performed e => line with
            {
                By = e.ByClock ? Party.Clock : Party.Claimant,
                What = T(e.ByClock ? "line.performed.clock" : "line.performed"),
            },
            _ => OfStaff(line, one.Event),
        };
    }

    // What only reviewers do; an import does some of it, too.
    private static Role? RoleOf(StoryEvent<ComplaintEvent> one) =>
        one.Event
            is ComplaintEvent.Excluded
                or ComplaintEvent.Included
                or ComplaintEvent.HoldPlaced
                or ComplaintEvent.HoldLifted
        && one.Author.StartsWith("staff:", StringComparison.Ordinal)
            ? Role.Reviewer
            : null;

    private static StoryLine OfStaff(StoryLine line, ComplaintEvent happened) =>
        happened switch
        {
            ComplaintEvent.Returned e => line with { What = T("line.returned", Listed(e.Missing)) },
            ComplaintEvent.Declined e => line with
            {
                What = T("line.declined", Names.Reason(e.Reason)),
                Evidence = e.Sheet?.Evidence,
            },
            ComplaintEvent.ReviewDecided e => line with
            {
                What = T(e.Reopened ? "line.review.reopened" : "line.review.kept"),
            },
            ComplaintEvent.Delivered e => line with { What = T(e.First ? "line.delivered" : "line.delivered.again") },
            ComplaintEvent.Unreached e => line with { What = T("line.unreached", e.Attempts.Count) },
            ComplaintEvent.Chased e => line with
            {
                By = e.ByClock ? Party.Clock : Party.Mediator,
                What = T("line.chased", e.Count),
            },
            ComplaintEvent.ContestDecided e => line with { What = T("line.contest." + Words.Of(e.Decision)) },
            ComplaintEvent.HoldPlaced e => line with { What = T("line.held", Names.Reason(e.Ground)) },
            ComplaintEvent.HoldLifted => line with { What = T("line.holdLifted") },
            ComplaintEvent.ValidityDecided e => line with { What = T(e.Valid ? "line.valid" : "line.invalid") },
            ComplaintEvent.MediationBegan => line with { What = T("line.mediation") },
            ComplaintEvent.PerformanceFound e => line with
            {
                What = T(e.TakesBack ? "line.performanceFound.back" : "line.performanceFound"),
            },
            ComplaintEvent.Suspended e => line with { What = T("line.suspended", Names.Reason(e.Ground)) },
            ComplaintEvent.Resumed => line with { What = T("line.resumed") },
            ComplaintEvent.Terminated e => line with { What = T("line.terminated", Names.Reason(e.Reason)) },
            ComplaintEvent.TerminationTold e => line with
            {
                What = T("line.told." + Words.Of(e.Who), T("way." + e.Way)),
            },
            ComplaintEvent.Excluded e => line with { What = T("line.excluded", Names.Reason(e.Ground)) },
            ComplaintEvent.Included => line with { What = T("line.included") },
            ComplaintEvent.Closed e => line with { What = T("line.closed." + Words.Of(e.Because)) },
            _ => OfClock(line with { By = Party.Clock }, happened),
        };

    private static StoryLine OfClock(StoryLine line, ComplaintEvent happened) =>
        happened switch
        {
            ComplaintEvent.Erased => line with { What = T("line.erased") },
            ComplaintEvent.Locked => line with { What = T("line.locked") },
            ComplaintEvent.SellerUnnamed => line with { What = T("line.sellerUnnamed") },
            ComplaintEvent.TermsCounted e => line with { What = CountedTerms.Say(e.Cause, e.TermNotes!) },
            ComplaintEvent.Lapsed => line with { What = T("line.lapsed") },
            ComplaintEvent.MediationOffered => line with { What = T("line.mediationOffered") },
            ComplaintEvent.OfferExpired e => line with { What = T("line.offerExpired", e.No) },
            ComplaintEvent.PerformanceAsked e => line with
            {
                What = T("line.performanceAsked", Say.Instant(e.ObjectBy)),
            },
            ComplaintEvent.RefusedFellDue e => line with { What = T("line.refusedFellDue", Say.Instant(e.ShowBy)) },
            ComplaintEvent.RefusedCounted => line with { What = T("line.refusedCounted") },
            ComplaintEvent.ClosingTold e => line with { What = T("line.closingTold", Say.Date(e.ClosesAt)) },
            _ => line with { What = T("line.other") },
        };

    private static string Offer(ComplaintEvent.OfferMade offer) =>
        offer.Amount is { } sum ? T("line.offer.sum", offer.No, Say.Money(sum)) : T("line.offer", offer.No);

    private static string Listed(IReadOnlyList<string> missing) =>
        string.Join(Pick("、", ", "), missing.Select(Names.Reason));
}
