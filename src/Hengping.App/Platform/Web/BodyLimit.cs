using Hengping.Rules;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hengping.App.Platform;

/// <summary>
/// Bodies that are too large for who sends them get their answer before they are read. The server would cut the
/// connection while the caller still sends, and the caller would see a broken pipe instead of an answer; so what comes
/// is drained. Large ones that may come are counted and watched while they do.
/// </summary>
public static class BodyLimit
{
    /// <summary>What a door takes that says nothing else.</summary>
    public const int UsualBytesMax = 2 * 1024 * 1024;

    /// <summary>What is drained to let the answer through; beyond it the connection is cut after all.</summary>
    private const long DrainedMax = 64 * 1024 * 1024;

    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(10);

    private static readonly Refusal PassNeeded = new(
        "body.pass",
        "超过 2 MB 的内容，请先登录，或从本站页面打开表单后再提交",
        "More than 2 MB is taken after sign-in, or from a form opened on our pages"
    );

    private static readonly Refusal TooManyHere = new(
        "body.too-many-here",
        "您所在的网络正在上传的文件太多，请稍后再试",
        "Too many files are being sent from your network; try again a little later"
    )
    {
        Wait = AgainAfter,
    };

    private static readonly Refusal TooMany = new(
        "body.too-many",
        "正在上传的文件太多，请稍后再试",
        "Too many files are being sent right now; try again a little later"
    )
    {
        Wait = AgainAfter,
    };

    private static readonly Refusal DiskLow = new(
        "body.disk-low",
        "本站存储空间不足，暂不接收大文件，请稍后再试",
        "There is too little room left to take large files; try again later"
    )
    {
        Wait = TimeSpan.FromMinutes(10),
    };

    /// <summary>What is needed to judge bodies.</summary>
    public static void AddBodyLimit(this WebApplicationBuilder builder)
    {
        var costs = builder.Configuration.GetSection(BodyCosts.Section).Get<BodyCosts>() ?? new BodyCosts();
        builder.Services.AddSingleton(new BodyGate(costs));
        builder.Services.AddSingleton<BodyPasses>();
    }

    private static readonly Refusal Packed = new(
        "request.encoding",
        "请求正文不要压缩",
        "Bodies are taken as they are, not compressed"
    );

    /// <summary>Judges a body by its door and its sender; the usual is <paramref name="bytesMax"/>.</summary>
    public static void UseBodyLimit(this WebApplication app, long bytesMax)
    {
        var gate = app.Services.GetRequiredService<BodyGate>();
        var passes = app.Services.GetRequiredService<BodyPasses>();
        var place = app.Services.GetRequiredService<Store>().Place;
        app.Use(
            (http, next) =>
            {
                // The page that says what was refused comes this way again.
                if (!http.Items.TryAdd(typeof(BodyLimit), value: null))
                    return next(http);
                if (http.Request.Headers.ContentEncoding is { Count: > 0 } packed && packed != "identity")
                    return Refuse(http, Packed, StatusCodes.Status415UnsupportedMediaType);
                var sizes = http.GetEndpoint()?.Metadata;
                var large = sizes?.GetMetadata<LargeBodyAttribute>();
                if (large is null)
                {
                    var own = sizes?.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize;
                    return http.Request.ContentLength > (own ?? bytesMax) ? TooLarge(http) : next(http);
                }
                if (!IsMoreThan(bytesMax, http.Request))
                    return Watched(gate, http, next);
                var caller = Caller.Of(http.User);
                var pass = caller is null ? passes.GivenTo(http.Request) : null;
                if (!large.ReadsParts && caller is null && pass is null)
                {
                    // One that does not say how long it is may be short.
                    if (http.Request.ContentLength is not null)
                        return Refuse(http, PassNeeded, StatusCodes.Status413PayloadTooLarge);
                    Take(http, bytesMax);
                    return Watched(gate, http, next);
                }
                var bytes = http.Request.ContentLength ?? large.BytesMax;
                if (bytes > large.BytesMax)
                    return TooLarge(http);
                var who = new BodySender(Device.AddressOf(http), caller?.Account, pass);
                var (room, answer) = gate.Enter(who, bytes, BytesFree(place.Data));
                if (room is null)
                    return TurnAway(http, answer);
                Take(http, large.BytesMax);
                return Within(gate, room, http, next);
            }
        );
    }

    private static bool IsMoreThan(long bytes, HttpRequest request) =>
        request.ContentLength is { } length
            ? length > bytes
            // HTTP/2 has no header that says a body of unknown length comes.
            : request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody
                ?? request.Headers.ContainsKey("Transfer-Encoding");

    // A body that is spooled to disk comes at a least speed, whatever its size: many silent ones fill it, too.
    private static async Task Watched(
        BodyGate gate,
        HttpContext http,
        RequestDelegate next,
        BodyGate.Place? place = null
    )
    {
        var seconds = Caller.Of(http.User) is null ? gate.Costs.NamelessSecondsMax : gate.Costs.SecondsMax;
        await using var watched = new WatchedBody(http.Request.Body, gate.Costs, seconds, place);
        http.Request.Body = watched;
        await next(http);
    }

    private static async Task Within(BodyGate gate, BodyGate.Place place, HttpContext http, RequestDelegate next)
    {
        using (place)
            await Watched(gate, http, next, place);
    }

    private static Task TurnAway(HttpContext http, BodyAnswer answer) =>
        answer switch
        {
            BodyAnswer.TooManyHere => Refuse(http, TooManyHere, StatusCodes.Status429TooManyRequests),
            BodyAnswer.TooMany => Refuse(http, TooMany, StatusCodes.Status503ServiceUnavailable),
            _ => Refuse(http, DiskLow, StatusCodes.Status503ServiceUnavailable),
        };

    private static void Take(HttpContext http, long bytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = bytes;
    }

    private static Task TooLarge(HttpContext http)
    {
        Take(http, DrainedMax);
        SentForms.Forget(http);
        http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpContext http, Refusal refusal, int status)
    {
        Take(http, DrainedMax);
        SentForms.Forget(http);
        return Faults.Say(http, refusal, status);
    }

    /// <summary>What is free where a directory lies.</summary>
    internal static long BytesFree(string directory) => new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;
}
