using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Screening;
using Hengping.World;
using Hengping.World.Pictures;
using Shouldly;
using Xunit;

namespace Hengping.Tests.World;

public class MarketTests
{
    private static readonly DateTimeOffset End = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_and_end_give_the_same_bytes()
    {
        Print(Lived(7)).ShouldBe(Print(Lived(7)));
        Print(Lived(7)).ShouldNotBe(Print(Lived(8)));
    }

    [Fact]
    public void Chance_is_the_same_on_every_machine()
    {
        var chance = new Chance(42, "fixed", 7);
        Enumerable.Range(0, 3).Select(_ => chance.Bits()).ShouldBe(Reference(42, "fixed", 7).Take(3));
        Enumerable.Range(0, 10_000).Average(_ => chance.Part()).ShouldBe(0.5, 0.02);
        Enumerable.Range(0, 10_000).Select(_ => chance.Below(6)).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public void The_demo_market_is_as_large_and_as_varied_as_promised()
    {
        var market = new Market(1, End, MarketSize.Demo);
        market.Merchants.Count.ShouldBeGreaterThanOrEqualTo(40);
        market.Merchants.Select(m => m.Name).ShouldBeUnique();
        market.Cases.Count.ShouldBeGreaterThanOrEqualTo(20_000);
        market.Cases.Select(c => c.Text).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(20_500);
        market.Cases.Count(c => c.Seller is not null).ShouldBeInRange(700, 1_300);
        market.Cases.Where(c => c.FiledAt < market.Start.AddDays(-1) || c.FiledAt >= End).ShouldBeEmpty();
        // The two great sales stand out of an ordinary month.
        int Month(int month) => market.Cases.Count(c => c.FiledAt.Month == month && c.FiledAt.Year == 2026);
        Month(6).ShouldBeGreaterThan(Month(4) * 3 / 2);
    }

    [Fact]
    public void Every_text_passes_the_story_rules_and_no_slot_is_left()
    {
        // Plain loops: asserting on each of so many texts takes longer than writing them.
        var texts = new Market(3, End, new MarketSize(6_000, 4_000)).Cases.Select(c => c.Text).ToList();
        texts.Where(t => t.Length is < Filing.StoryMin or > Filing.StoryMax).ShouldBeEmpty();
        texts.Where(t => t.IndexOfAny(['{', '}', '<', '>', '|']) >= 0).ShouldBeEmpty();
        texts.Where(t => ScreeningList.Shipped.Marks(t)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_event_came_from_a_rule_and_stands_in_order()
    {
        foreach (var life in Lived(5))
        {
            life.Story[0].Event.ShouldBeOfType<ComplaintEvent.Filed>();
            Complaint? state = null;
            foreach (var (happened, at, author) in life.Story)
            {
                at.ShouldBeGreaterThanOrEqualTo(state?.LastAt ?? at);
                at.ShouldBeLessThan(End);
                state = Complaint.Fold(state, happened, at, author);
            }
            state!.Version.ShouldBe(life.Story.Count);
            foreach (var offer in life.Story.Select(one => one.Event).OfType<ComplaintEvent.OfferMade>())
                SumsSaid.Unlike(offer.Terms, offer.Amount).ShouldBeNull(offer.Terms);
            var waited = Regex.Match(life.Plan.Text, "过了([0-9]+)天");
            var since = DateOnly.FromDateTime(life.Plan.FiledAt.DateTime).DayNumber - life.Plan.OrderedAt.DayNumber;
            if (waited.Success)
                int.Parse(waited.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                    .ShouldBeLessThanOrEqualTo(Math.Max(1, since), life.Plan.Text);
            state.Status.ShouldBe(life.State.Status);
        }
    }

    [Fact]
    public void Merchants_behave_in_their_manner()
    {
        var market = new Market(1, End, new MarketSize(2_500, 2_000));
        var delivered = market
            .Cases.Select(c => Play.Of(market, TestHouse.Plain(market), c))
            .Where(l => l.State.WasDelivered);
        var share = delivered
            .GroupBy(l => market.Merchants.First(m => m.Id == l.State.Respondent).Behaviour.Manner)
            .ToDictionary(g => g.Key, g => g.Average(l => l.State.FirstValidReply is null ? 0.0 : 1.0));
        share[Manner.Prompt].ShouldBeGreaterThan(0.85);
        share[Manner.Silent].ShouldBeLessThan(0.25);
        share[Manner.Template].ShouldBeInRange(0.3, 0.7);
    }

    [Fact]
    public void Pictures_are_png_files_that_inflate_to_their_size()
    {
        var market = new Market(1, End, MarketSize.Small);
        var png = Proof.Receipt(market.Cases[0], new Chance(1, "picture"));
        png[1..4].ShouldBe("PNG"u8.ToArray());
        var data = png.AsSpan().IndexOf("IDAT"u8);
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(data - 4));
        using var zlib = new System.IO.Compression.ZLibStream(
            new MemoryStream(png, data + 4, length),
            System.IO.Compression.CompressionMode.Decompress
        );
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        raw.Length.ShouldBe(((300 / 4) + 1) * 380);
    }

    private static List<CaseLife> Lived(ulong seed)
    {
        var market = new Market(seed, End, MarketSize.Small);
        var house = TestHouse.Plain(market);
        return [.. market.Cases.AsParallel().AsOrdered().Select(c => Play.Of(market, house, c))];
    }

    private static string Print(List<CaseLife> lives)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var life in lives)
        {
            foreach (var (happened, at, author) in life.Story)
            {
                hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType()));
                hash.AppendData(JsonSerializer.SerializeToUtf8Bytes((at, author)));
            }
            foreach (var picture in life.Evidence)
                hash.AppendData(picture.Draw());
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    // An independent writing of the same generators, from their papers.
    private static IEnumerable<ulong> Reference(ulong seed, string purpose, long index)
    {
        var x = seed;
        ulong SplitMix()
        {
            x += 0x9E3779B97F4A7C15UL;
            var z = x;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
        foreach (var letter in purpose)
        {
            var mixed = SplitMix();
            x = mixed ^ letter;
        }
        x = SplitMix() ^ (ulong)index;
        ulong[] s = [SplitMix(), SplitMix(), SplitMix(), SplitMix()];
        static ulong Turn(ulong v, int k) => (v << k) | (v >> (64 - k));
        while (true)
        {
            yield return Turn(s[1] * 5, 7) * 9;
            var t = s[1] << 17;
            s[2] ^= s[0];
            s[3] ^= s[1];
            s[1] ^= s[2];
            s[0] ^= s[3];
            s[2] ^= t;
            s[3] = Turn(s[3], 45);
        }
    }
}
