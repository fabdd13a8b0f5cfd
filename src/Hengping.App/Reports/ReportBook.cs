using Hengping.App.Platform;
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

    private static readonly Table Reports = new(
        "reports",
        ["id"],
        [
            ("id", ColumnType.Guid),
            ("number", Text),
            ("status", Text),
            ("anonymous", Bool),
            ("breach", Text),
            ("respondent", ColumnType.Guid),
            ("reporter", ColumnType.Guid),
            ("authority", Text),
            ("received_at", Long),
            ("due_at", Long),
            ("due_kind", Text),
            ("ended_at", Long),
            ("extended", Bool),
            ("erased", Bool),
            ("version", Long),
            ("held", Bool),
            ("authority_account", ColumnType.Guid),
            ("provisional", Bool),
            ("late_at", Long),
        ]
    );

    private static readonly Table Evidence = new(
        "report_evidence",
        ["report", "evidence"],
        [("report", ColumnType.Guid), ("evidence", ColumnType.Guid)]
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
    public override Report Fold(Report? state, ReportEvent happened, DateTimeOffset at, string author) =>
        Report.Fold(state, happened, at);

    /// <inheritdoc/>
    public override IEnumerable<RowChange> Rows(Guid id, int version, Report state)
    {
        var note = state.Next is { } next ? state.NoteOf(next.Kind) : null;
        yield return RowChange.Put(
            Reports,
            id,
            state.Number,
            Words.Of(state.Status),
            state.IsAnonymous,
            state.Breach,
            state.Respondent,
            state.Reporter,
            state.Authority,
            state.ReceivedAt.ToUnixTimeMilliseconds(),
            state.Next?.Due.ToUnixTimeMilliseconds(),
            state.Next?.Kind,
            state.EndedAt?.ToUnixTimeMilliseconds(),
            state.IsExtended,
            state.IsErased,
            (long)version,
            state.Hold is not null,
            state.AuthorityAccount,
            note?.Provisional == true,
            note?.LateAfter?.ToUnixTimeMilliseconds()
        );
        foreach (var item in state.Evidence)
            yield return RowChange.Put(Evidence, id, item);
    }

    /// <inheritdoc/>
    public override IEnumerable<Platform.Claim> Claims(Guid id, Report state)
    {
        yield return new Platform.Claim(NumberScope, state.Number);
    }
}
