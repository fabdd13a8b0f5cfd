using System.Globalization;
using Hengping.App.Clocks;
using Hengping.Rules.Clocks;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Clocks;

/// <summary>Every example of the clocks' rules, on the shipped calendar.</summary>
public sealed class ClockExamples
{
    private static readonly WorkCalendar Calendar = Law.Shipped.Calendar;

    [Theory]
    [InlineData("2026-09-30", 7, "2026-10-15")] // Saturday 10-10 is worked.
    [InlineData("2026-02-12", 2, "2026-02-14")] // A worked Saturday.
    [InlineData("2025-12-31", 7, "2026-01-12")] // Sunday 01-04 is worked.
    [InlineData("2026-04-15", 45, "2026-06-22")]
    [InlineData("2018-12-28", 1, "2018-12-29")] // Named in the notice of 2019.
    [InlineData("2022-12-30", 1, "2023-01-03")]
    public void Working_days_follow_the_state_council(string from, int amount, string due) =>
        Clock.Day(Date(from), ClockKind.WorkingDays, amount, Calendar, out _).ShouldBe(Date(due));

    [Theory]
    [InlineData("2026-04-15", 60, "2026-06-14")]
    [InlineData("2026-02-28", 1, "2026-03-01")]
    [InlineData("2026-02-28", 0, "2026-02-28")]
    public void Natural_days_do_not_count_the_first(string from, int amount, string due) =>
        Clock.Day(Date(from), ClockKind.Days, amount, Calendar, out _).ShouldBe(Date(due));

    [Theory]
    [InlineData("2026-12-31", 7, 2027)]
    [InlineData("2026-12-28", 1, 2027)] // The 29th may stand in the notice of 2027.
    [InlineData("2027-03-01", 1, 2027)]
    [InlineData("2006-12-01", 1, 2006)]
    public void An_unknown_year_is_said_and_never_guessed(string from, int amount, int unknown)
    {
        Clock.Day(Date(from), ClockKind.WorkingDays, amount, Calendar, out var year).ShouldBeNull();
        year.ShouldBe(unknown);
        Law.Shipped.Rules.Rules.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("2026-11-20T10:00+08:00", 4, "2026-11-20T14:00+08:00")]
    [InlineData("2026-11-20T14:01+08:00", 4, "2026-11-21T09:01+08:00")]
    [InlineData("2026-11-20T14:00+08:00", 4, "2026-11-20T18:00+08:00")]
    [InlineData("2026-11-20T07:30+08:00", 4, "2026-11-20T13:00+08:00")]
    [InlineData("2026-11-20T18:00+08:00", 4, "2026-11-21T13:00+08:00")]
    [InlineData("2026-11-20T23:59+08:00", 10, "2026-11-22T10:00+08:00")]
    public void Windows_run_from_nine_to_six(string from, int amount, string due) =>
        Clock.Instant(At(from), ClockKind.Window, amount).ShouldBe(At(due));

    [Theory]
    [InlineData("2026-10-01T00:00:00Z", 72, "2026-10-04T00:00:00Z")]
    [InlineData("2026-10-01T12:34:56.789Z", 120, "2026-10-06T12:34:56.789Z")]
    public void Hours_are_natural(string from, int amount, string due) =>
        Clock.Instant(At(from), ClockKind.Hours, amount).ShouldBe(At(due));

    [Fact]
    public void Pauses_stop_a_clock_and_are_told()
    {
        Pause testing = new(At("2026-05-01T10:00+08:00"), At("2026-05-11T10:00+08:00"), "检测");
        var plain = Law.Shipped.Reckon("mediation.end", At("2026-04-15T12:00+08:00")).Event!;
        var paused = Law.Shipped.Reckon("mediation.end", At("2026-04-15T12:00+08:00"), [testing]).Event!;

        plain.DueDay.ShouldBe(Date("2026-06-14"));
        paused.DueDay.ShouldBe(Date("2026-06-24"));
        paused.Zh.ShouldContain("检测");
        paused.Version.ShouldBe("2026-04-15");

        Pause hours = new(At("2026-10-01T06:00Z"), At("2026-10-01T16:00Z"), "中止");
        Clock.Instant(At("2026-10-01T00:00Z"), ClockKind.Hours, 72, [hours]).ShouldBe(At("2026-10-04T10:00Z"));
    }

    [Fact]
    public void A_case_is_counted_by_the_rule_of_its_own_date()
    {
        Law.Shipped.Reckon("mediation.end", At("2024-06-30T12:00+08:00")).Event!.Inputs["kind"].ShouldBe("WorkingDays");
        Law.Shipped.Reckon("mediation.end", At("2024-07-01T12:00+08:00")).Event!.Inputs["kind"].ShouldBe("Days");
        Law.Shipped.Reckon("complaint.screening", At("2026-09-30T23:00+08:00"))
            .Event!.Due.ShouldBe(At("2026-10-15T23:59:59+08:00"));
        Law.Shipped.Reckon("complaint.screening", At("2026-12-30T10:00+08:00"))
            .Refusal!.Code.ShouldBe("calendar.unknown");
        Law.Shipped.Reckon("report.tell", At("2019-06-01T10:00+08:00")).Refusal!.Code.ShouldBe("rule.none");
    }

    [Fact]
    public void An_operator_loads_a_further_year()
    {
        var data = Directory.CreateTempSubdirectory("law");
        Directory.CreateDirectory(Path.Combine(data.FullName, "calendar"));
        var notice = """{"year":2027,"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}""";
        File.WriteAllText(Path.Combine(data.FullName, "calendar", "2027.json"), notice);
        var due = Law.Load(data.FullName).Reckon("complaint.screening", At("2026-12-30T10:00+08:00"));
        due.Event!.DueDay.ShouldBe(Date("2027-01-11"));
        data.Delete(recursive: true);
    }

    [Fact]
    public void Two_versions_in_force_on_one_day_are_a_broken_rulebook()
    {
        ClockRule one = new("x", ClockKind.Days, 1, Date("2020-01-01"), null, "甲", "a")
        {
            Term = Term.Promise,
            LastDay = LastDay.None,
        };
        Should.Throw<ArgumentException>(() => new Rulebook([one, one with { ValidFrom = Date("2021-01-01") }]));
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
