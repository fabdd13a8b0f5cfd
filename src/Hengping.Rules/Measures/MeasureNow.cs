using Hengping.Rules.Clocks;

namespace Hengping.Rules.Measures;

/// <summary>What a "no" of a measure is told from. Staff are named by what they are.</summary>
public sealed partial record Measure
{
    /// <summary>When it came to its status.</summary>
    public DateTimeOffset MovedAt { get; init; }

    /// <summary>
    /// Somebody who hears a "no": what they can do now. Nobody but staff and the clock moves a measure.
    /// </summary>
    public Hearer ToSide(MeasureSide side, Guid who, DateTimeOffset now) =>
        new("", [.. Can(side, who, now).Select(MeasureLife.Word)], now);

    private Stood StoodFor(MeasureVerb verb)
    {
        var name = MeasureLife.Name(Status);
        (string, string) did = Status switch
        {
            MeasureStatus.Proposed => ("提出，正在等签署", "proposed it, and it waits for a signature"),
            MeasureStatus.Announced => ("预告", "announced it"),
            MeasureStatus.InForce => ("签署", "signed it"),
            MeasureStatus.Ended => IsMoneyTaken
                ? ("在申诉期满后扣划", "took the sum when the time to appeal was over")
                : ("到期结束", "ended it on its last day"),
            MeasureStatus.Lifted => LiftedBecause == NoSuit
                ? ("解除：权利人未投诉或起诉", "lifted it, for the holder of the right did not go on")
                : ("解除", "lifted it"),
            MeasureStatus.Overturned => ("经申诉撤销", "overturned it after an appeal"),
            MeasureStatus.Lapsed => ("因无人签署而使其失效", "let it lapse, for nobody signed it"),
            _ => ("决定不予采取", "dropped it"),
        };
        var isClock =
            Status is MeasureStatus.Ended or MeasureStatus.Lapsed
            || (Status == MeasureStatus.Lifted && LiftedBecause == NoSuit);
        return new(
            ($"该措施{name.Zh}", $"This measure: {name.En}"),
            MeasureLife.Word(verb),
            new Came("", isClock ? ("系统", "The clock") : ("工作人员", "Staff"), did, MovedAt)
        );
    }
}
