using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>A statement as pages show it, with what was decided of it.</summary>
public sealed record StatementShown(PlanStatement Statement, StatementVerdict? Verdict);
