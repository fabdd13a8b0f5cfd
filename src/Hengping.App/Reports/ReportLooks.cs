using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>How a report's status looks.</summary>
public static class ReportLooks
{
    /// <summary>Open, done or stopped.</summary>
    public static string Tone(ReportStatus status) =>
        status switch
        {
            ReportStatus.Received or ReportStatus.Accepted => "open",
            ReportStatus.NotAccepted or ReportStatus.Withdrawn => "stop",
            _ => "done",
        };

    /// <summary>A status in the reader's word.</summary>
    public static string Name(ReportStatus status)
    {
        var (zh, en) = ReportLife.Name(status);
        return Design.Texts.Pick(zh, en);
    }
}
