using System.Text.RegularExpressions;
using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// Somebody in front of a browser. They find things by what they read: labels, buttons and links by the words of the
/// text catalogue. Whatever the browser complains of (a script's fault, a breach of the content policy) fails the test.
/// </summary>
public sealed class Person : IAsyncDisposable
{
    private readonly Site site;
    private readonly IBrowserContext context;
    private readonly bool scripts;
    private readonly List<string> complaints = [];

    private Person(Site site, IBrowserContext context, IPage page, bool scripts)
    {
        (this.site, this.context, this.scripts) = (site, context, scripts);
        Page = page;
        page.PageError += (_, fault) => complaints.Add($"{page.Url}: {fault}");
        page.Console += (_, message) =>
        {
            // A status of 4xx is an answer, not a fault of the page.
            if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal))
                complaints.Add($"{page.Url}: {message.Text}");
        };
    }

    /// <summary>What they see.</summary>
    public IPage Page { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Sits down in front of a fresh browser.</summary>
    public static async Task<Person> At(Site site, string language = "zh", int width = 1280, bool scripts = true)
    {
        var fresh = await Chromium.Visitor(site.Address, language, width, scripts);
        return new Person(site, fresh, await fresh.NewPageAsync(), scripts);
    }

    /// <summary>A text of the catalogue in Chinese, with its blanks filled.</summary>
    public static string T(string key, params object?[] values) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Texts.All[key][0], values);

    /// <summary>A consumer signs in by the code that went to their phone.</summary>
    public async Task SignInByCode(string phone)
    {
        await Page.GotoAsync("/signin");
        await Page.GetByLabel(T("signin.phone")).FillAsync(phone);
        await Press("signin.send");
        await Assertions.Expect(Page.GetByLabel(T("signin.code"))).ToBeVisibleAsync();
        await Page.GetByLabel(T("signin.code")).FillAsync(await CodeTo(phone));
        await EnterAndArrive();
    }

    /// <summary>The code that went to a phone.</summary>
    public async Task<string> CodeTo(string phone)
    {
        var letters = await Outbox.Newest(site.Store, 50, Ct);
        var letter = letters.First(l => l.Template == "sign-in-code" && l.To == phone);
        return Regex.Match(site.TextOf(letter), @"\d{6}").Value;
    }

    /// <summary>Staff and merchants' people get an account and sign in by password.</summary>
    public async Task SignInAs(Role role, Guid? merchant = null)
    {
        await Page.GotoAsync("/signin?as=staff");
        await SignInHere(role, merchant);
    }

    /// <summary>The same at the sign-in page they were led to.</summary>
    public async Task SignInHere(Role role, Guid? merchant = null)
    {
        var login = $"{Words.Of(role)}-{Guid.CreateVersion7():N}";
        const string password = "正确的马电池订书钉";
        var opened = await AccountDesk.Open(
            site.Store,
            role,
            new Profile("某人", Phone: null, Email: null, login),
            merchant,
            author: "cli",
            [new AccountEvent.PasswordSet { Hash = SignIn.HashPassword(password) }],
            Ct
        );
        opened.Refusal.ShouldBeNull();
        if (await Page.Locator("#f-login").CountAsync() == 0)
            await Page.Locator("main a[href*='as=staff']").First.ClickAsync();
        await Page.GetByLabel(T("signin.login")).FillAsync(login);
        await Page.GetByLabel(T("signin.password")).FillAsync(password);
        await EnterAndArrive();
    }

    // Whoever walks on before the answer is there is not signed in.
    private async Task EnterAndArrive()
    {
        await Press("nav.signin", within: "main");
        await Page.WaitForURLAsync(
            url => !url.Contains("/signin", StringComparison.Ordinal),
            new PageWaitForURLOptions { WaitUntil = WaitUntilState.DOMContentLoaded }
        );
    }

    /// <summary>Presses the button that says this.</summary>
    public Task Press(string key, string within = "body") =>
        Page.Locator(within)
            .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = T(key), Exact = true })
            .First.ClickAsync();

    /// <summary>Opens a folded act of the case room, where it is not open already.</summary>
    public async Task Unfold(string key)
    {
        var act = Page.Locator("details.act").Filter(new LocatorFilterOptions { Has = Summary(key) }).First;
        if (await act.GetAttributeAsync("open") is null)
            await act.Locator("summary").ClickAsync();
    }

    private ILocator Summary(string key) => Page.Locator("summary", new PageLocatorOptions { HasText = T(key) });

    /// <summary>Holds that the page says this.</summary>
    public Task Reads(string text) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(text);

    /// <summary>
    /// Takes a picture of the whole page into <c>artifacts/screens</c>, where it is among those this run takes.
    /// </summary>
    public async Task Picture(string name)
    {
        if (!Draw.TakesPicture(name))
            return;
        if (scripts)
            await ChartsDrawn();
        await Page.ScreenshotAsync(
            new PageScreenshotOptions { Path = Repository.At($"artifacts/screens/{name}.png"), FullPage = true }
        );
    }

    // They are drawn when they come into view. Where no script runs no timer does: this would never end.
    private async Task ChartsDrawn() =>
        await Page.EvaluateAsync(
            """
            (async () => {
              for (const figure of document.querySelectorAll("figure[data-chart]")) {
                figure.scrollIntoView({ behavior: "instant" });
                for (let i = 0; i < 40 && !figure.querySelector("canvas"); i++)
                  await new Promise((drawn) => setTimeout(drawn, 50));
              }
              scrollTo({ top: 0, behavior: "instant" });
            })()
            """
        );

    /// <summary>What the browser complained of since somebody asked, for who stays over several tests.</summary>
    public IReadOnlyList<string> Complaints()
    {
        string[] since = [.. complaints];
        complaints.Clear();
        return since;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        complaints.ShouldBeEmpty();
    }
}

/// <summary>What a window is asked.</summary>
internal static class Windows
{
    /// <summary>How wide the page is, px, once it is there: right after a press it may have no root yet.</summary>
    public static async Task<int> Wide(this IPage page)
    {
        await page.WaitForLoadStateAsync();
        return await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
    }

    /// <summary>Until the window is elsewhere. That is enough: a load that ended between two looks would be waited for
    /// in vain.</summary>
    public static Task Left(this IPage page, string address) =>
        Assertions
            .Expect(page)
            .Not.ToHaveURLAsync(new Regex(Regex.Escape(address), RegexOptions.None, Regex.InfiniteMatchTimeout));

    /// <summary>Ticks by keyboard: a box lies under its label, and a press hits what has moved there by then.</summary>
    public static async Task Tick(this ILocator box)
    {
        if (!await box.IsCheckedAsync())
            await box.PressAsync("Space");
        await Assertions.Expect(box).ToBeCheckedAsync();
    }
}
