using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>
/// How long appeals are readable: three years after their end (电商法 art. 31; <c>Retention:Years</c>). Then their keys
/// are destroyed; how they ended stays counted.
/// </summary>
public sealed class AppealKeeping(Store store, IConfiguration configuration, ILogger<AppealKeeping> log)
    : StreamKeeping<Appeal, AppealEvent>(store, configuration, log, AppealBook.Instance, "appeals")
{
    private const string Of = "e.id in (select evidence from appeal_evidence where appeal = @id)";
    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "appeals";

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<long>> FilesOf(Guid id, bool isLock, CancellationToken ct) =>
        FileUse.FreeKeys(store, Of, new { id }, ct, isLock);
}
