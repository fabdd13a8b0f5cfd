namespace Hengping.Rules.Measures;

/// <summary>What is done, from the lightest up.</summary>
public enum MeasureKind
{
    /// <summary>警示: a warning by the platform; no penalty.</summary>
    Warning,

    /// <summary>风险提示: a metric is over its threshold; it says the way out.</summary>
    Flagged,

    /// <summary>流量限制.</summary>
    TrafficReduced,

    /// <summary>活动限制: no campaigns.</summary>
    CampaignBarred,

    /// <summary>类目限制.</summary>
    CategoryRestricted,

    /// <summary>重点关注: an account is watched.</summary>
    AccountWatched,

    /// <summary>账号限权.</summary>
    AccountRestricted,

    /// <summary>下架 of one listing.</summary>
    ListingDown,

    /// <summary>禁售.</summary>
    SaleForbidden,

    /// <summary>扣除费用.</summary>
    FeeDeducted,

    /// <summary>扣除保证金.</summary>
    DepositDeducted,

    /// <summary>关闭店铺.</summary>
    ShopClosed,

    /// <summary>黑名单, with an end at which it is removed by itself.</summary>
    BlackListed,
}

/// <summary>What of the addressee's it is about.</summary>
public enum TargetKind
{
    /// <summary>商品.</summary>
    Listing,

    /// <summary>店铺.</summary>
    Shop,

    /// <summary>类目.</summary>
    Category,

    /// <summary>账号.</summary>
    Account,
}

/// <summary>What the breach is, from a short list; it says too which grounds are urgent.</summary>
public enum MeasureReason
{
    /// <summary>人身安全.</summary>
    Safety,

    /// <summary>许可证或 CCC 证书过期、不符.</summary>
    Licence,

    /// <summary>违禁品.</summary>
    Prohibited,

    /// <summary>假冒.</summary>
    Counterfeit,

    /// <summary>知识产权通知 (电商法 arts. 42–44).</summary>
    IpNotice,

    /// <summary>虚假宣传.</summary>
    FalsePromotion,

    /// <summary>质量不合格.</summary>
    Quality,

    /// <summary>欺诈.</summary>
    Fraud,

    /// <summary>价格违规.</summary>
    Price,

    /// <summary>评价造假.</summary>
    FakeReviews,

    /// <summary>个人信息.</summary>
    PersonalData,

    /// <summary>滥用投诉举报: threat, swap, planting, forging; never number or profession.</summary>
    AbusiveClaims,

    /// <summary>其他违反规则.</summary>
    OtherRule,
}

/// <summary>Who decided: people, people with a machine's help, or a machine.</summary>
public enum Automation
{
    /// <summary>人工.</summary>
    None,

    /// <summary>部分自动.</summary>
    Partly,

    /// <summary>全自动; a human signs all the same.</summary>
    Fully,
}

/// <summary>From whom it came to the operator's notice.</summary>
public enum MeasureSource
{
    /// <summary>平台自查.</summary>
    Own,

    /// <summary>投诉、举报或通知.</summary>
    Notice,

    /// <summary>监管部门或检测机构.</summary>
    Authority,
}

/// <summary>What a measure is by the operator's power (rules.md § 1): the same paper, another verb.</summary>
public enum MeasureForm
{
    /// <summary>处置: by the marketplace's own rules.</summary>
    Decision,

    /// <summary>责令: a regulator within its competence (消保法 art. 33, 令18 arts. 45–48).</summary>
    Order,

    /// <summary>建议: an association or third party; it restricts nothing by itself.</summary>
    Recommendation,
}

/// <summary>Why a shop is closed without thirty days' notice.</summary>
public enum ClosingCause
{
    /// <summary>依法或依行政、司法机关要求.</summary>
    ByOrder,

    /// <summary>存在危险.</summary>
    Danger,

    /// <summary>欺诈.</summary>
    Fraud,

    /// <summary>屡次严重违规.</summary>
    RepeatedSerious,
}

/// <summary>What follows from a kind alone.</summary>
public static class MeasureKinds
{
    /// <summary>Announced first, with time to answer, and signed by another than proposed it (rules.md § 6).</summary>
    public static bool IsHeavy(MeasureKind kind) =>
        kind
            is MeasureKind.SaleForbidden
                or MeasureKind.FeeDeducted
                or MeasureKind.DepositDeducted
                or MeasureKind.ShopClosed
                or MeasureKind.BlackListed;

    /// <summary>Takes money.</summary>
    public static bool IsMoney(MeasureKind kind) => kind is MeasureKind.FeeDeducted or MeasureKind.DepositDeducted;

    /// <summary>Stops the sale of goods.</summary>
    public static bool IsStop(MeasureKind kind) => kind is MeasureKind.ListingDown or MeasureKind.SaleForbidden;

    /// <summary>Goes on until something ends it: it has an end date or an end condition.</summary>
    public static bool IsLasting(MeasureKind kind) => !IsMoney(kind);

    /// <summary>
    /// It concerns the firm and not one shop or one listing of it: its other entries, by unified credit code, are laid
    /// before whoever decides (令117 art. 14). Nothing follows by itself.
    /// </summary>
    public static bool IsOfFirm(MeasureKind kind, TargetKind target) =>
        target != TargetKind.Listing
        && kind
            is MeasureKind.CategoryRestricted
                or MeasureKind.SaleForbidden
                or MeasureKind.ShopClosed
                or MeasureKind.BlackListed;

    /// <summary>What it can be about.</summary>
    public static IReadOnlyList<TargetKind> TargetsOf(MeasureKind kind) =>
        kind switch
        {
            MeasureKind.ListingDown => [TargetKind.Listing],
            MeasureKind.SaleForbidden => [TargetKind.Listing, TargetKind.Category],
            MeasureKind.CategoryRestricted => [TargetKind.Category],
            MeasureKind.AccountWatched or MeasureKind.AccountRestricted => [TargetKind.Account],
            MeasureKind.BlackListed => [TargetKind.Shop, TargetKind.Account],
            MeasureKind.Warning => [TargetKind.Shop, TargetKind.Listing, TargetKind.Account],
            MeasureKind.Flagged or MeasureKind.TrafficReduced => [TargetKind.Shop, TargetKind.Listing],
            _ => [TargetKind.Shop],
        };

    /// <summary>May go before the signature: danger to persons, no valid licence, goods nobody may sell.</summary>
    public static bool IsUrgentGround(MeasureReason reason) =>
        reason is MeasureReason.Safety or MeasureReason.Licence or MeasureReason.Prohibited;

    /// <summary>The goods may not be sold at all: such a stop has no end (rules.md § 6).</summary>
    public static bool IsWithoutEnd(MeasureKind kind, MeasureReason reason) =>
        IsStop(kind) && reason == MeasureReason.Prohibited;

    /// <summary>The step of the ladder, from 1; a hint for whoever proposes (令117 arts. 12, 14).</summary>
    public static int Step(MeasureKind kind) =>
        kind switch
        {
            MeasureKind.Warning or MeasureKind.Flagged => 1,
            MeasureKind.AccountWatched or MeasureKind.CampaignBarred or MeasureKind.CategoryRestricted => 2,
            MeasureKind.TrafficReduced => 3,
            MeasureKind.ListingDown
            or MeasureKind.SaleForbidden
            or MeasureKind.AccountRestricted
            or MeasureKind.FeeDeducted
            or MeasureKind.DepositDeducted => 4,
            MeasureKind.ShopClosed => 5,
            _ => 6,
        };
}
