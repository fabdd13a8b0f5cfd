using System.Globalization;

namespace Hengping.Rules.Clocks;

/// <summary>Whose time a term is.</summary>
public enum Term
{
    /// <summary>The operator has to act by then. It never rolls: to be early is always lawful.</summary>
    Duty,

    /// <summary>A party may, or has to, act by then. It rolls by the widest lawful reading.</summary>
    Right,

    /// <summary>No law asks for it: what the operator has promised. It never rolls, and says so.</summary>
    Promise,
}

/// <summary>Which hours of the rating policy a clock has.</summary>
public enum HoursOf
{
    /// <summary><see cref="ReplyHours.Full"/>.</summary>
    Full,

    /// <summary><see cref="ReplyHours.Part"/>.</summary>
    Part,
}

/// <summary>One clock in force for a time. Statutes change: a change is a new row, never an edited number.</summary>
/// <param name="Id">Stable, as <c>complaint.screening</c>.</param>
/// <param name="Amount">In the unit of <paramref name="Kind"/>; 0 where <see cref="HoursOf"/> says it.</param>
/// <param name="ValidFrom">First day in force.</param>
/// <param name="ValidTo">Last day in force; null while it lasts.</param>
/// <param name="SourceZh">The law with its article, or 平台规则.</param>
public sealed record ClockRule(
    string Id,
    ClockKind Kind,
    int Amount,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    string SourceZh,
    string SourceEn
)
{
    /// <summary>Whose time it is.</summary>
    public required Term Term { get; init; }

    /// <summary>What the law says of a last day that is no working day.</summary>
    public required LastDay LastDay { get; init; }

    /// <summary>The article that says so; null where the term does not roll by any law.</summary>
    public string? LastDayZh { get; init; }

    /// <summary>The same in English.</summary>
    public string? LastDayEn { get; init; }

    /// <summary>The kinds of operator for whom it is law; everybody else promises the same.</summary>
    public IReadOnlyList<string> LawFor { get; init; } = [];

    /// <summary>The amount is the rating policy's, and {0} in the source.</summary>
    public HoursOf? HoursOf { get; init; }

    /// <summary>When a clock of windows runs; null for the usual hours.</summary>
    public DailyWindow? Window { get; init; }

    /// <summary>The day it came into force.</summary>
    public string Version => ValidFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Whether it holds on a day.</summary>
    public bool InForceOn(DateOnly day) => ValidFrom <= day && (ValidTo is not { } last || day <= last);

    /// <summary>Whether an operator of a kind has it by law.</summary>
    public bool IsLawFor(string? kind) => kind is not null && LawFor.Contains(kind, StringComparer.Ordinal);

    /// <summary>The rule of a day, with the hours of the rating policy of that day.</summary>
    public ClockRule On(DateOnly day)
    {
        if (HoursOf is not { } which)
            return this;
        var hours = ReplyHours.At(Shanghai.StartOf(day));
        var amount = which == Clocks.HoursOf.Full ? hours.Full : hours.Part;
        return this with
        {
            Amount = amount,
            ValidFrom = hours.FirstDay > ValidFrom ? hours.FirstDay : ValidFrom,
            SourceZh = string.Format(CultureInfo.InvariantCulture, SourceZh, amount),
            SourceEn = string.Format(CultureInfo.InvariantCulture, SourceEn, amount),
        };
    }
}

/// <summary>All clocks by id and day: a case is counted with the rule in force on its own date.</summary>
public sealed class Rulebook
{
    private readonly ILookup<string, ClockRule> rules;

    /// <summary>Takes the rows. Two rows of one id must not be in force on the same day.</summary>
    public Rulebook(IEnumerable<ClockRule> rules)
    {
        this.rules = rules.OrderBy(r => r.ValidFrom).ToLookup(r => r.Id, StringComparer.Ordinal);
        foreach (var same in this.rules)
        {
            foreach (var (earlier, later) in same.Zip(same.Skip(1)))
            {
                if (earlier.InForceOn(later.ValidFrom))
                    throw new ArgumentException(
                        $"Two rows of {same.Key} are in force on {later.Version}.",
                        nameof(rules)
                    );
            }
        }
    }

    /// <summary>Every row, by id and first day.</summary>
    public IEnumerable<ClockRule> Rules => rules.SelectMany(r => r);

    /// <summary>The row in force on a day, or null.</summary>
    public ClockRule? InForce(string id, DateOnly day) => rules[id].FirstOrDefault(r => r.InForceOn(day))?.On(day);

    /// <summary>Counts the clock <paramref name="id"/> from an instant, by the rule in force on that day.</summary>
    public Decided<Deadline> Reckon(string id, DateTimeOffset from, WorkCalendar calendar, Counting? how = null) =>
        InForce(id, Shanghai.DayOf(from)) is { } rule
            ? Deadline.Of(rule, from, calendar, how)
            : new Refusal(
                "rule.none",
                $"规则 {id} 在 {Shanghai.DayOf(from):yyyy-MM-dd} 没有生效版本",
                $"No version of rule {id} is in force on {Shanghai.DayOf(from):yyyy-MM-dd}"
            );
}
