using System.Data.Common;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;

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
        string[] failures = [.. logins, SecondStep.LockOf(store, person), Factors.LockOf(store, person)];
        return (await Remove(store, [.. ways, CodeLimits.Of(person)], failures, person, ct)).Slots;
    }

    /// <summary>
    /// The same for a phone number or mail address that no account has; how many rows went. What was sent there may be
    /// read no more.
    /// </summary>
    public static async Task<int> RemoveOf(Store store, string way, CancellationToken ct)
    {
        string[] prints = PhoneNumber.Normalise(way) is { } phone
            ? [AccountDesk.PhonePrint(store, phone)]
            : [MailWay.PrintOf(store, way)];
        var (rows, slots) = await Remove(store, prints, [], person: null, ct);
        foreach (var slot in slots.Distinct())
            store.Keys.Destroy(slot);
        return rows;
    }

    private static Task<(int Rows, IReadOnlyList<long> Slots)> Remove(
        Store store,
        IReadOnlyList<string> whom,
        string[] failures,
        Guid? person,
        CancellationToken ct
    )
    {
        string[] codes = [.. whom.SelectMany(print => MailWay.Uses.Select(use => use + print))];
        return store.Write<(int, IReadOnlyList<long>)>(
            async (db, transaction) =>
            {
                var rows = await Delete("sign_in_codes", "phone_print", codes, db, transaction);
                rows += await Delete("sign_in_failures", "print", failures, db, transaction);
                foreach (var one in whom)
                    await CodeLimits.Forget(store, one, db, transaction);
                if (person is { } known)
                    await KeptAnswer.Forget(known.ToString("D"), db, transaction);
                // Not what is kept of reports, a day at most: without the sender's own key nobody finds whose it is.
                var slots = new List<long>();
                foreach (var row in codes)
                {
                    var (letters, own) = await OutboxKeeping.Forget($"code:{row}:", person, db, transaction);
                    rows += letters;
                    slots.AddRange(own);
                }
                return (rows, slots);
            },
            ct
        );
    }

    // All they ever gave, not the last alone.
    private static async Task<(HashSet<string> Ways, HashSet<string> Logins)> PrintsOf(
        Store store,
        Guid person,
        CancellationToken ct
    )
    {
        var (ways, logins) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var one in await store.ReadStory(AccountBook.Instance, person, ct))
        {
            if (one.Event is not (AccountEvent.Opened { Profile: not null } or AccountEvent.Corrected))
                continue;
            var profile = one.Event is AccountEvent.Opened opened
                ? opened.Profile
                : ((AccountEvent.Corrected)one.Event).Profile;
            if (profile?.Phone is { } phone)
                ways.Add(AccountDesk.PhonePrint(store, phone));
            if (profile?.Email is { } mail)
                ways.Add(MailWay.PrintOf(store, mail));
            if (profile?.Login is { } login)
                logins.Add(AccountDesk.LoginPrint(store, login));
        }
        // An address that opens somebody else's account is theirs, whoever wrote it into a form.
        var others = await store.Query<string>(
            "select mail_print from accounts where mail_print in @ways and id <> @person",
            new { ways = ways.ToArray(), person },
            ct
        );
        ways.ExceptWith(others);
        return (ways, logins);
    }

    private static async Task<int> Delete(
        string table,
        string column,
        string[] prints,
        DbConnection db,
        DbTransaction transaction
    )
    {
        var rows = 0;
        // What is counted for a known device stands behind the print; both tables hold hours, not years.
        foreach (var print in prints)
            rows += await db.ExecuteAsync(
                $"delete from {table} where substr({column}, 1, @length) = @print",
                new { print, length = print.Length },
                transaction
            );
        return rows;
    }
}
