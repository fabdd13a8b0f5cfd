using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Hengping.App.Platform;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Platform;

/// <summary>
/// The database or a disk is away: 503 in place with Retry-After, the headers and what was typed kept; parties go on
/// reading, staff whose reading cannot be noted do not.
/// </summary>
public sealed partial class AwayTests
{
    private const string Said = "壶底有编号 <4711>，可以查。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task While_nothing_can_be_written_parties_read_and_nobody_else_is_shown_anything(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        var id = await desk.Delivered();
        var browser = await site.Browsing(desk.Claimant);
        var room = "/cases/" + (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        var token = Forms.TokenOf(await browser.GetStringAsync(room, Ct));
        var head = await site.Head();
        await using var jam = await Jam(site);
        // Their session would be noted as used by now.
        site.Clock.Turn(TimeSpan.FromMinutes(10));

        await desk.Claimant.GetAsync(Desk.At(id)).Json();
        await desk.Merchant.GetAsync(Desk.At(id)).Json();
        (await browser.GetStringAsync(room, Ct)).ShouldContain("水壶");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Png), "file", "a.png" } };
        await Task.WhenAll(
            desk.Reviewer.GetAsync(Desk.At(id)).Refused(503, "store.away"),
            desk.Claimant.PostJson(Desk.At(id, "messages"), new { text = Said }).Refused(503, "store.away"),
            desk.Claimant.PostAsync("/api/v1/evidence", form, Ct).Refused(503, "store.away"),
            Task.Run(async () => await IsInPlace(browser, room, token, "store.away"))
        );
        if (engine == Db.Sqlite)
            await IsNotReady(site, "store.away");
        (await site.Head()).ShouldBe(head);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task An_upload_that_the_disk_does_not_take_is_not_the_senders_fault(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        // Where the directory would be made stands something else.
        await File.WriteAllTextAsync(Path.Combine(desk.Site.Place.Data, "evidence"), "", Ct);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Png), "file", "a.png" } };

        await desk.Site.Appends(
            [],
            async () =>
            {
                await desk.Claimant.PostAsync("/api/v1/evidence", form, Ct).Refused(503, "store.away");
                return 0;
            }
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_node_that_is_older_than_the_store_says_that_it_is_not_ready(Db engine)
    {
        await using var site = await Site.Start(engine);
        (await site.Anyone.GetAsync("/readyz", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await site.Store.Write((db, tx) => db.ExecuteAsync("update store_state set format = 99", null, tx), Ct);

        await Eventually.Holds(
            async () => (await site.Anyone.GetAsync("/readyz", Ct)).StatusCode == HttpStatusCode.ServiceUnavailable,
            "not ready"
        );
        await IsNotReady(site, "store.newer");
        var refused = await Should.ThrowAsync<Refused>(() => ToyStore.OpenAt(site.Place));
        refused.Refusal.Code.ShouldBe("store.newer");
    }

    [Fact]
    public async Task A_form_whose_outcome_is_unknown_is_sent_again_and_done_once()
    {
        Cable? cable = null;
        await using var desk = await Desk.On(
            await Site.Start(
                Db.Postgres,
                through: database =>
                {
                    (cable, var through) = Cable.To(database);
                    return through + ";Command Timeout=4;Timeout=3";
                }
            )
        );
        await using var held = cable!;
        var site = desk.Site;
        var id = await desk.Delivered();
        var browser = await site.Browsing(desk.Claimant);
        var room = "/cases/" + (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        var token = Forms.TokenOf(await browser.GetStringAsync(room, Ct));

        var cut = cable!.CutAt(CutWhere.After, "complaint.messageSent", "COMMIT");
        var sending = IsInPlace(browser, room, token, "store.outcome-unknown");
        await cut;
        await Task.WhenAll(
            IsNotReady(site, "store.away"),
            desk.Merchant.GetAsync(Desk.At(id)).Refused(503, "store.away")
        );
        var fields = await sending;
        cable.Mend();

        HttpResponseMessage again = null!;
        await Eventually.Holds(
            async () =>
            {
                again = await browser.PostAsync($"{room}?handler=Message", new FormUrlEncodedContent(fields), Ct);
                return again.StatusCode != HttpStatusCode.ServiceUnavailable;
            },
            "the node again"
        );
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        again.Headers.Location!.ToString().ShouldContain("did=message");
        (await site.KindsSince(0)).Count(kind => kind == "complaint.messageSent").ShouldBe(1);
        await Eventually.Holds(
            async () => (await site.Anyone.GetAsync("/readyz", Ct)).IsSuccessStatusCode,
            "ready again"
        );
    }

    /// <summary>Sends a message by the form of the room and holds how it is refused; the fields of the page.</summary>
    private static async Task<Dictionary<string, string>> IsInPlace(
        HttpClient browser,
        string room,
        string token,
        string code
    )
    {
        var form = new Dictionary<string, string> { ["message"] = Said, ["__RequestVerificationToken"] = token };
        using var answer = await browser.PostAsync($"{room}?handler=Message", new FormUrlEncodedContent(form), Ct);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, page);
        answer.Headers.Location.ShouldBeNull();
        answer.Headers.RetryAfter.ShouldNotBeNull();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        page.ShouldContain($"data-away=\"{code}\"");
        page.ShouldContain($"action=\"{room}?handler=Message\"");
        var fields = Field()
            .Matches(page)
            .ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        fields.ShouldBe(form, ignoreOrder: true);
        return fields;
    }

    private static async Task IsNotReady(Site site, string code)
    {
        using var answer = await site.Anyone.GetAsync("/readyz", Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldStartWith(code);
    }

    /// <summary>
    /// A store that can be read and not written to: on SQLite one that is read only by now, on PostgreSQL one whose log
    /// somebody else holds, as a rebuild does.
    /// </summary>
    private static async Task<IAsyncDisposable> Jam(Site site)
    {
        if (site.Place.Postgres is { } database)
        {
            var holder = new NpgsqlConnection(database);
            await holder.OpenAsync(Ct);
            await holder.ExecuteAsync($"select pg_advisory_lock({PostgresLocks.LogLock})");
            return holder;
        }
        await site.Store.Alone(session => session.Connection.Execute("pragma query_only = 1"), Ct);
        return new MemoryStream();
    }

    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Field();
}
