using Hengping.App.Platform;

namespace Hengping.App.RuleRegister;

/// <summary>Opinions are readable for three years from the end of their consultation (令116 art. 11).</summary>
public sealed class OpinionKeeping(Store store, IConfiguration configuration, ILogger<OpinionKeeping> log)
    : ErasureByAge(store, configuration, log)
{
    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "rule-opinions";

    /// <inheritdoc/>
    public override async Task<int> EraseSome(CancellationToken ct)
    {
        var due = await store.Query<Guid>(
            "select id from rule_opinions where ended_at < @before and not erased order by ended_at limit @batch",
            new { before = Before, batch = Batch },
            ct
        );
        foreach (var id in due)
        {
            var loaded = await store.Load(OpinionBook.Instance, id, ct);
            if (loaded.State?.Erase("age").Event is not { } erased)
                continue;
            var change = store.Change(OpinionBook.Instance, loaded, store.Now, "clock", [erased]);
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                await EndKey(id, ct);
        }
        return due.Count;
    }

    /// <inheritdoc/>
    public override async Task FinishErased(CancellationToken ct)
    {
        var last = await store.Query<Guid>(
            """
            select stream from events where kind in ('ruleOpinion.erased', 'ruleOpinion.locked')
            order by position desc limit 10
            """,
            null,
            ct
        );
        foreach (var id in last)
            await EndKey(id, ct);
    }

    private async Task EndKey(Guid id, CancellationToken ct)
    {
        var isLock = (await store.Load(OpinionBook.Instance, id, ct)).State is { IsErased: false };
        foreach (var slot in await store.Query<long>("select key from streams where stream = @id", new { id }, ct))
            if (isLock)
                store.Keys.Shut(slot);
            else
                store.Keys.Destroy(slot);
    }
}
