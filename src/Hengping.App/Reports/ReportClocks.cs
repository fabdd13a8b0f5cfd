using System.Globalization;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Operators;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>
/// The clocks of a report. They are law for a regulator; everybody else promises the same, and says that it is a
/// promise.
/// </summary>
public static class ReportClocks
{
    private const string Tell = "report.tell";
    private const string Verify = "report.verify";
    private const string Extension = "report.verify-extension";

    /// <summary>When both clocks of a new report end; null where the calendar is not known yet.</summary>
    public static (DateTimeOffset? TellBy, DateTimeOffset? VerifyBy) Of(Law law, DateTimeOffset received) =>
        (law.Reckon(Tell, received).Event?.Due, law.Reckon(Verify, received).Event?.Due);

    /// <summary>When the verification ends after its one extension.</summary>
    public static DateTimeOffset? Extended(Law law, Report report) =>
        report.VerifyBy is { } by ? law.Reckon(Extension, by).Event?.Due : null;

    /// <summary>The clocks that run, with how they were counted, soonest first.</summary>
    public static IReadOnlyList<ShownDeadline> Shown(Report report, Law law, OperatorKind? kind)
    {
        var shown = new List<ShownDeadline>();
        if (!report.IsOpen)
            return shown;
        if (report.Status == ReportStatus.Received && report.TellBy is { } tell)
            shown.Add(new ShownDeadline("tell", tell, Explain(law, Tell, report.ReceivedAt, kind)));
        if (report.VerifyBy is { } verify)
            shown.Add(
                new ShownDeadline(
                    "verify",
                    verify,
                    report.IsExtended
                        ? Explain(law, Extension, report.FirstVerifyBy!.Value, kind)
                        : Explain(law, Verify, report.ReceivedAt, kind)
                )
            );
        return [.. shown.OrderBy(d => d.Due)];
    }

    private static string Explain(Law law, string id, DateTimeOffset from, OperatorKind? kind)
    {
        var counted = law.Reckon(id, from, operatorKind: kind is { } known ? Words.Of(known) : "");
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        return counted.Event is not { } deadline ? ""
            : english ? deadline.En
            : deadline.Zh;
    }
}
