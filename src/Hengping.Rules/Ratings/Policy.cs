using Hengping.Rules.Clocks;

namespace Hengping.Rules.Ratings;

/// <summary>What the satisfaction part is where nobody scored.</summary>
public enum Unscored
{
    /// <summary>0, the weights stay.</summary>
    Zero,

    /// <summary>The other two weights are scaled to 1.</summary>
    Rescale,
}

/// <summary>What a merchant is called by its printed index.</summary>
public enum Grade
{
    /// <summary>建议下单: [0.75, 1].</summary>
    Recommended,

    /// <summary>谨慎下单: [0.4, 0.75).</summary>
    Cautious,

    /// <summary>不建议下单: [0, 0.4).</summary>
    NotRecommended,

    /// <summary>不予评级.</summary>
    Unrated,
}

/// <summary>A version of the rating rules. A list names the one it was made by.</summary>
/// <param name="Version"><c>2025-01</c> or <c>2021-02</c>.</param>
public sealed record Policy(string Version, Unscored Unscored)
{
    /// <summary>Fewer valid complaints are not listed: 数据不足.</summary>
    public const int MinimumValid = 5;

    /// <summary>Fewer different claimants are not listed either. Imports without claimants count rows.</summary>
    public const int MinimumClaimants = 5;

    /// <summary>The newest shipped, of 2025-01: unrated where not enrolled or without after-sales contact.</summary>
    public static readonly Policy Current = new("2025-01", Unscored.Zero);

    /// <summary>2021-02: unrated only where not enrolled and the grade were 不建议下单.</summary>
    public static readonly Policy Former = new("2021-02", Unscored.Zero);

    /// <summary>How long an answer counts.</summary>
    public ReplyHours Hours => ReplyHours.Of(Version)!;

    /// <summary>The policy in force at an instant.</summary>
    public static Policy At(DateTimeOffset at) => new(ReplyHours.At(at).Policy, Unscored.Zero);

    /// <summary>Reads a version's name.</summary>
    public static Decided<Policy> Parse(string version, Unscored unscored = Unscored.Zero) =>
        ReplyHours.Of(version) is not null
            ? new Policy(version, unscored)
            : new Refusal("policy.unknown", "评级规则版本应为 2025-01 或 2021-02", "A policy is 2025-01 or 2021-02");

    /// <summary>The grade of a merchant from its printed index.</summary>
    /// <param name="indexThousandths">0…1000.</param>
    public Grade GradeOf(long indexThousandths, bool enrolled, bool hasContact)
    {
        var grade = RatingIndex.GradeOf(indexThousandths);
        var unrated = Version == Former.Version ? !enrolled && grade == Grade.NotRecommended : !enrolled || !hasContact;
        return unrated ? Grade.Unrated : grade;
    }
}
