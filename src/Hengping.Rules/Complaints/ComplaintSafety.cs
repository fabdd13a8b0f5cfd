namespace Hengping.Rules.Complaints;

/// <summary>What is promised where personal safety is at stake (P0).</summary>
/// <param name="SeenBy">Somebody of the staff has acted in it.</param>
/// <param name="DeliverBy">It was delivered to the respondent.</param>
public sealed record SafetyTerms(DateTimeOffset SeenBy, DateTimeOffset DeliverBy);

/// <summary>Where personal safety is at stake.</summary>
public sealed partial record Complaint
{
    /// <summary>The claimant said that somebody was hurt or is in danger.</summary>
    public bool? Danger { get; init; }

    /// <summary>What is promised because personal safety is at stake.</summary>
    public SafetyTerms? Safety { get; init; }

    /// <summary>The one of them that runs: while nobody looked, to look; then, to deliver.</summary>
    public DateTimeOffset? SafetyBy =>
        Status != Status.Filed ? null
        : FirstContact is null ? Safety?.SeenBy
        : Safety?.DeliverBy;
}
