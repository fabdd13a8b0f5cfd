using System.Globalization;
using Hengping.App.Platform;
using static Hengping.App.Design.Texts;

namespace Hengping.App.Design;

/// <summary>Numbers, dates and money: with their unit, in Shanghai time, in the reader's language.</summary>
public static class Say
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeSpan TimeMatters = TimeSpan.FromDays(3);
    private static readonly CultureInfo Zh = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo En = British();

    /// <summary>For what machines read: cursors, attributes.</summary>
    public static CultureInfo Machine => CultureInfo.InvariantCulture;

    private static CultureInfo Culture => English ? En : Zh;

    /// <summary>2026年10月15日(周四) · 15 Oct 2026.</summary>
    public static string Date(DateTimeOffset at) => Day(DateOnly.FromDateTime(Local(at).DateTime));

    /// <summary>2026年10月15日(周四) · 15 Oct 2026.</summary>
    public static string Day(DateOnly day) =>
        English
            ? day.ToString("d MMM yyyy", En)
            : day.ToString("yyyy年M月d日", Zh) + $"(周{"日一二三四五六"[(int)day.DayOfWeek]})";

    /// <summary>The date with the time of day: 2026年10月15日(周四) 14:05.</summary>
    public static string Instant(DateTimeOffset at) => $"{Date(at)} {Local(at).ToString("HH:mm", Culture)}";

    /// <summary>10月15日 14:05 · 15 Oct 14:05; of another year with it, and with the time of day only if near.</summary>
    public static string Brief(DateTimeOffset at, DateTimeOffset now) =>
        Local(at)
            .ToString(
                (Local(at).Year == Local(now).Year, (at - now).Duration() < TimeMatters) switch
                {
                    (true, _) => English ? "d MMM HH:mm" : "M月d日 HH:mm",
                    (false, true) => English ? "d MMM yyyy HH:mm" : "yyyy年M月d日 HH:mm",
                    _ => English ? "d MMM yyyy" : "yyyy年M月d日",
                },
                Culture
            );

    /// <summary>14:05:10: within the next minute, where a date would only be in the way.</summary>
    public static string Clock(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", Culture);

    /// <summary>October.</summary>
    public static string MonthName(int month) => Culture.DateTimeFormat.GetMonthName(month);

    /// <summary>For the machine: <c>datetime</c> of a time element.</summary>
    public static string Iso(DateTimeOffset at) =>
        Local(at).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The wall clock of Shanghai.</summary>
    public static DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Shanghai);

    /// <summary>还剩 3 小时 · 3 hours left; 已超 2 天 · 2 days over.</summary>
    public static string Left(DateTimeOffset due, DateTimeOffset now) =>
        due >= now ? T("say.left", Span(due - now)) : T("say.over", Span(now - due));

    /// <summary>A day as it was typed, in words; what is none, as it was typed.</summary>
    public static string Typed(string day) =>
        DateOnly.TryParse(day, CultureInfo.InvariantCulture, out var on) ? Day(on) : day;

    /// <summary>A length of time in its largest fitting unit, whole.</summary>
    public static string Span(TimeSpan span) =>
        span.TotalMinutes < 60 ? Many("say.minutes", Math.Max(1, (int)span.TotalMinutes))
        : span.TotalDays < 3 ? Many("say.hours", (int)span.TotalHours)
        : Many("say.days", (int)span.TotalDays);

    /// <summary>A text with a count; English has a form for one under <c>key.one</c>.</summary>
    public static string Many(string key, long n) => T(English && n == 1 ? key + ".one" : key, Count(n));

    /// <summary>12,345.</summary>
    public static string Count(long n) => n.ToString("N0", Culture);

    /// <summary>12, or 1,000+ where it was not counted to the end.</summary>
    public static string Count(Capped n) => Count(n.N) + (n.More ? "+" : "");

    /// <summary>3.4 MB: thousands of thousands, one decimal.</summary>
    public static string Bytes(long bytes) =>
        bytes switch
        {
            < 1_000_000 => $"{Math.Max(1, bytes / 1_000)} kB",
            < 1_000_000_000 => (bytes / 1e6).ToString("0.0", Culture) + " MB",
            _ => (bytes / 1e9).ToString("#,0.0", Culture) + " GB",
        };

    /// <summary>CNY: ¥1,234 or ¥1,234.50.</summary>
    public static string Money(decimal amount) =>
        "¥" + amount.ToString(amount == decimal.Truncate(amount) ? "#,0" : "#,0.00", Culture);

    /// <summary>A fraction as a percentage with two decimals: 72.66%.</summary>
    public static string Percent(decimal fraction) => (fraction * 100).ToString("0.00", Culture) + "%";

    // Months of three letters each: "Sept" would stand out of every column.
    private static CultureInfo British()
    {
        var british = (CultureInfo)CultureInfo.GetCultureInfo("en-GB").Clone();
        var months = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames;
        british.DateTimeFormat.AbbreviatedMonthNames = months;
        british.DateTimeFormat.AbbreviatedMonthGenitiveNames = months;
        return CultureInfo.ReadOnly(british);
    }

    /// <summary>A fraction as a whole percentage, as rates and their bounds are read.</summary>
    public static string Whole(decimal fraction) => Math.Round(fraction * 100).ToString("0", Culture) + "%";

    /// <summary>One decimal, as a score out of ten: its interval is wider than any further digit.</summary>
    public static string One(decimal value) => value.ToString("0.0", Culture);

    /// <summary>Three decimals, as an index.</summary>
    public static string Three(decimal value) => value.ToString("0.000", Culture);

    /// <summary>For the machine: a data attribute.</summary>
    public static string Raw(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
