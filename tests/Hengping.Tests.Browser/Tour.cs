using Hengping.Rules.Accounts;
using Hengping.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Hengping.Tests.Browser;

/// <summary>
/// Every page, on a phone and on a desk, in both languages and both themes: it answers, fits the window, keeps nobody
/// out (axe), and leaves its picture in <c>artifacts/screens</c>: a quarter of them in an ordinary run
/// (<see cref="Draw"/>), all with <c>ci.cs --pictures</c>. Each language and width is a class of its own, so that
/// cores share the tour; each page is a row.
/// </summary>
/// <param name="shared">Where the tour goes.</param>
/// <param name="people">Who goes: one of each role, who stays for the whole tour.</param>
/// <param name="language">zh or en.</param>
/// <param name="width">Of the window, px.</param>
/// <param name="axe">The theme that axe looks at; null where another class has it looked at.</param>
public abstract class Tour(SharedMarket shared, TourPeople people, string language, int width, string? axe)
    : IClassFixture<TourPeople>
{
    // Where a row of a list leads: the first case in the role's own list, the first merchant of the ratings.
    private const string FirstCase = "a[href^='/cases/']";
    private const string FirstReport = "tbody a[href^='/desk/reports/']";
    private const string ComingRule = "a[href^='/rules/'][href*='version=']";
    private const string FirstRule = "strong a[href^='/rules/']";
    private const string FirstRuleOfDesk = "tbody a[href^='/admin/rules/']";
    private const string FirstMerchant = "a[href^='/merchants/']";

    /// <summary>Every page, as whom, where, and the link to follow from there.</summary>
    internal static readonly (string Name, Role? As, string Path, string? Follow)[] Stops =
    [
        ("home", null, "/", null),
        ("demo", null, "/demo", null),
        ("outbox", null, "/demo/outbox", null),
        ("sign-in", null, "/signin", null),
        ("sign-in-staff", null, "/signin?as=staff", null),
        ("file", null, "/file", null),
        ("progress", null, "/progress", null),
        ("score", null, "/score/019a0000-0000-7000-8000-000000000001?link=x", null),
        ("ratings", null, "/ratings", null),
        ("compare", null, "/ratings/compare{chosen}", null),
        ("method", null, "/ratings/method", null),
        ("decided", null, "/ratings/decided", null),
        ("merchant-profile", null, "/ratings", FirstMerchant),
        ("api", null, "/api", null),
        ("search", null, "/search?q=数码", null),
        ("search-empty", null, "/search?q=nothing-at-all", null),
        ("setup-shut", null, "/setup", null),
        ("claim", null, "{unknown merchant}/claim", null),
        ("answer", null, "{answer link}", null),
        ("report", null, "/report", null),
        ("report-follow", null, "/report/follow", null),
        ("rules", null, "/rules", null),
        ("rules-found", null, "/rules?q=退货", null),
        ("rule", null, "/rules", FirstRule),
        ("rule-coming", Role.Claimant, "/rules", ComingRule),
        ("rule-announced", null, "{announced rule}", null),
        ("rule-changes", null, "{announced rule}", "a[href*='/changes']"),
        ("nowhere", null, "/no-such-page", null),
        ("left", null, "/left?on=2029-11-02", null),
        ("me", Role.Claimant, "/me", null),
        ("me-security", Role.Claimant, "/me/security", null),
        ("case-claimant", Role.Claimant, "/me", FirstCase),
        ("merchant-desk", Role.Merchant, "/merchant", null),
        ("merchant-templates", Role.Merchant, "/merchant/templates", null),
        ("merchant-numbers", Role.Merchant, "/merchant/numbers", null),
        ("merchant-metrics", Role.Merchant, "/merchant/metrics", null),
        ("merchant-replies", Role.Merchant, "/merchant/replies", null),
        ("team", Role.Merchant, "/merchant/team", null),
        ("sign-in-mail", null, "/signin?as=mail", null),
        ("case-merchant", Role.Merchant, "/merchant", FirstCase),
        ("desk", Role.Mediator, "/desk", null),
        ("security", Role.Mediator, "/me/security", null),
        ("desk-claims", Role.Mediator, "/desk/claims", null),
        ("desk-reports", Role.Mediator, "/desk/reports", null),
        ("desk-report", Role.Mediator, "/desk/reports", FirstReport),
        ("desk-report-ended", Role.Mediator, "/desk/reports?view=ended", FirstReport),
        ("case-mediator", Role.Mediator, "/desk", FirstCase),
        ("case-settled", Role.Mediator, "{settled case}", null),
        ("agreement", Role.Mediator, "{settled case}/agreement", null),
        ("case-link", Role.Mediator, "{unanswered case}", null),
        ("case-factors", Role.Mediator, "/desk?view=screen", FirstCase),
        ("case-withdraw", Role.Claimant, "/me", FirstCase),
        ("me-close", Role.Claimant, "/me", null),
        ("admin", Role.Admin, "/admin", null),
        ("admin-staff", Role.Admin, "/admin/staff", null),
        ("admin-merchants", Role.Admin, "/admin/merchants", null),
        ("admin-merchant", Role.Admin, "/admin{unknown merchant}", null),
        ("admin-merge-find", Role.Admin, "/admin{unknown merchant}/merge?q=数码", null),
        ("admin-merge", Role.Admin, "/admin{unknown merchant}/merge?q=数码", "a[href*='?into=']"),
        ("join-shut", null, "/join?key=x", null),
        ("admin-operator", Role.Admin, "/admin/operator", null),
        ("admin-departments", Role.Admin, "/admin/departments", null),
        ("admin-ways", Role.Admin, "/admin/ways", null),
        ("admin-jobs", Role.Admin, "/admin/jobs", null),
        ("admin-outbox", Role.Admin, "/admin/outbox", null),
        ("admin-words", Role.Admin, "/admin/words", null),
        ("admin-calendar", Role.Admin, "/admin/calendar", null),
        ("admin-limits", Role.Admin, "/admin/limits", null),
        ("admin-rules", Role.Admin, "/admin/rules", null),
        ("admin-rule", Role.Admin, "/admin/rules", FirstRuleOfDesk),
        ("admin-rule-draft", Role.Admin, "{drafted rule}", null),
        ("admin-lists", Role.Admin, "/admin/lists", null),
        ("admin-webhooks", Role.Admin, "/admin/webhooks", null),
        ("merchant-webhooks", Role.Merchant, "/merchant/webhooks", null),
        ("admin-webhook", Role.Admin, "{webhook}", null),
        ("claiming", null, "/claiming", null),
        ("claim-reports", Role.Reviewer, "/desk/claim-reports", null),
        ("claim-report", Role.Reviewer, "{claim report}", null),
        ("claim-reports-shop", Role.Merchant, "/merchant/claim-reports", null),
        ("claim-report-new", Role.Merchant, "/merchant/claim-reports/new", null),
        ("claim-reports-me", Role.Claimant, "/me/claim-reports", null),
        .. MeasureStops.All,
        .. AppealStops.All,
    ];

    // What a stop opens before it is looked at: the folded form, and what lies folded around it.
    private static readonly Dictionary<string, string> Unfolded = new(StringComparer.Ordinal)
    {
        ["case-factors"] = "form[action*='handler=Decline'] details",
        ["case-withdraw"] = "form[action*='handler=Withdraw']",
        ["admin-rules"] = "form[action='/admin/rules']",
        ["admin-rule"] = "form textarea[name=zh]",
        ["me-close"] = "form[action*='handler=Close']",
    };

    private const string Unfold = """
        (wanted) => {
          const found = document.querySelector(`main ${wanted}`);
          for (let at = found; at; at = at.parentElement) if (at.localName === "details") at.open = true;
          return found !== null;
        }
        """;

    // What fades from one colour to the other is looked at when it has arrived.
    private const string Darken = """
        async () => {
          document.documentElement.dataset.theme = "dark";
          document.dispatchEvent(new Event("theme"));
          const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
          await Promise.allSettled(fading.map((one) => one.finished));
        }
        """;

    // A chart is drawn anew when its place has changed, which takes a frame or two.
    private const string ChartsFit = """
        () => [...document.querySelectorAll(".plot")].every((plot) => plot.scrollWidth <= plot.clientWidth)
        """;

    public static TheoryData<string> Names => [.. Stops.Select(stop => stop.Name)];

    [Theory]
    [MemberData(nameof(Names), MemberType = typeof(Tour))]
    public async Task It_answers_fits_and_keeps_nobody_out(string stop)
    {
        var market = await shared.Ready();
        var (name, role, path, follow) = Stops.Single(one => one.Name == stop);
        var person = await people.Of(market, role, language, width);
        var faults = await Look(person, name, market.Place(path), follow, language, width);
        foreach (var theme in new[] { "light", "dark" })
        {
            var picture = $"{name}-{language}-{width}-{theme}";
            if (axe != theme && !Draw.TakesPicture(picture))
                continue;
            // As the switch at the top does it; the next page is light again, for the cookie says so.
            if (theme == "dark")
                await person.Page.EvaluateAsync(Darken);
            if (axe == theme)
                faults.AddRange(await Axe.Faults(person.Page));
            await person.Picture(picture);
        }
        faults.AddRange(person.Complaints());
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task<List<string>> Look(
        Person person,
        string name,
        string path,
        string? follow,
        string language,
        int width
    )
    {
        var page = person.Page;
        var answer = await page.GotoAsync(path);
        if (follow is not null)
        {
            var link = page.Locator(follow).First;
            if (await link.CountAsync() == 0)
                return [$"{path} has no link to follow: {follow}"];
            answer = await page.GotoAsync((await link.GetAttributeAsync("href"))!);
        }
        var faults = new List<string>();
        if (Unfolded.TryGetValue(name, out var folded) && !await page.EvaluateAsync<bool>(Unfold, folded))
            faults.Add($"{page.Url} has nothing to unfold: {folded}");
        var wanted =
            path == "/no-such-page" ? 404
            : path is "/setup" or "/join?key=x" ? 403
            : 200;
        if (answer!.Status != wanted)
            faults.Add($"{page.Url} answers {answer.Status}");
        if (await page.Locator("html").GetAttributeAsync("lang") is var lang && lang?.StartsWith(language) != true)
            faults.Add($"{page.Url} says lang={lang}");
        var wide = await page.Wide();
        if (wide > width)
            faults.Add($"{page.Url} is {wide} px wide");
        if (width > 1000)
            faults.AddRange(await Zoomed(page, width));
        return faults;
    }

    // A browser's zoom of 200 % is a window of half the width: nothing may stick out or be cut.
    private static async Task<List<string>> Zoomed(IPage page, int width)
    {
        var height = page.ViewportSize!.Height;
        await page.SetViewportSizeAsync(width / 2, height / 2);
        await page.WaitForFunctionAsync(ChartsFit);
        var wide = await page.Wide();
        var cut = await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll("main :is(p, h1, h2, h3, dd, dt, li, label, button, a.btn)")]
              .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden"))
              .filter((e) => getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1)
              .map((e) => e.textContent.trim().slice(0, 40))
            """
        );
        await page.SetViewportSizeAsync(width, height);
        var faults = cut.Select(text => $"{page.Url} at 200 % cuts: {text}").ToList();
        if (wide > width / 2)
            faults.Add($"{page.Url} at 200 % is {wide} px wide");
        return faults;
    }
}

public sealed class TourChineseDesk(SharedMarket shared, TourPeople people) : Tour(shared, people, "zh", 1280, "light");

public sealed class TourChinesePhone(SharedMarket shared, TourPeople people) : Tour(shared, people, "zh", 390, null);

public sealed class TourEnglishDesk(SharedMarket shared, TourPeople people) : Tour(shared, people, "en", 1280, null);

public sealed class TourEnglishPhone(SharedMarket shared, TourPeople people) : Tour(shared, people, "en", 390, "dark");

/// <summary>One visitor of each role, signed in once for all stops of a tour.</summary>
public sealed class TourPeople : IAsyncDisposable
{
    private readonly List<(Role? Role, Person Person)> here = [];

    /// <summary>The visitor of a role, on a light page.</summary>
    public async Task<Person> Of(Market market, Role? role, string language, int width)
    {
        if (here.Find(one => one.Role == role).Person is { } known)
            return known;
        var person = await Arrive(market, role, language, width);
        await person.Page.GotoAsync("/?theme=light");
        here.Add((role, person));
        return person;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, person) in here)
            await person.DisposeAsync();
    }

    private static async Task<Person> Arrive(Market market, Role? role, string language, int width)
    {
        // Nobody is an admin at the demo's door.
        if (role is not Role.Admin)
            return await market.Visitor(role, language, width);
        var admin = await Person.At(market.Site, "zh", width);
        await admin.SignInAs(Role.Admin);
        await admin.Page.GotoAsync($"/?lang={language}");
        return admin;
    }
}
