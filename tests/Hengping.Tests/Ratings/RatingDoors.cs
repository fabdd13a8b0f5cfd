using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Accounts;
using Hengping.Rules.Ratings;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>The public doors of the ratings over real HTTP.</summary>
public sealed class RatingDoors
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_live_list_becomes_the_frozen_one_when_it_is_published(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("甲", "brand");
        var day = Days.Monday.AddDays(-30);
        for (var i = 0; i < 6; i++)
            await DeliveredCase.Add(site.Store, shop, $"p{i}", day.AddHours(i));
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);

        var live = await site.Anyone.GetFromJsonAsync<JsonElement>("/api/v1/ratings/2026-09?sector=digital-retail", Ct);
        live.GetProperty("rows")[0].GetProperty("valid").GetInt32().ShouldBe(6);
        live.GetProperty("rows")[0].GetProperty("grade").GetString().ShouldBe("recommended");
        live.GetProperty("rows")[0].GetProperty("replyRate").GetRawText().ShouldBe("1.0000");
        live.GetProperty("digest").ValueKind.ShouldBe(JsonValueKind.Null);
        var other = await site.Anyone.GetFromJsonAsync<JsonElement>("/api/v1/ratings/2026-09?sector=fintech", Ct);
        other.GetProperty("rows").GetArrayLength().ShouldBe(0);

        var asked = ListRequest.Parse("2026-09", null, null, null, Unscored.Zero, site.Store.Now).Event!;
        var head = await site.Head();
        var list = (await PublishList.Run(site.Store, asked, null, "cli", Ct)).Event!;
        (await site.KindsSince(head)).ShouldBe(["list.published"]);
        (await site.Anyone.GetStringAsync("/api/v1/ratings/2026-09", Ct)).ShouldBe(list.Json);

        var mine = await site.Anyone.GetFromJsonAsync<JsonElement>($"/api/v1/merchants/{shop:D}/ratings", Ct);
        var month = mine.GetProperty("periods").EnumerateArray().First(p => Text(p, "period") == "2026-09");
        month.GetProperty("listed").GetBoolean().ShouldBeTrue();
        month.GetProperty("numbers").GetProperty("index").GetDecimal().ShouldBe(1.000m);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_cannot_be_asked_is_told_plainly(Db engine)
    {
        await using var site = await Site.Start(engine);
        foreach (var bad in new[] { "2026-13", "2026-10?side=both", "2026-10?policy=1999", "2026-10?sector=none" })
        {
            var answer = await site.Anyone.GetAsync("/api/v1/ratings/" + bad, Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, bad);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
            Text(problem, "code").ShouldEndWith(bad.Contains('?', StringComparison.Ordinal) ? "unknown" : "invalid");
        }
        var unknown = await site.Anyone.GetAsync($"/api/v1/merchants/{Guid.NewGuid():D}/ratings", Ct);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_open_data_of_a_list_are_handed_to_anyone_and_a_live_list_has_none(Db engine)
    {
        await using var site = await Site.Start(engine);
        var asked = await SixCases(site);
        await site.Anyone.GetAsync("/api/v1/ratings/2026-09/cases", Ct).Refused(404, "list.not-published");
        await site.Anyone.GetAsync("/api/v1/ratings/all/cases", Ct).Refused(404, "list.not-published");
        await site.Anyone.GetAsync("/api/v1/ratings/2026-13/cases", Ct).Refused(400, "period.invalid");

        var list = (await PublishList.Run(site.Store, asked, null, "cli", Ct)).Event!;
        var moved = await site.Anyone.GetAsync("/api/v1/ratings/2026-09/cases", Ct);
        moved.Headers.Location!.ToString().ShouldBe("/api/v1/open/cases/" + list.CaseFile);
        var frozen = await site.Anyone.GetAsync(moved.Headers.Location, Ct);
        frozen.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        frozen.Content.Headers.ContentType!.ToString().ShouldBe("application/zip");
        var pack = await File.ReadAllBytesAsync(OpenFiles.PackOf(site.Place.Data, list.CaseFile), Ct);
        (await frozen.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(pack);
        foreach (var (name, bytes) in OpenFiles.All(OpenFiles.PackOf(site.Place.Data, list.CaseFile)))
            (await site.Anyone.GetByteArrayAsync($"/api/v1/open/cases/{list.CaseFile}/{name}", Ct)).ShouldBe(bytes);
        foreach (
            var other in new[]
            {
                new string('0', 64),
                "x",
                "..%2Fkeys",
                list.Hash,
                list.CaseFile + "/x",
                "x/scores.csv",
            }
        )
            await site.Anyone.GetAsync("/api/v1/open/cases/" + other, Ct).Refused(404, "not-found");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_case_file_of_format_1_is_for_staff_alone(Db engine)
    {
        await using var site = await Site.Start(engine);
        var old = await OldList.Publish(site.Store, await SixCases(site), Ct);
        var path = "/api/v1/open/cases/" + old.CaseFile;
        await site.Anyone.GetAsync(path, Ct).Refused(403, "cases.staff-only");
        var merchant = await site.As(Role.Merchant, await site.Merchant("乙", "brand"));
        await merchant.GetAsync(path, Ct).Refused(403, "cases.staff-only");
        await site.Anyone.GetAsync(path + "/scores.csv", Ct).Refused(404, "not-found");
        var reviewer = await site.As(Role.Reviewer);
        var answer = await reviewer.GetAsync(path, Ct);
        answer.Headers.CacheControl!.ToString().ShouldBe("no-store, private");
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldStartWith(CaseFile.RatingHeader);
        var page = await site.Anyone.GetStringAsync("/ratings?period=2026-09", Ct);
        page.ShouldContain("旧格式");
        page.ShouldNotContain(old.CaseFile);
    }

    private static async Task<ListRequest> SixCases(Site site)
    {
        var shop = await site.Merchant("甲", "brand");
        for (var i = 0; i < 6; i++)
            await DeliveredCase.Add(site.Store, shop, $"p{i}", Days.Monday.AddDays(-30).AddHours(i));
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        return ListRequest.Parse("2026-09", null, null, null, Unscored.Zero, site.Store.Now).Event!;
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
