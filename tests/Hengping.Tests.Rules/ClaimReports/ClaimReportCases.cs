using Hengping.Rules;
using Hengping.Rules.ClaimReports;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;

namespace Hengping.Tests.ClaimReports;

/// <summary>Reports of abnormal claims in every status, made by what happened.</summary>
public static class ClaimReportCases
{
    public static readonly DateTimeOffset T0 = new(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);
    public static readonly Guid Decider = new("00000000-0000-0000-0000-000000000001");
    public static readonly Guid Other = new("00000000-0000-0000-0000-000000000002");
    public static readonly Guid Person = new("00000000-0000-0000-0000-000000000003");
    public static readonly ClaimReportTimes Times = new(T0.AddHours(24), T0.AddDays(2));
    public static readonly DateTimeOffset AppealBy = T0.AddDays(9);

    public static ClaimReportSaid Said() =>
        new()
        {
            Alleged = "收货后以标签用语为由索要十倍赔偿。",
            Demanded = "不赔就天天来闹。",
            ClaimantPhone = "13800138000",
            Sum = 1_000,
            Orders = [new OrderSaid("A-1", new DateOnly(2026, 9, 1))],
        };

    public static ClaimReportDraft Draft(ClaimReportSaid? said = null) =>
        ClaimReportDraft.Check(Pretext.AdvertisingWords, said ?? Said(), new FieldFaults(), T0);

    public static Decided<ClaimReportEvent> Filing(
        bool isHeld = false,
        OperatorKind? kind = OperatorKind.Marketplace,
        params string[] orders
    ) =>
        ClaimReport.File(
            "HP-1",
            Draft(),
            kind,
            Guid.NewGuid(),
            Person,
            orders.Length > 0 ? orders : ["print"],
            isHeld,
            Times
        );

    public static ClaimReport Filed(bool isHeld = false) => ClaimReport.Fold(null, Filing(isHeld).Event!, T0);

    public static Decided<ClaimReportEvent> Decide(
        ClaimReport report,
        ClaimReportStatus outcome = ClaimReportStatus.Upheld,
        Guid? by = null,
        OperatorKind? kind = OperatorKind.Marketplace,
        DateTimeOffset? now = null
    ) =>
        report.Decide(
            kind,
            by ?? Decider,
            outcome,
            outcome == ClaimReportStatus.Upheld ? [ClaimGround.Threat] : [],
            DefectFound.NotReal,
            "聊天记录里有威胁。",
            AppealBy,
            now ?? T0.AddHours(30)
        );

    public static ClaimReport In(ClaimReportStatus status)
    {
        if (status == ClaimReportStatus.Held)
            return Filed(isHeld: true);
        var report = Filed();
        if (status == ClaimReportStatus.Hearing)
            return report;
        if (status == ClaimReportStatus.Withdrawn)
            return Then(report, report.Withdraw());
        report = Then(report, report.State(Person, "我没有威胁任何人。", []));
        if (status == ClaimReportStatus.Heard)
            return report;
        if (status == ClaimReportStatus.Rejected)
            return Then(report, Decide(report, ClaimReportStatus.Rejected));
        report = Then(report, Decide(report));
        if (status == ClaimReportStatus.Upheld)
            return report;
        report = Then(report, report.Appeal(Person, "聊天记录被截断了。", [], T0.AddDays(12), T0.AddDays(3)));
        if (status == ClaimReportStatus.Appealed)
            return report;
        var isOverturned = status == ClaimReportStatus.Overturned;
        return Then(report, report.Review(OperatorKind.Marketplace, Other, isOverturned, "核对了完整记录。"));
    }

    public static ClaimReport Then(ClaimReport report, Decided<ClaimReportEvent> decided) =>
        ClaimReport.Fold(
            report,
            decided.Event ?? throw new InvalidOperationException(decided.Refusal!.Code),
            T0.AddHours(30)
        );
}
