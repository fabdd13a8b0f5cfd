using System.Data.Common;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>
/// What lies about a person beside the log under keyed prints of their phone, mail address and sign-in name: codes,
/// failures, counts, messages to a number that had no account yet, kept answers.
/// </summary>
internal static class Traces
{
    /// <summary>Removes them; the slots of the keys of messages that were removed.</summary>
    public static async Task<IReadOnlyList<long>> Remove(Store store, Guid person, CancellationToken ct)
    {
        var (ways, logins) = await PrintsOf(store, person, ct);
        string[] rows = [.. ways.SelectMany(print => MailWay.Uses.Select(use => use + print))];
        string[] failures = [.. logins, SecondStep.LockOf(store, person), Factors.LockOf(store, person)];
        return await store.Write(
            async (db, transaction) =>
            {
                await Delete("sign_in_codes", "phone_print", rows, db, transaction);
                await Delete("sign_in_failures", "print", failures, db, transaction);
                foreach (var whom in ways.Append(CodeLimits.Of(person)))
                    await CodeLimits.Forget(store, whom, db, transaction);
                await KeptAnswer.Forget(person.ToString("D"), db, transaction);
                // Not what is kept of reports, a day at most: without the sender's own key nobody finds whose it is.
                var slots = new List<long>();
                foreach (var row in rows)
                    slots.AddRange(await OutboxKeeping.Forget($"code:{row}:", db, transaction));
                return slots;
            },
            ct
        );
    }

    // All they ever gave, not the last alone.
    static async Task<(HashSet<string> Ways, HashSet<string> Logins)> PrintsOf(
        Store store,
        Guid person,
        CancellationToken ct
    )
    {
        var (ways, logins) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var told in await store.Tell(AccountBook.Instance, person, ct))
        {
            if (told.Event is not (AccountEvent.Opened { Profile: not null } or AccountEvent.Corrected))
                continue;
            var profile = told.Event is AccountEvent.Opened opened
                ? opened.Profile
                : ((AccountEvent.Corrected)told.Event).Profile;
            if (profile?.Phone is { } phone)
                ways.Add(AccountDesk.PhonePrint(store, phone));
            if (profile?.Email is { } mail)
                ways.Add(MailWay.PrintOf(store, mail));
            if (profile?.Login is { } login)
                logins.Add(AccountDesk.LoginPrint(store, login));
        }
        return (ways, logins);
    }

    static async Task Delete(string table, string column, string[] prints, DbConnection db, DbTransaction transaction)
    {
        // What is counted for a known device stands behind the print; both tables hold hours, not years.
        foreach (var print in prints)
            await db.ExecuteAsync(
                $"delete from {table} where substr({column}, 1, @length) = @print",
                new { print, length = print.Length },
                transaction
            );
    }
}
