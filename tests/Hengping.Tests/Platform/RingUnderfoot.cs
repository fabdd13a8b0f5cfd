using System.Net;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// The keys directory changes under a running site: nothing is acknowledged that nobody could read after its end.
/// </summary>
public sealed class RingUnderfoot
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<(HttpStatusCode Status, string Said)> Ready(Site site)
    {
        // An answer is remembered for a second.
        await Task.Delay(1100, Ct);
        using var answer = await site.Anyone.GetAsync("/readyz", Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task Stands(Desk desk, string code)
    {
        var before = await desk.Site.Head();
        await desk.Claimant.PostJson("/api/v1/complaints", desk.Body("orderNo", "Z9")).Refused(503, code);
        (await desk.Site.Head()).ShouldBe(before);
        var ready = await Ready(desk.Site);
        ready.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ready.Said.ShouldStartWith(code + ": ");
    }

    /// <summary>As <c>tar x</c>, <c>rsync</c> and configuration tools put files back: a new one under the old name.
    /// </summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_copy_put_back_takes_nothing_until_the_next_start(Db engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "files are told apart by inode");
        await using var desk = await Desk.Open(engine);
        var id = await desk.Filed();
        foreach (var name in new[] { "ring", "master" })
        {
            var path = Path.Combine(desk.Site.Place.Keys, name);
            File.Copy(path, path + ".copy");
            File.Move(path + ".copy", path, overwrite: true);
        }
        await Stands(desk, "keys.replaced");
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Refused(503, "keys.replaced");

        await using var site = await desk.Site.Restarted(TimeSpan.FromMinutes(1));
        (await Ready(site)).Status.ShouldBe(HttpStatusCode.OK);
        await site.Same(desk.Mediator).PostJson(Desk.At(id, "deliver")).Json();
        var told = await site.Same(desk.Claimant).GetAsync(Desk.At(id)).Json();
        told.GetProperty("story").GetString().ShouldStartWith("买的水壶");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_directory_taken_away_takes_nothing_until_it_is_back(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        await desk.Filed();
        var keys = desk.Site.Place.Keys;
        Directory.Move(keys, keys + "-away");
        await Stands(desk, "keys.replaced");
        Should.Throw<StoreAway>(() => desk.Site.Store.Keys.Destroy(1)).Refusal.ShouldBe(KeyRing.Replaced);
        Directory.Exists(keys).ShouldBeFalse("nothing is made in its place");
        Directory.Move(keys + "-away", keys);
        (await Ready(desk.Site)).Status.ShouldBe(HttpStatusCode.OK);
        await desk.Filed(desk.Body("orderNo", "Z9"));
    }

    /// <summary>No key is made, and no row is refused, for a disk that has room for neither.</summary>
    [Fact]
    public async Task A_keys_disk_that_takes_nothing_is_no_ready_one()
    {
        await using var site = await Site.Start(Db.Sqlite);
        (await Ready(site)).Status.ShouldBe(HttpStatusCode.OK);
        var pulse = Path.Combine(site.Place.Keys, "pulse");
        File.Delete(pulse);
        Directory.CreateDirectory(pulse);
        var ready = await Ready(site);
        ready.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ready.Said.ShouldStartWith("store.away: ");
        Directory.Delete(pulse);
        (await Ready(site)).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The site goes on under its own ring beside a restore, and neither ring opened the store afterwards.
    /// </summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_backup_of_other_keys_restored_beside_it_takes_nothing_of_this_one(Db engine)
    {
        await using var lost = await Desk.Open(engine);
        var id = await lost.Filed();
        var file = Path.Combine(lost.Site.Place.Data, "1.bak");
        await Backup.Write(lost.Site.Store, file, null, Ct);
        await using var site = await Site.Start(engine);
        await using (var beside = await Store.Open(site.Place, Rooms.House, site.Clock, Ct))
            await Restore.Run(beside, file, beside.House.Listeners(beside, ""), null, Ct);
        var before = await site.Head();
        before.ShouldBe(await lost.Site.Head());

        var report = Reports.Reporting.Anonymous(lost.Shop);
        await site.Anyone.PostJson("/api/v1/reports", report).Refused(503, "keys.foreign");
        (await site.Head()).ShouldBe(before);
        var ready = await Ready(site);
        ready.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ready.Said.ShouldStartWith("keys.foreign: ");

        await using var right = await Store.Open(
            site.Place.WithCopiedKeys(lost.Site.Place),
            Rooms.House,
            site.Clock,
            Ct
        );
        (await right.Head(Ct)).ShouldBe(before);
        (await lost.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("status").GetString().ShouldBe("filed");
    }
}
