using System.Globalization;
using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>Dates as people write them, in both languages.</summary>
internal static class Dates
{
    /// <summary>A day that is said with its year, and where it stands.</summary>
    public readonly record struct Found(DateOnly Day, int At, int Length);

    /// <summary>Whole days in a text, in order.</summary>
    public static IEnumerable<Found> In(string text)
    {
        foreach (Match it in LintWords.Pattern("date.whole").Matches(text))
        {
            var month = Value(it, "m") is { } number ? Number(number) : MonthOf(Value(it, "n"));
            var day = Value(it, "d") is { } digits ? Number(digits) : 0;
            var year = Number(Value(it, "y")!);
            if (year is < 1990 or > 2100 || month is < 1 or > 12)
                continue;
            var last = DateTime.DaysInMonth(year, month);
            yield return new Found(
                new DateOnly(year, month, day is < 1 || day > last ? last : day),
                it.Index,
                it.Length
            );
        }
    }

    /// <summary>Anything that says when: a day, a month, a term, without a year too.</summary>
    public static bool SaysWhen(string text) =>
        LintWords.Pattern("date.when").IsMatch(text) || LintWords.Pattern("date.month").IsMatch(text);

    /// <summary>The text without what says when, so that only other numbers are left.</summary>
    public static string Without(string text) =>
        LintWords.Pattern("date.month").Replace(LintWords.Pattern("date.when").Replace(text, " "), " ");

    private static readonly string[] Months =
    [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ];

    /// <summary>Of the groups of one name, as d, d2, d3, the one that was found.</summary>
    private static string? Value(Match it, string name)
    {
        foreach (Group group in it.Groups)
        {
            if (
                group.Success
                && group.Name[0] == name[0]
                && (group.Name.Length == 1 || char.IsAsciiDigit(group.Name[1]))
            )
                return group.Value;
        }
        return null;
    }

    private static int MonthOf(string? name) =>
        name is null ? 0 : Array.FindIndex(Months, it => name.StartsWith(it, StringComparison.OrdinalIgnoreCase)) + 1;

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
