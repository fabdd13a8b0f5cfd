using System.Collections.Immutable;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Measures;

/// <summary>The terms of a measure, by their names in the rulebook.</summary>
public sealed partial record Measure
{
    public const string AnswerRule = "measure.answer";
    public const string SignatureRule = "measure.signature";
    public const string HumanRule = "measure.human";
    public const string AppealRule = "measure.appeal";
    public const string SuitRule = "measure.suit";

    /// <summary>What is to be said of the terms that run.</summary>
    public ImmutableArray<TermNote> TermNotes { get; init; } = [];

    /// <summary>What is to be said of one of them.</summary>
    public TermNote? NoteOf(string kind) => TermNotes.FirstOrDefault(note => note.Kind == kind);

    /// <summary>The clock that a queue is sorted by is the earliest day it can end.</summary>
    public bool IsProvisional => Next is { } next && NoteOf(next.Kind)?.Provisional == true;

    /// <summary>The terms that run now: answer, sign, human, suit, appeal.</summary>
    public IEnumerable<RunningTerm> RunningTerms
    {
        get
        {
            if (IsShut)
                yield break;
            if (Status == MeasureStatus.Announced && AnsweredAt is null)
                yield return new RunningTerm("answer", AnswerRule, ProposedAt, AnswerBy);
            if (Status == MeasureStatus.Proposed || (AnsweredAt is not null && Status == MeasureStatus.Announced))
                yield return new RunningTerm(
                    "sign",
                    IsUrgent ? SignatureRule : HumanRule,
                    AnsweredAt ?? ProposedAt,
                    SignBy
                );
            if (IsHumanDue)
                yield return new RunningTerm("human", HumanRule, HumanAskedAt!.Value, HumanBy);
            if (Status == MeasureStatus.InForce && SuedAt is null && StatedAt is { } stated)
                yield return new RunningTerm("suit", SuitRule, stated, SuitBy);
            if (Status == MeasureStatus.InForce && Appeal is null && SignedAt is { } signed)
                yield return new RunningTerm("appeal", AppealRule, signed, AppealBy);
        }
    }

    /// <summary>期限重新计算: what law and calendar of today move, in one event; null where nothing moves.</summary>
    /// <param name="count">Counts a rule from an instant; null where none was in force then.</param>
    public MeasureEvent? CountAgain(Func<string, DateTimeOffset, Deadline?> count) =>
        TermNote.Again(RunningTerms, NoteOf, count) is var (cause, moved) && moved.Count > 0
            ? new MeasureEvent.TermsCounted(cause) { TermNotes = moved }
            : null;

    /// <summary>The kinds of terms that an event sets anew.</summary>
    public static IReadOnlyList<string> SetBy(MeasureEvent happened) =>
        happened switch
        {
            MeasureEvent.Proposed => ["answer", "sign"],
            MeasureEvent.Answered => ["sign"],
            MeasureEvent.HumanAsked => ["human"],
            MeasureEvent.Stated => ["suit"],
            MeasureEvent.Signed => ["appeal"],
            _ => [],
        };

    private Measure Noted(MeasureEvent happened) =>
        happened is MeasureEvent.TermsCounted
            ? this
            : this with
            {
                TermNotes =
                [
                    .. TermNotes.Where(note => !SetBy(happened).Contains(note.Kind)),
                    .. happened.TermNotes ?? [],
                ],
            };

    private Measure Counted(TermNote note)
    {
        var next = this with
        {
            TermNotes =
            [
                .. TermNotes.Where(old => old.Kind != note.Kind),
                .. note is { LateAfter: null, Provisional: null } ? (TermNote[])[] : [note],
            ],
        };
        return note.Kind switch
        {
            "answer" => next with { AnswerBy = note.By },
            "sign" => next with { SignBy = note.By },
            "human" => next with { HumanBy = note.By },
            "suit" => next with { SuitBy = note.By },
            _ => next with { AppealBy = note.By },
        };
    }
}
