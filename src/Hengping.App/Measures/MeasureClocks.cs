using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.Rules.Clocks;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>The clocks of measures, by their names in the rulebook.</summary>
public static class MeasureClocks
{
    /// <summary>To appeal with a reason.</summary>
    public const string AppealLate = "appeal.late";

    private const string Closing = "measure.closing";

    /// <summary>The terms of one that begins.</summary>
    public static MeasureTerms Of(Law law, DateTimeOffset now) =>
        new(
            law.Count(Measure.AnswerRule, now)?.Due,
            law.Count(Measure.SignatureRule, now)?.Due,
            law.Count(Measure.HumanRule, now)?.Due
        );

    /// <summary>When the notice of a closing that is proposed now is over, at the latest.</summary>
    public static DateTimeOffset NoticeOver(Law law, DateTimeOffset now)
    {
        var heard = law.Count(Measure.AnswerRule, now)?.Due ?? now;
        return law.Count(Closing, heard)?.Due ?? heard;
    }

    /// <summary>When one that is signed now begins.</summary>
    public static DateTimeOffset StartOf(Law law, Measure measure, DateTimeOffset now) =>
        measure.NeedsNotice && law.Count(Closing, now) is { } notice ? Measure.AfterNotice(notice.Due) : now;

    /// <summary>The event with what is to be said of the terms it sets: provisional, or lawful until later.</summary>
    /// <param name="after">The measure after it.</param>
    public static MeasureEvent Noted(MeasureEvent happened, Measure after, Law law)
    {
        var set = Measure.SetBy(happened);
        var notes = after
            .RunningTerms.Where(term => set.Contains(term.Kind))
            .Select(term => law.Count(term.Rule, term.From) is { } counted ? TermNote.Of(term.Kind, counted) : null)
            .OfType<TermNote>()
            .ToList();
        return notes.Count == 0 ? happened : happened with { TermNotes = notes };
    }

    /// <summary>The clocks that run, with how they were counted, soonest first.</summary>
    public static IReadOnlyList<ShownDeadline> Shown(Measure m, Law law) =>
        [
            .. m
                .RunningTerms.Select(term => ShownDeadline.ByLaw(term, m.NoteOf(term.Kind), law))
                .OfType<ShownDeadline>()
                .OrderBy(due => due.Due),
        ];
}
