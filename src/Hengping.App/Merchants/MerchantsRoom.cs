using System.CommandLine;
using Hengping.App.Platform;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>The directory: entries, claims to them, teams, statements, merging.</summary>
public sealed class MerchantsRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("team", Team.SizeMax),
        new("statement", Merchant.StatementLengthMax),
        new("claims-day", Merchant.ClaimsADayMax),
        new("form-claim", ClaimPage.FormBytesMax, LimitUnit.Bytes),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [MerchantBook.Instance];

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [new MerchantKeysListener()];

    /// <inheritdoc/>
    public override IReadOnlyList<Purpose> Purposes => MerchantPurposes.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Wording> Messages =>
        [
            MerchantClaims.CodeWords,
            MerchantClaims.ApprovedWords,
            MerchantClaims.RefusedWords,
            Team.Invitation,
            TeamDigest.Says,
        ];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options) =>
        builder.Services.AddJob<TeamDigest>();

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        ClaimDecision.Map(api);
        MerchantStatements.Map(api);
    }

    /// <inheritdoc/>
    public override IEnumerable<Command> Commands() => [MerchantCommand.Create()];

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs =>
        [
            new(TabRow.Admin, 50, "/admin/merchants", "admin.merchants"),
            new(TabRow.Desk, 30, "/desk/claims", "claims.title"),
            new(TabRow.Merchant, 40, "/merchant/team", "team.title"),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["digest"];

    /// <inheritdoc/>
    public override IReadsEvidence Evidence { get; } = new Licences();

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpenToReadOnly => ["/merchant/team"];
}
