using System.Globalization;
using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>
/// Dates as people write them, in both languages. Every pattern of the linter is bounded, so that it costs the same at
/// each place of any text, and none has a time limit that could end a reading.
/// </summary>
internal static partial class Dates
{
    /// <summary>A day that is said with its year, and where it stands.</summary>
    public readonly record struct Found(DateOnly Day, int At, int Length);

    /// <summary>Whole days in a text, in order. A month without a day is its last.</summary>
    public static IEnumerable<Found> In(string text)
    {
        foreach (Match it in Whole().Matches(text))
        {
            var month = Value(it, "m") is { } number ? Number(number) : MonthOf(Value(it, "n"));
            var day = Value(it, "d") is { } digits ? Number(digits) : 0;
            var year = Number(Value(it, "y")!);
            if (month > 12 && day is >= 1 and <= 12)
                (month, day) = (day, month);
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
    public static bool SaysWhen(string text) => When().IsMatch(text) || Month().IsMatch(text);

    /// <summary>The text without what says when, so that only other numbers are left.</summary>
    public static string Without(string text) => Month().Replace(When().Replace(text, " "), " ");

    /// <summary>Dates in Chinese numerals, as 二〇二五年九月二十四日, with digits instead.</summary>
    public static string InDigits(string text) =>
        text.AsSpan().ContainsAny('年', '月')
            ? Numerals().Replace(text, it => Digits(it.Groups["n"].Value) + it.Groups["u"].Value)
            : text;

    /// <summary>How long a paper holds, in months, where it is said as a length: 有效期两年, valid for 3 years.</summary>
    public static int? MonthsIn(string text)
    {
        if (Term().Match(text) is not { Success: true } term)
            return null;
        var number = int.TryParse(term.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var it)
            ? it
            : Small(term.Groups["n"].Value);
        var isYears = term.Groups["u"].Value is "年" or "year" or "years" or "Year";
        return number is < 1 or > 60 ? null : number * (isYears ? 12 : 1);
    }

    private static int Small(string word) =>
        word switch
        {
            "一" or "壹" or "one" => 1,
            "两" or "二" or "two" => 2,
            "三" or "three" => 3,
            "四" or "four" => 4,
            "五" or "five" => 5,
            "六" or "six" => 6,
            "十" or "ten" => 10,
            _ => 0,
        };

    private static string Digits(string numerals)
    {
        const string ones = "〇一二三四五六七八九";
        if (numerals.Length == 4)
            return string.Concat(
                numerals.Select(c => c is '零' or 'O' or '○' ? 0 : ones.IndexOf(c, StringComparison.Ordinal))
            );
        var ten = numerals.IndexOf('十', StringComparison.Ordinal);
        var value =
            ten < 0
                ? ones.IndexOf(numerals[^1], StringComparison.Ordinal)
                : (ten == 0 ? 1 : ones.IndexOf(numerals[0], StringComparison.Ordinal)) * 10
                    + (ten == numerals.Length - 1 ? 0 : ones.IndexOf(numerals[^1], StringComparison.Ordinal));
        return value.ToString(CultureInfo.InvariantCulture);
    }

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

    private const string Name =
        "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
        + "Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

    private const string Count =
        "(?:\\d{1,3}|[一二三四五六七八九十两半几]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|fourteen|thirty|"
        + "a|a few|a couple of)";

    private const string Weekday =
        "(?:Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)";

    [GeneratedRegex(
        "(?<y>[12]\\d{3}) ?[年./-] ?(?<m>\\d{1,2})(?: ?[月./-] ?(?<d>\\d{1,2})(?: ?[日号])?)?"
            + "|\\b(?<d2>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<n2>"
            + Name
            + ")\\.?,? (?<y2>\\d{4})"
            + "|\\b(?<n3>"
            + Name
            + ")\\.? (?<d3>\\d{1,2})(?:st|nd|rd|th)?,? (?<y3>\\d{4})"
            + "|\\b(?<n4>"
            + Name
            + ")\\.?,? (?:of )?(?<y4>\\d{4})"
            + "|\\b(?<d5>\\d{1,2})[./-](?<m5>\\d{1,2})[./-](?<y5>[12]\\d{3})"
            + "|\\b(?<m6>\\d{1,2})/(?<y6>20\\d{2})\\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Timeout.Infinite
    )]
    private static partial Regex Whole();

    [GeneratedRegex(
        "\\b\\d{1,2}(?:st|nd|rd|th)?(?: ?(?:-|and|to|&) ?\\d{1,2}(?:st|nd|rd|th)?)? (?:of )?"
            + "(?i:"
            + Name
            + ")\\b(?:,? \\d{4}\\b)?"
            + "|\\b(?i:"
            + Name
            + ")\\.? \\d{1,2}(?:st|nd|rd|th)?\\b(?: ?(?:-|and|to|&) ?\\d{1,2}\\b)?(?:,? \\d{4}\\b)?"
            + "|\\b(?:[Ii]n|[Bb]y|[Ss]ince|[Ff]rom|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Ee]nd of|[Mm]id|"
            + "[Ee]arly|[Ll]ate|"
            + "[Dd]uring|of|[Ss]tart of|[Ss]tarting|[Bb]eginning|through|[Nn]ext|[Tt]his|[Ll]ast|and|to)[ -]"
            + Name
            + "\\b(?:,? \\d{4}\\b)?|\\b"
            + Name
            + ",? 20\\d{2}\\b",
        RegexOptions.CultureInvariant,
        Timeout.Infinite
    )]
    private static partial Regex Month();

    [GeneratedRegex(
        "\\d{4} ?年(?: ?\\d{1,2} ?月)?(?: ?\\d{1,2} ?[日号])?|\\b(?:19|20)\\d{2}[./-]\\d{1,2}(?:[./-]\\d{1,2})?\\b"
            + "|\\b\\d{1,2}[./-]\\d{1,2}[./-](?:20)?\\d{2}\\b|\\b\\d{1,2}/\\d{1,2}\\b(?! ?(?:个|件|台))"
            + "|\\d{1,2} ?月 ?(?:\\d{1,2} ?[日号]?|底|初|中旬?|末|份|上旬|下旬|起|内|前|之前|以前|以后|开始|(?=[^份]))"
            + "|(?<!\\d)\\d{1,2} ?[日号](?!楼|线|机|仓|库|位|门|店|厂|柜|车|模)"
            + "|(?<![\\d.])(?:1[0-2]|0?[1-9])\\.(?:3[01]|[12]\\d|0?[1-9])(?!\\d)(?= ?(?:,|起|开始|日|号|前|之前|当天|晚|已|"
            + "上午|下午|完成|至|到|[-~]\\d))"
            + "|"
            + Count
            + " ?个?(?:小时|天|日|工作日|自然日|周|星期|月)(?:之|以)?(?:内|后)"
            + "|[本下上这当](?:个)?(?:周|月|季度|星期)(?!期)[一二三四五六日底初]?|第[一二三四]季度|[年月季]底|[周星][期]?[一二三四五六日](?:前|之前|起)"
            + "|昨[天日]|前天|明天|后天|次日|明年|(?:春节|国庆|年|五一|节)前"
            + "|\\b(?:within|in|after|inside|over) (?:the )?(?:next |following |last |past )?"
            + Count
            + " ?-?(?:working |business |calendar )?(?:hour|day|week|month)s?\\b"
            + "|\\b(?:by|before|on|from|since|next|last|this|until|till|starting|the first|first) (?:next |"
            + "this |last |the end of )?(?:the )?"
            + Weekday
            + "\\b"
            + "|\\b(?:next|this|by the|end of|end of the|end of this|end of next|start of|start of next|"
            + "later this) (?:week|month|quarter|year)\\b"
            + "|\\b(?:last|next|this) (?:spring|summer|autumn|fall|winter)\\b|\\b(?:before|by|after|"
            + "until) (?:Christmas|Easter|New Year)\\b"
            + "|\\blast (?:week|month)\\b|\\bQ[1-4]\\b|\\byesterday\\b|\\btomorrow\\b|\\b(?:the )?(?:next|"
            + "following) (?:working )?day\\b|\\bweek \\d{1,2}\\b"
            + "|\\b(?:the |from the |on the |by the |until the )\\d{1,2}(?:st|nd|rd|th)\\b"
            + "|\\b"
            + Count
            + " ?(?:hour|day|week|month)s? (?:later|after|ago|from now)\\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Timeout.Infinite
    )]
    private static partial Regex When();

    [GeneratedRegex(
        "(?<n>[〇零O○一二三四五六七八九]{4})(?=年)(?<u>)|(?<n>[一二三四五六七八九]?十[一二三四五六七八九]?|"
            + "[一二三四五六七八九])(?<u>月(?!份?[内后来])|[日号](?!线|楼))",
        RegexOptions.CultureInvariant,
        Timeout.Infinite
    )]
    private static partial Regex Numerals();

    [GeneratedRegex(
        "(?<n>\\d{1,2}|[一两二三四五六十]|one|two|three|four|five|six|ten) ?(?:个)?(?<u>年|月|years?|months?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Timeout.Infinite
    )]
    private static partial Regex Term();
}
