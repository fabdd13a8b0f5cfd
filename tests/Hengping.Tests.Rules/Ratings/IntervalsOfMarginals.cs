using Hengping.Rules.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>
/// The interval of format 2 knows how cases were answered and which scores were given, not who gave which: it is the
/// widest over all ways to pair them.
/// </summary>
public sealed class IntervalsOfMarginals
{
    private const int None = -1;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void It_is_the_widest_over_all_pairings_and_one_of_them_has_it(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            var n = random.Next(1, 7);
            var answers = Enumerable.Range(0, n).Select(_ => (Answered)random.Next(4)).ToArray();
            var scores = Enumerable.Range(0, n).Select(_ => Score(random)).ToArray();
            var printed = Interval(Sum(answers, scores));
            var all = Orders(scores).Select(order => IntervalOfCases(Sum(answers, order))).ToList();
            printed.Lo.ShouldBe(all.Min(one => one.Lo));
            printed.Hi.ShouldBe(all.Max(one => one.Hi));
            all.ShouldContain(printed);
        }
    }

    [Fact]
    public void The_true_interval_is_never_wider_and_who_gave_which_changes_nothing()
    {
        var random = new Random(20_261_129);
        for (var round = 0; round < 2_000; round++)
        {
            var n = random.Next(1, 200);
            var answers = Enumerable.Range(0, n).Select(_ => (Answered)random.Next(4)).ToArray();
            var scores = Enumerable.Range(0, n).Select(_ => Score(random)).ToArray();
            var tally = Sum(answers, scores);
            var (printed, real) = (Interval(tally), IntervalOfCases(tally));
            printed.Lo.ShouldBeLessThanOrEqualTo(real.Lo);
            printed.Hi.ShouldBeGreaterThanOrEqualTo(real.Hi);

            random.Shuffle(scores);
            Interval(Sum(answers, scores)).ShouldBe(printed);
            // As a reader of the two tables sums them.
            var apart = Sum(answers, [.. scores.Select(_ => None)]);
            foreach (var score in scores.Where(score => score != None))
                apart.AddScore(score);
            Interval(apart).ShouldBe(printed);
            Interval(Tally.Of(tally.Numbers())).ShouldBe(printed);
        }
    }

    [Fact]
    public void Tallies_add_up_with_scores_between_whole_numbers()
    {
        var (one, other) = (default(Tally), default(Tally));
        foreach (var score in new[] { 7_500, 10_000, 333, 7_500 })
            one.Add(Answered.InFull, score, anonymous: true);
        foreach (var score in new[] { 333, 0, None })
            other.Add(Answered.Never, score, anonymous: true);
        var kept = one;
        one.Add(other);
        one.Scores().ShouldBe([(10_000, 1), (7_500, 2), (333, 2), (0, 1)]);
        kept.Scores().ShouldBe([(10_000, 1), (7_500, 2), (333, 1)]);
        Tally.Of(one.Numbers()).ShouldBe(one);
        (kept == one).ShouldBeFalse();
    }

    // Imports give what lies between whole points; one in three says nothing.
    private static int Score(Random random) =>
        random.Next(3) == 0 ? None
        : random.Next(4) == 0 ? random.Next(10_001)
        : random.Next(11) * 1000;

    private static (long Lo, long Hi) Interval(in Tally tally) =>
        Uncertainty.IndexInterval(tally, IndexOf(tally), Unscored.Zero);

    private static (long Lo, long Hi) IntervalOfCases(in Tally tally) =>
        Uncertainty.IndexIntervalOfCases(tally, IndexOf(tally), Unscored.Zero);

    private static Tally Sum(Answered[] answers, IReadOnlyList<int> scores)
    {
        Tally tally = default;
        for (var i = 0; i < answers.Length; i++)
            tally.Add(answers[i], scores[i], anonymous: true);
        return tally;
    }

    private static IEnumerable<int[]> Orders(int[] scores)
    {
        if (scores.Length <= 1)
        {
            yield return scores;
            yield break;
        }
        for (var first = 0; first < scores.Length; first++)
        {
            foreach (var rest in Orders([.. scores[..first], .. scores[(first + 1)..]]))
                yield return [scores[first], .. rest];
        }
    }

    private static long IndexOf(in Tally t) =>
        RatingIndex.Thousandths(t.Valid, t.Replied, t.Tenths, t.Scored, t.ScoreMilli, Unscored.Zero);
}
