using System.Net;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>报案材料: offered to the claimant of a sham dispatch, and to nobody who should not know.</summary>
public sealed class PoliceStatement
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_sham_dispatch_offers_the_statement_to_the_claimant_and_never_to_the_respondent(Db db)
    {
        await using var desk = await Desk.Open(db);
        var site = desk.Site;
        var body = desk.Body("problem", "non-delivery");
        body["orderNo"] = "A-20261001-7";
        var sham = await Number(desk, await Desk.Then(desk.Filed(body), desk.Mediator, "deliver"));
        var other = await Number(desk, await desk.Delivered());
        var claimant = await site.Browsing(desk.Claimant);
        var link = $"/cases/{sham}/police";
        (await claimant.GetStringAsync($"/cases/{sham}", Ct)).ShouldContain(link);
        (await claimant.GetStringAsync($"/cases/{other}", Ct)).ShouldNotContain("/police");

        var page = WebUtility.HtmlDecode(await site.Appends([], () => claimant.GetStringAsync(link, Ct)));
        foreach (
            var said in new[]
            {
                "王小明",
                "13800000001",
                "A-20261001-7",
                "买的水壶第三天就不加热了",
                sham,
                "第253条之一",
            }
        )
            page.ShouldContain(said);
        page.ShouldContain("data-print");
        var mediator = await site.Browsing(desk.Mediator);
        (await mediator.GetAsync(link, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var merchant = await site.Browsing(desk.Merchant);
        (await merchant.GetStringAsync($"/cases/{sham}", Ct)).ShouldNotContain("/police");
        foreach (var (who, path) in new[] { (merchant, link), (await site.Browsing(desk.Stranger), link) })
            (await who.GetAsync(path, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await claimant.GetAsync($"/cases/{other}/police", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.Visitor().GetAsync(link, Ct)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private static async Task<string> Number(Desk desk, string id) =>
        (await desk.Mediator.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString()!;
}
