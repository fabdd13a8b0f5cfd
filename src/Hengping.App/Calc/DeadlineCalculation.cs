using System.Globalization;
using Hengping.App.Clocks;
using Hengping.Rules;
using Hengping.Rules.Clocks;

namespace Hengping.App.Calc;

/// <summary><c>calc deadline</c>: a date for a date, an instant for an instant.</summary>
internal static class DeadlineCalculation
{
    public const string Name = "deadline";

    private static readonly string[] Instants =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK",
    ];

    public static Calculation Of(Law law) =>
        new(Name, ["from", "kind?", "amount?", "last_day?", "rule?"], ["due"], Compute(law, explain: false))
        {
            Either =
            [
                ["kind", "amount"],
                ["rule"],
            ],
            Explain = Compute(law, explain: true),
        };

    // An offset moves an instant by hours: at the ends of the calendar it has nowhere to go.
    private const int YearMin = 1;
    private const int YearMax = 9999;

    private static Func<string[], Decided<string[]>> Compute(Law law, bool explain) =>
        cells =>
        {
            var from = FromOf(cells[0], out var isDate);
            var counted =
                cells[4].Length > 0 ? ByRule(law, cells, from) : Deadline.Of(Asked(cells), from, law.Calendar);
            if (counted.Event is not { } deadline)
                return counted.Refusal!;
            var due = isDate ? Write(deadline.DueDay) : Write(deadline.Due, cells[0], from);
            return explain ? [due, deadline.Zh, deadline.En] : (string[])[due];
        };

    private static Decided<Deadline> ByRule(Law law, string[] cells, DateTimeOffset from)
    {
        for (var i = 1; i < 4; i++)
        {
            if (cells[i].Length > 0)
                throw new BadCell("rule", cells[4], "says kind, amount and last_day itself");
        }
        return law.Reckon(cells[4], from);
    }

    /// <summary>A term somebody asks about: it rolls by the reading they name.</summary>
    private static ClockRule Asked(string[] cells)
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
        var (reading, zh, en) = cells[3] switch
        {
            "" or "none" => (LastDay.None, "", ""),
            "statutory-holiday" => (LastDay.StatutoryHoliday, "法定节假日规则", "the rule of statutory holidays"),
            "non-working-day" => (LastDay.NonWorkingDay, "休息日规则", "the rule of days of rest"),
            _ => throw new BadCell("last_day", cells[3], "is none of none, statutory-holiday, non-working-day"),
        };
        return new ClockRule("asked", kind, amount, DateOnly.MinValue, null, "所给期限", "the term asked about")
        {
            Term = Term.Right,
            LastDay = reading,
            LastDayZh = zh,
            LastDayEn = en,
        };
    }

    private static DateTimeOffset FromOf(string cell, out bool isDate)
    {
        isDate = DateOnly.TryParseExact(
            cell,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        );
        if (isDate && date.Year is (<= YearMin or >= YearMax))
            throw new BadCell("from", cell, "is not in 1992…2500");
        var from = isDate ? Shanghai.StartOf(date) : InstantOf(cell);
        return from.Year is < 1992 or > 2500 ? throw new BadCell("from", cell, "is not in 1992…2500") : from;
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
