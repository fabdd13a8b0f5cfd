using Hengping.App.Clocks;
using Hengping.App.Platform;

namespace Hengping.App.Operators;

/// <summary>How the running terms of one kind of stream are counted again.</summary>
/// <param name="openSql">Ids after <c>@after</c> of streams with running terms, in their order, at most
/// <c>@limit</c>.</param>
/// <param name="again">What moves, and why; null where nothing does.</param>
public sealed class TermRound<TState, TEvent>(
    Book<TState, TEvent> book,
    string openSql,
    Func<TState, Law, TEvent?> again
)
    where TState : class
    where TEvent : class
{
    private const int BatchMax = 100;

    /// <summary>Counts everything again; how many streams were moved.</summary>
    public async Task<long> All(Store store, Law law, CancellationToken ct)
    {
        var (moved, after) = (0L, Guid.Empty);
        while (await Batch(store, law, after, () => true, ct) is { Last: { } last } batch)
            (moved, after) = (moved + batch.Moved, last);
        return moved;
    }

    /// <summary>Counts some again while the law holds; the last of them, null where none were left.</summary>
    public async Task<(Guid? Last, long Moved)> Batch(
        Store store,
        Law law,
        Guid after,
        Func<bool> holds,
        CancellationToken ct
    )
    {
        var open = await store.Query<Guid>(openSql, new { after, limit = BatchMax }, ct);
        var moved = 0L;
        // By a law that is no more nothing moves: the new one would only move it again.
        foreach (var id in open.TakeWhile(_ => holds()))
            moved += await Move(store, law, id, ct) ? 1 : 0;
        return (open.Count == 0 ? null : open[^1], moved);
    }

    private async Task<bool> Move(Store store, Law law, Guid id, CancellationToken ct)
    {
        var loaded = await store.Load(book, id, ct);
        if (loaded.State is not { } state || again(state, law) is not { } moved)
            return false;
        var change = store.Change(book, loaded, store.Now, "clock", [moved]);
        return await store.Append(new Commit([change]), ct) is Outcome.Done;
    }
}

/// <summary>
/// 期限重新计算: after each start, and whenever law or calendar have changed, every running term is counted once again,
/// at a steady pace. What must move is moved by an event that says why; nothing moves twice.
/// </summary>
public abstract class CountTerms<TState, TEvent>(
    Store store,
    LawInForce laws,
    TermRound<TState, TEvent> terms,
    ILogger log
) : Job(log)
    where TState : class
    where TEvent : class
{
    private Law? counted;
    private Law? counting;
    private Guid after;

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task<long> Round(CancellationToken ct)
    {
        var law = await laws.Now(ct);
        if (law.SameTerms(counted))
            return 0;
        // A law that comes while the one before is counted counts what lies behind, too.
        if (!law.SameTerms(counting))
            (counting, after) = (law, Guid.Empty);
        var (last, moved) = await terms.Batch(store, law, after, () => law.SameTerms(laws.Known), ct);
        after = last ?? Guid.Empty;
        if (last is null)
            counted = law;
        return moved;
    }
}
