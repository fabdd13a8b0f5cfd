using Hengping.App.Clocks;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Clocks;

/// <summary>The hours of an answer are those of the day of delivery, in clocks, classes and sums alike.</summary>
public sealed class HoursByPolicy
{
    private static readonly DateTimeOffset Turn = Days.At("2051-01-01 00:00:00");

    public HoursByPolicy() => _ = OtherHours.Hours;

    [Fact]
    public void A_policy_is_found_by_its_name_and_by_the_day()
    {
        ReplyHours.Of("2021-02").ShouldBe(Policy.Former.Hours);
        (Policy.Current.Hours.Full, Policy.Current.Hours.Part).ShouldBe((72, 120));
        Policy.Former.Hours.SameAs(Policy.Current.Hours).ShouldBeTrue();
        Policy.Parse(OtherHours.Policy).Event!.Hours.ShouldBe(OtherHours.Hours);
        ReplyHours.At(DateTimeOffset.UnixEpoch).Policy.ShouldBe("2025-01");
        ReplyHours.At(Turn.AddMilliseconds(-1)).Policy.ShouldBe("2025-01");
        ReplyHours.At(Turn).Policy.ShouldBe(OtherHours.Policy);
        // Who still has time at an instant was delivered since then, whichever policy it has.
        ReplyHours.WaitingSince(Turn.AddSeconds(-1)).ShouldBe(Turn.AddSeconds(-1).AddHours(-120));
        ReplyHours.WaitingSince(Turn.AddHours(119)).ShouldBe(Turn.AddHours(-1));
        ReplyHours.WaitingSince(Turn.AddHours(120)).ShouldBe(Turn.AddHours(10));
        var last = new ReplyHours("later", 1, 2, FromYear: 2050);
        Should.Throw<ArgumentException>(() => ReplyHours.Announce(last));
        Should.Throw<ArgumentException>(() => ReplyHours.Announce(last with { Policy = "2025-01", FromYear = 2060 }));
    }

    [Theory]
    [InlineData("reply.timely", 72, 70)]
    [InlineData("reply.late", 120, 110)]
    [InlineData("complaint.chase-second", 120, 110)]
    public void A_clock_of_the_rulebook_has_them(string rule, int before, int after)
    {
        var old = Law.Shipped.Reckon(rule, Turn.AddSeconds(-1)).Event!;
        var now = Law.Shipped.Reckon(rule, Turn).Event!;
        (old.Due, old.Version).ShouldBe((Turn.AddSeconds(-1).AddHours(before), "2000-01-01"));
        (now.Due, now.Version).ShouldBe((Turn.AddHours(after), "2051-01-01"));
        now.Inputs["amount"].ShouldBe($"{after}");
        (now.Zh + now.En).ShouldNotContain("{");
        if (rule == "complaint.chase-second")
            return;
        old.Zh.ShouldContain($"{before} 小时内回复");
        now.En.ShouldContain($"rating rules, {after} hours");
    }

    /// <summary>What <c>calc</c> says of our own promises is what the clock does.</summary>
    [Fact]
    public void The_rulebook_and_the_policy_promise_the_same()
    {
        var policy = ComplaintPolicy.Current;
        (string Rule, TimeSpan Term)[] promises =
        [
            ("complaint.returned", policy.ReturnedLapsesAfter),
            ("complaint.review", policy.ReviewWithin),
            ("complaint.chase-first", policy.ChaseAfter.Single()),
            ("complaint.mediation-offer", policy.OfferMediationAfter),
            ("complaint.unanswered", policy.UnansweredAfter),
            ("complaint.no-reaction", policy.NoReactionAfter),
            ("complaint.rescore", policy.ScoreWithin),
            ("offer.objection", policy.ObjectWithin),
        ];
        foreach (var (id, term) in promises)
        {
            var rule = Law.Shipped.Rules.InForce(id, Shanghai.DayOf(Turn))!;
            (rule.Kind == ClockKind.Hours ? TimeSpan.FromHours(rule.Amount) : TimeSpan.FromDays(rule.Amount)).ShouldBe(
                term,
                id
            );
        }
    }

    [Fact]
    public void A_period_is_frozen_when_its_last_hours_are_over()
    {
        Period.Parse("2050-12", Turn).Event!.FreezesAt.ShouldBe(Turn.AddHours(120));
        var january = Period.Parse("2051-01", Turn).Event!;
        january.FreezesAt.ShouldBe(january.Until.AddHours(110));
        ListHistory.MayFreeze(january, january.FreezesAt.AddSeconds(-1))!.En.ShouldContain("110 hours");
        ListHistory.MayFreeze(january, january.FreezesAt).ShouldBeNull();
    }

    [Fact]
    public void A_silent_case_is_chased_and_may_be_called_unsolved_by_its_own_hours()
    {
        var told = new List<double>();
        var c = Cases.Delivered(Turn);
        while (told.Count < 3 && c.NextByClock(Cases.Policy) is { } next)
        {
            told.Add((next.Due - Turn).TotalHours);
            c = c.Apply(next.Event, next.Due, "clock");
        }
        told.ShouldBe([48, 110, 240]);
        var silent = Cases.Delivered(Turn);
        var early = silent.CallNotSolved(Turn.AddDays(60), Turn.AddHours(70).AddSeconds(-1)).Refusal!;
        early.Zh.ShouldContain("递交满70小时");
        early.En.ShouldContain("70 hours");
        silent.CallNotSolved(Turn.AddDays(60), Turn.AddHours(70)).Refusal.ShouldBeNull();
    }

    /// <summary>Over the turn of the year, case by case, and by the loop for many: the same sums.</summary>
    [Fact]
    public void Sums_over_two_policies_count_each_case_by_its_own()
    {
        var random = new System.Random(70);
        var year = Period.Parse("all", Turn).Event!;
        var asOf = Turn.AddDays(5);
        var cases = RatingLists
            .Market(random, 5000)
            .ConvertAll(one =>
            {
                var delivered = Turn.AddMinutes(random.Next(-7 * 24 * 60, 5 * 24 * 60));
                var replied = one.RepliedAt is { } at ? delivered + (at - one.DeliveredAt) : (DateTimeOffset?)null;
                return one with { DeliveredAt = delivered, RepliedAt = replied, ScoredAt = null, ScoreMilli = null };
            });
        var many = new MerchantTable();
        many.AddCases(CaseColumns.Of(cases, many), year, asOf);
        var single = new MerchantTable();
        foreach (var one in cases)
            single.AddCases(CaseColumns.Of([one], single), year, asOf);
        for (var i = 0; i < many.Count; i++)
        {
            var own = cases.Where(c => c.Merchant == many.IdOf(i) && c.Excluded is null && !c.IsPending(asOf)).ToList();
            many[i].Valid.ShouldBe(own.Count);
            foreach (var answered in Enum.GetValues<Answered>())
                many[i].Cases(answered).ShouldBe(own.Count(c => c.Answered == answered), $"{answered}");
            single[single.IndexOf(many.IdOf(i))].Numbers().ShouldBe(many[i].Numbers());
        }
        // Between the two policies' hours the day of delivery decides.
        RatingIndex.ClassOf(Turn.AddHours(-1), Turn.AddHours(70)).ShouldBe(Answered.InFull);
        RatingIndex.ClassOf(Turn, Turn.AddHours(71)).ShouldBe(Answered.InPart);
        RatingIndex.ClassOf(Turn, Turn.AddHours(111)).ShouldBe(Answered.Late);
        RatingIndex.ClassOf(Turn.AddHours(-1), Turn.AddHours(110)).ShouldBe(Answered.InPart);
    }
}
