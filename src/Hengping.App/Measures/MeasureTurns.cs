using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Design.Parts;
using Hengping.App.Platform;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>轮到谁: one answer of a measure for its page, the lists and the API.</summary>
public static class MeasureTurns
{
    // What waits for somebody in a list of all that does.
    private const int WaitingMax = 20;

    private static readonly MeasureStatus[] Open =
    [
        MeasureStatus.Proposed,
        MeasureStatus.Announced,
        MeasureStatus.InForce,
    ];

    /// <summary>The line of one side; null where nothing waits, or it is none of theirs.</summary>
    public static MeasureView.Waits? Of(Measure m, MeasureSide side, Guid who, DateTimeOffset now) =>
        side != MeasureSide.None && m.TurnFor(side, who, now) is { } turn
            ? new MeasureView.Waits(
                turn.Who,
                turn.Verb,
                turn.By,
                m.IsMine(turn, side, who, now),
                turn.IsRight,
                new MeasureView.Waits.End(turn.Zh, turn.En)
            )
            : null;

    /// <summary>As pages say it.</summary>
    /// <param name="clocks">The clocks that run: the one that the line ends with says how it was counted.</param>
    /// <param name="isOwn">The reader proposed it: somebody else signs it, or had better.</param>
    public static TurnLine? Line(
        MeasureView.Waits? turn,
        DateTimeOffset now,
        IReadOnlyList<ShownDeadline>? clocks = null,
        bool isOwn = false
    )
    {
        if (turn is null)
            return null;
        var clock = clocks?.FirstOrDefault(due => due.Due == turn.By);
        var verb = turn.Verb is { } does ? Words.Of(does) : "clock";
        return new TurnLine(
            Texts.T($"measure.turn.{verb}{(turn.Yours ? ".mine" : "")}{(isOwn && verb == "sign" ? ".own" : "")}"),
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

    /// <summary>The lines of somebody in several measures.</summary>
    public static async Task<IReadOnlyDictionary<Guid, TurnLine>> Of(
        Store store,
        IEnumerable<Guid> measures,
        Caller caller,
        CancellationToken ct
    )
    {
        var lines = new Dictionary<Guid, TurnLine>();
        foreach (var id in measures)
            if (
                (await store.Load(MeasureBook.Instance, id, ct)).State is { } m
                && Of(m, MeasureSides.Of(m, caller), caller.Account, store.Now) is { } turn
            )
            {
                var note = m.TermNotes.FirstOrDefault(one => one.By == turn.By);
                lines[id] = Line(turn, store.Now, isOwn: caller.Account == m.ProposedBy)! with
                {
                    Late = note?.LateAfter,
                    IsProvisional = note?.Provisional == true,
                };
            }
        return lines;
    }

    /// <summary>What is an addressee's to do now, the earliest first.</summary>
    public static async Task<IReadOnlyList<TurnRow>> Waiting(Store store, Caller caller, CancellationToken ct)
    {
        var open = await ListMeasures.Mine(store, caller, new(Status: Open, Size: WaitingMax), ct);
        var lines = await Of(store, open.Items.Select(row => row.Id), caller, ct);
        return
        [
            .. open
                .Items.Where(row => lines.GetValueOrDefault(row.Id) is { IsMine: true })
                .Select(row => new TurnRow(
                    $"/measures/{row.Id:D}",
                    $"{MeasureLooks.Name(row.Kind)} {row.Number}",
                    lines[row.Id]
                ))
                .OrderBy(row => row.Line.By ?? DateTimeOffset.MaxValue),
        ];
    }
}
