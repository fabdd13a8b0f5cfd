namespace Hengping.Rules.Risk;

/// <summary>
/// Limits of a ratio of observed to expected counts: exact Poisson limits, lo = χ²(α/2; 2E)/2E and
/// hi = χ²(1−α/2; 2(E+1))/2E.
/// </summary>
public static class RatioFunnel
{
    /// <summary>Lower and upper limit around 1: what chance alone allows.</summary>
    /// <param name="expected">Expected count, above 0.</param>
    /// <param name="share">Share of the ratios between the limits, as .95.</param>
    public static (double Lo, double Hi) Limits(double expected, double share)
    {
        var tail = (1 - share) / 2;
        return (Quantile(expected, tail) / expected, Quantile(expected + 1, 1 - tail) / expected);
    }

    /// <summary>Where the gamma distribution of this shape and scale 1 reaches p: by halving.</summary>
    private static double Quantile(double shape, double p)
    {
        double lo = 0,
            hi = shape + 10;
        while (Below(shape, hi) < p)
            hi *= 2;
        for (var i = 0; i < 200 && hi - lo > 1e-14 * hi; i++)
        {
            var middle = (lo + hi) / 2;
            if (Below(shape, middle) < p)
                lo = middle;
            else
                hi = middle;
        }
        return (lo + hi) / 2;
    }

    /// <summary>Incomplete gamma function P(a, x): a series near the origin, a continued fraction far out.</summary>
    private static double Below(double a, double x)
    {
        if (x <= 0)
            return 0;
        var front = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a,
                sum = term;
            for (var n = 1; term > 1e-17 * sum; n++)
                sum += term *= x / (a + n);
            return front * sum;
        }
        // Lentz's way through the fraction.
        var b = x + 1 - a;
        var d = 1 / b;
        var c = 1e300;
        var h = d;
        for (var i = 1; i < 10_000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = 1 / ((an * d) + b);
            c = b + (an / c);
            var step = d * c;
            h *= step;
            if (Math.Abs(step - 1) < 1e-16)
                break;
        }
        return 1 - (front * h);
    }

    /// <summary>Stirling's series from 8 on, led there by Γ(x+1) = xΓ(x).</summary>
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 8; x++)
            shift += Math.Log(x);
        var y = 1 / (x * x);
        var series = (1.0 / 12 - (y * (1.0 / 360 - (y * (1.0 / 1260 - (y * (1.0 / 1680 - (y / 1188)))))))) / x;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }
}
