using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hengping.App.Platform;

/// <summary>
/// Bodies that say they are too large get their 413 before they are read. The server would cut the connection while
/// the caller still sends, and the caller would see a broken pipe instead of an answer; so what comes is drained.
/// </summary>
public static class BodyLimit
{
    /// <summary>What is drained to let the answer through; beyond it the connection is cut after all.</summary>
    private const long DrainedMax = 64 * 1024 * 1024;

    /// <summary>Judges the declared length by the door's own limit, or by <paramref name="bytesMax"/>.</summary>
    public static void UseBodyLimit(this WebApplication app, long bytesMax) =>
        app.Use(
            (http, next) =>
            {
                var own = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize;
                if (!(http.Request.ContentLength > (own ?? bytesMax)))
                    return next(http);
                if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                    limit.MaxRequestBodySize = DrainedMax;
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return Task.CompletedTask;
            }
        );
}
