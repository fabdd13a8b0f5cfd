using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>A system that is dark gets dark pages from the first view on: no cookie, no script, no flash.</summary>
public sealed class DarkFromFirstView(Sites sites) : IClassFixture<Sites>
{
    // Light of a background, 0 … 255: of what is painted behind the words.
    private const string Light = """
        () => {
          const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        }
        """;

    [Theory]
    [InlineData("/")]
    [InlineData("/signin")]
    [InlineData("/file")]
    [InlineData("/ratings")]
    [InlineData("/nothing-here")]
    public async Task Where_the_system_is_dark(string path)
    {
        await using var person = await Person.At(await sites.On(Db.Sqlite), scripts: false);
        (await LightOf(person.Page, path, ColorScheme.Dark)).ShouldBeLessThan(60);
        (await LightOf(person.Page, path, ColorScheme.Light)).ShouldBeGreaterThan(200);
    }

    private static async Task<double> LightOf(IPage page, string path, ColorScheme scheme)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await page.GotoAsync(path);
        return await page.EvaluateAsync<double>(Light);
    }
}
