namespace Hengping.Rules.Webhooks;

/// <summary>What can happen to a webhook. Address and secrets are sealed with its own key.</summary>
public abstract record HookEvent
{
    private HookEvent() { }

    /// <summary>开通.</summary>
    /// <param name="Merchant">Whose it is; null for the operator's own, which hears of every case.</param>
    /// <param name="Place">Which of its owner's few places it takes.</param>
    /// <param name="KeyId">Names the secret beside each signature.</param>
    public sealed record Opened(Guid? Merchant, int Place, string KeyId) : HookEvent
    {
        [Secret]
        public string? Address { get; init; }

        [Secret]
        public string? Key { get; init; }
    }

    /// <summary>更改地址.</summary>
    public sealed record Moved : HookEvent
    {
        [Secret]
        public string? Address { get; init; }
    }

    /// <summary>更换密钥: the newest and the one before it sign side by side.</summary>
    public sealed record Rotated(string KeyId) : HookEvent
    {
        [Secret]
        public string? Key { get; init; }
    }

    /// <summary>The older secret signs no more.</summary>
    public sealed record Retired(string KeyId) : HookEvent;

    /// <summary>暂停: what happens is kept for it.</summary>
    public sealed record Paused : HookEvent;

    /// <summary>The clock stopped it: it has taken nothing for as long as one is tried.</summary>
    public sealed record Parked(DateTimeOffset Since) : HookEvent;

    /// <summary>恢复: it goes on where it stood.</summary>
    public sealed record Resumed : HookEvent;

    /// <summary>重新投递: everything from one position to another goes out once more.</summary>
    public sealed record Replayed(long From, long To) : HookEvent;

    /// <summary>关闭, for good.</summary>
    public sealed record Closed : HookEvent;
}
