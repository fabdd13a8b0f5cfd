using System.Collections.Immutable;
using Hengping.Rules.Clocks;

namespace Hengping.Rules.Complaints;

/// <summary>Terms by the law's word: what they are counted from, and what is to be said of them.</summary>
public sealed partial record Complaint
{
    /// <summary>What the mediation's end is counted from.</summary>
    public DateTimeOffset? MediationFrom { get; init; }

    /// <summary>How long this mediation stood still.</summary>
    public TimeSpan MediationStood { get; init; }

    /// <summary>Contested at.</summary>
    public DateTimeOffset? ContestFrom { get; init; }

    /// <summary>The platform was asked for the seller at.</summary>
    public DateTimeOffset? SellerFrom { get; init; }

    /// <summary>When both have to have been told that it was terminated.</summary>
    public DateTimeOffset? ToldBy { get; init; }

    /// <summary>Who was not told yet.</summary>
    public ImmutableArray<Party> Untold { get; init; } = [];

    /// <summary>What is to be said of the terms that run.</summary>
    public ImmutableArray<TermNote> TermNotes { get; init; } = [];

    /// <summary>What is to be said of one of them.</summary>
    public TermNote? NoteOf(string kind) => TermNotes.FirstOrDefault(n => n.Kind == kind);

    /// <summary>The terms that the rulebook counts and that run now.</summary>
    public IEnumerable<RunningTerm> RunningTerms
    {
        get
        {
            if (Imported is not null || IsShut)
                yield break;
            if (Status == Status.Filed)
                yield return new RunningTerm("screening", "complaint.screening", ScreenFrom, ScreenBy);
            if (Status == Status.Contested && ContestFrom is { } contested)
                yield return new RunningTerm("contest", "contest.answer", contested, ContestAnswerBy);
            if (Status == Status.InMediation && SuspendedAt is null && MediationFrom is { } began)
                yield return new RunningTerm("mediation", "mediation.end", began, MediationEndBy, MediationStood);
            if (!Ended && !IsSellerNamed && !IsSellerOverdue && SellerFrom is { } asked && SellerAnswerBy is not null)
                yield return new RunningTerm("seller", "seller.answer", asked, SellerAnswerBy);
            if (!Untold.IsEmpty && EndedAt is { } ended)
                yield return new RunningTerm("told", "mediation.told", TerminatedAt ?? ended, ToldBy);
        }
    }

    /// <summary>Terminated at: its closing later does not move the term to tell it.</summary>
    public DateTimeOffset? TerminatedAt { get; init; }

    /// <summary>The term an event sets; null where it sets none.</summary>
    public static (string Kind, string Rule, DateTimeOffset? By)? SetBy(ComplaintEvent happened) =>
        happened switch
        {
            ComplaintEvent.Filed e => ("screening", "complaint.screening", e.ScreenBy),
            ComplaintEvent.Resubmitted e => ("screening", "complaint.screening", e.ScreenBy),
            ComplaintEvent.ReviewDecided { Reopened: true } e => ("screening", "complaint.screening", e.ScreenBy),
            ComplaintEvent.Contested e => ("contest", "contest.answer", e.AnswerBy),
            ComplaintEvent.SellerAsked e => ("seller", "seller.answer", e.AnswerBy),
            ComplaintEvent.NotSolved e => ("mediation", "mediation.end", e.EndBy),
            ComplaintEvent.MediationBegan e => ("mediation", "mediation.end", e.EndBy),
            ComplaintEvent.NotPerformed e => ("mediation", "mediation.end", e.EndBy),
            ComplaintEvent.Resumed e => ("mediation", "mediation.end", e.EndBy),
            ComplaintEvent.Terminated e => ("told", "mediation.told", e.TellBy),
            _ => null,
        };

    /// <summary>告知终止调解: a person told a party to whom the house cannot write.</summary>
    public Decided<ComplaintEvent> TellTermination(Party who, string way, string? note, DateTimeOffset now) =>
        No(Verb.TellTermination, now) is { } no ? no
        : Untold.Contains(who) ? new ComplaintEvent.TerminationTold(who, way) { Note = note }
        : Refusals.ToldBefore;

    /// <summary>期限重新计算: what law and calendar of today move, in one event; null where nothing moves.</summary>
    /// <param name="count">Counts a rule from an instant; null where none was in force then.</param>
    public ComplaintEvent? CountAgain(Func<string, DateTimeOffset, Deadline?> count) =>
        TermNote.Again(RunningTerms, NoteOf, count) is var (cause, moved) && moved.Count > 0
            ? new ComplaintEvent.TermsCounted(cause) { TermNotes = moved }
            : null;

    /// <summary>What an event says of terms, beside what it does.</summary>
    private Complaint Timed(ComplaintEvent happened, DateTimeOffset at)
    {
        if (happened is ComplaintEvent.TermsCounted)
            return happened.TermNotes!.Aggregate(this, (c, note) => c.Counted(note));
        if (SetBy(happened) is not { } set)
            return this;
        var next = this with { TermNotes = [.. TermNotes.Where(n => n.Kind != set.Kind), .. happened.TermNotes ?? []] };
        var from = happened.CountedFrom ?? at;
        return happened switch
        {
            ComplaintEvent.Contested => next with { ContestFrom = from },
            ComplaintEvent.SellerAsked => next with { SellerFrom = from },
            ComplaintEvent.Terminated e => next with
            {
                TerminatedAt = from,
                ToldBy = e.TellBy,
                Untold = e.TellBy is null ? [] : [.. Told.Except(e.Told ?? [])],
            },
            ComplaintEvent.ReviewDecided => next with { ToldBy = null, Untold = [] },
            ComplaintEvent.Resumed => next,
            _ when set.Kind == "mediation" => next with { MediationFrom = from, MediationStood = default },
            _ => next,
        };
    }

    private static readonly Party[] Told = [Party.Claimant, Party.Respondent];

    private Complaint Counted(TermNote note)
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
            "screening" => next with { ScreenBy = note.By },
            "contest" => next with { ContestAnswerBy = note.By },
            "seller" => next with { SellerAnswerBy = note.By },
            "mediation" => next with { MediationEndBy = note.By },
            _ => next with { ToldBy = note.By },
        };
    }
}
