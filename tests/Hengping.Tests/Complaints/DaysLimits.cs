using System.Net;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>What one side says in a case, and one account files, in a day has an end; a new day begins anew.</summary>
public sealed class DaysLimits
{
    private static readonly Dictionary<string, string?> Few = new(StringComparer.Ordinal)
    {
        ["Complaints:FilingsPerDay"] = "2",
        ["Complaints:MessagesPerDay"] = "2",
    };

    private static readonly object Words = new { text = "请看补充的说明，谢谢。" };

    private static async Task TooMuch(Desk desk, Func<Task<HttpResponseMessage>> call, string code)
    {
        await desk.Site.Appends(
            [],
            async () =>
            {
                using var answer = await call();
                answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
                var wait = answer.Headers.RetryAfter!.Delta!.Value;
                wait.ShouldBeInRange(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
                (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(code);
                return true;
            }
        );
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task Each_side_says_so_much_in_a_case_and_each_account_files_so_much(Db db)
    {
        await using var desk = await Desk.On(await Site.Start(db, settings: Few));
        var id = await desk.Filed();
        await desk.Claimant.PostJson(Desk.At(id, "supplement"), Words).Json();
        await desk.Mediator.PostJson(Desk.At(id, "deliver")).Json();
        await desk.Claimant.PostJson(Desk.At(id, "messages"), Words).Json();
        await TooMuch(desk, () => desk.Claimant.PostJson(Desk.At(id, "messages"), Words), "complaint.said-enough");
        await TooMuch(desk, () => desk.Claimant.PostJson(Desk.At(id, "offers"), desk.Offer()), "complaint.said-enough");
        // The other side has a count of its own, and what is no talk goes on.
        await desk.Merchant.PostJson(Desk.At(id, "messages"), Words).Json();
        await desk.Merchant.PostJson(Desk.At(id, "reply"), new { text = "已为您办理退款，三日内原路到账。" }).Json();
        await TooMuch(desk, () => desk.Merchant.PostJson(Desk.At(id, "messages"), Words), "complaint.said-enough");
        await desk.Claimant.PostJson(Desk.At(id, "not-solved")).Json();

        await desk.Filed();
        await TooMuch(desk, () => desk.Claimant.PostJson("/api/v1/complaints", desk.Body()), "complaint.filed-enough");
        await desk.Stranger.PostJson("/api/v1/complaints", desk.Body()).Json(201);

        desk.Site.Clock.Turn(TimeSpan.FromDays(1));
        await desk.Claimant.PostJson(Desk.At(id, "messages"), Words).Json();
        await desk.Filed();
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task So_it_is_in_a_joint_complaint(Db db)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Complaints:MessagesPerDay"] = "2" };
        var three = await Three.On(await Site.Start(db, settings: settings));
        await using var desk = three.Desk;
        var door = $"/api/v1/joint/{await three.Represented()}/messages";
        // Both speak for one side.
        await desk.Claimant.PostJson(door, Words).Json();
        await desk.Stranger.PostJson(door, Words).Json();
        await TooMuch(desk, () => desk.Claimant.PostJson(door, Words), "complaint.said-enough");
        await desk.Merchant.PostJson(door, Words).Json();
        desk.Site.Clock.Turn(TimeSpan.FromDays(1));
        await desk.Claimant.PostJson(door, Words).Json();
    }
}
