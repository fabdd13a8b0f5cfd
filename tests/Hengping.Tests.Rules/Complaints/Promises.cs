using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;
using static Hengping.Tests.Complaints.Cases;

namespace Hengping.Tests.Complaints;

/// <summary>承诺未履行: when it can be said, who is heard, when it is counted, and what takes it back.</summary>
public sealed class Promises
{
    // The settlement is due on day 10; that day begins in Shanghai.
    private static readonly DateTimeOffset Due = T0.AddDays(10);

    private static Complaint Said(DateTimeOffset at, bool refused = false) =>
        Settled().Then(c => c.CallNotPerformed(refused, refused ? "不退了" : null, [], at.AddDays(63), at, Policy), at);

    private static Complaint Ticked(Complaint c, DateTimeOffset at) => c.Apply(c.Tick(at, Policy)!, at, "clock");

    [Fact]
    public void Not_performed_can_be_said_from_the_day_it_is_due()
    {
        var settled = Settled();
        var from = settled.DueFrom!.Value;
        from.ShouldBe(new DateTimeOffset(Due.ToOffset(TimeSpan.FromHours(8)).Date, TimeSpan.FromHours(8)));

        var day = Shanghai.DayOf(from);
        No(from.AddMilliseconds(-1)).ShouldBe(Refusals.NotDueYet(day));
        No(T0.AddMinutes(1)).En.ShouldContain($"{day:yyyy-MM-dd}");
        settled
            .CallNotPerformed(false, null, [], Due, from, Policy)
            .Event.ShouldBeOfType<ComplaintEvent.NotPerformedSaid>()
            .Refused.ShouldBeFalse();

        Refusal No(DateTimeOffset at) => settled.CallNotPerformed(false, null, [], Due, at, Policy).Refusal!;
    }

    [Fact]
    public void The_respondent_has_three_days_then_it_is_counted_and_mediated()
    {
        var said = Said(Due);
        said.Status.ShouldBe(Status.Settled);
        said.NotPerformedCount.ShouldBe(0);
        said.CallNotPerformed(false, null, [], Due, Due, Policy).Refusal!.Code.ShouldBe("complaint.not-performed-said");
        said.ShowPerformance(null, [], Due).Refusal!.Code.ShouldBe("complaint.nothing-added");
        var shown = said.Then(c => c.ShowPerformance("11月8日已转账", [], Due.AddDays(1)), Due.AddDays(1));
        shown.Status.ShouldBe(Status.Settled);
        shown.NextTick(Policy).ShouldBe(Due.AddDays(3));

        var broken = Ticked(shown, Due.AddDays(3));

        (broken.Status, broken.NotPerformedCount).ShouldBe((Status.InMediation, 1));
        (broken.Settlement, broken.ProofBy, broken.MediationEndBy).ShouldBe((null, null, Due.AddDays(63)));
    }

    [Fact]
    public void A_refusal_in_writing_may_be_told_before_the_day_and_counts_nothing()
    {
        Settled()
            .CallNotPerformed(true, null, [], Due, T0.AddDays(1), Policy)
            .Refusal!.Code.ShouldBe("complaint.refusal-not-shown");
        var broken = Ticked(Said(T0.AddDays(1), refused: true), T0.AddDays(4));
        (broken.Status, broken.NotPerformedCount).ShouldBe((Status.InMediation, 0));

        var found = broken.Then(c => c.FindPerformed("其实已退款", T0.AddDays(5), Policy), T0.AddDays(5));
        (found.Status, found.NotPerformedCount).ShouldBe((Status.Settled, 0));
    }

    [Fact]
    public void On_its_day_a_refused_settlement_is_followed_up_and_counted_after_three_days()
    {
        var refused = Ticked(Said(T0.AddDays(1), refused: true), T0.AddDays(4));
        refused.NextTick(Policy).ShouldBe(Due);
        refused.Tick(Due.AddMilliseconds(-1), Policy).ShouldBeNull();
        refused.ShowPerformance("已转账", [], Due.AddDays(-1)).Refusal!.Code.ShouldBe("complaint.nothing-to-show");

        // A clock that runs late gives the full time.
        var late = Due.AddDays(2);
        var asked = Ticked(refused, late);
        (asked.Status, asked.NotPerformedCount, asked.ShowBy).ShouldBe((Status.InMediation, 0, late.AddDays(3)));
        asked.MediationEndBy.ShouldBe(refused.MediationEndBy);
        asked.ShowPerformance("已转账", [], late).Event.ShouldBeOfType<ComplaintEvent.PerformanceShown>();
        var found = asked.Then(c => c.FindPerformed("有转账凭证", late, Policy), late);
        (found.Status, found.NotPerformedCount, found.ShowBy).ShouldBe((Status.Settled, 0, null));

        asked.NextTick(Policy).ShouldBe(late.AddDays(3));
        var counted = Ticked(asked, late.AddDays(3));
        (counted.Status, counted.NotPerformedCount, counted.ShowBy).ShouldBe((Status.InMediation, 1, null));
        counted.NextTick(Policy).ShouldBeNull();
        var undone = counted.Then(c => c.FindPerformed("有转账凭证", late.AddDays(9), Policy), late.AddDays(9));
        (undone.Status, undone.NotPerformedCount).ShouldBe((Status.Settled, 0));
    }

