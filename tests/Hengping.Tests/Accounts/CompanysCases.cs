using System.Net;
using System.Text;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Accounts;

/// <summary>What an employee files for their company is the company's: it outlives them.</summary>
public sealed class CompanysCases
{
    private const string Phone = "13911113333";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Of_an_erased_employee_goes_the_name_and_not_the_companys_complaint(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var (site, store) = (desk.Site, desk.Site.Store);
        var employee = await site.As(Role.Merchant, desk.Shop, Phone, "员工甲");
        byte[] paper = [.. "%PDF-1.7 "u8, .. Encoding.UTF8.GetBytes("扣款通知")];
        var file = (await employee.Upload(paper, "扣款.pdf", "application/pdf").Json(201)).GetProperty("id").GetGuid();
        var body = desk.MerchantBody();
        body["evidence"] = new[] { file };
        var receipt = await employee.PostJson("/api/v1/complaints", body).Json(201);
        var id = receipt.GetProperty("id").GetString()!;
        await Listening.CatchUp(store, Rooms.House.Listeners(store, ""), Ct);
        var person = (await AccountDesk.FindByPhone(store, Role.Merchant, Phone, Ct))!.Value;
        var about = new { id = Guid.Parse(id) };
        var letters = await store.First<long>(
            "select count(*) from outbox where complaint = @id and account is null",
            about,
            Ct
        );
        letters.ShouldBeGreaterThan(0, "the platform was told");

        // The company's dispute goes on without them: it is not theirs to wait for.
        (await Erasure.HasOpen(store, person, Ct)).ShouldBeFalse();
        var erased = (await Erasure.Erase(store, person, "request", "cli", Ct)).Event!;
        (erased.Cases, erased.Evidence).ShouldBe((0, 0));
        await Listening.CatchUp(store, Rooms.House.Listeners(store, ""), Ct);

        (await desk.Mediator.GetByteArrayAsync($"/api/v1/evidence/{file:D}", Ct)).ShouldBe(paper);
        foreach (var who in new[] { desk.Merchant, desk.PlatformDesk, desk.Mediator })
        {
            var shown = await who.GetAsync(Desk.At(id), Ct).Json();
            shown.GetProperty("story").GetString()!.ShouldContain("水壶");
            shown.GetRawText().ShouldNotContain("王");
            (await who.GetAsync($"/api/v1/evidence/{file:D}", Ct)).StatusCode.ShouldNotBe(HttpStatusCode.NotFound);
        }
        var found = await desk.Mediator.GetAsync($"/api/v1/complaints?q={Uri.EscapeDataString("水壶")}", Ct).Json();
        found.GetProperty("items").GetArrayLength().ShouldBe(1);
        (
            await store.First<long>("select count(*) from outbox where complaint = @id and account is null", about, Ct)
        ).ShouldBe(letters);
        await desk
            .PlatformDesk.PostJson(Desk.At(id, "reply"), new { text = "已核实，保证金今天退回贵店账户。" })
            .Json();
        await desk.Merchant.PostJson(Desk.At(id, "withdraw")).Json();
        (await ErasureRest.Finish(store, person, Ct)).Cases.ShouldBe(0);
        (await desk.Merchant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("story").GetString()!.ShouldContain("水壶");
    }
}
