using Dapper;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>
/// Texts and evidence of a case are kept three years after its end (电商法 art. 31; <c>Retention:Years</c>), then their
/// keys are destroyed. What ratings need stays; a case under a legal hold waits until that is lifted.
/// </summary>
public sealed class Retention(Store store, IConfiguration configuration, ILogger<Retention> log)
    : ErasureByAge(store, configuration, log)
{
    /// <summary>Cases are erased one after another, so a dead process left one, and several nodes a few.</summary>
    private const int Unfinished = 10;

    private readonly Store store = store;

    /// <inheritdoc/>
    public override string Name => "retention";

    /// <inheritdoc/>
    public override async Task<int> EraseSome(CancellationToken ct)
    {
        var due = await store.Query<Guid>(
            """
            select c.id from complaints c
            where c.closed_at < @before and not c.held
              and not exists (select 1 from events e where e.stream = c.id and e.kind = 'complaint.erased')
            order by c.closed_at limit @batch
            """,
            new { before = Before, batch = Batch },
            ct
        );
        foreach (var id in due)
            await Erase(store, id, "age", ct);
        return due.Count;
    }

    /// <summary>
    /// The fact first, then the keys of the case and of evidence nobody else still uses, then its place in the index
    /// and the messages about it.
    /// </summary>
    public static async Task Erase(Store store, Guid id, string because, CancellationToken ct)
    {
        var loaded = await store.Load(ComplaintBook.Instance, id, ct);
        // Held since it was found: the version lets the hold win.
        if (loaded.State?.Erase(because).Event is not { } erased)
            return;
        var change = store.Change(ComplaintBook.Instance, loaded, store.Now, "clock", [erased]);
        if (await store.Append(new Commit([change]), ct) is Outcome.Done)
            await DestroyKeys(store, id, ct);
    }

    /// <inheritdoc/>
    public override async Task FinishErased(CancellationToken ct)
    {
        var last = await store.LastEnded([ComplaintBook.Instance.KindOf<ComplaintEvent.Erased>()], Unfinished, ct);
        foreach (var id in last)
            await DestroyKeys(store, id, ct);
    }

    private static async Task DestroyKeys(Store store, Guid id, CancellationToken ct)
    {
        var own = await store.Query<long>("select key from streams where stream = @id", new { id }, ct);
        const string Of = "e.id in (select evidence from complaint_evidence where complaint = @id)";
        var evidence = await FileUse.FreeKeys(store, Of, new { id }, ct);
        var slots = own.Concat(evidence).ToList();
        foreach (var room in store.House.Persons)
            slots.AddRange(await room.KeysAround(store, [id], isLock: false, ct));
        foreach (var slot in slots)
            store.Keys.Destroy(slot);
        var index = TextIndex.For(store);
        await store.Write(
            async (db, transaction) =>
            {
                await index.Remove(id, db, transaction);
                await ReplyPrints.Forget([id], db, transaction);
                return await db.ExecuteAsync("delete from outbox where complaint = @id", new { id }, transaction);
            },
            ct
        );
    }
}
