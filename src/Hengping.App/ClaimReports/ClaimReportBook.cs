using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.ClaimReports;

/// <summary>Reports of abnormal claims as current rows. Each has a key of its own.</summary>
public sealed class ClaimReportBook : Book<ClaimReport, ClaimReportEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly ClaimReportBook Instance = new();

    private const string NumberScope = "claim-report-number";
    private const string OrderScope = "claim-report-order";

    // Places in the queue.
    private const long Desks = 0;
    private const long Waits = 1;
    private const long Nobodys = 2;

    private static readonly Table<(Guid Id, int Version, ClaimReport Of)> Reports = new(
        "claim_reports",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("number", Text, r => r.Of.Number),
            ("merchant", ColumnType.Guid, r => r.Of.Merchant),
            ("claimant", ColumnType.Guid, r => r.Of.Claimant),
            ("claimant_print", Text, r => r.Of.ClaimantPrint),
            ("complaint", ColumnType.Guid, r => r.Of.Complaint),
            ("pretext", Text, r => Words.Of(r.Of.Pretext)),
            ("status", Text, r => Words.Of(r.Of.Status)),
            ("outcome", Text, r => OutcomeOf(r.Of)),
            ("appealed", Bool, r => r.Of.AppealedAt is not null),
            ("defect", Text, r => r.Of.Defect is { } defect ? Words.Of(defect) : null),
            ("filed_at", Long, r => r.Of.FiledAt),
            ("decided_at", Long, r => r.Of.DecidedAt),
            (
                "effect_at",
                Long,
                r => r.Of is { IsShut: false, Status: ClaimReportStatus.Upheld } ? r.Of.AppealBy : null
            ),
            ("due_at", Long, r => r.Of.Running?.By),
            ("provisional", Bool, r => r.Of.Note?.Provisional == true),
            ("late", Bool, r => r.Of.WasLate),
            ("place", Long, r => PlaceOf(r.Of)),
            ("ended_at", Long, r => r.Of.EndedAt),
            ("erased", Bool, r => r.Of.IsErased),
            ("version", Long, r => r.Version),
        ]
    );

    private static readonly Table<(Guid Report, Guid Item, bool IsClaimants)> Evidence = new(
        "claim_report_evidence",
        ["report", "evidence"],
        [
            ("report", ColumnType.Guid, r => r.Report),
            ("evidence", ColumnType.Guid, r => r.Item),
            ("claimants", Bool, r => r.IsClaimants),
        ]
    );

    /// <inheritdoc/>
    public override string Prefix => "claimReport";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Reports, Evidence];

    /// <inheritdoc/>
    internal override string? PrintedStreams => "select id from claim_reports where claimant_print is not null";

    /// <inheritdoc/>
    public override bool IsPrinted(ClaimReportEvent happened) => happened is ClaimReportEvent.Filed;

    /// <inheritdoc/>
    public override ClaimReportEvent Printed(ClaimReportEvent happened, Prints prints) =>
        happened is ClaimReportEvent.Filed { Words.ClaimantPhone: { } phone } filed
            ? filed with
            {
                ClaimantPrint = AccountDesk.PhonePrint(prints, phone),
            }
            : happened;

    /// <inheritdoc/>
    public override ClaimReport Fold(ClaimReport? state, ClaimReportEvent happened, DateTimeOffset at, string author) =>
        ClaimReport.Fold(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, ClaimReport state) =>
        [
            Reports.Put((id, version, state)),
            .. state.Proofs.Select(proof => Evidence.Put((id, proof.File, false))),
            .. state.ClaimantFiles.Select(file => Evidence.Put((id, file, true))),
        ];

    /// <summary>An order is in one report; what was withdrawn leaves it free.</summary>
    public override IEnumerable<Reservation> Reservations(Guid id, ClaimReport state) =>
        [
            new(NumberScope, state.Number),
            .. state.Status == ClaimReportStatus.Withdrawn || state.IsErased
                ? Array.Empty<Reservation>()
                : state.Orders.Select(order => new Reservation(OrderScope, order)),
        ];

    /// <summary>The number of the report that has one of these orders; null where none has.</summary>
    public static Task<string?> NumberWith(Store store, IReadOnlyList<string> orders, CancellationToken ct) =>
        orders.Count == 0
            ? Task.FromResult<string?>(null)
            : store.First<string?>(
                $"""
                select r.number from claims c join claim_reports r on r.id = c.stream
                where c.scope = '{OrderScope}' and c.key in @orders
                """,
                new { orders },
                ct
            );

    /// <summary>The name of an event without the prefix, as <c>filed</c>.</summary>
    public string NameOf(ClaimReportEvent happened) => KindOf(happened.GetType())[Kinds.Length..];

    private static string? OutcomeOf(ClaimReport report) =>
        report.DecidedAt is null ? null
        : report.Status == ClaimReportStatus.Rejected ? Words.Of(ClaimReportStatus.Rejected)
        : Words.Of(ClaimReportStatus.Upheld);

    private static long PlaceOf(ClaimReport report) =>
        report.IsShut || !report.IsOpen ? Nobodys
        : report.Status == ClaimReportStatus.Upheld ? Waits
        : Desks;
}
