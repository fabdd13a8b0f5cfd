using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Evidence;

/// <summary>
/// A redirected case: neither of the two respondents reads what was between the other and the claimant.
/// </summary>
public sealed class RedirectedEvidence(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_sent_to_and_by_the_wrongly_named_stays_with_the_claimant_and_staff(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var receipt = await Upload(desk.Claimant, "receipt");
        var id = await Desk.Then(desk.Filed(desk.Body("evidence", new[] { receipt })), desk.Mediator, "deliver");
        var licence = await Upload(desk.Merchant, "licence");
        var contest = new
        {
            ground = "wrong-company",
            note = "不是我们的店",
            evidence = new[] { licence },
        };
        await desk.Merchant.PostJson(Desk.At(id, "contest"), contest).Json();
        var chat = await Upload(desk.Claimant, "chat");
        var message = new { text = "聊天记录里写着您的店名", evidence = new[] { chat } };
        await desk.Claimant.PostJson(Desk.At(id, "messages"), message).Json();
        await Reads(desk.Merchant, receipt, chat, licence);

        var decision = new
        {
            decision = "redirect",
            reason = "实际销售者为海风电器",
            respondent = desk.OtherShop,
        };
        await desk.Mediator.PostJson(Desk.At(id, "contest/decide"), decision).Json();

        await ReadsNot(desk.Merchant, receipt, chat, licence);
        await Reads(desk.OtherMerchant, receipt);
        await ReadsNot(desk.OtherMerchant, chat, licence);
        (await Listed(desk.OtherMerchant, id)).ShouldBe([receipt]);
        foreach (var who in new[] { desk.Claimant, desk.Mediator })
        {
            await Reads(who, receipt, chat, licence);
            (await Listed(who, id)).ShouldBe([receipt, licence, chat], ignoreOrder: true);
        }
        var answer = await Upload(desk.OtherMerchant, "answer");
        var reply = new { text = "已为您办理全额退款,3日内原路到账。", evidence = new[] { answer } };
        await desk.OtherMerchant.PostJson(Desk.At(id, "reply"), reply).Json();
        await Reads(desk.Claimant, answer);
        await ReadsNot(desk.Merchant, answer);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_merchant_reads_what_it_brought_before_it_is_in_a_case_and_while_the_case_is_its_own(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var proof = await Upload(desk.Merchant, "proof");
        await Reads(desk.Merchant, proof);
        var id = await desk.Delivered();
        var reply = new { text = "已为您办理全额退款,3日内原路到账。", evidence = new[] { proof } };
        await desk.Merchant.PostJson(Desk.At(id, "reply"), reply).Json();
        await Reads(desk.Merchant, proof);
    }

    [Theory, ClassData(typeof(BothEngines))]
    public async Task What_was_offered_to_the_wrongly_named_is_neither_shown_to_the_right_one_nor_accepted_by_it(Db db)
    {
        await using var desk = await Desk.Open(sites, db);
        var id = await Desk.Then(desk.Delivered(), desk.Claimant, "offers", desk.Offer());
        await Desk.Then(
            Task.FromResult(id),
            desk.Merchant,
            "contest",
            new { ground = "wrong-company", note = "不是我们" }
        );
        var decision = new
        {
            decision = "redirect",
            reason = "实际销售者为海风电器",
            respondent = desk.OtherShop,
        };
        await desk.Mediator.PostJson(Desk.At(id, "contest/decide"), decision).Json();
        var shown = await desk.OtherMerchant.GetAsync(Desk.At(id)).Json();
        shown.GetProperty("offers").GetArrayLength().ShouldBe(0);
        await desk.Site.Appends(
            [],
            () => desk.OtherMerchant.PostJson(Desk.At(id, "offers/1/accept")).Refusal(409, "offer.closed")
        );
        var own = await desk.Claimant.GetAsync(Desk.At(id)).Json();
        own.GetProperty("offers")[0].GetProperty("state").GetString().ShouldBe("expired");
        await desk.Claimant.PostJson(Desk.At(id, "offers"), desk.Offer()).Json();
        await desk.OtherMerchant.PostJson(Desk.At(id, "offers/2/accept")).Json();
    }

    private static async Task<Guid> Upload(HttpClient who, string what)
    {
        byte[] paper = SampleFiles.PictureOf(what);
        return (await who.Upload(paper, $"{what}.gif", "image/gif").Json(201)).GetProperty("id").GetGuid();
    }

    private static async Task Reads(HttpClient who, params Guid[] items)
    {
        foreach (var item in items)
            (await who.GetByteArrayAsync($"/api/v1/evidence/{item}", Ct)).ShouldNotBeEmpty();
    }

    private static async Task ReadsNot(HttpClient who, params Guid[] items)
    {
        foreach (var item in items)
            await who.GetAsync($"/api/v1/evidence/{item}", Ct).Refused(404, "not-found");
    }

    private static async Task<Guid[]> Listed(HttpClient who, string id)
    {
        var shown = await who.GetAsync(Desk.At(id)).Json();
        return [.. shown.GetProperty("evidence").EnumerateArray().Select(e => e.GetGuid())];
    }
}
