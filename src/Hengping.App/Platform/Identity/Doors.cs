using Hengping.Rules.Accounts;

namespace Hengping.App.Platform;

/// <summary>Who may open a door, stated on its route: 401 without a token, 403 for another role.</summary>
public static class Doors
{
    /// <summary>Anyone signed in.</summary>
    public static TBuilder SignedIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization().WithMetadata(new OpenTo([]));

    /// <summary>Only these roles.</summary>
    public static TBuilder For<TBuilder>(this TBuilder route, params IReadOnlyList<Role> roles)
        where TBuilder : IEndpointConventionBuilder =>
        route
            .RequireAuthorization(policy => policy.RequireClaim("role", roles.Select(Words.Of)))
            .WithMetadata(new OpenTo(roles));

    /// <summary>Anyone at all.</summary>
    public static TBuilder Anyone<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.AllowAnonymous().WithMetadata(new OpenTo(null));
}

/// <summary>What a route says of who may open it; tests read it, and a route without it fails them.</summary>
/// <param name="Roles">Null for anyone, empty for anyone signed in, else these roles.</param>
public sealed record OpenTo(IReadOnlyList<Role>? Roles);
