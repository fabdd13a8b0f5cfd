using System.Data.Common;
using Hengping.App.Platform;
using Hengping.Rules;

namespace Hengping.App.Accounts;

/// <summary>Who asks for a code, or brings one.</summary>
/// <param name="Print">Keyed print of the phone or the mail address the code goes to.</param>
/// <param name="Address">Where they come from: <see cref="Device.AddressOf"/>.</param>
/// <param name="Use">What the code is good for, where one address gets codes of several kinds.</param>
/// <param name="Account">Who is signed in.</param>
/// <param name="IsByKnownDevice">Asked from a browser that was in the account before.</param>
public sealed record Asker(
    string Print,
    string Address,
    string Use = "",
    Guid? Account = null,
    bool IsByKnownDevice = false
)
{
    /// <summary>Under what the code is kept.</summary>
    public string Row => Use + Print;
}

/// <summary>
/// How often codes go out and are tried: by whom they go to, who is signed in, and where it is asked from. Shared by
/// all nodes, and by all kinds of codes.
/// </summary>
public static class CodeLimits
{
    /// <summary>Codes that a phone, a mail address or an account gets: nobody's phone rings all night.</summary>
    public const int PerHour = 5;

    /// <inheritdoc cref="PerHour"/>
    public const int PerDay = 10;

    /// <summary>Codes asked for from one network address: many share one (an office, a mobile carrier).</summary>
    public const int PerHourOfAddress = 20;

    /// <inheritdoc cref="PerHourOfAddress"/>
    public const int PerDayOfAddress = 100;

    /// <summary>Wrong tries a day against a phone, a mail address or an account: one in 50,000 is lucky.</summary>
    public const int TriesPerDay = 20;

    /// <summary>Wrong tries a day from one network address, against whomever.</summary>
    public const int TriesPerDayOfAddress = 100;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Too many codes within an hour.</summary>
    public static readonly Refusal TooManyThisHour = new(
        "sign-in.too-many-codes",
        "获取验证码的次数过多，请 1 小时后再试",
        "Too many codes were asked for; try again in an hour"
    );

    /// <summary>Too many codes within a day.</summary>
    public static readonly Refusal TooManyToday = new(
        "sign-in.too-many-codes-today",
        "获取验证码的次数过多，请 24 小时后再试",
        "Too many codes were asked for; try again in 24 hours"
    );

    /// <summary>Too many wrong codes within a day.</summary>
    public static readonly Refusal TooManyTries = new(
        "sign-in.too-many-tries",
        "输错验证码的次数过多，请 24 小时后再试",
        "Too many wrong codes were entered; try again in 24 hours"
    );

    /// <summary>Wrong codes against a phone, a mail address or an account.</summary>
    public static readonly Allowance Tries = new("tries-day", TriesPerDay, Day, TooManyTries);

    private static readonly Allowance TriesOfAddress = new(
        "tries-day-address",
        TriesPerDayOfAddress,
        Day,
        TooManyTries
    );

    private static readonly Allowance[] Codes =
    [
        new("codes-hour", PerHour, Hour, TooManyThisHour),
        new("codes-day", PerDay, Day, TooManyToday),
    ];

    private static readonly Allowance[] CodesOfAddress =
    [
        new("codes-hour-address", PerHourOfAddress, Hour, TooManyThisHour),
        new("codes-day-address", PerDayOfAddress, Day, TooManyToday),
    ];

    /// <summary>Refused so, somebody may still hold a code that was sent before: it is asked for.</summary>
    public static bool MayHaveOne(Refusal no) =>
        no == SignIn.TooSoon
        || no == SmsBudget.Scarce
        || no.Code == TooManyThisHour.Code
        || no.Code == TooManyToday.Code;

    /// <summary>An account, as what is counted against it is kept under.</summary>
    public static string Of(Guid account) => "account:" + account.ToString("N");

    /// <summary>Counts a code that is to go out; why not, where it may not.</summary>
    public static Task<Refusal?> TakeCode(Store store, Asker asker, DbConnection db, DbTransaction transaction) =>
        TakeAll(store, CodesOf(asker), db, transaction);

    /// <summary>Counts a try that is not judged yet; why not, where it is not to be.</summary>
    public static Task<Refusal?> TakeTry(Store store, Asker asker, DbConnection db, DbTransaction transaction) =>
        TakeAll(store, TriesOf(asker), db, transaction);

    /// <summary>It was right: only wrong ones count.</summary>
    public static async Task GiveTryBack(Store store, Asker asker, DbConnection db, DbTransaction transaction)
    {
        foreach (var (allowance, whom) in TriesOf(asker))
            await allowance.GiveBack(store, whom, db, transaction);
    }

    /// <summary>Forgets what is counted against a phone, a mail address or an account that is erased.</summary>
    public static async Task Forget(Store store, string whom, DbConnection db, DbTransaction transaction)
    {
        foreach (var allowance in Codes.Append(Tries))
            await allowance.Forget(store, whom, db, transaction);
        await SmsLimits.Forget(store, whom, db, transaction);
    }

    // Always in this order: two that take of the same counts wait for each other and never in a ring.
    private static List<(Allowance Allowance, string Whom)> CodesOf(Asker asker) =>
        [
            .. from ring in Device.RingsOf(asker.Address)
            from allowance in CodesOfAddress
            select (allowance.For(ring), ring.Whom),
            .. from whom in WhomOf(asker) from allowance in Codes select (allowance, whom),
        ];

    private static List<(Allowance Allowance, string Whom)> TriesOf(Asker asker) =>
        [
            .. Device.RingsOf(asker.Address).Select(ring => (TriesOfAddress.For(ring), ring.Whom)),
            .. WhomOf(asker).Select(whom => (Tries, whom)),
        ];

    private static IEnumerable<string> WhomOf(Asker asker) =>
        asker.Account is { } account ? [asker.Print, Of(account)] : [asker.Print];

    private static async Task<Refusal?> TakeAll(
        Store store,
        IEnumerable<(Allowance Allowance, string Whom)> all,
        DbConnection db,
        DbTransaction transaction
    )
    {
        foreach (var (allowance, whom) in all)
            if (await allowance.Take(store, whom, db, transaction) is { } no)
                return no;
        return null;
    }
}
