using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules;

namespace Hengping.App.Accounts;

/// <summary>
/// Six digits sent to a phone or a mail box, under its keyed hash: one at a time, not twice a minute, good once, for
/// ten minutes and five tries. <see cref="CodeLimits"/> are taken of here and nowhere else, so that no door can forget
/// them.
/// </summary>
public static class OneTimeCodes
{
    /// <summary>How long a code lives.</summary>
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(60);

    /// <summary>Draws a code and queues its message, both or neither; why not, where it cannot be.</summary>
    /// <param name="message">What brings the code; null where the whole store has nobody to bring one to.</param>
    /// <param name="isToNobody">The letter is written as any other and taken away again: neither the answer nor its
    /// time may tell that there is nobody to bring it to.</param>
    public static async Task<Refusal?> Draw(
        Store store,
        Asker asker,
        Func<string, Message?> message,
        CancellationToken ct,
        bool isToNobody = false
    )
    {
        var isScarce = false;
        var no = await Allowance.Under(
            store,
            async (db, transaction) =>
            {
                if (!store.IsClockDoubted)
                    await db.ExecuteAsync(
                        "delete from sign_in_codes where expires_at <= @now",
                        new { now = store.Now.ToUnixTimeMilliseconds() },
                        transaction
                    );
                if (await CodeLimits.TakeCode(store, asker, db, transaction) is { } tooMany)
                    return tooMany;
                var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
                if (!await Keep(store, asker.Row, code, db, transaction))
                    return SignIn.TooSoon;
                if (message(code) is not { } letter)
                    return null;
                var isStranger = letter.Channel == Channel.Sms && !await IsKnown(asker, db, transaction);
                if (letter.Channel == Channel.Sms)
                {
                    var budget = await SmsBudget.Read(store, db, transaction);
                    if (budget.IsSpent)
                        return SmsBudget.Spent;
                    // One answer for both: who asks for others' numbers learns nothing of them.
                    isScarce = budget.IsFullForStrangers && !asker.IsByKnownDevice;
                }
                await Outbox.Put(store, letter with { IsCode = true, IsStranger = isStranger }, db, transaction);
                await db.ExecuteAsync(
                    "delete from outbox where once = @once and @isToNobody",
                    new { once = letter.Once, isToNobody = isToNobody || (isScarce && isStranger) },
                    transaction
                );
                return null;
            },
            ct
        );
        return no ?? (isScarce ? SmsBudget.Scarce : null);
    }

    private static async Task<bool> IsKnown(Asker asker, DbConnection db, DbTransaction transaction) =>
        asker.IsByKnownDevice
        || await db.ExecuteScalarAsync<long>(
            "select count(*) from accounts where phone_print = @print and live",
            new { print = asker.Print },
            transaction
        ) > 0;

    /// <summary>
    /// Takes a code, once; null when it was the right one. The try is counted before the code is looked at, and given
    /// back when it was right: guesses made at once wait for each other's count.
    /// </summary>
    public static async Task<Refusal?> Take(Store store, Asker asker, string code, CancellationToken ct)
    {
        var isRight = false;
        var tooMany = await Allowance.Under(
            store,
            async (db, transaction) =>
            {
                if (await CodeLimits.TakeTry(store, asker, db, transaction) is { } no)
                    return no;
                isRight = await Judge(store, asker.Row, code, db, transaction);
                if (isRight)
                    await CodeLimits.GiveTryBack(store, asker, db, transaction);
                return null;
            },
            ct
        );
        return tooMany ?? (isRight ? null : SignIn.WrongCode);
    }

    // False when one went out a moment ago.
    private static async Task<bool> Keep(
        Store store,
        string row,
        string code,
        DbConnection db,
        DbTransaction transaction
    )
    {
        var now = store.Now;
        var kept = await db.ExecuteAsync(
            """
            insert into sign_in_codes (phone_print, code_hash, expires_at, tries, sent_at)
            values (@row, @hash, @expires, 0, @now)
            on conflict (phone_print) do update set
              code_hash = excluded.code_hash, expires_at = excluded.expires_at, tries = 0, sent_at = excluded.sent_at
            where sign_in_codes.sent_at <= @apart or sign_in_codes.sent_at > @ahead
            """,
            new
            {
                row,
                hash = HashOf(store, row, code),
                expires = (now + Lives).ToUnixTimeMilliseconds(),
                now = now.ToUnixTimeMilliseconds(),
                apart = (now - Apart).ToUnixTimeMilliseconds(),
                ahead = (now + ClockGuard.Apart).ToUnixTimeMilliseconds(),
            },
            transaction
        );
        return kept == 1;
    }

    // One statement: the row goes away with the right code, so it cannot be used twice; a wrong one is counted.
    private static async Task<bool> Judge(
        Store store,
        string row,
        string code,
        DbConnection db,
        DbTransaction transaction
    )
    {
        var taken = await db.ExecuteAsync(
            "delete from sign_in_codes where phone_print = @row and code_hash = @hash and expires_at > @now "
                + "and expires_at <= @far and tries < @triesMax",
            new
            {
                row,
                hash = HashOf(store, row, code),
                now = store.Now.ToUnixTimeMilliseconds(),
                far = (store.Now + Lives + ClockGuard.Apart).ToUnixTimeMilliseconds(),
                triesMax = Lockout.TriesMax,
            },
            transaction
        );
        if (taken == 0)
            await db.ExecuteAsync(
                "update sign_in_codes set tries = tries + 1 where phone_print = @row",
                new { row },
                transaction
            );
        return taken == 1;
    }

    private static string HashOf(Store store, string row, string code) =>
        store.Keys.Fingerprint(AccountPurposes.SignInCode, row + ":" + code);
}
