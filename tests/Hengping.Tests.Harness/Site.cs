using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Hengping.App;
using Hengping.App.Accounts;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Merchants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Harness;

/// <summary>
/// The real program on a free loopback port: Kestrel, HTTP, a fresh store on either engine, a clock that tests turn.
/// <code>
/// await using var site = await Site.Start(engine);
/// var mediator = await site.As(Role.Mediator);
/// await site.Appends(["complaint.delivered"], () => mediator.PostJson($"/api/v1/complaints/{id}/deliver"));
/// </code>
/// </summary>
public sealed class Site : IAsyncDisposable
{
    private readonly EmptyPlace place;
    private readonly WebApplication app;
    private readonly List<HttpClient> clients = [];

    private readonly IReadOnlyDictionary<string, string?> settings;
    private bool isOver;

    private Site(
        EmptyPlace place,
        WebApplication app,
        TurnableClock clock,
        LogKeeper log,
        IReadOnlyDictionary<string, string?> settings
    )
    {
        Log = log;
        this.place = place;
        this.settings = settings;
        this.app = app;
        Clock = clock;
        Address = new Uri(app.Urls.First());
        Anyone = Client(token: null);
    }

    /// <summary>As <c>http://127.0.0.1:41234</c>.</summary>
    public Uri Address { get; }

    /// <summary>What the program takes for now.</summary>
    public TurnableClock Clock { get; }

    /// <summary>What the program logged.</summary>
    public LogKeeper Log { get; }

    /// <summary>Somebody without a token.</summary>
    public HttpClient Anyone { get; }

    /// <summary>The program's own store, to look behind the doors.</summary>
    public Store Store => Of<Store>();

    /// <summary>Where the store lies, for commands beside the server.</summary>
    public StorePlace Place => place.Place;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts it; by default on <see cref="Days.Monday"/> and without limits a test could run into.</summary>
    /// <param name="through">The way to PostgreSQL, where it is not the direct one: <see cref="Cable"/>.</param>
    public static async Task<Site> Start(
        Db engine,
        DateTimeOffset? now = null,
        bool demo = false,
        IReadOnlyDictionary<string, string?>? settings = null,
        Func<string, string>? through = null
    )
    {
        var empty = await EmptyPlace.On(engine, through);
        var clock = new TurnableClock(now ?? Days.Monday);
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Limits:AnonymousPerSecond"] = "100000",
            ["Limits:SessionPerSecond"] = "100000",
            ["Limits:TokenPerSecond"] = "100000",
            ["Limits:GuessesPerMinute"] = "100000",
            ["Complaints:FilingsPerDay"] = "0",
            // A turned clock would let cases move by themselves while a test counts events.
            ["Ticks:PerSecond"] = "0",
            // A page is as new as the log at every look.
            ["Pages:LookEveryMs"] = "0",
            // The key files of a test lie in its own directory, gone with it.
            ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        };
        // A demo's messages are read on the site itself.
        if (!demo)
            all["Site:Address"] = "https://odr.example";
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
            all[key] = value;
        return await Run(empty, clock, demo, all);
    }

    /// <summary>
    /// Stops it, as a machine that goes down for a while, and starts it again on what it left behind. This one is over;
    /// its callers come again by <see cref="Same"/>.
    /// </summary>
    public async Task<Site> Restarted(TimeSpan down)
    {
        await Stop();
        Clock.Turn(down);
        return await Run(place, Clock, demo: false, settings);
    }

    /// <summary>A caller of the site as it was before, by the same token.</summary>
    public HttpClient Same(HttpClient before) => Client(before.DefaultRequestHeaders.Authorization!.Parameter);

    private static async Task<Site> Run(
        EmptyPlace place,
        TurnableClock clock,
        bool demo,
        IReadOnlyDictionary<string, string?> settings
    )
    {
        var options = new SiteOptions(place.Place, "http://127.0.0.1:0", demo, clock, settings);
        var built = await Host.Build(options, Ct);
        var log = new LogKeeper();
        built.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await built.StartAsync(Ct);
        return new Site(place, built, clock, log, settings);
    }

    /// <summary>What a message says.</summary>
    public string TextOf(Letter letter) => Of<Templates>().Render(letter);

    /// <summary>A part of the program.</summary>
    public T Of<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>A caller of a role with a token of its own. A merchant's person needs its merchant.</summary>
    public async Task<HttpClient> As(Role role, Guid? merchant = null, string? phone = null, string? name = null)
    {
        var token = await TokenCommand.Issue(Store, role, name ?? $"某{Words.Of(role)}", phone, merchant, Ct);
        return Client(token);
    }

    /// <summary>A merchant that takes part and can be reached.</summary>
    public async Task<Guid> Merchant(
        string name,
        string sector = "general-retail",
        bool enrolled = true,
        bool platform = false,
        string phone = "4001234567"
    )
    {
        var contact = new AfterSalesContact(phone, "desk@example.org");
        var entry = new NewMerchant(name, sector, "staff", enrolled) { Contact = contact, IsPlatform = platform };
        var (id, change, refusal) = MerchantDirectory.Add(Store, entry, "cli", Store.Now);
        refusal.ShouldBeNull();
        (await Store.Append(new Commit([change!]), Ct)).ShouldBeOfType<Outcome.Done>();
        return id;
    }

    /// <summary>Position of the last event.</summary>
    public Task<long> Head() => Store.Head(Ct);

    /// <summary>The kinds appended after a position, in order.</summary>
    public async Task<IReadOnlyList<string>> KindsSince(long position) =>
        [.. (await Store.ReadLog(position, limit: 10_000, Ct)).Select(stored => stored.Kind)];

    /// <summary>Runs a call and holds that it appended exactly these kinds, in this order. None for a "no".</summary>
    public async Task<T> Appends<T>(string[] kinds, Func<Task<T>> call)
    {
        var before = await Head();
        var answer = await call();
        (await KindsSince(before)).ShouldBe(kinds);
        return answer;
    }

    /// <summary>The same person in a browser: a session instead of a token, for the pages.</summary>
    public async Task<HttpClient> Browsing(HttpClient caller)
    {
        var token = caller.DefaultRequestHeaders.Authorization!.Parameter!;
        var known = (await Of<TokenCallers>().OfToken(token, Ct))!.Caller;
        var principal = await Sessions.Begin(Store, known, "Chrome · Linux", "127.0.0.*", Ct);
        var format = Of<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Sessions.Name).TicketDataFormat;
        var ticket = format.Protect(new AuthenticationTicket(principal, Sessions.Name));
        var cookies = new CookieContainer();
        cookies.Add(Address, new Cookie(Sessions.Name, ticket));
        return Client(token: null, cookies);
    }

    /// <summary>A browser of its own, signed in nowhere.</summary>
    public HttpClient Visitor() => Client(token: null);

    private HttpClient Client(string? token, CookieContainer? cookies = null)
    {
        // Redirects are answers a test wants to see; cookies are kept by the client that got them.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = cookies ?? new CookieContainer(),
        };
        var client = new HttpClient(handler) { BaseAddress = Address };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh");
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        clients.Add(client);
        return client;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (isOver)
            return;
        await Stop();
        place.Dispose();
    }

    private async Task Stop()
    {
        isOver = true;
        foreach (var client in clients)
            client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}

