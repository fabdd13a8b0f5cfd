using Hengping.App.Platform;
using Hengping.Rules.Measures;

namespace Hengping.App.Measures;

/// <summary>How a measure looks, and its words.</summary>
public static class MeasureLooks
{
    /// <summary>Open, done or stopped.</summary>
    public static string Tone(MeasureStatus status) =>
        status switch
        {
            MeasureStatus.Proposed or MeasureStatus.Announced or MeasureStatus.Notified => "open",
            MeasureStatus.InForce => "stop",
            _ => "done",
        };

    /// <summary>A status in the reader's word, with the day on which it begins where it is only notified.</summary>
    public static string Name(MeasureStatus status, DateTimeOffset? startsAt) =>
        status == MeasureStatus.Notified && startsAt is { } from
            ? Design.Texts.T("measure.notified", Design.Say.Day(Rules.Clocks.Shanghai.DayOf(from)))
            : Name(status);

    /// <summary>A status in the reader's word.</summary>
    public static string Name(MeasureStatus status)
    {
        var (zh, en) = MeasureLife.Name(status);
        return Design.Texts.Pick(zh, en);
    }

    /// <summary>What somebody wrote, to stand in a sentence of ours: without its own full stop.</summary>
    public static string Quoted(string said) => said.TrimEnd(' ', '。', '.', '；', ';');

    /// <summary>When it ends, in words.</summary>
    /// <param name="before">As it was before an appeal changed it.</param>
    public static string EndOf(MeasureView m, bool before = false)
    {
        var condition = m.Words?.EndCondition;
        return MeasureKinds.IsWithoutEnd(m.Kind, m.Reason) ? Design.Texts.T("measure.endless")
            : (before && m.Former is { } was ? was.EndsOn : m.EndsOn) is { } day
                ? Design.Say.Day(day) + (condition is null ? "" : Design.Texts.T("measure.or") + condition)
            : condition is null ? Design.Texts.T("measure.undated")
            : Design.Texts.T("measure.end.when", Quoted(condition));
    }

    /// <summary>A kind in the reader's words.</summary>
    public static string Name(MeasureKind kind) => Design.Texts.T("measure.kind." + Words.Of(kind));

    /// <summary>A reason in the reader's words.</summary>
    public static string Name(MeasureReason reason) => Design.Texts.T("measure.reason." + Words.Of(reason));

    /// <summary>What it is about, in the reader's words.</summary>
    public static string Name(TargetKind target) => Design.Texts.T("measure.target." + Words.Of(target));
}
