using Hengping.Rules;
using Hengping.Rules.Measures;
using Hengping.Rules.Operators;
using Hengping.Rules.RuleRegister;

namespace Hengping.Tests.Measures;

/// <summary>Measures in every status, as the tables of their rules need them.</summary>
internal static class SomeMeasures
{
    public static readonly DateTimeOffset T0 = new(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);
    public static readonly Guid Proposer = new("00000000-0000-0000-0000-000000000001");
    public static readonly Guid Signer = new("00000000-0000-0000-0000-000000000002");
    public static readonly Guid Shop = new("00000000-0000-0000-0000-000000000003");
    public static readonly Guid Appeal = new("00000000-0000-0000-0000-000000000004");
    public static readonly Guid Other = new("00000000-0000-0000-0000-000000000005");

    public static Measure In(MeasureStatus status)
    {
        var ip = Begin(MeasureKind.ListingDown, TargetKind.Listing, reason: MeasureReason.IpNotice);
        var urgent = Begin(MeasureKind.ListingDown, TargetKind.Listing, isUrgent: true);
        var inForce = Signed(ip);
        return status switch
        {
            MeasureStatus.Proposed => urgent,
            MeasureStatus.Announced => Begin(MeasureKind.SaleForbidden, TargetKind.Listing),
            MeasureStatus.Notified => Measure.Fold(
                Begin(MeasureKind.ShopClosed, TargetKind.Shop),
                new MeasureEvent.Signed(Signer, T0.AddDays(30), T0.AddDays(7)),
                T0
            ),
            MeasureStatus.InForce => inForce,
            MeasureStatus.Ended => Measure.Fold(inForce, new MeasureEvent.Ended(), T0),
            MeasureStatus.Lifted => Measure.Fold(inForce, new MeasureEvent.Lifted(Signer, "corrected"), T0),
            MeasureStatus.Overturned => Measure.Fold(inForce, new MeasureEvent.Overturned(Appeal), T0),
            MeasureStatus.Lapsed => Measure.Fold(urgent, new MeasureEvent.Lapsed(), T0),
            _ => Measure.Fold(urgent, new MeasureEvent.Dropped(Signer), T0),
        };
    }

    public static Measure Signed(Measure measure) =>
        Measure.Fold(measure, new MeasureEvent.Signed(Signer, T0, T0.AddDays(7)), T0);

    public static Measure Begin(
        MeasureKind kind,
        TargetKind target,
        bool isUrgent = false,
        MeasureReason reason = MeasureReason.Safety
    ) => Measure.Fold(null, Propose(Draft(kind, target) with { IsUrgent = isUrgent, Reason = reason }).Event!, T0);

    public static Decided<MeasureEvent> Propose(MeasureDraft draft)
    {
        var terms = new MeasureTerms(T0.AddDays(3), T0.AddHours(24), T0.AddDays(1));
        return Measure.Propose("M1", draft, OperatorKind.Marketplace, terms, Proposer);
    }

    public static MeasureDraft Draft(MeasureKind kind, TargetKind target) =>
        new(
            kind,
            new MeasureAddressee(target != TargetKind.Account, Shop),
            new MeasureTarget(target, "1", null, "充电器"),
            MeasureReason.Safety,
            new ClauseRef(Guid.Empty, 1, "3"),
            new DateOnly(2026, 10, 10),
            new MeasureWords("充电时冒烟，三起投诉，复测温升超标。", "该商品停止展示")
        )
        {
            EndsOn = new DateOnly(2026, 12, 31),
            Amount = 500,
        };
}
