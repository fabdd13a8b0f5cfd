using System.Data.Common;
using Dapper;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// How many SMS may go out within a day (<c>Sms:PerDay</c>): each costs money, and whoever asks for codes on many
/// phones spends it. All SMS count. At the end codes are refused. Other messages have four fifths at most and then
/// wait: the rest is for codes, so that neither kind keeps the other from going out.
/// </summary>
/// <param name="Used">Of the last 24 hours.</param>
/// <param name="Others">Those of them that brought no code.</param>
public sealed record SmsBudget(long Used, long Others, int PerDay)
{
    /// <summary>Where nothing is set.</summary>
    public const int PerDayDefault = 10_000;

    private const int WarnPercent = 80;
    private const int OthersPercent = 80;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // The day slides: room comes back by the hour, not at midnight.
    private static readonly TimeSpan Wait = TimeSpan.FromHours(1);

    private sealed record Row(long Used, long Others);

    private const string Count =
        "select count(*) as Used, coalesce(sum(case when is_code then 0 else 1 end), 0) as Others "
        + "from outbox where channel = 'sms' and counted_at > @since";

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

    /// <summary>What is left is for codes.</summary>
    public bool IsFullForOthers => Others * 100 >= (long)PerDay * OthersPercent;

    /// <summary>How it stands.</summary>
    public static async Task<SmsBudget> Read(Store store, CancellationToken ct) =>
        Of(store, (await store.First<Row>(Count, Args(store), ct))!);

    /// <summary>How it stands, in a transaction.</summary>
    public static async Task<SmsBudget> Read(Store store, DbConnection db, DbTransaction transaction) =>
        Of(store, await db.QueryFirstAsync<Row>(Count, Args(store), transaction));

    private static SmsBudget Of(Store store, Row row) => new(row.Used, row.Others, store.SmsPerDay);

    private static object Args(Store store) => new { since = (store.Now - Day).ToUnixTimeMilliseconds() };
}
