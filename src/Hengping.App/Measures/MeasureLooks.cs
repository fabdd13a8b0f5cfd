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
            MeasureStatus.Proposed or MeasureStatus.Announced => "open",
            MeasureStatus.InForce => "stop",
            _ => "done",
        };

    /// <summary>A status in the reader's word.</summary>
    public static string Name(MeasureStatus status)
    {
        var (zh, en) = MeasureLife.Name(status);
        return Design.Texts.Pick(zh, en);
    }

    /// <summary>A kind in the reader's words.</summary>
    public static string Name(MeasureKind kind) => Design.Texts.T("measure.kind." + Words.Of(kind));

    /// <summary>A reason in the reader's words.</summary>
    public static string Name(MeasureReason reason) => Design.Texts.T("measure.reason." + Words.Of(reason));

    /// <summary>What it is about, in the reader's words.</summary>
    public static string Name(TargetKind target) => Design.Texts.T("measure.target." + Words.Of(target));
}
