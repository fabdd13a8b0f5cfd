using Hengping.App.Accounts;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Demo;
using Hengping.App.Design;
using Hengping.App.Desk;
using Hengping.App.Evidence;
using Hengping.App.Merchants;
using Hengping.App.Notices;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.App.Reports;
using Hengping.App.Taxonomies;
using Hengping.App.Workbench;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hengping.App;

/// <summary>What <c>serve</c> and the tests ask for.</summary>
/// <param name="Urls">Addresses to bind; port 0 picks a free one.</param>
/// <param name="Demo">A generated market, and sign-in by role.</param>
/// <param name="Clock">Time; tests turn it.</param>
/// <param name="Settings">Configuration that wins over files and environment, as <c>Limits:TokenPerSecond</c>.</param>
public sealed record HostOptions(
    StorePlace Place,
    string Urls,
    bool Demo = false,
    TimeProvider? Clock = null,
    IReadOnlyDictionary<string, string?>? Settings = null
);

/// <summary>The table of contents: every room, one line each.</summary>
public static class Host
{
    private const int BodyBytesMax = 2 * 1024 * 1024;

    // Of every body; large ones are watched more closely (BodyCosts).
    private const double BodyBytesPerSecondMin = 1024;

    /// <summary>Opens the store and puts the house together; the caller starts it.</summary>
    public static async Task<WebApplication> Build(HostOptions options, CancellationToken ct)
    {
        var clock = options.Clock ?? TimeProvider.System;
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "hengping" }
        );
        builder.Configuration.AddInMemoryCollection(options.Settings ?? new Dictionary<string, string?>());
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
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
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<Metrics>();
        var site = SiteAddress.Of(builder.Configuration, options.Demo);
        builder.Services.AddSingleton(site);
        var store = await Store.Open(options.Place, Books.All, clock, ct);
        Leftovers.Sweep(options.Place);
        store.AnswersAtOnce = builder.Configuration.GetValue<bool>("Bench:AnswersAtOnce");
        store.SmsPerDay = builder.Configuration.GetValue("Sms:PerDay", SmsBudget.PerDayDefault);
        builder.Services.AddSingleton(store);
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
        builder.Services.AddMvcCore(mvc => mvc.ModelBinderProviders.Insert(0, new TextBinder()));
        builder.AddIdentity(options.Place);
        builder.AddLimits();
        builder.AddBodyLimit();
        PageCache.Add(builder);
        builder.AddDesign();
        builder.AddOutbox(options.Demo, Messages.All, services => services.GetRequiredService<StoredWays>().Now);
        builder.AddEvidence();
        builder.AddRooms(options.Place, site);
        builder.AddDemo(options.Demo);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => isRunning = true);
        app.Services.GetRequiredService<Metrics>().Use(app);
        app.UseSecurityHeaders();
        DemoBinding.Use(app);
        app.UseFaults(AwayPage.Show);
        app.UseLanguages();
        app.UseCleanText();
        app.UseQueryLimits();
        app.UseDesign();
        app.UseHeadOfGet();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorityCheck();
        app.UseRateLimiter();
        app.UseSharedLimits();
        app.UseAuthorization();
        app.UseFactorGate();
        app.UseTeamGate();
        app.UseReaderLanguages();
        app.UseLaw();
        app.UseOutputCache();
        // Inside the cache, so that what is kept is packed already.
        app.UseResponseCompression();
        app.UseBodyLimit(BodyBytesMax);
        app.UseSentForms(BodyBytesMax);
        app.UseAntiforgery();
        app.UseOnce();
        app.MapOpenApi("/openapi/{documentName}.json").Anyone().CacheOutput(PageCache.Fixed);
        app.MapHealth();
        app.MapDesign();
        app.MapRazorPages();
        app.MapRooms();
        return app;
    }

    // Case files are plain columns: a quarter of their bytes says it all.
    private static void ConfigureCompression(ResponseCompressionOptions compression)
    {
        compression.EnableForHttps = true;
        compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/csv"];
    }

    private static void AddRooms(this WebApplicationBuilder builder, StorePlace place, SiteAddress site)
    {
        builder.Services.AddClocks(place);
        builder.Services.AddComplaints();
        builder.Services.AddDesk();
        builder.Services.AddJob<ReportKeeping>();
        builder.Services.AddJob<CountReportTerms>();
        builder.Services.AddJob<ErasureRound>();
        builder.Services.AddJob<OldTraces>();
        builder.Services.AddJob<TeamDigest>();
        builder.Services.AddOperators();
        builder.Services.AddAccounts(site.Origin);
        builder.AddListeners(store => Listeners.All(store, site));
    }

    private static void MapRooms(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").DisableAntiforgery();
        api.MapTaxonomies();
        api.MapComplaints();
        api.MapDesk();
        api.MapWorkbench();
        api.MapMerchants();
        ClaimDecision.Map(api);
        api.MapReports();
        api.MapRatings();
        api.MapUpload();
        api.MapRead();
        app.MapRead();
        AnswerPage.MapEvidence(app);
        LogoDoor.Map(app);
    }

    private static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => "ok").Anyone();
        app.MapGet("/readyz", Ready).Anyone();
        app.MapGet(
                "/metrics",
                async (Metrics metrics, Store store, CancellationToken ct) =>
                    Results.Text(await metrics.Text(store, ct), "text/plain; version=0.0.4")
            )
            .Anyone();
    }

    private static async Task<IResult> Ready(Store store, Readiness readiness, CancellationToken ct)
    {
        if (readiness.Waiting is { } reason)
            return Results.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable);
        return await store.Pulse(ct) is { } no
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

/// <summary>Whether the site may be called ready; the demo fills its store first.</summary>
public sealed class Readiness
{
    /// <summary>What is waited for, or null when ready.</summary>
    public string? Waiting { get; set; }
}
