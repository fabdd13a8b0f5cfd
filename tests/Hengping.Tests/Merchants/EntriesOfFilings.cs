using System.Net;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Merchants;

/// <summary>A company that nobody knew is public when a complaint reaches it, not when one is filed.</summary>
public sealed class EntriesOfFilings(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<IReadOnlyList<Guid>> Found(HttpClient who, string name)
    {
        var page = await who.GetAsync($"/api/v1/merchants?q={Uri.EscapeDataString(name)}", Ct).Json();
        return [.. page.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("id").GetGuid())];
    }

    private static async Task<HttpStatusCode> Page(HttpClient who, Guid id) =>
        (await who.GetAsync($"/merchants/{id:D}", Ct)).StatusCode;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_is_there_for_who_filed_and_for_staff_and_for_all_from_the_delivery_on(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var site = desk.Site;
        var name = Sites.OwnName("无名小铺");
        var id = await desk.Filed(desk.Body("respondent", new { name }));
        var shown = (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("respondent");
        var entry = shown.GetProperty("id").GetGuid();
        shown.GetProperty("name").GetString().ShouldBe(name);
        entry.Version.ShouldBe(4, "a time-ordered id would say when somebody filed");

        foreach (var who in new[] { site.Anyone, desk.Stranger, desk.Merchant })
        {
            (await Found(who, name)).ShouldBeEmpty();
            await who.GetAsync($"/api/v1/merchants/{entry:D}", Ct).Refused(404, "not-found");
            await who.GetAsync($"/api/v1/merchants/{entry:D}/ratings", Ct).Refused(404, "not-found");
        }
        var visitor = site.Visitor();
        (await Page(visitor, entry)).ShouldBe(HttpStatusCode.NotFound);
        (
            await (await visitor.GetAsync($"/search?q={Uri.EscapeDataString(name)}", Ct)).Content.ReadAsStringAsync(Ct)
        ).ShouldNotContain($"{entry:D}");
        (
            await (await visitor.GetAsync($"/merchants/{entry:D}/claim", Ct)).Content.ReadAsStringAsync(Ct)
        ).ShouldNotContain(name);
        foreach (var who in new[] { desk.Claimant, desk.Mediator })
            (await Found(who, name)).ShouldBe([entry]);
        // Whoever files against the same name meets the same entry, seen or not.
        var again = await desk.Stranger.PostJson("/api/v1/complaints", desk.Body("respondent", new { name })).Json(201);
        var second = await desk.Stranger.GetAsync(Desk.At(again.GetProperty("id").GetString()!), Ct).Json();
        second.GetProperty("respondent").GetProperty("id").GetGuid().ShouldBe(entry);

        await desk.Claimant.PostJson(Desk.At(id, "withdraw")).Json();
        (await Found(site.Anyone, name)).ShouldBeEmpty();
        await desk.Mediator.PostJson(Desk.At(again.GetProperty("id").GetString()!, "deliver")).Json();
        (await Found(site.Anyone, name)).ShouldBe([entry]);
        (await Page(visitor, entry)).ShouldBe(HttpStatusCode.OK);
        await site.Anyone.GetAsync($"/api/v1/merchants/{entry:D}", Ct).Json();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_name_with_a_phone_number_is_asked_back(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        foreach (var name in new[] { "张三13812345678住朝阳区欠钱不还", "李四 138 1234 5678" })
        {
            var body = desk.Body("respondent", new { name });
            var no = await desk.Site.Appends([], () => desk.Claimant.PostJson("/api/v1/complaints", body).Json(400));
            no.GetProperty("errors").GetProperty("respondent.name").GetRawText().ShouldContain("商家名称");
        }
    }
}
