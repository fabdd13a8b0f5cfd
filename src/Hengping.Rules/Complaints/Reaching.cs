using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>
/// When 未有效处理 may be said in public: it names a merchant as out of reach, so the tries must be many, different and
/// not all of one day.
/// </summary>
public static class Reaching
{
    /// <summary>Fewest tries.</summary>
    public const int AttemptsMin = 3;

    /// <summary>Fewest different ways.</summary>
    public const int WaysMin = 2;

    /// <summary>Working days from the first try to the last; the first day is not counted.</summary>
    public const int WorkingDaysMin = 5;

    /// <summary>Whether these tries are enough. A year whose calendar is not known yet proves nothing.</summary>
    public static bool IsEnough(IEnumerable<Attempt> attempts, WorkCalendar calendar)
    {
        var tries = attempts.Distinct().OrderBy(a => a.At).ToList();
        if (tries.Count < AttemptsMin || tries.Select(a => a.Way).Distinct(StringComparer.Ordinal).Count() < WaysMin)
            return false;
        var (day, last) = (Shanghai.DayOf(tries[0].At), Shanghai.DayOf(tries[^1].At));
        var worked = 0;
        while (day < last && worked < WorkingDaysMin)
        {
            day = day.AddDays(1);
            var kind = calendar.KindOf(day);
            if (kind == DayKind.Unknown)
                return false;
            worked += kind == DayKind.Working ? 1 : 0;
        }
        return worked >= WorkingDaysMin;
    }
}

/// <summary>What the public reads of where a case stands.</summary>
public sealed partial record Complaint
{
    /// <summary>The status, but 未有效处理 only once enough was tried since the delivery; until then 已递交.</summary>
    public Status PublicStatus(WorkCalendar calendar) =>
        Status == Status.Unreached && !Reaching.IsEnough(AttemptsSinceDelivery, calendar) ? Status.Delivered : Status;

    private IEnumerable<Attempt> AttemptsSinceDelivery =>
        Attempts.Where(a => DeliveredAt is { } from && Shanghai.DayOf(a.At) >= Shanghai.DayOf(from));
}

/// <summary>One try to reach a respondent.</summary>
/// <param name="At">When.</param>
/// <param name="Way">phone, email, post, online.</param>
public sealed record Attempt(DateTimeOffset At, string Way);
