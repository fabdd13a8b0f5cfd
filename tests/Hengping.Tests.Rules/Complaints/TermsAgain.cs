using System.Globalization;
using Hengping.App.Clocks;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Terms that were told, counted again by the law and the calendar of today.</summary>
public sealed class TermsAgain
{
    private static readonly Law Shipped = Law.Shipped;

    [Fact]
    public void A_duty_keeps_the_earlier_day_and_nobody_is_late_before_the_later_one()
    {
        // Told under 45 working days, which 条例 art. 46 had replaced by 60 days.
        var began = At("2026-03-20 10:00");
        var told = Shanghai.EndOf(new DateOnly(2026, 5, 27));
        var c = Mediated(began, told);
        var counted = c.CountAgain(Shipped.Count).ShouldBeOfType<ComplaintEvent.TermsCounted>();
        counted.Cause.ShouldBe(TermsCause.Law);
        counted.TermNotes!.ShouldBe([new TermNote("mediation", Day("2026-05-19")) { Before = told, LateAfter = told }]);

        var after = c.Apply(counted, began.AddDays(30), "clock");
        after.MediationEndBy.ShouldBe(Day("2026-05-19"));
        after.NoteOf("mediation")!.LateAfter.ShouldBe(told);
        after.ActiveAt.ShouldBe(c.ActiveAt);
        after.CountAgain(Shipped.Count).ShouldBeNull();
    }

    [Fact]
    public void A_duty_told_for_an_earlier_day_stays_and_so_does_a_promise()
    {
        var began = At("2026-05-04 10:00");
        var early = Day("2026-06-20");
        Mediated(began, early).CountAgain(Shipped.Count).ShouldBeNull();
        // A contest of 9 October, told for the 12th where three working days end on the 14th.
        Cases.In(Status.Contested).CountAgain(Shipped.Count).ShouldBeNull();
    }

    [Fact]
    public void A_suspension_is_no_part_of_what_is_counted_again()
    {
        var began = Cases.T0;
        var end = Shipped.Count("mediation.end", began)!.Due;
        var resumed = Cases
            .Delivered()
            .Then(c => c.Mediate(end, began))
            .Then(c => c.Suspend("testing", began.AddDays(3)), began.AddDays(3))
            .Then(c => c.Resume(began.AddDays(13)), began.AddDays(13));
        resumed.MediationEndBy.ShouldBe(end.AddDays(10));
        resumed.CountAgain(Shipped.Count).ShouldBeNull();
    }

    /// <summary>A right keeps the later of two days.</summary>
    [Theory]
    [InlineData(Term.Duty, "2026-10-05", "2026-10-03", "2026-10-03", "2026-10-05")]
    [InlineData(Term.Duty, "2026-10-05", "2026-10-09", null, null)]
    [InlineData(Term.Right, "2026-10-05", "2026-10-09", "2026-10-09", null)]
    [InlineData(Term.Right, "2026-10-05", "2026-10-03", null, null)]
    [InlineData(Term.Promise, "2026-10-05", "2026-10-03", null, null)]
    [InlineData(Term.Promise, "2026-10-05", "2026-10-09", null, null)]
    public void What_was_told_moves_only_to_the_good(Term term, string told, string lawful, string? by, string? late)
    {
        var counted = Shipped.Count("mediation.end", At("2026-05-04 10:00"))! with
        {
            Due = Day(lawful),
            Lawful = Day(lawful),
            Term = term,
        };
        var moved = TermNote.Again("x", Day(told), note: null, counted);
        (moved?.By).ShouldBe(by is null ? null : Day(by));
        (moved?.LateAfter).ShouldBe(late is null ? null : Day(late));
    }

