using System.Security.Claims;
using Hengping.Rules.Accounts;

namespace Hengping.App.Platform;

/// <summary>Who is asking, as an API token or a session says.</summary>
/// <param name="Account">The account's id.</param>
/// <param name="Merchant">The merchant a merchant's person is bound to.</param>
/// <param name="Team">What a merchant's person may do in its team; null for everybody else.</param>
/// <param name="Shops">The shops and platforms a merchant's person works for; null for all of the merchant's.</param>
public sealed record Caller(
    Guid Account,
    Role Role,
    Guid? Merchant,
    string Name,
    TeamRole? Team = null,
    IReadOnlyList<Guid>? Shops = null
)
{
    /// <summary>Staff of a case: mediator, reviewer, admin.</summary>
    public bool IsStaff => Role is Role.Mediator or Role.Reviewer or Role.Admin;

    /// <summary>How events name this author.</summary>
    public string Author =>
        Role switch
        {
            Role.Claimant => $"claimant:{Account:D}",
            Role.Merchant => $"merchant:{Account:D}",
            _ => StaffAuthor(Account),
        };

    /// <summary>The same of a member of staff.</summary>
    public static string StaffAuthor(Guid account) => $"staff:{account:D}";

    /// <summary>Minimal APIs bind a <c>Caller</c> parameter here; doors without a caller take <c>Caller?</c>.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http.User));

    /// <summary>The caller of a signed-in principal, or null.</summary>
    public static Caller? Of(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true || !Guid.TryParse(user.FindFirstValue("account"), out var account))
            return null;
        var role = Words.Parse<Role>(user.FindFirstValue("role")) ?? Role.Claimant;
        Guid? merchant = Guid.TryParse(user.FindFirstValue("merchant"), out var bound) ? bound : null;
        var team = Words.Parse<TeamRole>(user.FindFirstValue("team"));
        var shops = user.FindFirstValue("shops") is { } listed ? ShopsOf(listed) : null;
        return new Caller(account, role, merchant, user.FindFirstValue("name") ?? "", team, shops);
    }

    /// <summary>Ids in a row, as the store and a principal keep them.</summary>
    public static IReadOnlyList<Guid> ShopsOf(string listed) =>
        [.. listed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];

    /// <summary>This caller as the framework carries it.</summary>
    public ClaimsPrincipal AsPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme, nameType: "name", roleType: "role");
        identity.AddClaim(new System.Security.Claims.Claim("account", Account.ToString("D")));
        identity.AddClaim(new System.Security.Claims.Claim("role", Words.Of(Role)));
        identity.AddClaim(new System.Security.Claims.Claim("name", Name));
        if (Merchant is { } bound)
            identity.AddClaim(new System.Security.Claims.Claim("merchant", bound.ToString("D")));
        if (Team is { } team)
            identity.AddClaim(new System.Security.Claims.Claim("team", Words.Of(team)));
        if (Shops is { } shops)
            identity.AddClaim(new System.Security.Claims.Claim("shops", string.Join(' ', shops)));
        return new ClaimsPrincipal(identity);
    }
}
