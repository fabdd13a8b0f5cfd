using Hengping.App.Platform;

namespace Hengping.App.Evidence;

/// <summary>What this room makes keyed prints for.</summary>
public static class EvidencePurposes
{
    /// <summary>Whose evidence of a day is counted.</summary>
    public static readonly Purpose EvidenceDay = new(20, "evidence-day", IsKept: true);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Purpose> All = [EvidenceDay];
}
