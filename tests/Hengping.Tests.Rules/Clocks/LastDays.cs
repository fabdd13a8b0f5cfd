using System.Globalization;
using Hengping.App.Clocks;
using Hengping.Rules.Clocks;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Clocks;

/// <summary>What becomes of a term whose last day is no working day, by the readings of the law.</summary>
public sealed class LastDays
{
    private static readonly Law Shipped = Law.Shipped;

    [Theory]
    [InlineData("2026-04-15", ClockKind.Days, 60, LastDay.None, "2026-06-14")]
    [InlineData("2026-04-15", ClockKind.Days, 60, LastDay.StatutoryHoliday, "2026-06-14")] // A plain Sunday.
    [InlineData("2026-04-15", ClockKind.Days, 60, LastDay.NonWorkingDay, "2026-06-15")]
    [InlineData("2026-08-02", ClockKind.Days, 60, LastDay.None, "2026-10-01")]
    [InlineData("2026-08-02", ClockKind.Days, 60, LastDay.StatutoryHoliday, "2026-10-08")]
    [InlineData("2026-09-20", ClockKind.Days, 15, LastDay.StatutoryHoliday, "2026-10-08")]
    [InlineData("2026-09-20", ClockKind.Days, 13, LastDay.StatutoryHoliday, "2026-10-08")] // A Saturday of the block.
    [InlineData("2026-09-20", ClockKind.Days, 20, LastDay.NonWorkingDay, "2026-10-10")] // A worked Saturday.
    [InlineData("2026-09-29", ClockKind.WorkingDays, 7, LastDay.StatutoryHoliday, "2026-10-14")]
    [InlineData("2026-09-28", ClockKind.WorkingDays, 3, LastDay.NonWorkingDay, "2026-10-08")]
    [InlineData("2026-04-30", ClockKind.WorkingDays, 5, LastDay.StatutoryHoliday, "2026-05-11")]
    [InlineData("2026-09-30", ClockKind.WorkingDays, 15, LastDay.None, "2026-10-27")]
    [InlineData("2026-09-30", ClockKind.WorkingDays, 7, LastDay.None, "2026-10-15")]
    [InlineData("2026-02-12", ClockKind.WorkingDays, 2, LastDay.None, "2026-02-14")]
    [InlineData("2025-12-31", ClockKind.WorkingDays, 7, LastDay.None, "2026-01-12")]
    [InlineData("2026-04-15", ClockKind.WorkingDays, 45, LastDay.None, "2026-06-22")]
    public void A_right_rolls_by_the_reading_of_its_law(
        string from,
        ClockKind kind,
        int amount,
        LastDay reading,
        string due
    ) => Count(Term.Right, from, kind, amount, reading).DueDay.ShouldBe(Date(due));

    [Fact]
    public void A_duty_never_rolls_and_names_the_day_to_which_the_law_would()
    {
        var duty = Of("regulator").Reckon("mediation.end", At("2026-08-02")).Event!;
        (duty.DueDay, Shanghai.DayOf(duty.Lawful)).ShouldBe((Date("2026-10-01"), Date("2026-10-08")));
        duty.Zh.ShouldEndWith(
            "依据：市场监督管理投诉举报处理办法（令121）第23条（法定期限）；按令121第45条可顺延至 10月8日，"
                + "办理一方的期限不顺延"
        );
        duty.En.ShouldEndWith(
            "by SAMR Order 121 art. 23 (law for this operator); the law would roll to 8 Oct (SAMR Order 121 art. 45), "
                + "a duty of ours does not"
        );
        var promised = Of("thirdParty").Reckon("mediation.end", At("2026-05-01")).Event!;
        promised.Zh.ShouldEndWith("依据：本平台承诺（参照市场监督管理投诉举报处理办法（令121）第23条）");
        promised.En.ShouldEndWith("by our own promise, after SAMR Order 121 art. 23");
        Shipped.Reckon("complaint.unanswered", At("2026-09-03")).Event!.Zh.ShouldEndWith("；逢休息日不顺延");
    }

