using System.Text.Json;
using Hengping.Rules;
using Microsoft.AspNetCore.Diagnostics;

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
        "系统出了点问题，我们已记录；您的内容没有丢失，请稍后再试",
        "Something went wrong on our side; it is logged. Please try again"
    );

    /// <summary>Exceptions and bare status codes under /api become problems; pages go to /error.</summary>
    public static void UseFaults(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandler = OnException,
                AllowStatusCode404Response = true,
                // Logged as an error is what we did wrong, not what a caller did.
                SuppressDiagnosticsCallback = context => IsTheirs(context.Exception),
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

    private static bool IsTheirs(Exception? fault) => fault is BadHttpRequestException;

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
            StatusCodes.Status413PayloadTooLarge => TooLarge,
            StatusCodes.Status415UnsupportedMediaType => WrongType,
            StatusCodes.Status429TooManyRequests => TooMany,
            _ => null,
        };

    private static Task OnException(HttpContext http)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var status = fault switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            JsonException => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status500InternalServerError,
        };
        if (IsTheirs(fault))
            LogTheirs(
                http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Faults)),
                http.Request.Method,
                status,
                null
            );
        http.Response.StatusCode = status;
        if (!IsApi(http))
        {
            http.Response.Redirect($"/error/{status}");
            return Task.CompletedTask;
        }
        return (Named(status) ?? Ours).AsProblem(status).ExecuteAsync(http);
    }

    private static async Task ToPage(StatusCodeContext context)
    {
        var http = context.HttpContext;
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
