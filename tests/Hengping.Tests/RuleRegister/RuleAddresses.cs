using System.Net;
using System.Text.Json;
using Hengping.App.RuleRegister;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.RuleRegister.Ruling;

namespace Hengping.Tests.RuleRegister;

/// <summary>What is asked for in an address of the register, and every date and number that is sent to it.</summary>
public sealed class RuleAddresses(Sites sites) : IClassFixture<Sites>
{
    private static readonly DateOnly Today = Shanghai.DayOf(Days.Monday);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Day(int from) => ClausesInForce.Day(Today.AddDays(from));

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_an_address_asks_is_answered_or_said_to_be_wrong(Db db)
    {
        var site = await sites.On(db);
        var (anyone, id) = (
            site.Anyone,
            await Begun(site, Body("**1.** 七日内可以退货。\n2. **运费**由商家承担。", "2025-03-01"))
        );
        await anyone.GetAsync(At(id) + "?on=2024-12-31", Ct).Refused(404, "rule.none-in-force");
        (await anyone.GetAsync(At(id) + "?on=2025-03-01", Ct).Json()).GetProperty("inForce").GetInt32().ShouldBe(1);
        (await Fault(anyone, At(id) + "?on=9999-12-31", "on")).ShouldContain("8999-12-31");
        (await Fault(anyone, At(id) + "?on=foo", "on")).ShouldContain("格式不对");
        (await Fault(anyone, At(id) + "?version=abc", "version")).ShouldContain("数字");
        (await Fault(anyone, $"/rules/{id}/text?version=abc", "version")).ShouldContain("数字");
        foreach (var size in new[] { "0", "101", "abc" })
            (await Fault(anyone, Where + "?size=" + size, "size")).ShouldContain("1到100");

        await Page(anyone, $"/rules/{id}?version=abc", HttpStatusCode.NotFound);
        await Page(anyone, $"/rules/{id}/changes?from=abc", HttpStatusCode.NotFound);
        (await Page(anyone, $"/rules/{id}?on=foo", HttpStatusCode.BadRequest)).ShouldContain("f-on-fault");
        foreach (var path in new[] { "/rules?topic=zz", "/measures?status=zz", "/measures?kind=zz" })
            (await Page(anyone, path, HttpStatusCode.BadRequest)).ShouldContain("没有这个选项");
        (await Page(anyone, $"/rules/{id}?on=2024-12-31", HttpStatusCode.OK)).ShouldContain("没有施行中的版本");
        foreach (var path in new[] { "/rules?topic=returns", "/measures?status=inForce&kind=warning" })
            await Page(anyone, path, HttpStatusCode.OK);

        foreach (var path in new[] { "/rules/feed.xml", $"/rules/{id}/text" })
        {
            using var head = await anyone.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Ct);
            (head.StatusCode, await head.Content.ReadAsStringAsync(Ct)).ShouldBe((HttpStatusCode.OK, ""));
        }
        var cited = await ClausesInForce.Find(site.Store, Guid.Parse(id), "2", Today, Ct);
        cited!.Zh.ShouldBe("运费由商家承担。");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_day_that_makes_no_sense_is_a_fault_at_its_field(Db db)
    {
        var site = await sites.On(db);
        var admin = await site.As(Role.Admin);
        var id = await Begun(admin, Body());
        var before = await site.Head();
        (string Verb, string Field, object Body)[] wrong =
        [
            ("consult", "until", new { until = Day(400) }),
            ("consult", "until", new { until = "0001-01-01" }),
            ("publish", "inForceOn", new { inForceOn = Day(4 * 365), asked = "首页" }),
            ("publish", "inForceOn", new { inForceOn = "9999-12-31", asked = "首页" }),
            ("publish", "transitionFrom", new { inForceOn = Day(40), transitionFrom = "1999-01-01" }),
            ("", "recorded.inForceOn", Body(since: "1899-01-01")),
            ("", "recorded.inForceOn", Body(since: Day(1))),
            ("", "recorded.announcedOn", Body(since: "2024-12-31")),
        ];
        foreach (var (verb, field, body) in wrong)
        {
            var no = await admin.PostJson(verb.Length == 0 ? Where : At(id, verb), body).Json(400);
            Said(no, field).ShouldContain("的日期", Case.Sensitive, $"{verb} {field}");
        }
        // A day that makes sense and is too early is the rule's no, with the earliest one.
        var past = new { inForceOn = Day(-1), asked = "首页" };
        await admin.PostJson(At(id, "publish"), past).Refused(409, "rule.too-early");
        (await site.Head()).ShouldBe(before);
    }

    private static string Said(JsonElement problem, string field) =>
        problem.GetProperty("errors").GetProperty(field)[0].GetString()!;

    private static async Task<string> Fault(HttpClient who, string path, string field) =>
        Said(await who.GetAsync(path, Ct).Json(400), field);

    private static async Task<string> Page(HttpClient who, string path, HttpStatusCode status)
    {
        using var answer = await who.GetAsync(path, Ct);
        answer.StatusCode.ShouldBe(status, path);
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
