using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using E = Hengping.Rules.Complaints.ComplaintEvent;

namespace Hengping.App.Complaints;

/// <summary>
/// Which events of a case its respondent reads. What is not named here is not theirs: a new event is shown to nobody it
/// was not meant for.
/// </summary>
internal static class OpenToRespondent
{
    /// <summary>Whether a respondent reads this event.</summary>
    public static bool Is(ComplaintEvent happened) =>
        happened is E.TermsCounted counted
            ? counted.TermNotes!.All(Is)
            : happened
                is E.Filed
                    or E.Resubmitted
                    or E.Supplemented
                    or E.Delivered
                    or E.Chased
                    or E.Contested
                    or E.ContestDecided
                    or E.Replied
                    or E.ValidityContested
                    or E.ValidityDecided
                    or E.MessageSent
                    or E.MediationOffered
                    or E.NotSolved
                    or E.OfferMade
                    or E.OfferAccepted
                    or E.OfferRejected
                    or E.OfferExpired
                    or E.PerformanceAsked
                    or E.Performed
                    or E.NotPerformedSaid
                    or E.PerformanceShown
                    or E.NotPerformed
                    or E.RefusedFellDue
                    or E.RefusedCounted
                    or E.PerformanceFound
                    or E.SellerAsked
                    or E.SellerNamed
                    or E.SellerUnnamed
                    or E.MediationBegan
                    or E.Suspended
                    or E.Resumed
                    or E.Terminated
                    or E.Withdrawn
                    or E.Lapsed
                    or E.Closed
                    or E.Excluded
                    or E.Included
                    or E.Erased;

    private static bool Is(TermNote term) => term.Kind is "mediation" or "contest" or "seller";
}
