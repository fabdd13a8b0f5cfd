using System.Collections.Frozen;
using Hengping.App.Complaints;
using Hengping.Rules.Complaints;

namespace Hengping.App.Notices;

/// <content>The kinds it opens; the others tell nobody.</content>
public sealed partial class NoticeListener
{
    private static readonly string Issued = LinkBook.Instance.KindOf<LinkEvent.Issued>();

    private static readonly FrozenSet<string> Told = ComplaintBook.Instance.KindsOf(
        typeof(ComplaintEvent.Filed),
        typeof(ComplaintEvent.Returned),
        typeof(ComplaintEvent.Declined),
        typeof(ComplaintEvent.Delivered),
        typeof(ComplaintEvent.Replied),
        typeof(ComplaintEvent.OfferMade),
        typeof(ComplaintEvent.OfferAccepted),
        typeof(ComplaintEvent.OfferRejected),
        typeof(ComplaintEvent.MessageSent),
        typeof(ComplaintEvent.ValidityDecided),
        typeof(ComplaintEvent.NotPerformedSaid),
        typeof(ComplaintEvent.PerformanceShown),
        typeof(ComplaintEvent.NotPerformed),
        typeof(ComplaintEvent.PerformanceFound),
        typeof(ComplaintEvent.RefusedFellDue),
        typeof(ComplaintEvent.RefusedCounted),
        typeof(ComplaintEvent.ClosingTold),
        typeof(ComplaintEvent.Closed),
        typeof(ComplaintEvent.Performed),
        typeof(ComplaintEvent.Chased),
        typeof(ComplaintEvent.ContestDecided),
        typeof(ComplaintEvent.MediationBegan),
        typeof(ComplaintEvent.NotSolved),
        typeof(ComplaintEvent.Contested),
        typeof(ComplaintEvent.PerformanceAsked),
        typeof(ComplaintEvent.MediationOffered),
        typeof(ComplaintEvent.Terminated),
        typeof(ComplaintEvent.Excluded),
        typeof(ComplaintEvent.Included),
        typeof(ComplaintEvent.ReviewDecided),
        typeof(ComplaintEvent.Lapsed),
        typeof(ComplaintEvent.SellerAsked),
        typeof(ComplaintEvent.SellerNamed),
        typeof(ComplaintEvent.SellerUnnamed)
    );
}
