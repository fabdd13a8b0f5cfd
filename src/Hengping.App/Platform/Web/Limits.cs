using System.Globalization;
using System.Threading.RateLimiting;
using Hengping.Rules;
using Microsoft.AspNetCore.RateLimiting;

namespace Hengping.App.Platform;

/// <summary>Requests a second by kind of caller. Configuration section <c>Limits</c>; these are the defaults.</summary>
public sealed class Limits
{
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
        var limits = builder.Configuration.GetSection("Limits").Get<Limits>() ?? new Limits();
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
            options.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
                    ? after
                    : TimeSpan.FromSeconds(1);
                context.HttpContext.Response.RetryAfter(wait);
                return new ValueTask(Faults.Slow(context.HttpContext));
            };
        });
    }

    /// <summary>
    /// Behind the limits of this process: guesses that all nodes count together. What one node alone would let through
    /// never comes here, so a flood waits at its door and not at the store's.
    /// </summary>
    public static void UseSharedLimits(this WebApplication app)
    {
        var limits = app.Configuration.GetSection("Limits").Get<Limits>() ?? new Limits();
        var guesses = new Allowance("guesses", limits.GuessesPerMinute, TimeSpan.FromMinutes(1), Faults.TooMany);
        app.Use(
            async (http, next) =>
            {
                if (IsGuess(http) && await Taken(guesses, http) is { } no)
                    await no.AsSlow(http).ExecuteAsync(http);
                else
                    await next(http);
            }
        );
    }

    private static Task<Refusal?> Taken(Allowance guesses, HttpContext http) =>
        guesses.Take(http.RequestServices.GetRequiredService<Store>(), Device.AddressOf(http), http.RequestAborted);

    private static bool IsGuess(HttpContext http) =>
        !IsLook(http)
        && http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == Limits.Guessing;

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
            : RateLimitPartition.GetFixedWindowLimiter(
                "guess:" + Device.AddressOf(http),
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = limits.GuessesPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                    QueueLimit = 0,
                }
            );
}
