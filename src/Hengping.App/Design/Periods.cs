using System.Globalization;
using Hengping.Rules.Clocks;
using static Hengping.App.Design.Texts;

namespace Hengping.App.Design;

/// <summary>A period one can choose.</summary>
/// <param name="Kind">now, month, quarter, year, sale: the heading it stands under.</param>
public sealed record PeriodChoice(string Code, string Kind, string Name);

/// <summary>Periods by their code, said in words.</summary>
public static class Periods
{
    private const int Months = 12;

    /// <summary>What can be chosen now: the running year, the last months, quarters, halves, years and sales.</summary>
    public static IReadOnlyList<PeriodChoice> Offered(DateTimeOffset now)
    {
        var today = Shanghai.DayOf(now);
        var choices = new List<PeriodChoice> { Choice("ytd", "now", now), Choice("all", "now", now) };
        for (var i = 0; i < Months; i++)
            choices.Add(Choice(Month(today.AddMonths(-i)), "month", now));
        for (var i = 0; i < 4; i++)
        {
            var day = today.AddMonths(-3 * (i + 1));
            choices.Add(Choice($"{day.Year}-Q{((day.Month - 1) / 3) + 1}", "quarter", now));
        }
        foreach (var code in Years(today))
            choices.Add(Choice(code, "year", now));
        foreach (var code in Sales(today))
            choices.Add(Choice(code, "sale", now));
        return choices;
    }

    /// <summary>
    /// The year a merchant's numbers are told of: the running one; in January the one before, for of the new one next
    /// to nothing counts yet.
    /// </summary>
    public static string Year(DateTimeOffset now) =>
        Shanghai.DayOf(now) is { Month: 1 } today ? $"{today.Year - 1}" : "ytd";

    /// <summary>The last month that is over.</summary>
    public static string LastMonth(DateTimeOffset now) => Month(Shanghai.DayOf(now).AddMonths(-1));

    /// <summary>The code of a day's month, as <c>2026-10</c>.</summary>
    public static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Every month from one to another, both included: an axis of time has no gaps.</summary>
    public static IEnumerable<string> Between(string first, string last)
    {
        var day = DateOnly.ParseExact(first + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (; string.CompareOrdinal(Month(day), last) <= 0; day = day.AddMonths(1))
            yield return Month(day);
    }

    /// <summary>A period's code in words; a code nobody knows stays as it is.</summary>
    public static string Name(string code, DateTimeOffset now)
    {
        if (code == "ytd")
            return T("period.ytd", Shanghai.DayOf(now).Year);
        if (code == "all")
            return T("period.all");
        var year = code.Length >= 4 ? code[..4] : code;
        return code.Length <= 4
            ? T("period.year", year)
            : code[5..] switch
            {
                "H1" => T("period.half1", year),
                "H2" => T("period.half2", year),
                "618" => T("period.618", year),
                "1111" => T("period.1111", year),
                ['Q', var q] => T("period.quarter", year, q),
                var month when int.TryParse(month, CultureInfo.InvariantCulture, out var m) => MonthName(year, m),
                _ => code,
            };
    }

    private static string MonthName(string year, int month) =>
        T("period.month", year, English ? Say.MonthName(month) : month.ToString(CultureInfo.InvariantCulture));

    private static PeriodChoice Choice(string code, string kind, DateTimeOffset now) =>
        new(code, kind, Name(code, now));

    private static IEnumerable<string> Years(DateOnly today)
    {
        if (today.Month > 6)
            yield return $"{today.Year}-H1";
        yield return $"{today.Year - 1}";
        yield return $"{today.Year - 1}-H2";
        yield return $"{today.Year - 1}-H1";
    }

    private static IEnumerable<string> Sales(DateOnly today)
    {
        foreach (var year in new[] { today.Year, today.Year - 1 })
        {
            if (today > new DateOnly(year, 11, 11))
                yield return $"{year}-1111";
            if (today > new DateOnly(year, 6, 20))
                yield return $"{year}-618";
        }
    }
}
