using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Hengping.App.Complaints;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Operators;

/// <summary>放假安排: terms that reach into an unknown year are provisional until an admin loads its notice.</summary>
public sealed class CalendarLoading
{
    private const string Page = "/admin/calendar";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Not the notice of the State Council, which nobody knows on the days of these tests.
    internal static readonly string Notice = JsonSerializer.Serialize(
        new
        {
            year = 2027,
            days = Off("元旦", "2027-01-01", 3)
                .Append(Day("元旦", "2027-01-09", false))
                .Concat(Off("春节", "2027-02-05", 8))
                .Concat(Off("劳动节", "2027-05-01", 5))
                .Concat(Off("国庆节", "2027-10-01", 7)),
        }
    );

    private static object Day(string name, string date, bool isOffDay) =>
        new
        {
            name,
            date,
            isOffDay,
        };

    private static IEnumerable<object> Off(string name, string from, int days) =>
        Enumerable
            .Range(0, days)
            .Select(n => DateOnly.Parse(from, CultureInfo.InvariantCulture).AddDays(n))
            .Select(d => Day(name, d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), true));

    [Theory]
    [InlineData(Db.Sqlite, "2026-12-30 10:00:00", "2027-01-06 23:59:59", "2027-01-09 23:59:59")]
    [InlineData(Db.Postgres, "2026-12-30 10:00:00", "2027-01-06 23:59:59", "2027-01-09 23:59:59")]
    [InlineData(Db.Sqlite, "2027-01-04 10:00:00", "2027-01-11 23:59:59", "2027-01-12 23:59:59")]
    [InlineData(Db.Postgres, "2027-01-04 10:00:00", "2027-01-11 23:59:59", "2027-01-12 23:59:59")]
    public async Task A_provisional_term_stands_in_every_queue_and_is_counted_when_the_calendar_comes(
        Db db,
        string day,
        string earliest,
        string known
    )
    {
        await using var desk = await Desk.Open(db, Days.At(day));
        var site = desk.Site;
        var admin = await site.Browsing(await site.As(Role.Admin));
        var receipt = await desk.Claimant.PostJson("/api/v1/complaints", desk.Body()).Json(201);
        receipt.GetProperty("due").GetDateTimeOffset().ShouldBe(Days.At(earliest));
        var id = receipt.GetProperty("id").GetString()!;
        var term = await Term(desk, id);
        term.GetProperty("due").GetDateTimeOffset().ShouldBe(Days.At(earliest));
        term.GetProperty("provisional").GetBoolean().ShouldBeTrue();
        term.GetProperty("explanation").GetString()!.ShouldContain("2027 年放假安排尚未载入");

        // Nobody is late by a day that is not known.
        site.Clock.Turn(Days.At(earliest).AddHours(9) - site.Store.Now);
        var browser = await site.Browsing(desk.Mediator);
        var queue = await browser.GetStringAsync("/desk", Ct);
        queue.ShouldContain("暂定，最早");
        queue.ShouldNotContain("deadline-over");
        site.Clock.Turn(Days.At(day) - site.Store.Now);
        (await admin.GetStringAsync("/admin", Ct)).ShouldContain(Page);

        var head = await site.Head();
        var seen = await admin.Send(Page, "Check", ("text", Notice));
        seen.Status.ShouldBe(200);
        WebUtility.HtmlDecode(seen.Body).ShouldContain("核对 2027 年：还没有生效");
        seen.Body.ShouldContain("class=\"actions stays\"", customMessage: "in sight beside twelve months");
        seen.Body.ShouldContain("<td class=\"worked\" title=\"元旦\">9<small>班</small></td>");
        (await site.KindsSince(head)).ShouldBeEmpty();
        (await admin.Send(Page, "Load", ("text", Forms.Hidden(seen.Body, "text")))).Location.ShouldBe(
            Page + "?did=saved"
        );
        var law = await site.Of<LawInForce>().Now(Ct);
        await CountComplaintTerms.All(site.Store, law, Ct);
        await CountReportTerms.All(site.Store, law, Ct);
        await Eventually(async () =>
            (await site.KindsSince(head)).ShouldBe(["operator.calendarLoaded", "complaint.termsCounted"])
        );

        term = await Term(desk, id);
        term.GetProperty("due").GetDateTimeOffset().ShouldBe(Days.At(known));
        term.TryGetProperty("provisional", out _).ShouldBeFalse();
        (await admin.GetStringAsync("/admin", Ct)).ShouldNotContain("2027.json");
        var same = (await admin.Send(Page, "Load", ("text", Notice))).Body;
        same.ShouldContain("2027 年的放假安排已经是这样");
        same.ShouldContain("<td class=\"worked\" title=\"元旦\">9", customMessage: "the year stays on the page");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_report_is_counted_again_too_and_so_is_its_extension(Db db)
    {
        await using var site = await Site.Start(db, Days.At("2026-12-21 10:00:00"));
        var admin = await site.Browsing(await site.As(Role.Admin));
        var staff = await site.As(Role.Reviewer);
        var claimant = await site.As(Role.Claimant, phone: "13900000077");
        var shop = await site.Merchant("云上百货");
        var id = (await Reporting.Filed(site, claimant, Reporting.Named(shop))).Id;
        await staff.PostJson($"/api/v1/reports/{id}/accept").Json();
        var verify = await Verify(staff, id);
        verify.GetProperty("provisional").GetBoolean().ShouldBeTrue();
        var extended = await staff.PostJson($"/api/v1/reports/{id}/extend", new { reason = "需要委托鉴定" }).Json();
        var first = extended.GetProperty("deadlines")[0].GetProperty("due").GetDateTimeOffset();

        var head = await site.Head();
        await admin.Send(Page, "Load", ("text", Notice));
        await CountReportTerms.All(site.Store, await site.Of<LawInForce>().Now(Ct), Ct);
        await Eventually(async () =>
            (await site.KindsSince(head)).ShouldBe(["operator.calendarLoaded", "report.termsCounted"])
        );
        verify = await Verify(staff, id);
        verify.TryGetProperty("provisional", out _).ShouldBeFalse();
        // 15 working days from 21 December end on 11 January (Saturday the 9th is worked), 15 more on 1 February.
        verify.GetProperty("due").GetDateTimeOffset().ShouldBe(Days.At("2027-02-01 23:59:59"));
        first.ShouldBeLessThan(Days.At("2027-02-01 23:59:59"));
    }

    [Fact]
    public async Task What_was_counted_before_the_calendar_came_is_counted_by_it_too()
    {
        await using var desk = await Desk.Open(Db.Sqlite, Days.At("2026-12-30 10:00:00"));
        foreach (var number in new[] { "first", "second" })
            await desk.Claimant.PostJson("/api/v1/complaints", desk.Body("orderNo", number)).Json(201);
        var counted = new List<bool>();
        var job = new OneAtATime(desk.Site.Store, desk.Site.Of<LawInForce>(), counted);
        await job.Once(Ct);
        counted.ShouldBe([false]);
        var admin = await desk.Site.Browsing(await desk.Site.As(Role.Admin));
        await admin.Send(Page, "Load", ("text", Notice));
        for (var round = 0; round < 4; round++)
            await job.Once(Ct);
        counted.ShouldBe([false, true, true]);
    }

    /// <summary>Counts one case a round, and notes whether the law of then knew the year.</summary>
    private sealed class OneAtATime(Store store, LawInForce laws, List<bool> counted)
        : CountTerms<Complaint, ComplaintEvent>(store, laws, Rounds(counted), NullLogger.Instance)
    {
        public override string Name => "one-at-a-time";

        private static TermRound<Complaint, ComplaintEvent> Rounds(List<bool> counted) =>
            new(
                ComplaintBook.Instance,
                "select id from complaints where id > @after order by id limit min(1, @limit)",
                (_, law) =>
                {
                    counted.Add(law.Years.ContainsKey(2027));
                    return null;
                }
            );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_is_no_notice_is_refused_with_its_reason_and_nothing_counts(Db db)
    {
        await using var site = await Site.Start(db, Days.At("2026-11-20 10:00:00"));
        var admin = await site.Browsing(await site.As(Role.Admin));
        var page = await admin.GetStringAsync(Page, Ct);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Forms.TokenOf(page)), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(Notice)), "file", "2027.json" },
        };
        using var seen = await admin.PostAsync(Page + "?handler=Check", form, Ct);
        WebUtility.HtmlDecode(await seen.Content.ReadAsStringAsync(Ct)).ShouldContain("核对 2027 年：还没有生效");
        foreach (
            var (text, said) in new[]
            {
                ("{", "这不是放假安排文件"),
                (Notice.Replace("2027", "2029", StringComparison.Ordinal), "只能载入今年或明年的放假安排"),
                (Notice.Replace("2027-10-03", "2027-11-06", StringComparison.Ordinal), "2027-10-03 是法定节假日"),
            }
        )
        foreach (var handler in new[] { "Check", "Load" })
        {
            var answer = await site.Appends([], () => admin.Send(Page, handler, ("text", text)));
            (answer.Status, answer.Body.Contains(said, StringComparison.Ordinal)).ShouldBe((400, true), said);
        }
    }

    private static async Task<JsonElement> Term(Desk desk, string id) =>
        (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("deadlines")[0];

    private static async Task<JsonElement> Verify(HttpClient staff, string id) =>
        (await staff.GetAsync($"/api/v1/reports/{id}", Ct).Json()).GetProperty("deadlines")[0];

    // The house counts by itself, too: whoever is first.
    private static async Task Eventually(Func<Task> holds)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await holds();
                return;
            }
            catch (ShouldAssertException) when (tries < 50)
            {
                await Task.Delay(100, Ct);
            }
        }
    }
}
