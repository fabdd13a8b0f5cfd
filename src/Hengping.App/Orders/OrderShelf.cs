using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Orders;

namespace Hengping.App.Orders;

/// <summary>What became of a batch.</summary>
/// <param name="Taken">False where the same lines were taken before: it is that batch.</param>
public sealed record Shelved(Guid Batch, bool Taken);

/// <summary>
/// Takes a batch: its file first, durably, then the one event that names it. The same lines are taken once, whoever
/// sends them.
/// </summary>
public static class OrderShelf
{
    /// <summary>Where the files lie: with those of evidence, so that whatever keeps, copies and proves files has them.
    /// </summary>
    internal static string Directory(Store store) => UploadEvidence.Directory(store.Place);

    /// <summary>Takes the lines, or says by which batch they were taken before.</summary>
    /// <param name="answered">The answer to keep under the caller's key, for a batch's id.</param>
    /// <returns>Null with the store's own word where the key was used before.</returns>
    public static async Task<(Shelved? Shelved, Outcome? Else)> Take(
        Store store,
        IReadOnlyList<ShopLine> lines,
        string source,
        string author,
        Func<Guid, Idempotent?>? answered,
        CancellationToken ct
    )
    {
        var text = OrderFile.Text(lines);
        var sha = OrderFile.HashOf(text);
        if (await Known(store, sha, ct) is { } known)
            return (new Shelved(known, Taken: false), null);
        var id = StreamId.Next();
        var slot = store.Keys.Create();
        var written = await OrderFile.Write(store, slot, id, text, Directory(store), ct);
        var taken = new OrderBatchEvent.Taken(
            source,
            lines.Count,
            sha,
            written.File,
            written.Bytes,
            OrderBatch.Totals(lines.Select(line => (line.Merchant, line.Line)))
        );
        var fresh = new Loaded<OrderBatch>(id, 0, slot, null);
        var change = store.Change(OrderBatchBook.Instance, fresh, store.Now, author, [taken]);
        var outcome = await store.Append(new Commit([change], answered?.Invoke(id)), ct);
        if (outcome is Outcome.Done)
            return (new Shelved(id, Taken: true), null);
        Forget(store, written.File);
        return outcome is Outcome.Taken { Reservation.Scope: OrderBatchBook.ContentScope } before
            ? (new Shelved(before.By, Taken: false), null)
            : (null, outcome);
    }

    private static async Task<Guid?> Known(Store store, string sha, CancellationToken ct) =>
        await store.First<Guid?>(
            $"select stream from claims where scope = '{OrderBatchBook.ContentScope}' and key = @sha",
            new { sha },
            ct
        );

    // In a backup that is being taken it stays, as a file that nothing names.
    private static void Forget(Store store, string file)
    {
        using var go = FilesStay.MayGo(store.Place);
        if (go is not null)
            SealedFile.Delete(Directory(store), file);
    }
}
