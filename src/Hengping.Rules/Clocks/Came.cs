using System.Globalization;

namespace Hengping.Rules.Clocks;

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
) : Happened
{
    internal override (string Zh, string En) Said(Hearer hearer)
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
