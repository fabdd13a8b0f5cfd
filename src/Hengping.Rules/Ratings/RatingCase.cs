using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>Grounds on which a human decided something about a case.</summary>
[Flags]
public enum Touches
{
    None = 0,

    /// <summary>A mediator looked at a reply's validity.</summary>
    Validity = 1,

    /// <summary>A reviewer excluded or included it.</summary>
    Exclusion = 2,

    /// <summary>A mediator decided a contest.</summary>
    Contest = 4,
}

/// <summary>
/// What a rating list needs of one delivered complaint and nothing else: no person, no text, no case number.
/// The first nine columns of the public case file are its rating columns (contract.md, <c>export complaints</c>).
/// </summary>
public sealed record RatingCase
{
    /// <summary>Random id, made at the first delivery to this respondent.</summary>
    public required string PublicId { get; init; }
    public required Guid Merchant { get; init; }
    public required Side Side { get; init; }

    /// <summary>The claimant's account, to count different claimants; null for imports: each row is its own.</summary>
    public Guid? Claimant { get; init; }

    /// <summary>First delivery to this respondent: places the case in a period and starts its clock.</summary>
    public required DateTimeOffset DeliveredAt { get; init; }

    /// <summary>First valid reply; null when none, or when its instant is unknown.</summary>
    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>Imports whose reply has no instant: the source's own timely flag.</summary>
    public bool? ReplyTimely { get; init; }
    public bool ValidReply { get; init; }

    /// <summary>The latest score, 0–10 in thousandths (0…10,000): sums stay integers.</summary>
    public int? ScoreMilli { get; init; }
    public DateTimeOffset? ScoredAt { get; init; }

    /// <summary>Why it is out of the base, or null: contested, excluded, terminated, withdrawn …</summary>
    public string? Excluded { get; init; }

    /// <summary>Human decisions about it, also where it stayed in the base.</summary>
    public Touches Touched { get; init; }

    /// <summary>The class of its answer.</summary>
    public Answered Answered =>
        !ValidReply ? Answered.Never
        : RepliedAt is { } at ? RatingIndex.ClassOf(DeliveredAt, at)
        : ReplyTimely == true ? Answered.InFull
        : Answered.Late;

    /// <summary>Unanswered and still inside its hours: outside the base of a live view.</summary>
    public bool IsPending(DateTimeOffset asOf) =>
        !ValidReply && Excluded is null && asOf <= DeliveredAt + ReplyHours.At(DeliveredAt).InPart;
}
