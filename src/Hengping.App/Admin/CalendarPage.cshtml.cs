using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Admin;

/// <summary>放假安排: a year's notice is brought as a file, checked and looked at as a year, then it counts.</summary>
[Authorize(Sessions.AdminOnly)]
public sealed class CalendarPage(Store store, CurrentOperator house, LawInForce laws) : HousePage(store)
{
    internal const int BytesMax = 100_000;

    /// <summary>What is checked, word for word; what is confirmed is checked again.</summary>
    [BindProperty]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public bool Saved { get; private set; }

    /// <summary>The notice that waits for a word, or the one somebody looks at.</summary>
    public CalendarYear? Shown { get; private set; }

    /// <summary>It was checked and does not count yet.</summary>
    public bool IsDraft { get; private set; }

    /// <summary>The law as it counts now.</summary>
    public Law Law { get; private set; } = Law.Shipped;

    /// <summary>The first year without a notice, from this one on.</summary>
    public int Missing => Enumerable.Range(Today.Year, 100).First(y => !Law.Calendar.Years.Contains(y));

    private DateOnly Today => Shanghai.DayOf(Now);

    public async Task OnGet(string? did)
    {
        Saved = did == "saved";
        Law = await laws.Now(Ct);
        Shown = InForce(Year);
    }

    private CalendarYear? InForce(int? year) => Law.Years.GetValueOrDefault(year ?? Law.Calendar.Years.Last());

    /// <summary>Shows the year as the file has it; nothing counts yet.</summary>
    public async Task<IActionResult> OnPostCheck(IFormFile? file)
    {
        if (file is { Length: > 0 and <= BytesMax })
        {
            using var reader = new StreamReader(file.OpenReadStream());
            Text = await reader.ReadToEndAsync(Ct);
        }
        if (await Judged() is null)
            return Again();
        (IsDraft, AtField) = (true, "year");
        return Page();
    }

    /// <summary>It counts from now on.</summary>
    public async Task<IActionResult> OnPostLoad()
    {
        if (await Judged() is not { } loaded)
            return Again();
        var before = await Store.Load(OperatorBook.Instance, OperatorBook.Stream, Ct);
        if (!await house.Append(before, [loaded], Me!.Author, Ct))
        {
            Fault("", Problems.Raced);
            return Again();
        }
        return Redirect("/admin/calendar?did=saved");
    }

    private async Task<OperatorEvent?> Judged()
    {
        Law = await laws.Now(Ct);
        var notice = Law.Notice(Text is { Length: <= BytesMax } json ? json : "");
        if (notice is null)
        {
            Fault("file", HolidayNotice.Invalid);
            Shown = InForce(Year);
            return null;
        }
        var decided = Operator.LoadCalendar(notice, Law.Years.GetValueOrDefault(notice.Year), Today);
        if (decided.Refusal is { } no)
            Fault("file", no);
        // What was refused stands beside the year that counts.
        Shown = decided.Event is null ? InForce(notice.Year) ?? InForce(Year) : notice;
        return decided.Event;
    }

    /// <summary>The days of a month in weeks from Monday on; null where the month has not begun or is over.</summary>
    public static IEnumerable<IReadOnlyList<DateOnly?>> Weeks(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        var before = ((int)first.DayOfWeek + 6) % 7;
        var days = Enumerable
            .Repeat<DateOnly?>(null, before)
            .Concat(Enumerable.Range(0, DateTime.DaysInMonth(year, month)).Select(d => (DateOnly?)first.AddDays(d)));
        return days.Chunk(7).Select(week => week.Concat(Enumerable.Repeat<DateOnly?>(null, 7 - week.Length)).ToList());
    }
}
