using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Accounts;

/// <summary>
/// 店铺分管: whoever of a merchant's team is limited to some shops and platforms sees and answers what came from there,
/// and nothing else of the merchant's.
/// </summary>
public static class ShopLimits
{
    /// <summary>
    /// Where a case came from, for one of its merchants: the shop on one's platform, the platform one's shop is on, or
    /// one's own door.
    /// </summary>
    public static Guid PlaceOf(Complaint complaint, Guid merchant) =>
        complaint.Respondent == merchant ? complaint.Shop ?? merchant : complaint.Respondent;

    /// <summary>The same as SQL about <c>complaints c</c>.</summary>
    public static string Place(string merchant) =>
        $"case when c.respondent = {merchant} then coalesce(c.shop, c.respondent) else c.respondent end";

    /// <summary>Whether a case lies within what the caller works for.</summary>
    public static bool Holds(Complaint complaint, Caller caller) =>
        caller.Shops is not { } shops
        || (caller.Merchant is { } merchant && shops.Contains(PlaceOf(complaint, merchant)));

    /// <summary>
    /// The same as a condition on <c>complaints c</c>; empty for whoever is not limited. Ids stand in it as they are:
    /// they are ours, and both engines read them so.
    /// </summary>
    public static string Sql(Caller? caller)
    {
        if (caller is not { Shops: { } shops, Merchant: { } merchant })
            return "";
        var listed = string.Join(", ", shops.Select(Literal).DefaultIfEmpty(Literal(Guid.Empty)));
        return $" and ({Place(Literal(merchant))} in ({listed}))";
    }

    // SQLite keeps ids as upper-case text, PostgreSQL reads either case.
    private static string Literal(Guid id) => $"'{id.ToString("D").ToUpperInvariant()}'";
}
