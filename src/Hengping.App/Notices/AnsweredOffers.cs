using System.Data.Common;
using System.Globalization;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.App.Notices;

/// <summary>What became of an offer: accepted by one, settled with its date, turned down.</summary>
public sealed partial class NoticeListener
{
    /// <summary>Whom an answer to an offer is told, and with which words.</summary>
    public static IEnumerable<(Party To, Wording Template)> Recipients(ComplaintEvent answer, OfferFact offer)
    {
        // All of a joint complaint answer together, and hear of it together.
        if (offer.Joint is not null)
            return [];
        if (answer is ComplaintEvent.OfferRejected { By: var no })
            return [(offer.By == Party.Mediator ? Other(no) : offer.By, NoticeWords.TurnedDown)];
        var by = ((ComplaintEvent.OfferAccepted)answer).By;
        var isSettled = offer.By != Party.Mediator || (offer.Accepted is [_, var last] && last == by);
        return isSettled ? Both(NoticeWords.Settled) : [(Other(by), NoticeWords.AcceptedByOther)];
    }

    private async Task TellAnswer(
        Store store,
        StoredEvent stored,
        ComplaintEvent answer,
        CaseRow told,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        var no = answer is ComplaintEvent.OfferAccepted yes ? yes.No : ((ComplaintEvent.OfferRejected)answer).No;
        var complaint = (await store.Load(ComplaintBook.Instance, stored.Stream, ct)).State!;
        var offer = complaint.Offers.First(o => o.No == no);
        var date = Shanghai.DayOf(offer.DueBy).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var (to, template) in Recipients(answer, offer))
            await Tell(store, stored, stored.Stream, told, to, template, db, transaction, ct, date, offer.ExpiresAt);
    }

    private static Party Other(Party one) => one == Party.Claimant ? Party.Respondent : Party.Claimant;
}
