using Hengping.Rules.Accounts;

namespace Hengping.App.Reports;

/// <summary>The room of reports (举报).</summary>
public static class ReportsRoom
{
    /// <summary>Author of what came without an account: nobody's.</summary>
    public const string Reporter = "reporter";

    /// <summary>Who verifies reports.</summary>
    public static readonly Role[] Staff = [Role.Mediator, Role.Reviewer, Role.Admin];

    /// <summary>Who reads: of what was referred to it, an authority too.</summary>
    public static readonly Role[] Readers = [.. Staff, Role.Regulator];

    /// <summary>Puts the doors on their addresses.</summary>
    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("reports");
        FileReport.Map(reports);
        FollowReport.Map(reports);
        ListReports.Map(reports);
        ShowReport.Map(reports);
        DecideReport.Map(reports);
    }
}
