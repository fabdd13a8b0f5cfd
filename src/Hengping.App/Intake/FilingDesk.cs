using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Reports;

namespace Hengping.App.Intake;

/// <summary>A call that files, and what filing asks of the house.</summary>
public sealed record FilingDesk(HttpContext Http, Store Store, Law Law, AlikeCounts Alike, ComplaintLimits Limits);

/// <summary>What was brought, and by whom.</summary>
/// <param name="DrawsReport">The number that follows from the key is taken: a report beside it draws another.</param>
public sealed record Brought(FilingRequest Said, Side Side, Caller Caller, bool DrawsReport = false);

/// <summary>What the rules made of it, before anything is kept.</summary>
/// <param name="Beside">The entry of a respondent whom nobody knew; or what holds the commit to it as it was read.
/// </param>
public sealed record Asked(
    ComplaintEvent Filed,
    DateTimeOffset At,
    Guid Respondent,
    Change? Beside,
    ReportDraft? Report
);
