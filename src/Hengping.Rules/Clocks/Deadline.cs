using System.Globalization;

namespace Hengping.Rules.Clocks;

/// <summary>How a clock is counted.</summary>
/// <param name="OperatorKind">Whose clock it is, to say whether it is law for them; null leaves it open.</param>
/// <param name="Earliest">Where a calendar is missing: the earliest day it can end, instead of a refusal.</param>
public sealed record Counting(IReadOnlyList<Pause>? Pauses = null, string? OperatorKind = null, bool Earliest = false);

/// <summary>A term that ends: what is stored and shown, with the rule it follows and how it was counted.</summary>
/// <param name="Kind">What has to happen by then, as <c>screening</c>; the last part of the rule's id.</param>
/// <param name="Due">Last instant in time. Terms of days end at 23:59:59 Shanghai time of their last day.</param>
/// <param name="Lawful">
/// The last instant by the widest lawful reading: later than <paramref name="Due"/> where the law would roll a duty.
/// </param>
/// <param name="Term">Whose time it is.</param>
/// <param name="Rule">Id in the rulebook, as <c>complaint.screening</c>.</param>
/// <param name="Version">The rule's version: the day it came into force.</param>
/// <param name="Zh">How it was counted, for people.</param>
/// <param name="En">The same in English.</param>
/// <param name="Inputs">What it was counted from: from, kind, amount, pauses.</param>
/// <param name="Provisional">The earliest day it can end: the calendar that says which is missing.</param>
public sealed record Deadline(
    string Kind,
    DateTimeOffset Due,
    DateTimeOffset Lawful,
    Term Term,
    string Rule,
    string Version,
    string Zh,
    string En,
    IReadOnlyDictionary<string, string> Inputs,
    bool Provisional = false
)
{
    /// <summary>The last day, in Shanghai.</summary>
    public DateOnly DueDay => Shanghai.DayOf(Due);

    /// <summary>Counts a rule from an instant. Refused when a calendar is missing that it needs.</summary>
    public static Decided<Deadline> Of(ClockRule rule, DateTimeOffset from, WorkCalendar calendar, Counting? how = null)
    {
        var (pauses, operatorKind, earliest) = how ?? new Counting();
        DateTimeOffset due;
        DateTimeOffset? rolled;
        var unknown = 0;
        if (rule.Kind is ClockKind.Hours or ClockKind.Window)
        {
            // The law speaks of the last day of a term of days: hours run through days of rest.
            rolled = due = Clock.Instant(from, rule.Kind, rule.Amount, pauses, rule.Window);
        }
        else
        {
            var day = Clock.Day(Shanghai.DayOf(from), rule.Kind, rule.Amount, calendar, out unknown, pauses, earliest);
            if (day is not { } last)
                return WorkCalendar.Unknown(unknown);
            due = Shanghai.EndOf(last);
            rolled = calendar.Roll(last, rule.LastDay, out var missing) is { } lawful ? Shanghai.EndOf(lawful) : null;
            if (rolled is null && rule.Term == Term.Right)
                unknown = missing;
            if (unknown > 0 && !earliest)
                return WorkCalendar.Unknown(unknown);
        }
        var told = new Counted(rule, from, due, rolled, unknown, pauses ?? [], operatorKind);
        return new Deadline(
            rule.Id[(rule.Id.LastIndexOf('.') + 1)..],
            rule.Term == Term.Right ? rolled ?? due : due,
            rolled ?? due,
            rule.Term,
            rule.Id,
            rule.Version,
            told.Zh,
            told.En,
            InputsOf(rule, from, pauses ?? []),
            Provisional: unknown > 0
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

    private static string Say(DateTimeOffset instant) =>
        instant.ToOffset(Shanghai.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
