using System.Globalization;

namespace Hengping.Rules.Clocks;

/// <summary>国务院放假安排 as somebody brings it: what must be true of it before it counts.</summary>
public static class HolidayNotice
{
    private const int OffMin = 11;
    private const int DaysMax = 80;
    private const int DecemberFrom = 29;

    /// <summary>No such file.</summary>
    public static readonly Refusal Invalid = new(
        "calendar.invalid",
        "这不是放假安排文件：需要 JSON，含 year 和 days（name、date、isOffDay）",
        "This is no holiday notice: it must be JSON with year and days (name, date, isOffDay)"
    );

    /// <summary>The notice that is in force already.</summary>
    public static Refusal Same(CalendarYear notice) =>
        new(
            "calendar.same",
            $"{Year(notice)} 年的放假安排已经是这样",
            $"The holidays of {Year(notice)} are these already"
        );

    /// <summary>Judges a notice; null where nothing is wrong with it.</summary>
    /// <param name="today">Notices are of this year or the next.</param>
    public static Refusal? Check(CalendarYear notice, DateOnly today)
    {
        if (notice.Year < today.Year || notice.Year > today.Year + 1)
            return new Refusal(
                "calendar.year",
                $"只能载入今年或明年的放假安排，文件里是 {Year(notice)} 年",
                $"Only this year's or next year's notice can be loaded; the file is of {Year(notice)}"
            );
        if (notice.Days.Count is 0 or > DaysMax)
            return new Refusal(
                "calendar.count",
                $"{Year(notice)} 年的文件里有 {notice.Days.Count} 天，应为 1–{DaysMax} 天",
                $"The file of {Year(notice)} names {notice.Days.Count} days; it must be 1–{DaysMax}"
            );
        if (
            notice.Days.Select(d => d.Date).Where(d => IsOutside(notice.Year, d)).Cast<DateOnly?>().FirstOrDefault() is
            { } far
        )
            return Wrong("calendar.outside", far, $"不属于 {Year(notice)} 年", $"is not of {Year(notice)}");
        if (notice.Days.GroupBy(d => d.Date).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return Wrong(
                "calendar.twice",
                twice.Key,
                $"在 {Year(notice)} 年的文件里出现了两次",
                $"stands twice in the file of {Year(notice)}"
            );
        var off = notice.Days.Where(d => d.Off).Select(d => d.Date).ToHashSet();
        if (
            Fixed
                .Select(f => new DateOnly(notice.Year, f.Month, f.Day))
                .Where(d => !off.Contains(d))
                .Cast<DateOnly?>()
                .FirstOrDefault() is
            { } missing
        )
            return Wrong(
                "calendar.missing",
                missing,
                $"是法定节假日，{Year(notice)} 年的文件里没有放假",
                $"is a holiday by law and is not off in the file of {Year(notice)}"
            );
        var isSpring = off.Any(d => d >= new DateOnly(notice.Year, 1, 20) && d <= new DateOnly(notice.Year, 2, 25));
        return isSpring && off.Count >= OffMin
            ? null
            : new Refusal(
                "calendar.incomplete",
                $"{Year(notice)} 年的文件不完整：只有 {off.Count} 天放假{(isSpring ? "" : "，没有春节")}",
                $"The file of {Year(notice)} is not complete: {off.Count} days off"
                    + (isSpring ? "" : ", and no Spring Festival")
            );
    }

    // 全国年节及纪念日放假办法: what falls on the same day every year.
    private static readonly (int Month, int Day)[] Fixed = [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)];

    private static bool IsOutside(int year, DateOnly day) =>
        day.Year != year && !(day.Year == year - 1 && day is { Month: 12, Day: >= DecemberFrom });

    private static string Year(CalendarYear notice) => notice.Year.ToString(CultureInfo.InvariantCulture);

    private static Refusal Wrong(string code, DateOnly day, string zh, string en)
    {
        var said = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new Refusal(code, $"{said} {zh}", $"{said} {en}");
    }
}
