using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Intake;

/// <summary>
/// The filing as typed so far. Between steps it travels in the form itself: nothing is kept on the server before
/// somebody files, and the wizard works without script.
/// </summary>
public sealed class FileForm
{
    public string? RespondentName { get; set; }
    public Guid? RespondentId { get; set; }
    public string? ShopName { get; set; }
    public bool SelfOperated { get; set; }
    public string? SeenPlatform { get; set; }
    public string? SeenAddress { get; set; }
    public bool SeenAdvertised { get; set; }
    public string? LiveOperator { get; set; }
    public string? LivePresenter { get; set; }
    public string? LiveAgency { get; set; }
    public string? Sector { get; set; }
    public string? Problem { get; set; }
    public string? OtherSector { get; set; }
    public string? OtherProblem { get; set; }
    public string? OtherDemand { get; set; }

    /// <summary>true or false: whether anyone was hurt or is in danger; null where it was not answered.</summary>
    public string? Danger { get; set; }
    internal bool IsDangerSaid => Danger is "true" or "false";
    public string? Story { get; set; }
    public string? OrderNo { get; set; }
    public string? OrderedAt { get; set; }
    public string? Amount { get; set; }

    /// <summary>The day the merchant was contacted.</summary>
    public string? ContactedAt { get; set; }
    public string? MerchantAnswer { get; set; }
    public List<string> Demands { get; set; } = [];
    public List<Guid> Evidence { get; set; } = [];
    public string? ContactName { get; set; }
    public string? ContactPhone { get; set; }
    public string? ContactEmail { get; set; }
    public string? Province { get; set; }
    public string? FiledFor { get; set; }
    public string? Authority { get; set; }
    public bool PassOn { get; set; }
    public bool Call { get; set; }
    public bool Publish { get; set; }
    public bool Sensitive { get; set; }
    public bool LiabilityAccepted { get; set; }
    public bool ReportToo { get; set; }
    public string? ReportBreach { get; set; }
    public string? ReportText { get; set; }
    public bool ReportNamed { get; set; }
    public string? SignInPhone { get; set; }

    /// <summary>All answers were shown: whoever changes one comes back to them.</summary>
    public bool Reviewed { get; set; }

    private static readonly string[] OrderNames = [nameof(OrderNo), nameof(OrderedAt), nameof(Amount)];

    private static readonly string[][] NamesOfStep =
    [
        // The order stands on two steps: filled in from a pasted text on the first, asked for on the second.
        [
            nameof(RespondentName),
            nameof(RespondentId),
            nameof(ShopName),
            nameof(SelfOperated),
            nameof(SeenPlatform),
            nameof(SeenAddress),
            nameof(SeenAdvertised),
            nameof(LiveOperator),
            nameof(LivePresenter),
            nameof(LiveAgency),
            nameof(Sector),
            nameof(Problem),
            nameof(OtherSector),
            nameof(OtherProblem),
            .. OrderNames,
        ],
        [nameof(Story), nameof(Danger), .. OrderNames, nameof(ContactedAt), nameof(MerchantAnswer)],
        [nameof(Demands), nameof(OtherDemand), nameof(Evidence)],
        [
            nameof(ContactName),
            nameof(ContactPhone),
            nameof(ContactEmail),
            nameof(Province),
            nameof(FiledFor),
            nameof(Authority),
            nameof(PassOn),
            nameof(Call),
            nameof(Publish),
            nameof(Sensitive),
            nameof(LiabilityAccepted),
            nameof(ReportToo),
            nameof(ReportBreach),
            nameof(ReportText),
            nameof(ReportNamed),
        ],
        [],
    ];

    private static readonly string[][] FieldsOfStep =
    [
        [
            "respondent",
            "respondent.id",
            "respondent.name",
            "shop.name",
            "seenOn.platform",
            "seenOn.address",
            "live.operator",
            "live.presenter",
            "live.agency",
            "sector",
            "problem",
            "other.sector",
            "other.problem",
        ],
        ["story", "danger", "orderNo", "orderedAt", "amount", "contactedMerchant.answer", "contactedMerchant.at"],
        ["demands", "other.demand", "evidence"],
    ];

    /// <summary>Name and value of everything typed in other steps, to be carried along hidden.</summary>
    public IEnumerable<(string Name, string Value)> Carried(int step)
    {
        foreach (
            var name in NamesOfStep
                .SelectMany(names => names)
                .Append(nameof(Reviewed))
                .Distinct()
                .Except(NamesOfStep[step - 1])
        )
            switch (typeof(FileForm).GetProperty(name)!.GetValue(this))
            {
                case string { Length: > 0 } text:
                    yield return (name, text);
                    break;
                case Guid id:
                    yield return (name, id.ToString("D"));
                    break;
                case true:
                    yield return (name, "true");
                    break;
                case List<string> many:
                    foreach (var one in many)
                        yield return (name, one);
                    break;
                case List<Guid> ids:
                    foreach (var one in ids)
                        yield return (name, one.ToString("D"));
                    break;
            }
    }

    /// <summary>The step a field of the API is asked for in; the last one where no other is.</summary>
    public static int StepOf(string field)
    {
        var at = Array.FindIndex(FieldsOfStep, fields => fields.Contains(field));
        return at < 0 ? FieldsOfStep.Length + 1 : at + 1;
    }

    /// <summary>The body of <c>POST /complaints</c>.</summary>
    public object ToBody(Side side) =>
        new
        {
            kind = Words.Of(side),
            respondent = RespondentId is { } id
                ? new { id = (Guid?)id, name = (string?)null }
                : new { id = (Guid?)null, name = RespondentName },
            shop = string.IsNullOrWhiteSpace(ShopName) ? null : new { name = ShopName },
            selfOperated = SelfOperated,
            seenOn = new
            {
                platform = SeenPlatform,
                address = SeenAddress,
                advertisement = SeenAdvertised,
            },
            live = new
            {
                @operator = LiveOperator,
                presenter = LivePresenter,
                agency = LiveAgency,
            },
            orderNo = OrderNo,
            orderedAt = OrderedAt,
            sector = Sector,
            problem = Problem,
            amount = Amount,
            story = Story,
            danger = IsDangerSaid ? Danger == "true" : (bool?)null,
            other = new OtherSaid(
                Problem == "other" ? OtherProblem : null,
                Demands.Contains("other") ? OtherDemand : null,
                Sector == "other" ? OtherSector : null
            ),
            demands = Demands,
            contactedMerchant = string.IsNullOrWhiteSpace(ContactedAt + MerchantAnswer)
                ? null
                : new { at = ContactedAt, answer = MerchantAnswer },
            evidence = Evidence,
            contact = new
            {
                name = ContactName,
                phone = ContactPhone,
                email = ContactEmail,
                province = Province,
            },
            filedFor = FiledFor,
            authority = Authority,
            consents = new
            {
                passOn = PassOn,
                publish = Publish,
                sensitive = Sensitive,
                call = Call,
            },
            liabilityAccepted = LiabilityAccepted,
            channel = "web",
            report = !ReportToo
                ? null
                : new
                {
                    breach = ReportBreach,
                    text = ReportText,
                    anonymous = !ReportNamed,
                },
        };
}
