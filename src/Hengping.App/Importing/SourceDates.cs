using System.Buffers;
using System.Globalization;

namespace Hengping.App.Importing;

/// <summary>In which order a source writes day, month and year where the year does not come first.</summary>
public enum DateOrder
{
    /// <summary>Year first, always.</summary>
    Ymd,

    /// <summary>As in 9/24/19.</summary>
    Mdy,

    /// <summary>As in 24/09/2019.</summary>
    Dmy,
}

/// <summary>
/// Reads the dates people write: 2020/3/18, 2020-03-18, 2020年3月18日, 20200318, 9/24/19, with or without a time, with
/// or without an offset, or the day number of a spreadsheet. Without an offset it is Shanghai's time; without a time
/// it is the day's first instant there.
/// </summary>
public static class SourceDates
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);
    private static readonly SearchValues<char> Seconds = SearchValues.Create("0123456789.");

    /// <summary>Reads an instant.</summary>
    /// <param name="thisYear">A two-digit year is the latest one that is not after this.</param>
    /// <param name="dayNumbersFrom"><see cref="SourceTable.DayNumbersFrom"/>.</param>
    public static bool TryRead(
        string text,
        DateOrder order,
        int thisYear,
        out DateTimeOffset at,
        int dayNumbersFrom = 0
    )
    {
        at = default;
        var rest = text.AsSpan().Trim();
        if (IsDayNumber(rest, dayNumbersFrom, out at))
            return true;
        // The last year is the last of the calendar: nothing can be reckoned from it.
        if (!TryDay(ref rest, order, thisYear, out var day) || day.Year == DateTime.MaxValue.Year)
            return false;
        rest = rest.TrimStart("T \t\u3000");
        if (!TryTime(ref rest, out var time) || !TryOffset(rest.Trim(), out var offset))
            return false;
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        if (local.Ticks < TimeSpan.TicksPerDay)
            return false;
        at = new DateTimeOffset(local, offset).ToUniversalTime();
        return true;
    }

    // 43580.3959 is 2019-04-25 09:30 to a spreadsheet. Only 1954 … 2064 are read so: other numbers are no dates.
    private static bool IsDayNumber(ReadOnlySpan<char> text, int from, out DateTimeOffset at)
    {
        at = default;
        if (text.Length < 5 || (text.Length > 5 && text[5] != '.'))
            return false;
        if (
            !double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days)
            || days + from is < 20_000 or > 60_000
        )
            return false;
        var whole = Math.Round((days + from) * 86_400);
        at = new DateTimeOffset(new DateTime(1899, 12, 30).AddSeconds(whole), Shanghai).ToUniversalTime();
        return true;
    }

    private static bool TryDay(ref ReadOnlySpan<char> rest, DateOrder order, int thisYear, out DateOnly day)
    {
        day = default;
        if (!TryNumber(ref rest, out var a, out var digits))
            return false;
        if (digits == 8)
            return TryDate(a / 10_000, a / 100 % 100, a % 100, out day);
        if (
            !TryMark(ref rest)
            || !TryNumber(ref rest, out var b, out _)
            || !TryMark(ref rest)
            || !TryNumber(ref rest, out var c, out var last)
        )
            return false;
        rest = rest.TrimStart('日');
        if (digits == 4)
            return TryDate(a, b, c, out day);
        if (order == DateOrder.Ymd || digits > 2 || last is not (2 or 4))
            return false;
        var year = last == 4 ? c : Century(c, thisYear);
        return order == DateOrder.Mdy ? TryDate(year, a, b, out day) : TryDate(year, b, a, out day);
    }

    private static int Century(int year, int thisYear) => 2000 + year <= thisYear ? 2000 + year : 1900 + year;

    private static bool TryDate(int year, int month, int date, out DateOnly day)
    {
        day = default;
        if (year is < 1900 or > 9998 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateOnly(year, month, date);
        return true;
    }

    private static bool TryMark(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] is not ('/' or '-' or '.' or '年' or '月'))
            return false;
        rest = rest[1..];
        return true;
    }

    private static bool TryTime(ref ReadOnlySpan<char> rest, out TimeSpan time)
    {
        time = default;
        if (rest.IsEmpty)
            return true;
        if (!TryNumber(ref rest, out var hour, out _) || rest.IsEmpty || rest[0] is not (':' or '\uFF1A' or '时'))
            return false;
        rest = rest[1..];
        if (!TryNumber(ref rest, out var minute, out _))
            return false;
        double second = 0;
        if (!rest.IsEmpty && rest[0] is ':' or '\uFF1A' or '分')
        {
            rest = rest[1..];
            var length = rest.IndexOfAnyExcept(Seconds);
            var digits = length < 0 ? rest : rest[..length];
            if (
                !digits.IsEmpty
                && !double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out second)
            )
                return false;
            rest = rest[digits.Length..];
        }
        rest = rest.TrimStart("秒 ");
        hour = Noon(ref rest, hour);
        if (hour is < 0 or > 23 || minute > 59 || second >= 60)
            return false;
        time = new TimeSpan(0, hour, minute, 0, (int)Math.Floor(second * 1000));
        return true;
    }

    private static int Noon(ref ReadOnlySpan<char> rest, int hour)
    {
        var pm = rest.StartsWith("PM", StringComparison.OrdinalIgnoreCase);
        if (!pm && !rest.StartsWith("AM", StringComparison.OrdinalIgnoreCase))
            return hour;
        rest = rest[2..];
        return hour is < 1 or > 12 ? -1 : (hour % 12) + (pm ? 12 : 0);
    }

    private static bool TryOffset(ReadOnlySpan<char> rest, out TimeSpan offset)
    {
        offset = Shanghai;
        if (rest.IsEmpty)
            return true;
        offset = TimeSpan.Zero;
        if (rest is "Z" or "z")
            return true;
        var sign = rest[0] switch
        {
            '+' => 1,
            '-' => -1,
            _ => 0,
        };
        rest = rest[1..];
        if (sign == 0 || !TryNumber(ref rest, out var hours, out var digits))
            return false;
        var minutes = 0;
        if (digits == 4)
            (hours, minutes) = (hours / 100, hours % 100);
        else if (!rest.IsEmpty && (rest[0] != ':' || !TryNumber(ref rest, out minutes, out _, skip: 1)))
            return false;
        offset = sign * new TimeSpan(hours, minutes, 0);
        return rest.IsEmpty && hours <= 14 && minutes <= 59;
    }

    private static bool TryNumber(ref ReadOnlySpan<char> rest, out int number, out int digits, int skip = 0)
    {
        var from = rest[skip..];
        number = 0;
        for (digits = 0; digits < from.Length && digits < 9 && char.IsAsciiDigit(from[digits]); digits++)
            number = (number * 10) + (from[digits] - '0');
        rest = from[digits..];
        return digits > 0;
    }
}
