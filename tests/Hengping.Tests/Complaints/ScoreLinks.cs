using Hengping.App.Complaints;
using Hengping.Rules.Operators;
using Hengping.Tests.Harness;
using Hengping.Tests.Reports;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>The one-time link of a message: it scores once, and only when something is sent.</summary>
public sealed class ScoreLinks(Sites sites) : IClassFixture<Sites>
{
    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_one_time_link_scores_once_and_only_by_post(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var id = await desk.Replied();
        var link = ScoreComplaint.TokenOf(desk.Site.Store, Guid.Parse(id), 0);
        var anyone = desk.Site.Anyone;
        (await anyone.GetAsync($"{Desk.At(id, "score")}?link={link}")).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.MethodNotAllowed
        );
        await anyone.PostJson(Desk.At(id, "score"), new { satisfaction = 9 }).Refused(401, "unauthorized");
        await anyone.PostJson(Desk.At(id, "score"), new { satisfaction = 9, link = "guess" }).Refused(404, "not-found");
        await anyone.PostJson(Desk.At(id, "score"), new { satisfaction = 99, link }).Json(400);
        // More than was in dispute is asked about once more where that is wanted; who has a link hears no sum.
        var more = new
        {
            satisfaction = 9,
            amountRecovered = "1299.00",
            asksIfMore = true,
        };
        await desk.Site.Appends(
            [],
            () =>
                desk
                    .Claimant.PostJson(Desk.At(id, "score"), more)
                    .Refusal(409, "complaint.recovered-more", "¥1,299.00 多于争议金额 ¥129.90")
        );
        await anyone
            .PostJson(
                Desk.At(id, "score"),
                new
                {
                    satisfaction = 9,
                    amountRecovered = "130",
                    asksIfMore = true,
                    link,
                }
            )
            .Refused(409, "complaint.recovered-more", "¥130.00 多于争议金额，请核对");
        await desk.Site.Appends(
            ["complaint.scored"],
            () => anyone.PostJson(Desk.At(id, "score"), new { satisfaction = 9, link }).Json()
        );
        await anyone.PostJson(Desk.At(id, "score"), new { satisfaction = 1, link }).Refused(404, "not-found");
        (await desk.Claimant.GetAsync(Desk.At(id)).Json())
            .GetProperty("score")
            .GetProperty("satisfaction")
            .GetDecimal()
            .ShouldBe(9);
    }

    [Fact]
    public async Task The_page_of_the_link_scores_when_it_is_sent_and_not_when_it_is_opened()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var id = await desk.Replied();
        var address = ScoreComplaint.PathOf(desk.Site.Store, Guid.Parse(id), 0);
        var ct = TestContext.Current.CancellationToken;
        var page = await desk.Site.Appends([], () => desk.Site.Anyone.GetStringAsync(address, ct));
        page.ShouldNotContain("水壶");
        // Which case it is, for whoever has several.
        page.ShouldContain((await desk.Claimant.GetAsync(Desk.At(id), ct).Json()).GetProperty("number").GetString()!);
        var token = page.Split("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"")[1].Split('"')[0];
        async Task<(int Status, string Text)> Send(string satisfaction, string recovered = "", string more = "")
        {
            var form = new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = token,
                ["satisfaction"] = satisfaction,
                ["resolved"] = "yes",
                ["amountRecovered"] = recovered,
                ["more"] = more,
            };
            using var answer = await desk.Site.Anyone.PostAsync(address, new FormUrlEncodedContent(form), ct);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
        }
        (await desk.Site.Appends([], () => Send("11"))).Status.ShouldBe(400);
        var asked = await desk.Site.Appends([], () => Send("10", "1299"));
        asked.Status.ShouldBe(400);
        asked.Text.ShouldContain("name=\"more\"");
        asked.Text.ShouldContain("href=\"#f-amountrecovered\"");
        asked.Text.ShouldContain("value=\"10\" required checked");
        (await desk.Site.Appends(["complaint.scored"], () => Send("10", "1299", "true"))).Text.ShouldContain("谢谢");
        var again = await desk.Site.Appends([], () => Send("0"));
        again.Status.ShouldBe(409);
        again.Text.ShouldContain("已用过");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Of_an_excluded_case_it_says_before_and_after_that_it_counts_nowhere(Db db)
    {
        var ct = TestContext.Current.CancellationToken;
        var desk = await Desk.Open(sites, db);
        await Reporting.Run(desk.Site, OperatorKind.ThirdParty);
        var id = await Desk.Then(desk.Settled(), desk.Claimant, "performed");
        var number = (await desk.Claimant.GetAsync(Desk.At(id), ct).Json()).GetProperty("number").GetString()!;
        using var claimant = await desk.Site.Browsing(desk.Claimant);
        var room = await claimant.GetStringAsync($"/cases/{number}", ct);
        room.ShouldNotContain(Uncounted);
        room.ShouldContain("status-word status-done\">已履行");
        var paper = await claimant.GetStringAsync($"/cases/{number}/agreement", ct);
        paper.ShouldMatch($"(?s)履行情况.*已履行.*确认.*打印于.*/cases/{number}/agreement");

        await desk.Reviewer.PostJson(Desk.At(id, "exclude"), new { ground = "abuse", reason = "重复滥诉" }).Json();

        room = await claimant.GetStringAsync($"/cases/{number}", ct);
        room.ShouldContain(Uncounted);
        room.ShouldNotContain("您不用再做什么");
        // Nothing is promised that an ended case has not: the way to disagree is outside of it.
        room.ShouldNotContain("照常进行");
        room.ShouldContain("请联系某机构（12315）");
        var link = ScoreComplaint.PathOf(desk.Site.Store, Guid.Parse(id), 0);
        (await desk.Site.Anyone.GetStringAsync(link, ct)).ShouldContain(Uncounted);
        var last4 = await desk.Site.Anyone.PostJson("/api/v1/progress", new { number, phoneLast4 = "0001" }).Json();
        last4.GetProperty("help").GetString()!.ShouldContain(Uncounted);

        (string, string?)[] score = [("link", link.Split("link=")[1]), ("satisfaction", "2"), ("resolved", "no")];
        var thanks = await desk.Site.Visitor().Send(link, "", score);
        thanks.Body.ShouldContain(Uncounted);
    }

    private const string Uncounted = "评分不计入商家的满意度";
}
