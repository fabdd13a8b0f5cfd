using Hengping.App.Complaints;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Evidence;

/// <summary>A file in a complaint and in a report goes with the last of the two, whichever that is.</summary>
public sealed class SharedFiles
{
    private static readonly object Declined = new { reason = "report-no-lead", note = "没有可核查的线索。" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_file_in_two_places_goes_with_the_last_of_them(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var none = new ConfigurationBuilder().Build();
        var cases = new Retention(site.Store, none, NullLogger<Retention>.Instance);
        var reports = new ReportKeeping(site.Store, none, NullLogger<ReportKeeping>.Instance);
        foreach (var isCaseLast in new[] { true, false })
        {
            var (file, complaint, report) = await Both(desk);
            await End(isCaseLast ? report : complaint, isCaseLast);
            site.Clock.Turn(TimeSpan.FromDays(1));
            await End(isCaseLast ? complaint : report, !isCaseLast);
            site.Clock.TurnTo(site.Clock.GetUtcNow().AddYears(3).AddHours(-1));
            (await Erased(isCaseLast ? "report.erased" : "complaint.erased")).ShouldBe(1);
            site.Store.Keys.Holds(await KeyOf(site, file)).ShouldBeTrue();
            site.Clock.Turn(TimeSpan.FromDays(1));
            (await Erased(isCaseLast ? "complaint.erased" : "report.erased")).ShouldBe(1);
            site.Store.Keys.Holds(await KeyOf(site, file)).ShouldBeFalse();
            // What is left of it nobody can open; that goes too.
            var unused = new UnusedEvidence(site.Store, NullLogger<UnusedEvidence>.Instance);
            await site.Appends(["evidence.dropped"], () => Once(unused));
            var staff = await site.Browsing(desk.Mediator);
            var number = (await desk.Mediator.GetAsync(Desk.At(complaint)).Json()).GetProperty("number").GetString();
            (await staff.GetStringAsync($"/cases/{number}", Ct)).ShouldContain(number!);
        }

        Task<int> Erased(string kind) =>
            site.Appends([kind], async () => await cases.EraseSome(Ct) + await reports.EraseSome(Ct));

        Task End(string id, bool isReport) =>
            isReport
                ? desk.Mediator.PostJson(Reporting.At(id, "decline"), Declined).Json()
                : desk.Claimant.PostJson(Desk.At(id, "withdraw")).Json();
    }

    private static async Task<int> Once(Job job)
    {
        await job.Once(Ct);
        return 0;
    }

    private static async Task<(Guid File, string Complaint, string Report)> Both(Desk desk)
    {
        var sent = await desk.Claimant.Upload("%PDF-1.7 "u8.ToArray(), "a.pdf", "application/pdf").Json(201);
        var file = sent.GetProperty("id").GetGuid();
        var complaint = await desk.Filed(desk.Body("evidence", new[] { file }));
        var body = Reporting.Named(desk.Shop);
        body["evidence"] = new[] { file };
        var (report, _) = await Reporting.Filed(desk.Site, desk.Claimant, body);
        return (file, complaint, report);
    }

    private static async Task<long> KeyOf(Site site, Guid file) =>
        await site.Store.First<long>("select key from streams where stream = @file", new { file }, Ct);
}
