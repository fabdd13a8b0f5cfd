namespace Hengping.Rules.Clocks;

/// <summary>Why running terms were counted again.</summary>
public enum TermsCause
{
    /// <summary>The holidays of a year became known, or were corrected.</summary>
    Calendar,

    /// <summary>The rulebook was corrected.</summary>
    Law,
}

/// <summary>A term that runs somewhere, with what it is counted from.</summary>
/// <param name="Rule">Id in the rulebook.</param>
/// <param name="By">When it ends as it stands; null where no calendar was known.</param>
/// <param name="Stood">How long the clock stood still.</param>
public sealed record RunningTerm(
    string Kind,
    string Rule,
    DateTimeOffset From,
    DateTimeOffset? By,
    TimeSpan Stood = default
);

/// <summary>What is to be said of a running term; one without a note is simply due on its day.</summary>
/// <param name="Kind">As <c>screening</c>.</param>
/// <param name="By">When it ends.</param>
public sealed record TermNote(string Kind, DateTimeOffset By)
{
    /// <summary>The day it was told to end before it was counted again.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Nobody is late before: the later of the day that was told and the lawful one.</summary>
    public DateTimeOffset? LateAfter { get; init; }

    /// <summary>The earliest day it can end; nobody is late before the calendar says which it is.</summary>
    public bool? Provisional { get; init; }

    /// <summary>The note of a term just counted; null where its day says it all.</summary>
    public static TermNote? Of(string kind, Deadline counted) =>
        counted.Provisional || counted.Lawful > counted.Due ? Say(kind, counted, told: null) : null;

    /// <summary>
    /// What a correction moves: what was provisional takes its day; of what was told a duty keeps the earlier day, a
    /// right the later, and what is only promised stays. Null where nothing moves.
    /// </summary>
    /// <param name="told">The day that stands now; null where none was known.</param>
    /// <param name="note">What is said of it now.</param>
    /// <param name="counted">As law and calendar say today.</param>
    public static TermNote? Again(string kind, DateTimeOffset? told, TermNote? note, Deadline counted)
    {
        if (told is not { } day || note?.Provisional == true)
            return told == counted.Due && counted.Provisional
                ? null
                : Say(kind, counted, told: null) with
                {
                    Before = told,
                };
        var moves =
            !counted.Provisional
            && counted.Term switch
            {
                Term.Duty => counted.Due < day,
                Term.Right => counted.Due > day,
                _ => false,
            };
        return moves ? Say(kind, counted, day) with { Before = day } : null;
    }

    /// <summary>What law and calendar of today move of the terms that run, and which of the two it is.</summary>
    /// <param name="count">Counts a rule from an instant; null where none was in force then.</param>
    public static (TermsCause Cause, IReadOnlyList<TermNote> Moved) Again(
        IEnumerable<RunningTerm> running,
        Func<string, TermNote?> noteOf,
        Func<string, DateTimeOffset, Deadline?> count
    )
    {
        var moved = new List<TermNote>();
        var cause = TermsCause.Calendar;
        foreach (var term in running)
        {
            if (count(term.Rule, term.From) is not { } counted)
                continue;
            var stood = counted with { Due = counted.Due + term.Stood, Lawful = counted.Lawful + term.Stood };
            if (Again(term.Kind, term.By, noteOf(term.Kind), stood) is not { } note)
                continue;
            moved.Add(note);
            if (counted.Inputs["kind"] != nameof(ClockKind.WorkingDays))
                cause = TermsCause.Law;
        }
        return (cause, moved);
    }

    private static TermNote Say(string kind, Deadline counted, DateTimeOffset? told)
    {
        var late = told > counted.Lawful ? told.Value : counted.Lawful;
        return new TermNote(kind, counted.Due)
        {
            LateAfter = late > counted.Due ? late : null,
            Provisional = counted.Provisional ? true : null,
        };
    }
}
