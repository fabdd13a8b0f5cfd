namespace Hengping.Rules;

/// <summary>What brought something to where it stands, as it is told.</summary>
public abstract record Happened
{
    internal abstract (string Zh, string En) Said(Hearer hearer);
}

/// <summary>
/// Why a verb is not possible where something stands: what a "no" is told from, to each in their words.
/// </summary>
/// <param name="Is">"投诉现在是“已递交”", "The complaint is delivered": said where nobody is to be named.</param>
/// <param name="Wanted">"递交", "deliver it".</param>
/// <param name="Came">Null where nobody is to be named.</param>
public sealed record Stood((string Zh, string En) Is, (string Zh, string En) Wanted, Happened? Came);

/// <summary>Who hears a "no".</summary>
/// <param name="As">What they are in it, as what happened names them.</param>
/// <param name="Can">What they can do now: "回复", "reply".</param>
public sealed record Hearer(string As, IReadOnlyList<(string Zh, string En)> Can, DateTimeOffset Now)
{
    private const int NamedMax = 6;

    private static readonly (string, string) Nothing = ("现在没有需要您办的。", "There is nothing for you to do now.");

    /// <summary>What else there is where they can do nothing, as a sentence.</summary>
    public (string Zh, string En) Otherwise { get; init; } = Nothing;

    internal (string Zh, string En) Possible =>
        Can.Count == 0
            ? Otherwise
            : (
                $"您现在可以：{string.Join("、", Can.Take(NamedMax).Select(verb => verb.Zh))}。",
                $"Now you can: {string.Join(", ", Can.Take(NamedMax).Select(verb => verb.En))}."
            );
}
