using System.Text.Json;
using Hengping.App.Ratings;
using Hengping.Rules.Complaints;
using Hengping.Rules.Merchants;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>Roll-ups, freezing and looking back, on both engines.</summary>
public sealed class ListsInTheStore
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Roll_ups_give_the_list_from_scratch_whenever_they_hear(Db engine)
    {
        await using var market = await Market.Open(engine);
        for (var i = 0; i < 5; i++)
            await market.Merchant($"商家{i}", i % 2 == 0 ? "brand" : "travel", enrolled: i != 4);
        for (var seed = 1; seed <= 3; seed++)
        {
            await market.Fill(seed, 60);
            await market.CatchUp();
            foreach (var period in new[] { "all", "ytd", "2026-10", "2026-Q4", "2026-1111" })
            {
                Json(await market.Live(period)).ShouldBe(Json(await market.Scratch(period)), period);
                (await market.Live(period)).Basis.Base.ShouldBeGreaterThan(0);
            }
            var sector = await market.Live("all", "digital-retail");
            Json(sector).ShouldBe(Json(await market.Scratch("all", "digital-retail")));
            sector.Rows.ShouldAllBe(r => r.Sector == "brand");
        }
        (await market.Live("all")).Basis.Pending.ShouldBeGreaterThan(0);
        (await market.Live("all")).Basis.Touched!.Contest.ShouldBeGreaterThan(0);
        await HearsTwice(market);
    }

    /// <summary>At least once: hearing all again changes nothing, and so does a rebuild of the rows.</summary>
    private static async Task HearsTwice(Market market)
    {
        var before = Json(await market.Live("all"));
        await market.Store.Write(
            async (db, tx) =>
            {
                await using var command = db.CreateCommand();
                command.Transaction = tx;
                command.CommandText = "delete from checkpoints where name = 'ratings'";
                return await command.ExecuteNonQueryAsync(Ct);
            },
            Ct
        );
        await market.CatchUp();
        Json(await market.Live("all")).ShouldBe(before);
        await market.Store.Write(
            async (db, tx) =>
            {
                await RatingsListener.Instance.Forget(db, tx);
                await using var command = db.CreateCommand();
                command.Transaction = tx;
                command.CommandText = "delete from checkpoints where name = 'ratings'";
                return await command.ExecuteNonQueryAsync(Ct);
            },
            Ct
        );
        (await market.Live("all")).Basis.Base.ShouldBe(0);
        await market.CatchUp();
        Json(await market.Live("all")).ShouldBe(before);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_published_list_is_frozen_chained_and_verifies(Db engine)
    {
        await using var market = await Market.Open(engine);
        for (var i = 0; i < 4; i++)
            await market.Merchant($"商家{i}");
        await market.Fill(5, 120);
        await market.CatchUp();

        var first = (await PublishList.Run(market.Store, Market.Asked("2026-10"), null, "cli", Ct)).Event!;
        var again = (await PublishList.Run(market.Store, Market.Asked("2026-10"), null, "cli", Ct)).Event!;
        again.Json.ShouldBe(first.Json);
        Holds(market, first);

        var second = (await PublishList.Run(market.Store, Market.Asked("2026-Q3"), null, "cli", Ct)).Event!;
        second.PreviousHash.ShouldBe(first.Hash);
        await market.Fill(6, 40);
        await market.CatchUp();
        var corrected = (await PublishList.Run(market.Store, Market.Asked("2026-10"), "补录", "cli", Ct)).Event!;
        corrected.Version.ShouldBe(2);
        corrected.PreviousHash.ShouldBe(second.Hash);
        corrected.Hash.ShouldNotBe(first.Hash);
        Holds(market, first);
        Holds(market, corrected);
        (await PublishList.Find(market.Store, Market.Asked("2026-10"), Ct))!.Hash.ShouldBe(corrected.Hash);
        var rows = await market.Store.First<long>("select count(*) from rating_lists", null, Ct);
        rows.ShouldBe(3);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_may_not_be_frozen_is_refused(Db engine)
    {
        await using var market = await Market.Open(engine);
        foreach (
            var (period, correct, code) in new[]
            {
                ("all", null, "list.moving"),
                ("ytd", null, "list.moving"),
                ("2026-11", null, "list.too-early"),
                ("2026-10", "why", "list.nothing-to-correct"),
            }
        )
        {
            var decided = await PublishList.Run(market.Store, Market.Asked(period), correct, "cli", Ct);
            decided.Refusal!.Code.ShouldBe(code);
        }
        (await market.Store.Head(Ct)).ShouldBe(0);
        (await PublishList.Again(market.Store, Market.Asked("2026-10"), "cli", Ct)).Refusal!.Code.ShouldBe(
            "list.not-published"
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_list_of_format_1_is_published_again_in_format_2_with_the_same_numbers(Db engine)
    {
        await using var market = await Market.Open(engine);
        for (var i = 0; i < 4; i++)
            await market.Merchant($"商家{i}");
        await market.Fill(5, 160);
        await market.CatchUp();
        var asked = Market.Asked("2026-10");
        var old = await OldList.Publish(market.Store, asked, Ct);
        OpenData.Verify(market.Store.Place.Data, old).ShouldBeNull();

        // What came later is in no number of it.
        await market.Fill(6, 80);
        await market.CatchUp();
        var again = (await PublishList.Again(market.Store, asked, "cli", Ct)).Event!;
        again.Version.ShouldBe(2);
        again.PreviousHash.ShouldBe(old.Hash);
        again.AsOf.ShouldBe(old.AsOf);
        again.Reason!.ShouldContain("format 2");
        Holds(market, again);
        Numbers(again.Json).ShouldBe(Numbers(old.Json));
        (await PublishList.Again(market.Store, asked, "cli", Ct)).Event!.Hash.ShouldBe(again.Hash);

        // A correction after it may go on from what both have printed.
        Holds(market, (await PublishList.Run(market.Store, asked, "补录", "cli", Ct)).Event!);
    }

    private static List<string> Numbers(string json) =>
        [
            .. JsonSerializer
                .Deserialize<JsonElement>(json)
                .GetProperty("rows")
                .EnumerateArray()
                .Select(row =>
                    string.Join(
                        ' ',
                        row.EnumerateObject()
                            .Where(m => m.Name is not ("interval" or "notes"))
                            .Select(m => m.Value.GetRawText())
                    )
                ),
        ];

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_past_view_sees_what_was_known_then(Db engine)
    {
        await using var market = await Market.Open(engine);
        var shop = await market.Merchant("甲");
        var day = Market.Now.AddDays(-60);
        for (var i = 0; i < 6; i++)
        {
            await market.Complaint(
                shop,
                null,
                (day, new ComplaintEvent.Delivered($"p{i}", shop, true)),
                (day.AddHours(1), new ComplaintEvent.Replied(true, "ok")),
                (day.AddHours(2), new ComplaintEvent.Scored(2, null, null)),
                (day.AddDays(20), new ComplaintEvent.Scored(10, null, null))
            );
        }
        await market.Tell(shop, day.AddDays(30), new MerchantEvent.SectorChanged("travel"));
        await market.CatchUp();

        var now = (await market.Live("all")).Rows.Single();
        now.Satisfaction.ShouldBe(10);
        now.Sector.ShouldBe("travel");
        var then = await ExactLists.Then(market.Store, Market.Asked("all"), day.AddDays(10), Ct);
        then.Rows.Single().Satisfaction.ShouldBe(2);
        then.Rows.Single().Sector.ShouldBe("brand");
        (await ExactLists.Then(market.Store, Market.Asked("all"), day.AddHours(-1), Ct)).Basis.Base.ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Merged_entries_count_as_one_and_part_again(Db engine)
    {
        await using var market = await Market.Open(engine);
        var one = await market.Merchant("甲");
        var two = await market.Merchant("甲 ltd");
        // Five cases make the first snapshot of each; four that count make no row.
        for (var i = 0; i < 10; i++)
        {
            var to = i % 2 == 0 ? one : two;
            (DateTimeOffset, ComplaintEvent) delivered = (
                Market.Now.AddDays(-40),
                new ComplaintEvent.Delivered($"p{i}", to, true)
            );
            if (i < 8)
                await market.Complaint(to, null, delivered);
            else
                await market.Complaint(
                    to,
                    null,
                    delivered,
                    (Market.Now.AddDays(-39), new ComplaintEvent.Excluded("duplicate"))
                );
        }
        await market.CatchUp();
        (await market.Live("all")).Rows.ShouldBeEmpty();
        (await RatingsApi.Of(market.Store, two, null, Ct))!.Periods.ShouldNotContain(p => p.Listed);
        await market.Tell(two, Market.Now.AddDays(-1), new MerchantEvent.Merged(one, "同一公司"));
        (await market.Live("all")).Rows.Single().Valid.ShouldBe(8);
        (await RatingsApi.Of(market.Store, two, null, Ct))!.Periods.ShouldContain(p => p.Listed);
        await market.Tell(two, Market.Now, new MerchantEvent.Unmerged("误并"));
        (await market.Live("all")).Rows.ShouldBeEmpty();
    }

    private static void Holds(Market market, ListEvent.Published list) =>
        OpenData.Verify(market.Store.Place.Data, list).ShouldBeNull();

    private static string Json(RatingList list) =>
        PublishedList.LiveJson(list with { AsOf = Market.Now }, logPosition: 0);
}
