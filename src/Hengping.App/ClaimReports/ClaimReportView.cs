using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;

namespace Hengping.App.ClaimReports;

/// <summary>
/// A report as its reader may see it. The claimant reads what is alleged and demanded, never the note, the name or the
/// files of the merchant; the merchant reads neither the claimant's words nor who they are.
/// </summary>
/// <param name="Merchant">The shop that reported.</param>
/// <param name="Complaint">Number of the claimant's own complaint, where it began with one.</param>
/// <param name="Demanded">What was threatened or demanded.</param>
/// <param name="OutOfMetrics">Its orders left the shop's refund metrics.</param>
/// <param name="Late">It was not decided by its day.</param>
/// <param name="Warnings">What is said of it and stops nothing.</param>
/// <param name="Statements">What the claimant said, for themselves and whoever decides.</param>
/// <param name="Question">What they were asked last.</param>
/// <param name="Facts">For whoever decides alone.</param>
/// <param name="Can">The verbs whose door answers yes to a valid body of this caller now.</param>
public sealed record ClaimReportView(
    Guid Id,
    string Number,
    ClaimReportView.Shop Merchant,
    ClaimReportStatus Status,
    ClaimReportView.Word StatusText,
    Pretext Pretext,
    string? Complaint,
    decimal? Sum,
    DateTimeOffset FiledAt,
    DateTimeOffset? HearBy,
    DateTimeOffset? EndedAt,
    int OrderCount,
    IReadOnlyList<string>? OrderNos,
    string? Alleged,
    string? Demanded,
    ClaimReportView.Own? Merchants,
    IReadOnlyList<ClaimReportView.Said>? Statements,
    IReadOnlyList<Guid>? ClaimantFiles,
    string? Question,
    ClaimReportView.Decision? Decided,
    ClaimReportView.Reviewing? Review,
    bool OutOfMetrics,
    bool Late,
    IReadOnlyList<ClaimReportView.Warning> Warnings,
    ClaimantFacts? Facts,
    IReadOnlyList<ShownDeadline> Deadlines,
    ClaimReportView.WhoseTurn? Turn,
    IReadOnlyList<ClaimReportVerb> Can,
    IReadOnlyList<ClaimReportView.Line> Events
)
{
    private const string OldCode = "claim-report.old-orders";

    /// <summary>A word in both languages.</summary>
    public sealed record Word(string Zh, string En);

    public sealed record Shop(Guid Id, string? Name);

    /// <summary>What only the merchant and whoever decides read.</summary>
    public sealed record Own(
        string? Note,
        string? ClaimantName,
        string? ClaimantPhone,
        string? AuthorityCase,
        IReadOnlyList<ClaimProof> Proofs
    );

    /// <summary>A statement, or the appeal.</summary>
    public sealed record Said(string Kind, DateTimeOffset At, string? Text);

    /// <param name="Defect">Whether the defect that was named is there.</param>
    public sealed record Decision(
        ClaimReportStatus Outcome,
        DateTimeOffset At,
        IReadOnlyList<ClaimGround> Grounds,
        DefectFound Defect,
        string? Reason,
        DateTimeOffset? AppealBy
    );

    /// <summary>The decision of an appeal, or why it was revoked.</summary>
    public sealed record Reviewing(ClaimReportStatus Outcome, DateTimeOffset At, string? Reason);

    /// <summary>Said of it, and no reason to refuse it.</summary>
    public sealed record Warning(string Code, string Zh, string En);

    /// <param name="Yours">It is the caller's to do now.</param>
    public sealed record WhoseTurn(
        ClaimReportSide Who,
        ClaimReportVerb Verb,
        DateTimeOffset? By,
        bool Yours,
        Word Otherwise
    );

    /// <summary>What happened.</summary>
    /// <param name="Kind">filed, recognised, admitted, asked, stated, decided, withdrawn, appealed, reviewed,
    /// tookEffect, revoked, leftMetrics, returnedToMetrics, termsCounted, erased, locked.</param>
    public sealed record Line(string Kind, DateTimeOffset At, ClaimReportSide By);

    /// <summary>As its reader may see it.</summary>
    public static async Task<ClaimReportView> Of(ClaimReportOpened opened, CancellationToken ct)
    {
        var (report, words) = (opened.Report, opened.Words);
        var isDesk = opened.Side == ClaimReportSide.Desk;
        var isClaimant = opened.Side == ClaimReportSide.Claimant;
        var (zh, en) = ClaimReportLife.Name(report.Status);
        var deadline = report.Running is { } term ? ShownDeadline.ByLaw(term, report.Note, opened.Law) : null;
        var shop = await MerchantDirectory.Find(opened.Store, report.Merchant, ct);
        return new ClaimReportView(
            opened.Id,
            report.Number,
            new Shop(report.Merchant, shop?.Name),
            report.Status,
            new Word(zh, en),
            report.Pretext,
            await NumberOf(opened.Store, report.Complaint, ct),
            report.Sum,
            report.FiledAt,
            report.HearBy,
            report.EndedAt,
            report.Orders.Count,
            words?.OrderNos,
            words?.Alleged,
            words?.Demanded,
            isClaimant || words is null
                ? null
                : new Own(words.Note, words.ClaimantName, words.ClaimantPhone, words.AuthorityCase, report.Proofs),
            isDesk || isClaimant ? SaidIn(opened) : null,
            isDesk || isClaimant ? report.ClaimantFiles : null,
            isDesk || isClaimant ? opened.Last<ClaimReportEvent.Asked>()?.Event.Question : null,
            DecisionIn(opened),
            ReviewIn(opened),
            report.IsOutOfMetrics,
            report.IsLate(opened.Now),
            report.OldOrders > 0 && !isClaimant ? [OldOrders(report.OldOrders)] : [],
            isDesk && report.Claimant is { } claimant
                ? await ClaimantFacts.Of(opened.Store, claimant, opened.Id, ct)
                : null,
            deadline is null ? [] : [deadline],
            TurnOf(report, opened.Side, opened.Caller.Account, opened.Now),
            report.Can(opened.Side, opened.Caller.Account, opened.Now),
            [.. opened.Story.Where(one => isDesk || IsForAll(one.Event)).Select(LineOf)]
        );
    }

    /// <summary>Whose turn it is, for one side; null where nothing waits.</summary>
    public static WhoseTurn? TurnOf(ClaimReport report, ClaimReportSide side, Guid who, DateTimeOffset now) =>
        report.Turn(now) is { } turn
            ? new WhoseTurn(
                turn.Who,
                turn.Verb,
                turn.By,
                report.Can(side, who, now).Contains(turn.Verb),
                new Word(turn.Otherwise.Zh, turn.Otherwise.En)
            )
            : null;

    private static Warning OldOrders(int count) =>
        new(
            OldCode,
            $"其中 {count} 个订单早于6个月。举报照常审核，但时间较久，材料可能较难核实",
            $"Orders older than 6 months: {count}. It is decided like any other, but what is old may be hard to verify"
        );

    private static async Task<string?> NumberOf(Store store, Guid? complaint, CancellationToken ct) =>
        complaint is { } id
            ? await store.First<string?>("select number from complaints where id = @id", new { id }, ct)
            : null;

    private static IReadOnlyList<Said> SaidIn(ClaimReportOpened opened) =>
        [
            .. opened.Story.SelectMany(one =>
                one.Event switch
                {
                    ClaimReportEvent.Stated e => new[] { new Said("stated", one.At, e.Text) },
                    ClaimReportEvent.Appealed e => [new Said("appealed", one.At, e.Text)],
                    _ => [],
                }
            ),
        ];

    private static Decision? DecisionIn(ClaimReportOpened opened) =>
        opened.Last<ClaimReportEvent.Decided>() is var (e, at)
            ? new Decision(e.Outcome, at, e.Grounds, e.Defect, e.Reason, e.AppealBy)
            : null;

    private static Reviewing? ReviewIn(ClaimReportOpened opened) =>
        opened.Last<ClaimReportEvent.Revoked>() is var (revoked, when)
            ? new Reviewing(ClaimReportStatus.Overturned, when, revoked.Reason)
        : opened.Last<ClaimReportEvent.Reviewed>() is var (e, at) ? new Reviewing(e.Outcome, at, e.Reason)
        : null;

    // That somebody signed in is nobody else's.
    private static bool IsForAll(ClaimReportEvent happened) => happened is not ClaimReportEvent.Recognised;

    private static Line LineOf(StoryEvent<ClaimReportEvent> one) =>
        new(
            ClaimReportBook.Instance.NameOf(one.Event),
            one.At,
            one.Event switch
            {
                ClaimReportEvent.Filed or ClaimReportEvent.Withdrawn => ClaimReportSide.Merchant,
                ClaimReportEvent.Stated or ClaimReportEvent.Appealed or ClaimReportEvent.Recognised =>
                    ClaimReportSide.Claimant,
                ClaimReportEvent.Admitted
                or ClaimReportEvent.Asked
                or ClaimReportEvent.Decided
                or ClaimReportEvent.Reviewed
                or ClaimReportEvent.Revoked => ClaimReportSide.Desk,
                _ => ClaimReportSide.None,
            }
        );
}

/// <summary><c>GET /claim-reports/{id}</c>: both sides, and whoever decides.</summary>
public static class ShowClaimReport
{
    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder reports) =>
        reports.MapGet("/{id:guid}", Handle).Produces<ClaimReportView>().For(ClaimReportOpened.Readers);

    private static async Task<IResult> Handle(Guid id, Caller caller, Store store, Law law, CancellationToken ct) =>
        await ClaimReportOpened.Open(store, law, id, caller, ct) is { } opened
            ? Results.Json(await ClaimReportView.Of(opened, ct), Cli.JsonFormat)
            : Answers.NotFound;
}
