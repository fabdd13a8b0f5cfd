namespace Hengping.Rules.Webhooks;

/// <summary>How long one that was not taken waits for its next try, and when it is given up.</summary>
public static class HookWait
{
    /// <summary>From its first try on; then it is parked and shown.</summary>
    public static readonly TimeSpan TriedFor = TimeSpan.FromHours(24);

    /// <summary>The longest wait from try to try.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30),
    ];

    /// <summary>When it is tried next; null where it is given up. The last try is at the end of the time.</summary>
    /// <param name="tries">How often it was tried, the last one counted.</param>
    /// <param name="first">When it was tried first.</param>
    public static DateTimeOffset? Next(int tries, DateTimeOffset first, DateTimeOffset now)
    {
        var end = first + TriedFor;
        if (now >= end)
            return null;
        var next = now + (tries >= 1 && tries <= Waits.Length ? Waits[tries - 1] : Most);
        return next < end ? next : end;
    }
}

/// <summary>How a delivery stands.</summary>
public enum HookState
{
    /// <summary>It is to be tried.</summary>
    Waiting,

    /// <summary>It was taken.</summary>
    Sent,

    /// <summary>It was tried for its time, and given up.</summary>
    Parked,
}
