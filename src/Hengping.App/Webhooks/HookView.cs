using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Webhooks;

namespace Hengping.App.Webhooks;

/// <summary>A webhook as its owner sees it.</summary>
/// <param name="Keys">Names of the live secrets, the older one first.</param>
/// <param name="Waiting">Deliveries that wait; at <see cref="CountedTo"/> there may be more.</param>
/// <param name="Parked">Deliveries that were given up and not replayed; counted as far.</param>
/// <param name="ParkedFrom">Position of the first of these.</param>
/// <param name="Oldest">Position of the oldest delivery that is kept: nothing before it can be replayed.</param>
/// <param name="Secret">On the answer that made it, and never again.</param>
public sealed record HookView(
    Guid Id,
    string? Address,
    HookStatus Status,
    IReadOnlyList<string> Keys,
    DateTimeOffset OpenedAt,
    DateTimeOffset? TakenAt,
    DateTimeOffset? FailedSince,
    long Waiting,
    long Parked,
    long? ParkedFrom,
    long? Oldest,
    bool Replaying,
    string? Secret = null
)
{
    /// <summary>Deliveries are counted up to here.</summary>
    public const int CountedTo = 1_000;

    private sealed record Fares(
        long? TakenAt,
        long? FailedSince,
        long? Replay,
        bool? Replaying,
        long Waiting,
        long Parked,
        long? ParkedFrom,
        long? Oldest
    );

    /// <summary>One that is open before us.</summary>
    public static async Task<HookView> Of(Store store, Loaded<Hook> loaded, CancellationToken ct, string? secret = null)
    {
        var hook = loaded.State!;
        var way = await HookWay.Read(store, loaded.Id, ct);
        var fares = await store.First<Fares>(
            """
            select p.taken_at as TakenAt, p.failed_since as FailedSince, p.replay as Replay, p.replaying as Replaying,
              (select count(*) from (select 1 as one from hook_deliveries
                 where hook = @hook and state = 'waiting' limit @most) l1) as Waiting,
              (select count(*) from (select 1 as one from hook_deliveries
                 where hook = @hook and state = 'parked' limit @most) l2) as Parked,
              (select position from hook_deliveries where hook = @hook and state = 'parked'
                 order by position limit 1) as ParkedFrom,
              (select position from hook_deliveries where hook = @hook order by position limit 1) as Oldest
            from (select 1 as one) o left join hook_places p on p.hook = @hook
            """,
            new { hook = loaded.Id, most = CountedTo },
            ct
        );
        return new HookView(
            loaded.Id,
            way.Address,
            hook.Status,
            hook.KeyIds,
            hook.OpenedAt,
            At(fares!.TakenAt),
            At(fares.FailedSince),
            fares.Waiting,
            fares.Parked,
            fares.ParkedFrom,
            fares.Oldest,
            (fares.Replay ?? 0) < hook.Replays || fares.Replaying == true,
            secret
        );
    }

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}

/// <summary>Whose a webhook is.</summary>
public static class HookOwner
{
    /// <summary>A merchant's, and the operator's own.</summary>
    public static readonly Role[] Roles = [Role.Merchant, Role.Admin];

    /// <summary>Of a merchant's people the owners alone: whoever has the secret speaks for the merchant.</summary>
    public static readonly Refusal OwnersOnly = new(
        "hook.owners-only",
        "只有负责人可以查看和更改 Webhook",
        "Only an owner of the team sees and changes webhooks"
    );

    /// <summary>Why it is not for this caller, whichever webhook it is; null where it is.</summary>
    public static Refusal? No(Caller caller) =>
        caller.Role == Role.Admin || caller is { Team: TeamRole.Owner, Merchant: not null } ? null : OwnersOnly;

    /// <summary>Whether it is the caller's, or the caller's merchant's.</summary>
    public static bool Has(Caller caller, Hook hook) =>
        caller.Role == Role.Admin
            ? hook.Merchant is null
            : hook.Merchant == caller.Merchant && hook.Merchant is not null;

    /// <summary>As the streams hold it; null for the operator.</summary>
    public static Guid? Of(Caller caller) => caller.Role == Role.Admin ? null : caller.Merchant;
}
