using System.Globalization;
using System.Text.Json;
using Hengping.Rules;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;

namespace Hengping.App.Platform;

/// <summary>Every fault leaves as a problem with a stable code (API) or as a page that says what to do.</summary>
public static class Faults
{
    private static readonly Refusal BadBody = new(
        "request.malformed",
        "请求内容不是有效的 JSON，或字段类型不对",
        "The body is not valid JSON, or a field has the wrong type"
    );

    private static readonly Refusal TooLarge = new("request.too-large", "内容太大", "The body is too large");

    /// <summary>The body is not what this door reads.</summary>
    public static readonly Refusal WrongType = new(
        "request.media-type",
        "不支持的内容类型，请以 JSON 提交（application/json）",
        "This content type is not accepted here; send JSON (application/json)"
    );

    private static readonly Refusal WrongMethod = new(
        "request.method",
        "该地址不支持此方法",
        "This address does not take this method"
    );

    /// <summary>Too often; nothing more is said.</summary>
    public static readonly Refusal TooMany = new(
        "request.too-many",
        "操作太频繁，请稍后再试",
        "Too many requests; try again a little later"
    );

    private static readonly Refusal Slowly = new(
        "request.slow",
        "内容传得太慢，连接已中断；请在网络好一些时重试",
        "What you sent came too slowly and was cut off; try again on a better connection"
    );

    private static readonly Refusal Ours = new(
        "fault",
        "系统出了点问题，我们已记录；请稍后再试",
        "Something went wrong on our side; it is logged. Please try again"
    );

    /// <summary>Where machines look whether the site lives: they are told in a word.</summary>
    private static readonly string[] ForMachines = ["/healthz", "/readyz", "/metrics"];

