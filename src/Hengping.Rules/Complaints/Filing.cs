using Hengping.Rules.Fields;

namespace Hengping.Rules.Complaints;

/// <summary>The codes a filing may use: what the taxonomy files say.</summary>
public sealed record Codes(
    IReadOnlySet<string> Sectors,
    IReadOnlySet<string> ConsumerProblems,
    IReadOnlySet<string> MerchantProblems,
    IReadOnlySet<string> Demands,
    IReadOnlySet<string> Provinces,
    IReadOnlySet<string> Channels
)
{
    /// <summary>The problems of one side.</summary>
    public IReadOnlySet<string> Problems(Side side) => side == Side.Merchant ? MerchantProblems : ConsumerProblems;
}

/// <summary>
/// What somebody files, as typed. <see cref="Check"/> cleans it and says what is wrong, field by field.
/// </summary>
public sealed record Filing
{
    public const int StoryMin = 10;
    public const int StoryMax = 5_000;
    public const int EvidenceMax = 30;

    public required Side Side { get; init; }
    public Guid? Claimant { get; init; }
    public Guid? ClaimantMerchant { get; init; }
    public Guid Respondent { get; init; }
    public Guid? Shop { get; init; }
    public string? ShopName { get; init; }
    public string? ShopUrl { get; init; }
    public string? GoodsUrl { get; init; }
    public string? OrderNo { get; init; }
    public DateOnly? OrderedAt { get; init; }
    public string? Sector { get; init; }
    public string? Problem { get; init; }
    public decimal? Amount { get; init; }
    public string? Story { get; init; }
    public IReadOnlyList<string>? Demands { get; init; }
    public DateTimeOffset? ContactedMerchantAt { get; init; }
    public string? MerchantAnswer { get; init; }
    public IReadOnlyList<Guid>? Evidence { get; init; }
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Province { get; init; }
    public FiledFor FiledFor { get; init; }

    /// <summary>
    /// Guardian's relation, or matters, powers and term of a power of attorney. Asked for, never a bar.
    /// </summary>
    public string? Authority { get; init; }
    public Consents? Consents { get; init; }
    public bool LiabilityAccepted { get; init; }
    public string? Channel { get; init; }

    /// <summary>Whether anyone was hurt or is in danger; null where it was not asked.</summary>
    public bool? Danger { get; init; }

    /// <summary>What a choice of "other" is, in words: of the problem, the demand, the sector.</summary>
    public OtherSaid? Other { get; init; }

    /// <summary>Where the offer was seen.</summary>
    public SeenOn? SeenOn { get; init; }

    /// <summary>Who stands behind a live broadcast.</summary>
    public LiveParties? Live { get; init; }

    /// <summary>Marked as sold by the platform itself.</summary>
    public bool SelfOperated { get; init; }

    /// <summary>The filing with cleaned texts; what is wrong goes to <paramref name="faults"/>.</summary>
    public Filing Check(Codes codes, DateTimeOffset now, ComplaintPolicy policy, FieldFaults faults)
    {
        faults.If(!LiabilityAccepted, "liabilityAccepted", Fault.Liability);
        faults.If(Consents is null, "consents", Fault.Required);
        // A merchant's complaint is delivered as it is filed, so the consent cannot come later.
        faults.If(Side == Side.Merchant && Consents is { PassOn: false }, "consents.passOn", Fault.PassOn);
        faults.If(!Enum.IsDefined(FiledFor), "filedFor", Fault.Unknown);
        faults.If(OrderedAt > ShanghaiDay(now), "orderedAt", Fault.InTheFuture);
        faults.If(ContactedMerchantAt > now, "contactedMerchant.at", Fault.InTheFuture);
        faults.Money("amount", Amount, policy.AmountMax);
        var checkedContact = CheckContact(codes, faults);
        return checkedContact with
        {
            Story = faults.Text("story", Story, StoryMin, StoryMax),
            Demands = CheckDemands(codes, faults),
            Evidence = faults.Evidence(Evidence),
            Sector = faults.Code("sector", Sector, codes.Sectors),
            Problem = faults.Code("problem", Problem, codes.Problems(Side)),
            ShopName = faults.Line("shop.name", ShopName, 200),
            ShopUrl = faults.Web("shop.url", ShopUrl),
            GoodsUrl = faults.Web("goodsUrl", GoodsUrl),
            OrderNo = faults.Line("orderNo", OrderNo, 64),
            MerchantAnswer = faults.Line("contactedMerchant.answer", MerchantAnswer, 2_000),
            Authority = faults.Line("authority", Authority, 2_000),
            SeenOn = SeenOn.Check(SeenOn, faults),
            Live = LiveParties.Check(Live, faults),
            Other = OtherSaid.Check(Other, faults),
            Channel = faults.Code("channel", string.IsNullOrWhiteSpace(Channel) ? "web" : Channel, codes.Channels),
            Consents = Consents is { Publish: true } && NeverPublished ? Consents with { Publish = false } : Consents,
        };
    }

