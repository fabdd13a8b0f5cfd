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

    [Fact]
    public void A_clause_that_is_cited_speaks_of_the_ground()
    {
        var market = new Market(7, new DateTimeOffset(2026, 11, 20, 4, 0, 0, TimeSpan.Zero), MarketSize.Small);
        var rules = PlatformRules.Of(market, Law.Shipped.Count);
        var texts = rules.ToDictionary(
            rule => rule.Id,
            rule => rule.Story.Aggregate((PlatformRule?)null, (s, one) => PlatformRule.Fold(s, one.Event, one.At))!
        );
        foreach (var cited in Lived.Of(market, rules, Law.Shipped.Count).Select(m => m.Story[0].Event))
        {
            var (reason, clause) = cited is MeasureEvent.Proposed p ? (p.Reason, p.Clause) : default;
            var said = texts[clause.Rule].Find(clause.Version)!.Wording.Clauses.Single(c => c.No == clause.Clause).Zh;
            Speaks[reason].Split('|').ShouldContain(word => said.Contains(word, StringComparison.Ordinal), $"{reason}");
        }
    }

    private static readonly Dictionary<MeasureReason, string> Speaks = new()
    {
        [MeasureReason.Safety] = "人身安全|召回",
        [MeasureReason.Licence] = "认证",
        [MeasureReason.Prohibited] = "禁止交易|违禁",
        [MeasureReason.Counterfeit] = "售假",
        [MeasureReason.IpNotice] = "知识产权",
        [MeasureReason.FalsePromotion] = "没有依据",
        [MeasureReason.Quality] = "抽检不合格",
        [MeasureReason.Fraud] = "欺诈",
        [MeasureReason.Price] = "划线价",
        [MeasureReason.FakeReviews] = "虚假评价",
        [MeasureReason.PersonalData] = "个人信息",
        [MeasureReason.AbusiveClaims] = "索赔",
        [MeasureReason.OtherRule] = "承诺|经营信息",
    };
}
