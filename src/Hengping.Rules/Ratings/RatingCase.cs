using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

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

    /// <summary>Grounds on which a human decision touched it: validity, exclusion, contest.</summary>
    public string? Touched { get; init; }
}
