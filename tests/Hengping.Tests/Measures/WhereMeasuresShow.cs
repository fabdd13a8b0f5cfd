using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Rules.Operators;
using Hengping.Tests.Appeals;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.Measuring;

namespace Hengping.Tests.Measures;

/// <summary>A measure shows where it touches somebody: in the case, on the merchant's page, in whose lists it waits.
/// </summary>
public sealed class WhereMeasuresShow
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Claimant_public_and_addressee_see_what_is_theirs(Db db)
    {
        await using var desk = await Desk.Open(db);
        var site = desk.Site;
        await Reporting.Run(site, OperatorKind.Marketplace);
        var rule = await Rule(site);
        var (first, second) = (await site.As(Role.Reviewer), await site.As(Role.Reviewer));
        var id = await desk.Delivered();
        var room = "/cases/" + (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
        (await Page(site, desk.Claimant, room)).ShouldNotContain("id=\"measures\"");

        var stands = await Signed(first, Down(desk.Shop, rule));
        var won = await Signed(first, Down(desk.Shop, rule).With(("reason", "quality")));
        var unsigned = await first.PostJson(Where, Down(desk.Shop, rule)).Json(201);
        var appeal = await desk.Merchant.PostJson(Appealing.Where, Appealing.Against(Id(won))).Json(201);
        (await Page(site, first, "/desk/appeals")).ShouldContain(
            "等没有参与原决定的人决定",
            customMessage: "they signed it"
        );
        (await Page(site, second, "/desk/appeals")).ShouldContain("请您决定");
        (await Page(site, desk.Merchant, "/merchant/measures")).ShouldContain(
            $"<a href=\"/appeals/{Id(appeal)}\">申诉在审理，等决定</a>"
        );
        await second.PostJson(Appealing.At(appeal, "decide"), Appealing.Decision("overturned", appeal)).Json();
        var account = await site.Store.First<Guid>(
            "select claimant from complaints where id = @id",
            new { id = Guid.Parse(id) },
            Ct
        );
        var own = Down(desk.Shop, rule)
            .With(
                ("kind", "accountRestricted"),
                ("addressee", new { account }),
                ("target", new { kind = "account", title = "账号" }),
                ("reason", "abusiveClaims")
            );
        var restricted = await Signed(first, own);

        var page = await Page(site, desk.Claimant, room);
        page.IndexOf("id=\"story\"", StringComparison.Ordinal)
            .ShouldBeLessThan(page.IndexOf("id=\"measures\"", StringComparison.Ordinal), "the story comes first");
        page.ShouldContain($"/measures/{Id(stands)}");
        page.ShouldContain("请先停用");
        page.ShouldNotContain($"/measures/{Id(won)}");
        page.ShouldNotContain($"/measures/{Id(unsigned)}");
        page.ShouldContain($"/appeals/new?measure={Id(restricted)}");
        (await Page(site, desk.Merchant, room)).ShouldNotContain($"/measures/{Id(restricted)}");
        (await Page(site, desk.Mediator, room)).ShouldNotContain($"/measures/{Id(restricted)}");

        var profile = await site.Anyone.GetStringAsync($"/merchants/{desk.Shop}", Ct);
        profile.ShouldContain($"/measures/{Id(stands)}");
        profile.ShouldContain($"/measures/{Id(won)}");
        profile.ShouldNotContain($"/measures/{Id(unsigned)}");
        profile.ShouldContain("生效中的措施 1 项，申诉后撤销 1 项");

        foreach (
            var (who, measure, path) in new[]
            {
                (desk.Claimant, restricted, "/me"),
                (desk.Claimant, restricted, "/me/measures"),
                (desk.Merchant, stands, "/merchant"),
                (desk.Merchant, stands, "/merchant/measures"),
            }
        )
        {
            var turn = (await who.GetAsync(At(measure), Ct).Json()).GetProperty("turn");
            (turn.GetProperty("verb").GetString(), turn.GetProperty("yours").GetBoolean()).ShouldBe(("appeal", true));
            var list = await Page(site, who, path);
            list.ShouldContain($"/measures/{Id(measure)}");
            list.ShouldContain("您可以申诉", customMessage: path);
        }
        (await Page(site, desk.Merchant, "/merchant")).ShouldContain("有 1 项对您的处置措施正在生效");
        (await Page(site, second, "/desk/measures")).ShouldContain("请签署或撤下");
        (await Page(site, desk.Mediator, "/desk/measures")).ShouldContain("等运营方签署或撤下");
    }

    private static async Task<JsonElement> Signed(HttpClient by, object body) =>
        await by.PostJson(At(await by.PostJson(Where, body).Json(201), "sign")).Json();

    private static async Task<string> Page(Site site, HttpClient who, string path) =>
        await (await site.Browsing(who)).GetStringAsync(path, Ct);

    private static string Id(JsonElement of) => of.GetProperty("id").GetString()!;
}