    [Fact]
    public void What_reaches_into_an_unknown_year_is_provisional_until_the_calendar_comes()
    {
        var filed = At("2026-12-30 10:00");
        var earliest = Shipped.Count("complaint.screening", filed)!;
        // 31 December and the first six days of January, whatever they turn out to be.
        (earliest.DueDay, earliest.Provisional).ShouldBe((new DateOnly(2027, 1, 6), true));
        earliest.Zh.ShouldContain("2027 年放假安排尚未载入，载入后重新计算，暂定最早至 2027年1月6日");
        earliest.En.ShouldContain("provisionally, until the 2027 holidays are known, not before 6 Jan 2027");
        var note = TermNote.Of("screening", earliest)!;
        var before = Cases.Filed() with { ScreenFrom = filed, ScreenBy = earliest.Due, TermNotes = [note] };
        before.CountAgain(Shipped.Count).ShouldBeNull();

        var known = Shipped with { Calendar = new WorkCalendar([new CalendarYear(2026, [Off(2026, 1)]), Year2027]) };
        var counted = before.CountAgain(known.Count).ShouldBeOfType<ComplaintEvent.TermsCounted>();
        counted.Cause.ShouldBe(TermsCause.Calendar);
        counted.TermNotes!.ShouldBe([new TermNote("screening", Day("2027-01-11")) { Before = earliest.Due }]);
        var after = before.Apply(counted, filed, "clock");
        after.ScreenBy.ShouldBe(Day("2027-01-11"));
        after.NoteOf("screening").ShouldBeNull();

        // A store of before has no day at all for such a case: it gets the earliest one.
        var bare = Cases.Filed() with
        {
            ScreenFrom = filed,
            ScreenBy = null,
        };
        bare.CountAgain(Shipped.Count)!.TermNotes!.ShouldBe([note]);
        bare.Apply(bare.CountAgain(Shipped.Count)!, filed, "clock").CountAgain(Shipped.Count).ShouldBeNull();
    }

    [Fact]
    public void No_platform_is_silent_before_the_calendar_says_on_which_day()
    {
        var asked = At("2026-12-30 10:00");
        var note = new TermNote("seller", Day("2027-01-02")) { Provisional = true };
        var c = Cases.Delivered(asked).Then(c => c.AskSeller(isPlatform: true, note.By, asked), asked) with
        {
            TermNotes = [note],
        };
        c.NextByClock(Cases.Policy)!.Event.ShouldBeOfType<ComplaintEvent.Chased>();
        var counted = new ComplaintEvent.TermsCounted(TermsCause.Calendar)
        {
            TermNotes = [note with { By = Day("2027-01-05"), Provisional = null }],
        };
        var known = c.Apply(counted, asked, "clock") with { ClockChases = 2 };
        known.NextByClock(Cases.Policy)!.Due.ShouldBe(Day("2027-01-05"));
    }

    [Fact]
    public void For_a_regulator_silence_terminates()
    {
        var policy = Cases.Policy with { SilenceTerminates = true };
        var c = Cases.Delivered() with { ClockChases = 2, MediationOffered = true };
        c.Tick(Cases.T0.AddDays(30), policy).ShouldBe(new ComplaintEvent.Terminated("party-absent", false));
        c.Tick(Cases.T0.AddDays(30), Cases.Policy).ShouldBe(new ComplaintEvent.Closed(ClosedBecause.Unanswered));
    }

    [Fact]
    public void Who_was_not_told_of_a_termination_is_told_by_a_person_once()
    {
        var by = Day("2026-10-20");
        var c = Cases.Delivered().Then(c => c.Terminate("no-agreement", false, null, Cases.T0, by, [Party.Claimant]));
        c.Untold.ShouldBe([Party.Respondent]);
        c.TellTermination(Party.Claimant, "phone", null, Cases.T0).Refusal!.Code.ShouldBe("complaint.told-before");
        var told = c.Then(c => c.TellTermination(Party.Respondent, "phone", null, Cases.T0));
        told.Untold.ShouldBeEmpty();
        told.TellTermination(Party.Respondent, "phone", null, Cases.T0).Refusal!.Code.ShouldBe("complaint.told-before");
        c.Then(c => c.Close(Cases.T0)).Untold.ShouldBe([Party.Respondent]);
    }

    private static Complaint Mediated(DateTimeOffset from, DateTimeOffset endBy) =>
        Cases.InMediation() with
        {
            MediationFrom = from,
            MediationEndBy = endBy,
        };

    private static readonly CalendarYear Year2027 = new(
        2027,
        [new NamedDay(new DateOnly(2027, 1, 1), "元旦", Off: true)]
    );

    private static NamedDay Off(int year, int day) => new(new DateOnly(year, 1, day), "元旦", Off: true);

    private static DateTimeOffset Day(string day) =>
        Shanghai.EndOf(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static DateTimeOffset At(string text) =>
        new(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Shanghai.Offset);
}
