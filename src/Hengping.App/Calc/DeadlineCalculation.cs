using System.Globalization;
using Hengping.Rules;
using Hengping.Rules.Clocks;

namespace Hengping.App.Calc;

/// <summary><c>calc deadline</c>: a date for a date, an instant for an instant.</summary>
internal static class DeadlineCalculation
{
    private static readonly string[] Instants =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK",
    ];

    public static Calculation Of(WorkCalendar calendar) =>
        new("deadline", ["from", "kind", "amount"], ["due"], cells => Compute(calendar, cells));

    // An offset moves an instant by hours: at the ends of the calendar it has nowhere to go.
    private const int YearMin = 1;
    private const int YearMax = 9999;

    private static Decided<string[]> Compute(WorkCalendar calendar, string[] cells)
    {
        var kind = cells[1] switch
        {
            "hours" => ClockKind.Hours,
            "days" => ClockKind.Days,
            "working-days" => ClockKind.WorkingDays,
            "window" => ClockKind.Window,
            _ => throw new BadCell("kind", cells[1], "is none of hours, days, working-days, window"),
        };
        var amount = (int)Cells.Whole("amount", cells[2], 0, Clock.AmountMax);
        var isDate = DateOnly.TryParseExact(
            cells[0],
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        );
        if (isDate && date.Year is (<= YearMin or >= YearMax))
            throw new BadCell("from", cells[0], "is not in 1992…2500");
        var from = isDate ? Shanghai.StartOf(date) : InstantOf(cells[0]);
        if (from.Year is < 1992 or > 2500)
            throw new BadCell("from", cells[0], "is not in 1992…2500");
        if (kind is ClockKind.Hours or ClockKind.Window)
        {
            var due = Clock.Instant(from, kind, amount);
            return new[] { isDate ? Write(Shanghai.DayOf(due)) : Write(due, cells[0], from) };
        }
        var day = Clock.Day(Shanghai.DayOf(from), kind, amount, calendar, out var unknown);
        if (day is not { } last)
            return WorkCalendar.Unknown(unknown);
        return new[] { isDate ? Write(last) : Write(Shanghai.EndOf(last), cells[0], from) };
    }

    /// <summary>Reads an instant; without an offset it is Shanghai time.</summary>
    public static DateTimeOffset InstantOf(string text)
    {
        if (
            !DateTime.TryParseExact(
                text,
                Instants,
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind,
                out var local
            )
        )
            throw new BadCell("from", text, "is neither a date nor an instant");
        if (local.Year is <= YearMin or >= YearMax)
            throw new BadCell("from", text, "is not in the years that can be reckoned with");
        if (local.Kind == DateTimeKind.Unspecified)
            return new DateTimeOffset(local, Shanghai.Offset);
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.None);
    }

    private static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>In the offset the question was asked in.</summary>
    private static string Write(DateTimeOffset due, string asked, DateTimeOffset from)
    {
        var format = asked.EndsWith('Z') ? "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFzzz";
        return due.ToOffset(from.Offset).ToString(format, CultureInfo.InvariantCulture);
    }
}
