using Hengping.App;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Evidence;

/// <summary>What no case has taken after its week goes, with its key; what one has taken stays.</summary>
public sealed class Unused
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_week_after_its_upload_unused_evidence_is_gone_and_used_one_stays(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var (used, reported, unused) = (await Upload(desk, "a"), await Upload(desk, "b"), await Upload(desk, "c"));
        await desk.Filed(desk.Body("evidence", new[] { used }));
        var report = Reporting.Named(desk.Shop);
        report["evidence"] = new[] { reported };
        await desk.Claimant.PostJson(Reporting.Where, report).Json(201);
        var later = await Upload(desk, "d");
        var file = await FileOf(site, unused);

        var job = new UnusedEvidence(site.Store, NullLogger<UnusedEvidence>.Instance);
        site.Clock.Turn(TimeSpan.FromDays(6) + TimeSpan.FromHours(23));
        await Round(site, job);
        await desk.Filed(desk.Body("evidence", new[] { later }));
        site.Clock.Turn(TimeSpan.FromHours(1));
        // As good as gone: a case that is filed now could lose it in the hour that is left.
        var late = desk.Body("evidence", new[] { unused });
        await desk.Claimant.PostJson("/api/v1/complaints", late).Refused(400, "request.invalid");
        await Round(site, job);
        File.Exists(file).ShouldBeTrue();

        site.Clock.Turn(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        await using (await FilesStay.Begin(site.Place, Ct))
            await Round(site, job);
        File.Exists(file).ShouldBeTrue("a backup is taken");
        await Round(site, job, "evidence.dropped");
        File.Exists(file).ShouldBeFalse();
        await desk.Claimant.GetAsync($"/api/v1/evidence/{unused}", Ct).Refused(404, "not-found");
        await Round(site, job);
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        await Rebuilding.Run(site.Store, Rooms.House.Listeners(site.Store, ""), null, Ct);
        (await site.Store.Query<Guid>("select id from evidence", null, Ct)).ShouldBe(
            [used, reported, later],
            ignoreOrder: true
        );
        foreach (var kept in new[] { used, reported, later })
            (await desk.Claimant.GetByteArrayAsync($"/api/v1/evidence/{kept}", Ct)).ShouldNotBeEmpty();
        (await LogDigest.Of(site.Store, null, Ct)).Break.ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_round_that_broke_off_after_the_key_is_finished_by_the_next_process(Db engine)
    {
        await using var site = await Site.Start(engine);
        var claimant = await site.As(Role.Claimant);
        var kept = await claimant.Upload(SampleFiles.PictureOf("a"), "我的.gif", "image/gif").Json(201);
        var id = kept.GetProperty("id").GetGuid();
        site.Clock.Turn(TimeSpan.FromDays(8));
        site.Store.Keys.Destroy((await site.Store.Load(EvidenceBook.Instance, id, Ct)).KeySlot);
        File.Delete(await FileOf(site, id));
        var job = new UnusedEvidence(site.Store, NullLogger<UnusedEvidence>.Instance);
        await Round(site, job, "evidence.dropped");
        (await site.Store.First<long>("select count(*) from evidence", null, Ct)).ShouldBe(0);
    }

    private static async Task Round(Site site, UnusedEvidence job, params string[] kinds) =>
        await site.Appends(
            kinds,
            async () =>
            {
                await job.Once(Ct);
                return 0;
            }
        );

    private static async Task<Guid> Upload(Desk desk, string what)
    {
        var sent = await desk.Claimant.Upload(SampleFiles.PictureOf(what), $"{what}.gif", "image/gif").Json(201);
        return sent.GetProperty("id").GetGuid();
    }

    private static async Task<string> FileOf(Site site, Guid id)
    {
        var name = await site.Store.First<string>("select file from evidence where id = @id", new { id }, Ct);
        return SealedFile.PathOf(UploadEvidence.Directory(site.Place), name!);
    }
}
