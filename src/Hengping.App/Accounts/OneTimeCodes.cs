using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Hengping.App.Platform;

namespace Hengping.App.Accounts;

/// <summary>
/// Six digits sent to a phone or a mail box, under its keyed hash: one at a time, not twice a minute, good once, for
/// ten minutes and five tries.
/// </summary>
public static class OneTimeCodes
{
    /// <summary>How long a code lives.</summary>
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(60);

    /// <summary>Draws a code; null when one went out a moment ago.</summary>
    public static async Task<string?> Draw(Store store, string print, CancellationToken ct)
    {
        var now = store.Now;
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var kept = await store.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    """
                    insert into sign_in_codes (phone_print, code_hash, expires_at, tries, sent_at)
                    values (@print, @hash, @expires, 0, @now)
                    on conflict (phone_print) do update set
                      code_hash = excluded.code_hash, expires_at = excluded.expires_at, tries = 0, sent_at =
                      excluded.sent_at
                    where sign_in_codes.sent_at <= @apart
                    """,
                    new
                    {
                        print,
                        hash = HashOf(store, print, code),
                        expires = (now + Lives).ToUnixTimeMilliseconds(),
                        now = now.ToUnixTimeMilliseconds(),
                        apart = (now - Apart).ToUnixTimeMilliseconds(),
                    },
                    transaction
                ),
            ct
        );
        return kept == 0 ? null : code;
    }

    /// <summary>
    /// Takes a code. One statement: the row goes away with the right one, so it cannot be used twice; a wrong one is
    /// counted.
    /// </summary>
    public static Task<bool> Take(Store store, string print, string code, CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
            {
                var now = store.Now.ToUnixTimeMilliseconds();
                var taken = await db.ExecuteAsync(
                    "delete from sign_in_codes where phone_print = @print and code_hash = @hash and expires_at > @now "
                        + "and tries < @triesMax",
                    new
                    {
                        print,
                        hash = HashOf(store, print, code),
                        now,
                        triesMax = Lockout.TriesMax,
                    },
                    transaction
                );
                if (taken == 0)
                    await db.ExecuteAsync(
                        "update sign_in_codes set tries = tries + 1 where phone_print = @print",
                        new { print },
                        transaction
                    );
                return taken == 1;
            },
            ct
        );

    private static string HashOf(Store store, string print, string code) =>
        store.Keys.Fingerprint("sign-in-code", print + ":" + code);
}
