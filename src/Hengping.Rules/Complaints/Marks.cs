using Hengping.Rules.Screening;

namespace Hengping.Rules.Complaints;

/// <summary>Words of a case that a human is to look at.</summary>
public static class Marks
{
    /// <summary>
    /// What a party has just said to the other, with the hits in it counted. Nothing waits for that: the words go out
    /// at once, and the clocks run.
    /// </summary>
    public static ComplaintEvent Mark(this ScreeningList list, ComplaintEvent said)
    {
        var words = said switch
        {
            ComplaintEvent.Resubmitted e => e.Supplement,
            ComplaintEvent.Supplemented e => e.Text,
            ComplaintEvent.Contested e => e.Note,
            ComplaintEvent.Replied e => e.Text,
            // What the desk wrote itself needs no second reader.
            ComplaintEvent.MessageSent { From: not Party.Mediator } e => e.Text,
            ComplaintEvent.OfferMade { By: not Party.Mediator } e => e.Terms,
            ComplaintEvent.OfferRejected e => e.Reason,
            _ => null,
        };
        return list.Marks(words) ? said with { Marked = new Marking(list.Read(words).Count, list.Version) } : said;
    }
}
