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
    /// Sound, not only likely: the reader is even told which cases stand behind each row. Two cases that stand behind
    /// the same rows can trade all they ever scored, and every published byte stays; so what a list prints of somebody
    /// is certain only where it prints the same of all who could trade.
    /// </summary>
    [Fact]
    public void A_score_is_certain_only_where_a_whole_row_is_unanimous()
    {
        var lists = Shared.Value.AsTimeGoesBy();
        var stands = new Dictionary<string, List<(int List, Guid Merchant, PrintedScore Score)>>(
            StringComparer.Ordinal
        );
        foreach (var (number, list) in lists.Index())
        foreach (var one in list.Frozen.Printed)
        {
            if (!stands.TryGetValue(one.PublicId, out var mine))
                stands.Add(one.PublicId, mine = []);
            mine.Add((number, one.Merchant, one.Score));
        }
        var certain = new HashSet<string>(StringComparer.Ordinal);
        var blocks = stands.GroupBy(one => string.Join(' ', one.Value.Select(at => $"{at.List}:{at.Merchant:N}")));
        foreach (var block in blocks)
        {
            var (id, mine) = block.First();
            foreach (var (place, at) in mine.Index())
            {
                if (at.Score.Milli is not { } score || block.Any(one => one.Value[place].Score.Milli != score))
                    continue;
                mine.ShouldContain(other => IsUnanimous(lists[other.List], other.Merchant, score), id);
                certain.UnionWith(block.Select(one => one.Key));
            }
        }

        // The market is one in which there is something to find: rows, waiting scores, corrections that moved.
        lists.Sum(list => list.Frozen.Printed.Count(one => one.Score.Milli is not null)).ShouldBeGreaterThan(5_000);
        lists.ShouldContain(list => list.Frozen.List.Rows.Any(row => row.Notes.Contains("scoresWait")));
        certain.Count.ShouldBeLessThan(stands.Count / 50);
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

    private static bool IsUnanimous(PublishedOne list, Guid merchant, int score)
    {
        var row = list.Frozen.List.Rows.First(row => row.MerchantId == merchant);
        return row.Scored == row.Valid && list.Scores(merchant).All(one => one == score);
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
                    if (left is > 0 and < ScoreRelease.Least)
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
