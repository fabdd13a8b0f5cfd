using System.Globalization;
using Hengping.App.Measures;
using Hengping.Rules.Accounts;
using Hengping.Rules.Clocks;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.Measuring;

namespace Hengping.Tests.Measures;

/// <summary>The doors of measures over real HTTP: yes and no, and exactly the events written.</summary>
public sealed class MeasureDoors
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Cast(
        Site Site,
        HttpClient First,
        HttpClient Second,
        HttpClient Admin,
        HttpClient Shop,
        Guid Merchant,
        Guid Rule
    );

    private static async Task<Cast> Play(Db db)
    {
        var site = await Site.Start(db);
        await Reporting.Run(site, OperatorKind.Marketplace);
        var shop = await site.Merchant(Sites.OwnName("亮亮数码"));
        return new Cast(
            site,
            await site.As(Role.Reviewer),
            await site.As(Role.Reviewer),
            await site.As(Role.Admin),
            await site.As(Role.Merchant, shop),
            shop,
            await Rule(site)
        );
    }

    private static async Task Tick(Site site) =>
        await new MeasureTicks(site.Store, NullLogger<MeasureTicks>.Instance).RunDue(Ct);

    private static async Task<IEnumerable<string>> Letters(Site site) =>
        (await site.Store.Query<string>("select template from outbox where template like 'measure-%'", null, Ct)).Order(
            StringComparer.Ordinal
        );

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_listing_is_taken_down_with_reasons_and_lifted_in_public(Db db)
    {
        var cast = await Play(db);
        await using var site = cast.Site;
        var foreign = await site.As(Role.Merchant, await site.Merchant(Sites.OwnName("别家")));
        (await Faults(cast.First, new { })).ShouldBe(
            ["factsOn", "addressee", "clause", "kind", "target.kind", "reason", "facts", "scope"],
            ignoreOrder: true
        );
        var both = new { merchant = cast.Merchant, account = Guid.NewGuid() };
        (await cast.First.PostJson(Where, Down(cast.Merchant, cast.Rule).With(("addressee", both))).Json(400))
            .GetRawText()
            .ShouldContain("只能针对一个对象");
        (await Faults(cast.First, Down(cast.Merchant, cast.Rule).With(("amount", "5"), ("cause", "fraud")))).ShouldBe([
            "amount",
            "cause",
        ]);
        var closing = Down(cast.Merchant, cast.Rule)
            .With(
                ("kind", "shopClosed"),
                ("target", new { kind = "shop" }),
                ("openOrders", "照常发货"),
                ("deposits", "三十日后退还"),
                (
                    "endsOn",
                    Shanghai.DayOf(site.Store.Now).AddDays(15).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                )
            );
        (await Faults(cast.First, closing)).ShouldBe(["endsOn"]);
        await cast.Shop.PostJson(Where, Down(cast.Merchant, cast.Rule)).Json(403);
        await site.Anyone.PostJson(Where, Down(cast.Merchant, cast.Rule)).Json(401);
        var early = Down(cast.Merchant, cast.Rule).With(("factsOn", "2026-09-30"));
        await cast.First.PostJson(Where, early).Refused(409, "measure.clause-not-in-force");

        var measure = await site.Appends(
            ["measure.proposed"],
            () => cast.First.PostJson(Where, Down(cast.Merchant, cast.Rule)).Json(201)
        );
        measure.Can().ShouldBe(["sign", "drop"]);
        await cast.Shop.GetAsync(At(measure), Ct).Json(404);
        var against = new
        {
            target = new { kind = "measure", id = measure.GetProperty("id").GetString() },
            draft = true,
        };
        await cast.Shop.PostJson("/api/v1/appeals", against).Json(404);
        await site.Anyone.GetAsync(At(measure), Ct).Json(404);
        await cast.Shop.PostJson(At(measure, "ask-human")).Json(404);
        await cast.Shop.PostJson(At(measure, "sign")).Json(403);
        var again = Down(cast.Merchant, cast.Rule).With(("asksFirst", true));
        measure = await OneOrTwo.SignedByOne(site, cast.First, cast.Shop, measure, again);
        measure.Status().ShouldBe("inForce");
        await cast
            .First.PostJson(At(measure, "sign"))
            .Refused(409, "measure.wrong-state", "签署，不能签署。您现在可以：解除");

        var open = await site.Anyone.GetAsync(At(measure), Ct).Json();
        open.GetProperty("words").GetProperty("facts").GetString()!.ShouldContain("冒烟");
        open.GetProperty("clause").GetProperty("shown").GetProperty("zh").GetString()!.ShouldContain("人身安全");
        open.Can().ShouldBeEmpty();
        var own = await cast.Shop.GetAsync(At(measure), Ct).Json();
        own.GetProperty("turn").GetProperty("verb").GetString().ShouldBe("appeal");
        own.GetProperty("deadlines")[0].GetProperty("kind").GetString().ShouldBe("appeal");
        await foreign.PostJson(At(measure, "ask-human")).Json(404);
        await cast.First.PostJson(At(measure, "answer"), new { text = "不是我的" }).Json(403);

        await cast.First.PostJson(At(measure, "lift"), new { because = "x" }).Json(400);
        await site.Appends(
            ["measure.lifted"],
            () =>
                cast
                    .Second.PostJson(At(measure, "lift"), new { because = "corrected", reason = "复检合格，已恢复。" })
                    .Json()
        );
        var register = await site.Anyone.GetAsync(Where + "?q=充电器", Ct).Json();
        register.GetProperty("items")[0].GetProperty("status").GetString().ShouldBe("lifted");
        register.GetProperty("counts").GetProperty("total").GetInt64().ShouldBe(1);
        (await site.Anyone.GetStringAsync(Where + "?format=csv", Ct)).ShouldContain("家用充电器");
        await site.Anyone.GetAsync(Where + "?format=xml", Ct).Json(400);
        await Eventually.Holds(
            async () => (await Letters(site)).SequenceEqual(["measure-news", "measure-taken"]),
            "the shop was told of both"
        );
        await NumbersOfPersons.AreNotPublic(site, cast.First, cast.Shop, Down(cast.Merchant, cast.Rule));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_heavy_one_is_announced_heard_and_signed_by_another(Db db)
    {
        var cast = await Play(db);
        await using var site = cast.Site;
        var measure = await cast.First.PostJson(Where, Forbidden(cast.Merchant, cast.Rule)).Json(201);
        measure.Status().ShouldBe("announced");
        await site.Anyone.GetAsync(At(measure), Ct).Json(404);
        await cast.Second.PostJson(At(measure, "sign")).Refused(409, "measure.still-to-answer");
        var own = await cast.Shop.GetAsync(At(measure), Ct).Json();
        own.Can().ShouldBe(["answer", "askHuman"]);
        await cast.Shop.PostJson(At(measure, "answer"), new { text = "" }).Json(400);
        await site.Appends(
            ["measure.answered"],
            () => cast.Shop.PostJson(At(measure, "answer"), new { text = "该批次已召回，附检测报告。" }).Json()
        );
        await cast.Shop.PostJson(At(measure, "answer"), new { text = "再说一次。" }).Refused(409, "measure.answered");
        await cast
            .First.PostJson(At(measure, "sign"), new { note = "已阅，不成立。" })
            .Refused(409, "measure.four-eyes");
        await OneOrTwo.AnotherHasTo(site, cast.First, measure);
        await cast.Second.PostJson(At(measure, "sign")).Json(400);
        measure = await site.Appends(
            ["measure.signed"],
            () => cast.Second.PostJson(At(measure, "sign"), new { note = "召回只涉及旧批次，新批次同样超标。" }).Json()
        );
        measure.GetProperty("inEffect").GetBoolean().ShouldBeTrue();
        await OneOrTwo.SignedByTwo(site, cast.Shop, measure);
        measure = await AskedWithAReport.Of(site, cast.Shop, cast.Second, measure);
        var machine = Down(cast.Merchant, cast.Rule).With(("automation", "fully"));
        await cast.First.PostJson(Where, machine).Refused(409, "measure.human-first");
        await cast.Shop.PostJson(At(measure, "ask-human")).Refused(409, "measure.human-asked");
        await site.Appends(
            ["measure.looked"],
            () => cast.Second.PostJson(At(measure, "look"), new { text = "我核对了检测报告和批次。" }).Json()
        );
        await cast.First.PostJson(Where, machine).Json(201);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_urgent_stop_stays_unsigned_and_counts_as_overdue_while_money_lapses(Db db)
    {
        var cast = await Play(db);
        await using var site = cast.Site;
        (
            await Faults(cast.First, Down(cast.Merchant, cast.Rule).With(("urgent", true), ("reason", "price")))
        ).ShouldBe(["urgent"]);
        var stop = await cast.First.PostJson(Where, Down(cast.Merchant, cast.Rule).With(("urgent", true))).Json(201);
        var fee = Down(cast.Merchant, cast.Rule)
            .With(
                ("urgent", true),
                ("kind", "feeDeducted"),
                ("target", new { kind = "shop" }),
                ("amount", "500.00"),
                ("basis", "服务协议约定"),
                ("method", "五单，每单一百元"),
                ("endCondition", null)
            );
        var money = await cast.First.PostJson(Where, fee).Json(201);
        (await cast.Shop.GetAsync(At(stop), Ct).Json()).GetProperty("inEffect").GetBoolean().ShouldBeTrue();
        site.Clock.Turn(TimeSpan.FromHours(25));
        await Tick(site);
        await cast.Second.PostJson(At(stop, "sign")).Refused(409, "measure.for-the-admin");
        (await cast.Shop.GetAsync(At(money), Ct).Json()).Status().ShouldBe("lapsed");
        var counts = (await site.Anyone.GetAsync(Where, Ct).Json()).GetProperty("counts");
        counts.GetProperty("overdueNow").GetInt64().ShouldBe(1);
        await site.Appends(["measure.signed"], () => cast.Admin.PostJson(At(stop, "sign")).Json());
        counts = (await site.Anyone.GetAsync(Where, Ct).Json()).GetProperty("counts");
        (counts.GetProperty("overdue").GetInt64(), counts.GetProperty("overdueNow").GetInt64()).ShouldBe((1, 0));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_ip_measure_is_lifted_without_a_suit_and_a_person_is_never_named(Db db)
    {
        var cast = await Play(db);
        await using var site = cast.Site;
        var ip = Down(cast.Merchant, cast.Rule)
            .With(("reason", "ipNotice"), ("notice", "商标权人甲公司通知：擅用其商标。"));
        (await Faults(cast.First, ip)).ShouldBe(["holder", "holderContact"]);
        ip = ip.With(("holder", "甲公司"), ("holderContact", "不知道"));
        (await Faults(cast.First, ip)).ShouldBe(["holderContact"]);
        ip = ip.With(("holderContact", "ip@jia.example"));
        var measure = await cast.First.PostJson(Where, ip).Json(201);
        await cast.First.PostJson(At(measure, "sign")).Json();
        await cast.First.PostJson(At(measure, "sued"), new { text = "某法院立案" }).Refused(409, "measure.not-stated");
        await site.Appends(
            ["measure.stated"],
            () =>
                cast
                    .Shop.PostJson(At(measure, "statement"), new { text = "我方有授权书，不侵权，电话13812345678。" })
                    .Json()
        );
        await Eventually.Holds(
            async () => (await Letters(site)).Contains("measure-stated"),
            "the holder of the right was told of the statement"
        );
        // Notice, statement and result are public; where the holder is reached is the desk's.
        var stated = await site.Anyone.GetStringAsync(At(measure), Ct);
        foreach (var said in new[] { "甲公司", "擅用其商标", "我方有授权书", "138****5678" })
            stated.ShouldContain(said);
        foreach (var who in new[] { site.Anyone, cast.Shop })
            (await who.GetStringAsync(At(measure), Ct)).ShouldNotContain("ip@jia.example");
        (await cast.First.GetStringAsync(At(measure), Ct)).ShouldContain("ip@jia.example");
        site.Clock.Turn(TimeSpan.FromDays(19));
        await Tick(site);
        (await site.Anyone.GetAsync(At(measure), Ct).Json())
            .GetProperty("liftedBecause")
            .GetString()
            .ShouldBe("ip-no-suit");

        var person = await site.As(Role.Claimant, phone: Sites.OwnPhone(), name: "王小明");
        var account = await site.Store.First<Guid>("select id from accounts where role = 'claimant'", null, Ct);
        var body = Down(cast.Merchant, cast.Rule)
            .With(
                ("kind", "accountRestricted"),
                ("addressee", new { account }),
                ("target", new { kind = "account", title = "王小明的账号" }),
                ("reason", "abusiveClaims"),
                ("facts", "王小明以索赔为名威胁三家商家，录音为证。")
            );
        var restricted = await cast.First.PostJson(Where, body).Json(201);
        await cast.First.PostJson(At(restricted, "sign")).Json();
        var told = await person.GetStringAsync(At(restricted), Ct);
        told.ShouldContain("录音为证");
        foreach (var open in new[] { At(restricted), Where, Where + "?format=csv", Where + "?format=dsa" })
            (await site.Anyone.GetStringAsync(open, Ct)).ShouldNotContain("王小明", customMessage: open);
        (
            await site.Anyone.GetStringAsync(At(restricted).Replace("/api/v1", "", StringComparison.Ordinal), Ct)
        ).ShouldNotContain("王小明");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_may_only_recommend_restricts_nothing_and_publishes_nothing(Db db)
    {
        await using var site = await Site.Start(db);
        await Reporting.Run(site, OperatorKind.Association);
        var (shop, rule) = (await site.Merchant(Sites.OwnName("亮亮数码")), await Rule(site));
        var reviewer = await site.As(Role.Reviewer);
        var closing = Down(shop, rule)
            .With(
                ("kind", "shopClosed"),
                ("target", new { kind = "shop" }),
                ("openOrders", "照常发货"),
                ("deposits", "三十日后退还")
            );
        await reviewer.PostJson(Where, closing).Refused(409, "measure.marketplace-only");
        await reviewer
            .PostJson(Where, Down(shop, rule).With(("urgent", true)))
            .Refused(409, "measure.recommendation-not-urgent");
        var measure = await reviewer.PostJson(Where, Down(shop, rule)).Json(201);
        measure = await reviewer.PostJson(At(measure, "sign")).Json();
        measure.GetProperty("form").GetString().ShouldBe("recommendation");
        await site.Anyone.GetAsync(At(measure), Ct).Json(404);
    }
}
