using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Reports;
using static Hengping.App.Platform.ColumnType;

namespace Hengping.App.Reports;

/// <summary>Reports as current rows. Each has a key of its own.</summary>
public sealed class ReportBook : Book<Report, ReportEvent>
{
    /// <summary>The one instance.</summary>
    public static readonly ReportBook Instance = new();

    /// <summary>Scope of the claim on a report's number.</summary>
    public const string NumberScope = "report-number";

    private sealed record Row(Guid Id, int Version, Report Of)
    {
        public TermNote? Note => Of.Next is { } next ? Of.NoteOf(next.Kind) : null;
    }

    private static readonly Table<Row> Reports = new(
        "reports",
        ["id"],
        [
            ("id", ColumnType.Guid, r => r.Id),
            ("number", Text, r => r.Of.Number),
            ("status", Text, r => Words.Of(r.Of.Status)),
            ("anonymous", Bool, r => r.Of.IsAnonymous),
            ("breach", Text, r => r.Of.Breach),
            ("respondent", ColumnType.Guid, r => r.Of.Respondent),
            ("reporter", ColumnType.Guid, r => r.Of.Reporter),
            ("authority", Text, r => r.Of.Authority),
            ("received_at", Long, r => r.Of.ReceivedAt),
            ("due_at", Long, r => r.Of.Next?.Due),
            ("due_kind", Text, r => r.Of.Next?.Kind),
            ("ended_at", Long, r => r.Of.EndedAt),
            ("extended", Bool, r => r.Of.IsExtended),
            ("erased", Bool, r => r.Of.IsErased),
            ("version", Long, r => r.Version),
            ("held", Bool, r => r.Of.Hold is not null),
            ("authority_account", ColumnType.Guid, r => r.Of.AuthorityAccount),
            ("provisional", Bool, r => r.Note?.Provisional == true),
            ("late_at", Long, r => r.Note?.LateAfter),
            // Never null, which is a row of before: nobody's is empty.
            ("contact_print", Text, r => r.Of.ContactPrint ?? ""),
        ]
    );

    private static readonly Table<(Guid Report, Guid Item)> Evidence = new(
        "report_evidence",
        ["report", "evidence"],
        [("report", ColumnType.Guid, r => r.Report), ("evidence", ColumnType.Guid, r => r.Item)]
    );

    /// <inheritdoc/>
    public override string Prefix => "report";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Reports, Evidence];

    /// <summary>The report of a number; an empty id where nobody has it.</summary>
    public static Task<Guid> Find(Store store, string number, CancellationToken ct) =>
        store.First<Guid>(
            $"select stream from claims where scope = '{NumberScope}' and key = @number",
            new { number },
            ct
        );

    /// <inheritdoc/>
    internal override string? PrintedStreams => "select id from reports where contact_print <> ''";

    /// <inheritdoc/>
    internal override string? UnfilledStreams => "select id from reports where contact_print is null";

    /// <inheritdoc/>
    public override bool IsPrinted(ReportEvent happened) =>
        happened is ReportEvent.Filed { IsAnonymous: false, Reporter: null };

    /// <inheritdoc/>
    public override ReportEvent Printed(ReportEvent happened, Prints prints) =>
        happened is ReportEvent.Filed { Contact.Phone: { } phone } filed
            ? filed with
            {
                ContactPrint = AccountDesk.PhonePrint(prints, phone),
            }
            : happened;

    /// <inheritdoc/>
    public override Report Fold(Report? state, ReportEvent happened, DateTimeOffset at, string author) =>
        Report.Fold(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Report state) =>
        [Reports.Put(new Row(id, version, state)), .. state.Evidence.Select(item => Evidence.Put((id, item)))];

    /// <inheritdoc/>
    public override IEnumerable<Reservation> Reservations(Guid id, Report state)
    {
        yield return new Reservation(NumberScope, state.Number);
    }
}
