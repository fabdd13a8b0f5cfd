using System.Net;
using System.Text.RegularExpressions;
using Hengping.App.Complaints;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Merchants;
using Hengping.Tests.Evidence;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// The link that lets a merchant nobody knows yet answer one case: what it opens, and what it never does.
/// </summary>
public sealed partial class AnswerLinkDoors(Sites sites) : IClassFixture<Sites>
{
    private const string Reply = "您好，已为您安排全额退款，三个工作日内原路到账。";
    private static readonly byte[] Shot = SampleFiles.PictureOf("parcel");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_link_shows_its_case_as_a_respondent_may_see_it_and_replies_once(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var (id, merchant, address) = await DeliveredToUnknown(desk);
        var anyone = desk.Site.Anyone;
        using var head = new HttpRequestMessage(HttpMethod.Head, address);
        (await desk.Site.Appends([], () => anyone.SendAsync(head, Ct))).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var early = new HttpRequestMessage(HttpMethod.Get, address);
        early.Headers.Add("Sec-Purpose", "prefetch");
        (await desk.Site.Appends([], () => anyone.SendAsync(early, Ct))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var page = await desk.Site.Appends(["link.opened"], () => anyone.GetStringAsync(address, Ct));
        page.ShouldContain("水壶");
        page.ShouldContain("王");
        page.ShouldNotContain("王小明");
        page.ShouldNotContain("13800000001");
        page.ShouldNotContain("handler=Accept");
        await desk.Site.Appends([], () => anyone.GetStringAsync(address, Ct));
        (await StatusOf(desk, id)).ShouldBe("delivered");

        (await desk.Site.Appends([], () => Send(desk, address, ("text", "")))).Status.ShouldBe(400);
        (await desk.Site.Appends(["complaint.replied"], () => Send(desk, address, ("text", Reply)))).Status.ShouldBe(
            302
        );
        (await StatusOf(desk, id)).ShouldBe("replied");
        (await anyone.GetStringAsync(address, Ct)).ShouldContain(Reply);
        var again = await desk.Site.Appends([], () => Send(desk, address, ("text", Reply + "再次")));
        again.Status.ShouldBe(409);
        again.Text.ShouldContain("已通过此链接回复");
        var token = address.Split("link=")[1];
        desk.Site.Log.All.ShouldAllBe(line => !line.Contains(token) && !line.Contains("已为您安排"));
        merchant.ShouldNotBe(Guid.Empty);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Wrong_old_revoked_and_foreign_links_open_nothing_and_say_the_same(Db db)
    {
        await using var desk = await Desk.Open(db);
        var (id, _, address) = await DeliveredToUnknown(desk);
        var (other, _, foreign) = await DeliveredToUnknown(desk, "另一家小店");
        var enrolled = await desk.Delivered();
        var own = address.Split("link=")[1];
        string[] wrong =
        [
            $"/answer/{id}",
            $"/answer/{id}?link=",
            $"/answer/{id}?link=guess",
            $"/answer/{id}?link={foreign.Split("link=")[1]}",
            $"/answer/{other}?link={own}",
            $"/answer/{enrolled}?link={own}",
            $"/answer/{Guid.NewGuid()}?link={own}",
            $"/answer/{id}?link={ScoreComplaint.TokenOf(desk.Site.Store, Guid.Parse(id), 0)}",
        ];
        var before = await desk.Site.Head();
        foreach (var path in wrong)
        foreach (var who in new[] { desk.Site.Anyone, await desk.Site.Browsing(desk.OtherMerchant) })
            await Gone(who, path);
        await desk
            .Site.Anyone.PostJson(Desk.At(id, "score"), new { satisfaction = 1, link = own })
            .Refused(404, "not-found");
        await desk.Site.Anyone.PostJson(Desk.At(id, "reply"), new { text = Reply }).Refused(401, "unauthorized");
        (await desk.Site.Head()).ShouldBe(before);

        await desk.Merchant.PostJson(Desk.At(id, "link/revoke")).Refused(403, "forbidden");
        await desk.Site.Appends(["link.revoked"], () => desk.Mediator.PostJson(Desk.At(id, "link/revoke")).Json());
        await desk.Mediator.PostJson(Desk.At(id, "link/revoke")).Refused(409, "link.none");
        await Gone(desk.Site.Anyone, address);
        await desk.Site.Appends(["link.issued"], () => desk.Mediator.PostJson(Desk.At(id, "link")).Json());
        await Gone(desk.Site.Anyone, address);
        await desk.Mediator.PostJson(Desk.At(enrolled, "link")).Refused(409, "link.enrolled");
        await desk
            .Mediator.PostJson(Desk.At(await desk.Filed(desk.Body("orderNo", "N2")), "link"))
            .Refused(409, "link.not-delivered");

        desk.Site.Clock.Turn(TimeSpan.FromDays(31));
        await Gone(desk.Site.Anyone, foreign);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Evidence_comes_with_a_reply_through_the_same_checks_and_opens_by_its_own_link_alone(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var (id, _, address) = await DeliveredToUnknown(desk);
        var (_, _, foreign) = await DeliveredToUnknown(desk, "另一家小店");
        await desk.Site.Anyone.GetStringAsync(address, Ct);
        var refused = await desk.Site.Appends([], () => Send(desk, address, ("text", Reply), "MZ-program"u8.ToArray()));
        refused.Status.ShouldBe(409);
        refused.Text.ShouldContain("只接受图片");
        var mine = (await desk.Claimant.Upload(Shot, "a.gif", "image/gif").Json(201)).GetProperty("id").GetString()!;
        var stolen = await Send(desk, address, ("text", Reply), null, ("evidence", mine));
        stolen.Status.ShouldBe(400);

        await desk.Site.Appends(
            ["evidence.uploaded", "complaint.replied"],
            () => Send(desk, address, ("text", Reply), Shot)
        );
        var page = await desk.Site.Anyone.GetStringAsync(address, Ct);
        var picture = WebUtility.HtmlDecode(Picture().Match(page).Groups[1].Value);
        picture.ShouldStartWith($"/answer/{id}/evidence/");
        (await desk.Site.Anyone.GetByteArrayAsync(picture, Ct)).ShouldBe(Shot);
        await Status(desk.Site.Anyone, picture.Split('?')[0], 404);
        await Status(desk.Site.Anyone, picture.Split('?')[0] + "?link=" + foreign.Split("link=")[1], 404);
        await Status(desk.Site.Anyone, $"/answer/{id}/evidence/{mine}?link={address.Split("link=")[1]}", 404);
        (
            await desk.Claimant.GetAsync(
                $"/api/v1{picture[picture.IndexOf("/evidence", StringComparison.Ordinal)..].Split('?')[0]}",
                Ct
            )
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_notice_of_a_delivery_carries_the_link_and_enrolment_ends_it()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var (_, merchant, address) = await DeliveredToUnknown(desk);
        await Eventually.Holds(
            async () =>
                (await Outbox.Newest(desk.Site.Store, 20, Ct)).Any(letter =>
                    desk.Site.TextOf(letter).Contains(address)
                ),
            "a letter holds the link"
        );
        (await desk.Site.Anyone.GetStringAsync(address, Ct)).ShouldContain("水壶");
        var loaded = await desk.Site.Store.Load(MerchantBook.Instance, merchant, Ct);
        var enrol = desk.Site.Store.Change(
            MerchantBook.Instance,
            loaded,
            desk.Site.Store.Now,
            "cli",
            [new MerchantEvent.Enrolled()]
        );
        await desk.Site.Store.Append(new Commit([enrol]), Ct);
        await Gone(desk.Site.Anyone, address);
    }

    [Fact]
    public async Task Guessing_is_slowed_down()
    {
        var few = new Dictionary<string, string?> { ["Limits:GuessesPerMinute"] = "2" };
        await using var site = await Site.Start(Db.Sqlite, settings: few);
        var path = $"/answer/{Guid.NewGuid()}?link=guess";
        for (var look = 0; look < 4; look++)
            await Status(site.Anyone, path, 404);
        for (var guess = 0; guess < 3; guess++)
        {
            using var sent = await site.Anyone.PostAsync(path, new FormUrlEncodedContent([]), Ct);
            ((int)sent.StatusCode == 429).ShouldBe(guess == 2, "looks are no guesses");
        }
    }

    private static async Task<(string Id, Guid Merchant, string Address)> DeliveredToUnknown(
        Desk desk,
        string name = "街角小店"
    )
    {
        var merchant = await desk.Site.Merchant(Sites.OwnName(name), enrolled: false);
        var id = await desk.Filed(desk.Body(merchant));
        await desk.Site.Appends(
            ["complaint.delivered", "link.issued"],
            () => desk.Mediator.PostJson(Desk.At(id, "deliver")).Json()
        );
        return (id, merchant, AnswerLinks.PathOf(desk.Site.Store, Guid.Parse(id), merchant, 1));
    }

    private static async Task<string> StatusOf(Desk desk, string id) =>
        (await desk.Claimant.GetAsync(Desk.At(id), Ct).Json()).GetProperty("status").GetString()!;

    private static async Task Gone(HttpClient who, string path)
    {
        using var answer = await who.GetAsync(path, Ct);
        ((int)answer.StatusCode).ShouldBe(404, path);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        text.ShouldContain("链接已失效");
        text.ShouldNotContain("水壶");
    }

    private static async Task Status(HttpClient who, string path, int status)
    {
        using var answer = await who.GetAsync(path, Ct);
        ((int)answer.StatusCode).ShouldBe(status, path);
    }

    /// <summary>Sends the page's form as a browser without script does.</summary>
    private static async Task<(int Status, string Text)> Send(
        Desk desk,
        string address,
        (string, string) text,
        byte[]? file = null,
        params (string, string)[] more
    )
    {
        var page = await desk.Site.Anyone.GetStringAsync(address, Ct);
        var token = FormToken().Match(page) is { Success: true } shown ? shown.Groups[1].Value : await AnyToken(desk);
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        foreach (var (name, value) in more.Prepend(text))
            form.Add(new StringContent(value), name);
        if (file is not null)
            form.Add(new ByteArrayContent(file), "files", "a.gif");
        using var answer = await desk.Site.Anyone.PostAsync(address, form, Ct);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    // A page that only reads has no form; the token is the browser's, not the page's.
    private static async Task<string> AnyToken(Desk desk) =>
        FormToken().Match(await desk.Site.Anyone.GetStringAsync("/progress", Ct)).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]*)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("<img src=\"(/answer/[^\"]*)\"")]
    private static partial Regex Picture();
}
