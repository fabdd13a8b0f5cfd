using System.Collections.Immutable;
using Hengping.Rules.Fields;
using Hengping.Rules.Screening;

namespace Hengping.Rules.Complaints;

/// <summary>The first delivery of a case to one respondent: places it in a period and starts its clock.</summary>
public sealed record Delivery(Guid Respondent, string PublicId, DateTimeOffset At);

/// <summary>A reply as rules see it: no words.</summary>
/// <param name="Version">Stream version of its event.</param>
/// <param name="Touched">A mediator judged its validity.</param>
/// <param name="ContestedAt">A side contested how it counts, and nobody has decided yet.</param>
public sealed record ReplyFact(
    int Version,
    Guid Respondent,
    DateTimeOffset At,
    bool Valid,
    string Validity,
    bool InstantKnown,
    bool? SourceTimely,
    bool Touched = false,
    DateTimeOffset? ContestedAt = null
);

/// <summary>Where an offer stands.</summary>
public enum OfferState
{
    Open,
    Accepted,
    Rejected,
    Expired,
}

/// <summary>The score that counts: the last one.</summary>
public sealed record ScoreFact(decimal Satisfaction, Resolved? Resolved, decimal? AmountRecovered, DateTimeOffset At);

/// <summary>
/// 投诉: one claimant's grievance, from filing to score, as the facts its rules need. No person's words: they are
/// sealed in the events. Verbs are in <c>ComplaintVerbs*.cs</c>, the clock in <c>ComplaintClock.cs</c>.
/// </summary>
public sealed partial record Complaint
{
    public required string Number { get; init; }
    public required Side Side { get; init; }
    public Guid? Claimant { get; init; }
    public Guid? ClaimantMerchant { get; init; }

    /// <summary>The respondent of now; a redirect changes it.</summary>
    public required Guid Respondent { get; init; }
    public Guid? Shop { get; init; }
    public string? OrderKey { get; init; }

    /// <summary>Print of whom the source names, in the first case of theirs.</summary>
    public string? ClaimantPrint { get; init; }
    public DateOnly? OrderedAt { get; init; }
    public required string Sector { get; init; }
    public required string Problem { get; init; }
    public decimal? Amount { get; init; }
    public IReadOnlyList<string> Demands { get; init; } = [];
    public string? Province { get; init; }
    public FiledFor FiledFor { get; init; }
    public Consents? Consents { get; init; }
    public string Channel { get; init; } = "web";
    public Priority Priority { get; init; }

    /// <summary>As its parties read it: others' cases, of which they may not know, do not show in it. Filed without a
    /// word of it, it is the same.</summary>
    public Priority PriorityAlone { get; init; }
    public Imported? Imported { get; init; }

    /// <summary>Hits of the word list in what the parties have said so far.</summary>
    public int ScreeningHits { get; init; }

    /// <summary>When the list last found something: from then on a human is to look.</summary>
    public DateTimeOffset? MarkedAt { get; init; }
    public ImmutableArray<Guid> Evidence { get; init; } = [];

    public Status Status { get; init; }
    public DateTimeOffset FiledAt { get; init; }
    public DateTimeOffset? ScreenBy { get; init; }

    /// <summary>Filed, submitted again or reopened at: what the screening clock counts from.</summary>
    public DateTimeOffset ScreenFrom { get; init; }
    public DateTimeOffset? LapsesAt { get; init; }

    /// <summary>First deliveries, one a respondent, oldest first.</summary>
    public ImmutableArray<Delivery> Deliveries { get; init; } = [];

    /// <summary>The latest delivery, repeated ones too: chasing and closing count from here.</summary>
    public DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>Tries to reach the respondent of now, as the desk recorded them.</summary>
    public ImmutableArray<Attempt> Attempts { get; init; } = [];
    public int Chases { get; init; }

    /// <summary>Chases by the clock since the latest delivery to a new respondent.</summary>
    public int ClockChases { get; init; }
    public bool MediationOffered { get; init; }

    public ContestGround? Contest { get; init; }
    public DateTimeOffset? ContestAnswerBy { get; init; }

    /// <summary>The respondent of now has contested before: once is enough.</summary>
    public bool ContestedBefore { get; init; }

    public ImmutableArray<ReplyFact> Replies { get; init; } = [];
    public ImmutableArray<OfferFact> Offers { get; init; } = [];

    /// <summary>The accepted offer.</summary>
    public int? Settlement { get; init; }
    public DateTimeOffset? ObjectBy { get; init; }

    /// <summary>承诺未履行: settlements the respondent did not perform.</summary>
    public int NotPerformedCount { get; init; }
    public DateTimeOffset? MediationEndBy { get; init; }
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Declined, terminated, withdrawn or closed at.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public ClosedBecause? ClosedBecause { get; init; }
    public string? EndReason { get; init; }

    /// <summary>Author of the refusal or termination: a review is for somebody else.</summary>
    public string? EndedBy { get; init; }
    public bool ReviewAsked { get; init; }
    public bool ReviewPending { get; init; }
    public DateTimeOffset? ReviewAskedAt { get; init; }
    public DateTimeOffset? ReviewDecidedAt { get; init; }
    public ScoreFact? Score { get; init; }
    public int Scores { get; init; }

    /// <summary>Ground of a 剔除 in force.</summary>
    public string? Excluded { get; init; }

    /// <summary>Ground of a 保全 in force: nothing is erased.</summary>
    public string? Hold { get; init; }

    /// <summary>Its keys are destroyed.</summary>
    public bool IsErased { get; init; }

    /// <summary>Kept by law and read by nobody until it is erased.</summary>
    public bool IsLocked { get; init; }

