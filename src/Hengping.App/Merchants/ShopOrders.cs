using Hengping.App.Platform;

namespace Hengping.App.Merchants;

/// <summary>A shop's order as rooms speak of it to each other: its number is told to nobody by that.</summary>
public static class ShopOrders
{
    /// <summary>The keyed print of an order number of a shop.</summary>
    public static string PrintOf(KeyRing keys, Guid merchant, string orderNo) =>
        keys.Fingerprint(MerchantPurposes.ShopOrder, $"{merchant:N}:{orderNo}");
}
