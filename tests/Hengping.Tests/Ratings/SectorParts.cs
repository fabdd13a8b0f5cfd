using System.Text.Json;
using Hengping.App.Ratings;
using Hengping.Rules.Merchants;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>The sectors of a published period are frozen with it, follow from it alone, and verify.</summary>
public sealed class SectorParts
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_sector_of_a_published_month_is_frozen_with_it_and_verifies_from_the_same_file(Db engine)
    {
        await using var market = await Filled(engine);
        var whole = (await Publish(market, null)).Event!;
        var head = await market.Store.Head(Ct);
        foreach (var sector in new[] { "brand", "travel", "digital-retail", "fintech" })
        {
            var part = (await PublishList.Find(market.Store, Market.Asked("2026-10", sector), Ct))!;
            var (list, all) = (Parsed(part), Parsed(whole));
            list.GetProperty("partOf").GetString().ShouldBe(whole.Hash);
            part.CaseFile.ShouldBe(whole.CaseFile);
            foreach (var same in new[] { "asOf", "policy", "logPosition", "version", "digest", "previousHash" })
                list.GetProperty(same).GetRawText().ShouldBe(all.GetProperty(same).GetRawText(), same);
            Numbers(list).ShouldBe(Numbers(all).Where(row => row.Contains(Leaf(sector))));
            Ranks(list).ShouldBe(Ranked(list));
            OpenData.Verify(market.Store.Place.Data, part).ShouldBeNull();
            // Asked for again it is the same, and nothing is written.
            (await Publish(market, sector)).Event!.Json.ShouldBe(part.Json);
        }
        (await market.Store.Head(Ct)).ShouldBe(head);
        Parsed((await PublishList.Find(market.Store, Market.Asked("2026-10", "fintech"), Ct))!)
            .GetProperty("rows")
            .GetArrayLength()
            .ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_moves_later_moves_no_sector_and_a_correction_corrects_all(Db engine)
    {
        await using var market = await Filled(engine);
        (await Publish(market, null)).Refusal.ShouldBeNull();
        var before = (await PublishList.Find(market.Store, Market.Asked("2026-10", "travel"), Ct))!;
        await market.Tell(market.Merchants[0], Market.Now, new MerchantEvent.SectorChanged("travel"));
        await market.Fill(9, 40);
        await market.CatchUp();
        (await PublishList.Find(market.Store, Market.Asked("2026-10", "travel"), Ct))!.Json.ShouldBe(before.Json);

        var corrected = (await Publish(market, "travel", "补录")).Event!;
        corrected.Version.ShouldBe(2);
        corrected.Reason.ShouldBe("补录");
        var whole = (await PublishList.Find(market.Store, Market.Asked("2026-10"), Ct))!;
        whole.Version.ShouldBe(2);
        Parsed(corrected).GetProperty("partOf").GetString().ShouldBe(whole.Hash);
        Numbers(Parsed(corrected)).Count.ShouldBe(Numbers(Parsed(before)).Count + 1);
        OpenData.Verify(market.Store.Place.Data, corrected).ShouldBeNull();
        OpenData.Verify(market.Store.Place.Data, before).ShouldBeNull();
        (await market.Store.First<long>("select count(*) from rating_lists", null, Ct)).ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_sector_published_before_gives_way_to_the_whole_as_a_new_version(Db engine)
    {
        await using var market = await Filled(engine);
        var own = (await Publish(market, "brand")).Event!;
        Parsed(own).TryGetProperty("partOf", out _).ShouldBeFalse();
        await market.Fill(8, 30);
        await market.CatchUp();
        market.Clock.Turn(TimeSpan.FromHours(1));
        (await Publish(market, null)).Refusal.ShouldBeNull();
        var part = (await PublishList.Find(market.Store, Market.Asked("2026-10", "brand"), Ct))!;
        part.Version.ShouldBe(2);
        part.Reason!.ShouldContain("frozen with");
        OpenData.Verify(market.Store.Place.Data, part).ShouldBeNull();
        OpenData.Verify(market.Store.Place.Data, own).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_changed_part_does_not_verify_and_one_without_a_merchant_is_none_of_the_whole(Db engine)
    {
        await using var market = await Filled(engine);
        var whole = (await Publish(market, null)).Event!;
        var part = (await PublishList.Find(market.Store, Market.Asked("2026-10", "brand"), Ct))!;
        SectorPart.Compare(part.Json, whole.Json).ShouldBeNull();
        var valid = Parsed(part).GetProperty("rows")[0].GetProperty("valid").GetInt64();
        var bent = part.Json.Replace($"\"valid\":{valid},", $"\"valid\":{valid + 1},", StringComparison.Ordinal);
        OpenData.Verify(market.Store.Place.Data, part with { Json = bent })!.Where.ShouldContain("valid");

        // Another sector under this name: the two files hold it, the whole does not.
        var other = (await PublishList.Find(market.Store, Market.Asked("2026-10", "digital-retail"), Ct))!;
        var renamed = other.Json.Replace(
            "\"sector\":\"digital-retail\"",
            "\"sector\":\"travel\"",
            StringComparison.Ordinal
        );
        SectorPart.Compare(renamed, whole.Json)!.Where.ShouldStartWith("partOf");
        SectorPart.Compare(part.Json, other.Json)!.Where.ShouldBe("partOf");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_old_list_gives_its_sectors_too_and_does_not_guess_what_it_never_said(Db engine)
    {
        await using var market = await Filled(engine);
        await OldList.Publish(market.Store, Market.Asked("2026-10"), Ct);
        var part = (await PublishList.Find(market.Store, Market.Asked("2026-10", "brand"), Ct))!;
        var cases = Parsed(part).GetProperty("cases");
        cases.GetProperty("excluded").ValueKind.ShouldBe(JsonValueKind.Null);
        cases.GetProperty("touched").ValueKind.ShouldBe(JsonValueKind.Null);
        OpenData.Verify(market.Store.Place.Data, part).ShouldBeNull();
        var again = (await PublishList.Again(market.Store, Market.Asked("2026-10", "brand"), "cli", Ct)).Event!;
        Parsed(again).GetProperty("format").GetInt32().ShouldBe(2);
        OpenData.Verify(market.Store.Place.Data, again).ShouldBeNull();
    }

    private static async Task<Market> Filled(Db engine)
    {
        var market = await Market.Open(engine);
        for (var i = 0; i < 5; i++)
            await market.Merchant($"商家{i}", i < 3 ? "brand" : "travel");
        await market.Fill(5, 250);
        await market.CatchUp();
        return market;
    }

    private static Task<Rules.Decided<ListEvent.Published>> Publish(
        Market market,
        string? sector,
        string? correct = null
    ) => PublishList.Run(market.Store, Market.Asked("2026-10", sector), correct, "cli", Ct);

    private static JsonElement Parsed(ListEvent.Published list) => JsonSerializer.Deserialize<JsonElement>(list.Json);

    private static string Leaf(string sector) => $"\"sector\":\"{(sector == "digital-retail" ? "brand" : sector)}\"";

    private static List<string> Numbers(JsonElement list) =>
        [
            .. list.GetProperty("rows")
                .EnumerateArray()
                .Select(row =>
                    string.Join(
                        ',',
                        row.EnumerateObject()
                            .Where(m => m.Name != "rank")
                            .Select(m => $"\"{m.Name}\":{m.Value.GetRawText()}")
                    )
                ),
        ];

    private static List<string> Ranks(JsonElement list) =>
        [.. list.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("rank").GetRawText())];

    /// <summary>1, 2, 2, 4 by the printed index.</summary>
    private static List<string> Ranked(JsonElement list)
    {
        var index = list.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("index").GetDecimal()).ToList();
        return [.. index.Select(one => $"{index.Count(other => other > one) + 1}")];
    }
}
