using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.OutputCaching;

namespace Hengping.App.Platform;

/// <summary>
/// Pages that look the same to everybody who is not signed in are made once for each state of the log. What is kept is
/// named by that state (last event, how far the ratings have heard it, the minute), so an event makes every kept page
/// old by itself, on every node, and nothing has to be thrown away. What a page does not ask for by
/// <c>VaryByQueryKeys</c> is taken out of its address before anybody looks: nobody makes a page be made anew by words
/// of their own, or leaves them in one that others get.
/// </summary>
/// <param name="keptFor">How long at most.</param>
/// <param name="isOfLog">It says what the log says, to whoever is not signed in; else always the same, to anybody.
/// </param>
public sealed class PageCache(TimeSpan keptFor, bool isOfLog) : IOutputCachePolicy
{
    /// <summary>What <c>[OutputCache(PolicyName = …)]</c> of a page says.</summary>
    public const string Name = "page";

    /// <summary>What never changes while the program runs.</summary>
    public const string Fixed = "fixed";

    private const string Lang = "lang";
    private const string Theme = "theme";

    internal const long BytesMax = 64L * 1024 * 1024;
    internal const long PageBytesMax = 1024 * 1024;

    // Their values follow from the address alone, so everybody who asks for it gets the same.
    private static readonly string[] CookiesOfAddress = [Headers.LanguageCookie + "=", Theme + "="];

    /// <summary>How often a node asks whether the log has moved, in milliseconds.</summary>
    public static readonly Limit LookEvery = new("Pages:LookEveryMs", 1000) { Least = 0, Most = int.MaxValue };

    /// <summary>Adds the cache; <c>Pages:LookEveryMs</c> says how often a node asks for the state of the log.</summary>
    public static void Add(WebApplicationBuilder builder)
    {
        var every = LookEvery.In(builder.Configuration);
        builder.Services.AddSingleton(services => new LogState(
            services.GetRequiredService<Store>(),
            TimeSpan.FromMilliseconds(every)
        ));
        builder.Services.AddSingleton(services => new Gauges(
            services.GetRequiredService<House>(),
            services,
            TimeSpan.FromMilliseconds(every)
        ));
        builder.Services.AddOutputCache(options =>
        {
            options.SizeLimit = BytesMax;
            options.MaximumBodySize = PageBytesMax;
            options.AddPolicy(Name, new PageCache(TimeSpan.FromMinutes(1), isOfLog: true));
            options.AddPolicy(Fixed, new PageCache(TimeSpan.FromDays(1), isOfLog: false));
        });
    }

    /// <inheritdoc/>
    public async ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        var isSame =
            (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            && (!isOfLog || http.User.Identity?.IsAuthenticated != true)
            // What one browser was shown is for nobody else.
            && !http.Request.Query.ContainsKey(ShownPages.Field);
        context.EnableOutputCaching = isSame;
        context.AllowCacheLookup = isSame;
        context.AllowCacheStorage = isSame;
        context.AllowLocking = isSame;
        if (!isSame)
            return;
        context.ResponseExpirationTimeSpan = keptFor;
        http.Request.QueryString = Known(http);
        var vary = context.CacheVaryByRules;
        vary.VaryByHost = false;
        vary.QueryKeys = "*";
        vary.VaryByValues["coding"] = Coding(http.Request.Headers.AcceptEncoding.ToString());
        if (!isOfLog)
            return;
        vary.VaryByValues[Lang] = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        vary.VaryByValues[Theme] = ThemeOf(http.Request.Cookies[Theme]) ?? "";
        vary.VaryByValues["log"] = await http.RequestServices.GetRequiredService<LogState>().Now(cancellation);
    }

    // What the page asks for, as it stands there; language and theme as far as they are ones.
    private QueryString Known(HttpContext http)
    {
        var asked = http.Request.Query;
        var kept = new QueryBuilder();
        if (!isOfLog)
            return kept.ToQueryString();
        foreach (var key in http.GetEndpoint()?.Metadata.GetMetadata<OutputCacheAttribute>()?.VaryByQueryKeys ?? [])
            if (asked.TryGetValue(key, out var values))
                kept.Add(key, values.OfType<string>());
        if (asked.ContainsKey(Lang))
            kept.Add(Lang, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        if (ThemeOf(asked[Theme]) is { } theme)
            kept.Add(Theme, theme);
        return kept.ToQueryString();
    }

    private static string? ThemeOf(string? said) => said is "light" or "dark" ? said : null;

    /// <summary>A kept page goes out as if it had been made now.</summary>
    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        http.RequestServices.GetRequiredService<Metrics>().PageKept();
        // Made anew with each event, its age would say to the second when something happened that nobody sees, and that
        // its length is known beforehand that nothing did.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.Remove("Age");
            http.Response.Headers.Remove("Date");
            http.Response.ContentLength = null;
            return Task.CompletedTask;
        });
        return ValueTask.CompletedTask;
    }

    /// <summary>Keeps whole pages only, and none that gives its reader a cookie of their own.</summary>
    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        context.AllowCacheStorage &=
            response.StatusCode == StatusCodes.Status200OK
            && response.Headers.SetCookie.All(cookie =>
                CookiesOfAddress.Any(name => cookie?.StartsWith(name, StringComparison.Ordinal) == true)
            );
        return ValueTask.CompletedTask;
    }

    // What the compression will choose: three kinds of answer, not one for each browser's list.
    private static string Coding(string accepted) =>
        accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br"
        : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip"
        : "";

    /// <summary>The state of the log as a name, asked for at most so often.</summary>
    private sealed class LogState(Store store, TimeSpan every) : IDisposable
    {
        private readonly SemaphoreSlim asking = new(1, 1);
        private (long At, string Name) last = (0, "");

        private sealed record State(long Head, long Rated);

        public void Dispose() => asking.Dispose();

        public async ValueTask<string> Now(CancellationToken ct)
        {
            var last = this.last;
            if (last.At != 0 && System.Diagnostics.Stopwatch.GetElapsedTime(last.At) < every)
                return last.Name;
            await asking.WaitAsync(ct);
            try
            {
                // Whoever waited takes what the one before has found.
                if (this.last.At != last.At)
                    return this.last.Name;
                var at = System.Diagnostics.Stopwatch.GetTimestamp();
                var state = await store.First<State>(
                    """
                    select coalesce((select max(position) from events), 0) as Head,
                      coalesce((select max(position) from checkpoints where name = 'ratings'), 0) as Rated
                    """,
                    null,
                    ct
                );
                var minute = store.Now.ToUnixTimeSeconds() / 60;
                this.last = (at, string.Create(CultureInfo.InvariantCulture, $"{state?.Head}.{state?.Rated}.{minute}"));
                return this.last.Name;
            }
            finally
            {
                asking.Release();
            }
        }
    }
}
