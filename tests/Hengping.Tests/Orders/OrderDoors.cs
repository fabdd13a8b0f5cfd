using System.Globalization;
using System.Net;
using System.Text.Json;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Rules.Operators;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Orders;

/// <summary>The doors of orders over real HTTP: yes and no, exactly the events written, what is made of them.</summary>
public sealed class OrderDoors
{
    private const string Where = "/api/v1/orders";
    private static readonly string[] Taken = ["orders.taken"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static object Line(
        string order,
        string amount = "100.00",
        string line = "1",
        string ordered = "2026-10-01"
    ) =>
        new
        {
            orderNo = order,
            lineNo = line,
            product = "SKU-1",
            orderedAt = ordered,
            amount,
        };

    private static object Back(string order, bool quality, string refunded) =>
        new
        {
            orderNo = order,
            orderedAt = "2026-10-01",
            amount = "100.00",
            deliveredAt = "2026-10-03",
            refundAskedAt = "2026-10-04T08:00:00+08:00",
            refundedAt = refunded,
            returnedAt = "2026-10-05",
            quality,
        };

    private static string At(Guid shop, string query = "") => $"/api/v1/merchants/{shop:D}/metrics{query}";

    private static Task Heard(Site site) => Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);

    private static decimal? Number(JsonElement of, string name) =>
        of.GetProperty(name) is { ValueKind: JsonValueKind.Number } one ? one.GetDecimal() : null;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_shop_sends_its_orders_and_sees_what_they_say(Db db)
    {
        await using var desk = await Desk.Open(db);
        var (site, shop) = (desk.Site, desk.Shop);
        await desk.Delivered();
        object[] lines =
        [
            Back("A-1", quality: true, "2026-10-05T09:30:00+08:00"),
            Back("A-2", quality: false, "2026-10-04T18:00:00+08:00"),
            .. Enumerable.Range(3, 117).Select(i => Line($"A-{i}")),
            Line("A-3", line: "2"),
        ];
        var first = await site.Appends(Taken, () => desk.Merchant.PostJson(Where, new { lines }).Json(201));
        first.GetProperty("known").GetBoolean().ShouldBeFalse();
        first.GetProperty("lines").GetInt32().ShouldBe(120);

        // The same lines again, whoever sends them, are the same batch.
        var again = await site.Appends([], () => desk.Merchant.PostJson(Where, new { lines }).Json());
        again.GetProperty("known").GetBoolean().ShouldBeTrue();
        again.GetProperty("batch").GetGuid().ShouldBe(first.GetProperty("batch").GetGuid());

        await Heard(site);
        var own = (await desk.Merchant.GetAsync(At(shop), Ct).Json()).GetProperty("own");
        var counted = own.GetProperty("withoutExcluded");
        Number(counted, "orders").ShouldBe(119);
        Number(counted, "refundShare").ShouldBe(0.0168m);
        Number(counted, "qualityRefundRate").ShouldBe(0.0084m);
        Number(counted, "returnRate").ShouldBe(0.0168m);
        // 10:00 and 25:30 after asking: the hours begun.
        Number(counted, "refundHoursMedian").ShouldBe(10);
        Number(counted, "refundHoursP90").ShouldBe(26);
        own.GetProperty("withExcluded").GetRawText().ShouldBe(counted.GetRawText());
        var rate = own.GetProperty("complaints");
        (Number(rate, "complaints"), Number(rate, "orders")).ShouldBe((1, 119));
        rate.GetProperty("stand").GetString().ShouldBe("normal");
        own.GetProperty("months").GetArrayLength().ShouldBe(1);

        // A later state takes an earlier one's place, and an older one that comes late does not.
        await site.Appends(
            Taken,
            () => desk.Merchant.PostJson(Where, new { lines = new[] { Back("A-3", false, "2026-10-06") } }).Json(201)
        );
        var late = new[] { Line("A-3", ordered: "2026-10-01T00:00:00+08:00", amount: "1.00") };
        await site.Appends(Taken, () => desk.Merchant.PostJson(Where, new { lines = late }).Json(201));
        await Heard(site);
        counted = (await desk.Merchant.GetAsync(At(shop), Ct).Json()).GetProperty("own").GetProperty("withoutExcluded");
        (Number(counted, "orders"), Number(counted, "refundShare")).ShouldBe((119, 0.0252m));
        var fen = await site.Store.First<long>("select sum(fen) from order_days where not excluded", null, Ct);
        fen.ShouldBe(120 * 100_00);

        // Anyone: shares, and no counts.
        var open = await site.Anyone.GetAsync(At(shop), Ct).Json();
        open.TryGetProperty("own", out _).ShouldBeFalse();
        Number(open.GetProperty("public"), "refundShare").ShouldBe(0.0252m);
        open.GetProperty("public").GetRawText().ShouldNotContain("119");
        open = await desk.OtherMerchant.GetAsync(At(shop), Ct).Json();
        open.TryGetProperty("own", out _).ShouldBeFalse();
        (await desk.Mediator.GetAsync(At(shop), Ct).Json()).TryGetProperty("own", out _).ShouldBeTrue();
        // Outside of these days there are none, and of so few nothing is said in public.
        open = await site.Anyone.GetAsync(At(shop, "?from=2026-09-01&to=2026-09-30"), Ct).Json();
        open.GetProperty("public").GetProperty("few").GetBoolean().ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Who_may_not_is_told_and_nothing_is_written(Db db)
    {
        await using var desk = await Desk.Open(db);
        var (site, shop) = (desk.Site, desk.Shop);
        var one = new { lines = new[] { Line("B-1") } };
        await site.Appends(
            [],
            async () =>
            {
                await site.Anyone.PostJson(Where, one).Json(401);
                await desk.Claimant.PostJson(Where, one).Json(403);
                var others = new { merchant = shop, lines = new[] { Line("B-1") } };
                await desk.OtherMerchant.PostJson(Where, others).Refused(403, "orders.other-shop");
                var hidden = new { lines = new object[] { Line("B-1"), new { merchant = shop, orderNo = "B-2" } } };
                await desk.OtherMerchant.PostJson(Where, hidden).Refused(403, "orders.other-shop");
                await desk.Mediator.PostJson(Where, others).Refused(409, "orders.marketplace-only");
                (await desk.Merchant.PostJson(Where).Json(400)).GetRawText().ShouldContain("没有订单行");
                await site.Anyone.GetAsync(At(Guid.NewGuid()), Ct).Json(404);
                await site.Anyone.GetAsync(At(shop, "?from=2020-01-01&to=2026-01-01"), Ct).Json(400);
                return 0;
            }
        );
        await Reporting.Run(site, OperatorKind.Marketplace);
        await site.Appends([], () => desk.Mediator.PostJson(Where, one).Json(400));
        var named = new { merchant = shop, lines = new[] { Line("B-1") } };
        await site.Appends(Taken, () => desk.Mediator.PostJson(Where, named).Json(201));
        // A shop's own token sends the same lines: they are known.
        await site.Appends([], () => desk.Merchant.PostJson(Where, one).Json());
    }

    public static TheoryData<string, string, string> Faulty() =>
        new()
        {
            { """{"orderedAt":"2026-10-01","amount":1}""", "orderNo", "请填写" },
            { """{"orderNo":"1","amount":1}""", "orderedAt", "请填写" },
            { """{"orderNo":"1","orderedAt":"2026-10-01"}""", "amount", "请填写" },
            { """{"orderNo":"1","orderedAt":"2026-10-13","amount":1}""", "orderedAt", "不能晚于现在" },
            { """{"orderNo":"1","orderedAt":"2026-10-01","amount":-1}""", "amount", "金额" },
            { """{"orderNo":"1","orderedAt":"2026-10-01","amount":1,"state":"lost"}""", "state", "没有这个选项" },
            { """{"orderNo":"1","orderedAt":"2026-10-01","amount":1,"score":6}""", "score", "1到5" },
            {
                """{"orderNo":"1","orderedAt":"2026-10-02","amount":1,"deliveredAt":"2026-10-01"}""",
                "deliveredAt",
                "不能早于下单时间"
            },
            {
                """{"orderNo":"1","orderedAt":"2026-10-01","amount":1,"returnedAt":"2026-10-03","""
                    + "\"refundedAt\":\"2026-10-02\"}",
                "refundedAt",
                "不能早于申请"
            },
        };

    [Theory, MemberData(nameof(Faulty))]
    public async Task A_line_that_does_not_hold_is_named(string line, string field, string says)
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        var body = $$"""{"lines":[{"orderNo":"0","orderedAt":"2026-10-01","amount":"1.50"},{{line}}]}""";
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var problem = await desk.Merchant.PostAsync(Where, content, Ct).Json(400);
        var errors = problem.GetProperty("errors").EnumerateObject().ToList();
        errors.Select(error => error.Name).ShouldBe([$"lines[1].{field}"]);
        errors[0].Value[0].GetString()!.ShouldContain(says);
    }

