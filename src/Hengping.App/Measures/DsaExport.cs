using System.Text.Json.Serialization;
using Hengping.App.Platform;
using Hengping.App.RuleRegister;
using Hengping.Rules.Clocks;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>
/// The register in the fields of the EU's database of statements of reasons (DSA art. 17), where they mean the same.
/// A warning, a flag and a watch restrict nothing, so they are no statement there and are left out.
/// </summary>
public static class DsaExport
{
    private const int ExplanationMax = 2_000;

    /// <summary>A file of statements.</summary>
    public sealed record Sheet(int LeftOut, IReadOnlyList<Statement> Statements);

    /// <summary>One statement; names and words are those of the database, absent where it has none for it.</summary>
    public sealed record Statement
    {
        [JsonPropertyName("puid")]
        public required string Puid { get; init; }

        [JsonPropertyName("decision_visibility")]
        public IReadOnlyList<string>? Visibility { get; init; }

        [JsonPropertyName("decision_visibility_other")]
        public string? VisibilityOther { get; init; }

        [JsonPropertyName("decision_monetary")]
        public string? Monetary { get; init; }

        [JsonPropertyName("decision_monetary_other")]
        public string? MonetaryOther { get; init; }

        [JsonPropertyName("decision_provision")]
        public string? Provision { get; init; }

        [JsonPropertyName("decision_account")]
        public string? Account { get; init; }

        [JsonPropertyName("account_type")]
        public required string AccountType { get; init; }

        [JsonPropertyName("decision_ground")]
        public required string Ground { get; init; }

        [JsonPropertyName("decision_ground_reference_url")]
        public string? GroundAddress { get; init; }

        [JsonPropertyName("illegal_content_legal_ground")]
        public string? IllegalGround { get; init; }

        [JsonPropertyName("illegal_content_explanation")]
        public string? IllegalWhy { get; init; }

        [JsonPropertyName("incompatible_content_ground")]
        public string? IncompatibleGround { get; init; }

        [JsonPropertyName("incompatible_content_explanation")]
        public string? IncompatibleWhy { get; init; }

        [JsonPropertyName("content_type")]
        public required IReadOnlyList<string> ContentType { get; init; }

        [JsonPropertyName("content_type_other")]
        public string? ContentTypeOther { get; init; }

        [JsonPropertyName("category")]
        public required string Category { get; init; }

        [JsonPropertyName("content_date")]
        public required string ContentDate { get; init; }

        [JsonPropertyName("application_date")]
        public required string ApplicationDate { get; init; }

        [JsonPropertyName("end_date_visibility_restriction")]
        public string? VisibilityEnds { get; init; }

        [JsonPropertyName("end_date_service_restriction")]
        public string? ServiceEnds { get; init; }

        [JsonPropertyName("end_date_account_restriction")]
        public string? AccountEnds { get; init; }

        [JsonPropertyName("decision_facts")]
        public required string Facts { get; init; }

        [JsonPropertyName("source_type")]
        public required string Source { get; init; }

        [JsonPropertyName("automated_detection")]
        public required string Detection { get; init; }

        [JsonPropertyName("automated_decision")]
        public required string Decision { get; init; }
    }

    /// <summary>The statements of rows of the register.</summary>
    public static async Task<Sheet> Of(
        Store store,
        IReadOnlyList<MeasureRows.Item> items,
        SiteAddress site,
        CancellationToken ct
    )
    {
        var statements = new List<Statement>();
        foreach (var one in items.Where(item => Restricts(item.Kind)))
        {
            var story = await store.ReadStory(MeasureBook.Instance, one.Id, ct);
            var clause = await ClausesInForce.Of(store, one.Clause, ct);
            var facts = one.Merchant is null ? null : ((MeasureEvent.Proposed)story[0].Event).Words?.Facts;
            statements.Add(Of(one, clause, OpenWords.Of(facts), site));
        }
        return new Sheet(items.Count - statements.Count, statements);
    }

