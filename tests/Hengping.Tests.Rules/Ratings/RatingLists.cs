using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>Lists as a whole: order, minimum, roll-ups against scratch, freezing and finding every change.</summary>
public sealed class RatingLists
{
    private static readonly DateTimeOffset AsOf = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
    private static readonly Period October = Period.Parse("2026-10", AsOf).Event!;

    [Fact]
    public void Equal_indices_share_a_rank_and_the_next_one_skips()
    {
        var cases = new List<RatingCase>();
        foreach (var (merchant, answered) in new[] { (1, 5), (2, 4), (3, 4), (4, 2) })
            cases.AddRange(Enumerable.Range(0, 5).Select(i => Case(merchant, i, i < answered)));
        var list = ListOf(cases);
        list.Rows.Select(r => r.Rank).ShouldBe([1, 2, 2, 4]);
        list.Rows[1].MerchantId.CompareTo(list.Rows[2].MerchantId).ShouldBeLessThan(0);
        list.Rows[0].ReplyRate.ToString(null, null).ShouldBe("1.0000");
    }

    [Fact]
    public void Fewer_than_five_complaints_or_claimants_are_not_listed()
    {
        List<RatingCase> cases =
        [
            .. Enumerable.Range(0, 4).Select(i => Case(1, i, true)),
            .. Enumerable.Range(0, 9).Select(i => Case(2, i, true) with { Claimant = Id(i % 4) }),
            .. Enumerable.Range(0, 5).Select(i => Case(3, i, true) with { Claimant = null }),
        ];
        var list = ListOf(cases);
        list.Rows.Single().MerchantId.ShouldBe(Id(3));
        list.Basis.TooFewClaimants.ShouldBe([Id(2)]);
        list.Basis.Base.ShouldBe(18);
    }

    [Fact]
    public void The_unrated_come_last_without_a_rank()
    {
        var cases = Enumerable.Range(0, 10).Select(i => Case(1 + (i % 2), i, i % 2 == 1)).ToList();
        var sums = new MerchantTable();
        sums.AddCases(CaseColumns.Of(cases, sums), October, AsOf);
        var list = Compute(sums, id => Facts(id) with { Enrolled = id != Id(2) });
        list.Rows[0].MerchantId.ShouldBe(Id(1));
        list.Rows[1].Rank.ShouldBeNull();
        list.Rows[1].Index.ShouldBe(0.8m);
        list.Rows[1].Notes.ShouldContain("notEnrolled");
    }

    [Fact]
    public void Roll_ups_give_the_list_from_scratch() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var cases = Market(new System.Random(seed), 400);
                    var scratch = ListOf(cases);
                    var rolled = new MerchantTable();
                    foreach (var cell in cases.GroupBy(c => (c.Merchant, c.DeliveredAt.Date)))
                    {
                        var day = new MerchantTable();
                        day.AddCases(CaseColumns.Of(cell.ToList(), day), October, AsOf);
                        var seen = cell.Where(c => c.Excluded is null && c.Claimant is not null)
                            .Select(c => rolled.ClaimantOf(c.Claimant!.Value))
                            .Distinct()
                            .Take(5)
                            .ToArray();
                        var tally = Tally.Of(day[day.IndexOf(cell.Key.Merchant)].Numbers());
                        rolled.AddCell(rolled.IndexOf(cell.Key.Merchant), tally, seen);
                    }
                    PublishedList.LiveJson(Compute(rolled, Facts), 1).ShouldBe(PublishedList.LiveJson(scratch, 1));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Many_cases_at_once_give_the_same_sums_as_one_by_one()
    {
        var cases = Market(new System.Random(3), 20_000);
        var late = October.From.AddDays(20);
        foreach (var asOf in new[] { AsOf, late })
        {
            var one = new MerchantTable();
            var each = new CaseColumns(1);
            foreach (var c in cases)
            {
                each.Set(0, c, one.IndexOf(c.Merchant), c.Claimant is { } id ? one.ClaimantOf(id) : -1);
                one.AddCases(each, October, asOf);
            }
            var many = new MerchantTable();
            many.AddCases(CaseColumns.Of(cases, many), October, asOf);
            for (var i = 0; i < many.Count; i++)
            {
                many[i].ShouldBe(one[i]);
                many.Claimants(i).ShouldBe(one.Claimants(i));
            }
            many[0].Excluded.ShouldBeGreaterThan(0);
            (many[0].Pending > 0).ShouldBe(asOf == late);
        }
    }

