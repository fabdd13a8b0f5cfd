using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using E = Hengping.Rules.Complaints.ComplaintEvent;

namespace Hengping.App.Complaints;

/// <summary>One line of the time line as one party may read it.</summary>
/// <param name="Version">The reader's own running number.</param>
/// <param name="Kind">As in the log, without the prefix: filed, delivered, replied …</param>
/// <param name="By">claimant, respondent, mediator, clock.</param>
/// <param name="Text">The words of it, where there are words and they are for this reader.</param>
/// <param name="Facts">What else there is to say.</param>
public sealed record ShownEvent(
    int Version,
    string Kind,
    DateTimeOffset At,
    Party By,
    string? Text,
    IReadOnlyDictionary<string, object?>? Facts,
    IReadOnlyList<Guid>? Evidence
)
{
    /// <summary>The time line for a party. What is not named for a reader is not shown to them.</summary>
    public static IReadOnlyList<ShownEvent> For(
        Party reader,
        Complaint complaint,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story
    )
    {
        var numbers = RunningNumbers.Of(reader, complaint, story);
        return
        [
            .. Readable(reader, complaint, story)
                .Select(t =>
                    Shown(t, numbers) with
                    {
                        Text = WordsFor(reader, complaint, story, t),
                        Facts = IsOfAnother(reader, complaint, story, t) ? null : FactsFor(t.Event, reader, numbers),
                    }
                ),
        ];
    }

    /// <summary>
    /// The events a party may read. A respondent's story begins with its own delivery: what was before, or with
    /// another, is not theirs, but for what the claimant says is the matter; and neither is a score or what passed
    /// between claimant and staff.
    /// </summary>
    public static IEnumerable<StoryEvent<ComplaintEvent>> Readable(
        Party reader,
        Complaint complaint,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story
    )
    {
        var from = reader == Party.Respondent ? FirstVersionFor(complaint, story) : 0;
        return story
            .Where(t => t.Version >= from || t.Event is E.Filed or E.Supplemented or E.Resubmitted)
            .Where(t => reader != Party.Respondent || OpenToRespondent.Is(t.Event));
    }

    /// <summary>The evidence a party may read: what came with the events it may read.</summary>
    public static IReadOnlyList<Guid> EvidenceFor(
        Party reader,
        Complaint complaint,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story
    ) => [.. Readable(reader, complaint, story).SelectMany(t => EvidenceOf(t.Event) ?? []).Distinct()];

    /// <summary>Who is named to a party as first contact: a respondent learns of nobody by an event it may not
    /// read.</summary>
    public static string? FirstContactFor(
        Party reader,
        Complaint complaint,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story
    )
    {
        if (reader != Party.Respondent)
            return complaint.FirstContact;
        var last = Readable(reader, complaint, story).LastOrDefault()?.Version ?? 0;
        Complaint? known = null;
        foreach (var one in story.TakeWhile(t => t.Version <= last))
            known = Complaint.Fold(known, one.Event, one.At, one.Author);
        return known?.FirstContact;
    }

    /// <summary>The words of an event, where there are words and they are for this reader.</summary>
    public static string? WordsFor(
        Party reader,
        Complaint complaint,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story,
        StoryEvent<ComplaintEvent> one
    ) =>
        IsOfAnother(reader, complaint, story, one) ? null
        // Why a case is held may be part of an investigation: the claimant reads the ground alone.
        : one.Event is E.HoldPlaced or E.HoldLifted && reader != Party.Mediator ? null
        : TextOf(one.Event);

    /// <summary>The reason of a redirect speaks of the company before this one.</summary>
    private static bool IsOfAnother(
        Party reader,
        Complaint complaint,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story,
        StoryEvent<ComplaintEvent> one
    ) =>
        reader == Party.Respondent && one.Event is E.ContestDecided && one.Version == FirstVersionFor(complaint, story);

    private static int FirstVersionFor(Complaint complaint, IReadOnlyList<StoryEvent<ComplaintEvent>> story) =>
        story
            .FirstOrDefault(t =>
                t.Event is E.Delivered d && d.Respondent == complaint.Respondent
                || t.Event is E.ContestDecided c && c.Respondent == complaint.Respondent
            )
            ?.Version
        ?? int.MaxValue;

    private static ShownEvent Shown(StoryEvent<ComplaintEvent> one, RunningNumbers numbers)
    {
        var name = one.Event.GetType().Name;
        return new ShownEvent(
            numbers.NumberOf(one.Version),
            char.ToLowerInvariant(name[0]) + name[1..],
            one.At,
            ByOf(one),
            Text: null,
            Facts: null,
            EvidenceOf(one.Event)
        );
    }

    private static Party ByOf(StoryEvent<ComplaintEvent> one) =>
        one.Event switch
        {
            E.MessageSent e => e.From,
            E.ValidityContested e => e.By,
            E.OfferMade e => e.By,
            E.OfferAccepted e => e.By,
            E.OfferRejected e => e.By,
            E.Replied or E.Contested or E.SellerNamed or E.PerformanceShown => Party.Respondent,
            E.Filed => Party.Claimant,
            _ when one.Author == "clock" => Party.Clock,
            _ when one.Author.StartsWith("staff:", StringComparison.Ordinal) => Party.Mediator,
            _ => Party.Claimant,
        };

    private static string? TextOf(ComplaintEvent happened) =>
        happened switch
        {
            E.Filed e => e.Story?.Text,
            E.Returned e => e.Note,
            E.Resubmitted e => e.Supplement,
            E.Supplemented e => e.Text,
            E.Declined e => WithSheet(e),
            E.ReviewAsked e => e.Reason,
            E.ReviewDecided e => e.Reason,
            E.Contested e => e.Note,
            E.ContestDecided e => e.Reason,
            E.Replied e => e.Text,
            E.ValidityDecided e => e.Reason,
            E.MessageSent e => e.Text,
            E.OfferMade e => e.Terms,
            E.OfferRejected e => e.Reason,
            E.Suspended e => e.Note,
            E.Terminated e => e.Note,
            E.TerminationTold e => e.Note,
            E.Scored e => e.Comment,
            E.Excluded e => e.Reason,
            E.Included e => e.Reason,
            E.ValidityContested e => e.Reason,
            E.SellerNamed { Seller: { } seller } => $"{seller.Name} · {seller.Contact}",
            E.HoldPlaced e => e.Reason,
            E.HoldLifted e => e.Reason,
            E.NotPerformedSaid e => e.Text,
            E.PerformanceShown e => e.Text,
            E.PerformanceFound e => e.Reason,
            _ => null,
        };

    private static string? WithSheet(E.Declined declined)
    {
        var sheet = declined.Sheet?.Say(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en");
        return sheet is null || declined.Note is null ? sheet ?? declined.Note : declined.Note + "\n" + sheet;
    }

    private static IReadOnlyList<Guid>? EvidenceOf(ComplaintEvent happened) =>
        happened switch
        {
            E.Filed e => e.Evidence,
            E.Resubmitted e => e.Evidence,
            E.Supplemented e => e.Evidence,
            E.Declined { Sheet: { } sheet } => sheet.Evidence,
            E.Contested e => e.Evidence,
            E.Replied e => e.Evidence,
            E.MessageSent e => e.Evidence,
            E.NotPerformedSaid e => e.Evidence,
            E.PerformanceShown e => e.Evidence,
            _ => null,
        };

    private static Dictionary<string, object?>? FactsFor(ComplaintEvent happened, Party reader, RunningNumbers numbers)
    {
        var facts = FactsOf(happened, reader, numbers);
        if (reader == Party.Mediator && happened.Marked is { } marked)
            (facts ??= new(StringComparer.Ordinal)).Add("marked", marked.Hits);
        return facts;
    }

    private static Dictionary<string, object?>? FactsOf(
        ComplaintEvent happened,
        Party reader,
        RunningNumbers numbers
    ) =>
        happened switch
        {
            E.Filed e => Say(
                ("amount", ComplaintView.Money(e.Amount)),
                ("demands", e.Demands),
                ("contactedMerchantAt", e.ContactedMerchantAt),
                ("merchantAnswer", e.Story?.MerchantAnswer)
            ),
            E.Returned e => Say(("missing", e.Missing), ("lapsesAt", e.LapsesAt)),
            E.Declined e => Say(("reason", e.Reason), ("factors", e.Sheet?.Found)),
            E.ReviewDecided e => Say(("reopened", e.Reopened)),
            E.Delivered e => Say(("respondent", e.Respondent), ("first", e.First)),
            E.Unreached e => Say(("attempts", e.Attempts)),
            E.Chased e => Say(("count", e.Count)),
            E.Contested e => Say(("ground", Words.Of(e.Ground)), ("answerBy", e.AnswerBy)),
            E.ContestDecided e => Say(("decision", Words.Of(e.Decision)), ("respondent", e.Respondent)),
            E.Replied e => Say(("valid", e.Valid), ("validity", e.Validity)),
            E.ValidityDecided e => Say(("reply", numbers.NumberOf(e.ReplyVersion)), ("valid", e.Valid)),
            E.ValidityContested e => Say(("reply", numbers.NumberOf(e.ReplyVersion))),
            E.SellerAsked e => Say(("answerBy", e.AnswerBy)),
            E.HoldPlaced e => Say(("ground", e.Ground)),
            E.HoldLifted e => Say(("ground", e.Ground)),
            E.Erased e => Say(("because", e.Because)),
            E.NotSolved e => Say(("endBy", e.EndBy)),
            E.MediationBegan e => Say(("endBy", e.EndBy)),
            E.Suspended e => Say(("ground", e.Ground)),
            E.Resumed e => Say(("endBy", e.EndBy)),
            E.NotPerformedSaid e => Say(("proofBy", e.ProofBy), ("refused", e.Refused)),
            E.NotPerformed e => Say(("endBy", e.EndBy), ("counted", !e.Uncounted)),
            E.RefusedFellDue e => Say(("showBy", e.ShowBy)),
            E.PerformanceFound e => Say(("takesBack", e.TakesBack), ("closesAt", e.ClosesAt)),
            E.OfferMade e => Say(("no", e.No), ("amount", ComplaintView.Money(e.Amount)), ("dueBy", e.DueBy)),
            E.OfferAccepted e => Say(("no", e.No), ("guardian", reader == Party.Respondent ? null : e.Guardian)),
            E.Withdrawn e when reader != Party.Respondent => Say(("reason", e.Reason), ("guardian", e.Guardian)),
            E.OfferRejected e => Say(("no", e.No)),
            E.OfferExpired e => Say(("no", e.No)),
            E.PerformanceAsked e => Say(("objectBy", e.ObjectBy)),
            E.Performed e => Say(("byClock", e.ByClock)),
            E.Terminated e => Say(("reason", e.Reason)),
            E.TerminationTold e => Say(("party", Words.Of(e.Who)), ("way", e.Way)),
            E.TermsCounted e => Say(("cause", Words.Of(e.Cause)), ("terms", CountedTerms.Facts(e.TermNotes!))),
            E.ClosingTold e => Say(("closesAt", e.ClosesAt)),
            E.Closed e => Say(("because", Words.Of(e.Because)), ("outcome", e.Outcome)),
            E.ConsentsChanged e => Say(("consents", e.Consents)),
            E.Excluded e => Say(("ground", e.Ground)),
            E.Included e => Say(("ground", e.Ground)),
            E.Scored e when reader != Party.Respondent => Say(
                ("satisfaction", e.Satisfaction),
                ("resolved", e.Resolved is { } resolved ? Words.Of(resolved) : null),
                ("amountRecovered", ComplaintView.Money(e.AmountRecovered))
            ),
            _ => null,
        };

    private static Dictionary<string, object?> Say(params (string Name, object? Value)[] facts) =>
        facts.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
}
