namespace Hengping.Rules.Risk;

/// <summary>Limits of a share around its target, by arcsine: sin²(asin√t ± z/(2√n)).</summary>
public static class Funnel
{
    /// <summary>Lower and upper limit.</summary>
    /// <param name="target">The share that is expected, 0…1.</param>
    /// <param name="n">Orders.</param>
    /// <param name="z">1.959964 for 95 %, 3.090232 for 99.8 %.</param>
    public static (double Lo, double Hi) Limits(double target, double n, double z)
    {
        var centre = Math.Asin(Math.Sqrt(target));
        var half = z / (2 * Math.Sqrt(n));
        var lo = Math.Sin(Math.Max(0, centre - half));
        var hi = Math.Sin(Math.Min(Math.PI / 2, centre + half));
        return (lo * lo, hi * hi);
    }
}