    [Fact]
    public void A_list_of_format_1_still_verifies_and_any_changed_byte_does_not()
    {
        var (list, file) = PublishInFormat1(Market(new System.Random(7), 120));
        list.ShouldNotContain("\"format\"");
        Verification.Verify(list, new StringReader(file)).ShouldBeNull();

        var random = new System.Random(11);
        foreach (var at in Enumerable.Range(0, 400).Select(_ => random.Next(list.Length)))
            Verification.Verify(Flip(list, at), new StringReader(file)).ShouldNotBeNull($"list byte {at}: {list[at]}");

        var lines = file.Split('\n');
        for (var i = 0; i < 300; i++)
        {
            var line = random.Next(lines.Length - 1);
            var rating = string.Join(',', lines[line].Split(',').Take(9)).Length;
            var changed = (string[])lines.Clone();
            changed[line] = Flip(lines[line], random.Next(rating));
            Verification
                .Verify(list, new StringReader(string.Join('\n', changed)))
                .ShouldNotBeNull($"{lines[line]} → {changed[line]}");
        }
        Verification.Verify(list, new StringReader(string.Join('\n', lines.Skip(1)))).ShouldNotBeNull();
        Verification.Verify(list, new StringReader(string.Join('\n', lines.Take(lines.Length - 2)))).ShouldNotBeNull();
        Verification.Verify("{}", new StringReader(file)).ShouldNotBeNull();
        Verification.Verify("not json", new StringReader(file)).ShouldNotBeNull();
    }

    [Fact]
    public void The_first_difference_is_named()
    {
        var (list, file) = PublishInFormat1(Market(new System.Random(7), 120));
        var row = list.IndexOf("\"index\":0.", StringComparison.Ordinal) + 10;
        Verification.Verify(Flip(list, row), new StringReader(file))!.Where.ShouldContain("index");
    }

    internal static string Flip(string text, int at)
    {
        var to = text[at] switch
        {
            '0' => '1',
            >= '1' and <= '9' => '0',
            'a' => 'b',
            _ => 'a',
        };
        return new StringBuilder(text) { [at] = to }.ToString();
    }

    private static (string List, string File) PublishInFormat1(List<RatingCase> cases)
    {
        var sums = new MerchantTable();
        sums.AddCases(CaseColumns.Of(cases, sums), October, AsOf);
        using var digests = new CaseFile.Digests();
        var file = new StringBuilder(CaseFile.Header).Append('\n');
        foreach (var one in cases.OrderBy(c => c.PublicId, StringComparer.Ordinal))
        {
            digests.Add(one, AsOf);
            file.Append(CaseFile.Line(one, new CaseWords("other", "refund", "上海"))).Append('\n');
        }
        var (digest, all) = digests.Finish();
        var list = RatingList.Compute(October, null, Side.Consumer, Policy.Current, AsOf, sums, Facts, format: 1);
        var published = new PublishedList(list, 1234, 1, null, digest, "f00", null, CasesDigest: all);
        return (published.ToJson(), file.ToString());
    }

    internal static List<RatingCase> Market(System.Random random, int count)
    {
        var cases = new List<RatingCase>();
        for (var i = 0; i < count; i++)
        {
            var delivered = October.From.AddMilliseconds(random.NextInt64(31L * 86_400_000));
            var replied = random.Next(3) > 0;
            var timed = replied && random.Next(4) > 0;
            var scored = random.Next(2) == 0;
            cases.Add(
                Case(1 + random.Next(8), i, false) with
                {
                    Claimant = random.Next(3) == 0 ? null : Id(100 + random.Next(40)),
                    DeliveredAt = delivered,
                    ValidReply = replied,
                    RepliedAt = timed ? delivered.AddHours(random.Next(140)) : null,
                    ReplyTimely = replied && !timed ? random.Next(2) == 0 : null,
                    ScoreMilli = scored ? random.Next(10_001) : null,
                    ScoredAt = scored ? delivered.AddHours(200) : null,
                    Excluded = random.Next(10) == 0 ? "duplicate" : null,
                    Touched = (Touches)(random.Next(10) == 0 ? random.Next(8) : 0),
                }
            );
        }
        return cases;
    }

    private static RatingCase Case(int merchant, int i, bool replied)
    {
        var delivered = October.From.AddHours(i);
        return new RatingCase
        {
            PublicId = $"c{merchant:d3}{i:d5}",
            Merchant = Id(merchant),
            Side = Side.Consumer,
            Claimant = Id(1000 + i),
            DeliveredAt = delivered,
            ValidReply = replied,
            RepliedAt = replied ? delivered.AddHours(1) : null,
        };
    }

    private static RatingList ListOf(List<RatingCase> cases)
    {
        var sums = new MerchantTable();
        sums.AddCases(CaseColumns.Of(cases, sums), October, AsOf);
        return Compute(sums, Facts);
    }

    private static RatingList Compute(MerchantTable sums, Func<Guid, RatedMerchant> factsOf) =>
        RatingList.Compute(October, null, Side.Consumer, Policy.Current, AsOf, sums, factsOf);

    internal static RatedMerchant Facts(Guid id) => new(id, $"商家 {id:N}", "other", Enrolled: true, HasContact: true);

    internal static Guid Id(int n) => new(n, 0, 0, new byte[8]);
}
