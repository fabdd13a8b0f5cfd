using Dapper;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>What a clock does to all cases at once waits where the clock is doubted, until an admin has looked.
/// </summary>
public sealed class ClockDoubts
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // The clock acts only by hand here, so that a test sees what it would have done.
    private static readonly Dictionary<string, string?> Watched = new()
    {
        ["Clock:Watched"] = "true",
        ["Ticks:PerSecond"] = "0",
    };

    private static ClockGuard Guard(Site site) =>
        new(site.Store, site.Clock, isWatched: true, NullLogger<ClockGuard>.Instance);

    private static async Task<string?> Doubt(ClockGuard guard) => (await guard.Doubt(Ct))?.Code;

    // PostgreSQL has a clock of its own, and a test's is nowhere near it: somebody says so first.
    private static async Task<ClockGuard> Believed(Site site, Db engine)
    {
        var guard = Guard(site);
        if (engine == Db.Postgres)
            await Settle(site, guard, "clock.database");
        (await Doubt(guard)).ShouldBeNull();
        return guard;
    }

    private static async Task Settle(Site site, ClockGuard guard, params string[] reasons)
    {
        foreach (var reason in reasons)
        {
            (await Doubt(guard)).ShouldBe(reason);
            var doubt = (await ClockGuard.Doubts(site.Store, Ct)).Single();
            doubt.Reason.ShouldBe(reason);
            doubt.Now.ShouldBe(site.Store.Now);
            (await ClockGuard.Confirm(site.Store, doubt.Machine, Guid.NewGuid(), Ct)).ShouldBeTrue();
            (await ClockGuard.Confirm(site.Store, doubt.Machine, Guid.NewGuid(), Ct)).ShouldBeFalse("said already");
            // In doubt it looks once a second.
            await Task.Delay(1100, Ct);
        }
    }

    // What the database's clock is off by has changed with the turn.
    private static string[] And(Db engine, string reason) =>
        engine == Db.Postgres ? [reason, "clock.database"] : [reason];

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_clock_set_ahead_waits_and_goes_on_when_an_admin_says_so(Db engine)
    {
        await using var site = await Site.Start(engine, settings: Watched);
        var guard = await Believed(site, engine);
        site.Clock.Turn(TimeSpan.FromMinutes(59));
        if (engine == Db.Sqlite)
            (await Doubt(guard)).ShouldBeNull("an hour is left to it");
        site.Clock.Turn(TimeSpan.FromDays(400));
        await Settle(site, guard, And(engine, "clock.ahead"));
        (await Doubt(guard)).ShouldBeNull();
        (await ClockGuard.Doubts(site.Store, Ct)).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_clock_set_back_waits_and_is_believed_again_when_it_is_set_right(Db engine)
    {
        await using var site = await Site.Start(engine, settings: Watched);
        var guard = await Believed(site, engine);
        var right = site.Clock.GetUtcNow();
        site.Clock.TurnTo(right.AddMinutes(-6));
        (await Doubt(guard)).ShouldBe("clock.back");
        (await ClockGuard.Doubts(site.Store, Ct)).Single().Against.ShouldBe(right);
        site.Clock.TurnTo(right.AddSeconds(1));
        await Task.Delay(1100, Ct);
        (await Doubt(guard)).ShouldBeNull();
        (await ClockGuard.Doubts(site.Store, Ct)).ShouldBeEmpty("nobody has to say so");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_start_after_three_days_is_asked_about_and_one_after_a_day_is_not(Db engine)
    {
        await using var site = await Site.Start(engine, settings: Watched);
        await Believed(site, engine);
        if (engine == Db.Sqlite)
        {
            site.Clock.Turn(TimeSpan.FromHours(71));
            (await Doubt(Guard(site))).ShouldBeNull("a weekend");
        }
        site.Clock.Turn(TimeSpan.FromHours(73));
        await Settle(site, Guard(site), "clock.down");
    }

    /// <summary>After a restore, and in a store from before: the log knows when it was last written.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task Where_nothing_is_noted_the_log_is_asked(Db engine)
    {
        await using var site = await Site.Start(engine);
        await site.Merchant("云上百货");
        await site.Store.Write((db, tx) => db.ExecuteAsync("delete from clock", null, tx), Ct);
        site.Clock.Turn(TimeSpan.FromHours(73));
        var guard = Guard(site);
        (await Doubt(guard)).ShouldBe("clock.down");
        (await guard.DoubtOfActs(Ct)).ShouldBeNull("what people do is taken, and only what closes by itself waits");
        await Task.Delay(1100, Ct);
        (await Doubt(guard)).ShouldBe("clock.down", "what is doubted is not noted");
        (await Doubt(Guard(site))).ShouldBe("clock.down", "nor believed after a start");
        await Settle(site, guard, "clock.down");
    }

    /// <summary>What a server noted over the empty store, before the backup came, is none of the backup's.</summary>
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_restored_store_is_held_against_the_day_of_its_backup(Db engine)
    {
        await using var lost = await Site.Start(engine);
        await lost.Merchant("云上百货");
        var file = Path.Combine(lost.Place.Data, "old.bak");
        await Backup.Write(lost.Store, file, null, Ct);
        await using var site = await Site.Start(engine, Days.Monday.AddDays(40), settings: Watched);
        await Believed(site, engine);
        await Restore.Run(site.Store, file, [], null, Ct);
        var guard = Guard(site);
        (await Doubt(guard)).ShouldBe("clock.down");
        await Task.Delay(1100, Ct);
        (await Doubt(guard)).ShouldBe("clock.down", "until somebody has looked");
    }

    [Fact]
    public async Task Nothing_closes_meanwhile_and_the_admin_sees_it_and_confirms()
    {
        await using var site = await Site.Start(Db.Sqlite, settings: Watched);
        var desk = new { Shop = await site.Merchant("云上百货"), Mediator = await site.As(Role.Mediator) };
        var claimant = await site.As(Role.Claimant, phone: "13800000001");
        var filed = await claimant
            .PostJson("/api/v1/complaints", Filing.To(desk.Shop, "N1", "买的水壶第三天就不加热了,商家一直不回复。"))
            .Json(201);
        await desk.Mediator.PostJson(Desk.At(filed.GetProperty("id").GetString()!, "deliver")).Json();
        var retention = site.Of<Retention>();
        await retention.Once(Ct);
        var admin = await site.Browsing(await site.As(Role.Admin));
        site.Clock.Turn(TimeSpan.FromDays(10));
        await site.Appends<object?>(
            [],
            async () =>
            {
                await retention.Once(Ct);
                return null;
            }
        );
        (await site.Anyone.GetStringAsync("/metrics", Ct)).ShouldContain("hengping_clock_doubtful 1");
        var page = await admin.GetStringAsync("/admin", Ct);
        page.ShouldContain("时间正确，继续");
        (await admin.GetStringAsync("/admin/jobs", Ct)).ShouldContain("clock.ahead");
        var machine = Forms.Hidden(page, "machine");
        (await admin.Send("/admin", "Clock", ("machine", machine))).Location.ShouldBe("/admin");
        (await admin.GetStringAsync("/admin", Ct)).ShouldNotContain("时间正确，继续");
        (await site.Anyone.GetStringAsync("/metrics", Ct)).ShouldContain("hengping_clock_doubtful 0");
        await Task.Delay(1100, Ct);
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        await retention.Once(Ct);
        (await site.Of<JobNotes>().Read(Ct)).Single(job => job.Name == "retention").IsFailing.ShouldBeFalse();
    }
}
