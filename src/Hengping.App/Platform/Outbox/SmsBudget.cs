using System.Data.Common;
using Dapper;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// How many SMS may go out within a day (<c>Sms:PerDay</c>): each costs money, and whoever asks for codes on many
/// phones spends it. All SMS count, and never more go out. Codes to numbers that nobody has an account under have half
/// of it, so whoever invents numbers keeps nobody out who was in before; other messages have four fifths and then
/// wait, codes four fifths and are then refused; the last tenth is for codes of people who have an account. So no kind
/// keeps another from going out.
/// </summary>
/// <param name="Used">Of the last 24 hours.</param>
/// <param name="Others">Those of them that brought no code.</param>
/// <param name="Strangers">Those of them that brought one to a number nobody has an account under.</param>
public sealed record SmsBudget(long Used, long Others, long Strangers, int PerDay)
{
    /// <summary>Where nothing is set.</summary>
    public const int PerDayDefault = 10_000;

    /// <summary>What is set.</summary>
    public static readonly Limit OfDay = new("Sms:PerDay", PerDayDefault) { Most = int.MaxValue };

    /// <summary>From here on somebody should look.</summary>
    public const int WarnPercent = 80;
    private const int OthersPercent = 80;
    private const int CodesPercent = 80;
    private const int StrangersPercent = 50;
    private const int KnownPercent = 10;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // The day slides: room comes back by the hour, not at midnight.
    private static readonly TimeSpan Wait = TimeSpan.FromHours(1);

    private sealed record Row(long Used, long Others, long Strangers);

    private const string Count =
        "select count(*) as Used, coalesce(sum(case when is_code then 0 else 1 end), 0) as Others, "
        + "coalesce(sum(case when is_stranger then 1 else 0 end), 0) as Strangers "
        + "from outbox where channel = 'sms' and counted_at > @since and counted_at <= @until";

    /// <summary>None is left.</summary>
    public static readonly Refusal Spent = new(
        "sms.spent",
        "今天的短信发送量已用完，请稍后再试；已确认邮箱的可用邮箱登录",
        "No more SMS can be sent today; try again later, or sign in by a mail address you confirmed"
    )
    {
        Wait = Wait,
    };

    /// <summary>What is left is for numbers that have an account: the same words whether this one has.</summary>
    public static readonly Refusal Scarce = new(
        "sms.scarce",
        "今天能发给新号码的短信已用完；这个号码如在本站有账户，验证码已发出，否则请稍后再试",
        "Today's SMS for numbers new to us are used up; if this one has an account here its code is on its way, "
            + "otherwise try again later"
    )
    {
        Wait = Wait,
    };

    /// <summary>Once a day, whichever node sees it first.</summary>
    public static readonly Allowance Warning = new("sms-warning", 1, Day, Spent);

    /// <inheritdoc cref="Warning"/>
    public static readonly Allowance StrangersWarning = new("sms-warning-strangers", 1, Day, Spent);

    /// <summary>Nearly used up: somebody should look.</summary>
    public bool IsLow => Is(Used, WarnPercent);

    /// <summary>What numbers without an account may get is nearly used up: somebody may be inventing them.</summary>
    public bool IsLowForStrangers => Is(Strangers, StrangersPercent * WarnPercent / 100);

    /// <summary>Nothing is left, or nothing for codes.</summary>
    public bool IsSpent => Used >= PerDay || Is(Used - Others, CodesPercent);

    /// <summary>What is left is for numbers that have an account.</summary>
    public bool IsFullForStrangers => Is(Strangers, StrangersPercent) || Is(Used, 100 - KnownPercent);

    /// <summary>What is left is for codes.</summary>
    public bool IsFullForOthers => Is(Others, OthersPercent) || Is(Used, 100 - KnownPercent);

    private bool Is(long count, int percent) => count * 100 >= (long)PerDay * percent;

    /// <summary>How it stands.</summary>
    public static async Task<SmsBudget> Read(Store store, CancellationToken ct) =>
        Of(store, (await store.First<Row>(Count, Args(store), ct))!);

    /// <summary>How it stands, in a transaction that may use of it: others that may wait for its end.</summary>
    public static async Task<SmsBudget> Read(Store store, DbConnection db, DbTransaction transaction)
    {
        await db.ExecuteAsync(
            "insert into allowances (print, used, ends_at) values (@turn, 0, @never) "
                + "on conflict (print) do update set used = 0",
            new { turn = "sms-budget", never = long.MaxValue },
            transaction
        );
        return Of(store, await db.QueryFirstAsync<Row>(Count, Args(store), transaction));
    }

    private static SmsBudget Of(Store store, Row row) => new(row.Used, row.Others, row.Strangers, store.SmsPerDay);

    private static object Args(Store store) =>
        new
        {
            since = (store.Now - Day).ToUnixTimeMilliseconds(),
            until = (store.Now + ClockGuard.Apart).ToUnixTimeMilliseconds(),
        };
}
