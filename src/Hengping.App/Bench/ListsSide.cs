using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Dapper;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Hengping.App.Bench;

/// <summary>A store with so many cases and a server on it.</summary>
internal sealed record ListsSide(BenchPlace Place, ServerProcess Server, ListsAsked Asked, double BytesPerCase)
    : IAsyncDisposable
{
    // Whoever looks first at so many cases waits until their snapshots are made.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromMinutes(15),
    };

    private Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    public static async Task<ListsSide> Open(
        House house,
        string? postgres,
        int cases,
        string? keep,
        CancellationToken ct
    )
    {
        var kept = keep is null ? null : Path.Combine(keep, cases.ToString(CultureInfo.InvariantCulture));
        var place = await BenchPlace.Create(house, postgres, ct, kept);
        try
        {
            var (asked, bytes) = await Filled(place, kept, cases, ct);
            var open = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                // The bench's cases are old and silent: a clock that moves them would be measured, too.
                ["Ticks__PerSecond"] = "0",
                ["Limits__AnonymousPerSecond"] = "1000000",
                ["Limits__SessionPerSecond"] = "1000000",
                ["Limits__TokenPerSecond"] = "1000000",
            };
            var server = await ServerProcess.Start(place.Store, open, ct);
            var side = new ListsSide(place, server, asked, bytes / cases);
            await side.SignIn(ct);
            return side;
        }
        catch
        {
            await place.DisposeAsync();
            throw;
        }
    }

    private static async Task<(ListsAsked, double Bytes)> Filled(
        BenchPlace place,
        string? kept,
        int cases,
        CancellationToken ct
    )
    {
        await using var store = await place.Open(ct);
        var note = kept is null ? null : Path.Combine(kept, "asked.json");
        if (note is not null && File.Exists(note))
            return (JsonSerializer.Deserialize<ListsAsked>(await File.ReadAllTextAsync(note, ct))!, await Size());
        var since = Stopwatch.StartNew();
        var asked = await VariedCases.Load(store, cases, ct);
        await OtherLists.Fill(store, cases, ct);
        Say("loaded", since);
        await BulkCases.SkipListeners(store, "ratings", ct);
        await Listening.CatchUp(store, [Ratings.RatingsListener.Instance], ct);
        // PostgreSQL does it by itself, a while later. A single word would be taken for the name of a procedure.
        if (place.Store.Postgres is not null)
            await store.Write((db, tx) => db.ExecuteAsync("analyze;", transaction: tx), ct);
        Say("summed", since);
        if (note is not null)
            await File.WriteAllTextAsync(note, JsonSerializer.Serialize(asked), ct);
        return (asked, await Size());

        static void Say(string what, Stopwatch since) =>
            Cli.Say(
                string.Create(CultureInfo.InvariantCulture, $"lists: {what} after {since.Elapsed.TotalSeconds:0} s")
            );

        async Task<double> Size() => await store.SizeBytes(ct);
    }

    // A session is begun as the sign-in page begins it, by the keys that lie beside the store.
    private async Task SignIn(CancellationToken ct)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddIdentity(Place.Store);
        await using var store = await Place.Open(ct);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton(TimeProvider.System);
        await using var app = builder.Build();
        var callers = app.Services.GetRequiredService<TokenCallers>();
        var format = app
            .Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(Sessions.Name)
            .TicketDataFormat;
        foreach (var (role, token) in Asked.Tokens)
        {
            var known = (await callers.OfToken(token, ct))!.Caller;
            var principal = await Sessions.Begin(store, known, "bench", "127.0.0.*", ct);
            Cookies[role] = format.Protect(new AuthenticationTicket(principal, Sessions.Name));
        }
    }

    public string NameOf(ListsAsked.Ask ask) =>
        $"{ask.Who} {ask.Path}"
            .Replace(Asked.Big.ToString(), "BIG", StringComparison.Ordinal)
            .Replace(Asked.Small.ToString(), "SMALL", StringComparison.Ordinal)
            .Replace(Asked.Number, "NUMBER", StringComparison.Ordinal);

    // A page that sends whoever asks elsewhere is no list of theirs, and is said.
    public async Task<bool> IsOpen(ListsAsked.Ask ask, CancellationToken ct)
    {
        using var answer = await http.SendAsync(Request(ask.Who, ask.Path), ct);
        if ((int)answer.StatusCode is < 300 or >= 400)
            return true;
        Cli.Say($"lists: {ask.Who} {ask.Path} leads to {answer.Headers.Location}");
        return false;
    }

    private HttpRequestMessage Request(string who, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://{Server.Address}{path}");
        if (path.StartsWith("/api", StringComparison.Ordinal))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Asked.Tokens[who]);
        else
            request.Headers.Add("Cookie", $"{Sessions.Name}={Cookies[who]}");
        return request;
    }

    public async Task<string> Get(ListsAsked.Ask ask, CancellationToken ct)
    {
        var path = ask.Path;
        using var request = Request(ask.Who, path);
        using var answer = await http.SendAsync(request, ct);
        var body = await answer.Content.ReadAsStringAsync(ct);
        return answer.IsSuccessStatusCode
            ? body
            : throw new Refused("bench.refused", "服务拒绝了请求", $"{(int)answer.StatusCode} {path} {body}");
    }

    public static string? Next(ListsAsked.Ask ask, string body)
    {
        if (ask.IsPage)
            return NextLink(body);
        using var json = JsonDocument.Parse(body);
        return
            json.RootElement.TryGetProperty("cursor", out var cursor)
            && cursor.ValueKind == JsonValueKind.String
            && cursor.GetString() is { Length: > 0 } at
            ? QueryHelpers.AddQueryString(ask.Path, "cursor", at)
            : null;
    }

    private static string? NextLink(string page)
    {
        const string Href = "href=\"";
        var next = page.IndexOf("rel=\"next\"", StringComparison.Ordinal);
        if (next < 0)
            return null;
        var at = page.LastIndexOf(Href, next, StringComparison.Ordinal) + Href.Length;
        return System.Net.WebUtility.HtmlDecode(page[at..page.IndexOf('"', at)]);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Server.DisposeAsync();
        await Place.DisposeAsync();
    }
}
