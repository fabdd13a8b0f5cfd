using System.Text.Json;
using Hengping.App.RuleRegister;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.RuleRegister.Ruling;

namespace Hengping.Tests.RuleRegister;

/// <summary>Opinions on drafts: how long they are kept, and that each is reached and answered.</summary>
public sealed class OpinionDoors
{
    private static readonly DateOnly Today = Shanghai.DayOf(Days.Monday);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Day(int from) => ClausesInForce.Day(Today.AddDays(from));

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_opinion_is_kept_three_years_locked_where_its_author_leaves_and_then_erased(Db db)
    {
        await using var site = await Site.Start(db);
        var (admin, person) = (
            await site.As(Role.Admin),
            await site.As(Role.Merchant, await site.Merchant("云上百货"))
        );
        var id = await Begun(site);
        await admin.PostJson(At(id, "versions"), Body("1. 八日。\n2. 运费。")).Json();
        await admin.PostJson(At(id, "consult"), new { until = Day(3) }).Json();
        await person.PostJson(At(id, "opinions"), new { text = "请延长到三十日。" }).Json(201);
        (await Texts(admin, id)).ShouldBe(["请延长到三十日。"]);
        (await Texts(person, id)).ShouldBe(["请延长到三十日。"]);
        (await Texts(await site.As(Role.Mediator), id)).ShouldBeEmpty();
        await Reports.Reporting.NowhereIn(site, "请延长到三十日");
        var her = await site.As(Role.Claimant, phone: "13800000001", name: "王小明");
        await her.PostJson(At(id, "opinions"), new { text = "八日太短了，应当更长。" }).Json(201);
        var browser = await site.Browsing(her);
        await site.Appends(["account.locked", "ruleOpinion.locked"], () => browser.Send("/me", "Close"));
        (await Texts(admin, id)).ShouldBe(["请延长到三十日。", null]);
        var keeping = site.Of<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>()
            .OfType<OpinionKeeping>()
            .Single();
        (await keeping.EraseSome(Ct)).ShouldBe(0);
        site.Clock.Turn(TimeSpan.FromDays(3 * 366));
        (await keeping.EraseSome(Ct)).ShouldBe(0, "three years from the end of the consultation, not from today");
        site.Clock.Turn(TimeSpan.FromDays(5));
        await site.Appends(["ruleOpinion.erased", "ruleOpinion.erased"], () => keeping.EraseSome(Ct));
        (await Texts(admin, id)).ShouldBe([null, null]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task However_many_opinions_there_are_each_is_reached_and_alike_ones_are_answered_at_once(Db db)
    {
        await using var site = await Site.Start(db);
        var (admin, id) = (await site.As(Role.Admin), await Begun(site));
        await admin.PostJson(At(id, "versions"), Body("1. 八日。\n2. 运费。")).Json();
        await admin.PostJson(At(id, "consult"), new { until = Day(3) }).Json();
        foreach (var phone in new[] { "13800000001", "13800000002" })
        {
            var person = await site.As(Role.Claimant, phone: phone);
            for (var i = 0; i < 12; i++)
                await person.PostJson(At(id, "opinions"), new { text = $"八日太短了，第 {i} 条意见。" }).Json(201);
        }
        site.Clock.Turn(TimeSpan.FromDays(4));
        var first = await admin.GetAsync(At(id, "opinions"), Ct).Json();
        var ids = Ids(first);
        ids.Count.ShouldBe(20);
        var second = await admin
            .GetAsync(At(id, "opinions?cursor=" + first.GetProperty("cursor").GetString()), Ct)
            .Json();
        List<string> rest = [.. Ids(second)];
        (rest.Count, ids.Intersect(rest).Count(), second.TryGetProperty("cursor", out _)).ShouldBe((4, 0, false));
        var browser = await site.Browsing(admin);
        var desk = await browser.GetStringAsync($"/admin/rules/{id}", Ct);
        (desk.Contains("24 条意见待答复"), desk.Contains("cursor=")).ShouldBe((true, true));
        object Answer(IEnumerable<string> of) =>
            new
            {
                opinions = of,
                outcome = "adopted",
                text = "已改为九日，电话 13912345678。",
            };
        var other = await Begun(site);
        (await admin.PostJson(At(other, "opinions/answer"), Answer(rest)).Json(400))
            .GetProperty("errors")
            .TryGetProperty("opinions", out _)
            .ShouldBeTrue("they are on another rule");
        await admin.PostJson(At(id, "opinions/answer"), Answer([])).Json(400);
        await (await site.As(Role.Mediator))
            .PostJson(At(id, "opinions/answer"), Answer(rest))
            .Refused(403, "forbidden");
        string[] four = [.. Enumerable.Repeat("ruleOpinion.answered", 4)];
        await site.Appends(four, () => admin.PostJson(At(id, "opinions/answer"), Answer(rest)).Json());
        // All or none: one of them has an answer.
        var before = await site.Head();
        await admin
            .PostJson(At(id, "opinions/answer"), Answer([ids[0], rest[0]]))
            .Refused(409, "rule.opinion-answered");
        (await site.Head()).ShouldBe(before);
        Ids(await admin.GetAsync(At(id, "opinions?size=20"), Ct).Json()).ShouldBe(ids, "what waits comes first");
        await admin.PostJson(At(id, "publish"), new { inForceOn = Day(40) }).Refused(409, "rule.opinions-unanswered");
        await admin.PostJson(At(id, "opinions/answer"), Answer(ids)).Json();
        var page = await site.Anyone.GetStringAsync($"/rules/{id}?version=2", Ct);
        page.Split("已改为九日，电话 139****5678。").Length.ShouldBe(25);
        await admin.PostJson(At(id, "publish"), new { inForceOn = Day(40) }).Json();
    }

    private static IReadOnlyList<string> Ids(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    private static async Task<IReadOnlyList<string?>> Texts(HttpClient who, string id) =>
        [
            .. (await who.GetAsync(At(id, "opinions"), Ct).Json())
                .GetProperty("items")
                .EnumerateArray()
                .Select(item => item.TryGetProperty("text", out var text) ? text.GetString() : null),
        ];
}
