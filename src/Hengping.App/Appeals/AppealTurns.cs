using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;

namespace Hengping.App.Appeals;

/// <summary>轮到谁: one answer of an appeal for its page, the lists and the API.</summary>
public static class AppealTurns
{
    // What waits for somebody in a list of all that does.
    private const int WaitingMax = 20;

    /// <summary>The line of one side; null where nothing waits.</summary>
    /// <param name="isFree">Somebody here could decide who did not take the decision.</param>
    /// <param name="inTime">Until when a draft is sent without a reason; null where that is over.</param>
    public static AppealView.WhoseTurn? Of(
        Appeal appeal,
        AppealSide side,
        Guid who,
        bool isFree,
        DateTimeOffset? inTime
    ) =>
        appeal.Turn(isFree, inTime) is { } turn
            ? new AppealView.WhoseTurn(
                turn.Who,
                turn.Verb,
                turn.By,
                appeal.Can(side, who, isFree).Contains(turn.Verb),
                new AppealView.Word(turn.Otherwise.Zh, turn.Otherwise.En)
            )
            : null;

    /// <summary>As pages say it.</summary>
    /// <param name="clocks">The clocks that run: the one that the line ends with says how it was counted.</param>
    public static TurnLine? Line(
        AppealView.WhoseTurn? turn,
        DateTimeOffset now,
        IReadOnlyList<ShownDeadline>? clocks = null
    )
    {
        if (turn is null)
            return null;
        var clock = clocks?.FirstOrDefault(due => due.Due == turn.By);
        return new TurnLine(
            Texts.T($"appeal.turn.{Words.Of(turn.Verb)}{(turn.Yours ? ".mine" : "")}"),
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

    /// <summary>The lines of somebody in several appeals.</summary>
    public static async Task<IReadOnlyDictionary<Guid, TurnLine>> Of(
        Store store,
        Law law,
        IEnumerable<Guid> appeals,
        Caller caller,
        CancellationToken ct
    )
    {
        var lines = new Dictionary<Guid, TurnLine>();
        foreach (var id in appeals)
        {
            if ((await store.Load(AppealBook.Instance, id, ct)).State is not { } appeal)
                continue;
            var side = AppealOpened.SideOf(appeal, caller);
            // Asked only where it matters: it reads the accounts.
            var isFree =
                appeal.Status != AppealStatus.Submitted
                || await AppealOpened.IsFreeToDecide(store, appeal.DecidedBy, ct);
            var until = AppealOpened.WindowOf(law, appeal.ToldAt).InTime;
            var inTime = until >= store.Now ? until : (DateTimeOffset?)null;
            if (Line(Of(appeal, side, caller.Account, isFree, inTime), store.Now) is { } line)
                lines[id] = line with
                {
                    Late = appeal.Note?.LateAfter,
                    IsProvisional = appeal.Note?.Provisional == true,
                };
        }
        return lines;
    }

    /// <summary>What is an appellant's to do now, the earliest first.</summary>
    public static async Task<IReadOnlyList<TurnRow>> Waiting(Store store, Law law, Caller caller, CancellationToken ct)
    {
        var wanted = new ListAppeals.Wanted([AppealStatus.Draft, AppealStatus.Refused], Size: WaitingMax);
        var (rows, _) = await AppealsPage.Read(store, law, caller, wanted, ct);
        return
        [
            .. rows.Where(row => row.Turn is { IsMine: true })
                .Select(row => new TurnRow($"/appeals/{row.Item.Id:D}", row.Target, row.Turn!))
                .OrderBy(row => row.Line.By ?? DateTimeOffset.MaxValue),
        ];
    }
}
