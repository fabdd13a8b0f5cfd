using System.Globalization;
using System.Text.Json.Serialization;
using Hengping.App.Clocks;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Screening;

namespace Hengping.App.Complaints;

/// <summary>
/// A case as one caller may see it. The respondent gets order, story, demands, evidence and the claimant's surname; the
/// phone only where the claimant ticked that it may call; never the score. Erased texts read as null.
/// </summary>
public sealed record ComplaintView
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required Side Kind { get; init; }
    public required Status Status { get; init; }
    public required Priority Priority { get; init; }
    public required string StatusText { get; init; }
    public required Named Respondent { get; init; }
    public ShopShown? Shop { get; init; }
    public ClaimantShown? Claimant { get; init; }
    public required string Sector { get; init; }
    public required string Problem { get; init; }
    public string? Amount { get; init; }
    public IReadOnlyList<string> Demands { get; init; } = [];
    public string? Province { get; init; }
    public string? Story { get; init; }
    public string? GoodsUrl { get; init; }

    /// <summary>Where the offer was seen.</summary>
    public FilingRequest.SeenOnSaid? SeenOn { get; init; }

    /// <summary>Who stands behind a live broadcast.</summary>
    public LiveParties? Live { get; init; }

    /// <summary>自营: the platform answers as seller (电商法 art. 37).</summary>
    public bool? SelfOperated { get; init; }

    /// <summary>The claimant said that somebody was hurt or is in danger; null where nobody asked.</summary>
    public bool? Danger { get; init; }

    /// <summary>What a chosen <c>other</c> is, in words.</summary>
    public OtherSaid? Other { get; init; }
    public string? OrderNo { get; init; }
    public DateOnly? OrderedAt { get; init; }
    public IReadOnlyList<Guid>? Evidence { get; init; }
    public FiledFor? FiledFor { get; init; }

    /// <summary>Guardian's relation or power of attorney; the claimant and staff only.</summary>
    public string? Authority { get; init; }
    public Consents? Consents { get; init; }
    public string? Channel { get; init; }
    public required DateTimeOffset FiledAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? RepliedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public ClosedBecause? ClosedBecause { get; init; }
    public string? EndReason { get; init; }

    /// <summary>首问负责: the first member of staff who touched it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FirstContact { get; init; }
    public required IReadOnlyList<ShownDeadline> Deadlines { get; init; }
    public required IReadOnlyList<OfferShown> Offers { get; init; }

    /// <summary>The score that counts; always null for a respondent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ScoreShown? Score { get; init; }

    /// <summary>What the caller can do now, in the words of the addresses.</summary>
    public IReadOnlyList<Verb>? Can { get; init; }

    /// <summary>Whose turn it is, by when, and what happens otherwise; null where nothing waits.</summary>
    public TurnShown? Turn { get; init; }

    /// <summary>Which authority has it by the law, and why (令121 art. 13); staff only.</summary>
    public Competence? Competence { get; init; }

    /// <summary>Places a person should look at; staff only.</summary>
    public IReadOnlyList<ScreeningHit>? Screening { get; init; }

    /// <summary>When staff opened the case, or saw it in a list; the claimant only.</summary>
    public IReadOnlyList<ReadShown>? ReadBy { get; init; }

    /// <summary>How many of its events the caller may read: it grows with those and with no others.</summary>
    public required int Version { get; init; }

    /// <summary>An id with its name.</summary>
    public sealed record Named(Guid Id, string? Name);

    /// <summary>The shop on the platform.</summary>
    public sealed record ShopShown(Guid? Id, string? Name, string? Url);

    /// <summary>Name is the surname alone for a respondent.</summary>
    public sealed record ClaimantShown(Guid? Id, string? Name, string? Phone, string? Email);

    /// <summary>An offer with its words.</summary>
    public sealed record OfferShown(
        int No,
        Party By,
        string? Terms,
        string? Amount,
        DateTimeOffset At,
        DateTimeOffset DueBy,
        DateTimeOffset ExpiresAt,
        OfferState State
    );

    /// <summary>A score with its words.</summary>
    public sealed record ScoreShown(
        decimal Satisfaction,
        Resolved? Resolved,
        string? AmountRecovered,
        string? Comment,
        DateTimeOffset At
    );

    /// <summary>The view of one caller; the story is the stream's events, unsealed.</summary>
    /// <param name="words">The list in force.</param>
    public static async Task<ComplaintView> Of(
        Store store,
        Law law,
        Guid id,
        Complaint c,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story,
        Caller caller,
        ScreeningList words,
        CancellationToken ct
    )
    {
        var respondent = await MerchantDirectory.Find(store, c.Respondent, ct);
        var facts = Facts(id, c, new Named(c.Respondent, respondent?.Name), law);
        if (CaseAccess.PartyOf(c, caller) is not { } party)
        {
            var status = c.PublicStatus(law.Calendar);
            return facts with { Status = status, StatusText = TextOf(status), Version = 0 };
        }
        var view = WithTexts(facts, c, story) with
        {
            Claimant = ClaimantFor(party, c, story),
            FirstContact = ShownEvent.FirstContactFor(party, c, story),
            Priority = party == Party.Mediator ? c.Priority : c.PriorityAlone,
            Version = RunningNumbers.Of(party, c, story).Count,
            Can = c.Possible(
                CaseAccess.ActorOf(c, caller, party),
                new CaseFacts(respondent?.Platform == true),
                store.Now,
                ComplaintPolicy.Current
            ),
        };
        return party switch
        {
            Party.Respondent => view with
            {
                Deadlines = Complaints.Deadlines.Of(c, law, party),
                Evidence = ShownEvent.EvidenceFor(party, c, story),
                Offers = [.. view.Offers.Where(o => IsMadeTo(o.No, party, c, story))],
                Authority = null,
                Consents = null,
                Channel = null,
                EndReason = null,
            },
            Party.Claimant => view with { Score = ScoreOf(c, story), ReadBy = await ReadShown.Of(store, id, ct) },
            _ => view with
            {
                Score = ScoreOf(c, story),
                Screening = words.Read(view.Story),
                Competence = Competence.Of(
                    c,
                    respondent?.Platform == true,
                    (story[0].Event as ComplaintEvent.Filed)?.Story
                ),
            },
        };
    }

    /// <summary>An offer of the time before a redirect was made to another.</summary>
    private static bool IsMadeTo(int no, Party reader, Complaint c, IReadOnlyList<StoryEvent<ComplaintEvent>> story) =>
        ShownEvent.Readable(reader, c, story).Any(t => t.Event is ComplaintEvent.OfferMade made && made.No == no);

    private static string TextOf(Status status) => English ? Life.Name(status).En : Life.Name(status).Zh;

    /// <summary>Public fields and status: no words, no person.</summary>
    private static ComplaintView Facts(Guid id, Complaint c, Named respondent, Law law) =>
        new()
        {
            Id = id,
            Number = c.Number,
            Kind = c.Side,
            Status = c.Status,
            Priority = c.PriorityAlone,
            StatusText = TextOf(c.Status),
            Respondent = respondent,
            Sector = c.Sector,
            Problem = c.Problem,
            Amount = Money(c.Amount),
            Demands = c.Demands,
            Province = c.Province,
            FiledAt = c.FiledAt,
            DeliveredAt = c.DeliveredAt,
            RepliedAt = c.FirstValidReply?.At,
            EndedAt = c.EndedAt,
            ClosedBecause = c.ClosedBecause,
            Deadlines = Complaints.Deadlines.Of(c, law),
            Offers = [],
            Version = c.Version,
        };

    private static ComplaintView WithTexts(
        ComplaintView facts,
        Complaint c,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story
    )
    {
        var told = (story[0].Event as ComplaintEvent.Filed)?.Story;
        var shop =
            told?.ShopName is null && told?.ShopUrl is null && c.Shop is null
                ? null
                : new ShopShown(c.Shop, told?.ShopName, told?.ShopUrl);
        return facts with
        {
            Shop = shop,
            Story = told?.Text,
            GoodsUrl = told?.GoodsUrl,
            SeenOn = told?.SeenOn is { } seen ? new(seen.Platform, seen.Address, seen.IsAdvertisement) : null,
            Live = told?.Live,
            SelfOperated = told?.SelfOperated,
            Danger = c.Danger,
            Other = told?.Other,
            OrderNo = told?.OrderNo,
            OrderedAt = c.OrderedAt,
            Evidence = c.Evidence,
            FiledFor = c.FiledFor,
            Authority = told?.PowerOfAttorney,
            Consents = c.Consents,
            Channel = c.Channel,
            EndReason = c.EndReason,
            Offers = [.. c.Offers.Select(o => Shown(o, story))],
        };
    }

    private static ClaimantShown? ClaimantFor(Party party, Complaint c, IReadOnlyList<StoryEvent<ComplaintEvent>> story)
    {
        if ((story[0].Event as ComplaintEvent.Filed)?.Contact is not { } contact)
            return null;
        return party == Party.Respondent
            ? new(null, PersonName.Surname(contact.Name), c.Consents?.Call == true ? contact.Phone : null, null)
            : new(c.Claimant, contact.Name, contact.Phone, contact.Email);
    }

    private static OfferShown Shown(OfferFact offer, IReadOnlyList<StoryEvent<ComplaintEvent>> story)
    {
        var made = story.Select(t => t.Event).OfType<ComplaintEvent.OfferMade>().FirstOrDefault(o => o.No == offer.No);
        return new OfferShown(
            offer.No,
            offer.By,
            made?.Terms,
            Money(offer.Amount),
            offer.At,
            offer.DueBy,
            offer.ExpiresAt,
            offer.State
        );
    }

    private static ScoreShown? ScoreOf(Complaint c, IReadOnlyList<StoryEvent<ComplaintEvent>> story) =>
        c.Score is not { } score
            ? null
            : new ScoreShown(
                score.Satisfaction,
                score.Resolved,
                Money(score.AmountRecovered),
                story.Select(t => t.Event).OfType<ComplaintEvent.Scored>().LastOrDefault()?.Comment,
                score.At
            );

    /// <summary>CNY with two decimals.</summary>
    internal static string? Money(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture);

    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
}
