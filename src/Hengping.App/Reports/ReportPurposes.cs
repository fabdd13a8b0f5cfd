using Hengping.App.Platform;

namespace Hengping.App.Reports;

/// <summary>What this room makes keyed prints for.</summary>
public static class ReportPurposes
{
    /// <summary>The code that opens a report.</summary>
    public static readonly Purpose ReportCode = new(1, "report-code", IsKept: true);

    /// <summary>Whose answers about reports are kept, without saying so.</summary>
    public static readonly Purpose ReportOnce = new(2, "report-once", IsKept: true);

    /// <summary>The number of one sending of a report.</summary>
    public static readonly Purpose ReportNumber = new(19, "report-number");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Purpose> All = [ReportCode, ReportOnce, ReportNumber];
}
