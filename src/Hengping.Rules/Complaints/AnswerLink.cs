namespace Hengping.Rules.Complaints;

/// <summary>What can happen to the link that lets a merchant without an account answer one case.</summary>
public abstract record LinkEvent
{
    private LinkEvent() { }

    /// <summary>A link went to the after-sales contact; the one before it no longer opens anything.</summary>
    /// <param name="No">1, 2, 3 … of this merchant in this case.</param>
    /// <param name="TokenHash">SHA-256 of its token, hex.</param>
    /// <param name="Again">Sent on its own by staff, not with a delivery.</param>
    public sealed record Issued(
        Guid Complaint,
        Guid Merchant,
        int No,
        string TokenHash,
        DateTimeOffset ExpiresAt,
        bool Again
    ) : LinkEvent;

    /// <summary>It was opened for the first time. No proof that a person read it: mail scanners open links.</summary>
    public sealed record Opened : LinkEvent;

    /// <summary>Staff took it back.</summary>
    public sealed record Revoked : LinkEvent;
}

/// <summary>
/// 答复链接: opens one case for a merchant that has not enrolled, to read it, bring evidence and reply. It never scores
/// and never accepts an offer; it replies until a valid reply stands, and reads until it expires.
/// </summary>
public sealed record AnswerLink(Guid Complaint, Guid Merchant, int No, string TokenHash, DateTimeOffset ExpiresAt)
{
    /// <summary>As long as an unanswered case stays open.</summary>
    public static readonly TimeSpan LivesFor = TimeSpan.FromDays(30);

    /// <summary>Staff took it back.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>When it was first opened.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>One answer for links that are wrong, old, taken back or of another case.</summary>
    public static readonly Refusal Gone = new(
        "link.gone",
        "这个链接不对或已失效。请使用最近一次通知中的链接，或联系我们重新发送。",
        "This link is wrong or no longer valid. Use the one in our latest message, or ask us for a new one."
    );

    /// <summary>A valid reply stands.</summary>
    public static readonly Refusal Used = new(
        "link.used",
        "您已通过此链接回复。要继续沟通，请登录商家账户。",
        "This link has been used to reply. To say more, sign in with a merchant account."
    );

    /// <summary>It has accounts: they open its cases.</summary>
    public static readonly Refusal NotNeeded = new(
        "link.enrolled",
        "该商家已入驻，请其登录查看",
        "This merchant has enrolled; it signs in to see its cases"
    );

    /// <summary>Nowhere to send it.</summary>
    public static readonly Refusal NoContact = new(
        "link.no-contact",
        "没有该商家的售后联系方式，无法发送链接",
        "No after-sales contact of this merchant is known, so no link can be sent"
    );

    /// <summary>The case is not with this merchant yet, or no longer open.</summary>
    public static readonly Refusal NotDelivered = new(
        "link.not-delivered",
        "案件未在处理中或尚未递交商家，不能发送链接",
        "The case is not open with a merchant, so there is no link to send"
    );

    /// <summary>Nothing to take back.</summary>
    public static readonly Refusal None = new("link.none", "没有有效的链接", "There is no link in force");

    /// <summary>Opens its case at this moment.</summary>
    public bool IsLive(DateTimeOffset now) => !IsRevoked && now < ExpiresAt;

    /// <summary>Takes it back.</summary>
    public Decided<LinkEvent> Revoke(DateTimeOffset now) => IsLive(now) ? new LinkEvent.Revoked() : None;

    /// <summary>The link after an event.</summary>
    public static AnswerLink Apply(AnswerLink? link, LinkEvent happened, DateTimeOffset at)
    {
        if (happened is LinkEvent.Issued e)
            return new AnswerLink(e.Complaint, e.Merchant, e.No, e.TokenHash, e.ExpiresAt);
        ArgumentNullException.ThrowIfNull(link);
        return happened switch
        {
            LinkEvent.Opened => link with { OpenedAt = link.OpenedAt ?? at },
            LinkEvent.Revoked => link with { IsRevoked = true },
            _ => link,
        };
    }
}
