using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Merchants;

/// <summary>One-time codes that prove who reads a merchant's published contact.</summary>
public static class ClaimCodes
{
    private const int CodeTriesMax = 5;

    /// <summary>Sends a fresh code to the contact on file, whoever asked.</summary>
    public static async Task Send(Store store, Guid merchant, Guid claim, CancellationToken ct)
    {
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        await store.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    "insert into claim_codes (claim, code_hash, tries) values (@claim, @hash, 0)",
                    new { claim, hash = CodeHash(store, claim, code) },
                    transaction
                ),
            ct
        );
        var contact = await MerchantDirectory.ContactOf(store, merchant, ct);
        // A hotline takes no messages; the mail box on file does.
        var (channel, to) =
            contact?.Phone is { } phone && (PhoneNumber.IsMobile(phone) || contact.Email is null)
                ? (Channel.Sms, phone)
                : (Channel.Email, contact?.Email ?? "");
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code };
        await Outbox.Put(
            store,
            new Message($"claim:{claim:N}:code", channel, MerchantClaims.CodeWords, to, values),
            ct
        );
    }

    private static string CodeHash(Store store, Guid claim, string code) =>
        store.Keys.Fingerprint("claim-code", $"{claim:N}:{code}");

    /// <summary>Takes the code: its row goes with the right one, so it works once; a wrong one is counted.</summary>
    public static Task<bool> Take(Store store, Guid claim, string code, CancellationToken ct) =>
        store.Write(
            async (db, transaction) =>
            {
                var hash = CodeHash(store, claim, code);
                var right = new
                {
                    claim,
                    hash,
                    max = CodeTriesMax,
                };
                var taken = await db.ExecuteAsync(
                    "delete from claim_codes where claim = @claim and code_hash = @hash and tries < @max",
                    right,
                    transaction
                );
                if (taken == 0)
                    await db.ExecuteAsync(
                        "update claim_codes set tries = tries + 1 where claim = @claim",
                        new { claim },
                        transaction
                    );
                return taken == 1;
            },
            ct
        );
}
