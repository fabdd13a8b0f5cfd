using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>A statement as pages show it, with what was decided of it.</summary>
public sealed record StatementShown(PlanStatement Statement, StatementVerdict? Verdict)
{
    /// <summary>What the linter leaves open of it.</summary>
    public IReadOnlyList<PlanFinding> Findings { get; init; } = [];

    /// <summary>It was not in the version that was sent before.</summary>
    public bool IsNew { get; init; }
}
