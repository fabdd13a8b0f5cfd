using Hengping.Rules.Complaints;

namespace Hengping.Rules.Reports;

/// <summary>A report that is not for this body, and two bodies that disagree about one.</summary>
public sealed partial record Report
{
    /// <summary>令121 art. 31¶1.</summary>
    public static readonly Competence OfPlatforms = new(
        "platform-domicile",
        "被举报人是电子商务平台经营者：由其住所地县级以上市场监督管理部门处理（令121第31条第1款）。",
        "A platform itself: the market regulator of its domicile, of a county or above (SAMR Order 121 art. 31¶1)."
    );

    /// <summary>令121 art. 31¶2, and what holds for those who sell elsewhere.</summary>
    public static readonly Competence OfSellers = new(
        "actual-place",
        "平台内经营者：由其实际经营地县级以上市场监督管理部门处理；平台经营者住所地的部门先收到举报的，也可以处理"
            + "（令121第31条第2款）。自建网站的，由其住所地处理（第31条第1款）；不在网上经营的，由行为发生地处理（第29条）。",
        "Who sells on a platform: the market regulator of the actual place of business; that of the platform’s "
            + "domicile may handle it where it received the report first (SAMR Order 121 art. 31¶2). On a site of "
            + "their own: that of their domicile (31¶1). Not online: that of the place where it happened (29)."
    );

    /// <summary>The reason that names who is competent: the reporter is told to go there (令121 art. 34).</summary>
    public const string NotCompetent = "report-not-competent";

    /// <summary>Another body disagrees about who is competent: to be settled by then (令121 art. 33).</summary>
    public DateTimeOffset? SettleBy { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? DisputedAt { get; init; }

    /// <summary>Whom the reporter was told to go to.</summary>
    public string? GoTo { get; init; }

    /// <summary>Only authorities have competences to disagree about.</summary>
    public static readonly Refusal NoDispute = new(
        "report.no-dispute",
        "处理权限争议只发生在市场监督管理部门之间",
        "Only market regulators disagree about who is competent"
    );

    /// <summary>It is being settled already.</summary>
    public static readonly Refusal DisputedAlready = new(
        "report.disputed",
        "权限争议已登记，正在协商",
        "The conflict of competence is recorded already and being settled"
    );

    /// <summary>处理权限争议: from now on seven working days to settle it.</summary>
    /// <param name="with">The other authority.</param>
    public Decided<ReportEvent> Dispute(string with, DateTimeOffset? settleBy, bool isRegulator) =>
        No(ReportVerb.Dispute) is { } no ? no
        : !isRegulator ? NoDispute
        : DisputedAt is not null ? DisputedAlready
        : new ReportEvent.Disputed(with, settleBy);
}
