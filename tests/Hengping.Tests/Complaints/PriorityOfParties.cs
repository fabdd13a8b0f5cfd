using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>
/// Ten that wait for their screening put the next before others at the desk; its parties, who may not know of them, do
/// not read that in its priority.
/// </summary>
public sealed class PriorityOfParties
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_not_delivered_to_a_respondent_does_not_show_in_the_priority_of_what_was(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        for (var n = 0; n < 10; n++)
        {
            var other = await desk.Site.As(Role.Claimant, phone: $"1390000000{n}", name: "某人");
            await other.PostJson("/api/v1/complaints", desk.Body("orderNo", $"O{n}")).Json(201);
        }
        // What is counted is remembered for seconds.
        desk.Site.Clock.Turn(TimeSpan.FromMinutes(1));
        var id = await desk.Delivered();

        async Task Reads(HttpClient who, string priority, string other)
        {
            var one = await who.GetAsync(Desk.At(id)).Json();
            one.GetProperty("priority").GetString().ShouldBe(priority);
            async Task<int> Listed(string wanted)
            {
                var page = await who.GetAsync($"/api/v1/complaints?priority={wanted}&sort=priority", Ct).Json();
                var items = page.GetProperty("items").EnumerateArray().ToList();
                items.ShouldAllBe(item => item.GetProperty("priority").GetString() == wanted);
                return items.Count(item => item.GetProperty("id").GetString() == id);
            }
            (await Listed(priority), await Listed(other)).ShouldBe((1, 0));
        }
        await Reads(desk.Mediator, "p1", "p3");
        await Reads(desk.Merchant, "p3", "p1");
        await Reads(desk.Claimant, "p3", "p1");
        var rows = await desk.Site.Store.Query<string>("select priority_alone from complaints", null, Ct);
        rows.ShouldAllBe(row => row == "p3");
    }
}
