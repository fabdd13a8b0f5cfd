using System.Net;
using Hengping.App;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Tests.Complaints;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Home;

/// <summary>Kept pages: the same for everybody until something happens, and never anybody's own.</summary>
public sealed class KeptPages
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(BothEngines))]
    public async Task A_page_is_kept_until_an_event_and_then_made_anew(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var site = desk.Site;
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        foreach (var path in new[] { "/", "/ratings?period=ytd", $"/merchants/{desk.Shop}" })
        {
            (await IsKept(site, site.Anyone, path)).ShouldBeFalse(path);
            (await IsKept(site, site.Anyone, path)).ShouldBeTrue(
                path + ": the second reader gets the first one's page"
            );
        }
        await desk.Filed();
        (await IsKept(site, site.Anyone, "/")).ShouldBeFalse("a complaint was filed");
        (await site.Anyone.GetStringAsync("/", Ct)).ShouldContain("<strong");
        site.Clock.Turn(TimeSpan.FromMinutes(1));
        (await IsKept(site, site.Anyone, "/")).ShouldBeFalse("what is pending moves with time");
    }

    [Fact]
    public async Task Language_theme_and_coding_have_pages_of_their_own()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (language, theme, coding) in Kinds())
        {
            var kept = site.Of<Metrics>().PagesKept;
            var first = await Get(site.Visitor(), language, theme, coding);
            site.Of<Metrics>().PagesKept.ShouldBe(kept, $"{language} {theme} {coding}");
            var again = await Get(site.Visitor(), language, theme, coding);
            site.Of<Metrics>().PagesKept.ShouldBe(kept + 1, $"{language} {theme} {coding}");
            again.Coding.ShouldBe(coding);
            again.Body.ShouldBe(first.Body);
            seen.Add(Convert.ToHexString(first.Body)).ShouldBeTrue($"{language} {theme} {coding}");
        }
    }

    [Fact]
    public async Task Who_is_signed_in_gets_a_page_of_their_own_and_leaves_none_behind()
    {
        await using var site = await Site.Start(Db.Sqlite);
        var browsing = await site.Browsing(await site.As(Role.Claimant, phone: "13900000001", name: "欧阳霓裳"));
        for (var i = 0; i < 2; i++)
        {
            (await IsKept(site, browsing, "/")).ShouldBeFalse();
            (await browsing.GetStringAsync("/", Ct)).ShouldContain("/signout");
        }
        (await site.Visitor().GetStringAsync("/", Ct)).ShouldNotContain("/signout");
        (await browsing.GetStringAsync("/", Ct)).ShouldContain("/signout", customMessage: "a kept page is not theirs");
        using var chosen = await site.Visitor().GetAsync("/?theme=dark", Ct);
        chosen.Headers.Contains("Set-Cookie").ShouldBeTrue();
        using var again = await site.Visitor().GetAsync("/?theme=dark", Ct);
        again.Headers.Contains("Set-Cookie").ShouldBeTrue("a choice is answered with its cookie each time");
    }

    [Fact]
    public async Task Words_of_a_readers_own_make_no_page_of_their_own_and_stay_in_none()
    {
        await using var desk = await Desk.Open(Db.Sqlite);
        var site = desk.Site;
        await Listening.CatchUp(site.Store, Rooms.House.Listeners(site.Store, ""), Ct);
        foreach (var path in new[] { "/", "/ratings?period=ytd", $"/merchants/{desk.Shop}" })
        {
            (await IsKept(site, site.Anyone, path)).ShouldBeFalse(path);
            var more = path.Contains('?') ? '&' : '?';
            for (var n = 0; n < 3; n++)
                (await IsKept(site, site.Anyone, $"{path}{more}nobody{n}=asks&handler=x{n}")).ShouldBeTrue(path);
            (await site.Anyone.GetStringAsync(path, Ct)).ShouldNotContain("nobody");
        }
        (await IsKept(site, site.Anyone, "/ratings?period=all")).ShouldBeFalse("what a page asks for is another page");
        using var named = new HttpRequestMessage(HttpMethod.Get, "/");
        named.Headers.Host = "evil.example";
        var kept = site.Of<Metrics>().PagesKept;
        using var answer = await site.Anyone.SendAsync(named, Ct);
        site.Of<Metrics>().PagesKept.ShouldBe(kept + 1, "a host of one's own is none, either");
    }

    [Fact]
    public async Task A_choice_of_looks_is_kept_with_its_cookie()
    {
        await using var site = await Site.Start(Db.Sqlite);
        foreach (var (chosen, cookie) in new[] { ("lang=en", "hengping-lang="), ("theme=dark", "theme=dark") })
        {
            (await IsKept(site, site.Visitor(), "/?" + chosen)).ShouldBeFalse();
            var kept = site.Of<Metrics>().PagesKept;
            using var again = await site.Visitor().GetAsync("/?" + chosen, Ct);
            site.Of<Metrics>().PagesKept.ShouldBe(kept + 1, chosen);
            again.Headers.GetValues("Set-Cookie").Single().ShouldStartWith(cookie);
        }
        (await site.Visitor().GetStringAsync("/?lang=en", Ct)).ShouldContain("lang=\"en\"");
        using var plain = await site.Visitor().GetAsync("/", Ct);
        plain.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task The_document_of_the_api_is_made_once()
    {
        await using var site = await Site.Start(Db.Sqlite);
        (await IsKept(site, site.Anyone, "/openapi/v1.json")).ShouldBeFalse();
        await site.Merchant("云上百货");
        site.Clock.Turn(TimeSpan.FromMinutes(5));
        (await IsKept(site, site.Anyone, "/openapi/v1.json?v=2")).ShouldBeTrue();
        var admin = await site.Browsing(await site.As(Role.Admin));
        (await IsKept(site, admin, "/openapi/v1.json")).ShouldBeTrue();
    }

    private static IEnumerable<(string Language, string Theme, string Coding)> Kinds() =>
        from language in new[] { "zh", "en" }
        from theme in new[] { "light", "dark" }
        from coding in new[] { "", "br", "gzip" }
        select (language, theme, coding);

    [Theory, ClassData(typeof(BothEngines))]
    public async Task No_header_of_a_kept_page_tells_when_it_was_made(Db engine)
    {
        await using var desk = await Desk.Open(engine);
        var id = await desk.Delivered();
        await Listening.CatchUp(desk.Site.Store, Rooms.House.Listeners(desk.Site.Store, ""), Ct);
        var looks = new List<string>();
        var last = DateTimeOffset.MinValue;
        for (var look = 0; look < 4; look++)
        {
            // Between the second look and the third something happens that nobody outside is to see.
            if (look == 2)
                await desk
                    .Reviewer.PostJson(Desk.At(id, "hold"), new { ground = "litigation", reason = "法院已立案" })
                    .Json();
            using var answer = await desk.Site.Anyone.GetAsync("/", Ct);
            answer.Headers.Date!.Value.ShouldBeGreaterThan(last, "it is the date of the answer");
            last = answer.Headers.Date.Value;
            var headers = answer.Headers.Where(header => header.Key is not ("Date" or "Content-Security-Policy"));
            looks.Add(string.Join('\n', headers.Select(h => $"{h.Key}: {string.Join(',', h.Value)}")));
            await Task.Delay(TimeSpan.FromSeconds(2.2), Ct);
        }
        looks.ShouldAllBe(one => one == looks[0]);
    }

    private static async Task<bool> IsKept(Site site, HttpClient reader, string path)
    {
        var kept = site.Of<Metrics>().PagesKept;
        using var answer = await reader.GetAsync(path, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Age.ShouldBeNull();
        return site.Of<Metrics>().PagesKept > kept;
    }

    private static async Task<(string Coding, byte[] Body)> Get(
        HttpClient reader,
        string language,
        string theme,
        string coding
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.AcceptLanguage.ParseAdd(language);
        request.Headers.Add("Cookie", $"theme={theme}");
        if (coding.Length > 0)
            request.Headers.AcceptEncoding.ParseAdd(coding);
        using var answer = await reader.SendAsync(request, Ct);
        var said = string.Join(',', answer.Content.Headers.ContentEncoding);
        return (said, await answer.Content.ReadAsByteArrayAsync(Ct));
    }
}
