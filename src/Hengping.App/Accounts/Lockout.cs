using Dapper;
using Hengping.App.Platform;
using Hengping.Rules;

namespace Hengping.App.Accounts;

/// <summary>
/// Who guesses is shut out: five failures close a sign-in name, or the second step of an account, for 15 minutes. By
/// name and not by address, because guessers have many addresses; addresses have a limit of their own.
/// </summary>
public static class Lockout
{
    /// <summary>Failures that close a name, and tries that a one-time code stands.</summary>
    public const int TriesMax = 5;

    private static readonly TimeSpan Locked = TimeSpan.FromMinutes(15);

    /// <summary>Too many failures.</summary>
    public static readonly Refusal Shut = new(
        "sign-in.locked",
        "连续输错次数过多，请 15 分钟后再试",
        "Too many failures; try again in 15 minutes"
    );

    /// <summary>
    /// Counts a try before it is judged, so that of many made at once no more than these are; false where the name is
    /// closed. Whoever is right is to <see cref="Clear"/> it.
    /// </summary>
    public static Task<bool> Try(Store store, string print, CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
                await db.ExecuteAsync(
                    """
                    insert into sign_in_failures (print, failures, locked_until, failed_at) values (@print, 1, 0, @now)
                    on conflict (print) do update set failed_at = excluded.failed_at,
                      failures = case when sign_in_failures.failures + 1 >= @max then 0
                                      else sign_in_failures.failures + 1 end,
                      locked_until = case when sign_in_failures.failures + 1 >= @max then @until
                                          else sign_in_failures.locked_until end
                    where sign_in_failures.locked_until <= @now or sign_in_failures.locked_until > @far
                    """,
                    new
                    {
                        print,
                        max = TriesMax,
                        now = store.Now.ToUnixTimeMilliseconds(),
                        until = (store.Now + Locked).ToUnixTimeMilliseconds(),
                        far = (store.Now + Locked + ClockGuard.Apart).ToUnixTimeMilliseconds(),
                    },
                    transaction
                ) == 1,
            ct
        );

    /// <summary>Forgets the failures: it was the right person.</summary>
    public static Task<int> Clear(Store store, string print, CancellationToken ct) =>
        store.Write(
            (db, tx) => db.ExecuteAsync("delete from sign_in_failures where print = @print", new { print }, tx),
            ct
        );
}
