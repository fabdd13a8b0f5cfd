using Hengping.Rules.Operators;

namespace Hengping.Rules.Measures;

/// <summary>What each kind of operator may do here (rules.md § 1).</summary>
public static class MeasurePower
{
    /// <summary>Only a marketplace acts on shops, accounts and money.</summary>
    public static readonly Refusal MarketplaceOnly = new(
        "measure.marketplace-only",
        "只有电商平台运营方可以限制店铺、账号或扣款；您可以就商品提出警示、风险提示、下架或禁售",
        "Only a marketplace restricts shops and accounts or deducts money; you can warn, flag, or speak of a listing's "
            + "takedown or ban"
    );

    /// <summary>A recommendation restricts nothing, so none goes first.</summary>
    public static readonly Refusal NothingUrgent = new(
        "measure.recommendation-not-urgent",
        "贵方只能提出建议，建议不产生限制，不能先行处置；情况紧急请移送监管部门",
        "You can only recommend, and a recommendation restricts nothing; in urgency, refer it to the regulator"
    );

    /// <summary>What a measure of this operator is.</summary>
    public static MeasureForm FormOf(OperatorKind? kind) =>
        kind switch
        {
            OperatorKind.Marketplace => MeasureForm.Decision,
            OperatorKind.Regulator => MeasureForm.Order,
            _ => MeasureForm.Recommendation,
        };

    /// <summary>Why this operator may not do it; null where it may.</summary>
    public static Refusal? Why(OperatorKind? kind, MeasureKind what, bool isUrgent) =>
        kind == OperatorKind.Marketplace ? null
        : what
            is not (MeasureKind.Warning or MeasureKind.Flagged or MeasureKind.ListingDown or MeasureKind.SaleForbidden)
            ? MarketplaceOnly
        : isUrgent && kind != OperatorKind.Regulator ? NothingUrgent
        : null;
}
