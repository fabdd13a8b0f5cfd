using Hengping.App.Design.Parts;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>A row of a list of cases.</summary>
/// <param name="Since">Filed, or delivered in a merchant's list.</param>
/// <param name="Due">The deadline that matters to this reader.</param>
/// <param name="DueKind">What it is for, as <c>due.review</c> names it.</param>
/// <param name="Provisional">It is the earliest day it can end.</param>
/// <param name="LateAfter">Nobody is late before, where that is later than the deadline.</param>
/// <param name="Marked">The word list found something that no member of staff has seen yet.</param>
public sealed record CaseLine(
    string Number,
    string Problem,
    string Merchant,
    Status Status,
    Priority Priority,
    decimal? Amount,
    DateTimeOffset Since,
    DateTimeOffset? Due,
    string? DueKind,
    string ProblemCode,
    bool Marked,
    bool Provisional = false,
    DateTimeOffset? LateAfter = null
)
{
    /// <summary>Whose turn it is; null where nothing waits, or nobody asked.</summary>
    public CaseTurn? Turn { get; init; }

    /// <summary>That as a row says it, with what is known of its clock.</summary>
    public TurnLine? Line(DateTimeOffset now) =>
        Turn is null
            ? null
            : TurnWords.Line(Turn, now) with
            {
                Late = Turn.Turn.By == Due ? LateAfter : null,
                IsProvisional = Turn.Turn.By == Due && Provisional,
            };

    /// <summary>How it begins.</summary>
    public CaseGlimpse? Glimpse { get; init; }
}

/// <summary>A list of cases as one kind of reader sees it.</summary>
/// <param name="Next">Cursor of the next page.</param>
/// <param name="Paged">This is not the first page.</param>
public sealed record CaseTable(
    IReadOnlyList<CaseLine> Rows,
    Party Reader,
    DateTimeOffset Now,
    string Caption,
    string EmptyTitle,
    string EmptyDo,
    string? Next = null,
    bool Paged = false
)
{
    /// <summary>It ended before it was full: so many did not fit what is asked for.</summary>
    public bool IsCut { get; init; }
}
