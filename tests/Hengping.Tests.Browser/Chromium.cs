using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// One real Chromium for the whole test program, started by the first who needs it; every test gets its own context: no
/// shared cookies.
/// </summary>
public static class Chromium
{
    private static readonly string[] Candidates =
    [
        "/usr/bin/chromium-headless-shell",
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];
    private static readonly string? Program = Candidates.FirstOrDefault(File.Exists);

    // Whatever a page is to do, it does it within this on a machine at full load.
    private const float PatienceMs = 60_000;

    private static readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> Started = new(Launch);

    /// <summary>Whether there is a Chromium here.</summary>
    public static bool Present => Program is not null;

    /// <summary>Skips the test on a machine without Chromium.</summary>
    public static void SkipUnlessPresent() =>
        Assert.SkipUnless(Present, "Chromium is not installed: apt-get install chromium");

    /// <summary>A new visitor: nobody's cookies, one language, one window size.</summary>
    public static async Task<IBrowserContext> Visitor(
        Uri site,
        string language = "zh",
        int width = 1280,
        bool scripts = true
    )
    {
        SkipUnlessPresent();
        var context = await (await Started.Value).Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = site.ToString(),
                JavaScriptEnabled = scripts,
                Locale = language == "zh" ? "zh-CN" : "en-GB",
                TimezoneId = "Asia/Shanghai",
                ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 900 },
            }
        );
        context.SetDefaultTimeout(PatienceMs);
        return context;
    }

    /// <summary>Closes it, where it was started.</summary>
    public static async ValueTask Stop()
    {
        if (!Started.IsValueCreated)
            return;
        var (driver, browser) = await Started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    // A clock shim around the tests (ci.cs --today) is not for the browser: its own timers spin under one.
    private static Dictionary<string, string> OwnClock() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .Where(variable => (string)variable.Key != "LD_PRELOAD")
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

    private static async Task<(IPlaywright, IBrowser)> Launch()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Program,
                Headless = true,
                Env = OwnClock(),
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
        return (driver, browser);
    }
}

/// <summary>After the last test.</summary>
public sealed class ChromiumEnd : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Chromium.Stop();
}
