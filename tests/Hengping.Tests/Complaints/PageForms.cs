using System.Text.Json;
using System.Text.RegularExpressions;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Forms of pages as a browser without script sends them: fields and buttons, nothing else.</summary>
public sealed partial class PageForms(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Each_given_consent_stands_on_my_page_with_a_button_that_withdraws_it_alone(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var all = new
        {
            passOn = true,
            publish = true,
            call = true,
            sensitive = true,
        };
        var open = await desk.Filed(desk.Body("consents", all));
        var ended = await Desk.Then(desk.Filed(desk.Body("consents", all)), desk.Claimant, "withdraw");
        var page = await Page(desk, desk.Claimant, "/me", Ct);
        Regex.Count(page, "name=\"consent\"").ShouldBe(8);

        foreach (var id in new[] { open, ended })
        {
            var number = await Number(desk.Claimant, id);
            await Appends(
                desk,
                ["complaint.consentsChanged"],
                () => Send(desk, desk.Claimant, "/me", "Withdraw", ("number", number), ("consent", "publish"))
            );
            var consents = (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("consents");
            consents.GetProperty("publish").GetBoolean().ShouldBeFalse();
            consents.GetProperty("passOn").GetBoolean().ShouldBeTrue();
            consents.GetProperty("call").GetBoolean().ShouldBeTrue();
            consents.GetProperty("sensitive").GetBoolean().ShouldBeTrue();
        }
        Regex.Count(await Page(desk, desk.Claimant, "/me", Ct), "name=\"consent\"").ShouldBe(6);
        var mine = await Number(desk.Claimant, open);
        var foreign = await Appends(
            desk,
            [],
            () => Send(desk, desk.Stranger, "/me", "Withdraw", ("number", mine), ("consent", "call"))
        );
        foreign.ShouldBe(404);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_review_stands_in_the_view_of_reviews_until_it_is_decided(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var id = await Desk.Then(desk.Filed(), desk.Mediator, "decline", new { reason = "not-our-duty" });
        var number = await Number(desk.Claimant, id);
        (await Page(desk, desk.Mediator, "/desk?view=review", Ct)).ShouldNotContain(number);
        await desk.Claimant.PostJson(Desk.At(id, "review"), new { reason = "属于本平台" }).Json();
        (await Page(desk, desk.Mediator, "/desk?view=review", Ct)).ShouldContain(number);
        var shown = (await desk.Mediator.GetAsync(Desk.At(id)).Json()).GetProperty("deadlines")[0];
        shown.GetProperty("kind").GetString().ShouldBe("review");

        await Appends(
            desk,
            ["decision.held"],
            () =>
                Send(
                    desk,
                    desk.SecondMediator,
                    $"/cases/{number}",
                    "DecideReview",
                    ("decision", "uphold"),
                    ("reason", "仍不属于")
                )
        );
        await desk.Site.Appends(["complaint.reviewDecided", "decision.sent"], () => DecisionDoors.Due(desk));
        (await Page(desk, desk.Mediator, "/desk?view=review", Ct)).ShouldNotContain(number);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_reply_that_does_not_count_is_contested_and_judged_by_forms(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var id = await Desk.Then(desk.Delivered(), desk.Merchant, "reply", new { text = "收到" });
        var number = await Number(desk.Claimant, id);
        var path = $"/cases/{number}";
        (await Page(desk, desk.Merchant, path, Ct)).ShouldContain("不足10个字");
        (await Page(desk, desk.Claimant, path, Ct)).ShouldNotContain("handler=ContestValidity");
        await Appends(
            desk,
            ["complaint.validityContested"],
            () => Send(desk, desk.Merchant, path, "ContestValidity", ("reply", "3"), ("reason", "退款凭证在附件"))
        );
        (await Page(desk, desk.Mediator, "/desk?view=review", Ct)).ShouldContain(number);
        var sent = await Appends(desk, [], () => Send(desk, desk.Mediator, path, "DecideValidity", ("reply", "3")));
        sent.ShouldBe(400);
        await Appends(
            desk,
            ["decision.held"],
            () =>
                Send(
                    desk,
                    desk.Mediator,
                    path,
                    "DecideValidity",
                    ("reply", "3"),
                    ("valid", "true"),
                    ("reason", "附有退款凭证")
                )
        );
        await desk.Site.Appends(["complaint.validityDecided", "decision.sent"], () => DecisionDoors.Due(desk));
        // Who decided it still reads that it went out.
        (await Page(desk, desk.SecondMediator, "/desk?view=review", Ct)).ShouldNotContain(number);
        var shown = await desk.Merchant.GetAsync(Desk.At(id)).Json();
        shown.GetProperty("repliedAt").ValueKind.ShouldBe(JsonValueKind.String);
        await desk
            .Merchant.PostJson(Desk.At(id, "validity/contest"), new { reply = 3, reason = "再看一次" })
            .Refused(409, "complaint.validity-judged");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_hold_is_placed_and_lifted_by_forms_that_a_mediator_does_not_have(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var path = "/cases/" + await Number(desk.Claimant, await desk.Delivered());
        (await Page(desk, desk.Mediator, path, Ct)).ShouldNotContain("handler=Hold");
        await Appends(
            desk,
            ["complaint.holdPlaced"],
            () => Send(desk, desk.Reviewer, path, "Hold", ("ground", "litigation"), ("reason", "法院函调"))
        );
        (await Page(desk, desk.Reviewer, path, Ct)).ShouldContain("法院函调");
        var seen = await Page(desk, desk.Claimant, path, Ct);
        seen.ShouldContain("诉讼或仲裁");
        seen.ShouldNotContain("法院函调");
        (await Page(desk, desk.Merchant, path, Ct)).ShouldNotContain("保全");
        await Appends(
            desk,
            ["complaint.holdLifted"],
            () => Send(desk, desk.Reviewer, path, "LiftHold", ("reason", "已结案"))
        );
    }

    [Fact]
    public async Task The_page_shows_a_redirected_respondent_nothing_of_the_one_before()
    {
        await using var desk = await Desk.Open(sites, Db.Sqlite);
        var id = await desk.Contested();
        var redirect = new
        {
            decision = "redirect",
            reason = "实为海风",
            respondent = desk.OtherShop,
        };
        await desk.Mediator.PostJson(Desk.At(id, "contest/decide"), redirect).Json();
        var page = await Page(desk, desk.OtherMerchant, "/cases/" + await Number(desk.Claimant, id), Ct);
        page.ShouldContain("水壶");
        page.ShouldNotContain("查无此单");
        page.ShouldNotContain("实为海风");
    }

    /// <summary>The events of the case itself; what staff saw of it and of others alike is noted beside.</summary>
    private static async Task<int> Appends(Desk desk, string[] kinds, Func<Task<int>> call)
    {
        var before = await desk.Site.Head();
        var answer = await call();
        (await desk.Site.KindsSince(before))
            .Where(kind => kind is not ("access.read" or "sighting.listed"))
            .ShouldBe(kinds);
        return answer;
    }

    private static async Task<string> Number(HttpClient claimant, string id) =>
        (await claimant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString()!;

    private static async Task<string> Page(Desk desk, HttpClient who, string page, CancellationToken ct) =>
        await (await desk.Site.Browsing(who)).GetStringAsync(page, ct);

    /// <summary>Sends a form of a page with the page's own token.</summary>
    private static async Task<int> Send(
        Desk desk,
        HttpClient caller,
        string page,
        string handler,
        params (string, string)[] fields
    )
    {
        var who = await desk.Site.Browsing(caller);
        var token = Token().Match(await who.GetStringAsync(page, Ct)).Groups[1].Value;
        var form = fields.Append(("__RequestVerificationToken", token)).ToDictionary(f => f.Item1, f => f.Item2);
        var address = page + "?handler=" + handler;
        using var answer = await who.PostAsync(address, new FormUrlEncodedContent(form), Ct);
        return (int)answer.StatusCode;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}
