using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Hengping.App.Platform;

/// <summary><c>Authorization: Bearer TOKEN</c>, for the API. Sessions of the pages never open the API.</summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenCallers callers
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string Name = "token";
    private const string Prefix = "Bearer ";
    private const int TokenLengthMax = 200;

    /// <summary>
    /// A token that is none is told so at open doors too: whoever sends one means to be somebody, and what they file
    /// must not hang on nobody without a word.
    /// </summary>
    public static void UseKnownTokens(WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                var isSent = http.Request.Headers.Authorization.ToString().StartsWith(Prefix, Ignoring);
                if (
                    !isSent
                    || http.User.Identity is { IsAuthenticated: true }
                    || !http.Request.Path.StartsWithSegments("/api")
                )
                    return next(http);
                http.Response.Headers.WWWAuthenticate = "Bearer";
                return Problems.NotSignedIn.AsProblem(StatusCodes.Status401Unauthorized).ExecuteAsync(http);
            }
        );

    private const StringComparison Ignoring = StringComparison.OrdinalIgnoreCase;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, Ignoring) || header.Length > TokenLengthMax)
            return AuthenticateResult.NoResult();
        var sent = header[Prefix.Length..].Trim();
        if (await callers.OfToken(sent, Context.RequestAborted) is not { } token)
            return AuthenticateResult.Fail("unknown token");
        Context.Features.Set(token);
        Context.Features.Set(
            new Authority(async ct => (await callers.OfToken(sent, ct))?.Caller.Role == token.Caller.Role)
        );
        return AuthenticateResult.Success(new AuthenticationTicket(token.Caller.AsPrincipal(Name), Name));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.NotSignedIn.AsProblem(StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.NotYourRole.AsProblem(StatusCodes.Status403Forbidden).ExecuteAsync(Context);
}
