using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// <c>Idempotency-Key</c>: the answer of a creating POST is made before the commit and stored with it, so the same key
/// and body get the first answer again, and another body is refused with 422.
/// </summary>
public static class Idempotency
{
    private const string Header = "Idempotency-Key";
    private const int KeyLengthMax = 200;

    private static readonly Refusal Mismatch = new(
        "idempotency.mismatch",
        "同一 Idempotency-Key 已用于另一内容",
        "This Idempotency-Key was used with another body"
    );

    private static readonly Refusal BadKey = new(
        "idempotency.key",
        $"Idempotency-Key 应为 1–{KeyLengthMax} 个可见字符",
        $"An Idempotency-Key has 1–{KeyLengthMax} visible characters"
    );

    private sealed record Pending(string Caller, string Key, byte[] BodyHash);

    /// <summary>Looks the key up before the door runs. Put it on every POST that creates.</summary>
    /// <param name="again">Makes the first answer whole again, where not all of it may be kept.</param>
    /// <param name="isLate">The door does nothing but its one commit, which looks the key up itself: it is looked up
    /// here only where the door refuses.</param>
    public static RouteHandlerBuilder AnsweredOnce(
        this RouteHandlerBuilder route,
        Func<HttpContext, Idempotent, Task<IResult>>? again = null,
        bool isLate = false
    ) =>
        route
            .AddEndpointFilter(
                async (context, next) =>
                {
                    var http = context.HttpContext;
                    if (await Before(http, again, isLate) is { } early)
                        return early;
                    var answer = await next(context);
                    return isLate && answer is not StoredAnswer && http.Items[typeof(Pending)] is Pending pending
                        ? await First(http, again, pending) ?? answer
                        : answer;
                }
            )
            .WithMetadata(new TakenOnce());

    /// <summary>
    /// Buffers bodies that carry a key, so that they can be hashed before they are bound; a door that reads the parts
    /// of a form as they come hashes them meanwhile.
    /// </summary>
    public static void UseOnce(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.ContainsKey(Header))
                    return next(http);
                if (http.GetEndpoint()?.Metadata.GetMetadata<LargeBodyAttribute>() is not { ReadsParts: true })
                    http.Request.EnableBuffering();
                else
                {
                    var hashed = new HashedBody(http.Request.Body, HashOf(http));
                    http.Response.RegisterForDispose(hashed);
                    http.Request.Body = hashed;
                }
                return next(http);
            }
        );

    /// <summary>The answer to give, and the part of the commit that keeps it.</summary>
    public static (IResult Result, Idempotent? Kept) Answer<T>(HttpContext http, int status, T body, string? location)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Cli.JsonFormat);
        var kept = http.Items[typeof(Pending)] is Pending p
            ? new Idempotent(p.Caller, p.Key, p.BodyHash, status, bytes, location)
            : null;
        return (new StoredAnswer(status, bytes, location), kept);
    }

    /// <summary>
    /// What the store says of a commit that carried a key, when it is not <see cref="Outcome.Done"/>.
    /// </summary>
    public static IResult? Replay(Outcome outcome) =>
        outcome switch
        {
            Outcome.Replayed r => new StoredAnswer(r.First.Status, r.First.Answer, r.First.Location),
            Outcome.Mismatched => Mismatch.AsProblem(StatusCodes.Status422UnprocessableEntity),
            _ => null,
        };

    /// <summary>The request's key and the hash of its body, for a door that keeps them in its own way.</summary>
    /// <returns>No key where none was sent; a refusal where it has not the form of one.</returns>
    public static async Task<(string? Key, byte[] BodyHash, Refusal? Bad)> KeyOf(HttpContext http)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0)
            return (null, [], null);
        return IsKey(key) ? (key, await HashBody(http), null) : (null, [], BadKey);
    }

    /// <summary>The refusal of a key that was used with another body, or null where it is the same.</summary>
    public static IResult? Differs(Idempotent first, byte[] bodyHash) =>
        KeptAnswer.IsSame(first, bodyHash) ? null : Mismatch.AsProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Whether it has the form of a key.</summary>
    public static bool IsKey(string key) => key.Length <= KeyLengthMax && key.All(c => c is > ' ' and <= '~');

    private static async Task<IResult?> Before(
        HttpContext http,
        Func<HttpContext, Idempotent, Task<IResult>>? again,
        bool isLate
    )
    {
        var form = http.Items[typeof(FormKey)] as FormKey;
        var key = form?.Key ?? http.Request.Headers[Header].ToString();
        if (key.Length == 0 || Caller.Of(http.User) is not { } caller)
            return null;
        if (!IsKey(key))
            return BadKey.AsProblem(StatusCodes.Status400BadRequest);
        var of = caller.Account.ToString("D");
        var isRead = form is not null || http.Request.Body is not HashedBody;
        var pending = new Pending(of, key, isRead ? form?.Hash ?? await HashBody(http) : []);
        if (!isLate && await First(http, again, pending) is { } early)
            return early;
        http.Items[typeof(Pending)] = pending;
        return null;
    }

    // The first answer under this key; null where there is none.
    private static async Task<IResult?> First(
        HttpContext http,
        Func<HttpContext, Idempotent, Task<IResult>>? again,
        Pending pending
    )
    {
        var store = http.RequestServices.GetRequiredService<Store>();
        if (await store.Answered(pending.Caller, pending.Key, http.RequestAborted) is not { } first)
            return null;
        if (Differs(first, pending.BodyHash.Length > 0 ? pending.BodyHash : await HashBody(http)) is { } no)
            return no;
        return again is null ? new StoredAnswer(first.Status, first.Answer, first.Location) : await again(http, first);
    }

    /// <summary>Reads a body to its end that a door took parts of, for <see cref="Answer"/>.</summary>
    public static async Task ReadToEnd(HttpContext http)
    {
        if (http.Items[typeof(Pending)] is Pending pending && http.Request.Body is HashedBody)
            http.Items[typeof(Pending)] = pending with { BodyHash = await HashBody(http) };
    }

    private static IncrementalHash HashOf(HttpContext http)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"));
        return hash;
    }

    private static async Task<byte[]> HashBody(HttpContext http)
    {
        if (http.Request.Body is HashedBody hashed)
            return await hashed.Whole(http.RequestAborted);
        using var hash = HashOf(http);
        http.Request.Body.Position = 0;
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
            hash.AppendData(buffer, 0, read);
        http.Request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}

/// <summary>A key sent twice does a thing once here; tests read it.</summary>
public sealed record TakenOnce;

/// <summary>An answer made of bytes: what was stored is given again byte for byte.</summary>
public sealed class StoredAnswer(int status, byte[] body, string? location) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = body.Length;
        if (location is not null)
            httpContext.Response.Headers.Location = location;
        return httpContext.Response.Body.WriteAsync(body).AsTask();
    }
}
