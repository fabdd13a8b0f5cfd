using System.Text.Json;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Lists by deadline that are several lists: nothing is lost or doubled, page by page.</summary>
public sealed class ListsByDeadline
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_merchant_reads_all_its_cases_by_the_deadline_it_may_know_of_and_staff_by_every_one(Db db)
    {
        await using var desk = await Desk.Open(db);
        var why = new { reason = "还有一份新的证据没有看" };
        var (waits, mediated) = (await desk.Delivered(), await desk.InMediation());
        var begun = await desk.Replied();
        var ended = Desk.Then(desk.InMediation(), desk.Mediator, "terminate", new { reason = "no-agreement" });
        var reviewed = await Desk.Then(ended, desk.Claimant, "review", why);
        var unseen = await desk.Filed();
        var own = (await desk.Merchant.PostJson("/api/v1/complaints", desk.MerchantBody()).Json(201))
            .GetProperty("id")
            .GetString()!;

        var mine = await All(desk.Merchant, "sort=due");
        mine.Select(Id).ShouldBe([waits, own, begun, mediated, reviewed], ignoreOrder: true);
        Id(mine[^1]).ShouldBe(reviewed, "what a respondent does not know of sorts as what has no deadline");
        mine[^1].TryGetProperty("due", out _).ShouldBeFalse();
        Due(mine.SkipLast(1)).ShouldBeInOrder();

        var theirs = await All(desk.Mediator, $"respondent={desk.Shop}&sort=due");
        theirs.Select(Id).ShouldBe([waits, begun, mediated, reviewed, unseen], ignoreOrder: true);
        var hidden = theirs.Single(one => Id(one) == reviewed);
        hidden.GetProperty("due").GetProperty("kind").GetString().ShouldBe("review");
        Id(theirs[^1]).ShouldNotBe(reviewed);
        Due(theirs).ShouldBeInOrder();

        var merchant = await desk.Site.Browsing(desk.Merchant);
        foreach (var (view, shown, not) in new[] { ("replied", begun, mediated), ("mediation", mediated, begun) })
        {
            var page = await merchant.GetStringAsync("/merchant?view=" + view, Ct);
            page.ShouldContain(await Number(desk, shown));
            page.ShouldNotContain(await Number(desk, not));
        }
    }

    private static async Task<List<JsonElement>> All(HttpClient who, string asked)
    {
        var rows = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await who.GetAsync($"/api/v1/complaints?size=2&{asked}&cursor={cursor}", Ct).Json();
            rows.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        return rows;
    }

    private static string Id(JsonElement row) => row.GetProperty("id").GetString()!;

    private static IEnumerable<DateTimeOffset> Due(IEnumerable<JsonElement> rows) =>
        rows.Select(row => row.GetProperty("due").GetProperty("at").GetDateTimeOffset());

    private static async Task<string> Number(Desk desk, string id) =>
        (await desk.Mediator.GetAsync(Desk.At(id), Ct).Json()).GetProperty("number").GetString()!;
}
