using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;

namespace Hengping.App.ClaimReports;

/// <summary>The files of each side are for that side and whoever decides; neither side reads the other's.</summary>
public sealed class FilesOfClaimReports : IReadsEvidence
{
    private sealed record Use(Guid Report, bool Claimants);

    /// <inheritdoc/>
    public string InUse =>
        """
            exists (
              select 1 from claim_report_evidence u join claim_reports c on c.id = u.report
              where u.evidence = e.id and not c.erased)
            """;

    /// <inheritdoc/>
    public string InReach =>
        $"""
            exists (
              select 1 from claim_report_evidence u join claim_reports c on c.id = u.report
              where u.evidence = e.id and not c.erased and {ClaimReportPersons.NeverLocked("c")})
            """;

    /// <inheritdoc/>
    public string OfPerson =>
        """
            e.id in (select u.evidence from claim_report_evidence u
                     join claim_reports c on c.id = u.report where c.claimant = @person)
            """;

    /// <inheritdoc/>
    public async Task<EvidenceSight?> SightOf(
        Store store,
        Caller caller,
        Guid evidence,
        bool isOwn,
        CancellationToken ct
    )
    {
        if (!ClaimReportOpened.Readers.Contains(caller.Role))
            return null;
        var uses = await store.Query<Use>(
            """
            select report as Report, claimants as Claimants from claim_report_evidence
            where evidence = @evidence order by report
            """,
            new { evidence },
            ct
        );
        foreach (var use in uses)
        {
            if ((await store.Load(ClaimReportBook.Instance, use.Report, ct)).State is not { IsShut: false } report)
                continue;
            var side = ClaimReportOpened.SideOf(report, caller);
            if (side == ClaimReportSide.Desk)
                return EvidenceSight.AsSent;
            if (side == (use.Claimants ? ClaimReportSide.Claimant : ClaimReportSide.Merchant))
                return EvidenceSight.AsSent;
        }
        return null;
    }
}
