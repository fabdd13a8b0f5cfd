using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hengping.App.ClaimReports;

/// <summary>The room of reports of abnormal claims (职业索赔联合治理).</summary>
public sealed class ClaimReportsRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("claim-report-orders", ClaimReportDraft.OrdersMax),
        new("claim-report-files", ClaimReportDraft.ProofsMax),
        new("claim-report-text", ClaimReportDraft.AllegedMax),
        new("claim-report-rejected", ReporterLimit.RejectedMin),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [ClaimReportBook.Instance];

    /// <inheritdoc/>
    public override IReadOnlyList<Wording> Messages => [ClaimReportNotices.Heard, ClaimReportNotices.News];

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [new ClaimReportNotices(site)];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.AddJob<ClaimReportTicks>();
        builder.Services.AddJob<CountClaimTerms>();
        builder.Services.AddJob<ClaimReportKeeping>();
        // A person has no workbench: the same page, where they look for what is theirs.
        builder.Services.Configure<RazorPagesOptions>(pages =>
            pages.Conventions.AddPageRoute("/ClaimReports/OwnClaimReportsPage", "me/claim-reports")
        );
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        var reports = api.MapGroup("/claim-reports").WithTags("claim-reports");
        FileClaimReport.Map(reports);
        ListClaimReports.Map(reports);
        ClaimingCounts.Map(reports);
        ShowClaimReport.Map(reports);
        ClaimReportDoors.Map(reports);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs =>
        [
            new(TabRow.Desk, 50, "/desk/claim-reports", "claiming.title"),
            new(TabRow.Merchant, 50, "/merchant/claim-reports", "claiming.mine"),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["claim-report-ticks", "claim-reports", "claim-report-terms"];

    /// <inheritdoc/>
    public override IHoldsPersons Persons { get; } = new ClaimReportPersons();

    /// <inheritdoc/>
    public override IReadsEvidence Evidence { get; } = new FilesOfClaimReports();
}
