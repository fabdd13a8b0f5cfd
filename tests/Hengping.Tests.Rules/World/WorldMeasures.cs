using System.Globalization;
using Hengping.App.Clocks;
using Hengping.Rules.Clocks;
using Hengping.Rules.Measures;
using Hengping.Rules.RuleRegister;
using Hengping.World;
using Shouldly;
using Xunit;
using Lived = Hengping.World.Measures;

namespace Hengping.Tests.World;

/// <summary>The measures of a generated market: every kind, every status, and no event after the end.</summary>
public sealed class WorldMeasures
{
    [Fact]
    public void The_rule_of_appeals_says_the_clocks_that_are_kept()
    {
        var end = new DateTimeOffset(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);
        var rules = PlatformRules.Of(new Market(7, end, MarketSize.Small), Law.Shipped.Count);
        var story = rules.Single(rule => rule.Topic == RuleTopic.Appeals).Story;
        var rule = story.Aggregate((PlatformRule?)null, (state, one) => PlatformRule.Fold(state, one.Event, one.At))!;
        var said = rule.Versions[^1].Wording.Clauses.Single(clause => clause.No == "2").Zh;
        foreach (var (clock, words) in new[] { ("decide", "五"), ("decide-claimant", "三"), ("testing", "五") })
        {
            var kept = Law.Shipped.Rules.InForce("appeal." + clock, Shanghai.DayOf(end))!;
            (kept.Kind, "零一二三四五"[kept.Amount].ToString()).ShouldBe((ClockKind.WorkingDays, words));
            said.ShouldContain(words + "个工作日");
        }
    }

    [Theory]
    [InlineData("2026-11-20T04:00:00Z")]
    [InlineData("2026-11-21T16:01:00Z")]
    [InlineData("2026-10-05T01:00:00Z")]
    [InlineData("2026-03-01T12:00:00Z")]
    [InlineData("2027-05-01T00:00:00Z")]
    public void Every_kind_and_every_status_is_there_and_nothing_happens_after_the_end(string end)
    {
        var market = new Market(7, DateTimeOffset.Parse(end, CultureInfo.InvariantCulture), MarketSize.Small);
        var lived = Lived.Of(market, PlatformRules.Of(market, Law.Shipped.Count), Law.Shipped.Count);
        lived.SelectMany(m => m.Story).ShouldAllBe(s => s.At < market.End && s.At > market.Start);
        var states = lived
            .Select(m => m.Story.Aggregate((Measure?)null, (s, e) => Measure.Fold(s, e.Event, e.At))!)
            .ToList();
        states.Select(s => s.Kind).Distinct().Count().ShouldBe(Enum.GetValues<MeasureKind>().Length);
        states.Select(s => s.Status).Distinct().Order().ShouldBe(Enum.GetValues<MeasureStatus>());
        states.ShouldContain(s => s.OverdueAt != null && s.Status == MeasureStatus.Proposed);
        states.ShouldContain(s => s.IsMoneyHeld);
        states.Where(s => !s.Addressee.IsMerchant).ShouldAllBe(s => s.Target.Title == null);
    }
}