    /// <summary>Nothing that was said in it can be read.</summary>
    public bool IsShut => IsErased || IsLocked;

    /// <summary>When it closes by itself, once the claimant was told.</summary>
    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>Last move of a person: what "no reaction" counts from.</summary>
    public DateTimeOffset ActiveAt { get; init; }

    /// <summary>首问负责: author of the first staff event.</summary>
    public string? FirstContact { get; init; }

    /// <summary>Instant of the last event.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Number of events so far.</summary>
    public int Version { get; init; }

    /// <summary>Delivered at least once, to anybody.</summary>
    public bool WasDelivered => !Deliveries.IsEmpty;

    /// <summary>First delivery to the respondent of now.</summary>
    public DateTimeOffset? DeliveredAt => Deliveries.FirstOrDefault(d => d.Respondent == Respondent)?.At;

    /// <summary>Random public id of the case of this respondent.</summary>
    public string? PublicId => Deliveries.FirstOrDefault(d => d.Respondent == Respondent)?.PublicId;

    /// <summary>First valid reply of the respondent of now.</summary>
    public ReplyFact? FirstValidReply => Replies.FirstOrDefault(r => r.Valid && r.Respondent == Respondent);

    /// <summary>First reply of the respondent of now, valid or not.</summary>
    public ReplyFact? FirstReply => Replies.FirstOrDefault(r => r.Respondent == Respondent);

    /// <summary>Nothing more is expected of anybody; a review or a score is still possible for a while.</summary>
    public bool Ended => Status is Status.Declined or Status.Terminated or Status.Withdrawn or Status.Closed;

    /// <summary>Holds its order: a second complaint of the same claimant about it is a duplicate.</summary>
    public bool IsOpen => !Ended;

    /// <summary>Whether the life table has this verb now; instants and parties are judged by the verb itself.</summary>
    public bool Can(Verb verb) => Life.Has(verb, Status);

    /// <summary>A consumer or a merchant files. The filing has passed <see cref="Filing.Check"/>.</summary>
    public static Decided<ComplaintEvent> File(
        Filing filing,
        Arrival arrival,
        ComplaintPolicy policy,
        ScreeningList words
    )
    {
        if (arrival.DuplicateOf is { } open)
            return Refusals.Duplicate(open);
        if (filing.Side == Side.Merchant && filing.ClaimantMerchant == filing.Respondent)
            return Refusals.Itself;
        var alone = Triage.Of(filing, openAlike: 0, policy);
        var priority = Triage.Of(filing, arrival.OpenAlike, policy);
        return new ComplaintEvent.Filed
        {
            Number = arrival.Number,
            Side = filing.Side,
            Claimant = filing.Claimant,
            ClaimantMerchant = filing.ClaimantMerchant,
            Respondent = filing.Respondent,
            Shop = filing.Shop,
            HasPrints = filing.OrderNo is null ? null : true,
            OrderedAt = filing.OrderedAt,
            Sector = filing.Sector!,
            Problem = filing.Problem!,
            Amount = filing.Amount,
            Demands = filing.Demands!,
            Province = filing.Province,
            FiledFor = filing.FiledFor,
            Consents = filing.Consents,
            LiabilityAccepted = filing.LiabilityAccepted,
            Channel = filing.Channel!,
            Priority = priority,
            PriorityAlone = alone == priority ? null : alone,
            Danger = filing.Danger,
            Safety = priority == Priority.P0 && filing.Side == Side.Consumer ? arrival.Safety : null,
            ContactedMerchantAt = filing.ContactedMerchantAt,
            Evidence = filing.Evidence ?? [],
            ScreenBy = arrival.ScreenBy,
            ScreeningHits = words.Read(filing.Story).Count,
            ScreeningVersion = words.Version,
            Story = new Story(
                filing.Story!,
                filing.ShopName,
                filing.ShopUrl,
                filing.GoodsUrl,
                filing.OrderNo,
                filing.MerchantAnswer,
                filing.Authority
            )
            {
                SeenOn = filing.SeenOn,
                Live = filing.Live,
                Other = filing.Other,
                SelfOperated = filing.SelfOperated ? true : null,
            },
            Contact = new Contact(filing.Name!, filing.Phone!, filing.Email),
        };
    }

    /// <summary>
    /// History from a source: what the source never recorded is not asked, texts may have 0–64,000 characters, and the
    /// duplicate rule is not for them. Its later events go through the same verbs, at their own times.
    /// </summary>
    public static Decided<ComplaintEvent> FileFromSource(
        SourceFiling filing,
        DateTimeOffset filedAt,
        DateTimeOffset now,
        string? duplicateOf = null
    )
    {
        if (filedAt > now)
            return Refusals.InTheFuture;
        if (duplicateOf is not null)
            return Refusals.Duplicate(duplicateOf);
        var text = PlainText.Lines(filing.Story) ?? "";
        if (PlainText.LongerThan(text, SourceFiling.StoryMax))
            return Refusals.SourceTooLong;
        return new ComplaintEvent.Filed
        {
            Number = filing.Number,
            Side = filing.Side,
            Claimant = filing.Claimant,
            Respondent = filing.Respondent,
            HasPrints = filing.ClaimantName is null ? null : true,
            Sector = filing.Sector,
            Problem = filing.Problem,
            Amount = filing.Amount,
            Demands = filing.Demands,
            Province = filing.Province,
            Channel = filing.Channel,
            Priority = Priority.P3,
            Imported = filing.Source,
            Story = new Story(text, filing.ShopName, OrderNo: filing.OrderNo),
            SourceClaimant = filing.ClaimantName,
        };
    }
}
