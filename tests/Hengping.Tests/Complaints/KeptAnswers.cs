using System.Net.Http.Json;
using Hengping.App.Accounts;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Answers kept for an Idempotency-Key are sealed, given again as they were, and go with a person.</summary>
public sealed class KeptAnswers
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_kept_answer_is_sealed_and_goes_with_an_erasure(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await desk.Filed(desk.Body("story", "独角鲸牌水壶第三天就不加热了，商家一直不回复。"));
        var first = await Post(desk.Mediator, Desk.At(id, "deliver"));
        first.ShouldContain("独角鲸");
        (await desk.Site.Appends([], () => Post(desk.Mediator, Desk.At(id, "deliver")))).ShouldBe(first);
        await AtRest.NothingSays(desk.Site, "独角鲸", "王小明", "13800000001");

        var person = await AccountDesk.FindByPhone(desk.Site.Store, Role.Claimant, "13800000001", Ct);
        (await Erasure.Erase(desk.Site.Store, person!.Value, "request", "cli", Ct)).Refusal.ShouldBeNull();
        var again = await desk.Site.Appends([], () => Post(desk.Mediator, Desk.At(id, "deliver")));
        again.ShouldNotContainAny(["独角鲸", "王小明", "13800000001"]);
    }

    static async Task<string> Post(HttpClient who, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Idempotency-Key", "once-and-again");
        using var answer = await who.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        ((int)answer.StatusCode).ShouldBe(200, text);
        return text;
    }
}
