using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hengping.App.Accounts;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>Answers kept for an Idempotency-Key are sealed, given again as they were, and go with a person.</summary>
public sealed class KeptAnswers
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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

    [Theory, ClassData(typeof(BothEngines))]
    public async Task No_hash_of_a_body_can_be_tried_and_what_staff_and_merchants_sent_goes_with_the_case(Db engine)
    {
        const string Said = "已为您办理全额退款,3日内原路到账。";
        await using var desk = await Desk.Open(engine);
        var id = await desk.Delivered();
        var first = await Post(desk.Merchant, Desk.At(id, "reply"), new { text = Said });
        var plain = SHA256.HashData([
            .. Encoding.UTF8.GetBytes($"POST {Desk.At(id, "reply")}\n"),
            .. Bytes(new { text = Said }),
        ]);
        var kept = await Hash();
        Convert.ToHexString(kept).ShouldNotContain(Convert.ToHexString(plain), Case.Sensitive, "nobody tries words");
        (await desk.Site.Appends([], () => Post(desk.Merchant, Desk.At(id, "reply"), new { text = Said }))).ShouldBe(
            first
        );
        await Post(desk.Merchant, Desk.At(id, "reply"), new { text = "另一句话,说的是另一件事情。" }, status: 422);
        (await Prints()).ShouldBe(1);

        await desk.Claimant.PostJson(Desk.At(id, "withdraw")).Json();
        var person = await AccountDesk.FindByPhone(desk.Site.Store, Role.Claimant, "13800000001", Ct);
        (await Erasure.Erase(desk.Site.Store, person!.Value, "request", "cli", Ct)).Refusal.ShouldBeNull();
        (await Prints()).ShouldBe(0);
        var (box, bound) = (await Hash(), Encoding.UTF8.GetBytes($"hash|{await Caller()}|once-and-again"));
        desk.Site.Store.Keys.Unseal(box, bound).ShouldBeNull("the key of the case is gone");
        (await Post(desk.Merchant, Desk.At(id, "reply"), new { text = Said })).ShouldBe("null");

        async Task<byte[]> Hash() =>
            (await desk.Site.Store.Query<byte[]>("select body_hash from idempotency", null, Ct)).ShouldHaveSingleItem();

        async Task<string> Caller() =>
            (await desk.Site.Store.Query<string>("select caller from idempotency", null, Ct))[0];

        Task<long> Prints() => desk.Site.Store.First<long>("select count(*) from reply_prints", null, Ct);
    }

    private static byte[] Bytes(object body) => JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);

    private static async Task<string> Post(HttpClient who, string path, object? body = null, int status = 200)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body ?? new { }),
        };
        request.Headers.Add("Idempotency-Key", "once-and-again");
        using var answer = await who.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        ((int)answer.StatusCode).ShouldBe(status, text);
        return text;
    }
}
