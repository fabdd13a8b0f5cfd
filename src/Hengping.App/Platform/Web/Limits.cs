using System.Globalization;
using System.Threading.RateLimiting;
using Hengping.Rules;
using Microsoft.AspNetCore.RateLimiting;

namespace Hengping.App.Platform;

/// <summary>Requests a second by kind of caller. Configuration section <c>Limits</c>; these are the defaults.</summary>
public sealed class Limits
{
    /// <summary>Where they are set.</summary>
    public const string Section = "Limits";

    /// <summary>An API token.</summary>
    public int TokenPerSecond { get; init; } = 1_000;

    /// <summary>A session of the pages.</summary>
    public int SessionPerSecond { get; init; } = 60;

    /// <summary>An address nobody has signed in from.</summary>
    public int AnonymousPerSecond { get; init; } = 60;

    /// <summary>Guesses of case number and phone, one-time codes and passwords: a minute, an address.</summary>
    public int GuessesPerMinute { get; init; } = 30;

    /// <summary>Policy name for doors where somebody could guess: what they send is counted, not what they look at.
    /// All nodes share the count.</summary>
    public const string Guessing = "guessing";

    /// <summary>The same for whoever reports: each node counts for itself, for nothing of an anonymous reporter's
    /// address, not even a print, may come into the store.</summary>
    public const string GuessingUnseen = "guessing-unseen";

    /// <summary>Policy name for doors where somebody without an account writes: who signed in has a limit of their own.
    /// </summary>
    public const string Writing = "writing";
}

/// <summary>Puts the limits on every request.</summary>
public static class LimitsSetup
{
    /// <summary>One limiter by caller, one more on the doors where somebody could guess.</summary>
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var limits = builder.Configuration.GetSection(Limits.Section).Get<Limits>() ?? new Limits();
        builder.Services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => ByCaller(http, limits));
            options.AddPolicy(Limits.Guessing, http => ByMinute(http, limits));
            options.AddPolicy(Limits.GuessingUnseen, http => ByMinute(http, limits));
            options.AddPolicy(
                Limits.Writing,
                http =>
                    Caller.Of(http.User) is null ? ByMinute(http, limits) : RateLimitPartition.GetNoLimiter("signed-in")
            );
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) => new ValueTask(TurnAway(context.HttpContext, context.Lease));
        });
    }

    private static Task TurnAway(HttpContext http, RateLimitLease lease)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.RetryAfter(
            lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1)
        );
        return Faults.Slow(http);
    }

    /// <summary>
    /// Behind the limits of this process: guesses that all nodes count together. What one node alone would let through
    /// never comes here, so a flood waits at its door and not at the store's.
    /// </summary>
    public static void UseSharedLimits(this WebApplication app)
    {
        var limits = app.Configuration.GetSection(Limits.Section).Get<Limits>() ?? new Limits();
        var guesses = new Allowance("guesses", limits.GuessesPerMinute, TimeSpan.FromMinutes(1), Faults.TooMany);
        var around = Around(limits);
        app.Use(
            async (http, next) =>
            {
                var policy = PolicyOf(http);
                using var lease = policy is null ? null : around.AttemptAcquire(http);
                if (lease is { IsAcquired: false })
                    await TurnAway(http, lease);
                else if (policy == Limits.Guessing && await Taken(guesses, http) is { } no)
                    await no.AsSlow(http).ExecuteAsync(http);
                else
                    await next(http);
            }
        );
    }

    private static Task<Refusal?> Taken(Allowance guesses, HttpContext http)
    {
        var store = http.RequestServices.GetRequiredService<Store>();
        return Allowance.Under(
            store,
            async (db, transaction) =>
            {
                foreach (var ring in Device.RingsOf(Device.AddressOf(http)))
                    if (await guesses.For(ring).Take(store, ring.Whom, db, transaction) is { } no)
                        return no;
                return null;
            },
            http.RequestAborted
        );
    }

    private static string? PolicyOf(HttpContext http) =>
        IsLook(http)
            ? null
            : http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName switch
            {
                Limits.Writing when Caller.Of(http.User) is not null => null,
                var policy => policy,
            };

    // The networks around an address, in this process. Only what its address' own limit let through is counted here:
    // else one address would use up what its neighbours have.
    private static PartitionedRateLimiter<HttpContext> Around(Limits limits) =>
        PartitionedRateLimiter.CreateChained(RingAround(1, limits), RingAround(2, limits));

    private static PartitionedRateLimiter<HttpContext> RingAround(int at, Limits limits) =>
        PartitionedRateLimiter.Create<HttpContext, string>(http =>
            Device.RingsOf(Device.AddressOf(http)) is var rings && rings.Count > at
                ? Minute("guess:" + rings[at].Whom, limits.GuessesPerMinute * rings[at].Times)
                : RateLimitPartition.GetNoLimiter("none")
        );

    // A look guesses nothing: whoever reads a page again and again is held by the limit for readers.
    private static bool IsLook(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    /// <summary>Says in how many seconds it is worth asking again.</summary>
    public static void RetryAfter(this HttpResponse response, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    private static RateLimitPartition<string> ByCaller(HttpContext http, Limits limits)
    {
        if (http.Request.Path.StartsWithSegments("/lib") || http.Request.Path.StartsWithSegments("/healthz"))
            return RateLimitPartition.GetNoLimiter("static");
        if (Caller.Of(http.User) is not { } caller)
            return Bucket("address:" + Device.AddressOf(http), limits.AnonymousPerSecond);
        return http.User.Identity!.AuthenticationType == TokenAuthentication.Name
            ? Bucket("token:" + caller.Account.ToString("N"), limits.TokenPerSecond)
            : Bucket("session:" + caller.Account.ToString("N"), limits.SessionPerSecond);
    }

    private static RateLimitPartition<string> Bucket(string key, int perSecond) =>
        RateLimitPartition.GetTokenBucketLimiter(
            key,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(perSecond, 1) * 2,
                TokensPerPeriod = Math.Max(perSecond / 10, 1),
                ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                AutoReplenishment = true,
                QueueLimit = 0,
            }
        );

    private static RateLimitPartition<string> ByMinute(HttpContext http, Limits limits) =>
        IsLook(http)
            ? RateLimitPartition.GetNoLimiter("look")
            : Minute("guess:" + Device.AddressOf(http), limits.GuessesPerMinute);

    private static RateLimitPartition<string> Minute(string whom, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(
            whom,
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = permits,
                Window = TimeSpan.FromMinutes(1),
                QueueLimit = 0,
            }
        );
}
