using System.Text.Json;
using Hengping.App;
using Hengping.App.ClaimReports;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Orders;

/// <summary>
/// An upheld report takes its orders out of the metrics, and an appeal brings them back: with its reason, both numbers
/// beside each other, and nothing else of the shop's moved.
/// </summary>
public sealed class ExcludedOrders
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static object Line(string order, string? refunded = null) =>
        new
        {
            orderNo = order,
            orderedAt = "2026-10-01",
            amount = "100.00",
            refundAskedAt = refunded is null ? null : "2026-10-02",
            refundedAt = refunded,
            quality = refunded is not null,
        };

    private static async Task Says(Desk desk, Guid report, params Func<IReadOnlyList<string>, ClaimReportEvent>[] what)
    {
        var store = desk.Site.Store;
        string[] orders =
        [
            ShopOrders.PrintOf(store.Keys, desk.Shop, "E-1"),
            ShopOrders.PrintOf(store.Keys, desk.Shop, "E-200"),
        ];
        var loaded = await store.Load(ClaimReportBook.Instance, report, Ct);
        var from = loaded.Version == 0 ? new Loaded<ClaimReport>(report, 0, 0, null) : loaded;
        var events = what.Select(one => one(orders)).ToList();
        var change = store.Change(ClaimReportBook.Instance, from, store.Now, "clock", events);
        (await store.Append(new Commit([change]), Ct)).ShouldBeOfType<Outcome.Done>();
        await Heard(desk);
    }

    private static Task Heard(Desk desk) =>
        Listening.CatchUp(desk.Site.Store, Rooms.House.Listeners(desk.Site.Store, ""), Ct);

    private static async Task<JsonElement> Own(Desk desk) =>
        (await desk.Merchant.GetAsync($"/api/v1/merchants/{desk.Shop:D}/metrics", Ct).Json()).GetProperty("own");

    private static (long Orders, decimal Refunds, int? Hours) Of(JsonElement own, string which)
    {
        var one = own.GetProperty(which);
        int? hours = one.TryGetProperty("refundHoursP90", out var said) ? said.GetInt32() : null;
        return (one.GetProperty("orders").GetInt64(), one.GetProperty("refundShare").GetDecimal(), hours);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task They_leave_the_metrics_and_come_back_and_count_elsewhere_all_the_time(Db db)
    {
        await using var desk = await Desk.Open(db);
        var lines = Enumerable.Range(2, 99).Select(i => Line($"E-{i}")).Append(Line("E-1", "2026-10-05")).ToList();
        await desk.Merchant.PostJson("/api/v1/orders", new { lines }).Json(201);
        await Heard(desk);
        var before = await Own(desk);
        Of(before, "withoutExcluded").ShouldBe((100, 0.01m, 72));

        var report = StreamId.Next();
        var now = desk.Site.Store.Now;
        await Says(
            desk,
            report,
            orders => new ClaimReportEvent.Filed(
                "HP-7",
                desk.Shop,
                null,
                null,
                Pretext.Fake,
                null,
                orders,
                0,
                [],
                IsHeld: false,
                now.AddDays(1),
                now.AddDays(2)
            ),
            orders => new ClaimReportEvent.LeftMetrics(desk.Shop, "HP-7", orders, now)
        );
        var without = await Own(desk);
        Of(without, "withoutExcluded").ShouldBe((99, 0m, null));
        Of(without, "withExcluded").ShouldBe((100, 0.01m, 72));
        without.GetProperty("excludedOrders").GetInt64().ShouldBe(1);
        var reason = without.GetProperty("excludedBy").EnumerateArray().Single();
        reason.GetProperty("report").GetString().ShouldBe("HP-7");
        // The rate of complaints is over all orders, as before.
        without.GetProperty("complaints").GetRawText().ShouldBe(before.GetProperty("complaints").GetRawText());

        // A later state of an order that is out moves what is out; one that comes only now is out at once.
        var later = new[] { Line("E-1", "2026-10-07"), Line("E-200", "2026-10-03"), Line("E-2", "2026-10-03") };
        await desk.Merchant.PostJson("/api/v1/orders", new { lines = later }).Json(201);
        await Heard(desk);
        without = await Own(desk);
        Of(without, "withoutExcluded").ShouldBe((99, 0.0101m, 24));
        Of(without, "withExcluded").ShouldBe((101, 0.0297m, 120));
        (await (await desk.Site.Browsing(desk.Merchant)).GetStringAsync("/merchant/metrics", Ct)).ShouldContain("HP-7");

        // Rebuilt from the log, in one go, it is the same.
        await Rebuilding.Run(desk.Site.Store, Rooms.House.Listeners(desk.Site.Store, ""), null, Ct);
        (await Own(desk)).GetRawText().ShouldBe(without.GetRawText());

        await Says(desk, report, orders => new ClaimReportEvent.ReturnedToMetrics(desk.Shop, "HP-7", orders, now));
        var back = await Own(desk);
        Of(back, "withoutExcluded").ShouldBe((101, 0.0297m, 120));
        back.GetProperty("withExcluded").GetRawText().ShouldBe(back.GetProperty("withoutExcluded").GetRawText());
        back.GetProperty("excludedBy").GetArrayLength().ShouldBe(0);
        (
            await desk.Site.Store.First<long>("select count(*) from order_exclusions where until is not null", null, Ct)
        ).ShouldBe(2);
    }
}
