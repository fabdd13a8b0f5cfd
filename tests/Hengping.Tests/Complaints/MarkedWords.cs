using System.Net;
using System.Text.Json;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// The word list in what is said after the filing: it never holds anything back, and sends it to a human at the desk.
/// </summary>
public sealed class MarkedWords
{
    private const string Rude = "你这个傻逼买家,再投诉就弄死你,退款不可能";
    private const string Mark = "有词语待看";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_reply_with_flagged_words_goes_out_at_once_and_stands_at_the_desk_until_somebody_has_read_it(
        Db db
    )
    {
        await using var desk = await Desk.Open(db);
        var site = desk.Site;
        var id = await desk.Delivered();
        await desk.Mediator.GetAsync(Desk.At(id)).Json();
        var browser = await site.Browsing(desk.Mediator);
        (await browser.GetStringAsync("/desk", Ct)).ShouldNotContain(await Number(desk, id));

        site.Clock.Turn(TimeSpan.FromMinutes(5));
        await site.Appends(
            ["complaint.replied"],
            () => desk.Merchant.PostJson(Desk.At(id, "reply"), Text(Rude)).Json()
        );
        var read = await desk.Claimant.GetAsync(Desk.At(id)).Json();
        read.GetProperty("status").GetString().ShouldBe("replied");
        var story = await desk.Claimant.GetStringAsync(Desk.At(id, "events"), Ct);
        JsonDocument.Parse(story).RootElement.GetRawText().ShouldContain("replied");
        foreach (var party in new[] { desk.Claimant, desk.Merchant })
            await SeesNoMark(desk, party, id);

        var number = await Number(desk, id);
        var queue = WebUtility.HtmlDecode(await browser.GetStringAsync("/desk", Ct));
        queue.ShouldContain(number);
        queue.ShouldContain(Mark);
        // Read five minutes ago, and read again now: what was said since then counts as not read.
        var room = await site.Appends(["access.read"], () => browser.GetStringAsync($"/cases/{number}", Ct));
        room.ShouldContain("<mark>");
        (await browser.GetStringAsync("/desk", Ct)).ShouldNotContain(number);
        (await Marks(desk.Mediator, id)).ShouldBe([("replied", 2)]);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Supplements_and_messages_of_the_parties_are_read_by_the_same_list_and_ordinary_words_are_not(
        Db db
    )
    {
        await using var desk = await Desk.Open(db);
        var plain = "事发路口交汇处,我要维权,客服说去找政府";
        var id = await Desk.Then(desk.Filed(), desk.Claimant, "supplement", Text("店主是王八蛋"));
        await Desk.Then(Task.FromResult(id), desk.Claimant, "supplement", Text(plain));
        await Desk.Then(Task.FromResult(id), desk.Mediator, "deliver");
        await Desk.Then(Task.FromResult(id), desk.Merchant, "messages", Text("去死吧"));
        await Desk.Then(Task.FromResult(id), desk.Claimant, "messages", Text(plain));
        await Desk.Then(Task.FromResult(id), desk.Mediator, "messages", Text("请不要说“傻逼”这样的话"));
        (await Marks(desk.Mediator, id)).ShouldBe([("supplemented", 1), ("messageSent", 1)]);
        await SeesNoMark(desk, desk.Merchant, id);

        var listed = (await desk.Mediator.GetAsync("/api/v1/complaints").Json()).GetProperty("items")[0];
        listed.GetProperty("screeningHits").GetInt64().ShouldBe(2);
        foreach (var party in new[] { desk.Claimant, desk.Merchant })
            (await party.GetAsync("/api/v1/complaints").Json())
                .GetProperty("items")[0]
                .TryGetProperty("screeningHits", out _)
                .ShouldBeFalse();
    }

    private static object Text(string text) => new { text };

    private static async Task<string> Number(Desk desk, string id) =>
        (await desk.Claimant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString()!;

    private static async Task SeesNoMark(Desk desk, HttpClient party, string id)
    {
        (await Marks(party, id)).ShouldBeEmpty();
        var page = await (await desk.Site.Browsing(party)).GetStringAsync($"/cases/{await Number(desk, id)}", Ct);
        page.ShouldNotContain("<mark>");
    }

    private static async Task<List<(string, int)>> Marks(HttpClient who, string id)
    {
        var items = (await who.GetAsync(Desk.At(id, "events")).Json()).GetProperty("items").EnumerateArray();
        return
        [
            .. from one in items
            where one.TryGetProperty("facts", out var facts) && facts.TryGetProperty("marked", out _)
            select (one.GetProperty("kind").GetString()!, one.GetProperty("facts").GetProperty("marked").GetInt32()),
        ];
    }
}
