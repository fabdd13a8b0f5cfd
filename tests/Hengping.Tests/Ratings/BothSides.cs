using System.Net.Http.Json;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>A month is closed on both sides at once: merchants' complaints are frozen with the consumers'.</summary>
public sealed class BothSides
{
    private const string Month = "2026-09";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_merchants_list_is_frozen_with_the_consumers_and_follows_it_in_the_chain(Db engine)
    {
        await using var site = await Site.Start(engine);
        var platform = await Filled(site);
        var consumers = (
            await site.Appends(["list.published", "list.published"], () => Run(site, "consumer", null))
        ).Event!;
        consumers.Side.ShouldBe(Side.Consumer);
        foreach (var side in new[] { "consumer", "merchant" })
            (await site.Appends([], () => Run(site, side, null))).Refusal.ShouldBeNull();

        var other = (await Run(site, "merchant", null)).Event!;
        (other.Version, other.Reason, other.AsOf).ShouldBe((1, null, consumers.AsOf));
        other.PreviousHash.ShouldBe(consumers.Hash);
        Row(other.Json).ShouldBe((platform, 6));

        // What is decided afterwards stands beside it, as on the consumers' side.
        site.Clock.Turn(TimeSpan.FromHours(1));
        await DeliveredCase.Add(site.Store, platform, "late", Days.Monday.AddDays(-30), side: Side.Merchant);
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        var shown = await site.Anyone.GetFromJsonAsync<JsonElement>($"/api/v1/ratings/{Month}?side=merchant", Ct);
        shown.GetProperty("hash").GetString().ShouldBe(other.Hash);
        var live = await site.Anyone.GetFromJsonAsync<JsonElement>($"/api/v1/ratings/{Month}/later?side=merchant", Ct);
        live.GetProperty("rows").GetArrayLength().ShouldBe(0);

        // Each is corrected by itself.
        await site.Appends(["list.published"], () => Run(site, "consumer", "更正"));
        (await Run(site, "merchant", null)).Event!.Hash.ShouldBe(other.Hash);
        var corrected = (await site.Appends(["list.published"], () => Run(site, "merchant", "补录"))).Event!;
        Row(corrected.Json).ShouldBe((platform, 7));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_published_one_by_one_stays_so_and_an_empty_side_makes_no_list(Db engine)
    {
        await using var site = await Site.Start(engine);
        await Filled(site);
        var other = (await site.Appends(["list.published"], () => Run(site, "merchant", null))).Event!;
        site.Clock.Turn(TimeSpan.FromHours(1));
        await site.Appends(["list.published"], () => Run(site, "consumer", null));
        (await site.Appends([], () => Run(site, "merchant", null))).Event!.Hash.ShouldBe(other.Hash);

        // Nobody of the other side complained in July.
        await site.Appends(["list.published"], () => Run(site, "consumer", null, "2026-07"));
        (await site.Appends([], () => Run(site, "consumer", null, "2026-07"))).Refusal.ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Where_only_the_consumers_list_stands_publishing_again_writes_nothing(Db engine)
    {
        await using var site = await Site.Start(engine);
        var platform = await site.Merchant("大平台", platform: true);
        await DeliveredCase.Add(site.Store, platform, "C1", Days.Monday.AddDays(-30));
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        // As a program of before did: one list, and only later somebody of the other side.
        await site.Appends(["list.published"], () => Run(site, "consumer", null));
        await DeliveredCase.Add(site.Store, platform, "M1", Days.Monday.AddDays(-30), side: Side.Merchant);
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        await site.Appends([], () => Run(site, "consumer", null));
        (await PublishList.Find(site.Store, Asked(site, "merchant", Month), Ct)).ShouldBeNull();
        await site.Appends(["list.published"], () => Run(site, "merchant", null));
    }

    private static async Task<Guid> Filled(Site site)
    {
        var platform = await site.Merchant("大平台", platform: true);
        for (var i = 0; i < 6; i++)
        {
            var at = Days.Monday.AddDays(-30).AddHours(i);
            await DeliveredCase.Add(site.Store, platform, $"C{i}", at);
            await DeliveredCase.Add(site.Store, platform, $"M{i}", at, side: Side.Merchant);
        }
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        return platform;
    }

    private static Task<Rules.Decided<ListEvent.Published>> Run(
        Site site,
        string side,
        string? correct,
        string period = Month
    ) => PublishList.Run(site.Store, Asked(site, side, period), correct, "cli", Ct);

    private static ListRequest Asked(Site site, string side, string period) =>
        ListRequest.Parse(period, null, side, null, Unscored.Zero, site.Store.Now).Event!;

    private static (Guid Merchant, int Valid) Row(string json)
    {
        using var list = JsonDocument.Parse(json);
        var row = list.RootElement.GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
        return (row.GetProperty("merchantId").GetGuid(), row.GetProperty("valid").GetInt32());
    }
}
