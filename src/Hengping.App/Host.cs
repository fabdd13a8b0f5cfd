using Hengping.App.Accounts;
using Hengping.App.Demo;
using Hengping.App.Design;
using Hengping.App.Notices;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hengping.App;

/// <summary>Puts the house together: the ground, then what every room brings.</summary>
public static class Host
{
    // Of every body; large ones are watched more closely (BodyCosts).
    private const double BodyBytesPerSecondMin = 1024;

    /// <summary>Opens the store and puts the house together; the caller starts it.</summary>
    public static async Task<WebApplication> Build(SiteOptions options, CancellationToken ct)
    {
        var (clock, house) = (options.Clock ?? TimeProvider.System, Rooms.House);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "hengping" }
        );
        builder.Configuration.AddInMemoryCollection(options.Settings ?? new Dictionary<string, string?>());
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit.UsualBytesMax;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(BodyBytesPerSecondMin, TimeSpan.FromSeconds(10));
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // The cookie keys lie in the keys directory beside the master key, which is as secret as they are.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A start that fails is said by whoever started it, in one line; afterwards the host speaks again.
        var isRunning = false;
        builder.Logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host",
            level => isRunning && level >= LogLevel.Warning
        );
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(house);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<Metrics>();
        var site = SiteAddress.Of(builder.Configuration, options.Demo);
        builder.Services.AddSingleton(site);
        var store = await Store.Open(options.Place, house, clock, ct);
        Leftovers.Sweep(options.Place);
        store.AnswersAtOnce = builder.Configuration.GetValue<bool>("Bench:AnswersAtOnce");
        store.SmsPerDay = (int)SmsBudget.OfDay.In(builder.Configuration);
        // By a factory: the container closes what it made, and lets what it was handed lie open.
        builder.Services.AddSingleton(_ => store);
        builder.Services.AddSingleton<JobNotes>();
        // A clock that was handed over is turned by whoever did.
        var isWatched = options.Clock is null || builder.Configuration.GetValue<bool>("Clock:Watched");
        builder.Services.AddSingleton(services => new ClockGuard(
            store,
            clock,
            isWatched,
            services.GetRequiredService<ILogger<ClockGuard>>()
        ));
        builder.Services.Configure<JsonOptions>(json => CopyFormat(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(route => route.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi("v1", ApiPage.Describe);
        builder.Services.AddResponseCompression(ConfigureCompression);
        builder.Services.AddAntiforgery(ConfigureAntiforgery);
        builder.Services.AddRazorPages(pages => pages.RootDirectory = "/");
        builder.Services.AddMvcCore(mvc =>
        {
            mvc.ModelBinderProviders.Insert(0, new TextBinder());
            mvc.Filters.Add(new OnlyHandled());
            mvc.Filters.Add<ShownForms>();
        });
        builder.AddIdentity(options.Place);
        builder.AddLimits();
        builder.AddBodyLimit();
        PageCache.Add(builder);
        builder.AddOutbox(options.Demo, house.Messages, services => services.GetRequiredService<StoredWays>().Now);
        builder.AddListeners(opened => house.Listeners(opened, site));
        foreach (var room in house.Rooms)
            room.Add(builder, options);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => isRunning = true);
        app.Services.GetRequiredService<Metrics>().Use(app);
        app.UseSecurityHeaders();
        DemoBinding.Use(app);
        app.UseFaults(AwayPage.Show);
        app.UseLanguages();
        app.UseCleanText();
        app.UseQueryLimits();
        app.Use(Looks.Remember);
        app.UseHeadOfGet();
        app.UseRouting();
        app.UseClockGate();
        app.UseAuthentication();
        TokenAuthentication.UseKnownTokens(app);
        app.UseAuthorityCheck();
        app.UseRateLimiter();
        app.UseSharedLimits();
        app.UseAuthorization();
        app.UseFactorGate();
        app.UseTeamGate(house.OpenToReadOnly);
        app.UseReaderLanguages();
        app.UseLaw();
        app.UseOutputCache();
        // Inside the cache, so that what is kept is packed already.
        app.UseResponseCompression();
        ShownForms.Use(app);
        app.UseBodyLimit(BodyLimit.UsualBytesMax);
        app.UseSentForms(BodyLimit.UsualBytesMax);
        app.UseAntiforgery();
        app.UseOnce();
        app.MapOpenApi("/openapi/{documentName}.json").Anyone().CacheOutput(PageCache.Fixed);
        app.MapHealth();
        if (app.Configuration.GetValue<bool>("Bench:Unheard"))
            app.Services.GetRequiredService<ListenerRunner>().IsHeld = static () => true;
        app.MapRazorPages();
        var api = app.MapGroup("/api/v1").DisableAntiforgery();
        foreach (var room in house.Rooms)
            room.Map(api, app);
        return app;
    }

    // Case files are plain columns: a quarter of their bytes says it all.
    private static void ConfigureCompression(ResponseCompressionOptions compression)
    {
        compression.EnableForHttps = true;
        compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/csv"];
    }

    private static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => "ok").Anyone();
        app.MapGet("/readyz", Ready).Anyone();
        app.MapGet(
                "/metrics",
                async (Metrics metrics, Store store, Gauges gauges, CancellationToken ct) =>
                    Results.Text(await metrics.Text(store, gauges, ct), "text/plain; version=0.0.4")
            )
            .Anyone();
    }

    private static async Task<IResult> Ready(Store store, Readiness readiness, ClockGuard clock, CancellationToken ct)
    {
        if (readiness.Waiting is { } reason)
            return Results.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable);
        return (await store.Pulse(ct) ?? await clock.Doubt(ct)) is { } no
            ? Results.Text($"{no.Code}: {no.En}", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready");
    }

    private static void CopyFormat(System.Text.Json.JsonSerializerOptions format)
    {
        format.Encoder = Cli.JsonFormat.Encoder;
        format.DefaultIgnoreCondition = Cli.JsonFormat.DefaultIgnoreCondition;
        foreach (var converter in Cli.JsonFormat.Converters)
            format.Converters.Add(converter);
    }

    private static void ConfigureAntiforgery(AntiforgeryOptions antiforgery)
    {
        antiforgery.Cookie.Name = "hengping-form";
        antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        antiforgery.HeaderName = "X-Form-Token";
    }
}
