using Hengping.App.Clocks;
using Hengping.Rules.Clocks;
using Hengping.Rules.Ratings;
using Hengping.Rules.Reports;
using Hengping.Rules.RuleRegister;
using Hengping.Tests.Harness;
using Hengping.Tests.World;
using Hengping.World;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>What the rules say on the days of <see cref="Days"/>: clocks, periods, a market that ends there.</summary>
public sealed class OnSuchDays
{
    [Theory, OnDays]
    public void A_clock_ends_later_than_it_begins_or_says_which_year_nobody_knows(string day)
    {
        var from = Days.At(day);
        foreach (var rule in Law.Shipped.Rules.Rules.Select(rule => rule.Id).Distinct())
        {
            var (deadline, refusal) = Reckoned(rule, from);
            (deadline is null).ShouldBe(refusal is not null, rule);
            if (deadline is null)
                continue;
            deadline.Due.ShouldBeGreaterThan(from, rule);
            // What is counted in days ends with a day; one second decides to which day an instant belongs.
            var next = Reckoned(rule, from.AddDays(1)).Deadline;
            if (next is not null)
                next.Due.ShouldBeGreaterThanOrEqualTo(deadline.Due, rule);
        }
    }

    [Theory, OnDays(DayNeed.KnownCalendar)]
    public void Where_the_calendar_is_known_every_clock_can_be_counted(string day)
    {
        var from = Days.At(day);
        var inForce = Law.Shipped.Rules.Rules.Where(rule => rule.InForceOn(Shanghai.DayOf(from))).ToList();
        inForce.Count.ShouldBeGreaterThan(5);
        foreach (var rule in inForce)
            Reckoned(rule.Id, from).Refusal.ShouldBeNull(rule.Id);
    }

    [Theory, OnDays]
    public void An_instant_lies_in_one_month_one_quarter_one_half_and_one_year(string day)
    {
        var now = Days.At(day);
        var year = Shanghai.DayOf(now).Year;
        string[] months = [.. Enumerable.Range(1, 12).Select(month => $"{year}-{month:00}")];
        string[] quarters = [$"{year}-Q1", $"{year}-Q2", $"{year}-Q3", $"{year}-Q4"];
        foreach (var codes in new string[][] { months, quarters, [$"{year}-H1", $"{year}-H2"], [$"{year}"], ["ytd"] })
        {
            var periods = codes.Select(code => Period.Parse(code, now).Event!).ToList();
            periods.Count(period => period.Holds(now)).ShouldBe(1, string.Join(' ', codes));
            periods.Zip(periods.Skip(1)).ShouldAllBe(pair => pair.First.Until == pair.Second.From);
            periods
                .Where(period => period.Holds(now))
                .ShouldAllBe(period => ListHistory.MayFreeze(period, now) != null);
        }
    }

    [Theory, OnDays]
    public void A_market_that_ends_there_has_every_status_and_nothing_after_its_end(string day)
    {
        var market = new Market(7, Days.At(day), MarketSize.Small);
        var house = TestHouse.Plain(market);
        var lives = market.Cases.AsParallel().AsOrdered().Select(one => Play.Of(market, house, one)).ToList();
        lives.SelectMany(life => life.Story).ShouldAllBe(told => told.At < market.End);
        lives.Select(life => life.State.Status).Distinct().Count().ShouldBeGreaterThan(6);
        var reports = Hengping.World.Reports.Of(market, new ReportTerms(at => at.AddDays(7), at => at.AddDays(21)));
        var states = reports.Select(one =>
            one.Story.Aggregate((Report?)null, (state, told) => Report.Fold(state, told.Event, told.At))!
        );
        states.Select(state => state.Status).Distinct().Count().ShouldBe(Enum.GetValues<ReportStatus>().Length);
        var rules = PlatformRules.Of(market, Law.Shipped.Count);
        rules.SelectMany(rule => rule.Story).ShouldAllBe(told => told.At < market.End);
        PlatformRules
            .OpinionsOn(market, rules)
            .SelectMany(opinion => opinion.Story)
            .ShouldAllBe(told => told.At < market.End);
        var today = Shanghai.DayOf(market.End);
        foreach (var lived in rules)
        {
            var rule = lived.Story.Aggregate(
                (PlatformRule?)null,
                (state, told) => PlatformRule.Fold(state, told.Event, told.At)
            )!;
            rule.InForce(today)!.Wording.Clauses.ShouldNotBeEmpty();
            rule.InForce(Shanghai.DayOf(market.Start)).ShouldNotBeNull("what happened in the year is judged by it");
        }
    }

    private static (Deadline? Deadline, Hengping.Rules.Refusal? Refusal) Reckoned(string rule, DateTimeOffset from)
    {
        var decided = Law.Shipped.Reckon(rule, from);
        return (decided.Event, decided.Refusal);
    }
}
