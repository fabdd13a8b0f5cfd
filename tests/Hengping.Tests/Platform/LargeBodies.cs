using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Evidence;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>Whose large bodies are read, how many at once, and how slowly they may come.</summary>
public sealed class LargeBodies(Sites sites) : IClassFixture<Sites>
{
    private const int Large = 3 * 1024 * 1024;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Without_sign_in_or_a_pass_of_its_page_a_large_form_is_refused_before_it_is_read(Db engine)
    {
        var site = await sites.On(engine);
        var shop = await site.Merchant(Sites.OwnName("云上百货"));
        await site.Appends(
            [],
            async () =>
            {
                foreach (var path in Pages(shop))
                {
                    using var no = await Post(site.Visitor(), path, Large);
                    ((int)no.StatusCode).ShouldBe(413, path);
                    (await no.Content.ReadAsStringAsync(Ct)).ShouldContain("\"body.pass\"", Case.Sensitive, path);
                }
                await Post(site.Visitor(), "/report?pass=CfDJ8x", Large).Refused(413, "body.pass");
                // Any other page, and one that is not there.
                foreach (var path in new[] { "/progress", "/sign-in", "/nowhere" })
                {
                    using var no = await Post(site.Visitor(), path, Large);
                    ((int)no.StatusCode).ShouldBe(413, path);
                }
                await Post(site.Anyone, "/api/v1/evidence", Large).Refused(401, "unauthorized");
                await Post(site.Anyone, "/api/v1/reports/follow/evidence", Large).Refused(413, "report.pair-first");
                return 0;
            }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, "/report") { Content = Form(Large) };
        request.Headers.Accept.ParseAdd("text/html");
        var visitor = site.Visitor();
        using var answer = await visitor.SendAsync(request, Ct);
        ((int)answer.StatusCode).ShouldBe(303);
        using var page = await visitor.GetAsync(answer.Headers.Location, Ct);
        ((int)page.StatusCode).ShouldBe(413);
        (await page.Content.ReadAsStringAsync(Ct)).ShouldContain("<html");
    }

