using Hengping.Rules.Risk;

namespace Hengping.Rules.Orders;

/// <summary>Where a complaint rate stands beside the norm.</summary>
public enum NormStand
{
    /// <summary>No orders are known.</summary>
    NoOrders,

    /// <summary>2 % or less.</summary>
    Normal,

    /// <summary>More than 2 %, but with so few orders chance alone may do that.</summary>
    MayBeChance,

    /// <summary>More than chance allows in nineteen of twenty shops: needs attention.</summary>
    Attention,

    /// <summary>More than chance allows in 998 of 1,000 shops.</summary>
    FarAbove,
}

/// <summary>
/// 投诉率: complaints per order. 1–2 % is normal, more needs attention (rules.md § 6); with few orders the limits of the
/// funnel judge it and not the bare 2 %.
/// </summary>
/// <param name="Rate">Complaints per order, to four decimals; null without orders.</param>
/// <param name="Attention">From here on it needs attention: the upper 95 % limit for so many orders.</param>
/// <param name="FarAbove">The upper 99.8 % limit.</param>
public sealed record ComplaintNorm(
    long Complaints,
    long Orders,
    decimal? Rate,
    decimal? Attention,
    decimal? FarAbove,
    NormStand Stand
)
{
    /// <summary>The lower end of what is normal.</summary>
    public const decimal Lower = 0.01m;

    /// <summary>The upper end of what is normal.</summary>
    public const decimal Upper = 0.02m;

    /// <summary>Judges a rate.</summary>
    public static ComplaintNorm Judge(long complaints, long orders)
    {
        if (orders <= 0)
            return new ComplaintNorm(complaints, 0, null, null, null, NormStand.NoOrders);
        var inner = Funnel.Limits((double)Upper, orders, Funnel.Inner).Hi;
        var outer = Funnel.Limits((double)Upper, orders, Funnel.Outer).Hi;
        var exact = (double)complaints / orders;
        var stand =
            complaints <= Upper * orders ? NormStand.Normal
            : exact <= inner ? NormStand.MayBeChance
            : exact <= outer ? NormStand.Attention
            : NormStand.FarAbove;
        return new ComplaintNorm(
            complaints,
            orders,
            ShopMetrics.Share(complaints, orders),
            Rounded(inner),
            Rounded(outer),
            stand
        );
    }

    private static decimal Rounded(double share) => decimal.Round((decimal)share, 4, MidpointRounding.AwayFromZero);
}