    /// <summary>One statement.</summary>
    /// <param name="facts">Null where they speak of a person, or are erased.</param>
    public static Statement Of(MeasureRows.Item one, ClauseShown? clause, string? facts, SiteAddress site)
    {
        var isIllegal = IsIllegal(one.Reason);
        var ground = clause is null ? one.Clause.Clause : $"{clause.TitleZh} {one.Clause.Clause}";
        var why = Cut(clause?.Zh ?? ground, ExplanationMax);
        var ends = one.EndsOn is { } day ? MeasureBook.Day(day) : null;
        var visibility = VisibilityOf(one.Kind);
        var (provision, account) = (ProvisionOf(one.Kind), AccountOf(one.Kind));
        return new Statement
        {
            Puid = one.Number,
            Visibility = visibility is null ? null : [visibility],
            VisibilityOther = visibility == "DECISION_VISIBILITY_OTHER" ? Words.Of(one.Kind) : null,
            Monetary = MeasureKinds.IsMoney(one.Kind) ? "DECISION_MONETARY_OTHER" : null,
            MonetaryOther = MeasureKinds.IsMoney(one.Kind) ? Words.Of(one.Kind) : null,
            Provision = provision,
            Account = account,
            AccountType = one.Merchant is null ? "ACCOUNT_TYPE_PRIVATE" : "ACCOUNT_TYPE_BUSINESS",
            Ground = isIllegal ? "DECISION_GROUND_ILLEGAL_CONTENT" : "DECISION_GROUND_INCOMPATIBLE_CONTENT",
            GroundAddress = site.Origin.Length > 0 ? site.Origin + one.Clause.Address : null,
            IllegalGround = isIllegal ? ground : null,
            IllegalWhy = isIllegal ? why : null,
            IncompatibleGround = isIllegal ? null : ground,
            IncompatibleWhy = isIllegal ? null : why,
            ContentType = [one.TargetKind == TargetKind.Listing ? "CONTENT_TYPE_PRODUCT" : "CONTENT_TYPE_OTHER"],
            ContentTypeOther = one.TargetKind == TargetKind.Listing ? null : Words.Of(one.TargetKind),
            Category = CategoryOf(one.Reason),
            ContentDate = MeasureBook.Day(one.FactsOn),
            ApplicationDate = MeasureBook.Day(Shanghai.DayOf(one.StartsAt ?? one.SignedAt ?? one.ProposedAt)),
            VisibilityEnds = visibility is null ? null : ends,
            ServiceEnds = provision is null ? null : ends,
            AccountEnds = account is null ? null : ends,
            Facts = Cut(facts ?? $"{Words.Of(one.Kind)}: {Words.Of(one.Reason)}", Measure.FactsMax),
            Source = one.Source == MeasureSource.Own ? "SOURCE_VOLUNTARY" : "SOURCE_TYPE_OTHER_NOTIFICATION",
            Detection = one.DetectedByMachine ? "AUTOMATED_DETECTION_YES" : "AUTOMATED_DETECTION_NO",
            Decision = DecisionOf(one.Automation, one.SignedAt is not null),
        };
    }

    /// <summary>Whether it restricts something, so that it is a statement of reasons there.</summary>
    public static bool Restricts(MeasureKind kind) =>
        kind is not (MeasureKind.Warning or MeasureKind.Flagged or MeasureKind.AccountWatched);

    private static string? VisibilityOf(MeasureKind kind) =>
        kind switch
        {
            MeasureKind.ListingDown => "DECISION_VISIBILITY_CONTENT_DISABLED",
            MeasureKind.SaleForbidden => "DECISION_VISIBILITY_CONTENT_REMOVED",
            MeasureKind.TrafficReduced => "DECISION_VISIBILITY_CONTENT_DEMOTED",
            MeasureKind.CampaignBarred => "DECISION_VISIBILITY_OTHER",
            _ => null,
        };

    private static string? ProvisionOf(MeasureKind kind) =>
        kind switch
        {
            MeasureKind.CategoryRestricted => "DECISION_PROVISION_PARTIAL_SUSPENSION",
            MeasureKind.ShopClosed => "DECISION_PROVISION_TOTAL_TERMINATION",
            _ => null,
        };

    private static string? AccountOf(MeasureKind kind) =>
        kind switch
        {
            MeasureKind.AccountRestricted => "DECISION_ACCOUNT_SUSPENDED",
            MeasureKind.BlackListed => "DECISION_ACCOUNT_TERMINATED",
            _ => null,
        };

    // Law, or the platform's own rules alone.
    private static bool IsIllegal(MeasureReason reason) =>
        reason is not (MeasureReason.AbusiveClaims or MeasureReason.OtherRule);

    private static string CategoryOf(MeasureReason reason) =>
        reason switch
        {
            MeasureReason.Safety or MeasureReason.Licence or MeasureReason.Prohibited or MeasureReason.Quality =>
                "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
            MeasureReason.Counterfeit or MeasureReason.IpNotice =>
                "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
            MeasureReason.FalsePromotion or MeasureReason.Price or MeasureReason.FakeReviews =>
                "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
            MeasureReason.Fraud => "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
            MeasureReason.PersonalData => "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
            _ => "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        };

    // What a machine decided and a human signed is decided by both.
    private static string DecisionOf(Automation how, bool isSigned) =>
        how switch
        {
            Automation.None => "AUTOMATED_DECISION_NOT_AUTOMATED",
            Automation.Fully when !isSigned => "AUTOMATED_DECISION_FULLY",
            _ => "AUTOMATED_DECISION_PARTIALLY",
        };

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..max];
}
