using System.Data.Common;
using Dapper;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// How often something may be asked for, or tried, within a time. Counted in the store: all nodes share one count, and
/// no restart forgets it. For whom it is counted is kept as a keyed print only.
/// </summary>
/// <param name="What">Names the count, as <c>codes-hour</c>.</param>
/// <param name="Within">From the first one on; then the count begins anew.</param>
/// <param name="No">The answer where none is left, given with the wait.</param>
public sealed record Allowance(string What, int Max, TimeSpan Within, Refusal No)
{
    /// <summary>The same for a network, which may bring several times as much.</summary>
    public Allowance For(Device.Ring ring) => ring.Times == 1 ? this : this with { Max = Max * ring.Times };

    /// <summary>
    /// Takes one in a transaction of its own, before what is limited is done: of many at once no more than are left
    /// get through.
    /// </summary>
    public Task<Refusal?> Take(Store store, string whom, CancellationToken ct) =>
        Under(store, (db, transaction) => Take(store, whom, db, transaction), ct);

    /// <summary>Takes one in a transaction begun by <see cref="Under"/>; who else takes of it waits for its end.
    /// </summary>
    public async Task<Refusal?> Take(Store store, string whom, DbConnection db, DbTransaction transaction)
    {
        var now = store.Now;
        var args = new
        {
            print = PrintOf(store, whom),
            max = Max,
            now = now.ToUnixTimeMilliseconds(),
            ends = (now + Within).ToUnixTimeMilliseconds(),
            far = (now + Within + ClockGuard.Apart).ToUnixTimeMilliseconds(),
        };
        var taken = await db.ExecuteAsync(
            """
            insert into allowances (print, used, ends_at) values (@print, 1, @ends)
            on conflict (print) do update set
              used = case when allowances.ends_at <= @now or allowances.ends_at > @far then 1
                          else allowances.used + 1 end,
              ends_at = case when allowances.ends_at <= @now or allowances.ends_at > @far then excluded.ends_at
                             else allowances.ends_at end
            where allowances.ends_at <= @now or allowances.ends_at > @far or allowances.used < @max
            """,
            args,
            transaction
        );
        if (taken == 1)
            return null;
        var ends = await db.ExecuteScalarAsync<long>(
            "select ends_at from allowances where print = @print",
            args,
            transaction
        );
        return No with { Wait = TimeSpan.FromMilliseconds(ends - args.now) };
    }

    /// <summary>Puts one back: it was no guess after all.</summary>
    public Task GiveBack(Store store, string whom, DbConnection db, DbTransaction transaction) =>
        db.ExecuteAsync(
            "update allowances set used = used - 1 where print = @print and used > 0",
            new { print = PrintOf(store, whom) },
            transaction
        );

    /// <summary>Forgets what was counted for somebody.</summary>
    public Task Forget(Store store, string whom, DbConnection db, DbTransaction transaction) =>
        db.ExecuteAsync(
            "delete from allowances where print = @print",
            new { print = PrintOf(store, whom) },
            transaction
        );

    /// <summary>Puts one back in a transaction of its own.</summary>
    public Task GiveBack(Store store, string whom, CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
            {
                await GiveBack(store, whom, db, transaction);
                return 0;
            },
            ct
        );

    /// <summary>
    /// A transaction that takes of allowances. Refused, it leaves nothing: what another allowance had given is not
    /// used up. Counts whose time is over go first, before it holds anything that others wait for.
    /// </summary>
    public static async Task<Refusal?> Under(
        Store store,
        Func<DbConnection, DbTransaction, Task<Refusal?>> work,
        CancellationToken ct
    )
    {
        try
        {
            return await store.Write<Refusal?>(
                async (db, transaction) =>
                {
                    if (!store.IsClockDoubted)
                        await db.ExecuteAsync(
                            "delete from allowances where ends_at <= @now",
                            new { now = store.Now.ToUnixTimeMilliseconds() },
                            transaction
                        );
                    return await work(db, transaction) is { } no ? throw new Refused(no) : null;
                },
                ct
            );
        }
        catch (Refused undone)
        {
            return undone.Refusal;
        }
    }

    private string PrintOf(Store store, string whom) => store.Keys.Fingerprint(Purposes.Allowance, What + ":" + whom);
}
