using System.Net;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>试恢复: tried beside the live store, leaving nothing behind but a note of how it went.</summary>
public sealed class TrialTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<string> Kept(Site site, string name = "1.bak")
    {
        var file = Path.Combine(site.Place.Data, name);
        var evidence = Directory.CreateDirectory(Path.Combine(site.Place.Data, "evidence", "ab"));
        await File.WriteAllTextAsync(Path.Combine(evidence.FullName, "abc"), "sealed", Ct);
        await BackupNotes.Keep(site.Store, await Backup.Write(site.Store, file, null, Ct), Ct);
        return file;
    }

    private static async Task Refused(Site site, string file, string code)
    {
        site.Clock.Turn(TimeSpan.FromMinutes(1));
        var no = await Should.ThrowAsync<Refused>(() => RestoreTrials.Run(site.Store, file, null, Ct));
        no.Refusal.Code.ShouldBe(code);
        no.Refusal.Zh.ShouldStartWith("试恢复没有通过");
        (await RestoreTrials.Last(site.Store, Ct)).ShouldBe(new RestoreTrial(site.Clock.GetUtcNow(), 0, Held: false));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_a_killed_trial_left_goes_after_a_day(Db engine)
    {
        await using var site = await Site.Start(engine);
        var file = await Kept(site);
        // The machine's own time is what counts here: long ago on any date, and just now.
        var longAgo = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var old = Directory.CreateTempSubdirectory(TrialLeftovers.Prefix);
        var young = Directory.CreateTempSubdirectory(TrialLeftovers.Prefix);
        await File.WriteAllTextAsync(Path.Combine(old.FullName, "left"), "sealed", Ct);
        old.LastWriteTimeUtc = longAgo.UtcDateTime;
        var (gone, kept) = (TrialLeftovers.NameOf(longAgo), TrialLeftovers.NameOf());
        if (engine == Db.Postgres)
            foreach (var name in (string[])[gone, kept])
                await Sql(site, $"create database {name}");

        await RestoreTrials.Run(site.Store, file, null, Ct);

        Directory.Exists(old.FullName).ShouldBeFalse();
        Directory.Exists(young.FullName).ShouldBeTrue();
        young.Delete();
        if (engine == Db.Postgres)
        {
            var left = await site.Store.Query<string>("select datname from pg_database", null, Ct);
            left.ShouldNotContain(gone);
            left.ShouldContain(kept);
            await Sql(site, $"drop database {kept}");
        }
    }

    private static async Task Sql(Site site, string sql)
    {
        await using var source = NpgsqlDataSource.Create(site.Place.Postgres!);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_sound_backup_holds_and_nothing_of_the_trial_stays(Db engine)
    {
        await using var site = await Site.Start(engine);
        var admin = await site.Browsing(await site.As(Role.Admin));
        await site.Merchant("晴川数码");
        async Task<string> Page() => WebUtility.HtmlDecode(await admin.GetStringAsync("/admin", Ct));
        var file = await Kept(site);
        (await Page()).ShouldContain("备份还没有试恢复过");
        // The site goes on meanwhile: a backup is the beginning of the log, not all of it.
        await site.Merchant("长虹电器");
        var head = await site.Head();
        var before = await Databases(site);

        var held = await RestoreTrials.Run(site.Store, RestoreTrials.Newest(site.Place.Data), null, Ct);

        (held.Engine, held.Files).ShouldBe((site.Store.EngineName, 1L));
        held.Events.ShouldBeLessThan(head);
        (await site.Head()).ShouldBe(head);
        (await Databases(site)).ShouldBe(before);
        Trials().ShouldBeEmpty();
        (await RestoreTrials.Last(site.Store, Ct)).ShouldBe(new RestoreTrial(Days.Monday, held.Events, Held: true));
        var page = await Page();
        page.ShouldNotContain("备份还没有试恢复过");
        page.ShouldContain("与清单一致");
        site.Clock.Turn(TimeSpan.FromDays(36));
        // No session lasts so long.
        admin = await site.Browsing(await site.As(Role.Admin));
        (await Page()).ShouldContain("上次试恢复已超过 35 天");
        File.Exists(file).ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_damaged_or_foreign_backup_fails_and_the_store_says_so(Db engine)
    {
        await using var site = await Site.Start(engine);
        await site.Merchant("晴川数码");
        var file = await Kept(site);
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        var damaged = bytes.ToArray();
        damaged[bytes.AsSpan().IndexOf("\"author\":\"cli\""u8) + 10]++;
        await File.WriteAllBytesAsync(file, damaged, Ct);
        await Refused(site, file, "restore.damaged");
        await File.WriteAllBytesAsync(file, bytes.AsMemory(0, bytes.Length / 2), Ct);
        await Refused(site, file, "restore.not-a-backup");
        await using (var other = await Site.Start(Db.Sqlite))
        {
            await other.Merchant("别家");
            await Refused(site, await Kept(other), "restore.trial-foreign");
        }
        var admin = await site.Browsing(await site.As(Role.Admin));
        WebUtility.HtmlDecode(await admin.GetStringAsync("/admin", Ct)).ShouldContain("上次试恢复没有通过");
        Trials().ShouldBeEmpty();

        // A name that was typed wrong is no backup that failed.
        var last = await RestoreTrials.Last(site.Store, Ct);
        var none = Should.Throw<Refused>(() => RestoreTrials.Newest(Path.Combine(site.Place.Data, "nowhere")));
        none.Refusal.ShouldBe(RestoreTrials.NoBackup);
        (
            await Should.ThrowAsync<Refused>(() => RestoreTrials.Run(site.Store, file + "x", null, Ct))
        ).Refusal.Code.ShouldBe("restore.no-file");
        (await RestoreTrials.Last(site.Store, Ct)).ShouldBe(last);
    }

    [Fact]
    public async Task A_role_that_may_create_no_database_tries_its_backup_in_the_embedded_one()
    {
        await using var site = await Site.Start(Db.Postgres);
        await site.Merchant("晴川数码");
        var file = await Kept(site);
        var role = $"r{Guid.NewGuid():N}";
        await Tell(site, $"create role {role} login in role hengping", $"alter role {role} nocreatedb");
        var asRole = new NpgsqlConnectionStringBuilder(site.Place.Postgres) { Username = role, Pooling = false };
        var place = site.Place with { Postgres = asRole.ConnectionString };
        await using (var poor = await Store.Open(place, Rooms.House, site.Clock, Ct))
            (await RestoreTrials.Run(poor, file, null, Ct)).Engine.ShouldBe("sqlite");
        await Tell(site, $"drop role {role}");
    }

    private static async Task Tell(Site site, params string[] orders)
    {
        await using var connection = new NpgsqlConnection(site.Place.Postgres);
        await connection.OpenAsync(Ct);
        foreach (var order in orders)
        {
            await using var command = new NpgsqlCommand(order, connection);
            await command.ExecuteNonQueryAsync(Ct);
        }
    }

    private static async Task<long> Databases(Site site) =>
        site.Place.Postgres is null
            ? 0
            : await site.Store.First<long>(
                "select count(*) from pg_database where datname like 'hengping_trial_%'",
                null,
                Ct
            );

    private static string[] Trials() => Directory.GetDirectories(Path.GetTempPath(), "hengping-trial-*");
}