    /// <summary>Exceptions and bare status codes under /api become problems; pages go to /error.</summary>
    /// <param name="awayPage">Writes the page for people when the store is away, without asking the store.</param>
    public static void UseFaults(this WebApplication app, Func<HttpContext, Refusal, Task> awayPage)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandler = http => OnException(http, awayPage),
                AllowStatusCode404Response = true,
                // Logged as an error is what we did wrong, not what a caller did or a store that is away.
                SuppressDiagnosticsCallback = context =>
                    IsTheirs(context.Exception) || StoreAway.In(context.Exception) is not null,
            }
        );
        app.UseStatusCodePages(context =>
        {
            var http = context.HttpContext;
            if (!IsApi(http))
                return http.Request.Path.StartsWithSegments("/error") ? Task.CompletedTask : ToPage(context);
            return Named(http.Response.StatusCode) is { } refusal
                ? refusal.AsProblem(http.Response.StatusCode).ExecuteAsync(http)
                : Task.CompletedTask;
        });
    }

    /// <summary>The problem for "too many requests".</summary>
    public static Task Slow(HttpContext http) =>
        TooMany.AsProblem(StatusCodes.Status429TooManyRequests).ExecuteAsync(http);

    /// <summary>
    /// A refusal before any door: a problem for programs and scripts, the page of its status for whoever looks at one.
    /// </summary>
    public static Task Say(HttpContext http, Refusal refusal, int status)
    {
        if (refusal.Wait is { } wait)
            http.Response.RetryAfter(wait);
        if (IsApi(http) || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            return refusal.AsProblem(status).ExecuteAsync(http);
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static readonly Action<ILogger, string, int, Exception?> LogTheirs = LoggerMessage.Define<string, int>(
        LogLevel.Information,
        new EventId(1, "RefusedRequest"),
        "A {Method} request was refused with {Status}"
    );

    private static readonly Action<ILogger, string, string, Exception?> LogAway = LoggerMessage.Define<string, string>(
        LogLevel.Warning,
        new EventId(2, "StoreAway"),
        "Requests are answered with {Code}: {Message}"
    );

    private static bool IsTheirs(Exception? fault) =>
        fault is not null
        && (
            (StoreAway.IsOfCaller(fault) && StoreAway.In(fault) is null)
            || (fault as Refused)?.Refusal == KeyRing.Destroyed
        );

    /// <summary>A program asks.</summary>
    internal static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api");

    private static Refusal? Named(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => BadBody,
            StatusCodes.Status401Unauthorized => Problems.NotSignedIn,
            StatusCodes.Status403Forbidden => Problems.NotYourRole,
            StatusCodes.Status404NotFound => Problems.NotFound,
            StatusCodes.Status405MethodNotAllowed => WrongMethod,
            StatusCodes.Status408RequestTimeout => Slowly,
            StatusCodes.Status410Gone => KeyRing.Destroyed,
            StatusCodes.Status413PayloadTooLarge => TooLarge,
            StatusCodes.Status415UnsupportedMediaType => WrongType,
            StatusCodes.Status429TooManyRequests => TooMany,
            StatusCodes.Status503ServiceUnavailable => StoreAway.Away,
            _ => null,
        };

    private static Task OnException(HttpContext http, Func<HttpContext, Refusal, Task> awayPage)
    {
        // The language was that of the request, which has been left.
        if (http.Features.Get<IRequestCultureFeature>() is { } asked)
            CultureInfo.CurrentUICulture = asked.RequestCulture.UICulture;
        var fault = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var status = fault switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            JsonException => StatusCodes.Status400BadRequest,
            Refused { Refusal: var gone } when gone == KeyRing.Destroyed => StatusCodes.Status410Gone,
            _ when StoreAway.In(fault) is not null => StatusCodes.Status503ServiceUnavailable,
            IOException when IsTheirs(fault) => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status500InternalServerError,
        };
        if (status == StatusCodes.Status503ServiceUnavailable)
            return SayAway(http, StoreAway.In(fault) ?? new StoreAway(StoreAway.Away, fault), awayPage);
        if (IsTheirs(fault))
            LogTheirs(LogOf(http), http.Request.Method, status, null);
        http.Response.StatusCode = status;
        if (!IsApi(http))
        {
            http.Response.Redirect($"/error/{status}");
            Metrics.CountAs(http, status);
            return Task.CompletedTask;
        }
        return (Named(status) ?? Ours).AsProblem(status).ExecuteAsync(http);
    }

    // In place: the same address, so that asking again is asking the same, with all that was typed.
    private static Task SayAway(HttpContext http, StoreAway away, Func<HttpContext, Refusal, Task> awayPage)
    {
        if (IsSaidAgain())
            LogAway(LogOf(http), away.Refusal.Code, away.InnerException?.Message ?? "", null);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.RetryAfter(StoreAway.Wait);
        http.Response.Headers.CacheControl = "no-store";
        if (IsApi(http))
            return away.Refusal.AsProblem(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(http);
        return ForMachines.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))
            ? http.Response.WriteAsync($"{away.Refusal.Code}: {away.Refusal.En}")
            : awayPage(http, away.Refusal);
    }

    // Every request says the same while it lasts: the log hears it once a second.
    private static bool IsSaidAgain()
    {
        var (now, last) = (Environment.TickCount64, Interlocked.Read(ref SaidAtMs));
        return now - last >= 1000 && Interlocked.CompareExchange(ref SaidAtMs, now, last) == last;
    }

    private static long SaidAtMs;

    private static ILogger LogOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Faults));

    private static async Task ToPage(StatusCodeContext context)
    {
        var http = context.HttpContext;
        // What a form was refused with is looked at by its own address: reloading it sends nothing.
        if (ByBrowser.Sent(http.Request))
        {
            Metrics.CountAs(http, http.Response.StatusCode);
            http.Response.Headers.RetryAfter = default;
            http.Response.Headers.Location = $"/error/{http.Response.StatusCode}";
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            return;
        }
        var (path, query, endpoint) = (http.Request.Path, http.Request.QueryString, http.GetEndpoint());
        http.Request.Path = $"/error/{http.Response.StatusCode}";
        http.Request.QueryString = QueryString.Empty;
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        try
        {
            await context.Next(http);
        }
        finally
        {
            (http.Request.Path, http.Request.QueryString) = (path, query);
            http.SetEndpoint(endpoint);
        }
    }
}
