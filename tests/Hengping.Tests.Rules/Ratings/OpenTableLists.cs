using System.Text;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>Lists of format 2: their tables, and finding every change.</summary>
public sealed class OpenTableLists
{
    private static readonly DateTimeOffset AsOf = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
    private static readonly Period October = Period.Parse("2026-10", AsOf).Event!;

    [Fact]
    public void A_published_list_verifies_and_any_changed_byte_does_not()
    {
        var (list, tables) = Publish(RatingLists.Market(new Random(7), 120));
        Verify(list, tables).ShouldBeNull();
        list.ShouldStartWith("{\"format\":2,");

        var random = new Random(11);
        foreach (var at in Enumerable.Range(0, 400).Select(_ => random.Next(list.Length)))
            Verify(RatingLists.Flip(list, at), tables).ShouldNotBeNull($"list byte {at}: {list[at]}");
        for (var i = 0; i < 150; i++)
        {
            Verify(list, tables with { Answers = Flip(tables.Answers, random) }).ShouldNotBeNull();
            Verify(list, tables with { Scores = Flip(tables.Scores, random) }).ShouldNotBeNull();
            Verify(list, tables with { Described = Flip(tables.Described, random) }).ShouldNotBeNull();
            Verify(list, tables with { Outcomes = Flip(tables.Outcomes, random) }).ShouldNotBeNull();
        }
        Verify(list, tables with { Scores = tables.Scores[..^1] }).ShouldNotBeNull();
        Verify(list, tables with { Scores = LastTwice(tables.Scores) }).ShouldNotBeNull();
        Verify(list, tables with { Answers = LastTwice(tables.Answers) }).ShouldNotBeNull();
        Verification
            .Verify(list, new GivenTables(tables.Answers, tables.Scores, null, null, "another file"))!
            .Where.ShouldBe("cases.file");
        Verification.Verify(list, new StringReader("")).ShouldNotBeNull("it is no list of format 1");
    }

    [Fact]
    public void Nothing_in_the_tables_joins_a_score_to_a_case()
    {
        var cases = RatingLists.Market(new Random(7), 400);
        var (list, tables) = Publish(cases);
        var answers = Lines(tables.Answers);
        answers[0].ShouldBe("merchantId,deliveredAt,repliedAt,replyTimely,validReply,excluded");
        answers.Length.ShouldBe(cases.Count + 1);
        answers.Skip(1).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        var scores = Lines(tables.Scores);
        scores[0].ShouldBe("merchantId,score");
        scores.Skip(1).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        scores.Length.ShouldBe(1 + cases.Count(c => c.Excluded is null && c.ScoreMilli is not null));

        // Whoever trades all scores of a merchant among its cases gets the same bytes: that is what cannot be seen.
        var random = new Random(5);
        var traded = cases.GroupBy(c => (c.Merchant, c.Excluded is null)).SelectMany(group => Traded(group, random));
        var (again, others) = Publish([.. traded]);
        again.ShouldBe(list);
        others.Answers.ShouldBe(tables.Answers);
        others.Scores.ShouldBe(tables.Scores);
        others.Outcomes.ShouldBe(tables.Outcomes);
    }

    [Fact]
    public void Few_scores_few_words_and_few_outcomes_stay_out()
    {
        var cases = Enumerable
            .Range(0, 9)
            .Select(i =>
                RatingLists.Market(new Random(1), 1)[0] with
                {
                    PublicId = $"c{i}",
                    Merchant = RatingLists.Id(i < 5 ? 1 : 2),
                    Claimant = null,
                    Excluded = null,
                    ScoreMilli = i * 1000,
                    ScoredAt = AsOf.AddDays(-1),
                }
            )
            .ToList();
        var words = new CaseWords("brand", "refund", "上海", "under-100", "yes", "12.5");
        var told = cases.Select((c, i) => (c, i < 6 ? words : words with { Province = $"省{i}" })).ToList();
        var frozen = Frozen(told);
        var first = RatingLists.Id(1).ToString("D");
        Lines(frozen.Tables.Scores).Skip(1).ShouldAllBe(line => line.StartsWith(first, StringComparison.Ordinal));
        Lines(frozen.Tables.Outcomes).Skip(1).ShouldBe([$"{first},5,0,0,62.50"]);
        // Three people of a province each: none is named, and what all three share is too little as well.
        var described = Lines(frozen.Tables.Described);
        described.Count(line => line == "brand,refund,上海,under-100,").ShouldBe(6);
        described.Count(line => line == ",,,,").ShouldBe(3);

        // Two more: five share what is left of their words.
        told.AddRange(
            Enumerable
                .Range(9, 2)
                .Select(i => (cases[8] with { PublicId = $"d{i}" }, words with { Province = $"省{i}" }))
        );
        Lines(Frozen(told).Tables.Described).Count(line => line == "brand,refund,,under-100,").ShouldBe(5);
    }

    private static IEnumerable<RatingCase> Traded(IEnumerable<RatingCase> group, Random random)
    {
        var cases = group.ToList();
        var scores = cases.Select(c => (c.ScoreMilli, c.ScoredAt)).ToArray();
        random.Shuffle(scores);
        return cases.Select((c, i) => c with { ScoreMilli = scores[i].ScoreMilli, ScoredAt = scores[i].ScoredAt });
    }

    private static Difference? Verify(string list, OpenTables tables) =>
        Verification.Verify(
            list,
            new GivenTables(tables.Answers, tables.Scores, tables.Described, tables.Outcomes, null)
        );

    private static byte[] Flip(byte[] table, Random random)
    {
        var changed = (byte[])table.Clone();
        var at = random.Next(table.Length);
        changed[at] = changed[at] == (byte)'0' ? (byte)'1' : (byte)'0';
        return changed;
    }

    private static byte[] LastTwice(byte[] table)
    {
        var lines = Lines(table);
        return Encoding.UTF8.GetBytes(string.Concat(lines.Append(lines[^1]).Select(line => line + "\n")));
    }

    private static string[] Lines(byte[] table) => Encoding.UTF8.GetString(table).TrimEnd('\n').Split('\n');

    private static (string List, OpenTables Tables) Publish(List<RatingCase> cases)
    {
        var frozen = Frozen(cases.ConvertAll(c => (c, new CaseWords("other", "refund", "上海", Resolved: "yes"))));
        var tables = TableDigests.Of(frozen.Tables);
        var list = new PublishedList(frozen.List, 9, 1, null, frozen.Tables.Digest(), "f00", null, tables);
        return (list.ToJson(), frozen.Tables);
    }

    private static FrozenList Frozen(List<(RatingCase, CaseWords)> cases) =>
        FrozenList.Of(
            new FrozenAs(October, null, Side.Consumer, Policy.Current, AsOf),
            cases,
            RatingLists.Facts,
            FrozenList.SaidIn(cases)
        );
}
