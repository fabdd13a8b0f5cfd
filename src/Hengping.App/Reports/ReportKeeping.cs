using Hengping.App.Evidence;
using Hengping.App.Platform;

namespace Hengping.App.Reports;

/// <summary>
/// How long reports are readable: three years after their end (电商法 art. 31; <c>Retention:Years</c>), or until whoever
/// made them under their own name asks for erasure. Then their keys are destroyed; a legal hold lets both wait.
/// </summary>
public sealed class ReportKeeping(Store store, IConfiguration configuration, ILogger<ReportKeeping> log)
    : ErasureByAge(store, configuration, log)
{
    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "reports";

    /// <inheritdoc/>
    public override async Task<int> EraseSome(CancellationToken ct)
    {
        var due = await store.Query<Guid>(
            """
            select id from reports where ended_at < @before and not erased and not held order by ended_at limit @batch
            """,
            new { before = Before, batch = Batch },
            ct
        );
        foreach (var id in due)
        {
            var loaded = await store.Load(ReportBook.Instance, id, ct);
            if (loaded.State?.Erase("age").Event is not { } erased)
                continue;
            var change = store.Change(ReportBook.Instance, loaded, store.Now, "clock", [erased]);
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                await EndKeys(store, id, ct);
        }
        return due.Count;
    }

    /// <inheritdoc/>
    public override async Task FinishErased(CancellationToken ct)
    {
        var last = await store.Query<Guid>(
            """
            select stream from events where kind in ('report.erased', 'report.locked') order by position desc limit 10
            """,
            null,
            ct
        );
        foreach (var id in last)
            await EndKeys(store, id, ct);
    }

    /// <summary>The keys of what is erased go, those of what is locked are shut.</summary>
    internal static async Task EndKeys(Store store, Guid id, CancellationToken ct)
    {
        const string Of = "e.id in (select evidence from report_evidence where report = @id)";
        var isLock = (await store.Load(ReportBook.Instance, id, ct)).State is { IsErased: false };
        var files = await FileUse.FreeKeys(store, Of, new { id }, ct, isLock);
        var own = await store.Query<long>("select key from streams where stream = @id", new { id }, ct);
        foreach (var slot in files.Concat(own))
            if (isLock)
                store.Keys.Shut(slot);
            else
                store.Keys.Destroy(slot);
    }
}
