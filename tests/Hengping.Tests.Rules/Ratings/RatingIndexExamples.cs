using System.Globalization;
using Hengping.Rules.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>Every number the rating rules give as an example.</summary>
public sealed class RatingIndexExamples
{
    [Theory]
    [InlineData("1", "1", "10", "1.000", Grade.Recommended)]
    [InlineData("1", "1", "3", "0.860", Grade.Recommended)]
    [InlineData("0.75", "0.75", "7.5", "0.750", Grade.Recommended)]
    [InlineData("0.8", "0", "0", "0.400", Grade.Cautious)]
    [InlineData("0.7266", "0.641", "3.875", "0.633", Grade.Cautious)]
    [InlineData("0", "0", "0", "0.000", Grade.NotRecommended)]
    public void The_index_of_printed_parts(string rate, string timely, string satisfied, string index, Grade grade)
    {
        var printed = RatingIndex.OfParts(Number(rate), Number(timely), Number(satisfied));
        printed.ToString(CultureInfo.InvariantCulture).ShouldBe(index);
        RatingIndex.GradeOf((long)(printed * 1000)).ShouldBe(grade);
    }

    /// <summary>Lists published before say it from what they print: the same to a thousandth.</summary>
    [Theory]
    [InlineData(6, 6, 0, "0.800", "1.000")]
    [InlineData(7, 3, 2, "0.537", "0.671")]
    [InlineData(9, 1, 8, "0.693", "0.867")]
    public void Where_nobody_scored_the_row_says_the_index_without_satisfaction(
        int valid,
        int fast,
        int slow,
        string index,
        string without
    )
    {
        Tally tally = default;
        for (var i = 0; i < valid; i++)
            tally.Add(
                i < fast ? Answered.InFull
                    : i < fast + slow ? Answered.InPart
                    : Answered.Never,
                -1,
                true
            );
        var merchant = new RatedMerchant(Guid.Empty, "", "brand", Enrolled: true, HasContact: true);
        var row = RatingList.RowOf(tally, merchant, Policy.Current);
        row.Index.ToString(CultureInfo.InvariantCulture).ShouldBe(index);
        row.IndexWithoutScores!.Value.ToString(CultureInfo.InvariantCulture).ShouldBe(without);
        (row with { WithoutScores = null }).IndexWithoutScores!.Value.ShouldBe(Number(without), 0.001m);
        RatingList.RowOf(tally, merchant with { ScoresWait = true }, Policy.Current).IndexWithoutScores.ShouldBeNull();
        RatingList
            .RowOf(tally, merchant, Policy.Current with { Unscored = Unscored.Rescale })
            .WithoutScores.ShouldBeNull();
    }

    [Theory]
    [InlineData(24, 5, 0, 3, 20_000, 238)] // Dividing first would print 0.237.
    [InlineData(5, 5, 50, 5, 50_000, 1000)]
    [InlineData(5, 0, 0, 0, 0, 0)]
    [InlineData(0, 0, 0, 0, 0, 0)]
    public void Counts_are_divided_once(long valid, long replied, long tenths, long scored, long milli, long index) =>
        RatingIndex.Thousandths(valid, replied, tenths, scored, milli, Unscored.Zero).ShouldBe(index);

    [Fact]
    public void Nobody_scored_is_zero_or_rescaled_by_policy()
    {
        RatingIndex.Thousandths(4, 4, 40, 0, 0, Unscored.Zero).ShouldBe(800);
        RatingIndex.Thousandths(4, 4, 40, 0, 0, Unscored.Rescale).ShouldBe(1000);
        RatingIndex.Thousandths(4, 4, 40, 4, 0, Unscored.Rescale).ShouldBe(800);
    }

