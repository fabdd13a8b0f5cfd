using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Reports;

/// <summary>Who comes past the doors of reports, and the list they read.</summary>
public sealed class ReportReaders
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_list_filters_and_turns_its_pages(Db db)
    {
        await using var site = await Site.Start(db);
        var shop = await site.Merchant("云上百货");
        var staff = await site.As(Role.Mediator);
        for (var n = 0; n < 3; n++)
            await Filed(site, site.Anyone, Anonymous(shop));
        var (last, _) = await Filed(site, site.Anyone, Named(await site.Merchant("别家")));
        await staff.PostJson(At(last, "accept")).Json();
        (await Items("?status=received")).Count.ShouldBe(3);
        (await Items("?status=received,accepted")).Count.ShouldBe(4);
        (await Items($"?respondent={shop}&breach=counterfeit")).Count.ShouldBe(3);
        (await Items("?breach=other")).ShouldBeEmpty();
        var first = await staff.GetAsync(Where + "?size=3", Ct).Json();
        var cursor = first.GetProperty("cursor").GetString();
        var rest = await staff.GetAsync($"{Where}?size=3&cursor={cursor}", Ct).Json();
        var ids = new[] { first, rest }
            .SelectMany(page => page.GetProperty("items").EnumerateArray())
            .Select(item => item.GetProperty("id").GetString());
        ids.Distinct().Count().ShouldBe(4);
        foreach (var bad in new[] { "?status=x", "?breach=x", "?respondent=x", "?size=0", "?cursor=x" })
            await staff.GetAsync(Where + bad, Ct).Json(400);

        async Task<List<JsonElement>> Items(string query) =>
            [.. (await staff.GetAsync(Where + query, Ct).Json()).GetProperty("items").EnumerateArray()];
    }

    [Fact]
    public async Task Only_staff_of_reports_come_past_their_doors()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var shop = await site.Merchant("云上百货");
        var (id, _) = await Filed(site, site.Anyone, Named(shop));
        foreach (var verb in new[] { "accept", "decline", "extend", "conclude", "messages" })
            await site.Anyone.PostJson(At(id, verb)).Refused(401, "unauthorized");
        await site.Anyone.GetAsync(Where, Ct).Refused(401, "unauthorized");
        foreach (var role in Enum.GetValues<Role>())
        {
            var who = await site.As(role, role == Role.Merchant ? shop : null);
            var isStaff = role is Role.Mediator or Role.Reviewer or Role.Admin;
            using var list = await who.GetAsync(Where, Ct);
            ((int)list.StatusCode).ShouldBe(isStaff || role == Role.Regulator ? 200 : 403, role.ToString());
            using var tell = await who.PostJson(At(id, "messages"), new { text = "请补充购买时间。" });
            ((int)tell.StatusCode).ShouldBe(isStaff ? 200 : 403, role.ToString());
            using var unknown = await who.PostJson(At($"{Guid.NewGuid()}", "accept"), new { });
            ((int)unknown.StatusCode).ShouldBe(isStaff ? 404 : 403, role.ToString());
        }
    }
}
