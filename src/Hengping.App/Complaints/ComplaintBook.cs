using Hengping.App.Platform;
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

    private static readonly Table Complaints = new(
        "complaints",
        ["id"],
        [
            ("id", ColumnType.Guid),
            ("number", Text),
            ("status", Text),
            ("side", Text),
            ("claimant", ColumnType.Guid),
            ("claimant_merchant", ColumnType.Guid),
            ("respondent", ColumnType.Guid),
            ("shop", ColumnType.Guid),
            ("sector", Text),
            ("problem", Text),
            ("priority", Text),
            ("province", Text),
            ("amount_cents", Long),
            ("order_key", Text),
            ("screening_hits", Long),
            ("filed_at", Long),
            ("delivered_at", Long),
            ("replied_at", Long),
            ("due_at", Long),
            ("due_kind", Text),
            ("next_tick", Long),
            ("closed_at", Long),
            ("first_owner", Text),
            ("not_performed", Long),
            ("resolved", Text),
            ("recovered_cents", Long),
            ("updated_at", Long),
            ("version", Long),
            ("imported", Text),
            ("held", Bool),
            ("marked_at", Long),
            ("provisional", Bool),
            ("late_at", Long),
        ]
    );

    private static readonly Table Evidence = new(
        "complaint_evidence",
        ["complaint", "evidence"],
        [("complaint", ColumnType.Guid), ("evidence", ColumnType.Guid)]
    );

    /// <inheritdoc/>
    public override string Prefix => "complaint";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Tables => [Complaints, Evidence];

    /// <summary>The claim of an import's row.</summary>
    public static Platform.Claim ImportClaim(string source, string key) => new(ImportScope, $"{source}:{key}");

    /// <summary>The claim on whom a source names.</summary>
    public static Platform.Claim ImportClaimantClaim(Prints prints, string source, string claimant) =>
        new(ImportClaimantScope, prints.Of(ComplaintPurposes.ImportClaimant, $"{source}:{claimant}"));

    /// <inheritdoc/>
    internal override string? PrintedStreams =>
        $"""
            select id from complaints where order_key is not null
            union select stream from claims where scope = '{ImportClaimantScope}'
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
                    ? ImportClaimantClaim(prints, from.Source, claimant).Key
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
        var due = Deadlines.Next(c);
        var note = due is { } next ? c.NoteOf(next.Kind) : null;
        yield return RowChange.Put(
            Complaints,
            id,
            c.Number,
            Words.Of(c.Status),
            Words.Of(c.Side),
            c.Claimant,
            c.ClaimantMerchant,
            c.Respondent,
            c.Shop,
            c.Sector,
            c.Problem,
            Words.Of(c.Priority),
            c.Province,
            Cents(c.Amount),
            c.IsOpen ? c.OrderKey : null,
            (long)c.ScreeningHits,
            c.FiledAt.ToUnixTimeMilliseconds(),
            c.DeliveredAt?.ToUnixTimeMilliseconds(),
            c.FirstValidReply?.At.ToUnixTimeMilliseconds(),
            due?.Due.ToUnixTimeMilliseconds(),
            due?.Kind,
            c.NextTick(ComplaintPolicy.Current)?.ToUnixTimeMilliseconds(),
            c.EndedAt?.ToUnixTimeMilliseconds(),
            c.FirstContact,
            (long)c.NotPerformedCount,
            c.Score?.Resolved is { } resolved ? Words.Of(resolved) : null,
            Cents(c.Score?.AmountRecovered),
            c.LastAt.ToUnixTimeMilliseconds(),
            (long)version,
            c.Imported?.Source,
            c.Hold is not null,
            c.MarkedAt?.ToUnixTimeMilliseconds(),
            note?.Provisional == true,
            note?.LateAfter?.ToUnixTimeMilliseconds()
        );
        foreach (var item in c.Evidence)
            yield return RowChange.Put(Evidence, id, item);
    }

    /// <inheritdoc/>
    public override IEnumerable<Platform.Claim> Claims(Guid id, Complaint c)
    {
        yield return new Platform.Claim(NumberScope, c.Number);
        if (c.OrderKey is { } order && c.IsOpen)
            yield return new Platform.Claim(OrderScope, order);
        if (c.Imported is { } source)
            yield return ImportClaim(source.Source, source.Key);
        if (c.ClaimantPrint is { } named)
            yield return new Platform.Claim(ImportClaimantScope, named);
    }

    private static long? Cents(decimal? amount) => amount is { } sum ? (long)(sum * 100) : null;
}
