using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>
/// The complaint body of the contract. Everything may be absent here: what is missing is said per field.
/// </summary>
public sealed record FilingRequest
{
    /// <summary>consumer or merchant.</summary>
    public string? Kind { get; init; }
    public Whom? Respondent { get; init; }
    public ShopSaid? Shop { get; init; }
    public string? GoodsUrl { get; init; }
    public string? OrderNo { get; init; }

    /// <summary>A date, or an instant.</summary>
    public string? OrderedAt { get; init; }
    public string? Sector { get; init; }
    public string? Problem { get; init; }

    /// <summary>CNY as a decimal string.</summary>
    public decimal? Amount { get; init; }
    public string? Story { get; init; }
    public string[]? Demands { get; init; }
    public Contacted? ContactedMerchant { get; init; }
    public Guid[]? Evidence { get; init; }
    public ContactSaid? Contact { get; init; }

    /// <summary>self, child, other or minor (oneself, 14 to 17); blank means self.</summary>
    public string? FiledFor { get; init; }

    /// <summary>Guardian's relation, or matters, powers and term of a power of attorney.</summary>
    public string? Authority { get; init; }
    public ConsentsSaid? Consents { get; init; }
    public bool? LiabilityAccepted { get; init; }
    public string? Channel { get; init; }
    public SeenOnSaid? SeenOn { get; init; }

    /// <summary>Who stands behind a live broadcast.</summary>
    public LiveParties? Live { get; init; }

    /// <summary>自营: marked as sold by the platform itself.</summary>
    public bool? SelfOperated { get; init; }

    /// <summary>有没有人受伤或有危险: whether anyone was hurt or is in danger; blank where nobody asked.</summary>
    public bool? Danger { get; init; }

    /// <summary>What a chosen <c>other</c> is, in words.</summary>
    public OtherSaid? Other { get; init; }

    /// <summary>Where the offer was seen, and whether it was an advertisement.</summary>
    public sealed record SeenOnSaid(string? Platform, string? Address, bool? Advertisement);

    /// <summary>A report of a breach filed beside it; it lives apart from then on.</summary>
    public ReportSaid? Report { get; init; }

    /// <summary>What a report beside a complaint says; absent <c>Anonymous</c> means yes.</summary>
    public sealed record ReportSaid(string? Breach, string? Text, bool? Anonymous);

    public sealed record Whom(Guid? Id, string? Name);

    public sealed record ShopSaid(string? Name, string? Url);

    public sealed record Contacted(string? At, string? Answer);

    public sealed record ContactSaid(string? Name, string? Phone, string? Email, string? Province);

    public sealed record ConsentsSaid(
        bool? PassOn = null,
        bool? Publish = null,
        bool? Call = null,
        bool? Sensitive = null
    )
    {
        public ConsentsSaid()
            : this(PassOn: null) { }

        /// <summary>What is not ticked is not given.</summary>
        public Consents AsGiven => new(PassOn == true, Publish == true, Call == true, Sensitive == true);
    }

    /// <summary>As the rules take it; the respondent follows when the fields are judged.</summary>
    public Filing ToFiling(Side side, Caller caller, FieldFaults faults)
    {
        faults.If(Kind is { } kind && Words.Parse<Side>(kind) is null, "kind", Fault.Unknown);
        return new Filing
        {
            Side = side,
            Claimant = caller.Account,
            ClaimantMerchant = side == Side.Merchant ? caller.Merchant : null,
            ShopName = Shop?.Name,
            ShopUrl = Shop?.Url,
            GoodsUrl = GoodsUrl,
            OrderNo = OrderNo,
            OrderedAt = faults.Date("orderedAt", OrderedAt),
            Sector = Sector,
            Problem = Problem,
            Amount = Amount,
            Story = Story,
            Demands = Demands,
            ContactedMerchantAt = faults.Instant("contactedMerchant.at", ContactedMerchant?.At),
            MerchantAnswer = ContactedMerchant?.Answer,
            Evidence = Evidence,
            Name = Contact?.Name,
            Phone = Contact?.Phone,
            Email = Contact?.Email,
            Province = Taxonomies.Taxonomies.Current.Region(Contact?.Province),
            FiledFor = string.IsNullOrWhiteSpace(FiledFor)
                ? Rules.Complaints.FiledFor.Self
                : faults.Word(
                    "filedFor",
                    FiledFor,
                    ("self", Rules.Complaints.FiledFor.Self),
                    ("child", Rules.Complaints.FiledFor.Child),
                    ("other", Rules.Complaints.FiledFor.Other),
                    ("minor", Rules.Complaints.FiledFor.Minor)
                ),
            Authority = Authority,
            Consents = Consents?.AsGiven,
            LiabilityAccepted = LiabilityAccepted == true,
            Channel = Channel,
            SeenOn = SeenOn is { } seen ? new SeenOn(seen.Platform, seen.Address, seen.Advertisement == true) : null,
            Live = Live,
            SelfOperated = SelfOperated == true,
            Danger = Danger,
            Other = Other,
        };
    }
}