    private static IEnumerable<string> Pages(Guid shop) =>
        [
            "/report",
            "/report/follow?handler=Add",
            $"/merchants/{shop}/claim",
            $"/answer/{shop}",
            "/file",
            "/cases/7K3M-9QXA-2BTC",
            "/evidence/upload",
        ];

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_form_opened_on_our_page_takes_a_large_file_for_as_long_as_its_pass_holds(Db engine)
    {
        await using var site = await Site.Start(engine);
        var shop = await site.Merchant("云上百货");
        var visitor = site.Visitor();
        var page = await visitor.GetStringAsync("/report?merchant=" + shop, Ct);
        var said = Regex.Match(page, "<form method=\"post\" action=\"([^\"]+)\"").Groups[1].Value;
        var action = WebUtility.HtmlDecode(said);
        action.ShouldStartWith("/report?pass=");
        var fields = new MultipartFormDataContent
        {
            { new StringContent(Forms.TokenOf(page)), "__RequestVerificationToken" },
            { new ByteArrayContent(Padded(Large)), "files", "a.gif" },
        };
        using var answer = await visitor.PostAsync(action, fields, Ct);
        ((int)answer.StatusCode).ShouldBe(400, "read, and then fields are missing");
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldNotContain("body.pass");
        // Good at its own page alone, and for half a day.
        var pass = action["/report".Length..];
        await Post(visitor, $"/merchants/{shop}/claim{pass}", Large).Refused(413, "body.pass");
        site.Clock.Turn(TimeSpan.FromHours(12));
        await Post(visitor, action, Large).Refused(413, "body.pass");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_large_report_file_comes_by_its_pair(Db engine)
    {
        var site = await sites.On(engine);
        var shop = await site.Merchant(Sites.OwnName("云上百货"));
        var receipt = await site.Anyone.PostJson(Reporting.Where, Reporting.Anonymous(shop)).Json(201);
        MultipartFormDataContent Sent(string code) =>
            new()
            {
                { new StringContent(receipt.GetProperty("number").GetString()!), "number" },
                { new StringContent(code), "code" },
                { new ByteArrayContent(Padded(Large)), "file", "a.gif" },
            };
        const string Door = Reporting.Where + "/follow/evidence";
        await site.Anyone.PostAsync(Door, Sent("ABCD-EFGH-JKLM-NPQR"), Ct).Refused(404, "report.no-such-pair");
        await site.Appends(
            ["evidence.uploaded", "report.added"],
            () => site.Anyone.PostAsync(Door, Sent(receipt.GetProperty("code").GetString()!), Ct).Json()
        );
    }

    [Theory]
    [InlineData(1, 9, 429, "body.too-many-here")]
    [InlineData(9, 1, 503, "body.too-many")]
    public async Task Only_so_many_come_at_once(int ofAddress, int inAll, int status, string code)
    {
        await using var site = await Start(("AtOnceByAddress", ofAddress), ("AtOnce", inAll));
        var claimant = await site.As(Role.Claimant);
        var open = await Half(site, claimant);
        await Eventually.Holds(() => Task.FromResult(site.Of<BodyGate>().Inside == 1), "the first is being read");
        await Eventually.Holds(
            () => Task.FromResult(site.Of<BodyGate>().DiskBytes is > Large - 1024 and < Large),
            "what has come is on the disk, and not expected again"
        );
        using var no = await Post(claimant, "/api/v1/evidence", Large);
        ((int)no.StatusCode).ShouldBe(status);
        no.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        (await no.Content.ReadAsStringAsync(Ct)).ShouldContain($"\"{code}\"");
        await claimant.Upload(SampleFiles.PictureOf("small"), "a.gif", "image/gif").Json(201);
        open.Dispose();
        await Eventually.Holds(() => Task.FromResult(site.Of<BodyGate>().Inside == 0), "one that broke off is over");
        site.Of<BodyGate>().DiskBytes.ShouldBe(0);
        await Post(claimant, "/api/v1/evidence", Large).Json(201);
        Directory.GetFiles(Path.Combine(site.Place.Data, "evidence"), ".*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_signed_in_has_room_while_others_fill_theirs()
    {
        await using var site = await Start(("AtOnce", 4), ("AtOnceByAddress", 8));
        var visitor = site.Visitor();
        var page = await visitor.GetStringAsync("/report", Ct);
        var said = Regex.Match(page, "<form method=\"post\" action=\"([^\"]+)\"").Groups[1].Value;
        var action = WebUtility.HtmlDecode(said);
        var open = new[] { await Half(site, site.Anyone, action), await Half(site, site.Anyone, action) };
        await Eventually.Holds(() => Task.FromResult(site.Of<BodyGate>().Inside == 2), "half of the places");
        await Post(visitor, action, Large).Refused(503, "body.too-many");
        await Post(await site.As(Role.Claimant), "/api/v1/evidence", Large).Json(201);
        foreach (var one in open)
            one.Dispose();
        await Eventually.Holds(() => Task.FromResult(site.Of<BodyGate>().Inside == 0), "they are over");
        using var late = await Post(visitor, action, Large);
        ((int)late.StatusCode).ShouldNotBe(503);
    }

    [Fact]
    public async Task One_that_comes_too_slowly_is_cut_off_with_a_word()
    {
        await using var site = await Start(("GraceSeconds", 1));
        using var open = await Half(site, await site.As(Role.Claimant));
        var answer = new byte[4096];
        var read = await open.GetStream().ReadAsync(answer, Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Ct);
        var text = Encoding.UTF8.GetString(answer, 0, read);
        text.ShouldStartWith("HTTP/1.1 408 ");
        text.ShouldContain("request.slow");
        await Eventually.Holds(() => Task.FromResult(site.Of<BodyGate>().Inside == 0), "its place is free");
        site.Log.All.ShouldAllBe(line => !line.Contains("unhandled"));
    }

    /// <summary>Many small ones that say nothing more fill a disk as well as a large one.</summary>
    [Fact]
    public async Task A_small_one_that_falls_silent_is_cut_off_too()
    {
        await using var site = await Start(("GraceSeconds", 1));
        using var open = new TcpClient();
        await open.ConnectAsync(site.Address.Host, site.Address.Port, Ct);
        var head =
            $"POST /file HTTP/1.1\r\nHost: {site.Address.Authority}\r\nContent-Type: multipart/form-data; "
            + "boundary=b\r\nContent-Length: 1900000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"evidence\"; "
            + "filename=\"a.gif\"\r\n\r\n";
        await open.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + new string('x', 200_000)), Ct);
        var answer = new byte[4096];
        var read = await open.GetStream().ReadAsync(answer, Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Ct);
        Encoding.UTF8.GetString(answer, 0, read).ShouldMatch("^HTTP/1.1 (302|408) ");
    }

    [Fact]
    public async Task Where_the_disk_is_nearly_full_nothing_large_is_taken()
    {
        await using var site = await Start(("DiskBytesFreeMin", long.MaxValue));
        var claimant = await site.As(Role.Claimant);
        await Post(claimant, "/api/v1/evidence", Large).Refused(503, "body.disk-low");
        await claimant.Upload(SampleFiles.PictureOf("small"), "a.gif", "image/gif").Json(201);
    }

    private static Task<Site> Start(params (string Name, long Value)[] costs) =>
        Site.Start(
            Db.Sqlite,
            settings: costs.ToDictionary(
                cost => $"Bodies:{cost.Name}",
                cost => (string?)cost.Value.ToString(CultureInfo.InvariantCulture)
            )
        );

    private static Task<HttpResponseMessage> Post(HttpClient caller, string path, int bytes) =>
        caller.PostAsync(path, Form(bytes), Ct);

    private static MultipartFormDataContent Form(int bytes) =>
        new() { { new ByteArrayContent(Padded(bytes)), "file", "a.gif" } };

    // A picture with something behind its end.
    private static byte[] Padded(int bytes) => [.. SampleFiles.PictureOf("large"), .. new byte[bytes]];

    /// <summary>Begins to send a large file and falls silent.</summary>
    private static async Task<TcpClient> Half(Site site, HttpClient caller, string door = "/api/v1/evidence")
    {
        var client = new TcpClient();
        await client.ConnectAsync(site.Address.Host, site.Address.Port, Ct);
        var token = caller.DefaultRequestHeaders.Authorization;
        var head =
            $"POST {door} HTTP/1.1\r\nHost: {site.Address.Authority}\r\nAuthorization: {token}\r\n"
            + $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {Large}\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.gif\"\r\n\r\nGIF89a";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Ct);
        return client;
    }
}
