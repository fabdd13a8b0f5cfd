using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Operators;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>A report as the desk reads it.</summary>
/// <param name="Contact">Only of who reports under their own name.</param>
/// <param name="PerhapsSame">Reports of the same phone about the same; staff only, absent where there are none.</param>
/// <param name="Competence">Which authority has it by the law, and why.</param>
/// <param name="Hold">Ground of a legal hold in force.</param>
/// <param name="Possible">The verbs this status allows.</param>
public sealed record ReportView(
    Guid Id,
    string Number,
    ReportStatus Status,
    bool Anonymous,
    string Breach,
    ReportView.About Respondent,
    string? Text,
    ReportContact? Contact,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? EndedAt,
    bool Extended,
    string? Reason,
    ReportMeasure? Measure,
    string? Authority,
    string? GoTo,
    string? Earlier,
    IReadOnlyList<PerhapsSame>? PerhapsSame,
    Competence Competence,
    bool Withdrawn,
    string? Hold,
    IReadOnlyList<Guid> Evidence,
    IReadOnlyList<ReportVerb> Possible,
    IReadOnlyList<ShownDeadline> Deadlines,
    IReadOnlyList<ReportProgress.Line> Events
)
{
    /// <summary>Whom it is about.</summary>
    /// <param name="Id">The entry in the directory, where there is one.</param>
    public sealed record About(Guid? Id, string? Name);
}

/// <summary>
/// <c>GET /reports/{id}</c>: staff; an authority what was referred to it. Every reading is noted first.
/// </summary>
public static class ShowReport
{
    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder reports) =>
        reports.MapGet("/{id:guid}", Handle).Produces<ReportView>().For(ReportsRoom.Readers);

    private static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Caller caller,
        Store store,
        Law law,
        CancellationToken ct
    )
    {
        var kind = (await CurrentOperator.Of(http).Now(ct))?.Sign?.Kind;
        return await Read(store, law, id, kind, caller, ct) is { } view
            ? Results.Json(view, Cli.JsonFormat)
            : Answers.NotFound;
    }

    /// <summary>The report for somebody who may read it, noted; null where it is unknown or not theirs.</summary>
    public static async Task<ReportView?> Read(
        Store store,
        Law law,
        Guid id,
        OperatorKind? kind,
        Caller caller,
        CancellationToken ct
    )
    {
        var loaded = await store.Load(ReportBook.Instance, id, ct);
        if (loaded.State is not { } report || !await MayRead(store, report, caller, ct))
            return null;
        await ReadingBook.Instance.Note(store, id, caller, ct);
        return await Of(store, law, id, kind, ct, ReportsRoom.Staff.Contains(caller.Role));
    }

    /// <summary>The report as it stands.</summary>
    /// <param name="isStaff">Not an authority, for which the reasons of a hold are not.</param>
    public static async Task<ReportView> Of(
        Store store,
        Law law,
        Guid id,
        OperatorKind? kind,
        CancellationToken ct,
        bool isStaff = true
    )
    {
        var story = await store.ReadStory(ReportBook.Instance, id, ct);
        Report? folded = null;
        foreach (var one in story)
            folded = Report.Fold(folded, one.Event, one.At);
        var report = folded!;
        var filed = (ReportEvent.Filed)story[0].Event;
        var entry = report.Respondent is { } whom ? await MerchantDirectory.Find(store, whom, ct) : null;
        var same = isStaff ? await RepeatedReports.OfPhone(store, id, filed, ct) : [];
        return new ReportView(
            id,
            report.Number,
            report.Status,
            report.IsAnonymous,
            report.Breach,
            new ReportView.About(report.Respondent, entry?.Name ?? filed.Story?.RespondentName),
            filed.Story?.Text,
            filed.Contact ?? filed.PersonContact,
            report.ReceivedAt,
            report.EndedAt,
            report.IsExtended,
            report.Reason,
            report.Measure,
            report.Authority,
            report.GoTo,
            report.Earlier,
            same.Count > 0 ? same : null,
            entry?.Platform == true ? Report.OfPlatforms : Report.OfSellers,
            report.IsWithdrawn,
            report.Hold,
            report.Evidence,
            [.. Enum.GetValues<ReportVerb>().Where(v => IsPossible(report, v))],
            ReportClocks.Shown(report, law, kind),
            [.. story.Select(t => ReportProgress.LineOf(t, isStaff))]
        );
    }

    private static bool IsPossible(Report report, ReportVerb verb) =>
        !report.IsShut
        && ReportLife.Allows(report.Status, verb)
        && verb switch
        {
            ReportVerb.Withdraw or ReportVerb.Reopen => false,
            ReportVerb.Dispute => report.DisputedAt is null,
            ReportVerb.Hold => report.Hold is null,
            ReportVerb.LiftHold => report.Hold is not null,
            _ => true,
        };

    /// <summary>Whether somebody may read it.</summary>
    public static async Task<bool> MayRead(Store store, Guid id, Caller caller, CancellationToken ct) =>
        (await store.Load(ReportBook.Instance, id, ct)).State is { } report && await MayRead(store, report, caller, ct);

    private static async Task<bool> MayRead(Store store, Report report, Caller caller, CancellationToken ct) =>
        ReportsRoom.Staff.Contains(caller.Role)
        || (
            caller.Role == Role.Regulator
            && report.Authority is { } authority
            && (
                report.AuthorityAccount is { } account
                    ? account == caller.Account
                    : authority == await ReportAuthorities.FormerName(store, caller.Account, ct)
            )
        );
}
