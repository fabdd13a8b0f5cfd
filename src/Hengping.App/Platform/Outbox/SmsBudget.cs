using System.Data.Common;
using Dapper;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// How many SMS may go out within a day (<c>Sms:PerDay</c>): each costs money, and whoever asks for codes on many
/// phones spends it. All SMS count; only codes are refused, for a notice that the law asks for must go out.
/// </summary>
/// <param name="Used">Of the last 24 hours.</param>
public sealed record SmsBudget(long Used, int PerDay)
{
    /// <summary>Where nothing is set.</summary>
    public const int PerDayDefault = 10_000;

    private const int WarnPercent = 80;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // The day slides: room comes back by the hour, not at midnight.
    private static readonly TimeSpan Wait = TimeSpan.FromHours(1);

    private const string Count =
        "select count(*) from (select 1 from outbox where channel = 'sms' and made_at > @since limit @max) counted";

    /// <summary>None is left.</summary>
    public static readonly Refusal Spent = new(
        "sms.spent",
        "今天的短信发送量已用完，请稍后再试；已确认邮箱的可用邮箱登录",
        "No more SMS can be sent today; try again later, or sign in by a mail address you confirmed"
    )
    {
        Wait = Wait,
    };

    /// <summary>Once a day, whichever node sees it first.</summary>
    public static readonly Allowance Warning = new("sms-warning", 1, Day, Spent);

    /// <summary>Nearly used up: somebody should look.</summary>
    public bool IsLow => Used * 100 >= (long)PerDay * WarnPercent;

    /// <summary>Nothing is left.</summary>
    public bool IsSpent => Used >= PerDay;

    /// <summary>How it stands.</summary>
    public static async Task<SmsBudget> Read(Store store, CancellationToken ct) =>
        new(await store.First<long>(Count, Args(store), ct), store.SmsPerDay);

    /// <summary>How it stands, in a transaction.</summary>
    public static async Task<SmsBudget> Read(Store store, DbConnection db, DbTransaction transaction) =>
        new(await db.ExecuteScalarAsync<long>(Count, Args(store), transaction), store.SmsPerDay);

    private static object Args(Store store) =>
        new { since = (store.Now - Day).ToUnixTimeMilliseconds(), max = store.SmsPerDay };
}
