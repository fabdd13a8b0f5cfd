using Hengping.App.Platform;

namespace Hengping.App.Accounts;

/// <summary>
/// Finishes erasures from the log: those whose process, database or disk went away after the record, and whatever of an
/// erased person has no record of its own. It takes nothing by age, so it does not wait for the clock.
/// </summary>
public sealed class ErasureRound(Store store, ILogger<ErasureRound> log) : Job(log)
{
    private const string IsErased =
        "not a.live and exists (select 1 from events g where g.stream = a.id and g.kind = 'account.erased')";

    /// <inheritdoc/>
    public override string Name => "erasures";

    /// <inheritdoc/>
    public override TimeSpan Every => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override Task<long> Round(CancellationToken ct) => Finish(ct);

    /// <summary>Finishes what is not; of how many persons.</summary>
    public async Task<long> Finish(CancellationToken ct)
    {
        var (finished, fault) = (0L, (Exception?)null);
        foreach (var person in await Unfinished(ct))
        {
            try
            {
                await ErasureRest.Finish(store, person, ct);
                finished++;
            }
            catch (Exception failed) when (!ct.IsCancellationRequested)
            {
                // The others are not held up by it.
                fault ??= failed;
            }
        }
        if (finished > 0)
            await store.Wipe(ct);
        return fault is null ? finished : throw fault;
    }

    private async Task<IReadOnlyList<Guid>> Unfinished(CancellationToken ct)
    {
        var gone = await store.Query<(Guid Id, long Key)>(
            $"select a.id, s.key from accounts a join streams s on s.stream = a.id where {IsErased}",
            null,
            ct
        );
        var left = store.House.Persons.Select(room => room.LeftSql).Where(sql => sql.Length > 0);
        var late = await store.Query<Guid>(
            $"select a.id from accounts a where {IsErased} and ({string.Join(" or ", left)})",
            null,
            ct
        );
        return [.. gone.Where(one => store.Keys.Holds(one.Key)).Select(one => one.Id).Union(late)];
    }
}
