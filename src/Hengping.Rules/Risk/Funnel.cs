namespace Hengping.Rules.Risk;

/// <summary>Limits of a share around its target, by arcsine: sin²(asin√t ± z/(2√n)).</summary>
public static class Funnel
{
    /// <summary>z of the inner limits, 95 %.</summary>
    public const double Inner = 1.959964;

    /// <summary>z of the outer limits, 99.8 %.</summary>
    public const double Outer = 3.090232;

    /// <summary>Lower and upper limit: what chance alone allows.</summary>
    /// <param name="target">The share that is expected, 0…1.</param>
    /// <param name="n">Orders, or cases.</param>
    /// <param name="z"><see cref="Inner"/> or <see cref="Outer"/>.</param>
    public static (double Lo, double Hi) Limits(double target, double n, double z)
    {
        var centre = Math.Asin(Math.Sqrt(target));
        var half = z / (2 * Math.Sqrt(n));
        var lo = Math.Sin(Math.Max(0, centre - half));
        var hi = Math.Sin(Math.Min(Math.PI / 2, centre + half));
        return (lo * lo, hi * hi);
    }
}
