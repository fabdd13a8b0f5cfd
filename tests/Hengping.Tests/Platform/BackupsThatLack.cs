using System.Diagnostics;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>A backup counts as one where it holds what the log names, and takes no other thing's place.</summary>
public sealed class BackupsThatLack
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<string> Code(Store store, string target) =>
        (await Should.ThrowAsync<Refused>(() => Backup.Write(store, target, null, Ct))).Refusal.Code;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_backup_without_the_files_of_evidence_is_refused_and_replaces_no_sound_one(Db engine)
    {
        await using var site = await Site.Start(engine);
        var claimant = await site.As(Role.Claimant, phone: "13800000001");
        await claimant.Upload([0x89, .. "PNG\r\n\x1a\n"u8, .. new byte[64]], "a.png", "image/png").Json(201);
        var sound = Path.Combine(site.Place.Data, "1.bak");
        (await Backup.Write(site.Store, sound, null, Ct)).Files.ShouldBe(1);
        var bytes = await File.ReadAllBytesAsync(sound, Ct);

        // As with a --data that is not the store's: another machine's, or the default.
        var evidence = Path.Combine(site.Place.Data, "evidence");
        Directory.Move(evidence, evidence + "-elsewhere");
        (await Code(site.Store, sound)).ShouldBe("backup.files");
        (await File.ReadAllBytesAsync(sound, Ct)).ShouldBe(bytes);
        var lacking = Path.Combine(site.Place.Data, "2.bak");
        (await Code(site.Store, lacking)).ShouldBe("backup.files");
        File.Exists(lacking).ShouldBeTrue("what is there is kept, under a name of its own");
        Directory.GetFiles(site.Place.Data, "*.hengping-*").ShouldBeEmpty();

        Directory.Move(evidence + "-elsewhere", evidence);
        (await Backup.Write(site.Store, sound, null, Ct)).Files.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_regular_file_stays_what_it_is_and_a_link_leads_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes and devices");
        await using var site = await Site.Start(Db.Sqlite);
        await site.Merchant("云上百货");
        var directory = Directory.CreateDirectory(Path.Combine(site.Place.Data, "backups")).FullName;
        var pipe = Path.Combine(directory, "pipe");
        using (var made = Process.Start("mkfifo", pipe))
            await made.WaitForExitAsync(Ct);
        (await Code(site.Store, pipe)).ShouldBe("backup.not-a-file");
        (await Code(site.Store, "/dev/full")).ShouldBe("backup.not-a-file");
        (await Code(site.Store, directory)).ShouldBe("backup.not-a-file");
        Directory.GetFiles(directory).ShouldBe([pipe]);

        var elsewhere = Directory.CreateDirectory(Path.Combine(site.Place.Data, "elsewhere")).FullName;
        var link = Path.Combine(directory, "link.bak");
        File.CreateSymbolicLink(link, Path.Combine(elsewhere, "1.bak"));
        await Backup.Write(site.Store, link, null, Ct);
        new FileInfo(link).LinkTarget.ShouldBe(Path.Combine(elsewhere, "1.bak"));
        new FileInfo(Path.Combine(elsewhere, "1.bak")).Length.ShouldBeGreaterThan(512);
    }

    [Fact]
    public async Task What_a_killed_backup_left_goes_with_the_next_and_what_is_held_stays()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var directory = Directory.CreateDirectory(Path.Combine(site.Place.Data, "backups")).FullName;
        string At(string name) => Path.Combine(directory, name);
        foreach (var name in new[] { "1.bak.hengping-partial", "1.bak.hengping-log", "other.log", "other.partial" })
            await File.WriteAllTextAsync(At(name), "left", Ct);
        await using (new FileStream(At("2.bak.hengping-log"), FileMode.Create, FileAccess.Write))
        {
            await Backup.Write(site.Store, At("3.bak"), null, Ct);
            var names = Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal);
            names.ShouldBe(["2.bak.hengping-log", "3.bak", "other.log", "other.partial"]);
        }
    }
}
