using Hengping.Rules.Clocks;

namespace Hengping.Rules.Reports;

/// <summary>What a "no" of a report is told from. A day alone of what somebody nameless did.</summary>
public sealed partial record Report
{
    private const string OfReporter = "reporter";

    /// <summary>When it came to its status.</summary>
    public DateTimeOffset MovedAt { get; init; }

    /// <summary>Its reporter as a "no" is told to them.</summary>
    public Hearer ToReporter(DateTimeOffset now) =>
        new(OfReporter, Words([ReportVerb.Add, ReportVerb.Withdraw], now), now)
        {
            Otherwise = (
                "有新线索请另行举报，并写上本次编号。",
                "With news, make a new report and give the number of this one."
            ),
        };

    /// <summary>Staff in the same way.</summary>
    public Hearer ToStaff(bool isRegulator, DateTimeOffset now) =>
        new(
            "",
            Words(
                Enum.GetValues<ReportVerb>()
                    .Where(verb => verb < ReportVerb.Add && (verb != ReportVerb.Dispute || isRegulator)),
                now
            ),
            now
        );

    private List<(string Zh, string En)> Words(IEnumerable<ReportVerb> verbs, DateTimeOffset now) =>
        [.. verbs.Where(verb => IsPossible(verb, now)).Select(ReportLife.Word)];

    private bool IsPossible(ReportVerb verb, DateTimeOffset now) =>
        ReportLife.Allows(Status, verb)
        && verb switch
        {
            ReportVerb.Dispute => DisputedAt is null,
            ReportVerb.Extend => !IsExtended && !IsLateToVerify(now),
            ReportVerb.Withdraw => !IsWithdrawn,
            _ => true,
        };

    private Stood StoodFor(ReportVerb verb)
    {
        var name = ReportLife.Name(Status);
        (string, string) did = Status switch
        {
            ReportStatus.Received => ("提交", "made this report"),
            ReportStatus.NotAccepted => ("决定不予受理", "decided not to take it up"),
            ReportStatus.Accepted => ("开始核查", "began to verify it"),
            ReportStatus.BreachFound => ("查实", "found a breach"),
            ReportStatus.NotFound => ("得出未发现违法的结论", "found no breach"),
            ReportStatus.Withdrawn => ("撤回", "withdrew it"),
            _ => ("移送", "referred it"),
        };
        var isReporter = Status is ReportStatus.Received or ReportStatus.Withdrawn;
        return new(
            ($"该举报{name.Zh}", $"This report: {name.En}"),
            ReportLife.Word(verb),
            new Came(
                isReporter ? OfReporter : "",
                isReporter ? ("举报人", "The reporter") : ("工作人员", "The desk"),
                did,
                MovedAt,
                IsDay: isReporter && IsAnonymous
            )
        );
    }
}
