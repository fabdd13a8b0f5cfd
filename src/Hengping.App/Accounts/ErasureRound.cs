using Hengping.App.Platform;

namespace Hengping.App.Accounts;

/// <summary>
/// Finishes erasures and locks from the log: those whose process, database or disk went away after the record, and
/// whatever of an erased or locked person has no record of its own. It takes nothing by age, so it does not wait for
/// the clock.
/// </summary>
public sealed class ErasureRound(Store store, ILogger<ErasureRound> log) : Job(log)
{
    private const string IsErased =
        "not a.live and a.erases_on is null "
        + "and exists (select 1 from events g where g.stream = a.id and g.kind = 'account.erased')";
    private const string IsLocked = "a.erases_on is not null";

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
        var erased = await Left(IsErased, isLock: false, store.Keys.Keeps, ct);
        return [.. erased, .. await Left(IsLocked, isLock: true, store.Keys.Holds, ct)];
    }

    private async Task<IEnumerable<Guid>> Left(
        string which,
        bool isLock,
        Func<long, bool> isKeyLeft,
        CancellationToken ct
    )
    {
        var all = await store.Query<(Guid Id, long Key)>(
            $"select a.id, s.key from accounts a join streams s on s.stream = a.id where {which}",
            null,
            ct
        );
        var left = store.House.Persons.Select(room => room.LeftSql(isLock)).Where(sql => sql.Length > 0);
        var late = await store.Query<Guid>(
            $"select a.id from accounts a where {which} and ({string.Join(" or ", left)})",
            null,
            ct
        );
        return all.Where(one => isKeyLeft(one.Key)).Select(one => one.Id).Union(late);
    }
}
