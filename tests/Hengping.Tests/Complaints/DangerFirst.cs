using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>有没有人受伤或有危险: a yes goes first, with clocks of its own and a receipt that says what to do.</summary>
public sealed class DangerFirst(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_yes_is_seen_and_delivered_first(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var at = desk.Site.Clock.GetUtcNow();
        var receipt = await desk.Site.Appends(
            ["complaint.filed"],
            () => desk.Claimant.PostJson("/api/v1/complaints", desk.Body("danger", true)).Json(201)
        );
        var safety = receipt.GetProperty("safety");
        var seen = safety.GetProperty("seenBy").GetDateTimeOffset();
        (seen - at).ShouldBeInRange(TimeSpan.FromHours(2), TimeSpan.FromHours(12), "two hours of 08:00–22:00");
        safety.GetProperty("deliverBy").GetDateTimeOffset().ShouldBe(at.AddHours(24), TimeSpan.FromMinutes(1));
        safety.GetProperty("firstOfAll").GetString()!.ShouldContain("120");
        receipt.GetProperty("due").GetDateTimeOffset().ShouldBe(seen);

        var id = receipt.GetProperty("id").GetString()!;
        var shown = await desk.Mediator.GetAsync(Desk.At(id)).Json();
        shown.GetProperty("priority").GetString().ShouldBe("P0", StringCompareShould.IgnoreCase);
        shown.GetProperty("danger").GetBoolean().ShouldBeTrue();
        shown.GetProperty("turn").GetProperty("by").GetDateTimeOffset().ShouldBe(seen);
        KindsOf(shown).ShouldContain("safety");
        var number = receipt.GetProperty("number").GetString();
        var page = await (await desk.Site.Browsing(desk.Claimant)).GetStringAsync($"/file/done/{number}", Ct);
        page.ShouldContain("先拨打 120");

        await Desk.Then(Task.FromResult(id), desk.Mediator, "deliver");
        KindsOf(await desk.Mediator.GetAsync(Desk.At(id)).Json()).ShouldNotContain("safety");
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Without_a_yes_or_a_word_of_it_nothing_is_said(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var body = desk.Body("danger", false);
        body["other"] = new { problem = new string('长', 101) };
        var no = await desk.Claimant.PostJson("/api/v1/complaints", body).Json(400);
        no.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["other.problem"]);
        body["problem"] = "other";
        body["other"] = new { problem = " 卡券不能用 ", sector = " " };
        var receipt = await desk.Claimant.PostJson("/api/v1/complaints", body).Json(201);
        receipt.TryGetProperty("safety", out _).ShouldBeFalse();
        var shown = await desk.Claimant.GetAsync(Desk.At(receipt.GetProperty("id").GetString()!)).Json();
        shown.GetProperty("other").GetProperty("problem").GetString().ShouldBe("卡券不能用");
        shown.GetProperty("other").TryGetProperty("sector", out _).ShouldBeFalse();
    }

    private static IEnumerable<string?> KindsOf(System.Text.Json.JsonElement shown) =>
        shown.GetProperty("deadlines").EnumerateArray().Select(d => d.GetProperty("kind").GetString());
}
