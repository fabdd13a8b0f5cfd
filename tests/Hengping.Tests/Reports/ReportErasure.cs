using System.Text;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules.Accounts;
using Hengping.Rules.Reports;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Reports;

/// <summary>A report goes with its reporter where it has one, and with age; an anonymous one is nobody's.</summary>
public sealed class ReportErasure
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Erasing_a_person_erases_what_they_reported_under_their_name_and_nothing_else(Db db)
    {
        await using var site = await Site.Start(db);
        var shop = await site.Merchant("云上百货");
        var claimant = await site.As(Role.Claimant, phone: "13800000001", name: "王小明");
        byte[] paper = [.. "%PDF-1.7 "u8, .. Encoding.UTF8.GetBytes("批号")];
        var file = (await claimant.Upload(paper, "批号.pdf", "application/pdf").Json(201)).GetProperty("id").GetGuid();
        var body = Named(shop);
        body["evidence"] = new[] { file };
        var (mine, pair) = await Filed(site, claimant, body);
        var (secret, _) = await Filed(site, claimant, Anonymous(shop));
        var staff = await site.As(Role.Mediator);
        (await staff.GetByteArrayAsync($"/api/v1/evidence/{file}", Ct)).ShouldBe(paper);
        (await staff.GetAsync(At(mine), Ct).Json())
            .GetProperty("contact")
            .GetProperty("name")
            .GetString()
            .ShouldBe("王小明");

        var person = await AccountDesk.FindByPhone(site.Store, Role.Claimant, "13800000001", Ct);
        var erased = await site.Appends(
            ["account.erased", "report.erased"],
            () => Erasure.Erase(site.Store, person!.Value, "request", "cli", Ct)
        );
        erased.Event!.Reports.ShouldBe(1);
        var gone = await staff.GetAsync(At(mine), Ct).Json();
        gone.TryGetProperty("contact", out _).ShouldBeFalse();
        gone.TryGetProperty("text", out _).ShouldBeFalse();
        gone.GetProperty("status").GetString().ShouldBe("received");
        await staff.PostJson(At(mine, "accept")).Refused(409, "report.erased");
        await staff.GetAsync($"/api/v1/evidence/{file}", Ct).Refused(404, "not-found");
        (await site.Anyone.PostJson(Where + "/follow", pair).Json()).GetProperty("canAdd").GetBoolean().ShouldBeFalse();
        (await staff.GetAsync(At(secret), Ct).Json()).GetProperty("text").GetString()!.ShouldContain("奶粉");
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        (await staff.GetStringAsync(At(mine), Ct)).ShouldNotContain("奶粉");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Words_and_names_never_lie_open_and_only_who_gave_a_name_is_told_by_message(Db db)
    {
        await using var site = await Site.Start(db);
        var shop = await site.Merchant("云上百货");
        var staff = await site.As(Role.Mediator);
        var claimant = await site.As(Role.Claimant, phone: "13800000009");
        var body = Named(shop);
        body["contact"] = new { name = "欧阳霓裳", phone = "13911112222" };
        foreach (var who in new[] { claimant, site.Anyone })
            await staff.PostJson(At((await Filed(site, who, body)).Id, "accept")).Json();
        await staff.PostJson(At((await Filed(site, site.Anyone, Anonymous(shop))).Id, "accept")).Json();
        await NowhereIn(site, "奶粉", "欧阳霓裳", "13911112222");

        var listeners = Rooms.House.Listeners(site.Store, "https://odr.example");
        await Listening.CatchUp(site.Store, listeners, Ct);
        var letters = await Outbox.Newest(site.Store, 50, Ct);
        letters.Count.ShouldBe(2, "the two who gave a name; neither the merchant nor anybody else");
        letters.ShouldAllBe(l =>
            l.Template == "report-news" && l.To == "13911112222" && !site.TextOf(l).Contains("举报")
        );
        var person = await AccountDesk.FindByPhone(site.Store, Role.Claimant, "13800000009", Ct);
        (await Erasure.Erase(site.Store, person!.Value, "request", "cli", Ct)).Event!.Messages.ShouldBe(1);
        await NowhereIn(site, "奶粉", "欧阳霓裳", "13911112222");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Three_years_after_its_end_a_report_is_erased_by_the_clock(Db db)
    {
        await using var site = await Site.Start(db);
        var staff = await site.As(Role.Mediator);
        var (id, _) = await Filed(site, site.Anyone, Anonymous(await site.Merchant("云上百货")));
        await staff.PostJson(At(id, "decline"), new { reason = "report-no-lead", note = "没有可核查的线索。" }).Json();
        var keeping = site.Of<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>()
            .OfType<ReportKeeping>()
            .Single();
        site.Clock.Turn(TimeSpan.FromDays((3 * 365) - 1));
        await site.Appends([], () => keeping.EraseSome(Ct));
        site.Clock.Turn(TimeSpan.FromDays(3));
        await site.Appends(["report.erased"], () => keeping.EraseSome(Ct));
        var story = await site.Store.ReadStory(ReportBook.Instance, Guid.Parse(id), Ct);
        ((ReportEvent.Filed)story[0].Event).Story.ShouldBeNull();
    }
}
