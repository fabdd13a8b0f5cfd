using System.Text.Json;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;
using static Hengping.Tests.Measures.Measuring;

namespace Hengping.Tests.Measures;

/// <summary>What has changed since goes with the request for a human, and is read by whoever looks, by nobody else.
/// </summary>
internal static class AskedWithAReport
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<JsonElement> Of(Site site, HttpClient shop, HttpClient desk, JsonElement measure)
    {
        var report = await shop.Upload([.. "%PDF-1.7\n"u8, .. new byte[64]], "复检.pdf", "application/pdf").Json(201);
        var changed = new { text = "复检合格，请核对。", evidence = new[] { report.GetProperty("id").GetGuid() } };
        var asked = await site.Appends(
            ["measure.humanAsked"],
            () => shop.PostJson(At(measure, "ask-human"), changed).Json()
        );
        var read = await desk.GetAsync(At(measure), Ct).Json();
        read.GetProperty("events").EnumerateArray().Last().GetProperty("text").GetString().ShouldBe(changed.text);
        read.GetProperty("evidence").EnumerateArray().Last().GetGuid().ShouldBe(changed.evidence[0]);
        (await site.Anyone.GetAsync(At(measure), Ct).Json()).ToString().ShouldNotContain(changed.text);
        return asked;
    }
}
