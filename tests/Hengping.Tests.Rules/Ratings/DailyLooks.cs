using System.Globalization;
using System.Text;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Hengping.Tests.World;
using Hengping.World;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>
/// What a merchant learns that looks at every live view on every day, keeps every list, and knows the rule by heart.
/// </summary>
public sealed class DailyLooks
{
    private const int Forever = 40_000;

    // Lists as soon as they may be frozen, and all again, twice: what a list tells is in the sums of its day.
    private static readonly FrozenSpan[] Lists =
    [
        .. PublishedMarket.Times.Select(list => PublishedMarket.Frozen(list.Period, list.AsOf)),
    ];

    /// <summary>Where a tally's squares stand, and then how often each score was given.</summary>
    private const int SquaresAt = 12;

    /// <summary>A case as its merchant sees it, and what its claimant said, which it must not learn.</summary>
    private sealed record Lived(CaseCourse Seen, IReadOnlyList<CaseDay> Said, long LastDay)
    {
        public int Score => Said.Count == 0 ? -1 : Said[^1].ScoreMilli;

        public CaseCourse Course => Seen with { Days = [.. Days()] };

        /// <summary>These words could have been this claimant's.</summary>
        public bool CouldSay(IReadOnlyList<CaseDay> said) =>
            said.Count == 0 || (said[0].Day >= Seen.DeliveredDay && said[^1].Day <= LastDay);

        private IEnumerable<CaseDay> Days()
        {
            foreach (var day in Seen.Days.Concat(Said).Select(d => d.Day).Distinct().Order())
            {
                if (Seen.At(day) is not { } seen)
                    continue;
                var said = Said.LastOrDefault(s => s.Day <= day);
                yield return said.Day == 0
                    ? seen with
                    {
                        Day = day,
                    }
                    : seen with
                    {
                        Day = day,
                        ScoreMilli = said.ScoreMilli,
                        Resolved = said.Resolved,
                        RecoveredCents = said.RecoveredCents,
                    };
            }
        }
    }