    [Fact]
    public async Task A_batch_has_ten_thousand_lines_at_the_most()
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        var lines = Enumerable.Range(0, 10_001).Select(i => Line(i.ToString(CultureInfo.InvariantCulture))).ToList();
        (await desk.Merchant.PostJson(Where, new { lines }).Json(400)).GetRawText().ShouldContain("最多10000项");
        await desk.Site.Appends(Taken, () => desk.Merchant.PostJson(Where, new { lines = lines[1..] }).Json(201));
        await Heard(desk.Site);
        var counted = (await desk.Merchant.GetAsync(At(desk.Shop), Ct).Json()).GetProperty("own");
        Number(counted.GetProperty("withExcluded"), "orders").ShouldBe(10_000);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Lines_are_rebuilt_from_their_files_and_a_backup_has_them(Db db)
    {
        await using var desk = await Desk.Open(db);
        var site = desk.Site;
        var lines = Enumerable.Range(0, 300).Select(i => Line($"ORDERNUMBER{i}", line: $"{i % 2}")).ToList();
        await desk.Merchant.PostJson(Where, new { lines }).Json(201);
        await Heard(site);
        var before = await desk.Merchant.GetAsync(At(desk.Shop), Ct).Json();
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        (await desk.Merchant.GetAsync(At(desk.Shop), Ct).Json()).GetRawText().ShouldBe(before.GetRawText());
        Number(before.GetProperty("own").GetProperty("withExcluded"), "orders").ShouldBe(300);

        // No number of an order lies open, in a table or a file.
        await Reporting.NowhereIn(site, "ORDERNUMBER");
        (await Backup.Write(site.Store, Path.Combine(site.Place.Data, "1.bak"), null, Ct)).Files.ShouldBe(1);
        var evidence = Path.Combine(site.Place.Data, "evidence");
        Directory.Move(evidence, evidence + "-elsewhere");
        var lacking = await Should.ThrowAsync<Refused>(() =>
            Backup.Write(site.Store, Path.Combine(site.Place.Data, "2.bak"), null, Ct)
        );
        lacking.Refusal.Code.ShouldBe("backup.files");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_complaint_counts_against_its_orders(Db db)
    {
        await using var desk = await Desk.Open(db);
        var lines = Enumerable.Range(0, 3).Select(i => Line($"C-{i}"));
        await desk.Merchant.PostJson(Where, new { lines }).Json(201);
        await desk.Replied();
        await Heard(desk.Site);
        var own = (await desk.Merchant.GetAsync(At(desk.Shop), Ct).Json()).GetProperty("own");
        var rate = own.GetProperty("complaints");
        (Number(rate, "complaints"), Number(rate, "rate")).ShouldBe((1, 0.3333m));
        // One of three is 33 %, and of so few that alone says nothing.
        rate.GetProperty("stand").GetString().ShouldBe("mayBeChance");
        Number(rate, "attention").ShouldBe(0.4226m);
        Number(own.GetProperty("market"), "complaints").ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_page_shows_it_to_the_shop_alone(Db db)
    {
        await using var desk = await Desk.Open(db);
        var site = desk.Site;
        var lines = Enumerable.Range(0, 150).Select(i => Line($"D-{i}", ordered: i < 90 ? "2026-10-01" : "2026-09-01"));
        await desk.Merchant.PostJson(Where, new { lines }).Json(201);
        await Heard(site);
        var shop = await site.Browsing(desk.Merchant);
        var page = await shop.GetStringAsync("/merchant/metrics", Ct);
        page.ShouldContain("150 笔订单");
        page.ShouldContain("退款时长（中位数）");
        page.ShouldContain("在正常范围内");
        page.ShouldContain("data-chart=\"lines\"");
        var wrong = await shop.GetAsync("/merchant/metrics?from=2027-01-01&to=2026-01-01", Ct);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var stranger = await site.Browsing(desk.Claimant);
        (await stranger.GetAsync("/merchant/metrics", Ct)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await site.Visitor().GetStringAsync($"/merchants/{desk.Shop:D}", Ct)).ShouldContain("退款占比");
        (await site.Visitor().GetStringAsync($"/merchants/{desk.OtherShop:D}", Ct)).ShouldNotContain("退款占比");
    }
}
