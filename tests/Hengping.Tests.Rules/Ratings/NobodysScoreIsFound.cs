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
    /// The last five scores of a month wait in live views until its list is frozen; so the list is exact, but where a
    /// sale that reaches into the month had its own list first.
    /// </summary>
    [Fact]
    public void The_first_list_of_a_month_is_exact()
    {
        var months = Shared
            .Value.AsTimeGoesBy()
            .Where(list =>
                list.AsOf == list.Period.FreezesAt && list.Period.Code.Contains("-0", StringComparison.Ordinal)
            )
            .Where(list => list.Period.Code != "2026-06")
            .ToList();
        foreach (var month in months)
            month.Frozen.List.Rows.ShouldBe(Shared.Value.Exact(month).List.Rows, month.Period.Code);
        months.Sum(month => month.Frozen.List.Rows.Sum(row => row.Scored)).ShouldBeGreaterThan(500);
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
