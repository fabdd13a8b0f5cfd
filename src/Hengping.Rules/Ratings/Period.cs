using System.Globalization;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Ratings;

/// <summary>
/// A span of first deliveries, half-open in Shanghai time: month, quarter, half-year, year, 618, 双11, the year to
/// date, or everything.
/// </summary>
/// <param name="Code">As written: <c>2026-10</c>, <c>2026-Q3</c>, <c>2026-H1</c>, <c>2026</c>, <c>2026-618</c>,
/// <c>2026-1111</c>, <c>ytd</c>, <c>all</c>.</param>
/// <param name="From">First instant inside.</param>
/// <param name="Until">First instant after it.</param>
public sealed record Period(string Code, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>What a mistyped period is told.</summary>
    public static readonly Refusal Unreadable = new(
        "period.invalid",
        "期间应为 2026-10、2026-Q3、2026-H1、2026、2026-618、2026-1111、ytd 或 all",
        "A period is 2026-10, 2026-Q3, 2026-H1, 2026, 2026-618, 2026-1111, ytd or all"
    );

    /// <summary>The year to date and everything move with the clock: they are shown, never frozen.</summary>
    public bool IsMoving => Code is "ytd" or "all";

    /// <summary>How long merchants have to answer in it; what can be frozen lies in one year.</summary>
    public ReplyHours Hours => ReplyHours.At(From);

    /// <summary>From then on it may be frozen: every delivered complaint has had its hours.</summary>
    public DateTimeOffset FreezesAt => Until + Hours.InPart;

    /// <summary>First delivery inside the span.</summary>
    public bool Holds(DateTimeOffset deliveredAt) => From <= deliveredAt && deliveredAt < Until;

    /// <summary>Reads a period; <c>ytd</c> is that of the as-of's year in Shanghai.</summary>
    public static Decided<Period> Parse(string code, DateTimeOffset asOf)
    {
        var year = Shanghai.DayOf(asOf).Year;
        if (code == "all")
            return new Period(code, DateTimeOffset.UnixEpoch.AddYears(-20), DateTimeOffset.UnixEpoch.AddYears(7000));
        if (code == "ytd")
            return Days(code, new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));
        if (
            code.Length < 4
            || !int.TryParse(code.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out year)
        )
            return Unreadable;
        if (year is < 1990 or > 2999)
            return Unreadable;
        var january = new DateOnly(year, 1, 1);
        return code[4..] switch
        {
            "" => Days(code, january, january.AddYears(1)),
            "-H1" => Days(code, january, january.AddMonths(6)),
            "-H2" => Days(code, january.AddMonths(6), january.AddYears(1)),
            "-618" => Days(code, new DateOnly(year, 5, 13), new DateOnly(year, 6, 21)),
            "-1111" => Days(code, new DateOnly(year, 10, 14), new DateOnly(year, 11, 12)),
            ['-', 'Q', >= '1' and <= '4' and var q] => Months(code, january.AddMonths((q - '1') * 3), 3),
            ['-', '0', >= '1' and <= '9' and var m] => Months(code, january.AddMonths(m - '1'), 1),
            ['-', '1', >= '0' and <= '2' and var m] => Months(code, january.AddMonths(9 + m - '0'), 1),
            _ => Unreadable,
        };
    }

    private static Period Months(string code, DateOnly first, int months) => Days(code, first, first.AddMonths(months));

    private static Period Days(string code, DateOnly first, DateOnly next) =>
        new(code, Shanghai.StartOf(first), Shanghai.StartOf(next));
}
