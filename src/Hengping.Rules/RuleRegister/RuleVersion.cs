using System.Collections.Immutable;

namespace Hengping.Rules.RuleRegister;

/// <summary>补录 that a second person has not confirmed.</summary>
/// <param name="AnnouncedOn">The day it was announced, where that is known.</param>
/// <param name="By">The account that says so.</param>
public sealed record RuleRecording(DateOnly? AnnouncedOn, DateOnly InForceOn, Guid By);

/// <summary>规则版本: one text of a rule. It is never deleted; where it stands follows from its days.</summary>
public sealed record RuleVersion
{
    /// <summary>From 1 on.</summary>
    public required int No { get; init; }

    public required RuleWording Wording { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }

    /// <summary>When somebody last did what moved it: drafted, put out, announced, or withdrawn.</summary>
    public DateTimeOffset MovedAt { get; init; }

    /// <summary>Last day of its consultation.</summary>
    public DateOnly? ConsultationUntil { get; init; }

    /// <summary>The day it was announced.</summary>
    public DateOnly? NoticeOn { get; init; }

    /// <summary>First day of its transition.</summary>
    public DateOnly? TransitionFrom { get; init; }

    /// <summary>First day in force.</summary>
    public DateOnly? InForceOn { get; init; }
    public IReadOnlyList<RuleGround> Grounds { get; init; } = [];

    /// <summary>How opinions were asked for elsewhere.</summary>
    public string? Asked { get; init; }

    /// <summary>What one person says of it: that it was in force before the register knew it.</summary>
    public RuleRecording? Recording { get; init; }

    /// <summary>The Shanghai day on which a second person confirmed that; null for a version of the register's own.
    /// </summary>
    public DateOnly? RecordedOn { get; init; }

    /// <summary>It was in force before the register knew it, say two people.</summary>
    public bool IsRecorded => RecordedOn is not null;

    /// <summary>Who holds that it only reads differently: two make it so.</summary>
    public ImmutableList<Guid> TechnicalBy { get; init; } = [];
    public string? WithdrawnFor { get; init; }

    /// <summary>No change of rule: it only reads differently.</summary>
    public bool IsTechnical => TechnicalBy.Count >= 2;

    /// <summary>Somebody still has to do something about it before it is the text, or the days have to pass.</summary>
    public bool IsOpenOn(DateOnly day) => WithdrawnFor is null && !(InForceOn <= day);
}