    [Theory]
    [InlineData(0, Answered.InFull)]
    [InlineData((72 * 3_600_000) - 1, Answered.InFull)]
    [InlineData(72 * 3_600_000, Answered.InPart)]
    [InlineData(120 * 3_600_000, Answered.InPart)]
    [InlineData((120 * 3_600_000) + 1, Answered.Late)]
    public void Both_ends_of_the_middle_belong_to_it(long elapsed, Answered answered) =>
        RatingIndex.ClassOf(elapsed, Policy.Current.Hours).ShouldBe(answered);

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(-1, 2, -1)]
    [InlineData(1, 3, 0)]
    [InlineData(5, 0, 0)]
    public void Halves_round_away_from_zero(int numerator, int denominator, long expected) =>
        RatingIndex.Divide(numerator, denominator).ShouldBe(expected);

    [Theory]
    [InlineData("2025-01", 300, false, true, Grade.Unrated)]
    [InlineData("2025-01", 900, true, false, Grade.Unrated)]
    [InlineData("2025-01", 900, true, true, Grade.Recommended)]
    [InlineData("2021-02", 300, false, false, Grade.Unrated)]
    [InlineData("2021-02", 400, false, false, Grade.Cautious)]
    [InlineData("2021-02", 300, true, false, Grade.NotRecommended)]
    public void Policies_differ_in_who_is_unrated(
        string policy,
        long index,
        bool enrolled,
        bool contact,
        Grade grade
    ) => Policy.Parse(policy).Event!.GradeOf(index, enrolled, contact).ShouldBe(grade);

    [Theory]
    [InlineData(8, 10, 0.490, 0.943)]
    [InlineData(80, 100, 0.711, 0.867)]
    public void Wilson_intervals_of_the_reply_rate(long hits, long of, double lo, double hi)
    {
        var interval = Uncertainty.Wilson(hits, of);
        Math.Round(interval.Lo, 3).ShouldBe(lo);
        Math.Round(interval.Hi, 3).ShouldBe(hi);
    }

    [Fact]
    public void The_interval_agrees_with_a_seeded_bootstrap()
    {
        var random = new Random(20_261_121);
        var cases = Enumerable
            .Range(0, 148)
            .Select(_ => ((Answered)random.Next(4), random.Next(3) == 0 ? -1 : random.Next(11) * 1000))
            .ToList();
        Tally tally = default;
        foreach (var (answered, score) in cases)
            tally.Add(answered, score, anonymous: true);
        var (lo, hi) = Uncertainty.IndexIntervalOfCases(tally, IndexOf(tally), Unscored.Zero);

        List<(Answered, int)> augmented = [.. cases, (Answered.InFull, 10_000), (Answered.Never, 0)];
        var drawn = new List<double>();
        for (var i = 0; i < 20_000; i++)
        {
            Tally again = default;
            for (var k = 0; k < augmented.Count; k++)
            {
                var (answered, score) = augmented[random.Next(augmented.Count)];
                again.Add(answered, score, anonymous: true);
            }
            drawn.Add(IndexOf(again));
        }
        drawn.Sort();
        ((double)lo).ShouldBe(drawn[500], 6);
        ((double)hi).ShouldBe(drawn[19_500], 6);
    }

    [Fact]
    public void Five_equal_cases_do_not_look_certain()
    {
        Tally tally = default;
        for (var i = 0; i < 5; i++)
            tally.Add(Answered.InFull, 10_000, anonymous: true);
        var interval = Uncertainty.IndexInterval(tally, IndexOf(tally), Unscored.Zero);
        interval.Hi.ShouldBe(1000);
        interval.Lo.ShouldBeLessThan(750);
        Uncertainty.CrossesGrade(interval).ShouldBeTrue();
        Uncertainty.SatisfactionBounds(tally).ShouldBe((10_000, 10_000));
    }

    private static long IndexOf(Tally t) =>
        RatingIndex.Thousandths(t.Valid, t.Replied, t.Tenths, t.Scored, t.ScoreMilli, Unscored.Zero);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public void The_interval_of_timeliness_follows_the_number_of_cases()
    {
        // 8 within 72 h and 2 never answered, with one best and one worst beside: mean 9/12, s² = 9·(1 − 0.75)/11.
        var tally = default(Tally);
        for (var i = 0; i < 10; i++)
            tally.Add(i < 2 ? Answered.Never : Answered.InFull, scoreMilli: -1, anonymous: false);
        var (lo, hi) = Uncertainty.TimelinessInterval(tally);
        var half = 1.959964 * Math.Sqrt(9 * 0.25 / 11 / 12);
        lo.ShouldBe((long)Math.Round((0.75 - half) * 1000));
        hi.ShouldBe(1000, "as far as it goes: " + (0.75 + half));
        Uncertainty.TimelinessInterval(default).ShouldBe((0, 1000));
    }
}
