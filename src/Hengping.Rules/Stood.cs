using System.Globalization;
using Hengping.Rules.Clocks;

namespace Hengping.Rules;

/// <summary>Who brought something to where it stands, and when.</summary>
/// <param name="By">What they are in it: whoever hears it as the same is told "you". Empty for nobody in it.</param>
/// <param name="Name">As everybody else reads them; staff by what they are.</param>
/// <param name="Did">"递交", "delivered it".</param>
/// <param name="IsDay">Its day alone is known.</param>
public sealed record Came(
    string By,
    (string Zh, string En) Name,
    (string Zh, string En) Did,
    DateTimeOffset At,
    bool IsDay = false
)
{
    internal (string Zh, string En) Said(Hearer hearer)
    {
        var at = At.ToOffset(Shanghai.Offset);
        var isThisYear = Shanghai.DayOf(At).Year == Shanghai.DayOf(hearer.Now).Year;
        var time = IsDay ? "" : " HH:mm";
        var (zh, en) = By.Length > 0 && By == hearer.As ? ("您", "You") : Name;
        return (
            $"{zh}已于{Text((isThisYear ? "M月d日" : "yyyy年M月d日") + time)} {Did.Zh}",
            $"{en} {Did.En} on {Text((isThisYear ? "d MMM" : "d MMM yyyy") + time)}"
        );

        string Text(string form) => at.ToString(form, CultureInfo.InvariantCulture);
    }
}

/// <summary>Why a verb is not possible where something stands: what a "no" is told from, to each in their words.</summary>
/// <param name="Is">"投诉现在是“已递交”", "The complaint is delivered": said where nobody is to be named.</param>
/// <param name="Wanted">"递交", "deliver it".</param>
/// <param name="Came">Null where nobody is to be named.</param>
public sealed record Stood((string Zh, string En) Is, (string Zh, string En) Wanted, Came? Came);

/// <summary>Who hears a "no".</summary>
/// <param name="As">What they are in it, as <see cref="Came.By"/> says it.</param>
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
