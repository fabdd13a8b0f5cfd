using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.App.Ratings;
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
    public async Task The_case_file_of_a_list_is_handed_to_anyone_live_and_frozen(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("甲", "brand");
        for (var i = 0; i < 6; i++)
            await DeliveredCase.Add(site.Store, shop, $"p{i}", Days.Monday.AddDays(-30).AddHours(i));
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        var asked = ListRequest.Parse("2026-09", null, null, null, Unscored.Zero, site.Store.Now).Event!;

        var live = await site.Anyone.GetStringAsync("/api/v1/ratings/2026-09/cases", Ct);
        var (_, cases) = await Standing.Frozen(site.Store, asked, site.Store.Now, Ct);
        live.ShouldBe(
            string.Concat(cases.Select(c => CaseFile.Line(c.Case, c.Words) + "\n").Prepend(CaseFile.Header + "\n"))
        );
        var asOf = CaseFile.Write(site.Store.Now);
        site.Clock.Turn(TimeSpan.FromMinutes(30));
        await DeliveredCase.Add(site.Store, shop, "late", site.Store.Now);
        await Listening.CatchUp(site.Store, [RatingsListener.Instance], Ct);
        (await site.Anyone.GetStringAsync($"/api/v1/ratings/all/cases?asOf={asOf}", Ct)).ShouldBe(live);
        site.Clock.Turn(TimeSpan.FromMinutes(31));
        await site.Anyone.GetAsync($"/api/v1/ratings/all/cases?asOf={asOf}", Ct).Refused(400, "cases.asOf");
        await site.Anyone.GetAsync("/api/v1/ratings/2026-13/cases", Ct).Refused(400, "period.invalid");

        var list = (await PublishList.Run(site.Store, asked, null, "cli", Ct)).Event!;
        var moved = await site.Anyone.GetAsync("/api/v1/ratings/2026-09/cases", Ct);
        moved.Headers.Location!.ToString().ShouldBe("/api/v1/open/cases/" + list.CaseFile);
        var frozen = await site.Anyone.GetAsync(moved.Headers.Location, Ct);
        frozen.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        (await frozen.Content.ReadAsStringAsync(Ct)).ShouldBe(live);
        foreach (var other in new[] { new string('0', 64), "x", "..%2Fkeys" })
            await site.Anyone.GetAsync("/api/v1/open/cases/" + other, Ct).Refused(404, "not-found");
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
