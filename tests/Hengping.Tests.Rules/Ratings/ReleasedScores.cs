using Hengping.Rules.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>No list less another gives away fewer than five scores.</summary>
public sealed class ReleasedScores
{
    private static readonly Guid Shop = new(1, 0, 0, new byte[8]);

    [Fact]
    public void The_first_list_prints_what_there_is_and_the_same_again_changes_nothing()
    {
        var row = Row([], Cases("a", 8, scored: 3));
        row.Waits.ShouldBeFalse();
        Scores(row).ShouldBe([0, 1, 2]);
        Scores(Row([row], Cases("a", 8, scored: 3))).ShouldBe([0, 1, 2]);
        Row([row], Cases("a", 8, scored: 3)).Waits.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_correction_of_fewer_than_five_scores_prints_the_old_ones(int changed)
    {
        var before = Row([], Cases("a", 12, scored: 8));
        var after = Row([before], Changed(Cases("a", 12, scored: 8), changed));
        after.Waits.ShouldBeTrue();
        after.Cases.ShouldBe(before.Cases);
    }

    [Fact]
    public void Five_at_once_are_printed()
    {
        var before = Row([], Cases("a", 12, scored: 8));
        var after = Row([before], Changed(Cases("a", 12, scored: 8), 5));
        after.Waits.ShouldBeFalse();
        Scores(after).ShouldBe([5, 6, 7, 10, 10, 10, 10, 10]);
    }

    [Fact]
    public void An_excluded_case_does_not_take_its_score_out_of_the_sum_alone()
    {
        var before = Row([], Cases("a", 12, scored: 8));
        var cases = Cases("a", 12, scored: 8);
        cases[0] = cases[0] with { Counts = false };
        var after = Row([before], cases);
        after.Waits.ShouldBeTrue();
        Scores(after).ShouldBe(Scores(before));

        // Five excluded at once may go, where what stays is not few either.
        var many = Cases("b", 20, scored: 12);
        var printed = Row([], many);
        for (var i = 0; i < 5; i++)
            many[i] = many[i] with { Counts = false };
        Scores(Row([printed], many)).ShouldBe([5, 6, 7, 8, 9, 0, 1], ignoreOrder: true);
    }

    [Fact]
    public void A_quarter_takes_the_month_that_had_no_list_only_with_five_scores()
    {
        var month = Row([], Cases("a", 8, scored: 6));
        var few = Row([month], [.. Cases("a", 8, scored: 6), .. Cases("b", 4, scored: 4)]);
        few.Waits.ShouldBeTrue();
        few.Cases.Count.ShouldBe(8);
        var enough = Row([month], [.. Cases("a", 8, scored: 6), .. Cases("b", 9, scored: 5)]);
        enough.Waits.ShouldBeFalse();
        enough.Cases.Count.ShouldBe(17);
        // The half-year after it has the waiting ones with others.
        var half = Row([month, few], [.. Cases("a", 8, scored: 6), .. Cases("b", 4, 4), .. Cases("c", 3, 1)]);
        half.Waits.ShouldBeFalse();
        Scores(half).Count.ShouldBe(11);
    }

    [Fact]
    public void A_campaign_parts_a_month_only_where_both_parts_have_five_scores()
    {
        var month = Row([], [.. Cases("early", 6, scored: 2), .. Cases("late", 9, scored: 7)]);
        var whole = Row([month], [.. Cases("late", 9, scored: 7), .. Cases("june", 9, scored: 6)]);
        whole.Waits.ShouldBeTrue();
        Scores(whole).Count.ShouldBe(9 + 6, "the month stands whole, as it was printed");

        month = Row([], [.. Cases("early", 6, scored: 5), .. Cases("late", 9, scored: 7)]);
        var parted = Row([month], [.. Cases("late", 9, scored: 7), .. Cases("june", 9, scored: 6)]);
        parted.Waits.ShouldBeFalse();
        Scores(parted).Count.ShouldBe(7 + 6);
    }

    [Fact]
    public void A_part_whose_people_all_said_the_same_is_not_shown_alone()
    {
        var same = Cases("late", 6, scored: 6).ConvertAll(c => c with { Score = Ten });
        var month = Row([], [.. Cases("early", 8, scored: 6), .. same]);
        Row([month], same).Waits.ShouldBeTrue();
    }

    [Fact]
    public void A_correction_after_which_part_of_a_row_says_the_same_waits()
    {
        var silent = Row([], Cases("a", 6, scored: 0));
        var row = Row([silent], [.. Cases("a", 6, scored: 0), .. Cases("b", 9, scored: 7)]);
        var later = Row([silent, row], [.. Changed(Cases("a", 6, 0), 6), .. Cases("b", 9, scored: 7)]);
        later.Waits.ShouldBeTrue();
        Scores(later).Count.ShouldBe(7);
        // All of a row may: whoever gets that list knows what it says.
        Scores(Row([silent], Changed(Cases("a", 6, scored: 0), 6))).Count.ShouldBe(6);
    }

    /// <summary>A quarter that came first, less its November, is its December once its October is printed.</summary>
    [Fact]
    public void A_month_after_its_quarter_gives_no_other_month_away()
    {
        var (october, november) = (Cases("oct", 9, scored: 7), Cases("nov", 9, scored: 6));
        var december = Cases("dec", 3, scored: 1);
        var quarter = Row([], [.. october, .. november, .. december]);
        var second = Row([quarter], november);
        second.Waits.ShouldBeFalse();
        Row([quarter, second], october).Waits.ShouldBeTrue();
        // With the quarter alone it would be parted.
        Row([quarter], october).Waits.ShouldBeFalse();

        var days = Days("2026-Q4", "2026-11", "2026-09", "2027-01");
        ScoreRelease.Reach(Days("2026-10")[0], days).ShouldBe((days[0].From, days[0].Until));
        ScoreRelease.Reach(Days("2026-10")[0], []).ShouldBe((Days("2026-10")[0].From, days[1].From));
        // May meets the sale, which meets June; July meets neither.
        var chained = Days("2026-06", "2026-618", "2026-07", "2026-05");
        ScoreRelease.Reach(chained[3], chained[..3]).ShouldBe((chained[3].From, chained[0].Until));
    }

    [Fact]
    public void There_are_never_more_scores_than_cases()
    {
        var month = Row([], [.. Cases("early", 20, scored: 20), .. Cases("late", 5, scored: 3)]);
        var campaign = Row([month], [.. Cases("late", 5, scored: 3), .. Cases("june", 3, scored: 0)]);
        Scores(campaign).ShouldBeEmpty();
        campaign.Waits.ShouldBeTrue();
    }

    private static Period[] Days(params string[] codes) =>
        [.. codes.Select(code => Period.Parse(code, new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero)).Event!)];

    private static readonly PrintedScore Ten = new(10_000, "yes", null);

    private static ScoreRelease.Row Row(IEnumerable<ScoreRelease.Row> lists, List<ScoreRelease.Now> cases) =>
        new ScoreRelease(lists.Select(list => list.Cases)).Of(Shop, cases);

    private static List<int> Scores(ScoreRelease.Row row) =>
        [.. row.Cases.Select(one => one.Score.Milli).OfType<int>().Select(milli => milli / 1000).Order()];

    private static List<ScoreRelease.Now> Changed(List<ScoreRelease.Now> cases, int count) =>
        [.. cases.Select((c, i) => i < count ? c with { Score = Ten } : c)];

    // The first so many have scored 0, 1, 2 …; the others said nothing.
    private static List<ScoreRelease.Now> Cases(string name, int count, int scored) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new ScoreRelease.Now(
                    name + i,
                    Counts: true,
                    i < scored ? new PrintedScore(i % 10 * 1000, null, null) : new PrintedScore(null, null, null)
                )),
        ];
}
