using Hengping.App;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Evidence;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>Files beside the log: a restore holds each to its hash, and what a killed process left goes.</summary>
public sealed class FilesAtRest
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_restore_with_a_changed_file_and_a_backup_without_one_say_which(Db engine)
    {
        await using var site = await Site.Start(engine);
        var claimant = await site.As(Role.Claimant);
        await claimant.Upload(SampleFiles.PictureOf("first"), "a.gif", "image/gif").Json(201);
        await claimant.Upload(SampleFiles.PictureOf("second"), "b.gif", "image/gif").Json(201);
        var names = await site.Store.Query<string>("select file from evidence order by uploaded_at, id", null, Ct);
        var folder = Path.Combine(site.Place.Data, "evidence");
        var whole = await Kept(site, "whole.bak");
        (await Restored(engine, site, whole)).ShouldBe(0);
        var first = SealedFile.PathOf(folder, names[0]);
        var sealedBytes = await File.ReadAllBytesAsync(first, Ct);

        var bytes = await File.ReadAllBytesAsync(whole, Ct);
        bytes[bytes.AsSpan().IndexOf(sealedBytes) + 10]++;
        var changed = Path.Combine(site.Place.Data, "changed.bak");
        await File.WriteAllBytesAsync(changed, bytes, Ct);
        (await Restored(engine, site, changed)).ShouldBe(1);
        var no = await Should.ThrowAsync<Refused>(() => RestoreTrials.Run(site.Store, changed, null, Ct));
        no.Refusal.Code.ShouldBe("restore.files");
        no.Refusal.En.ShouldContain(names[0]);
        no.Refusal.En.ShouldNotContain(names[1]);

        File.Delete(first);
        var less = await Should.ThrowAsync<Refused>(() => Kept(site, "less.bak"));
        (less.Refusal.Code, less.Refusal.En.Contains(names[0])).ShouldBe(("backup.files", true));
    }

    private static async Task<string> Kept(Site site, string name)
    {
        var file = Path.Combine(site.Place.Data, name);
        await BackupNotes.Keep(site.Store, await Backup.Write(site.Store, file, null, Ct), Ct);
        return file;
    }

    private static async Task<int> Restored(Db engine, Site site, string file)
    {
        using var empty = await EmptyPlace.On(engine);
        var keys = empty.Place.WithCopiedKeys(site.Place).Keys;
        string[] asked = ["restore", file, "--data", empty.Place.Data, "--keys", keys];
        return await Cli.Run(Rooms.House.Commands(), empty.Place.Postgres is { } db ? [.. asked, "--db", db] : asked);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_gone_at_the_next_start_and_what_somebody_writes_stays()
    {
        await using var before = await Site.Start(Db.Sqlite);
        var claimant = await before.As(Role.Claimant);
        var kept = await claimant.Upload(SampleFiles.PictureOf("kept"), "a.gif", "image/gif").Json(201);
        var evidence = Path.Combine(before.Place.Data, "evidence");
        var open = Directory.CreateDirectory(Path.Combine(before.Place.Data, "open")).FullName;
        string[] left =
        [
            Path.Combine(evidence, $".{Guid.NewGuid():N}.part"),
            Path.Combine(open, "abc.draft"),
            Path.Combine(Directory.CreateDirectory(Path.Combine(evidence, "ab")).FullName, "abc.restoring"),
        ];
        foreach (var file in left)
            await File.WriteAllTextAsync(file, "half", Ct);
        var written = Path.Combine(evidence, $".{Guid.NewGuid():N}.part");
        await using var writing = new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None);

        await using var site = await before.Restarted(TimeSpan.FromMinutes(1));
        left.ShouldAllBe(file => !File.Exists(file));
        File.Exists(written).ShouldBeTrue();
        var path = $"/api/v1/evidence/{kept.GetProperty("id").GetString()}";
        (await site.Same(claimant).GetByteArrayAsync(path, Ct)).ShouldBe(SampleFiles.PictureOf("kept"));
    }

    [Fact]
    public void Forms_half_read_of_processes_that_are_gone_are_swept_and_those_of_others_stay()
    {
        using var place = new Folder();
        var gone = Path.Combine(place.Place.Data, "spool", "gone");
        Directory.CreateDirectory(gone);
        File.WriteAllText(Path.Combine(gone, "held"), "");
        File.WriteAllText(Path.Combine(gone, "ASPNETCORE_1.tmp"), "half a form");
        using var other = Leftovers.BeginSpool(place.Place);
        Directory.Exists(gone).ShouldBeFalse();
        File.WriteAllText(Path.Combine(other.Folder, "ASPNETCORE_2.tmp"), "half a form");
        string own;
        using (var spool = Leftovers.BeginSpool(place.Place))
        {
            own = spool.Folder;
            Directory.Exists(own).ShouldBeTrue();
            Directory.GetFiles(other.Folder).Length.ShouldBe(2);
        }
        Directory.Exists(own).ShouldBeFalse();
        Directory.Exists(other.Folder).ShouldBeTrue();
    }

    private sealed class Folder : IDisposable
    {
        public StorePlace Place { get; } = OfNew(Scratch.NewFolder());

        private static StorePlace OfNew(string data) => new(data, Postgres: null, Path.Combine(data, "keys"));

        public void Dispose() => Directory.Delete(Place.Data, recursive: true);
    }
}
