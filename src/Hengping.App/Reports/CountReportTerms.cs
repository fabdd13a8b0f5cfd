using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>Counts the running terms of reports again.</summary>
public sealed class CountReportTerms(Store store, LawInForce laws, ILogger<CountReportTerms> log)
    : CountTerms<Report, ReportEvent>(store, laws, Terms, log)
{
    private static readonly TermRound<Report, ReportEvent> Terms = new(
        ReportBook.Instance,
        "select id from reports where ended_at is null and id > @after order by id limit @limit",
        (report, law) => report.CountAgain(law.Count)
    );

    /// <inheritdoc/>
    public override string Name => "report-terms";

    /// <summary>Counts everything again; how many were moved.</summary>
    public static Task<long> All(Store store, Law law, CancellationToken ct) => Terms.All(store, law, ct);
}
