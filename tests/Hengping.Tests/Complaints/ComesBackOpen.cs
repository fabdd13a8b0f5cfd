using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// A form of the case room that is refused comes back as it was sent: open, for nobody finds a fault that lies folded,
/// with what was chosen and typed. The others stay folded.
/// </summary>
public sealed class ComesBackOpen(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_decline_without_what_shows_its_factor(Db db)
    {
        var desk = await Desk.Open(sites, db);
        var room = await RoomOf(desk, await desk.Filed());
        var staff = await desk.Site.Browsing(desk.Mediator);
        (string, string?)[] bare =
        [
            ("reason", "not-consumption"),
            ("factor", "noPurchase"),
            ("note", "可以向法院起诉。"),
        ];
        var no = await desk.Site.Appends([], () => staff.Send(room, "Decline", bare));
        no.Body.ShouldContain("data-key=\"n\" open=\"open\"");
        no.Body.ShouldContain("value=\"not-consumption\" required checked=\"checked\"");
        no.Body.ShouldContain("可以向法院起诉。");
        no.Body.ShouldNotContain("data-key=\"r\" open");
        no.Body.ShouldNotContain("data-key=\"d\" open", customMessage: "one filled button, that of the open form");
        (await staff.GetStringAsync(room, Ct)).ShouldNotContain("data-key=\"n\" open");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_offer_whose_sum_could_be_read_two_ways(Db db)
    {
        var desk = await Desk.Open(sites, db);
        var room = await RoomOf(desk, await desk.Delivered());
        var shop = await desk.Site.Browsing(desk.Merchant);
        (string, string?)[] comma = [("terms", "退还差价"), ("amount", "199,50"), ("dueBy", "2026-10-20")];
        var no = await desk.Site.Appends([], () => shop.Send(room, "Offer", comma));
        no.Body.ShouldContain("data-key=\"o\" open=\"open\"");
        no.Body.ShouldContain("退还差价");
        no.Body.ShouldNotContain("data-key=\"m\" open");
    }

    private static async Task<string> RoomOf(Desk desk, string id) =>
        "/cases/" + (await desk.Mediator.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString();
}
