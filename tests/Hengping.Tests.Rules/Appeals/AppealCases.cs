using Hengping.Rules;
using Hengping.Rules.Appeals;

namespace Hengping.Tests.Appeals;

/// <summary>Appeals in every status, made by what happened.</summary>
public static class AppealCases
{
    public static readonly DateTimeOffset T0 = new(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Promised = new(2026, 11, 2);
    public static readonly DateOnly Today = new(2026, 10, 12);
    public static readonly Guid Decider = new("00000000-0000-0000-0000-000000000001");
    public static readonly Guid Other = new("00000000-0000-0000-0000-000000000002");
    public static readonly AppealWindow Window = new(T0.AddDays(7), T0.AddDays(184));

    public static readonly TargetFacts Facts = new(
        new AppealTarget(AppealTargetKind.Measure, Guid.NewGuid()),
        T0,
        [Decider],
        IsSafety: false
    );

    public static PlanOfAction Plan(string cause = "供应商换了面料，没有重新送检") =>
        new([
            new(1, AppealSection.RootCause, cause, null, null, []),
            new(2, AppealSection.Corrective, "已下架并召回 120 件", "张敏", Promised, []),
            new(3, AppealSection.Preventive, "每批送检", "李强", Promised.AddDays(-5), []),
        ]);

    public static Appeal Begun(TargetFacts? facts = null) =>
        Appeal.Fold(
            null,
            Appeal.Begin(facts ?? Facts, new Appellant(Guid.NewGuid(), null), Window.Until, T0.AddDays(30), T0).Event!,
            T0
        );

    public static Decided<AppealEvent> Decide(
        Appeal appeal,
        Guid by,
        AppealStatus outcome = AppealStatus.Overturned,
        bool isFree = true,
        PlanOfAction? plan = null,
        ChangedMeasure? change = null
    ) =>
        appeal.Decide(
            new AppealDecision(
                outcome,
                [new(1, true, "有"), new(2, true, "有记录"), new(3, false, "没有证据")],
                "改正了",
                outcome == AppealStatus.Partly ? change ?? new ChangedMeasure(null, null, "只限旧批次") : null
            ),
            plan ?? Plan(),
            by,
            isFree,
            Today,
            day => new DateTimeOffset(day.ToDateTime(default), TimeSpan.Zero).AddDays(28)
        );

    public static Appeal In(AppealStatus status)
    {
        var appeal = Then(Begun(), Begun().Save(Plan(), null));
        if (status is AppealStatus.Draft)
            return appeal;
        if (status is AppealStatus.Withdrawn)
            return Then(appeal, appeal.Withdraw());
        if (status is AppealStatus.Lapsed)
            return Then(appeal, appeal.Lapse(T0.AddDays(60)));
        appeal = Then(appeal, appeal.Submit(Plan(), null, Window, false, T0.AddDays(7), T0));
        return status switch
        {
            AppealStatus.Submitted => appeal,
            AppealStatus.Refused => Then(
                appeal,
                appeal.Refuse([new(AppealSection.RootCause, "没有写原因")], null, T0.AddDays(30))
            ),
            _ => Then(appeal, Decide(appeal, Other, status)),
        };
    }

    public static Appeal Then(Appeal appeal, Decided<AppealEvent> decided) =>
        Appeal.Fold(appeal, decided.Event ?? throw new InvalidOperationException(decided.Refusal!.Code), T0);
}