/// <summary>Calls as tests want to write them.</summary>
public static class Calls
{
    /// <summary>POST with a JSON body; an empty object where none is given.</summary>
    public static Task<HttpResponseMessage> PostJson(this HttpClient caller, string path, object? body = null) =>
        caller.PostAsJsonAsync(path, body ?? new { }, Cli.JsonFormat, TestContext.Current.CancellationToken);

    /// <summary>The body as JSON, after holding the status; the body is in the failure's text.</summary>
    public static async Task<JsonElement> Json(this Task<HttpResponseMessage> call, int status = 200)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, text);
        using var document = JsonDocument.Parse(text.Length == 0 ? "null" : text);
        return document.RootElement.Clone();
    }

    /// <summary>Holds that a call was refused with this status and stable code.</summary>
    public static async Task Refused(this Task<HttpResponseMessage> call, int status, string code, string says = "")
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, text);
        (response.Content.Headers.ContentType?.MediaType).ShouldBe("application/problem+json", text);
        using var problem = JsonDocument.Parse(text);
        problem.RootElement.GetProperty("code").GetString().ShouldBe(code, text);
        problem.RootElement.GetProperty("status").GetInt32().ShouldBe(status, text);
        problem.RootElement.GetProperty("title").GetString()!.ShouldContain(says);
    }

    /// <summary>Uploads one file as evidence; the answer of <c>POST /evidence</c>.</summary>
    public static Task<HttpResponseMessage> Upload(this HttpClient caller, byte[] bytes, string name, string mediaType)
    {
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        var form = new MultipartFormDataContent { { part, "file", name } };
        return caller.PostAsync("/api/v1/evidence", form, TestContext.Current.CancellationToken);
    }
}
