namespace Hengping.Rules.Complaints;

/// <summary>处理权限: whose place decides which authority has a matter by the law, and why.</summary>
/// <param name="Code">Stable.</param>
public sealed record Competence(string Code, string Zh, string En)
{
    /// <summary>令121 art. 13¶2.</summary>
    public static readonly Competence PlatformDomicile = new(
        "platform-domicile",
        "被投诉人是电子商务平台经营者：由其住所地县级市场监督管理部门处理（令121第13条第2款）。",
        "A platform itself: the county market regulator of its domicile (SAMR Order 121 art. 13¶2)."
    );

    /// <summary>令121 art. 13¶3, where the published address serves.</summary>
    public static readonly Competence ShopOrPlatform = new(
        "shop-or-platform",
        "平台内经营者：由其在平台公示的地址所在地，或者平台经营者住所地的县级市场监督管理部门处理，先收到的处理"
            + "（令121第13条第3款、第14条）。没有公示地址，或者按公示的地址联系不上的，由平台经营者住所地处理。",
        "A shop on a platform: the county market regulator of the address it publishes there, or of the platform’s "
            + "domicile, whichever received it first (SAMR Order 121 arts. 13¶3, 14). Without a published address, or "
            + "where nobody is reached there: that of the platform’s domicile."
    );

    /// <summary>令121 art. 13¶3, where it does not.</summary>
    public static readonly Competence PlatformForShop = new(
        "platform-for-shop",
        "平台内经营者没有公示可以联系的地址（平台到期没有提供销售者的真实名称和联系方式）："
            + "由平台经营者住所地县级市场监督管理部门处理（令121第13条第3款）。",
        "The shop has no address at which it is reached (the platform did not name the seller in time): the county "
            + "market regulator of the platform’s domicile (SAMR Order 121 art. 13¶3)."
    );

    /// <summary>令121 art. 13¶1, and who cannot be reached.</summary>
    public static readonly Competence PlaceOrDomicile = new(
        "place-or-domicile",
        "由被投诉人实际经营地或者住所地县级市场监督管理部门处理；自建网站或者通过其他网络服务经营的，由其住所地处理"
            + "（令121第13条第1、2款）。",
        "The county market regulator of the respondent’s actual place of business or domicile; of its domicile where "
            + "it sells on a site of its own (SAMR Order 121 art. 13¶¶1–2)."
    );

    /// <summary>The same, of a respondent nobody reaches.</summary>
    public static readonly Competence UnreachedPlace = new(
        "unreached-place",
        "联系不上被投诉人。是平台内经营者的，由平台经营者住所地县级市场监督管理部门处理（令121第13条第3款）；"
            + "不是的，由其实际经营地或者住所地处理（第13条第1、2款）。",
        "The respondent is not reached. Where it sells on a platform: the county market regulator of the platform’s "
            + "domicile (SAMR Order 121 art. 13¶3); else that of its place of business or domicile (13¶¶1–2)."
    );

    /// <summary>Of a consumer’s complaint; merchants’ complaints against platforms are no matter of 令121.</summary>
    /// <param name="isPlatform">The respondent is a platform others sell on.</param>
    /// <param name="story">It may name a shop on the platform.</param>
    public static Competence? Of(Complaint complaint, bool isPlatform, Story? story) =>
        complaint.Side != Side.Consumer ? null
        : isPlatform && story?.SelfOperated == true ? PlatformDomicile
        : isPlatform && complaint.Shop is null && story is not { ShopName: not null } and not { ShopUrl: not null }
            ? PlatformDomicile
        : isPlatform && complaint.IsSellerOverdue && !complaint.IsSellerNamed ? PlatformForShop
        : isPlatform ? ShopOrPlatform
        : complaint.Status == Status.Unreached ? UnreachedPlace
        : PlaceOrDomicile;
}
