using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Reports;

/// <summary>A report's files are for whoever may read the report: its staff, and the authority it was referred to.
/// </summary>
public sealed class FilesOfReports : IReadsEvidence
{
    /// <inheritdoc/>
    public string InUse =>
        """
            exists (
              select 1 from report_evidence u join reports r on r.id = u.report
              where u.evidence = e.id and not r.erased)
            """;

    /// <inheritdoc/>
    public string InReach =>
        $"""
            exists (
              select 1 from report_evidence u join reports r on r.id = u.report
              where u.evidence = e.id and not r.erased and {ReportPersons.NeverLocked})
            """;

    /// <inheritdoc/>
    public string OfPerson =>
        """
            e.id in (select re.evidence from report_evidence re
                     join reports r on r.id = re.report where r.reporter = @person)
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
        if (!caller.IsStaff && caller.Role != Role.Regulator)
            return null;
        var reports = await store.Query<Guid>(
            "select report from report_evidence where evidence = @evidence order by report",
            new { evidence },
            ct
        );
        var isRead = false;
        foreach (var report in reports)
            if (await ShowReport.MayRead(store, report, caller, ct))
            {
                // A report's file is part of it: opening it is reading it, whichever of them led there.
                await ReadingBook.Instance.Note(store, report, caller, ct);
                isRead = true;
            }
        return reports.Count == 0 ? null
            : !isRead ? EvidenceSight.None
            : caller.IsStaff ? EvidenceSight.AsSent
            : EvidenceSight.Clean;
    }
}
