using System.Data.Common;
using System.Globalization;
using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.JointComplaints;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.App.Notices;

/// <summary>
/// Tells the parties what happened, by SMS or e-mail. History tells nobody: neither what was loaded after it
/// happened, nor what a rebuild or a restored backup lets this listener hear again.
/// </summary>
public sealed partial class NoticeListener(SiteAddress site) : Listener
{
    /// <inheritdoc/>
    public override string Name => "notices";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes =>
        [ComplaintBook.Instance.Kinds, LinkBook.Instance.Kinds, JointBook.Instance.Kinds];

    /// <summary>A message once sent is not sent again.</summary>
    public override bool IsRebuilt => false;

    /// <inheritdoc/>
    public override async Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        queued.Clear();
        foreach (var stored in batch)
        {
            if (IsHistory(stored, store.Now))
                continue;
            if (stored.Kind.StartsWith(JointBook.Instance.Kinds, StringComparison.Ordinal))
            {
                await TellJoint(store, stored, db, transaction, ct);
                continue;
            }
            if (stored.Kind != Issued && !Told.Contains(stored.Kind))
                continue;
            var issued =
                stored.Kind == Issued ? store.Decode<LinkEvent>(stored, unseal: false) as LinkEvent.Issued : null;
            // A link made with a delivery goes out with the notice of that delivery.
            if (issued is { Again: false })
                continue;
            var about = issued?.Complaint ?? stored.Stream;
            var told = await CaseOf(about, db, transaction);
            if (told is null)
                continue;
            if (issued is not null)
            {
                await Tell(store, stored, about, told, Party.Respondent, NoticeWords.MerchantNew, db, transaction, ct);
                continue;
            }
            var happened = store.Decode<ComplaintEvent>(stored, unseal: false);
            if (happened is ComplaintEvent.OfferAccepted or ComplaintEvent.OfferRejected)
                await TellAnswer(store, stored, happened, told, db, transaction, ct);
            foreach (var (to, template) in Recipients(happened))
                await Tell(
                    store,
                    stored,
                    about,
                    told,
                    to,
                    template,
                    db,
                    transaction,
                    ct,
                    by: ByOf(happened),
                    excluded: happened as ComplaintEvent.Excluded
                );
        }
        await Outbox.Put(store, queued, transaction, ct);
    }

    /// <summary>Messages are never sent twice for a rebuild: they stay.</summary>
    public override Task Forget(DbConnection db, DbTransaction transaction) => Task.CompletedTask;

    /// <summary>Whom an event is told, and with which words.</summary>
    public static IEnumerable<(Party To, Wording Template)> Recipients(ComplaintEvent happened) =>
        happened switch
        {
            ComplaintEvent.Returned => [(Party.Claimant, NoticeWords.Returned)],
            ComplaintEvent.Declined => [(Party.Claimant, NoticeWords.Declined)],
            ComplaintEvent.Delivered =>
            [
                (Party.Claimant, NoticeWords.Delivered),
                (Party.Respondent, NoticeWords.MerchantNew),
            ],
            ComplaintEvent.ContestDecided { Decision: ContestDecision.Redirect } =>
            [
                (Party.Claimant, NoticeWords.ContestDecided),
                (Party.Respondent, NoticeWords.MerchantNew),
            ],
            ComplaintEvent.Filed { Imported: null } => [(Party.Claimant, NoticeWords.Filed)],
            // What does not count is no reply, and is told as what it is: words in the case.
            ComplaintEvent.Replied e => [(Party.Claimant, e.Valid ? NoticeWords.Reply : NoticeWords.Message)],
            ComplaintEvent.MessageSent { From: Party.Claimant } => [(Party.Respondent, NoticeWords.Message)],
            ComplaintEvent.MessageSent { From: Party.Respondent } => [(Party.Claimant, NoticeWords.Message)],
            ComplaintEvent.MessageSent => Both(NoticeWords.Message),
            ComplaintEvent.ValidityDecided => Both(NoticeWords.Judged),
            ComplaintEvent.NotPerformedSaid => [(Party.Respondent, NoticeWords.MerchantNotPerformed)],
            ComplaintEvent.PerformanceShown => [(Party.Claimant, NoticeWords.PerformanceShown)],
            ComplaintEvent.NotPerformed => Both(NoticeWords.NotPerformed),
            ComplaintEvent.RefusedFellDue =>
            [
                (Party.Claimant, NoticeWords.RefusedFellDue),
                (Party.Respondent, NoticeWords.MerchantRefusedFellDue),
            ],
            ComplaintEvent.RefusedCounted => Both(NoticeWords.RefusedCounted),
            ComplaintEvent.PerformanceFound => Both(NoticeWords.FoundPerformed),
            ComplaintEvent.OfferMade { By: Party.Claimant } => [(Party.Respondent, NoticeWords.Offer)],
            ComplaintEvent.OfferMade { By: Party.Respondent } => [(Party.Claimant, NoticeWords.Offer)],
            ComplaintEvent.OfferMade => [(Party.Claimant, NoticeWords.Offer), (Party.Respondent, NoticeWords.Offer)],
            ComplaintEvent.ClosingTold => [(Party.Claimant, NoticeWords.Closing)],
            ComplaintEvent.Closed or ComplaintEvent.Performed => [(Party.Claimant, NoticeWords.Closed)],
            ComplaintEvent.Chased => [(Party.Respondent, NoticeWords.MerchantChase)],
            ComplaintEvent.MediationBegan or ComplaintEvent.NotSolved => [(Party.Respondent, NoticeWords.Mediation)],
            ComplaintEvent.Contested => [(Party.Claimant, NoticeWords.Contested)],
            ComplaintEvent.ContestDecided =>
            [
                (Party.Claimant, NoticeWords.ContestDecided),
                (Party.Respondent, NoticeWords.ContestDecided),
            ],
            ComplaintEvent.PerformanceAsked =>
            [
                (Party.Claimant, NoticeWords.Performed),
                (Party.Respondent, NoticeWords.MerchantPerformed),
            ],
            ComplaintEvent.MediationOffered => [(Party.Claimant, NoticeWords.MediationOffered)],
            ComplaintEvent.Terminated =>
            [
                (Party.Claimant, NoticeWords.Terminated),
                (Party.Respondent, NoticeWords.Terminated),
            ],
            ComplaintEvent.Excluded => Both(NoticeWords.Excluded),
            ComplaintEvent.Included => Both(NoticeWords.Included),
            ComplaintEvent.ReviewDecided => [(Party.Claimant, NoticeWords.Review)],
            ComplaintEvent.Lapsed => [(Party.Claimant, NoticeWords.Lapsed)],
            ComplaintEvent.SellerAsked => [(Party.Respondent, NoticeWords.MerchantSeller)],
            ComplaintEvent.SellerNamed => [(Party.Claimant, NoticeWords.Seller)],
            ComplaintEvent.SellerUnnamed => [(Party.Claimant, NoticeWords.SellerUnnamed)],
            _ => [],
        };

    /// <summary>By when whoever hears of an event has to act: what the turn in their case says, too.</summary>
    private static DateTimeOffset? ByOf(ComplaintEvent happened) =>
        happened switch
        {
            ComplaintEvent.Returned e => e.LapsesAt,
            ComplaintEvent.OfferMade e => e.ExpiresAt,
            ComplaintEvent.Contested e => e.AnswerBy,
            ComplaintEvent.PerformanceAsked e => e.ObjectBy,
            ComplaintEvent.NotPerformedSaid e => e.ProofBy,
            ComplaintEvent.RefusedFellDue e => e.ShowBy,
            ComplaintEvent.SellerAsked e => e.AnswerBy,
            _ => null,
        };

    // In the reader's language, like the message.
    private static string GroundOf(ComplaintEvent.Excluded excluded, Letterhead head) =>
        Taxonomies.Taxonomies.Current.Reasons.FirstOrDefault(r => r.Parent == "exclude" && r.Code == excluded.Ground)
            is { } ground
            ? (head.Language == "en" ? ground.En : ground.Zh)
            : excluded.Ground;

    private static (Party, Wording)[] Both(Wording words) => [(Party.Claimant, words), (Party.Respondent, words)];

    private async Task Tell(
        Store store,
        StoredEvent stored,
        Guid complaint,
        CaseRow told,
        Party to,
        Wording template,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct,
        string? date = null,
        DateTimeOffset? by = null,
        ComplaintEvent.Excluded? excluded = null
    )
    {
        var account = to == Party.Claimant ? told.Claimant : null;
        if (await AddressOf(store, told, to, ct) is not var (channel, where, slot))
            return;
        DateTimeOffset? notBefore = null;
        if (template == NoticeWords.Message)
        {
            notBefore = await ToldMessages.Turn(complaint, to, store.Now, db, transaction);
            if (notBefore is null)
                return;
        }
        var head = await HeadOf(store, account ?? told.Respondent, ct);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = told.Number,
            ["link"] = site.LinkTo(
                template == NoticeWords.Closed ? await ScorePath(store, complaint, db, transaction)
                : to == Party.Respondent && await AnswerPath(store, complaint, told, db, transaction) is { } path ? path
                : $"/cases/{told.Number}"
            ),
        };
        if (date is not null)
            values["date"] = date;
        if (excluded is not null)
            values["ground"] = GroundOf(excluded, head);
        if (by is { } last && Blanks.SaysBy(template))
            values["by"] = last.ToOffset(Shanghai.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (template == NoticeWords.MerchantNew)
            values["hours"] = HoursOf(told, stored.At);
        var once =
            stored.Stream == complaint || stored.Kind == Issued
                ? $"{stored.Position}:{Words.Of(to)}"
                : $"{stored.Position}:{Words.Of(to)}:{complaint:N}";
        var message = new Message(once, channel, template, where, values, account, complaint, slot);
        queued.Add(head.On(message with { NotBefore = notBefore }));
    }
}
