using System.Net;
using System.Text;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// Role × door × own or foreign case: who gets past 401, 403 and 404. The doors come from the program itself; the table
/// says which side of a case each is for, and a door without a line fails.
/// </summary>
public sealed class WhoMay(Sites sites) : IClassFixture<Sites>
{
    /// <summary>
    /// Who may, on their own case: c claimant, m merchant (respondent), d desk (mediator, admin), r reviewer.
    /// </summary>
    private static readonly Dictionary<string, string> Table = new()
    {
        ["GET "] = "cmdrg",
        ["GET events"] = "cmdrg",
        ["GET joint"] = "cmdr",
        ["POST return"] = "d",
        ["POST resubmit"] = "c",
        ["POST supplement"] = "c",
        ["POST decline"] = "d",
        ["POST deliver"] = "d",
        ["POST reply"] = "m",
        ["POST validity"] = "d",
        ["POST validity/contest"] = "cm",
        ["POST hold"] = "r",
        ["POST seller/ask"] = "cd",
        ["POST seller"] = "m",
        ["POST hold/lift"] = "r",
        ["POST messages"] = "cmd",
        ["POST contest"] = "m",
        ["POST contest/decide"] = "d",
        ["POST unreached"] = "d",
        ["POST chase"] = "d",
        ["POST offers"] = "cmd",
        ["POST offers/{n}/accept"] = "cm",
        ["POST offers/{n}/reject"] = "cm",
        ["POST performed"] = "c",
        ["POST not-performed"] = "c",
        ["POST performance"] = "m",
        ["POST performance/found"] = "d",
        ["POST not-solved"] = "c",
        ["POST mediate"] = "d",
        ["POST suspend"] = "d",
        ["POST resume"] = "d",
        ["POST terminate"] = "d",
        ["POST told"] = "d",
        ["POST withdraw"] = "c",
        ["POST close"] = "d",
        ["POST review"] = "c",
        ["POST review/decide"] = "d",
        ["POST exclude"] = "r",
        ["POST include"] = "r",
        ["POST consents"] = "c",
        ["POST score"] = "c",
        ["POST link"] = "d",
        ["POST link/revoke"] = "d",
    };

    private static IEnumerable<(string Method, string Path, string Key)> Doors(Site site) =>
        from route in site.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + route.RoutePattern.RawText?.TrimStart('/')
        where path.StartsWith("/api/v1/complaints/{id}", StringComparison.Ordinal)
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, path, $"{method} {path["/api/v1/complaints/{id}".Length..].TrimStart('/')}");

    [Fact]
    public async Task Each_role_gets_through_its_own_doors_and_no_other()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var site = desk.Site;
        var people = new (string Letter, bool OnlyStaff, HttpClient Own, HttpClient? Foreign)[]
        {
            ("c", false, desk.Claimant, desk.Stranger),
            ("m", false, desk.Merchant, desk.OtherMerchant),
            ("d", true, desk.Mediator, null),
            ("d", true, await site.As(Role.Admin), null),
            ("r", true, desk.Reviewer, null),
            ("g", true, await site.As(Role.Regulator), null),
            ("x", true, await site.As(Role.Lawyer), null),
            ("x", true, await site.As(Role.Editor), null),
            ("x", true, await site.As(Role.Lab), null),
            ("x", true, await site.As(Role.Inspector), null),
        };
        var doors = Doors(site).ToList();
        doors.Select(d => d.Key).Order().ShouldBe(Table.Keys.Order());
        var faults = new List<string>();
        foreach (var door in doors)
        {
            // A verb may end the case, so each door gets its own.
            var id = await desk.Delivered();
            if (await Call(site.Anyone, door, id) != HttpStatusCode.Unauthorized)
                faults.Add($"nobody {door.Key}");
            foreach (var (letter, _, own, foreign) in people)
            {
                var may = Table[door.Key].Contains(letter) || (Table[door.Key] == "r" && own == people[3].Own);
                var got = await Call(own, door, id);
                var past =
                    got is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
                // An offer that is not there is 404 for those who may ask, too.
                if (door.Key.Contains("{n}") ? past || (may && got == HttpStatusCode.Forbidden) : past != may)
                    faults.Add($"{letter} {door.Key}: {got}");
                if (foreign is null)
                    continue;
                var strange = await Call(foreign, door, id);
                if (strange is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden))
                    faults.Add($"foreign {letter} {door.Key}: {strange}");
            }
        }
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_merchants_complaint_has_a_merchant_for_a_claimant()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var receipt = await desk.Merchant.PostJson("/api/v1/complaints", desk.MerchantBody()).Json(201);
        var id = receipt.GetProperty("id").GetString()!;
        await desk.Merchant.PostJson(Desk.At(id, "reply"), new { text = "我自己回复我自己" }).Refused(403, "forbidden");
        await desk.PlatformDesk.PostJson(Desk.At(id, "withdraw")).Refused(403, "forbidden");
        await desk.PlatformDesk.PostJson(Desk.At(id, "score"), new { satisfaction = 1 }).Refused(403, "forbidden");
        await desk
            .PlatformDesk.PostJson(Desk.At(id, "reply"), new { text = "冻结资金已于今日解冻,请查收账户。" })
            .Json();
        await desk.Merchant.PostJson(Desk.At(id, "score"), new { satisfaction = 9 }).Json();
        await desk.OtherMerchant.PostJson(Desk.At(id, "score"), new { satisfaction = 0 }).Refused(404, "not-found");
    }

    [Fact]
    public async Task A_respondent_gets_a_case_with_its_delivery_and_loses_it_with_a_redirect()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var id = await desk.Filed();
        await desk.Merchant.GetAsync(Desk.At(id)).Refused(404, "not-found");
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        await desk.Merchant.GetAsync(Desk.At(id)).Json();
        await desk
            .Merchant.PostJson(Desk.At(id, "contest"), new { ground = "wrong-company", note = "不是我们" })
            .Json();
        var redirect = new
        {
            decision = "redirect",
            reason = "实为海风",
            respondent = desk.OtherShop,
        };
        await desk.Mediator.PostJson(Desk.At(id, "contest/decide"), redirect).Json();
        await desk.Merchant.GetAsync(Desk.At(id)).Refused(404, "not-found");
        var events = await desk.OtherMerchant.GetAsync(Desk.At(id, "events")).Json();
        events.GetRawText().ShouldNotContain("不是我们");
        events.GetRawText().ShouldNotContain("实为海风");
        events.GetRawText().ShouldContain("水壶");
    }

    private static async Task<HttpStatusCode> Call(
        HttpClient who,
        (string Method, string Path, string Key) door,
        string id
    )
    {
        var path = door.Path.Replace("{id}", id).Replace("{n}", "1");
        using var request = new HttpRequestMessage(new HttpMethod(door.Method), path);
        if (door.Method == "POST")
            request.Content = new StringContent(
                "{\"text\":5,\"reason\":5,\"ground\":5,\"missing\":5,\"attempts\":5,"
                    + "\"terms\":5,\"decision\":5,\"satisfaction\":[],\"reply\":[],\"passOn\":5}",
                Encoding.UTF8,
                "application/json"
            );
        using var response = await who.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
