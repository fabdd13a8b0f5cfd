namespace Hengping.App.Appeals;

/// <summary>What the linter leaves open at one place of a page.</summary>
/// <param name="Key">The place, as the script finds it again.</param>
/// <param name="WithExcerpt">The words it is about are said: they do not stand right above.</param>
public sealed record FindingsShown(string Key, IReadOnlyList<PlanFinding> All, bool WithExcerpt = true);
