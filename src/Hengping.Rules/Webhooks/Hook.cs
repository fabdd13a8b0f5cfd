using System.Collections.Immutable;

namespace Hengping.Rules.Webhooks;

/// <summary>How a webhook stands.</summary>
public enum HookStatus
{
    /// <summary>It is told.</summary>
    Active,

    /// <summary>Its owner stopped it.</summary>
    Paused,

    /// <summary>It took nothing for a day, and was stopped.</summary>
    Parked,

    /// <summary>For good.</summary>
    Closed,
}

/// <summary>Webhook: an address outside that is told what happens in cases. What is sealed is not in here.</summary>
/// <param name="Merchant">Null for the operator's own.</param>
/// <param name="KeyIds">Of the live secrets, the older one first.</param>
/// <param name="Replays">How often a replay was asked for; the last one is the one that runs.</param>
public sealed record Hook(
    Guid? Merchant,
    int Place,
    HookStatus Status,
    ImmutableArray<string> KeyIds,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    int Replays = 0,
    long ReplayFrom = 0,
    long ReplayTo = 0
)
{
    /// <summary>Webhooks of one owner at the most.</summary>
    public const int OfOwnerMax = 5;

    /// <summary>Secrets that sign at the same time.</summary>
    public const int KeysMax = 2;

    /// <summary>There is no place for one more.</summary>
    public static readonly Refusal Full = new(
        "hook.full",
        $"最多开通{OfOwnerMax}个 Webhook，请先关闭不用的",
        $"There are {OfOwnerMax} webhooks at most; close one that you do not use"
    );

    /// <summary>For good.</summary>
    public static readonly Refusal IsClosed = new(
        "hook.closed",
        "这个 Webhook 已关闭，不能再更改；需要时请新开一个",
        "This webhook is closed for good; open a new one where you need it"
    );

    /// <summary>Only what runs is stopped.</summary>
    public static readonly Refusal IsStopped = new(
        "hook.stopped",
        "这个 Webhook 已经停着；可以恢复或关闭",
        "This webhook stands still already; you can resume or close it"
    );

    /// <summary>Only what was stopped goes on.</summary>
    public static readonly Refusal IsRunning = new(
        "hook.running",
        "这个 Webhook 正在运行，不需要恢复",
        "This webhook is running; there is nothing to resume"
    );

    /// <summary>The last secret stays: unsigned messages are not sent.</summary>
    public static readonly Refusal OneKey = new(
        "hook.one-key",
        "只有一个密钥在用，不能停用；请先更换密钥",
        "It has one live secret, which stays; rotate first"
    );

    /// <summary>The newest secret is the one to go on with.</summary>
    public static readonly Refusal NewestKey = new(
        "hook.newest-key",
        "只能停用较早的密钥",
        "Only the older secret can be retired"
    );

    /// <summary>An owner opens one.</summary>
    /// <param name="place">A free one of 1 to <see cref="OfOwnerMax"/>; null where none is.</param>
    public static Decided<HookEvent> Open(Guid? merchant, int? place, string address, string keyId, string key) =>
        place is { } free ? new HookEvent.Opened(merchant, free, keyId) { Address = address, Key = key } : Full;

    /// <summary>更改地址.</summary>
    public Decided<HookEvent> Move(string address) =>
        Status == HookStatus.Closed ? IsClosed : new HookEvent.Moved { Address = address };

    /// <summary>更换密钥. Of two live ones the older goes.</summary>
    public Decided<HookEvent> Rotate(string keyId, string key) =>
        Status == HookStatus.Closed ? IsClosed : new HookEvent.Rotated(keyId) { Key = key };

    /// <summary>停用较早的密钥.</summary>
    public Decided<HookEvent> Retire(string keyId) =>
        Status == HookStatus.Closed ? IsClosed
        : KeyIds.Length < KeysMax ? OneKey
        : keyId != KeyIds[0] ? NewestKey
        : new HookEvent.Retired(keyId);

    /// <summary>暂停.</summary>
    public Decided<HookEvent> Pause() =>
        Status switch
        {
            HookStatus.Active => new HookEvent.Paused(),
            HookStatus.Closed => IsClosed,
            _ => IsStopped,
        };

    /// <summary>恢复.</summary>
    public Decided<HookEvent> Resume() =>
        Status switch
        {
            HookStatus.Paused or HookStatus.Parked => new HookEvent.Resumed(),
            HookStatus.Closed => IsClosed,
            _ => IsRunning,
        };

    /// <summary>The clock stops what has taken nothing for a day; null where it does not.</summary>
    /// <param name="failedSince">Since when nothing was taken; null where the last was.</param>
    public HookEvent? Park(DateTimeOffset? failedSince, DateTimeOffset now) =>
        Status == HookStatus.Active && failedSince is { } since && now - since >= HookWait.TriedFor
            ? new HookEvent.Parked(since)
            : null;

    /// <summary>重新投递 everything from a position on, up to where the log is now.</summary>
    public Decided<HookEvent> Replay(long from, long head) =>
        Status == HookStatus.Closed ? IsClosed : new HookEvent.Replayed(from, head);

    /// <summary>关闭.</summary>
    public Decided<HookEvent> Close() => Status == HookStatus.Closed ? IsClosed : new HookEvent.Closed();

    /// <summary>The webhook after an event.</summary>
    public static Hook Fold(Hook? hook, HookEvent happened, DateTimeOffset at)
    {
        if (happened is HookEvent.Opened opened)
            return new Hook(opened.Merchant, opened.Place, HookStatus.Active, [opened.KeyId], at, at);
        var changed = hook! with { ChangedAt = at };
        return happened switch
        {
            HookEvent.Rotated e => changed with { KeyIds = [hook.KeyIds[^1], e.KeyId] },
            HookEvent.Retired e => changed with { KeyIds = hook.KeyIds.Remove(e.KeyId) },
            HookEvent.Paused => changed with { Status = HookStatus.Paused },
            HookEvent.Parked => changed with { Status = HookStatus.Parked },
            HookEvent.Resumed => changed with { Status = HookStatus.Active },
            HookEvent.Closed => changed with { Status = HookStatus.Closed },
            HookEvent.Replayed e => changed with { Replays = hook.Replays + 1, ReplayFrom = e.From, ReplayTo = e.To },
            _ => changed,
        };
    }
}
