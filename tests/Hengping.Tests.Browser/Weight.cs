using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>What a first visit brings over the wire: at most 100 kB packed, charts apart.</summary>
public sealed class Weight(SharedMarket shared)
{
    private const int BytesMax = 100_000;

    [Theory]
    [InlineData("/")]
    [InlineData("/ratings")]
    [InlineData("/file")]
    public async Task A_first_view_is_light(string path)
    {
        var market = await shared.Ready();
        await using var person = await Person.At(market.Site, "zh", 390);
        var brought = new List<IRequest>();
        person.Page.RequestFinished += (_, request) => brought.Add(request);
        await person.Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        var bytes = 0;
        foreach (var request in brought.Where(r => !r.Url.Contains("/chart", StringComparison.Ordinal)))
            bytes += (await request.SizesAsync()).ResponseBodySize;
        brought.Count.ShouldBeGreaterThan(2, "page, style sheet and script at least");
        bytes.ShouldBeInRange(5_000, BytesMax, string.Join('\n', brought.Select(r => r.Url)));
    }
}
