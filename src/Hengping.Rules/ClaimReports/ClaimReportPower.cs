using Hengping.Rules.Operators;

namespace Hengping.Rules.ClaimReports;

/// <summary>Only a marketplace changes a shop's metrics by its own rules (rules.md § 1).</summary>
public static class ClaimReportPower
{
    /// <summary>Why this operator decides nothing here.</summary>
    public static readonly Refusal MarketplaceOnly = new(
        "claim-report.marketplace-only",
        "只有电商平台运营方可以处理职业索赔举报并改变店铺指标。请向交易所在的平台举报；遇到敲诈勒索，请报警",
        "Only a marketplace decides reports of abnormal claims and changes a shop's metrics. Report it to the platform "
            + "of the order; of extortion, tell the police"
    );

    /// <summary>Null where this operator may.</summary>
    public static Refusal? Why(OperatorKind? kind) => kind == OperatorKind.Marketplace ? null : MarketplaceOnly;
}

/// <summary>
/// Who had many reports rejected: the next one waits for a human before the claimant is told. It is never refused by
/// itself.
/// </summary>
public static class ReporterLimit
{
    /// <summary>Decisions of so many days count.</summary>
    public const int Days = 90;

    /// <summary>From so many rejected on.</summary>
    public const int RejectedMin = 5;

    /// <summary>A human looks at the next one first.</summary>
    /// <param name="decided">All that were decided in these days, of all shops of one operator.</param>
    /// <param name="rejected">Those of them that were rejected or overturned.</param>
    public static bool Holds(int decided, int rejected) => rejected >= RejectedMin && rejected * 2 > decided;
}
