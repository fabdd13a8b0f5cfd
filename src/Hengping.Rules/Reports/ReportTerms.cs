using System.Collections.Immutable;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Reports;

/// <summary>The terms of a report by the law's word.</summary>
public sealed partial record Report
{
    /// <summary>What is to be said of the terms that run.</summary>
    public ImmutableArray<TermNote> TermNotes { get; init; } = [];

    /// <summary>What is to be said of one of them.</summary>
    public TermNote? NoteOf(string kind) => TermNotes.FirstOrDefault(n => n.Kind == kind);

    /// <summary>The terms that the rulebook counts and that run now.</summary>
    public IEnumerable<RunningTerm> RunningTerms
    {
        get
        {
            if (IsShut || !IsOpen)
                yield break;
            if (SettleBy is not null && DisputedAt is { } disputed)
                yield return new RunningTerm("competence", "report.competence", disputed, SettleBy);
            if (Status == ReportStatus.Received && !IsAnonymous)
                yield return new RunningTerm("tell", "report.tell", ReceivedAt, TellBy);
            yield return IsExtended && FirstVerifyBy is { } first
                ? new RunningTerm("verify", "report.verify-extension", first, VerifyBy)
                : new RunningTerm("verify", "report.verify", CountedFrom, VerifyBy);
        }
    }

    /// <summary>期限重新计算: what law and calendar of today move, in one event; null where nothing moves.</summary>
    /// <param name="count">Counts a rule from an instant; null where none was in force then.</param>
    public ReportEvent? CountAgain(Func<string, DateTimeOffset, Deadline?> count)
    {
        var running = RunningTerms.Select(t => Anew(t, count));
        return TermNote.Again(running, NoteOf, count) is var (cause, moved) && moved.Count > 0
            ? new ReportEvent.TermsCounted(cause) { TermNotes = moved }
            : null;
    }

    // What was extended from a day that was provisional is extended from the day that is known.
    private RunningTerm Anew(RunningTerm term, Func<string, DateTimeOffset, Deadline?> count) =>
        IsExtended && NoteOf(term.Kind)?.Provisional == true && count("report.verify", CountedFrom) is { } first
            ? term with
            {
                From = first.Due,
            }
            : term;

    private bool IsLateToVerify(DateTimeOffset now) =>
        NoteOf("verify") is var note && note?.Provisional != true && (note?.LateAfter ?? VerifyBy) < now;

    private DateOnly LastToVerify => Shanghai.DayOf((NoteOf("verify")?.LateAfter ?? VerifyBy)!.Value);

    private Report Counted(TermNote note)
    {
        var next = this with
        {
            TermNotes =
            [
                .. TermNotes.Where(n => n.Kind != note.Kind),
                .. note is { LateAfter: null, Provisional: null } ? (TermNote[])[] : [note],
            ],
        };
        return note.Kind switch
        {
            "tell" => next with { TellBy = note.By },
            "competence" => next with { SettleBy = note.By },
            _ => next with { VerifyBy = note.By, FirstVerifyBy = IsExtended ? FirstVerifyBy : note.By },
        };
    }
}
