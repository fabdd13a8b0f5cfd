using System.Globalization;

namespace Hengping.Rules.Clocks;

/// <summary>A term that ends: what is stored and shown, with the rule it follows and how it was counted.</summary>
/// <param name="Kind">What has to happen by then, as <c>screening</c>; the last part of the rule's id.</param>
/// <param name="Due">Last instant in time. Terms of days end at 23:59:59 Shanghai time of their last day.</param>
/// <param name="Rule">Id in the rulebook, as <c>complaint.screening</c>.</param>
/// <param name="Version">The rule's version: the day it came into force.</param>
/// <param name="Zh">How it was counted, for people.</param>
/// <param name="En">The same in English.</param>
/// <param name="Inputs">What it was counted from: from, kind, amount, pauses.</param>
public sealed record Deadline(
    string Kind,
    DateTimeOffset Due,
    string Rule,
    string Version,
    string Zh,
    string En,
    IReadOnlyDictionary<string, string> Inputs
)
{
    /// <summary>The last day, in Shanghai.</summary>
    public DateOnly DueDay => Shanghai.DayOf(Due);

    /// <summary>Counts a rule from an instant. Refused when a working-day calendar is missing.</summary>
    public static Decided<Deadline> Of(
        ClockRule rule,
        DateTimeOffset from,
        WorkCalendar calendar,
        IReadOnlyList<Pause>? pauses = null
    )
    {
        DateTimeOffset due;
        if (rule.Kind is ClockKind.Hours or ClockKind.Window)
        {
            due = Clock.Instant(from, rule.Kind, rule.Amount, pauses);
        }
        else
        {
            var day = Clock.Day(Shanghai.DayOf(from), rule.Kind, rule.Amount, calendar, out var unknown, pauses);
            if (day is null)
                return WorkCalendar.Unknown(unknown);
            due = Shanghai.EndOf(day.Value);
        }
        var (zh, en) = Explain(rule, from, due, pauses ?? []);
        var kind = rule.Id[(rule.Id.LastIndexOf('.') + 1)..];
        return new Deadline(kind, due, rule.Id, rule.Version, zh, en, InputsOf(rule, from, pauses ?? []));
    }

    private static (string Zh, string En) Explain(
        ClockRule rule,
        DateTimeOffset from,
        DateTimeOffset due,
        IReadOnlyList<Pause> pauses
    )
    {
        var (unitZh, unitEn) = rule.Kind switch
        {
            ClockKind.Hours => ("小时", "hours"),
            ClockKind.Days => ("日（首日不计）", "days, the first not counted"),
            ClockKind.WorkingDays => (
                "个工作日（首日不计，按国务院放假安排，含调休上班日）",
                "working days by the State Council calendar, the first day not counted"
            ),
            _ => ("小时（每日 09:00–18:00 计时）", "hours counted 09:00–18:00 daily"),
        };
        var amount = rule.Amount.ToString(CultureInfo.InvariantCulture);
        var stoodZh = string.Concat(pauses.Select(p => $"，其中 {SayZh(p.From)} 至 {SayZh(p.To)} 暂停（{p.Ground}）"));
        var stoodEn = string.Concat(
            pauses.Select(p => $", standing still {SayEn(p.From)} to {SayEn(p.To)} ({p.Ground})")
        );
        return (
            $"自 {SayZh(from)} 起 {amount} {unitZh}{stoodZh}，至 {SayZh(due)}；依据：{rule.SourceZh}",
            $"{amount} {unitEn}, from {SayEn(from)}{stoodEn}, until {SayEn(due)}; by {rule.SourceEn}"
        );
    }

    private static Dictionary<string, string> InputsOf(ClockRule rule, DateTimeOffset from, IReadOnlyList<Pause> pauses)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["from"] = from.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["kind"] = rule.Kind.ToString(),
            ["amount"] = rule.Amount.ToString(CultureInfo.InvariantCulture),
        };
        for (var i = 0; i < pauses.Count; i++)
            inputs[$"pause{i + 1}"] = $"{Say(pauses[i].From)}/{Say(pauses[i].To)}";
        return inputs;
    }

    private static string Say(DateTimeOffset instant) => Say(instant, "yyyy-MM-dd HH:mm");

    private static string SayZh(DateTimeOffset instant) => Say(instant, "yyyy年M月d日 HH:mm");

    private static string SayEn(DateTimeOffset instant) => Say(instant, "d MMM yyyy HH:mm");

    private static string Say(DateTimeOffset instant, string format) =>
        instant.ToOffset(Shanghai.Offset).ToString(format, CultureInfo.InvariantCulture);
}
