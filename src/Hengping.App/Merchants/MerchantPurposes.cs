using Hengping.App.Platform;

namespace Hengping.App.Merchants;

/// <summary>What this room makes keyed prints for.</summary>
public static class MerchantPurposes
{
    /// <summary>The code sent to a merchant's contact.</summary>
    public static readonly Purpose ClaimCode = new(3, "claim-code", IsKept: true);

    /// <summary>A shop's order number.</summary>
    public static readonly Purpose ShopOrder = new(24, "shop-order", IsKept: true);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Purpose> All = [ClaimCode, ShopOrder];
}
