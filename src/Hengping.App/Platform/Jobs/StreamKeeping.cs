using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>Erasure by age where each thing is a stream with a key of its own, and a row that says when it ended.
/// </summary>
/// <param name="table">Of these rows, with columns <c>id</c>, <c>erased</c>, <c>ended_at</c>.</param>
public abstract class StreamKeeping<TState, TEvent>(
    Store store,
    IConfiguration configuration,
    ILogger log,
    Book<TState, TEvent> book,
    string table
) : ErasureByAge(store, configuration, log)
    where TState : class, IErasable<TEvent>
    where TEvent : class
{
    private readonly Store store = store;

    /// <summary>SQL about a row: nothing forbids to erase it.</summary>
    protected virtual string Free => "";

    /// <summary>The keys of files that go or are locked with one of them.</summary>
    protected virtual Task<IReadOnlyList<long>> FilesOf(Guid id, bool isLock, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<long>>([]);

    /// <inheritdoc/>
    public override async Task<int> EraseSome(CancellationToken ct)
    {
        var due = await store.Query<Guid>(
            $"""
            select id from {table} where ended_at < @before and not erased {Free} order by ended_at limit @batch
            """,
            new { before = Before, batch = Batch },
            ct
        );
        foreach (var id in due)
        {
            var loaded = await store.Load(book, id, ct);
            if (loaded.State?.Erase("age").Event is not { } erased)
                continue;
            var change = store.Change(book, loaded, store.Now, "clock", [erased]);
            if (await store.Append(new Commit([change]), ct) is Outcome.Done)
                await EndKeys(id, ct);
        }
        return due.Count;
    }

    /// <inheritdoc/>
    public override async Task FinishErased(CancellationToken ct)
    {
        var last = await store.LastEnded([book.Kinds + "erased", book.Kinds + "locked"], few: 10, ct);
        foreach (var id in last)
            await EndKeys(id, ct);
    }

    private Task EndKeys(Guid id, CancellationToken ct) => End(store, book, id, isLock => FilesOf(id, isLock, ct), ct);

    /// <summary>The keys of what is erased go, those of what is locked are shut.</summary>
    /// <param name="filesOf">Keys of files, by whether it is locked alone.</param>
    protected static async Task End(
        Store store,
        Book<TState, TEvent> book,
        Guid id,
        Func<bool, Task<IReadOnlyList<long>>> filesOf,
        CancellationToken ct
    )
    {
        var isLock = (await store.Load(book, id, ct)).State is { IsErased: false };
        var files = await filesOf(isLock);
        var own = await store.Query<long>("select key from streams where stream = @id", new { id }, ct);
        foreach (var slot in files.Concat(own))
            if (isLock)
                store.Keys.Shut(slot);
            else
                store.Keys.Destroy(slot);
    }
}
