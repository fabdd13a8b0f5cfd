using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>The room of reports (举报).</summary>
public sealed class ReportsRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("report-text", Report.TextMax),
        new("report-files", Report.EvidenceMax),
        new("report-tries", FollowReport.TriesPerNumber),
    ];

    /// <summary>Author of what came without an account: nobody's.</summary>
    public const string Reporter = "reporter";

    /// <summary>Who verifies reports.</summary>
    public static readonly Role[] Staff = [Role.Mediator, Role.Reviewer, Role.Admin];

    /// <summary>Who reads: of what was referred to it, an authority too.</summary>
    public static readonly Role[] Readers = [.. Staff, Role.Regulator];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [ReportBook.Instance, ReadingBook.Instance];

    /// <inheritdoc/>
    public override IReadOnlyList<Purpose> Purposes => ReportPurposes.All;

    /// <inheritdoc/>
    public override IReadOnlyList<Wording> Messages => [ReportNotices.News];

    /// <inheritdoc/>
    public override IEnumerable<Listener> Listeners(Store store, SiteAddress site) => [new ReportNotices(site)];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.AddJob<ReportKeeping>();
        builder.Services.AddJob<CountReportTerms>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder site)
    {
        var reports = api.MapGroup("/reports").WithTags("reports");
        FileReport.Map(reports);
        FollowReport.Map(reports);
        ListReports.Map(reports);
        ShowReport.Map(reports);
        DecideReport.Map(reports);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tab> Tabs => [new(TabRow.Desk, 20, "/desk/reports", "reports.title")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Jobs => ["reports", "report-terms"];

    /// <inheritdoc/>
    public override IHoldsPersons Persons { get; } = new ReportPersons();

    /// <inheritdoc/>
    public override IReadsEvidence Evidence { get; } = new FilesOfReports();

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpenToReadOnly => ["/report", "/api/v1/reports"];
}
