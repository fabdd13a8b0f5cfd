using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Hengping.Rules.ClaimReports;

namespace Hengping.App.ClaimReports;

/// <summary>How reports of abnormal claims are named and coloured.</summary>
public static class ClaimReportLooks
{
    private const int WaitingMax = 20;

    /// <summary>A status in the reader's language.</summary>
    public static string Name(ClaimReportStatus status) =>
        Texts.Pick(ClaimReportLife.Name(status).Zh, ClaimReportLife.Name(status).En);

    public static string Name(Pretext pretext) => Texts.T("claiming.pretext." + Words.Of(pretext));

    public static string Name(ClaimGround ground) => Texts.T("claiming.ground." + Words.Of(ground));

    /// <summary>What was decided.</summary>
    public static string Outcome(ClaimReportStatus outcome) =>
        outcome switch
        {
            ClaimReportStatus.Upheld => Texts.T("claiming.outcome.upheld"),
            ClaimReportStatus.Rejected => Texts.T("claiming.outcome.rejected"),
            ClaimReportStatus.InEffect => Texts.T("claiming.outcome.inEffect"),
            _ => Texts.T("claiming.outcome.overturned"),
        };

    /// <summary>Open, done or stopped.</summary>
    public static string Tone(ClaimReportStatus status) =>
        ClaimReportLife.IsOpen(status) ? "open"
        : status == ClaimReportStatus.InEffect ? "done"
        : "stop";

    /// <summary>Whose act a line of its story is, as time lines colour it.</summary>
    public static string Side(ClaimReportSide side) =>
        side switch
        {
            ClaimReportSide.Merchant => "respondent",
            ClaimReportSide.Claimant => "claimant",
            ClaimReportSide.Desk => "mediator",
            _ => "clock",
        };

    /// <summary>Whose turn it is, as pages say it.</summary>
    public static TurnLine? Line(
        ClaimReportView.WhoseTurn? turn,
        DateTimeOffset now,
        IReadOnlyList<ShownDeadline> clocks
    )
    {
        if (turn is null)
            return null;
        var clock = clocks.FirstOrDefault(due => due.Due == turn.By);
        return new TurnLine(
            Texts.T($"claiming.turn.{Words.Of(turn.Verb)}{(turn.Yours ? ".mine" : "")}"),
            turn.By,
            Texts.Pick(turn.Otherwise.Zh, turn.Otherwise.En),
            turn.Yours,
            now
        )
        {
            Why = clock?.Explanation,
            Late = clock?.LateAfter,
            IsProvisional = clock?.Provisional == true,
        };
    }

    /// <summary>What is somebody's to do now in reports about them, the earliest first.</summary>
    public static async Task<IReadOnlyList<TurnRow>> Waiting(Store store, Caller caller, CancellationToken ct)
    {
        var wanted = new ListClaimReports.Wanted(
            [ClaimReportStatus.Hearing, ClaimReportStatus.Upheld],
            Size: WaitingMax
        );
        var rows = new List<TurnRow>();
        foreach (var item in (await ListClaimReports.Of(store, caller, wanted, ct)).Items)
        {
            if ((await store.Load(ClaimReportBook.Instance, item.Id, ct)).State is not { } report)
                continue;
            var side = ClaimReportOpened.SideOf(report, caller);
            var turn = ClaimReportView.TurnOf(report, side, caller.Account, store.Now);
            if (turn is { Yours: true } && Line(turn, store.Now, []) is { } line)
                rows.Add(new TurnRow(Address(item.Id), Texts.T("claiming.heading", item.Number), line));
        }
        return [.. rows.OrderBy(row => row.Line.By ?? DateTimeOffset.MaxValue)];
    }

    public static string Address(Guid id) => $"/claim-reports/{id:D}";
}

/// <summary>Rows of reports.</summary>
/// <param name="IsShops">For the shop that made them: it need not be named.</param>
public sealed record ClaimReportTable(
    IReadOnlyList<ListClaimReports.Item> Rows,
    DateTimeOffset Now,
    bool IsShops = false
);
