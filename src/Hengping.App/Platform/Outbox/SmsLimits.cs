using System.Data.Common;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// How often one phone is written to, whatever for, shared by all nodes: nobody's phone rings all night because others
/// act. Codes have limits of their own, so that what others cause never keeps anybody out. What is over waits in the
/// outbox, with a word; what a form sends at once is refused there.
/// </summary>
public static class SmsLimits
{
    /// <summary>SMS but codes that a phone gets.</summary>
    public const int PerHour = 10;

    /// <inheritdoc cref="PerHour"/>
    public const int PerDay = 40;

    /// <summary>The state of a message whose very text waits for the same phone already: it goes out once.</summary>
    public const string Gathered = "gathered";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Too many.</summary>
    public static readonly Refusal TooMany = new(
        "sms.too-many",
        "发给这个手机号的短信过多，请稍后再试",
        "Too many SMS went to this phone; try again later"
    );

    private static readonly Allowance[] Phone =
    [
        new("sms-hour", PerHour, Hour, TooMany),
        new("sms-day", PerDay, TimeSpan.FromDays(1), TooMany),
    ];

    // The same text once an hour; of those that come meanwhile one waits for the next.
    private static readonly Allowance Text = new("sms-text", 1, Hour, TooMany);
    private static readonly Allowance NextText = new("sms-text-next", 1, Hour, TooMany);

    /// <summary>Counts an SMS that goes out at once, for <see cref="Message.IsCounted"/>; why not, where it may not.
    /// </summary>
    public static Task<Refusal?> Take(Store store, string phone, CancellationToken ct) =>
        Allowance.Under(
            store,
            async (db, tx) =>
                (await SmsBudget.Read(store, db, tx)).IsFullForOthers
                    ? SmsBudget.Spent
                    : await OfPhone(store, PrintOf(store, phone), db, tx),
            ct
        );

    /// <summary>Counts a message of the queue that is to go out now; where it may not, what becomes of it.</summary>
    internal static async Task<Held?> Take(
        Store store,
        Letter letter,
        SmsBudget budget,
        DbConnection db,
        DbTransaction tx
    )
    {
        if (budget.IsFullForOthers)
            return new Held("waiting", SmsBudget.Spent.Wait!.Value, "sms-budget");
        var phone = PrintOf(store, letter.To);
        var text = string.Join('\n', [phone, letter.Template, .. letter.Values.Select(v => v.Key + "=" + v.Value)]);
        if (await Text.Take(store, text, db, tx) is { } same)
            return await NextText.Take(store, text, db, tx) is null
                ? new Held("waiting", same.Wait!.Value, "same-text")
                : new Held(Gathered, TimeSpan.Zero, "same-text");
        if (await OfPhone(store, phone, db, tx) is { } no)
        {
            await Text.GiveBack(store, text, db, tx);
            return new Held("waiting", no.Wait!.Value, "phone-limit");
        }
        await NextText.Forget(store, text, db, tx);
        return null;
    }

    /// <summary>Forgets what is counted for a phone that is erased.</summary>
    /// <param name="phone">Its print.</param>
    public static async Task Forget(Store store, string phone, DbConnection db, DbTransaction tx)
    {
        foreach (var allowance in Phone)
            await allowance.Forget(store, phone, db, tx);
    }

    private static async Task<Refusal?> OfPhone(Store store, string print, DbConnection db, DbTransaction tx)
    {
        for (var i = 0; i < Phone.Length; i++)
        {
            if (await Phone[i].Take(store, print, db, tx) is not { } no)
                continue;
            foreach (var taken in Phone[..i])
                await taken.GiveBack(store, print, db, tx);
            return no;
        }
        return null;
    }

    private static string PrintOf(Store store, string phone) => store.Keys.Fingerprint(Purposes.Phone, phone);
}

/// <summary>Why a message does not go out now.</summary>
/// <param name="Word">As <c>/admin/outbox</c> says it.</param>
internal sealed record Held(string State, TimeSpan Wait, string Word);
