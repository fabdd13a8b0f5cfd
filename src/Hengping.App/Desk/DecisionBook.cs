using Hengping.App.Platform;
using Hengping.Rules.Desk;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Desk;

/// <summary>Decisions of the desk as current rows; only one about a case may wait at a time.</summary>
public sealed class DecisionBook : Book<DeskDecision, DecisionEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly DecisionBook Instance = new();

    /// <summary>Scope of the claim of a waiting decision on its case.</summary>
    public const string CaseScope = "desk-decision";

    private static readonly Table<(Guid Id, DeskDecision Of)> Decisions = new(
        "desk_decisions",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("complaint", ColumnType.Guid, r => r.Of.Complaint),
            ("account", ColumnType.Guid, r => AccountOf(r.Of.By)),
            ("verb", Text, r => Words.Of(r.Of.Verb)),
            ("state", Text, r => Words.Of(r.Of.State)),
            ("send_at", Long, r => r.Of.SendAt),
            ("ended_at", Long, r => r.Of.EndedAt),
            ("code", Text, r => r.Of.Code),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "decision";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Decisions];

    /// <inheritdoc/>
    public override DeskDecision Fold(DeskDecision? state, DecisionEvent happened, DateTimeOffset at, string author) =>
        DeskDecision.Apply(state, happened, at, author);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, DeskDecision state) =>
        [Decisions.Put((id, state))];

    /// <inheritdoc/>
    public override IEnumerable<Reservation> Reservations(Guid id, DeskDecision state) =>
        state.State == DecisionState.Waiting ? [new Reservation(CaseScope, state.Complaint.ToString("N"))] : [];

    /// <summary>The account behind <c>staff:GUID</c>.</summary>
    internal static Guid AccountOf(string author) =>
        System.Guid.TryParse(author.AsSpan(author.IndexOf(':') + 1), out var account) ? account : default;
}
