using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>One-time codes that prove who reads a merchant's published contact.</summary>
public static class ClaimCodes
{
    private const int CodeTriesMax = 5;

    /// <summary>Counts a code that is to go to a merchant's contact; why not, where too many went.</summary>
    public static async Task<Refusal?> MaySend(Store store, Guid merchant, string address, CancellationToken ct)
    {
        var (channel, to) = WayOf(await MerchantDirectory.ContactOf(store, merchant, ct));
        // Several merchants may have one phone: it is what is limited, with whatever other codes go there.
        var asker =
            channel == Channel.Sms ? new Asker(AccountDesk.PhonePrint(store, to), address) : AskerOf(merchant, address);
        return await Allowance.Under(
            store,
            async (db, transaction) =>
                await CodeLimits.TakeCode(store, asker, db, transaction)
                ?? (channel == Channel.Sms ? await Spent(store, db, transaction) : null),
            ct
        );
    }

    // Whoever asks needs no account, so it is of what is there for everybody.
    private static async Task<Refusal?> Spent(Store store, DbConnection db, DbTransaction transaction) =>
        await SmsBudget.Read(store, db, transaction) is { IsSpent: true } or { IsFullForStrangers: true }
            ? SmsBudget.Spent
            : null;

    // A hotline takes no messages; the mail box on file does.
    private static (Channel Channel, string To) WayOf(AfterSalesContact? contact) =>
        contact?.Phone is { } phone && (PhoneNumber.IsMobile(phone) || contact.Email is null)
            ? (Channel.Sms, phone)
            : (Channel.Email, contact?.Email ?? "");

    // Each claim has a code of its own, all stand for one merchant: that is what tries are counted against.
    private static Asker AskerOf(Guid merchant, string address) => new($"merchant:{merchant:N}", address);

    /// <summary>Sends a fresh code to the contact on file, whoever asked; <see cref="MaySend"/> was asked before.
    /// </summary>
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
        var (channel, to) = WayOf(await MerchantDirectory.ContactOf(store, merchant, ct));
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code };
        var head = await Letterhead.Of(store, [merchant], ct, Letterhead.Spoken);
        await Outbox.Put(
            store,
            head.On(
                new Message($"claim:{claim:N}:code", channel, MerchantClaims.CodeWords, to, values, IsCode: true)
                {
                    IsStranger = channel == Channel.Sms,
                }
            ),
            ct
        );
    }

    private static string CodeHash(Store store, Guid claim, string code) =>
        store.Keys.Fingerprint(MerchantPurposes.ClaimCode, $"{claim:N}:{code}");

    /// <summary>
    /// Takes the code; null when it was the right one. Its row goes with it, so it works once. The try is counted
    /// before the code is looked at.
    /// </summary>
    public static async Task<Refusal?> Take(
        Store store,
        Guid merchant,
        Guid claim,
        string address,
        string code,
        CancellationToken ct
    )
    {
        var isRight = false;
        var asker = AskerOf(merchant, address);
        var tooMany = await Allowance.Under(
            store,
            async (db, transaction) =>
            {
                if (await CodeLimits.TakeTry(store, asker, db, transaction) is { } no)
                    return no;
                isRight = await Judge(store, claim, code, db, transaction);
                if (isRight)
                    await CodeLimits.GiveTryBack(store, asker, db, transaction);
                return null;
            },
            ct
        );
        return tooMany ?? (isRight ? null : Merchant.ClaimCodeWrong);
    }

    private static async Task<bool> Judge(
        Store store,
        Guid claim,
        string code,
        DbConnection db,
        DbTransaction transaction
    )
    {
        var tried = new
        {
            claim,
            hash = CodeHash(store, claim, code),
            max = CodeTriesMax,
        };
        var taken = await db.ExecuteAsync(
            "delete from claim_codes where claim = @claim and code_hash = @hash and tries < @max",
            tried,
            transaction
        );
        if (taken == 0)
            await db.ExecuteAsync("update claim_codes set tries = tries + 1 where claim = @claim", tried, transaction);
        return taken == 1;
    }
}
