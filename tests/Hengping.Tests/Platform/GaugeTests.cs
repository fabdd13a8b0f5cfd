using System.Globalization;
using System.Net;
using Hengping.App;
using Hengping.App.Design;
using Hengping.App.Notices;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>How the site runs, at /metrics and at /admin: each figure moves, and says when somebody should look.
/// </summary>
public sealed class GaugeTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Messages_that_wait_are_counted_with_the_age_of_the_oldest_that_was_due(Db engine)
    {
        await using var site = await Site.Start(
            engine,
            settings: new Dictionary<string, string?> { ["Sms:PerDay"] = "4" }
        );
        (await Metric(site, "hengping_outbox_waiting")).ShouldBe(0);
        (await Metric(site, "hengping_outbox_age_seconds")).ShouldBe(0);
        for (var i = 0; i < 3; i++)
            await Put(site, $"due-{i}");
        await Put(site, "later", notBefore: Days.Monday.AddDays(2));
        site.Clock.Turn(TimeSpan.FromMinutes(59));
        (await Metric(site, "hengping_outbox_waiting")).ShouldBe(4);
        (await Metric(site, "hengping_outbox_age_seconds")).ShouldBe(59 * 60);
        (await Metric(site, "hengping_sms_day")).ShouldBe(3);
        (await Metric(site, "hengping_sms_day_of")).ShouldBe(4);
        await Warns(site);

        site.Clock.Turn(TimeSpan.FromMinutes(1));
        await Put(site, "fourth");
        (await Metric(site, "hengping_outbox_age_seconds")).ShouldBe(3600);
        await Warns(site, "outbox-age", "sms");
        // What is told later is late from then on, and not from when it was queued.
        await site.Store.Write(
            (db, tx) =>
                Dapper.SqlMapper.ExecuteAsync(
                    db,
                    "update outbox set state = 'sent' where once <> 'later'",
                    transaction: tx
                ),
            Ct
        );
        site.Clock.Turn(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(50));
        (await Metric(site, "hengping_outbox_age_seconds")).ShouldBe(600);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_listener_that_stands_still_is_behind_by_events_and_by_age(Db engine)
    {
        await using var site = await Site.Start(engine);
        await Eventually.Holds(async () => await Metric(site, "hengping_listeners_behind") == 0, "all is heard");
        (await Metric(site, "hengping_listeners_age_seconds")).ShouldBe(0);
        site.Of<ListenerRunner>().IsHeld = () => true;
        await site.Merchant("停住的店");
        site.Clock.Turn(TimeSpan.FromSeconds(59));
        (await Metric(site, "hengping_listeners_behind")).ShouldBeGreaterThan(0);
        (await Metric(site, "hengping_listeners_age_seconds")).ShouldBe(59);
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        await Warns(site, "listeners-age");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Evidence_has_its_bytes_and_what_its_disk_can_give(Db engine)
    {
        await using var site = await Site.Start(engine);
        (await Metric(site, "hengping_evidence_bytes")).ShouldBe(0);
        var claimant = await site.As(Role.Claimant);
        foreach (var more in new[] { 1_000, 2_000 })
            await claimant.Upload([.. Png, .. new byte[more]], "a.png", "image/png").Json(201);
        (await Metric(site, "hengping_evidence_bytes")).ShouldBe(3_000 + 2 * Png.Length);
        (await Metric(site, "hengping_evidence_bytes_of")).ShouldBeGreaterThan(3_000 + 2 * Png.Length);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_lock_that_another_node_holds_shows_in_waits_and_commits_and_what_waits_behind(Db engine)
    {
        await using var site = await Site.Start(engine);
        (await Metric(site, "hengping_lock_longest_seconds")).ShouldBeLessThan(1);
        var locks = await Metric(site, "hengping_lock_seconds_count");
        var commits = await Metric(site, "hengping_commit_seconds_count");
        await using var other = await Store.Open(site.Place, Rooms.House, site.Clock, Ct);
        using var taken = new ManualResetEventSlim();
        using var over = new ManualResetEventSlim();
        var held = other.Alone(session => Hold(session, taken, over), Ct);
        taken.Wait(Ct);
        var waits = site.Merchant("等锁的店");
        await Task.Delay(TimeSpan.FromMilliseconds(300), Ct);
        var behind = Enumerable.Range(0, 5).Select(_ => site.Store.Alone(_ => 0, Ct)).ToList();
        (await Metric(site, "hengping_writer_waiting")).ShouldBeGreaterThanOrEqualTo(5);
        await Task.Delay(TimeSpan.FromMilliseconds(900), Ct);
        over.Set();
        await waits;
        await held;
        await Task.WhenAll(behind);
        (await Metric(site, "hengping_lock_longest_seconds")).ShouldBeInRange(1, 8);
        var longest = await Metric(site, "hengping_commit_longest_seconds");
        longest.ShouldBeGreaterThanOrEqualTo(await Metric(site, "hengping_lock_longest_seconds"));
        (await Metric(site, "hengping_lock_seconds_count")).ShouldBeGreaterThan(locks);
        (await Metric(site, "hengping_lock_seconds_sum")).ShouldBeGreaterThanOrEqualTo(1);
        (await Metric(site, "hengping_commit_seconds_count")).ShouldBeGreaterThan(commits);
        await Warns(site, "commit", "lock");
    }

    public static TheoryData<string> Names() => [.. Rooms.House.Gauges.Select(gauge => gauge.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_threshold_is_passed_when_it_is_reached(string name)
    {
        var gauge = Rooms.House.Gauges.Single(gauge => gauge.Name == name);
        gauge.Most.ShouldBeGreaterThan(0);
        var of = gauge.IsShare ? 1_000 : 0;
        var most = gauge.IsShare ? gauge.Most * 10 : gauge.Most;
        new Reading(gauge, new Stand(most, of)).IsPassed.ShouldBeTrue();
        new Reading(gauge, new Stand(most - 0.001, of)).IsPassed.ShouldBeFalse();
    }

    [Fact]
    public void What_is_long_ago_is_not_the_longest_of_now()
    {
        var minute = 100L;
        var took = new Durations(() => minute * 60_000);
        took.Longest.ShouldBe(0);
        took.Add(0.2);
        took.Add(0.1);
        took.Longest.ShouldBe(0.2);
        minute += Durations.LongestOfMinutes - 1;
        took.Add(0.1);
        took.Longest.ShouldBe(0.2);
        minute++;
        took.Longest.ShouldBe(0.1);
        minute += 1_000;
        took.Longest.ShouldBe(0);
    }

    private static int Hold(WriteSession session, ManualResetEventSlim taken, ManualResetEventSlim over)
    {
        // The lock is taken with the transaction.
        _ = session.Transaction;
        taken.Set();
        over.Wait(TimeSpan.FromSeconds(5));
        return 0;
    }

    private static Task Put(Site site, string once, DateTimeOffset? notBefore = null) =>
        Outbox.Put(
            site.Store,
            new Message(once, Channel.Sms, NoticeWords.Delivered, "13912345678", new Dictionary<string, string>())
            {
                NotBefore = notBefore,
                IsCounted = notBefore is null,
            },
            Ct
        );

    private static async Task<double> Metric(Site site, string name)
    {
        var line = (await site.Anyone.GetStringAsync("/metrics", Ct))
            .Split('\n')
            .Single(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>These and no other are warned of, in words, in both languages.</summary>
    private static async Task Warns(Site site, params string[] names)
    {
        var admin = await site.Browsing(await site.As(Role.Admin));
        // A busy machine may not have heard yet what was said before the clock was turned.
        if (!names.Contains("listeners-age"))
            await Eventually.Holds(async () => await Metric(site, "hengping_listeners_behind") == 0, "all is heard");
        foreach (var (language, at) in new[] { ("zh", 0), ("en", 1) })
        {
            var page = WebUtility.HtmlDecode(await admin.GetStringAsync("/admin?lang=" + language, Ct));
            foreach (var gauge in Rooms.House.Gauges)
            {
                var isWarned = names.Contains(gauge.Name);
                page.ShouldContain(Texts.All["gauge.name." + gauge.Name][at]);
                page.Contains($"data-gauge=\"{gauge.Name}\"", StringComparison.Ordinal).ShouldBe(isWarned, gauge.Name);
                page.Contains(Texts.All["gauge.do." + gauge.Name][at], StringComparison.Ordinal)
                    .ShouldBe(isWarned, gauge.Name);
            }
            page.Contains(Texts.All["gauge.passed"][at], StringComparison.Ordinal).ShouldBe(names.Length > 0);
            var look = Texts.All[names.Length == 1 ? "gauge.look.one" : "gauge.look"][at];
            page.Contains($"▲ {look.Replace("{0}", $"{names.Length}")}", StringComparison.Ordinal)
                .ShouldBe(names.Length > 0);
            page.ShouldContain("✓ " + Texts.All["gauge.calm"][at]);
        }
    }
}
