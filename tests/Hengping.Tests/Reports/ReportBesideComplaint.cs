using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Reports;

/// <summary>
/// A complaint and a report in one submission: both or neither, one answer under one key, nothing in either of the
/// other, and for the merchant no difference at all.
/// </summary>
public sealed partial class ReportBesideComplaint(Sites sites) : IClassFixture<Sites>
{
    private const string Complaints = "/api/v1/complaints";
    private const string Told = "这家店长期用假批号，仓库里还有三箱。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static object Secret(bool anonymous = true) =>
        new
        {
            breach = "counterfeit",
            text = Told,
            anonymous,
        };

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Both_come_in_with_one_commit_and_live_apart(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var site = desk.Site;
        var receipt = await site.Appends(
            ["complaint.filed", "report.filed"],
            () => desk.Claimant.PostJson(Complaints, desk.Body("report", Secret())).Json(201)
        );
        var id = receipt.GetProperty("id").GetString()!;
        var pair = receipt.GetProperty("report");
        foreach (var bad in new object[] { new { breach = "x", text = Told }, new { breach = "other", text = "短" } })
        {
            var no = await site.Appends(
                [],
                () => desk.Claimant.PostJson(Complaints, desk.Body("report", bad)).Json(400)
            );
            no.GetProperty("errors").EnumerateObject().Single().Name.ShouldStartWith("report.");
        }
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        await desk.Claimant.PostJson(Desk.At(id, "withdraw")).Json();
        var after = await site.Anyone.PostJson(Where + "/follow", pair).Json();
        after.GetProperty("status").GetString().ShouldBe("received");
        after.GetProperty("canAdd").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("terminate")]
    [InlineData("close")]
    [InlineData("withdraw")]
    public async Task No_end_of_the_complaint_ends_the_report(string end)
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var receipt = await desk.Claimant.PostJson(Complaints, desk.Body("report", Secret())).Json(201);
        var id = receipt.GetProperty("id").GetString()!;
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        var reply = new { text = "已为您办理全额退款，三日内原路到账。" };
        await desk.Merchant.PostJson(Desk.At(id, "reply"), reply).Json();
        var (who, body) = end switch
        {
            "terminate" => (desk.Mediator, new { reason = "no-agreement" }),
            "close" => (desk.Mediator, (object)new { }),
            _ => (desk.Claimant, new { }),
        };
        await desk.Site.Appends(
            [
                end switch
                {
                    "terminate" => "complaint.terminated",
                    "close" => "complaint.closed",
                    _ => "complaint.withdrawn",
                },
            ],
            () => who.PostJson(Desk.At(id, end), body).Json()
        );
        var after = await desk.Site.Anyone.PostJson(Where + "/follow", receipt.GetProperty("report")).Json();
        after.GetProperty("status").GetString().ShouldBe("received");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_same_key_gets_the_same_answer_and_what_is_kept_holds_neither_number_nor_code(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var body = desk.Body("report", Secret());
        var first = await Keyed(desk.Claimant, Complaints, body, "k-1");
        var second = await desk.Site.Appends([], () => Keyed(desk.Claimant, Complaints, body, "k-1"));
        second.ShouldBe(first);
        using var answer = JsonDocument.Parse(first);
        var report = answer.RootElement.GetProperty("report");
        (await desk.Site.Anyone.PostJson(Where + "/follow", report).Json())
            .GetProperty("status")
            .GetString()
            .ShouldBe("received");
        var number = report.GetProperty("number").GetString()!;
        var code = report.GetProperty("code").GetString()!;
        await NowhereIn(desk.Site, code, code.Replace("-", ""));
        foreach (var kept in await desk.Site.Store.Query<byte[]>("select answer from idempotency", null, Ct))
            Encoding.UTF8.GetString(kept).ShouldNotContain(number);
        body["report"] = new { breach = "other", text = Told };
        var other = new HttpRequestMessage(HttpMethod.Post, Complaints) { Content = JsonContent(body) };
        other.Headers.Add("Idempotency-Key", "k-1");
        await desk.Claimant.SendAsync(other, Ct).Refused(422, "idempotency.mismatch");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_report_alone_is_filed_once_under_one_key_with_or_without_an_account(Db db)
    {
        // Its own site: every kept answer of it is looked at.
        await using var desk = await Desk.Open(db);
        var body = Anonymous(desk.Shop);
        foreach (var who in new[] { desk.Claimant, desk.Site.Anyone })
        {
            var first = await Keyed(who, Where, body, "k-2");
            (await desk.Site.Appends([], () => Keyed(who, Where, body, "k-2"))).ShouldBe(first);
            var code = JsonDocument.Parse(first).RootElement.GetProperty("code").GetString()!;
            await NowhereIn(desk.Site, code, code.Replace("-", ""));
        }
        var ids = await desk.Site.Store.Query<Guid>("select id from accounts", null, Ct);
        foreach (var caller in await desk.Site.Store.Query<string>("select caller from idempotency", null, Ct))
        {
            Account(ids).ShouldNotContain(caller);
            foreach (
                var print in ids.Select(id => desk.Site.Store.Keys.Fingerprint(ReportPurposes.ReportOnce, $"{id:N}"))
            )
                caller.ShouldNotBe(print, "whoever has the keys could try all accounts");
        }
        (await desk.Site.Store.Query<string>("select key from idempotency", null, Ct)).ShouldNotContain("k-2");
        var times = await desk.Site.Store.Query<long>("select at % 86400000 from idempotency", null, Ct);
        times.ShouldAllBe(ofDay => ofDay == 0);
        body["text"] = "换了一段话，说的是另一件事情。";
        var other = new HttpRequestMessage(HttpMethod.Post, Where) { Content = JsonContent(body) };
        other.Headers.Add("Idempotency-Key", "k-2");
        await desk.Claimant.SendAsync(other, Ct).Refused(422, "idempotency.mismatch");

        static string Account(IReadOnlyList<Guid> ids) => string.Join(' ', ids.Select(id => id.ToString("D")));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_log_of_an_anonymous_report_holds_no_account_and_no_complaint(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var receipt = await desk.Claimant.PostJson(Complaints, desk.Body("report", Secret())).Json(201);
        var alone = await desk.Claimant.PostJson(Where, Anonymous(desk.Shop)).Json(201);
        var people = await desk.Site.Store.Query<Guid>("select id from accounts", null, Ct);
        foreach (var filed in new[] { receipt.GetProperty("report"), alone })
        {
            var id = Guid.Parse(await IdOf(desk.Site, filed));
            var stored = (await desk.Site.Store.ReadLog(0, 10_000, Ct)).Where(e => e.Stream == id).ToList();
            stored.ShouldHaveSingleItem().Author.ShouldBe("reporter");
            var body = Encoding.UTF8.GetString(stored[0].Body);
            foreach (var person in people)
                (body + id.ToString("D")).ShouldNotContain(person.ToString("D"));
            body.ShouldNotContain(receipt.GetProperty("id").GetString()!);
            body.ShouldNotContain(receipt.GetProperty("number").GetString()!);
            body.ShouldNotContain(Told);
            // Only the day: nothing points at the minute of the complaint.
            stored[0].At.ShouldBe(new DateTimeOffset(2026, 10, 11, 16, 0, 0, TimeSpan.Zero));
            id.Version.ShouldBe(4, "an id that grows with time would tell the minute");
        }
        desk.Site.Log.All.ShouldAllBe(line => !line.Contains("127.0.0.1"));
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task For_the_merchant_a_complaint_with_a_report_is_the_same_as_one_without(Db db)
    {
        var without = await SeenByTheMerchant(db, report: null);
        foreach (var anonymous in new[] { true, false })
        {
            var with = await SeenByTheMerchant(db, Secret(anonymous));
            with.Count.ShouldBe(without.Count);
            for (var i = 0; i < with.Count; i++)
                with[i].ShouldBe(without[i]);
        }
    }

    /// <summary>What the respondent's side, and anybody, can fetch; ids, numbers and chances made alike.</summary>
    private static async Task<List<string>> SeenByTheMerchant(Db db, object? report)
    {
        await using var desk = await Desk.Open(db);
        var site = desk.Site;
        var body = desk.Body();
        if (report is not null)
            body["report"] = report;
        var receipt = await desk.Claimant.PostJson(Complaints, body).Json(201);
        var id = receipt.GetProperty("id").GetString()!;
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        if (report is not null)
        {
            var filed = await IdOf(site, receipt.GetProperty("report"));
            await desk.Mediator.PostJson(At(filed, "accept")).Json();
        }
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, site.Of<SiteAddress>()), Ct);
        var number = receipt.GetProperty("number").GetString()!;
        var browser = await site.Browsing(desk.Merchant);
        var seen = new List<string>();
        foreach (
            var (who, path) in new[]
            {
                (desk.Merchant, Desk.At(id)),
                (desk.Merchant, Desk.At(id, "events")),
                (desk.Merchant, Complaints),
                (desk.Merchant, $"/api/v1/merchants/{desk.Shop}"),
                (desk.Merchant, $"/api/v1/merchants/{desk.Shop}/ratings"),
                (desk.Merchant, "/api/v1/merchants?q=云上"),
                (desk.Merchant, "/api/v1/ratings/ytd"),
                (desk.Merchant, "/api/v1/taxonomies"),
                (browser, "/merchant"),
                (browser, "/merchant?view=all"),
                (browser, $"/cases/{number}"),
                (browser, $"/merchants/{desk.Shop}"),
                (browser, "/"),
            }
        )
            seen.Add($"{path} " + await Text(who, path));
        seen.ShouldAllBe(text => text.Contains(" 200 "));
        var letters = await Outbox.Newest(site.Store, 100, Ct);
        seen.Add(string.Join('\n', letters.Where(l => l.To == "4001234567").Select(site.TextOf)));
        seen.ShouldAllBe(text => !text.Contains("假批号"));
        await desk.Merchant.GetAsync(Where, Ct).Refused(403, "forbidden");
        return [.. seen.Select(text => Alike(text, id, number, desk))];
    }

    private static async Task<string> Text(HttpClient who, string path)
    {
        using var answer = await who.GetAsync(path, Ct);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}";
    }

    private static string Alike(string text, string id, string number, Desk desk) =>
        Chance()
            .Replace(
                text.Replace(id, "ID", StringComparison.Ordinal)
                    .Replace(number, "NUMBER", StringComparison.Ordinal)
                    .Replace($"{desk.Shop:D}", "SHOP", StringComparison.Ordinal),
                "*"
            );

    // Ids of other things, form tokens, ports, prints of readers and the log's position differ between any two runs.
    [GeneratedRegex(
        @"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|value=""CfDJ8[^""]*""|127\.0\.0\.1:\d+"
            + @"|""logPosition"":\d+|[0-9a-f]{24,64}|data-me=""[0-9a-f]{16}"""
    )]
    private static partial Regex Chance();

    private static StringContent JsonContent(object body) =>
        new(JsonSerializer.Serialize(body, Cli.JsonFormat), Encoding.UTF8, "application/json");

    private static async Task<string> Keyed(HttpClient who, string path, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await who.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        ((int)answer.StatusCode).ShouldBe(201, text);
        return text;
    }
}
