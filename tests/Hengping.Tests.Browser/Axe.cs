using Hengping.Tests.Harness;
using Microsoft.Playwright;

namespace Hengping.Tests.Browser;

/// <summary>axe-core over the page as it stands: nothing moderate or worse may stand in anybody's way.</summary>
public static class Axe
{
    private static readonly Lazy<string> Source = new(() =>
        File.ReadAllText(Repository.At("src/Hengping.App/Design/node_modules/axe-core/axe.min.js"))
    );

    // Style sheets would be loaded again for one rule that is off, css-orientation-lock: a quarter of the time.
    private const string Run = """
        async () => (await axe.run(document, { resultTypes: ['violations'], preload: { assets: ['media'] } }))
            .violations.filter(v => v.impact !== 'minor')
            .flatMap(v => v.nodes.map(n => `${v.impact} ${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 160)}`))
        """;

    /// <summary>The faults, one line each. Evaluated from outside, so the page's own policy stays as it is.</summary>
    public static async Task<string[]> Faults(IPage page)
    {
        await page.EvaluateAsync(Source.Value);
        return await page.EvaluateAsync<string[]>(Run);
    }
}
