using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Reports.Reporting;

namespace Hengping.Tests.Reports;

/// <summary>A reporter's doors: no account, number and code, one answer for every wrong pair.</summary>
public sealed class ReportFollowing(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Anyone_reports_without_a_name_and_follows_it_with_number_and_code(Db db)
    {
        var site = await sites.On(db);
        var shop = await site.Merchant(Sites.OwnName("云上百货"));
        var receipt = await site.Appends(
            ["report.filed"],
            () => site.Anyone.PostJson(Where, Anonymous(shop)).Json(201)
        );
        var number = receipt.GetProperty("number").GetString()!;
        var code = receipt.GetProperty("code").GetString()!;
        CaseNumber.Parse(number).ShouldBe(number);
        code.Length.ShouldBe(19);
        receipt.GetProperty("status").GetString().ShouldBe("received");
        // Fifteen working days from Monday 2026-10-12 end on Monday 11-02.
        receipt.GetProperty("due").GetDateTimeOffset().UtcDateTime.ShouldBe(new DateTime(2026, 11, 2, 15, 59, 59));
        receipt.TryGetProperty("id", out _).ShouldBeFalse();

        var typed = new { number = number.ToLowerInvariant(), code = code.Replace("-", " ") };
        var shown = await site.Appends([], () => site.Anyone.PostJson(Where + "/follow", typed).Json());
        shown.GetProperty("status").GetString().ShouldBe("received");
        shown.GetProperty("canAdd").GetBoolean().ShouldBeTrue();
        shown.GetProperty("deadlines").GetArrayLength().ShouldBe(1, "an anonymous reporter is told nothing by phone");
        shown.GetProperty("deadlines")[0].GetProperty("explanation").GetString()!.ShouldContain("本平台承诺");

        var more = new
        {
            number,
            code,
            text = "又买到一罐，批号相同。",
        };
        shown = await site.Appends(["report.added"], () => site.Anyone.PostJson(Where + "/follow/add", more).Json());
        shown.GetProperty("messages")[1].GetProperty("text").GetString().ShouldBe("又买到一罐，批号相同。");
        await site.Anyone.PostJson(Where + "/follow/add", new { number, code }).Json(400);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task The_same_key_adds_once_and_another_body_under_it_is_refused(Db db)
    {
        var site = await sites.On(db);
        var receipt = await site
            .Anyone.PostJson(Where, Anonymous(await site.Merchant(Sites.OwnName("云上百货"))))
            .Json(201);
        var (number, code) = (receipt.GetProperty("number").GetString()!, receipt.GetProperty("code").GetString()!);
        await site.Appends(["report.added"], () => Add("又买到一罐。"));
        var again = await site.Appends([], () => Add("又买到一罐。").Json());
        again.GetProperty("messages").GetArrayLength().ShouldBe(2);
        await Add("另一句话。").Refused(422, "idempotency.mismatch");
        byte[] paper = [.. "%PDF-1.7 batch"u8];
        var form = await Form(receipt, paper).ReadAsByteArrayAsync(Ct);
        await site.Appends(["evidence.uploaded", "report.added"], () => File().Json());
        var once = await site.Appends([], () => File().Json());
        once.GetProperty("messages").GetArrayLength().ShouldBe(3);
        await AtRest.NothingSays(site, "又买到一罐", code);
        (await site.Store.Query<long>("select at from idempotency where at % 86400000 <> 0", null, Ct)).ShouldBeEmpty(
            "the log says the day alone, and so does what is kept beside it"
        );

        Task<HttpResponseMessage> Add(string text) =>
            Send(
                "/follow/add",
                JsonContent.Create(
                    new
                    {
                        number,
                        code,
                        text,
                    }
                ),
                "add-1"
            );

        Task<HttpResponseMessage> File()
        {
            var content = new ByteArrayContent(form);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=batch");
            return Send("/follow/evidence", content, "file-1");
        }

        Task<HttpResponseMessage> Send(string door, HttpContent content, string key)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, Where + door) { Content = content };
            request.Headers.Add("Idempotency-Key", key);
            return site.Anyone.SendAsync(request, Ct);
        }
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_file_is_added_with_number_and_code_and_staff_alone_open_it(Db db)
    {
        await using var site = await Site.Start(db);
        var shop = await site.Merchant("云上百货");
        var receipt = await site.Anyone.PostJson(Where, Anonymous(shop)).Json(201);
        byte[] paper = [.. "%PDF-1.7 batch"u8];
        var shown = await site.Appends(
            ["evidence.uploaded", "report.added"],
            () => site.Anyone.PostAsync(Where + "/follow/evidence", Form(receipt, paper), Ct).Json()
        );
        shown.GetProperty("messages")[1].GetProperty("files").GetInt32().ShouldBe(1);
        var file = await site.Store.First<Guid>("select evidence from report_evidence", null, Ct);
        var staff = await site.As(Role.Reviewer);
        (await staff.GetByteArrayAsync($"/api/v1/evidence/{file}", Ct)).ShouldBe(paper);
        foreach (var other in new[] { Role.Claimant, Role.Merchant, Role.Regulator })
            await (await site.As(other, other == Role.Merchant ? shop : null))
                .GetAsync($"/api/v1/evidence/{file}", Ct)
                .Refused(404, "not-found");
        var author = await site.Store.First<string>(
            "select author from events where kind = 'evidence.uploaded'",
            null,
            Ct
        );
        author.ShouldBe($"claimant:{await IdOf(site, receipt)}", "the report itself, which is no account");
        foreach (
            var (bytes, code, status) in new[]
            {
                (paper, "x", 404),
                ("MZ what is this"u8.ToArray(), null, 415),
                ([], null, 400),
            }
        )
            await site.Appends(
                [],
                () => site.Anyone.PostAsync(Where + "/follow/evidence", Form(receipt, bytes, code), Ct).Json(status)
            );
    }

    [Fact]
    public async Task Who_has_no_account_writes_and_guesses_a_few_times_a_minute()
    {
        var few = new Dictionary<string, string?> { ["Limits:GuessesPerMinute"] = "3" };
        await using var site = await Site.Start(Db.Sqlite, settings: few);
        var shop = await site.Merchant("云上百货");
        var claimant = await site.As(Role.Claimant, phone: "13800000001");
        for (var n = 0; n < 3; n++)
            await site.Anyone.PostJson(Where, Anonymous(shop)).Json(201);
        using var late = await site.Anyone.PostJson(Where, Anonymous(shop));
        ((int)late.StatusCode).ShouldBe(429);
        late.Headers.RetryAfter.ShouldNotBeNull();
        for (var n = 0; n < 5; n++)
            await claimant.PostJson(Where, Anonymous(shop)).Json(201);
        var guess = new { number = "7K3M-9QXA-2BTC", code = "0000-0000-0000-0000" };
        for (var n = 0; n < 3; n++)
            await claimant.PostJson(Where + "/follow", guess).Json(404);
        using var guessed = await claimant.PostJson(Where + "/follow", guess);
        ((int)guessed.StatusCode).ShouldBe(429, "guessing is limited with an account, too");
    }

    [Fact]
    public async Task One_number_takes_only_so_many_tries_from_wherever_they_come()
    {
        var site = await sites.On(Db.Sqlite);
        var receipt = await site
            .Anyone.PostJson(Where, Anonymous(await site.Merchant(Sites.OwnName("云上百货"))))
            .Json(201);
        var guess = new { number = receipt.GetProperty("number").GetString(), code = "0000-0000-0000-0000" };
        for (var n = 0; n < 30; n++)
            await site.Anyone.PostJson(Where + "/follow", guess).Json(404);
        using var late = await site.Anyone.PostJson(Where + "/follow", guess);
        ((int)late.StatusCode).ShouldBe(429);
    }

    private static MultipartFormDataContent Form(JsonElement receipt, byte[] file, string? code = null) =>
        new("batch")
        {
            { new StringContent(receipt.GetProperty("number").GetString()!), "number" },
            { new StringContent(code ?? receipt.GetProperty("code").GetString()!), "code" },
            { new ByteArrayContent(file), "file", "批号.pdf" },
        };

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Every_wrong_pair_gets_the_same_answer(Db db)
    {
        var site = await sites.On(db);
        var shop = await site.Merchant(Sites.OwnName("云上百货"));
        var one = await site.Anyone.PostJson(Where, Anonymous(shop)).Json(201);
        var other = await site.Anyone.PostJson(Where, Anonymous(shop)).Json(201);
        var answers = new HashSet<string>();
        foreach (
            var (number, code) in new[]
            {
                (one.GetProperty("number").GetString(), other.GetProperty("code").GetString()),
                (one.GetProperty("number").GetString(), "0000-0000-0000-0000"),
                (one.GetProperty("number").GetString(), "x"),
                ("7K3M-9QXA-2BTC", one.GetProperty("code").GetString()),
                ("nonsense", "nonsense"),
            }
        )
        foreach (var door in new[] { "/follow", "/follow/add" })
        {
            var no = await site
                .Anyone.PostJson(
                    Where + door,
                    new
                    {
                        number,
                        code,
                        text = "x",
                    }
                )
                .Json(404);
            answers.Add($"{no.GetProperty("code")} {no.GetProperty("title")} {no.GetProperty("type")}");
        }
        answers.ShouldHaveSingleItem();
        await site.Anyone.PostJson(Where + "/follow", new { number = "" }).Json(400);
    }
}
