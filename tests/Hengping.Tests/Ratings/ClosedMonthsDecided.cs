using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>What a reader takes away of a published month: its decided cases, its files, its name, its order.</summary>
public sealed partial class ClosedMonths
{
    private const string Month = "/api/v1/ratings/2026-09";

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Cases_that_people_decided_stand_one_by_one_as_the_list_was_frozen(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shops = await Filled(site);
        await site.Anyone.GetAsync(Month + "/decided", Ct).Refused(404, "list.not-published");
        await site.Anyone.GetAsync(Month + "/zip", Ct).Refused(404, "list.not-published");
        var reviewer = await site.As(Role.Reviewer);
        await Exclude(site, reviewer);
        var list = (await PublishList.Run(site.Store, Asked(site), null, "cli", Ct)).Event!;
        await Shows();
        (await Json(site, Month + "/decided?sector=travel")).GetProperty("cases").GetArrayLength().ShouldBe(0);
        await AsFiles(site, list);
        await Read(site, list, shops);

        // What is decided later is later's: here the list stands as it was frozen.
        site.Clock.Turn(TimeSpan.FromHours(1));
        var mediator = await site.As(Role.Mediator);
        await Reply("A30-1");
        var why = new { reason = "查实应当计入" };
        await reviewer.PostJson($"/api/v1/complaints/{await IdOf(site, "A30-0")}/include", why).Json();
        await App.Platform.Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        await Shows();

        async Task Shows()
        {
            var said = await Json(site, Month + "/decided");
            var one = said.GetProperty("cases").EnumerateArray().ShouldHaveSingleItem();
            one.GetProperty("merchantId").GetGuid().ShouldBe(shops.First);
            one.GetProperty("grounds").GetRawText().ShouldBe("""["exclusion"]""");
            one.GetProperty("excluded").GetString().ShouldBe("abuse");
            Published
                .BasisOf(JsonSerializer.Deserialize<JsonElement>(list.Json).GetProperty("cases"))
                .Touched.ShouldBe(new TouchedCases(0, 1, 0));
            var page = WebUtility.HtmlDecode(
                await site.Anyone.GetStringAsync($"/ratings/decided?period=2026-09&merchant={shops.First:D}", Ct)
            );
            page.ShouldContain("共 1 件");
            page.ShouldContain("剔除或恢复");
        }

        async Task Reply(string number)
        {
            var door = $"/api/v1/complaints/{await IdOf(site, number)}/validity";
            var judged = new
            {
                reply = 3,
                valid = false,
                reason = "没有答复诉求",
            };
            await mediator.PostJson(door, judged).Json();
        }
    }

    /// <summary>One ZIP recomputes by itself; a sheet opens with its Chinese in Excel.</summary>
    private static async Task AsFiles(Site site, ListEvent.Published list)
    {
        using var packed = await site.Anyone.GetAsync(Month + "/zip", Ct);
        packed.Content.Headers.ContentDisposition!.FileName.ShouldBe("hengping-2026-09.zip");
        var place = Directory.CreateTempSubdirectory("hengping-zip");
        try
        {
            var zip = Path.Combine(place.FullName, "all.zip");
            await File.WriteAllBytesAsync(zip, await packed.Content.ReadAsByteArrayAsync(Ct), Ct);
            await ZipFile.ExtractToDirectoryAsync(zip, place.FullName, Ct);
            var json = Path.Combine(place.FullName, "list.json");
            (await File.ReadAllTextAsync(json, Ct)).ShouldBe(list.Json + "\n");
            string[] verify = ["verify", json, "--cases", place.FullName];
            (await App.Platform.Cli.Run(App.Rooms.House.Commands(), verify)).ShouldBe(0);
            var sheet = await site.Anyone.GetByteArrayAsync(Month + "/csv", Ct);
            sheet.AsSpan(0, 3).ToArray().ShouldBe(Encoding.UTF8.Preamble.ToArray());
            (await File.ReadAllBytesAsync(Path.Combine(place.FullName, "list.csv"), Ct)).ShouldBe(sheet);
            var decided = await File.ReadAllLinesAsync(Path.Combine(place.FullName, "decided.csv"), Ct);
            decided.Length.ShouldBe(2);
            decided[1].ShouldEndWith(",exclusion,true,abuse");
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static async Task Read(Site site, ListEvent.Published list, Shops shops)
    {
        var page = await site.Anyone.GetStringAsync("/ratings?period=2026-09", Ct);
        page.ShouldContain($"指纹（SHA-256）{list.Hash}");
        var rows = JsonSerializer.Deserialize<JsonElement>(list.Json).GetProperty("rows").EnumerateArray();
        Guid[] ranked = [.. rows.Select(row => row.GetProperty("merchantId").GetGuid())];
        ranked.ShouldBe([shops.First, shops.Silent, shops.Unscored], ignoreOrder: true);
        (await Order("")).ShouldBe(ranked);
        (await Order("&sort=nonsense")).ShouldBe(ranked);
        (await Order("&sort=-rank")).ShouldBe(ranked.Reverse());
        // One of its six is out.
        (await Order("&sort=-valid")).ShouldBe(ranked.OrderBy(id => id != shops.First));
        (await Order("&sort=valid")).ShouldBe(ranked.OrderBy(id => id == shops.First));
        (await Order("&sort=merchant")).ShouldBe([shops.Unscored, shops.First, shops.Silent]);

        async Task<List<Guid>> Order(string sort)
        {
            var html = await site.Anyone.GetStringAsync("/ratings?period=2026-09" + sort, Ct);
            return [.. ranked.OrderBy(id => html.IndexOf($"data-merchant=\"{id}\"", StringComparison.Ordinal))];
        }
    }
}
