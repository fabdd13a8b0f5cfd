using System.Net;
using Hengping.App;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>后台任务: one loop, one small table, and a page that says what stands still.</summary>
public sealed class JobTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Does as much as it is told, or fails.</summary>
    private sealed class Turning(JobNotes notes) : Job(NullLogger.Instance)
    {
        public override string Name => "digest";

        public override TimeSpan Every => TimeSpan.FromMilliseconds(500);

        public Exception? Fault { get; set; }

        public async Task<JobFigure> Turn(long does = 0)
        {
            (Notes, next) = (notes, does);
            await Once(Ct);
            return (await notes.Read(Ct)).Single(job => job.Name == Name);
        }

        private long next;

        protected override Task<long> Round(CancellationToken ct) =>
            Fault is { } fault ? throw fault : Task.FromResult(next);
    }

    private static Turning Job(JobNotes notes)
    {
        var job = new Turning(notes);
        notes.Begin(job.Name, job.Every, job.Every);
        return job;
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_job_is_noted_once_a_minute_however_often_it_runs(Db engine)
    {
        await using var site = await Site.Start(engine);
        var job = Job(new JobNotes(site.Store));
        var first = await job.Turn(3);
        (first.RanAt, first.DoneAt, first.Done, first.IsLate).ShouldBe((Days.Monday, Days.Monday, 3, false));
        site.Clock.Turn(TimeSpan.FromSeconds(30));
        (await job.Turn(4)).RanAt.ShouldBe(Days.Monday);
        site.Clock.Turn(TimeSpan.FromSeconds(40));
        var later = await job.Turn(5);
        (later.RanAt, later.Done).ShouldBe((Days.Monday.AddSeconds(70), 9L), "nothing that was done is lost");
        site.Clock.Turn(TimeSpan.FromMinutes(2));
        var idle = await job.Turn();
        (idle.RanAt, idle.DoneAt).ShouldBe((Days.Monday.AddSeconds(190), Days.Monday.AddSeconds(70)));
        idle.NextAt.ShouldBe(Days.Monday.AddSeconds(190.5));
        idle.Process.ShouldNotBeNull();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_fault_and_its_end_are_noted_at_once_in_a_word_that_names_nobody(Db engine)
    {
        await using var site = await Site.Start(engine);
        var job = Job(new JobNotes(site.Store));
        await job.Turn();
        job.Fault = new InvalidOperationException("13911112222 could not be reached");
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        var failing = await job.Turn();
        (failing.Fault, failing.IsFailing).ShouldBe((nameof(InvalidOperationException), true));
        await AtRest.NothingSays(site, "13911112222");
        job.Fault = null;
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        var well = await job.Turn();
        (well.IsFailing, well.Fault, well.FaultAt).ShouldBe(
            (false, nameof(InvalidOperationException), Days.Monday.AddSeconds(1))
        );
        job.Fault = new Refused(Problems.Raced);
        site.Clock.Turn(TimeSpan.FromSeconds(1));
        (await job.Turn()).Fault.ShouldBe("race");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_a_node_with_a_clock_ahead_noted_ends_with_the_next_round(Db engine)
    {
        await using var site = await Site.Start(engine);
        site.Clock.Turn(TimeSpan.FromDays(60));
        var ahead = Job(new JobNotes(site.Store));
        await ahead.Turn(3);
        ahead.Fault = new Refused(Problems.Raced);
        (await ahead.Turn()).IsFailing.ShouldBeTrue();
        site.Clock.Turn(TimeSpan.FromDays(-60));
        var well = await Job(new JobNotes(site.Store)).Turn();
        (well.IsFailing, well.Fault, well.RanAt).ShouldBe((false, "race", Days.Monday));
        (well.FaultAt < Days.Monday, well.DoneAt).ShouldBe((true, Days.Monday));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_stands_still_is_said_on_the_pages_of_admins(Db engine)
    {
        // No clock of cases in this process: the harness turns it off.
        await using var site = await Site.Start(engine);
        var admin = await site.Browsing(await site.As(Role.Admin));
        async Task<string> Read(string path) => WebUtility.HtmlDecode(await admin.GetStringAsync(path, Ct));
        var page = await Read("/admin/jobs");
        page.ShouldContain("案件的时限");
        page.ShouldNotContain("很久没有");
        // What really runs notes itself within seconds.
        await Eventually.Holds(
            async () =>
                (await site.Of<JobNotes>().Read(Ct))
                    .Where(job => job.Every < TimeSpan.FromSeconds(2))
                    .All(job => job.RanAt is not null),
            "every job has run"
        );
        site.Clock.Turn(JobNotes.LateAfter + TimeSpan.FromSeconds(1));
        (await Read("/admin/jobs")).ShouldContain("很久没有进程运行它了");
        (await Read("/admin")).ShouldContain("后台任务停住或出错");
    }

    [Fact]
    public async Task Every_job_of_the_program_is_known_by_name()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var jobs = site.Of<IEnumerable<IHostedService>>().OfType<Job>().ToList();
        jobs.Select(job => job.Name).Append("listeners").ShouldBe(Rooms.House.Jobs, ignoreOrder: true);
        HouseRule.Holds(
            Rooms
                .House.Listeners(site.Store, "")
                .Select(listener => "admin.view." + listener.Name)
                .Where(key => !Texts.All.ContainsKey(key)),
            "write it into the texts of its room"
        );
        jobs.ShouldAllBe(job => job.Notes != null);
    }
}