    [Fact]
    public void No_score_is_the_same_in_all_that_could_have_been_but_of_merchants_whom_all_score_alike()
    {
        var market = Merchants();
        market.Sum(cases => cases.Count(c => c.Score >= 0)).ShouldBeGreaterThan(200);
        market.SelectMany(cases => Derived(cases, Shown)).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_looks_at_exact_numbers_tell_many()
    {
        var market = Merchants();
        var told = market.Sum(cases => Derived(cases, Exact).Count());
        told.ShouldBeGreaterThan(market.Sum(cases => cases.Count(c => c.Score >= 0)) / 4);
    }

    /// <summary>Scored cases without another whose words could be theirs, all that was shown being the same.</summary>
    private static IEnumerable<string> Derived(IReadOnlyList<Lived> cases, Func<IReadOnlyList<Lived>, string> look)
    {
        if (cases.Where(c => c.Score >= 0).Select(c => c.Score).Distinct().Count() < 2)
            yield break;
        var seen = look(cases);
        for (var i = 0; i < cases.Count; i++)
        {
            if (cases[i].Score >= 0 && !Enumerable.Range(0, cases.Count).Any(Another(i)))
                yield return $"{cases.Count} cases, {i}: {cases[i].Score}";
        }

        Func<int, bool> Another(int i) =>
            j =>
                cases[i].Score != cases[j].Score
                && (
                    cases[j].Said.Count == 0
                        // Instead of one who said something another did, on a day on which that case changed anyhow.
                        ? Said(i, i).Any(said => Same(i, j, [], said))
                            || cases[j].Seen.Days.Any(d => Same(i, j, [], [cases[i].Said[^1] with { Day = d.Day }]))
                        : Said(j, i).Any(one => Said(i, j).Any(other => Same(i, j, one, other)))
                );

        // What one said, on its own days, or at last on a day of the other.
        IEnumerable<IReadOnlyList<CaseDay>> Said(int words, int days) =>
            [
                cases[words].Said,
                .. cases[days].Said.Select(d => (CaseDay[])[cases[words].Said[^1] with { Day = d.Day }]),
            ];

        bool Same(int i, int j, IReadOnlyList<CaseDay> one, IReadOnlyList<CaseDay> other)
        {
            if (!cases[i].CouldSay(one) || !cases[j].CouldSay(other))
                return false;
            var swapped = cases.ToArray();
            (swapped[i], swapped[j]) = (cases[i] with { Said = one }, cases[j] with { Said = other });
            return look(swapped) == seen;
        }
    }

    /// <summary>Every snapshot with every sum that any list, profile or difference of them can be made of.</summary>
    private static string Shown(IReadOnlyList<Lived> cases)
    {
        var text = new StringBuilder();
        DailySnapshot.Before(
            Forever,
            [.. cases.Select(c => c.Course)],
            Lists,
            (taken, list) =>
            {
                text.Append(CultureInfo.InvariantCulture, $"{taken.Day}:");
                if (list is { } frozen)
                    text.Append(taken.Within(frozen.Span).IsWhole ? " whole" : " in part");
                foreach (var scores in taken.Scores)
                {
                    // Scores by class of answer go into no number: what stands before the squares is their sum.
                    var sum = Tally.Of(scores.Numbers);
                    text.Append(CultureInfo.InvariantCulture, $" {scores.Span} {sum.Scored} {sum.ScoreMilli}")
                        .Append(
                            CultureInfo.InvariantCulture,
                            $" {scores.Asked} {scores.Solved} {scores.RecoveredCents}:"
                        )
                        .AppendJoin(' ', scores.Numbers[SquaresAt..]);
                }
                text.Append('\n');
            }
        );
        return text.ToString();
    }

    /// <summary>Scores and their sum by month of delivery at the end of each day, as live views had them.</summary>
    private static string Exact(IReadOnlyList<Lived> cases)
    {
        var text = new StringBuilder();
        foreach (var day in cases.SelectMany(c => c.Said).Select(s => s.Day).Distinct().Order())
        foreach (var month in cases.GroupBy(c => ShownDay.Around(c.Seen.DeliveredDay)[1]))
        {
            var said = month
                .Where(c => c.Seen.At(day) is { IsOut: false } state && !c.Seen.IsPending(state, day))
                .Select(c => c.Said.LastOrDefault(s => s.Day <= day))
                .Where(s => s.Day > 0)
                .ToList();
            text.Append(
                CultureInfo.InvariantCulture,
                $"{day} {month.Key} {said.Count} {said.Sum(s => s.ScoreMilli)}\n"
            );
        }
        return text.ToString();
    }

    private static List<List<Lived>> Merchants()
    {
        var market = new Market(11, new DateTimeOffset(2026, 11, 21, 4, 0, 0, TimeSpan.Zero), new MarketSize(900, 200));
        var house = TestHouse.Plain(market);
        return
        [
            .. market
                .Cases.Select(plan => Play.Of(market, house, plan))
                .SelectMany(Cases)
                .GroupBy(c => (c.Merchant, c.Side), c => c.Life)
                .Select(cases => cases.ToList()),
        ];
    }

    private static IEnumerable<(Guid Merchant, Side Side, Lived Life)> Cases(CaseLife life)
    {
        var scoredUntil = (life.State.EndedAt ?? DateTimeOffset.MaxValue.AddYears(-1)).AddDays(30);
        var lastDay = ShownDay.Of(scoredUntil.ToUnixTimeMilliseconds());
        return LivedCases.Of(life).Select(one => (one.Merchant, one.Side, Apart(one.Course, lastDay)));
    }

    private static Lived Apart(CaseCourse course, long lastDay)
    {
        var (seen, said) = (new List<CaseDay>(), new List<CaseDay>());
        foreach (var day in course.Days)
        {
            var bare = day with { ScoreMilli = -1, Resolved = null, RecoveredCents = 0 };
            if (seen.Count == 0 || bare with { Day = seen[^1].Day } != seen[^1])
                seen.Add(bare);
            var word = new CaseDay(day.Day, default, day.ScoreMilli, false, default, day.Resolved, day.RecoveredCents);
            if (day.ScoreMilli >= 0 && (said.Count == 0 || word with { Day = said[^1].Day } != said[^1]))
                said.Add(word);
        }
        return new Lived(course with { Days = seen }, said, lastDay);
    }
}
