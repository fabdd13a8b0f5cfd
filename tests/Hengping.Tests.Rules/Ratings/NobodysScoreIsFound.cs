using Hengping.Rules.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>
/// What a reader can find out who takes all published lists of a generated market together: overlapping periods,
/// corrections, everything.
/// </summary>
public sealed class NobodysScoreIsFound
{
    private static readonly Lazy<PublishedMarket> Shared = new(() => new PublishedMarket(20_261_129));

    /// <summary>
    /// The last five scores of a month wait in live views until its list is frozen: so the list is exact but where live
    /// views told the first five and fewer than five came after them, and where a sale that reaches into the month had
    /// its list first.
    /// </summary>
    [Fact]
    public void The_first_list_of_a_month_is_exact_for_nearly_all()
    {
        var months = Shared
            .Value.AsTimeGoesBy()
            .Where(list => IsMonth(list.Period.Code) && list.Period.Code != "2026-06");
        var (rows, waiting) = (0, 0);
        foreach (var month in months)
        {
            var mine = month.Frozen.List.Rows.ToDictionary(row => row.MerchantId, Line);
            foreach (var row in Shared.Value.Exact(month).List.Rows)
            {
                rows++;
                if (month.Plain(row.MerchantId) is null)
                    waiting++;
                else
                    mine[row.MerchantId].ShouldBe(Line(row), month.Period.Code);
            }
        }
        rows.ShouldBeGreaterThan(200);
        waiting.ShouldBeLessThan(rows / 10);
    }

    /// <summary>With the published files alone: a list less lists inside it never leaves one to four scores.</summary>
    [Fact]
    public void No_list_less_others_leaves_few_scores()
    {
        Few(Shared.Value.AtOnce(guarded: true)).ShouldBeEmpty();
        // Else it would: this is what the blocks are for.
        Few(Shared.Value.AtOnce(guarded: false)).Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Every_such_list_is_what_its_tables_say()
    {
        foreach (var list in Shared.Value.AtOnce(guarded: true))
        {
            var tables = list.Frozen.Tables;
            var json = new PublishedList(
                list.Frozen.List,
                1,
                1,
                null,
                tables.Digest(),
                "f00",
                null,
                TableDigests.Of(tables)
            ).ToJson();
            Verification
                .Verify(json, new GivenTables(tables.Answers, tables.Scores, tables.Described, tables.Outcomes, null))
                .ShouldBeNull(list.Period.Code);
        }
    }

    private static bool IsMonth(string code) => code.Length == "2026-01".Length && char.IsDigit(code[^2]);

    private static string Line(RatingRow row) =>
        $"{row.Merchant} {row.Scored} {row.Satisfaction} {row.Index} {row.Interval[0]} {row.Interval[1]} "
        + string.Join(' ', row.Notes);

    /// <summary>Differences of one to four scores, of all rows a reader may take for those of their period.</summary>
    private static List<string> Few(List<PublishedOne> lists)
    {
        var found = new List<string>();
        foreach (
            var merchant in lists.SelectMany(list => list.Frozen.List.Rows).Select(row => row.MerchantId).Distinct()
        )
        {
            var plain = lists.Where(list => list.Plain(merchant) is not null).ToList();
            foreach (var whole in plain)
            {
                var inside = plain.Where(one => one != whole && IsIn(one.Period, whole.Period)).ToList();
                for (var pick = 1; pick < 1 << inside.Count; pick++)
                {
                    var parts = inside.Where((_, i) => ((pick >> i) & 1) == 1).OrderBy(one => one.Period.From).ToList();
                    // Apart from each other, and as many as fit: what another row prints by itself is no finding.
                    if (parts.Any(one => parts.Any(other => one != other && Meet(one, other))))
                        continue;
                    if (inside.Any(one => !parts.Exists(part => Meet(one, part))))
                        continue;
                    var left = whole.Plain(merchant)!.Scored - parts.Sum(part => part.Plain(merchant)!.Scored);
                    if (left is > 0 and < DailySnapshot.Least)
                        found.Add($"{whole.Period.Code} less {string.Join(", ", parts.Select(p => p.Period.Code))}");
                }
            }
        }
        return found;
    }

    private static bool Meet(PublishedOne one, PublishedOne other) =>
        one.Period.From < other.Period.Until && other.Period.From < one.Period.Until;

    private static bool IsIn(Period part, Period whole) => whole.From <= part.From && part.Until <= whole.Until;
}
