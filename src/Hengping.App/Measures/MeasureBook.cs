using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules.Measures;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Measures;

/// <summary>Measures as current rows. Each has a key of its own.</summary>
public sealed class MeasureBook : Book<Measure, MeasureEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly MeasureBook Instance = new();

    /// <summary>Scope of the reservation of a measure's number.</summary>
    public const string NumberScope = "measure-number";

    private sealed record Row(Guid Id, int Version, Measure Of);

    private static readonly Table<Row> Measures = new(
        "measures",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("number", Text, r => r.Of.Number),
            ("kind", Text, r => Words.Of(r.Of.Kind)),
            ("form", Text, r => Words.Of(r.Of.Form)),
            ("status", Text, r => Words.Of(r.Of.Status)),
            ("reason", Text, r => Words.Of(r.Of.Reason)),
            ("merchant", ColumnType.Guid, r => r.Of.Addressee.IsMerchant ? r.Of.Addressee.Id : null),
            ("account", ColumnType.Guid, r => r.Of.Addressee.IsMerchant ? null : r.Of.Addressee.Id),
            ("target_kind", Text, r => Words.Of(r.Of.Target.Kind)),
            ("target_id", Text, r => r.Of.Target.Id),
            ("target_address", Text, r => r.Of.Target.Address),
            ("target_title", Text, r => r.Of.Target.Title),
            ("rule", ColumnType.Guid, r => r.Of.Clause.Rule),
            ("rule_version", Long, r => r.Of.Clause.Version),
            ("clause", Text, r => r.Of.Clause.Clause),
            ("facts_on", Text, r => Day(r.Of.FactsOn)),
            ("source", Text, r => Words.Of(r.Of.Source)),
            ("detected", Bool, r => r.Of.DetectedByMachine),
            ("automation", Text, r => Words.Of(r.Of.Automation)),
            ("urgent", Bool, r => r.Of.IsUrgent),
            ("proposed_by", ColumnType.Guid, r => r.Of.ProposedBy),
            ("proposed_at", Long, r => r.Of.ProposedAt),
            ("signed_at", Long, r => r.Of.SignedAt),
            ("starts_at", Long, r => r.Of.StartsAt),
            ("ends_on", Text, r => r.Of.EndsOn is { } day ? Day(day) : null),
            ("ended_at", Long, r => r.Of.EndedAt),
            ("amount", Text, r => r.Of.Amount?.ToString("0.00", CultureInfo.InvariantCulture)),
            ("overdue", Bool, r => r.Of.OverdueAt is not null),
            ("human_due", Bool, r => r.Of.IsHumanDue),
            ("appealed", Bool, r => r.Of.Appeal is not null),
            ("public_at", Long, r => r.Of.IsPublic ? r.Of.PublicAt : null),
            ("due_at", Long, r => r.Of.Next?.Due),
            ("due_kind", Text, r => r.Of.Next?.Kind),
            ("next_tick", Long, r => r.Of.TickAt),
            ("provisional", Bool, r => r.Of.IsProvisional),
            ("erased", Bool, r => r.Of.IsErased),
            ("version", Long, r => r.Version),
        ]
    );

    private static readonly Table<(Guid Measure, Guid Item)> Evidence = new(
        "measure_evidence",
        ["measure", "evidence"],
        [("measure", ColumnType.Guid, r => r.Measure), ("evidence", ColumnType.Guid, r => r.Item)]
    );

    /// <inheritdoc/>
    public override string Prefix => "measure";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Measures, Evidence];

    /// <inheritdoc/>
    public override Measure Fold(Measure? state, MeasureEvent happened, DateTimeOffset at, string author) =>
        Measure.Fold(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Measure state) =>
        [
            Measures.Put(new Row(id, version, state)),
            .. state.Evidence.Distinct().Select(item => Evidence.Put((id, item))),
        ];

    /// <inheritdoc/>
    public override IEnumerable<Reservation> Reservations(Guid id, Measure state)
    {
        yield return new Reservation(NumberScope, state.Number);
    }

    /// <summary>A day as rows hold it.</summary>
    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
