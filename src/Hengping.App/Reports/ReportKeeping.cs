using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>
/// How long reports are readable: three years after their end (电商法 art. 31; <c>Retention:Years</c>), or until whoever
/// made them under their own name asks for erasure. Then their keys are destroyed; a legal hold lets both wait.
/// </summary>
public sealed class ReportKeeping(Store store, IConfiguration configuration, ILogger<ReportKeeping> log)
    : StreamKeeping<Report, ReportEvent>(store, configuration, log, ReportBook.Instance, "reports")
{
    private const string Of = "e.id in (select evidence from report_evidence where report = @id)";
    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "reports";

    /// <inheritdoc/>
    protected override string Free => "and not held";

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<long>> FilesOf(Guid id, bool isLock, CancellationToken ct) =>
        FileUse.FreeKeys(store, Of, new { id }, ct, isLock);

    /// <summary>The keys of what is erased go, those of what is locked are shut.</summary>
    internal static Task EndKeys(Store store, Guid id, CancellationToken ct) =>
        End(store, ReportBook.Instance, id, isLock => FileUse.FreeKeys(store, Of, new { id }, ct, isLock), ct);
}