    [Fact]
    public void Where_the_calendar_is_missing_a_duty_ends_and_a_right_is_not_known()
    {
        var duty = Shipped.Reckon("mediation.end", At("2026-11-03")).Event!;
        (duty.DueDay, duty.Due == duty.Lawful).ShouldBe((Date("2027-01-02"), true));
        duty.Zh.ShouldContain("是否顺延未知");
        Shipped.Reckon("retest.objection", At("2026-12-20")).Refusal!.Code.ShouldBe("calendar.unknown");
    }

    /// <summary>Every row says whose time it is, for whom it is law, and by which article its last day rolls.</summary>
    [Fact]
    public void The_rulebook_says_of_each_rule_whose_it_is()
    {
        string[] kinds = ["regulator", "association", "thirdParty", "marketplace"];
        foreach (var rule in Shipped.Rules.Rules)
        {
            (rule.Term == Term.Promise).ShouldBe(rule.LawFor.Count == 0, rule.Id);
            (rule.LastDay == LastDay.None).ShouldBe(rule.LastDayZh is null && rule.LastDayEn is null, rule.Id);
            if (rule.Term == Term.Promise)
                rule.LastDay.ShouldBe(LastDay.None, rule.Id);
            else
                rule.SourceZh.ShouldMatch("第[0-9]+条", rule.Id);
            rule.LawFor.ShouldBeSubsetOf(kinds, rule.Id);
        }
        Shipped
            .Rules.Rules.Where(r => r.Term == Term.Right)
            .Select(r => r.Id)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["measure.suit", "retest.objection", "return.refund", "return.seven-day"]);
    }

    /// <summary>Over three years, every reading: never before the start, monotone, and no day of rest.</summary>
    [Theory]
    [InlineData(ClockKind.Days)]
    [InlineData(ClockKind.WorkingDays)]
    public void A_term_of_days_never_ends_before_it_begins_nor_on_a_day_of_rest(ClockKind kind)
    {
        foreach (var reading in Enum.GetValues<LastDay>())
        {
            for (var from = Date("2024-01-01"); from < Date("2026-08-01"); from = from.AddDays(1))
            {
                var before = from;
                for (var amount = 0; amount <= 70; amount += amount < 10 ? 1 : 13)
                {
                    var day = Clock.Day(from, kind, amount, Shipped.Calendar, out _)!.Value;
                    var due = Shipped.Calendar.Roll(day, reading, out _)!.Value;
                    due.ShouldBeGreaterThanOrEqualTo(before);
                    due.ShouldBeGreaterThanOrEqualTo(day);
                    IsRest(due, reading).ShouldBeFalse();
                    before = due;
                }
            }
        }
    }

    /// <summary>Hours run through days of rest, whatever the law says of a last day.</summary>
    [Theory]
    [InlineData(ClockKind.Hours)]
    [InlineData(ClockKind.Window)]
    public void A_term_of_hours_never_ends_before_it_begins_and_grows_with_its_amount(ClockKind kind)
    {
        for (var from = At("2026-09-25"); from < At("2026-10-12"); from = from.AddMinutes(97))
        {
            var before = from;
            for (var amount = 0; amount <= 200; amount += 8)
            {
                var due = Clock.Instant(from, kind, amount);
                due.ShouldBeGreaterThanOrEqualTo(before);
                before = due;
            }
        }
        Count(Term.Right, "2026-09-28", kind, 72, LastDay.StatutoryHoliday)
            .Due.ShouldBe(Clock.Instant(At("2026-09-28"), kind, 72));
    }

    private static Law Of(string kind) => Shipped with { Operator = kind };

    private static bool IsRest(DateOnly day, LastDay reading) =>
        reading switch
        {
            LastDay.StatutoryHoliday => Shipped.Calendar.IsHoliday(day),
            LastDay.NonWorkingDay => Shipped.Calendar.KindOf(day) != DayKind.Working,
            _ => false,
        };

    private static Deadline Count(Term term, string from, ClockKind kind, int amount, LastDay reading)
    {
        var rule = new ClockRule("x", kind, amount, DateOnly.MinValue, null, "甲", "a")
        {
            Term = term,
            LastDay = reading,
            LastDayZh = "乙",
            LastDayEn = "b",
        };
        return Deadline.Of(rule, At(from), Shipped.Calendar).Event!;
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string day) => Shanghai.StartOf(Date(day)).AddHours(10);
}
