using System.Globalization;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Complaints;
using Hengping.Rules.Merchants;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>What somebody who files may expect, from the cases before theirs.</summary>
public sealed class WhatToExpect
{
    private const string Refund = "refund";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What happened in one case, as the test made it up.</summary>
    private sealed record Lived(
        Guid Merchant,
        string Problem,
        DateTimeOffset At,
        double? ReplyHours,
        bool Valid,
        Resolved? Said,
        bool Excluded
    );

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Is_what_counting_every_case_by_hand_gives(Db engine)
    {
        await using var market = await Market.Open(engine);
        var shop = await market.Merchant("甲");
        var branch = await market.Merchant("甲分店");
        var other = await market.Merchant("乙");
        var random = new Random(20261122);
        var lives = Enumerable.Range(0, 240).Select(_ => Life(random, [shop, branch, other])).ToList();
        await Task.WhenAll(lives.Select(life => Tell(market, life)));
        await Holds(market, lives, shop, [shop]);
        await Holds(market, lives, branch, [branch]);

        // Two entries of one merchant: whichever is asked for, both count.
        await market.Tell(branch, Market.Now.AddDays(-1), new MerchantEvent.Merged(shop, "同一家"));
        await Holds(market, lives, shop, [shop, branch]);
        await Holds(market, lives, branch, [shop, branch]);
        await Holds(market, lives, other, [other]);
        (await Expectation.Read(market.Store, Guid.CreateVersion7(), Refund, "consumer", Ct)).ShouldBeNull();
        var platform = await Expectation.Read(market.Store, shop, Refund, "merchant", Ct);
        platform.ShouldBe(new Expectation(0, null, null, 0, null, IsLatestOnly: false));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Is_a_plain_sentence_below_five_and_numbers_from_five_on(Db engine)
    {
        await using var site = await Site.Start(engine, Market.Now);
        var shop = await site.Merchant("甲", "brand");
        var path = $"/api/v1/merchants/{shop:D}/expect?problem=refund";
        for (var i = 1; i <= 4; i++)
            await Tell(site.Store, Answered(shop, i * 10, Resolved.Yes));
        // Pending: says nothing yet.
        await Tell(site.Store, Answered(shop, null, null) with { At = Market.Now.AddHours(-100) });
        (await Sentence("zh")).ShouldBe("这家商家的这类问题：此前的案件还不够多，说不出通常要多久、结果如何。");

        await Tell(site.Store, Answered(shop, null, null));
        (await Sentence("zh")).ShouldBe("这家商家的这类问题：5 件中 4 件得到回复。");
        await Tell(site.Store, Answered(shop, 100, Resolved.No));
        (await Sentence("zh")).ShouldBe(
            "这家商家的这类问题：6 件中 5 件得到回复，用时中位数 30 小时；不论哪类问题，5 人中 4 人说已解决。"
        );
        (await Sentence("en")).ShouldBe(
            "At this merchant, with this problem: 5 of 6 answered, median answer 30 hours; "
                + "with whatever problem, 4 of 5 said solved."
        );
        await site
            .Anyone.GetAsync(path.Replace(shop.ToString("D"), Guid.NewGuid().ToString("D")), Ct)
            .Refused(404, "not-found");

        async Task<string?> Sentence(string language)
        {
            await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
            var asked = new HttpRequestMessage(HttpMethod.Get, path);
            asked.Headers.AcceptLanguage.ParseAdd(language);
            return (await site.Visitor().SendAsync(asked, Ct).Json()).GetProperty("sentence").GetString();
        }
    }

    private static async Task Holds(Market market, List<Lived> lives, Guid asked, Guid[] under)
    {
        await Listening.CatchUp(market.Store, [RatingsListener.Instance], Ct);
        // What claimants said goes by the snapshot, in groups; never more than they did, and some of it.
        var ends = await LiveLists.Ends(market.Store, under, from: long.MinValue, Ct);
        var words = lives.Where(l => under.Contains(l.Merchant) && !l.Excluded && l.Said is not null).ToList();
        ends.Asked.ShouldBeInRange(5, words.Count);
        ends.Solved.ShouldBeInRange(1, words.Count(l => l.Said == Resolved.Yes));
        foreach (var problem in new[] { Refund, "quality" })
        {
            var read = await Expectation.Read(market.Store, asked, problem, "consumer", Ct);
            var counting = lives.Where(l => under.Contains(l.Merchant) && l.Problem == problem && !l.Excluded);
            read.ShouldBe(ByHand(counting, ends));
        }
    }

    private static Expectation ByHand(IEnumerable<Lived> counting, ShownEnds ends)
    {
        var all = counting.ToList();
        var told = all.Where(l => Replies(l) || (Market.Now - l.At).TotalHours > 120).ToList();
        var waits = told.Where(Replies).Select(l => l.ReplyHours!.Value).Order().ToList();
        return new Expectation(
            told.Count,
            told.Count < 5 ? null : told.Count(Replies),
            waits.Count < 5 ? null : Rounded((waits[(waits.Count - 1) / 2] + waits[waits.Count / 2]) / 2),
            ends.Asked,
            ends.Solved,
            IsLatestOnly: false
        );
    }

    private static bool Replies(Lived life) => life is { ReplyHours: not null, Valid: true };

    private static long Rounded(double hours) => (long)Math.Round(hours, MidpointRounding.AwayFromZero);

    private static Lived Life(Random random, Guid[] merchants)
    {
        var at = Market.Now.AddMinutes(-random.Next(60, 60 * 24 * 60));
        double? reply = random.Next(4) == 0 ? null : random.Next(1, 12_000) / 60.0;
        if (reply is { } hours && at.AddHours(hours) > Market.Now)
            reply = null;
        Resolved? said = random.Next(2) == 0 ? null : (Resolved)random.Next(3);
        return new Lived(
            merchants[random.Next(merchants.Length)],
            random.Next(3) == 0 ? "quality" : Refund,
            at,
            reply,
            random.Next(6) > 0,
            said,
            random.Next(10) == 0
        );
    }

    private static Lived Answered(Guid shop, double? hours, Resolved? said) =>
        new(shop, Refund, Market.Now.AddDays(-60), hours, Valid: true, said, Excluded: false);

    private static Task Tell(Market market, Lived life) => Tell(market.Store, life);

    private static async Task Tell(Store store, Lived life)
    {
        var id = Guid.CreateVersion7();
        var number = id.ToString("N", CultureInfo.InvariantCulture);
        var filed = new ComplaintEvent.Filed
        {
            Number = number,
            Side = Side.Consumer,
            Respondent = life.Merchant,
            Sector = "brand",
            Problem = life.Problem,
            Demands = [Refund],
            Channel = "web",
        };
        await Append(life.At, filed, new ComplaintEvent.Delivered(number, life.Merchant, First: true));
        if (life.ReplyHours is { } hours)
            await Append(life.At.AddHours(hours), new ComplaintEvent.Replied(life.Valid, "ok"));
        // Said twice: the last word counts.
        if (life.Said is { } said)
            await Append(
                life.At.AddHours(600),
                new ComplaintEvent.Scored(2, Resolved.Partly, null),
                new ComplaintEvent.Scored(6, said, null)
            );
        if (life.Excluded)
            await Append(life.At.AddHours(601), new ComplaintEvent.Excluded("duplicate"));

        async Task Append(DateTimeOffset when, params ComplaintEvent[] told)
        {
            var stream = await store.Load(App.Complaints.ComplaintBook.Instance, id, Ct);
            var change = store.Change(App.Complaints.ComplaintBook.Instance, stream, when, "import:test", told);
            (await store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();
        }
    }
}
