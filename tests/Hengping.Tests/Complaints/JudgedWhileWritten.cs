using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>A reply is judged while it is written, and what it did is told once it was sent.</summary>
public sealed class JudgedWhileWritten(Sites sites) : IClassFixture<Sites>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task It_says_whether_it_counts_why_and_the_points_and_keeps_nothing(Db engine)
    {
        await using var desk = await Desk.Open(sites, engine);
        var id = await desk.Delivered();
        using var merchant = await desk.Site.Browsing(desk.Merchant);
        var form = await desk.Site.Appends(
            [],
            () => merchant.PostJson($"/cases/{id}/judge", new { text = "收到，我们会尽快处理" }).Json()
        );
        (form.GetProperty("counts").GetBoolean(), form.GetProperty("code").GetString()).ShouldBe(
            (false, "acknowledgement")
        );
        form.GetProperty("said").GetString()!.ShouldContain("还不算有效回复：只表示收到");
        var text = $"已为您办理全额退款，3日内原路到账，回单号{Sites.OwnPhone()}。";
        var good = await merchant.PostJson($"/cases/{id}/judge", new { text }).Json();
        good.GetProperty("counts").GetBoolean().ShouldBeTrue();
        good.GetProperty("said").GetString()!.ShouldContain("现在计 1.0 分");

        // One of many that are about to go out with the same words.
        var fifth = await merchant.PostJson($"/cases/{id}/judge", new { text, beside = 4 }).Json();
        fifth.GetProperty("code").GetString().ShouldBe("repeated");

        // Whose case it is not, and a link that opens nothing.
        using var claimant = await desk.Site.Browsing(desk.Claimant);
        await claimant.PostJson($"/cases/{id}/judge", new { text }).Json(404);
        await desk.Site.Anyone.PostJson($"/answer/{id}/judge?link=x", new { text }).Json(404);

        var number = (await desk.Merchant.GetAsync(Desk.At(id)).Json()).GetProperty("number").GetString();
        var sent = await merchant.Send($"/cases/{number}", "Reply", ("text", text));
        var page = await merchant.GetStringAsync(sent.Location!.Split('#')[0], Ct);
        page.ShouldContain("是有效回复，计 1.0 分");
        // Said once: who comes back reads the case as it stands.
        (await merchant.GetStringAsync(sent.Location!.Split('#')[0], Ct)).ShouldNotContain("是有效回复，计 1.0 分");
        var again = await merchant.PostJson($"/cases/{id}/judge", new { text }).Json();
        again.GetProperty("said").GetString()!.ShouldContain("得分不变");
    }
}
