using Dapper;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules.Accounts;
using Hengping.Tests.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Reports;

/// <summary>Reports under a name by somebody without an account: their phone number finds and erases them.</summary>
public sealed class ReportContactsErased
{
    private const int Years = 3;
    private const string Other = "13855556666";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<(string Id, object Pair)> Report(Site site, Guid shop, string phone = Canary.Phone)
    {
        var body = Named(shop);
        body["text"] = Canary.Report;
        body["contact"] = new { name = Canary.Name, phone };
        return await Filed(site, site.Anyone, body);
    }

    private static Task<EraseCommand.Done> Erase(Site site, string? ground = null) =>
        EraseCommand.Run(site.Store, "+86 139-7777-8888", ground, Years, Ct);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task At_once_with_a_ground_nothing_of_them_is_left_and_nothing_of_others_is_touched(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("云上百货");
        var staff = await site.As(Role.Mediator);
        await using (var before = await Store.Open(site.Place, Rooms.House, site.Clock, Ct))
        {
            await Report(site, shop);
            (await Canary.Dump(site)).Says(AccountDesk.PhonePrint(site.Store, Canary.Phone));
            await Rotation.Run(before, Rooms.House.Listeners(before, ""), Ct);
        }
        await Task.Delay(600, Ct);
        var (mine, pair) = await Report(site, shop);
        var (others, _) = await Report(site, shop, Other);
        await site.Anyone.PostJson(Where + "/follow/withdraw", pair).Json();

        var done = await site.Appends(["report.erased", "report.erased"], () => Erase(site, "本人申请"));

        (done.Account, done.Left).ShouldBe((null, new PhoneErased(2, ErasesOn: null)));
        (await staff.GetStringAsync(At(mine), Ct)).ShouldNotContainAny(Canary.Words);
        (await staff.GetStringAsync(At(others), Ct)).ShouldContain(Other);
        await Erase(site).Refused("erase.unknown");
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        await site.Store.Wipe(Ct);
        var prints = Canary.PrintsOf(site.Store.Keys.Prints, Guid.Empty, shop);
        (await Canary.Dump(site)).SaysNone([.. Canary.Words, .. prints]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task While_the_term_runs_it_is_locked_and_goes_by_age(Db engine)
    {
        await using var site = await Site.Start(engine);
        var staff = await site.As(Role.Mediator);
        var (id, pair) = await Report(site, await site.Merchant("云上百货"));
        await site.Anyone.PostJson(Where + "/follow/withdraw", pair).Json();
        site.Clock.Turn(TimeSpan.FromDays(10));

        var done = await site.Appends(["report.locked"], () => Erase(site));

        done.Left.ShouldBe(new PhoneErased(1, Days.Monday.AddYears(Years)));
        (await staff.GetStringAsync(At(id), Ct)).ShouldNotContainAny(Canary.Words);
        await Erase(site).Refused("erase.unknown");
        var slot = (await site.Store.Load(ReportBook.Instance, Guid.Parse(id), Ct)).KeySlot;
        (site.Store.Keys.Holds(slot), site.Store.Keys.Keeps(slot)).ShouldBe((false, true));
        site.Clock.TurnTo(Days.Monday.AddYears(Years).AddDays(1));
        var keeping = site.Of<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>()
            .OfType<ReportKeeping>()
            .Single();
        await site.Appends(["report.erased"], () => keeping.EraseSome(Ct));
        site.Store.Keys.Keeps(slot).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_held_refuses_all_of_it_the_account_of_that_phone_too(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("云上百货");
        await site.As(Role.Claimant, phone: Canary.Phone);
        await Report(site, shop);
        var (held, _) = await Report(site, shop);
        var reviewer = await site.As(Role.Reviewer);
        await reviewer.PostJson(At(held, "hold"), new { ground = "litigation", reason = "法院要求保全。" }).Json();
        await site.Appends([], async () => await Erase(site).Refused("report.on-hold"));
        await reviewer.PostJson(At(held, "hold/lift"), new { reason = "案件已结。" }).Json();

        var done = await site.Appends(
            ["report.erased", "report.erased", "account.erased"],
            () => Erase(site, "本人申请")
        );
        (done.Account is null, done.Left.Count).ShouldBe((false, 2));
    }

    /// <summary>As a program of before wrote the row.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_report_from_before_is_found_after_the_next_start(Db engine)
    {
        await using var site = await Site.Start(engine);
        await Report(site, await site.Merchant("云上百货"));
        await site.Store.Write((db, tx) => db.ExecuteAsync("update reports set contact_print = null", null, tx), Ct);
        await Erase(site).Refused("erase.unknown");
        await using var next = await site.Restarted(TimeSpan.FromMinutes(1));
        (await Erase(next)).Left.Count.ShouldBe(1);
    }
}

file static class Refusals
{
    public static async Task<object?> Refused(this Task<EraseCommand.Done> asked, string code)
    {
        (await Should.ThrowAsync<Refused>(() => asked)).Refusal.Code.ShouldBe(code);
        return null;
    }
}
