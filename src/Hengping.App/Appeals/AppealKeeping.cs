using Hengping.App.Evidence;
using Hengping.App.Platform;

namespace Hengping.App.Appeals;

/// <summary>
/// How long appeals are readable: three years after their end (电商法 art. 31; <c>Retention:Years</c>). Then their keys
/// are destroyed; how they ended stays counted.
/// </summary>
public sealed class AppealKeeping(Store store, IConfiguration configuration, ILogger<AppealKeeping> log)
    : ErasureByAge(store, configuration, log)
{
    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "appeals";

    /// <inheritdoc/>
    public override async Task<int> EraseSome(CancellationToken ct)
    {
        var due = await store.Query<Guid>(
            "select id from appeals where ended_at < @before and not erased order by ended_at limit @batch",
            new { before = Before, batch = Batch },
            ct
        );
        foreach (var id in due)
        {
            var loaded = await store.Load(AppealBook.Instance, id, ct);
            if (loaded.State?.Erase("age").Event is not { } erased)
                continue;
            var change = store.Change(AppealBook.Instance, loaded, store.Now, "clock", [erased]);
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                await EndKeys(id, ct);
        }
        return due.Count;
    }

    /// <inheritdoc/>
    public override async Task FinishErased(CancellationToken ct)
    {
        var last = await store.Query<Guid>(
            """
            select stream from events where kind in ('appeal.erased', 'appeal.locked') order by position desc limit 10
            """,
            null,
            ct
        );
        foreach (var id in last)
            await EndKeys(id, ct);
    }

    // The keys of what is erased go, those of what is locked are shut.
    private async Task EndKeys(Guid id, CancellationToken ct)
    {
        const string Of = "e.id in (select evidence from appeal_evidence where appeal = @id)";
        var isLock = (await store.Load(AppealBook.Instance, id, ct)).State is { IsErased: false };
        var files = await FileUse.FreeKeys(store, Of, new { id }, ct, isLock);
        var own = await store.Query<long>("select key from streams where stream = @id", new { id }, ct);
        foreach (var slot in files.Concat(own))
            if (isLock)
                store.Keys.Shut(slot);
            else
                store.Keys.Destroy(slot);
    }
}
