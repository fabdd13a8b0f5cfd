using Hengping.App.Platform;
using Hengping.Rules.Accounts;

namespace Hengping.App.Accounts;

/// <summary>A member of staff as an admin sees them.</summary>
/// <param name="IsSelf">The admin who looks.</param>
public sealed record StaffMember(Guid Id, Account State, Profile? Profile, bool IsSelf)
{
    /// <summary>The end of a text key: what stands besides the password.</summary>
    public string Factor =>
        !State.Passkeys.IsEmpty ? "passkey"
        : State.AuthenticatorSince is not null ? "authenticator"
        : "none";

    /// <summary>Signs in at pages: has a password, or a link that waits.</summary>
    public bool SignsIn => State.HasPassword || State.Invitation is not null;
}

/// <summary>Everybody who works here.</summary>
public static class StaffList
{
    private const int SizeMax = 500;

    /// <summary>Roles that are staff's.</summary>
    public static IReadOnlyList<Role> Roles { get; } =
    [.. Enum.GetValues<Role>().Where(role => role is not (Role.Claimant or Role.Merchant))];

    /// <summary>Staff by role and name; whose account is closed is no staff any more.</summary>
    public static async Task<IReadOnlyList<StaffMember>> Read(Store store, Guid me, CancellationToken ct)
    {
        var ids = await store.Query<Guid>(
            "select id from accounts where role not in ('claimant', 'merchant') order by opened_at desc limit @max",
            new { max = SizeMax },
            ct
        );
        var staff = new List<StaffMember>();
        foreach (var id in ids)
            if ((await store.Load(AccountBook.Instance, id, ct)).State is { IsLive: true } state)
                staff.Add(new StaffMember(id, state, await AccountDesk.ProfileOf(store, id, ct), id == me));
        return
        [
            .. staff
                .OrderByDescending(one => one.State.Role == Role.Admin)
                .ThenBy(one => one.State.Role)
                .ThenBy(one => one.Profile?.Name, StringComparer.Ordinal)
                .ThenBy(one => one.Id),
        ];
    }
}