    /// <summary>A child's matter is never published, whatever box was ticked.</summary>
    private bool NeverPublished => FiledFor is FiledFor.Child or FiledFor.Minor || Problem == "minor-payment";

    private Filing CheckContact(Codes codes, FieldFaults faults)
    {
        var name = PlainText.Name(Name);
        var phone = PhoneNumber.Normalise(Phone);
        var email = faults.Line("contact.email", Email, MailAddress.LengthMax);
        // Six digits name a county too; its province is the first two.
        var province = faults.Line("contact.province", Province, 20);
        if (province is { Length: 6 } && province.All(char.IsAsciiDigit))
            province = province[..2];
        if (name is null)
            faults.Add("contact.name", Fault.Required);
        else
            faults.If(!PersonName.IsPlausible(name), "contact.name", Fault.Name);
        faults.If(phone is null, "contact.phone", string.IsNullOrWhiteSpace(Phone) ? Fault.Required : Fault.Phone);
        faults.If(email is not null && !MailAddress.Is(email), "contact.email", Fault.Email);
        faults.If(province is not null && !codes.Provinces.Contains(province), "contact.province", Fault.Unknown);
        return this with { Name = name, Phone = phone, Email = email, Province = province };
    }

    private List<string> CheckDemands(Codes codes, FieldFaults faults)
    {
        if (Demands is null || Demands.Count == 0)
        {
            faults.Add("demands", Fault.Required);
            return [];
        }
        faults.If(Demands.Any(d => d is null || !codes.Demands.Contains(d)), "demands", Fault.Unknown);
        faults.If(Demands.Count > codes.Demands.Count, "demands", Fault.Repeated);
        return Demands.Distinct(StringComparer.Ordinal).ToList();
    }

    private static DateOnly ShanghaiDay(DateTimeOffset instant) =>
        DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(8)).DateTime);
}

/// <summary>What the house knows of a filing as it comes in.</summary>
/// <param name="ScreenBy">7 working days from receipt; null where the calendar of the year is not known yet.</param>
/// <param name="OpenAlike">Open complaints of others against this respondent within a day.</param>
/// <param name="DuplicateOf">Number of the open complaint about the same order, if any.</param>
/// <param name="Safety">The clocks it has where personal safety is at stake; null where nobody counts them.</param>
public sealed record Arrival(
    string Number,
    DateTimeOffset? ScreenBy,
    int OpenAlike = 0,
    string? DuplicateOf = null,
    SafetyTerms? Safety = null
);

/// <summary>What somebody means who chose "other", each at most 100 characters.</summary>
public sealed record OtherSaid(string? Problem = null, string? Demand = null, string? Sector = null)
{
    /// <summary>Longest of each, characters.</summary>
    public const int LengthMax = 100;

    internal static OtherSaid? Check(OtherSaid? said, FieldFaults faults)
    {
        if (said is null)
            return null;
        var clean = new OtherSaid(
            faults.Line("other.problem", said.Problem, LengthMax),
            faults.Line("other.demand", said.Demand, LengthMax),
            faults.Line("other.sector", said.Sector, LengthMax)
        );
        return clean == new OtherSaid() ? null : clean;
    }
}

/// <summary>What a source says of a complaint: history, so nothing is asked that the source never recorded.</summary>
public sealed record SourceFiling
{
    /// <summary>Longest text of an import.</summary>
    public const int StoryMax = 64_000;

    public required string Number { get; init; }
    public required Guid Respondent { get; init; }
    public required string Sector { get; init; }
    public required string Problem { get; init; }
    public required Imported Source { get; init; }
    public Guid? Claimant { get; init; }

    /// <summary>Whom the source names, in the first case of theirs: later ones find their id by it.</summary>
    public string? ClaimantName { get; init; }
    public string? OrderNo { get; init; }
    public string? ShopName { get; init; }
    public decimal? Amount { get; init; }
    public IReadOnlyList<string> Demands { get; init; } = [];
    public string? Province { get; init; }
    public string Story { get; init; } = "";
    public string Channel { get; init; } = "import";
    public Side Side { get; init; }
}
