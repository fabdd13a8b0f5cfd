using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Complaints;

/// <summary>
/// Complaints as current rows, and what only one of them may hold: a number, an open order, a source row.
/// </summary>
public sealed class ComplaintBook : Book<Complaint, ComplaintEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly ComplaintBook Instance = new();

    /// <summary>SQL: the priority as the parties of a case read it; rows from before have the other one.</summary>
    public const string PriorityForParties = "coalesce(c.priority_alone, c.priority)";

    /// <summary>Scope of the claim on a case number.</summary>
    public const string NumberScope = "complaint-number";

    /// <summary>SQL: the id of the case whose number a parameter holds; null where nobody has it.</summary>
    public static string WithNumber(string parameter = "@number") =>
        $"(select stream from claims where scope = '{NumberScope}' and key = {parameter})";

    /// <summary>Scope of the claim on an order while its complaint is open.</summary>
    public const string OrderScope = "complaint-order";

    /// <summary>Scope of the claim on a row of an import: running it twice loads nothing twice.</summary>
    public const string ImportScope = "complaint-import";

    /// <summary>Scope of the claim on whom a source names: their id is that of the case that holds it.</summary>
    public const string ImportClaimantScope = "complaint-import-claimant";

    private sealed record Row(Guid Id, int Version, Complaint Case)
    {
        public (string Kind, DateTimeOffset Due)? Due { get; } = Deadlines.Next(Case);
        public TermNote? Note => Due is { } next ? Case.NoteOf(next.Kind) : null;
    }

    private static readonly Table<Row> Complaints = new(
        "complaints",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("number", Text, r => r.Case.Number),
            ("status", Text, r => Words.Of(r.Case.Status)),
            ("side", Text, r => Words.Of(r.Case.Side)),
            ("claimant", ColumnType.Guid, r => r.Case.Claimant),
            ("claimant_merchant", ColumnType.Guid, r => r.Case.ClaimantMerchant),
            ("respondent", ColumnType.Guid, r => r.Case.Respondent),
            ("shop", ColumnType.Guid, r => r.Case.Shop),
            ("sector", Text, r => r.Case.Sector),
            ("problem", Text, r => r.Case.Problem),
            ("priority", Text, r => Words.Of(r.Case.Priority)),
            ("province", Text, r => r.Case.Province),
            ("amount_cents", Long, r => Cents(r.Case.Amount)),
            ("order_key", Text, r => r.Case.IsOpen ? r.Case.OrderKey : null),
            ("screening_hits", Long, r => r.Case.ScreeningHits),
            ("filed_at", Long, r => r.Case.FiledAt),
            ("delivered_at", Long, r => r.Case.DeliveredAt),
            ("replied_at", Long, r => r.Case.FirstValidReply?.At),
            ("due_at", Long, r => r.Due?.Due),
            ("due_kind", Text, r => r.Due?.Kind),
            ("next_tick", Long, r => r.Case.NextTick(ComplaintPolicy.Current)),
            ("closed_at", Long, r => r.Case.EndedAt),
            ("first_owner", Text, r => r.Case.FirstContact),
            ("not_performed", Long, r => r.Case.NotPerformedCount),
            ("resolved", Text, r => r.Case.Score?.Resolved is { } resolved ? Words.Of(resolved) : null),
            ("recovered_cents", Long, r => Cents(r.Case.Score?.AmountRecovered)),
            ("updated_at", Long, r => r.Case.LastAt),
            ("version", Long, r => r.Version),
            ("imported", Text, r => r.Case.Imported?.Source),
            ("held", Bool, r => r.Case.Hold is not null),
            ("marked_at", Long, r => r.Case.MarkedAt),
            ("provisional", Bool, r => r.Note?.Provisional == true),
            ("late_at", Long, r => r.Note?.LateAfter),
            ("priority_alone", Text, r => Words.Of(r.Case.PriorityAlone)),
            ("turn_by", Long, r => r.Case.RespondentsBy(ComplaintPolicy.Current)),
        ]
    );

    private static readonly Table<(Guid Case, Guid Item)> Evidence = new(
        "complaint_evidence",
        ["complaint", "evidence"],
        [("complaint", ColumnType.Guid, r => r.Case), ("evidence", ColumnType.Guid, r => r.Item)]
    );

    /// <inheritdoc/>
    public override string Prefix => "complaint";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Complaints, Evidence];

    /// <summary>The claim of an import's row.</summary>
    public static Reservation ImportReservation(string source, string key) => new(ImportScope, $"{source}:{key}");

    /// <summary>The claim on whom a source names.</summary>
    public static Reservation ImportClaimantReservation(Prints prints, string source, string claimant) =>
        new(ImportClaimantScope, prints.Of(ComplaintPurposes.ImportClaimant, $"{source}:{claimant}"));

    /// <inheritdoc/>
    internal override string? PrintedStreams =>
        $"""
            select distinct stream from claims where scope in ('{OrderScope}', '{ImportClaimantScope}')
            """;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> PrintedScopes { get; } = [OrderScope, ImportClaimantScope];

    /// <inheritdoc/>
    public override bool IsPrinted(ComplaintEvent happened) =>
        happened is ComplaintEvent.Filed filed && (filed.HasPrints == true || filed.OrderKeyOfBefore is not null);

    /// <inheritdoc/>
    public override ComplaintEvent Printed(ComplaintEvent happened, Prints prints) =>
        happened is not ComplaintEvent.Filed filed
            ? happened
            : filed with
            {
                OrderKey = filed.Imported is null ? OrderKey(filed, prints) : null,
                ClaimantPrint = filed is { SourceClaimant: { } claimant, Imported: { } from }
                    ? ImportClaimantReservation(prints, from.Source, claimant).Key
                    : null,
            };

    private static string? OrderKey(ComplaintEvent.Filed filed, Prints prints) =>
        PlainText.Plain(filed.Story?.OrderNo)?.ToUpperInvariant() is { } order
            ? prints.Of(
                ComplaintPurposes.Order,
                $"{filed.ClaimantMerchant ?? filed.Claimant:N}|{filed.Respondent:N}|{order}"
            )
            : null;

    /// <inheritdoc/>
    public override Complaint Fold(Complaint? state, ComplaintEvent happened, DateTimeOffset at, string author) =>
        Complaint.Fold(state, happened, at, author);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Complaint c)
    {
        yield return Complaints.Put(new Row(id, version, c));
        foreach (var item in c.Evidence)
            yield return Evidence.Put((id, item));
    }

    /// <inheritdoc/>
    public override IEnumerable<Reservation> Reservations(Guid id, Complaint c)
    {
        yield return new Reservation(NumberScope, c.Number);
        if (c.OrderKey is { } order && c.IsOpen)
            yield return new Reservation(OrderScope, order);
        if (c.Imported is { } source)
            yield return ImportReservation(source.Source, source.Key);
        if (c.ClaimantPrint is { } named)
            yield return new Reservation(ImportClaimantScope, named);
    }

    private static long? Cents(decimal? amount) => amount is { } sum ? (long)(sum * 100) : null;
}
