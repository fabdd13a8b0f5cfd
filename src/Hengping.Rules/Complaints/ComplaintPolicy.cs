namespace Hengping.Rules.Complaints;

/// <summary>
/// Our own promises, where the law is silent: named, versioned, configurable. Clocks that are law (7 working days,
/// 60 days) come from Rules/Clocks and reach the rules as instants.
/// </summary>
public sealed record ComplaintPolicy
{
    /// <summary>The policy in force.</summary>
    public static readonly ComplaintPolicy Current = new();

    /// <summary>Name of this set of numbers.</summary>
    public string Version { get; init; } = "2026-11";

    /// <summary>
    /// 催办 of a silent respondent, counted from the delivery, while an answer still counts; the last one is when it
    /// counts no more, by the <see cref="Clocks.ReplyHours"/> of the case.
    /// </summary>
    public IReadOnlyList<TimeSpan> ChaseAfter { get; init; } = [TimeSpan.FromHours(48)];

    /// <summary>Where personal safety is at stake (P0): the last one is when it counts in full no more.</summary>
    public IReadOnlyList<TimeSpan> UrgentChaseAfter { get; init; } = [TimeSpan.FromHours(12), TimeSpan.FromHours(24)];

    /// <summary>Delivered and silent: mediation or referral is offered.</summary>
    public TimeSpan OfferMediationAfter { get; init; } = TimeSpan.FromDays(10);

    /// <summary>Delivered and silent: closed as unanswered, still scorable.</summary>
    public TimeSpan UnansweredAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// For a regulator a case has no such end: there the mediation is terminated, for a party that is absent
    /// (令121 art. 23).
    /// </summary>
    public bool SilenceTerminates { get; init; }

    /// <summary>A returned complaint lapses.</summary>
    public TimeSpan ReturnedLapsesAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Replied and no reaction: closed.</summary>
    public TimeSpan NoReactionAfter { get; init; } = TimeSpan.FromDays(15);

    /// <summary>How long before it closes by itself the claimant is told.</summary>
    public TimeSpan ToldBefore { get; init; } = TimeSpan.FromDays(3);

    /// <summary>After the due day of a settlement: time to object before it counts as performed.</summary>
    public TimeSpan ObjectWithin { get; init; } = TimeSpan.FromDays(7);

    /// <summary>"Not performed" was said: the respondent may show that it was.</summary>
    public TimeSpan ProofWithin { get; init; } = TimeSpan.FromDays(3);

    /// <summary>申请复核 after a refusal or a termination.</summary>
    public TimeSpan ReviewWithin { get; init; } = TimeSpan.FromDays(7);

    /// <summary>复核决定, and the decision on a contested reply: from the asking.</summary>
    public TimeSpan DecideWithin { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Scores are taken until this long after the end.</summary>
    public TimeSpan ScoreWithin { get; init; } = TimeSpan.FromDays(30);

    /// <summary>An offer that names no end is open this long.</summary>
    public TimeSpan OfferOpenFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>This many open complaints of different claimants against one respondent within a day make P1.</summary>
    public int ManyClaimants { get; init; } = 10;

    /// <summary>The largest sum a complaint or an offer can name, CNY.</summary>
    public decimal AmountMax { get; init; } = 100_000_000m;
}
