using System.Text.Json;
using Hengping.App.RuleRegister;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.RuleRegister.Ruling;

namespace Hengping.Tests.RuleRegister;

/// <summary>Every door of the rule register over real HTTP: yes and no, and exactly the events written.</summary>
public sealed class RuleDoors(Sites sites) : IClassFixture<Sites>
{
    private static readonly DateOnly Today = Shanghai.DayOf(Days.Monday);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Day(int from) => ClausesInForce.Day(Today.AddDays(from));

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_rule_is_drafted_asked_about_announced_and_holds_from_its_day(Db db)
    {
        await using var site = await Site.Start(db);
        var (admin, person) = (await site.As(Role.Admin), await site.As(Role.Claimant, phone: "13800000001"));
        var id = await site.Appends(
            ["rule.begun", "rule.drafted", "rule.recorded"],
            () => Begun(admin, Body(since: "2025-03-01"))
        );
        (await site.Anyone.GetAsync(At(id), Ct)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        await admin.PostJson(At(id, "confirm")).Refused(409, "rule.recorded-same-person");
        var reviewer = await site.As(Role.Reviewer);
        await site.Appends(["rule.confirmed"], () => reviewer.PostJson(At(id, "confirm")).Json());
        await reviewer.PostJson(At(id, "confirm")).Refused(409, "rule.wrong-state");
        var held = (await site.Anyone.GetAsync(At(id), Ct).Json()).GetProperty("shown");
        (held.GetProperty("inForceOn").GetString(), held.GetProperty("recordedOn").GetString()).ShouldBe(
            ("2025-03-01", Day(0))
        );
        (await site.Anyone.GetStringAsync($"/rules/{id}", Ct)).ShouldContain("确认补录");
        // What changed since the register held it is announced, whatever somebody says of before.
        await admin
            .PostJson(At(id, "versions"), Body("1. 八日。\n2. 运费。", since: Day(0)))
            .Refused(409, "rule.recorded-after");
        await site.Appends(
            ["rule.drafted"],
            () => admin.PostJson(At(id, "versions"), Body("1. 八日。\n2. 运费。")).Json()
        );
        await site.Appends(
            ["rule.revised"],
            () => admin.PostJson(At(id, "revise"), Body("1. 九日。\n2. 运费。")).Json()
        );
        (await site.Anyone.GetAsync(At(id) + "?version=2", Ct)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        await person.PostJson(At(id, "opinions"), new { text = "应当更长一些。" }).Refused(409, "rule.wrong-state");
        await site.Appends(["rule.consulted"], () => admin.PostJson(At(id, "consult"), new { until = Day(3) }).Json());
        var said = await site.Appends(
            ["ruleOpinion.given"],
            () => person.PostJson(At(id, "opinions"), new { clause = "1", text = "应当更长一些。" }).Json(201)
        );
        await admin.PostJson(At(id, "publish"), new { inForceOn = Day(40) }).Refused(409, "rule.consultation-open");
        site.Clock.Turn(TimeSpan.FromDays(4));
        await admin.PostJson(At(id, "publish"), new { inForceOn = Day(40) }).Refused(409, "rule.opinions-unanswered");
        var opinion = said.GetProperty("id").GetString();
        var answer = new { outcome = "adopted", text = "已改为九日，电话 13912345678。" };
        await site.Appends(
            ["ruleOpinion.answered"],
            () => admin.PostJson($"{Where}/opinions/{opinion}/answer", answer).Json()
        );
        await admin.PostJson($"{Where}/opinions/{opinion}/answer", answer).Refused(409, "rule.opinion-answered");
        await TooEarly(admin, At(id, "publish"), new { inForceOn = Day(11) }, Day(12));
        await TooEarly(admin, At(id, "publish"), new { inForceOn = Day(19), grounds = new[] { "manyUsers" } }, Day(20));
        await site.Appends(
            ["rule.published"],
            () => admin.PostJson(At(id, "publish"), new { inForceOn = Day(12) }).Json()
        );
        (await Version(site, id, Day(11))).ShouldBe(1);
        (await Version(site, id, Day(12))).ShouldBe(2);
        var store = site.Store;
        (await ClausesInForce.Find(store, Guid.Parse(id), "1", Today.AddDays(11), Ct))!.Zh.ShouldBe("七日内可以退货。");
        var now = await ClausesInForce.Find(store, Guid.Parse(id), "1", Today.AddDays(12), Ct);
        (now!.Zh, now.Ref.Version, now.Address).ShouldBe(("九日。", 2, $"/rules/{id}?version=2#c-1"));
        (await ClausesInForce.Of(store, now.Ref with { Version = 1 }, Ct))!.Zh.ShouldBe("七日内可以退货。");
        (await ClausesInForce.All(store, Today.AddDays(12), Ct)).Select(c => c.Ref.Clause).ShouldBe(["1", "2"]);
        (await ClausesInForce.Find(store, Guid.Parse(id), "3", Today, Ct)).ShouldBeNull();
        (await ClausesInForce.Find(store, Guid.Parse(id), "1", Today, Ct))!.Ref.Version.ShouldBe(1);
        (await ClausesInForce.Find(store, Guid.Parse(id), "1", Today.AddDays(-1), Ct)).ShouldBeNull();
        (await ClausesInForce.All(store, Today.AddDays(-1), Ct)).ShouldBeEmpty();
        var page = await site.Anyone.GetStringAsync($"/rules/{id}?version=2", Ct);
        page.ShouldContain("已改为九日");
        page.ShouldNotContain("13912345678");
        page.ShouldNotContain("应当更长一些");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Anyone_reads_and_compares_and_only_who_may_writes(Db db)
    {
        var site = await sites.On(db);
        var (admin, reviewer) = (await site.As(Role.Admin), await site.As(Role.Reviewer));
        var id = await Begun(site, Body("1. 七日内可以退货：字号二百三十一。\n2. 运费由商家承担。", "2025-03-01"));
        foreach (var word in new[] { "字号二百三十一", "SEVEN days" })
            (await site.Anyone.GetAsync($"{Where}?q={Uri.EscapeDataString(word)}", Ct).Json())
                .GetProperty("items")
                .EnumerateArray()
                .Select(item => item.GetProperty("id").GetString())
                .ShouldContain(id);
        var draft = Body("1. 八日内可以退货：字号二百三十一。\n2. 运费由商家承担。");
        draft["zh"] = "只有一条";
        var faults = (await admin.PostJson(At(id, "versions"), draft).Json(400)).GetProperty("errors");
        faults.TryGetProperty("en", out _).ShouldBeTrue();
        draft["zh"] = "1. 八日内可以退货：字号二百三十一。\n2. 运费由商家承担。最终解释权归平台。";
        var drafted = await admin.PostJson(At(id, "versions"), draft).Json();
        drafted
            .GetProperty("advice")
            .EnumerateArray()
            .Select(h => h.GetProperty("code").GetString())
            .ShouldContain("last-word");
        (await reviewer.GetAsync(At(id) + "?version=2", Ct).Json())
            .GetProperty("shown")
            .GetProperty("version")
            .GetInt32()
            .ShouldBe(2);
        await admin.PostJson(At(id, "versions"), Body()).Refused(409, "rule.open-version");
        var changes = await admin.GetAsync(At(id, "changes?from=1&to=2"), Ct).Json();
        var runs = changes
            .GetProperty("zh")[1]
            .GetProperty("runs")
            .EnumerateArray()
            .Select(r => r.GetProperty("text").GetString()!.Trim());
        runs.ShouldContain("七");
        (await site.Anyone.GetAsync(At(id, "changes?from=1&to=2"), Ct)).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.NotFound
        );
        var before = await site.Head();
        foreach (var role in new[] { Role.Claimant, Role.Mediator, Role.Reviewer, Role.Regulator, Role.Editor })
        {
            var who = await site.As(role, phone: role == Role.Claimant ? Sites.OwnPhone() : null);
            before = await site.Head();
            foreach (var verb in new[] { "versions", "revise", "consult", "publish", "withdraw" })
                await who.PostJson(At(id, verb)).Refused(403, "forbidden");
            await who.PostJson(Where, Body()).Refused(403, "forbidden");
            foreach (var verb in role == Role.Reviewer ? [] : new[] { "technical", "confirm" })
                await who.PostJson(At(id, verb)).Refused(403, "forbidden");
            (await site.Head()).ShouldBe(before);
        }
        await site.Anyone.PostJson(At(id, "opinions"), new { text = "可以" }).Refused(401, "unauthorized");
        await admin.PostJson(At(Guid.NewGuid().ToString("D"), "publish")).Refused(404, "not-found");
        await site.Appends(
            ["rule.withdrawn"],
            () => admin.PostJson(At(id, "withdraw"), new { reason = "暂不修改" }).Json()
        );
        await admin
            .PostJson(At(id, "withdraw"), new { reason = "暂不修改" })
            .Refused(409, "rule.wrong-state", "撤回，不能撤回。需要改动请拟定新版本。");
        var text = await site.Anyone.GetStringAsync($"/rules/{id}/text?version=1", Ct);
        text.ShouldContain("字号二百三十一");
        text.ShouldContain("within seven days");
        using var json = JsonDocument.Parse(await site.Anyone.GetStringAsync($"/rules/{id}/text?format=json", Ct));
        json.RootElement.GetProperty("clauses").GetArrayLength().ShouldBe(2);
        (await site.Anyone.GetStringAsync("/rules/feed.xml", Ct)).ShouldContain(Guid.Parse(id).ToString("N"));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Two_people_mark_a_text_as_technical_and_no_changed_number_is(Db db)
    {
        var site = await sites.On(db);
        var (admin, reviewer) = (await site.As(Role.Admin), await site.As(Role.Reviewer));
        var id = await Begun(site);
        await admin.PostJson(At(id, "technical")).Refused(409, "rule.technical-first");
        await admin.PostJson(At(id, "technical"), new { version = 9 }).Refused(404, "rule.no-version");
        await admin.PostJson(At(id, "versions"), Body("1. 八日内可以退货。\n2. 运费由商家承担。")).Json();
        await admin.PostJson(At(id, "technical")).Refused(409, "rule.technical-differs");
        await admin.PostJson(At(id, "revise"), Body("**1.** 七日内可以退货。\n**2.** 运费由商家承担。")).Json();
        await site.Appends(["rule.technical"], () => admin.PostJson(At(id, "technical")).Json());
        await admin.PostJson(At(id, "technical")).Refused(409, "rule.technical-same-person");
        await site.Appends(["rule.technical"], () => reviewer.PostJson(At(id, "technical")).Json());
        (await Version(site, id, Day(0))).ShouldBe(2);
        (await site.Anyone.GetStringAsync($"/rules/{id}", Ct)).ShouldContain("两人分别确认");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_regulator_makes_no_rules_of_a_platform(Db db)
    {
        await using var site = await Site.Start(db);
        await Reports.Reporting.Run(site, OperatorKind.Regulator);
        var admin = await site.As(Role.Admin);
        var before = await site.Head();
        await admin.PostJson(Where, Body()).Refused(409, "rule.not-your-power");
        await admin.PostJson(Where, new { topic = "returns" }).Json(400);
        (await site.Head()).ShouldBe(before);
    }

    private static async Task TooEarly(HttpClient admin, string path, object body, string earliest)
    {
        var no = await admin.PostJson(path, body).Json(409);
        no.GetProperty("code").GetString().ShouldBe("rule.too-early");
        no.GetProperty("title").GetString()!.ShouldContain(earliest);
    }

    private static async Task<int> Version(Site site, string id, string on) =>
        (await site.Anyone.GetAsync(At(id) + "?on=" + on, Ct).Json()).GetProperty("inForce").GetInt32();
}
