using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;

namespace Hengping.App.ClaimReports;

/// <summary>Counts the running terms of reports of abnormal claims again.</summary>
public sealed class CountClaimTerms(Store store, LawInForce laws, ILogger<CountClaimTerms> log)
    : CountTerms<ClaimReport, ClaimReportEvent>(store, laws, Terms, log)
{
    private static readonly TermRound<ClaimReport, ClaimReportEvent> Terms = new(
        ClaimReportBook.Instance,
        "select id from claim_reports where ended_at is null and id > @after order by id limit @limit",
        (report, law) => report.CountAgain(law.Count)
    );

    /// <inheritdoc/>
    public override string Name => "claim-report-terms";

    /// <summary>Counts everything again; how many were moved.</summary>
    public static Task<long> All(Store store, Law law, CancellationToken ct) => Terms.All(store, law, ct);
}
