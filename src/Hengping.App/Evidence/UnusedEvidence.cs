using Hengping.App.Platform;
using Hengping.Rules.Evidence;

namespace Hengping.App.Evidence;

/// <summary>
/// Evidence that no case, report or claim has taken within its time, or has any more, goes: key, file, then row. In
/// that order a process killed on the way leaves a row whose next round finds it again. While a backup is taken nothing
/// goes.
/// </summary>
public sealed class UnusedEvidence(Store store, ILogger<UnusedEvidence> log) : Job(log)
{
    private const int Batch = 200;

    private sealed record Row(Guid Id, string File, long UploadedAt);

    // What was in a case when its time was over is not looked at again before the next start: its key goes with the
    // case, and what is left of it is a file that nothing opens.
    private (long At, Guid Id) looked = (0, Guid.Empty);

    /// <inheritdoc/>
    public override string Name => "evidence";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override bool WaitsForClock => true;

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct)
    {
        var before = (store.Now - Keeping.Dropping).ToUnixTimeMilliseconds();
        var dropped = 0L;
        while (await Next(before, ct) is { Count: > 0 } some)
        {
            foreach (var row in some)
            {
                using var go = FilesStay.MayGo(store.Place);
                if (go is null)
                    return dropped;
                await Drop(row, ct);
                looked = (row.UploadedAt, row.Id);
                dropped++;
            }
        }
        looked = (Math.Max(looked.At, before), Guid.Empty);
        return dropped;
    }

    private Task<IReadOnlyList<Row>> Next(long before, CancellationToken ct) =>
        store.Query<Row>(
            $"""
            select e.id as Id, e.file as File, e.uploaded_at as UploadedAt from evidence e
            where e.uploaded_at < @before
              and (e.uploaded_at > @at or (e.uploaded_at = @at and e.id > @id))
              and {FileUse.Free(store)}
            order by e.uploaded_at, e.id limit {Batch}
            """,
            new
            {
                before,
                at = looked.At,
                id = looked.Id,
            },
            ct
        );

    private async Task Drop(Row row, CancellationToken ct)
    {
        var loaded = await store.Load(EvidenceBook.Instance, row.Id, ct);
        if (loaded.State is not { IsDropped: false })
            return;
        store.Keys.Destroy(loaded.KeySlot);
        SealedFile.Delete(UploadEvidence.Directory(store.Place), row.File);
        var gone = store.Change(EvidenceBook.Instance, loaded, store.Now, "clock", [new EvidenceEvent.Dropped()]);
        // Another node did the same a moment ago.
        _ = await store.Append(new Commit([gone]), ct);
    }
}
