using Hengping.Rules;
using Hengping.Rules.Accounts;

namespace Hengping.App.Platform;

/// <summary>
/// Whoever may only read in a merchant's team writes nothing: stated once, for every door that is and that will be.
/// What stays open is one's own account and what anybody may do without one.
/// </summary>
public static class TeamGate
{
    /// <summary>Reads, and no more.</summary>
    public static readonly Refusal ReadOnly = new(
        "team.read-only",
        "您在团队中是只读身份，不能这样做；请联系负责人",
        "You may only read in your team; ask an owner"
    );

    /// <summary>Puts the gate behind the sign-in.</summary>
    /// <param name="open">Paths that stay open: <see cref="Room.OpenToReadOnly"/>.</param>
    public static void UseTeamGate(this WebApplication app, IReadOnlyList<string> open) =>
        app.Use(
            (http, next) =>
            {
                if (!IsShut(http, open))
                    return next(http);
                if (http.Request.Path.StartsWithSegments("/api"))
                    return ReadOnly.AsProblem(StatusCodes.Status403Forbidden).ExecuteAsync(http);
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }
        );

    private static bool IsShut(HttpContext http, IReadOnlyList<string> open)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method))
            return false;
        return Caller.Of(http.User) is { Team: TeamRole.ReadOnly }
            && !open.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal));
    }
}