    [Fact]
    public void A_refusal_whose_day_came_while_the_respondent_was_heard_is_followed_up_at_once()
    {
        var refused = Ticked(Said(Due.AddDays(-2), refused: true), Due.AddDays(1));
        (refused.NotPerformedCount, refused.NextTick(Policy)).ShouldBe((0, Due));
        var asked = Ticked(refused, Due.AddDays(1));
        asked.ShowBy.ShouldBe(Due.AddDays(4));
        Ticked(asked, Due.AddDays(4)).NotPerformedCount.ShouldBe(1);
    }

    [Fact]
    public void What_was_ended_before_the_day_is_followed_up_no_more()
    {
        var refused = Ticked(Said(T0.AddDays(1), refused: true), T0.AddDays(4));
        var ended = refused.Then(c => c.Terminate("no-agreement", false, null, T0.AddDays(6)), T0.AddDays(6));
        (ended.NextTick(Policy), ended.ShowBy).ShouldBe((null, null));
    }

    [Fact]
    public void From_the_day_on_a_refusal_counts_like_any_other() =>
        Ticked(Said(Due, refused: true), Due.AddDays(3)).NotPerformedCount.ShouldBe(1);

    [Fact]
    public void The_claimants_word_ends_it_while_the_respondent_is_heard()
    {
        var closed = Said(Due).Then(c => c.ConfirmPerformed(Due.AddDays(1)), Due.AddDays(1));
        (closed.Status, closed.NotPerformedCount, closed.NextTick(Policy)).ShouldBe((Status.Closed, 0, null));
    }

    [Fact]
    public void A_mediator_who_finds_it_performed_takes_it_back()
    {
        var broken = Ticked(Said(Due), Due.AddDays(3));
        var at = Due.AddDays(5);

        var found = broken.Then(c => c.FindPerformed("有转账凭证", at, Policy), at);

        (found.Status, found.NotPerformedCount, found.Settlement).ShouldBe((Status.Settled, 0, 1));
        found.CallNotPerformed(false, null, [], at, at, Policy).Refusal!.Code.ShouldBe("complaint.found-performed");
        found.FindPerformed("再认定一次", at, Policy).Refusal!.Code.ShouldBe("complaint.nothing-broken");
        found.NextTick(Policy).ShouldBe(at.AddDays(7));
        var closed = Ticked(found, at.AddDays(7));
        (closed.Status, closed.ClosedBecause).ShouldBe((Status.Closed, ClosedBecause.Performed));
    }

    [Fact]
    public void Found_while_the_respondent_is_heard_nothing_is_ever_counted()
    {
        var found = Said(Due).Then(c => c.FindPerformed("有转账凭证", Due.AddDays(1), Policy), Due.AddDays(1));
        (found.Status, found.NotPerformedCount, found.ProofBy).ShouldBe((Status.Settled, 0, null));
        found.NextTick(Policy).ShouldBe(Due.AddDays(8));
    }

    [Fact]
    public void After_the_end_a_finding_takes_back_the_count_alone()
    {
        var ended = Ticked(Said(Due), Due.AddDays(3))
            .Then(c => c.Terminate("no-agreement", false, null, Due.AddDays(9)), Due.AddDays(9));
        ended.NotPerformedCount.ShouldBe(1);

        var found = ended.Then(c => c.FindPerformed("有转账凭证", Due.AddDays(10), Policy), Due.AddDays(10));

        (found.Status, found.NotPerformedCount).ShouldBe((Status.Terminated, 0));
    }

    [Fact]
    public void A_log_of_before_folds_as_it_did()
    {
        var broken = Settled().Apply(new ComplaintEvent.NotPerformed { EndBy = T0.AddDays(60) }, T0, Staff);
        (broken.Status, broken.NotPerformedCount).ShouldBe((Status.InMediation, 1));
    }
}
