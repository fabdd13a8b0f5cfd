namespace Hengping.App.Platform;

/// <summary>
/// Who asks was confirmed by the store a moment ago, or nothing is done: a node that is cut off goes on for nobody.
/// </summary>
public sealed class Unconfirmed()
    : BadHttpRequestException("The store cannot say who this is", StatusCodes.Status503ServiceUnavailable);

/// <summary>When the store last confirmed the caller of a request, and how it is asked again.</summary>
/// <param name="Holds">False where the token or the session is void by now, or of another role.</param>
public sealed record Authority(Func<CancellationToken, ValueTask<bool>> Holds);

/// <summary>A body may take long to come in. Who began to send it need not be who they were when it ends.</summary>
public static class AuthorityCheck
{
    /// <summary>Older than that, authority is asked for again.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(5);

    /// <summary>Watches the bodies of whoever is signed in.</summary>
    public static void UseAuthorityCheck(this WebApplication app)
    {
        var clock = app.Services.GetRequiredService<TimeProvider>();
        app.Use(
            (http, next) =>
            {
                if (http.Features.Get<Authority>() is { } authority && !IsLook(http.Request.Method))
                    http.Request.Body = Watch(http.Request.Body, authority, clock);
                return next(http);
            }
        );
    }

    /// <summary>A body whose sender is asked for again when it takes long.</summary>
    internal static Stream Watch(Stream body, Authority authority, TimeProvider clock) =>
        new Watched(body, authority, clock);

    private static bool IsLook(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private sealed class Watched(Stream inner, Authority authority, TimeProvider clock) : OneWayStream
    {
        private long confirmedAt = clock.GetTimestamp();

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (clock.GetElapsedTime(confirmedAt) <= AgeMax)
                return read;
            if (!await authority.Holds(cancellationToken))
                throw new BadHttpRequestException("Signed out meanwhile", StatusCodes.Status401Unauthorized);
            confirmedAt = clock.GetTimestamp();
            return read;
        }
    }
}
