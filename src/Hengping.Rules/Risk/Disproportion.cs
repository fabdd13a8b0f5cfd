namespace Hengping.Rules.Risk;

/// <summary>
/// Is a problem named more often with one product than with the others? From the table a (both), b (product, other
/// problems), c (other products, this problem), d (neither). A signal is not a cause. Null where nothing is defined.
/// </summary>
public sealed record Disproportion(
    double? Expected,
    double? Prr,
    double? PrrLo,
    double? PrrHi,
    double? Ror,
    double? RorLo,
    double? RorHi,
    double? ChiSquare,
    double? Ic,
    double? Ic025
)
{
    private const double Z = 1.959964;

    /// <summary>Computes all measures.</summary>
    public static Disproportion Of(long a, long b, long c, long d)
    {
        double n = (double)a + b + c + d,
            drug = (double)a + b,
            rest = (double)c + d,
            event1 = (double)a + c,
            event0 = (double)b + d;
        var expected = n > 0 ? drug * event1 / n : (double?)null;
        double? prr = drug > 0 && rest > 0 && c > 0 ? a / drug / (c / rest) : null;
        double? prrError = prr > 0 ? Math.Sqrt((1.0 / a) - (1 / drug) + (1.0 / c) - (1 / rest)) : null;
        double? ror = b > 0 && c > 0 ? (double)a * d / ((double)b * c) : null;
        double? rorError = ror > 0 ? Math.Sqrt((1.0 / a) + (1.0 / b) + (1.0 / c) + (1.0 / d)) : null;
        var cross = ((double)a * d) - ((double)b * c);
        var margins = drug * rest * event1 * event0;
        double? ic = expected is { } e ? Math.Log2((a + 0.5) / (e + 0.5)) : null;
        return new Disproportion(
            expected,
            prr,
            Limit(prr, -Z * prrError),
            Limit(prr, Z * prrError),
            ror,
            Limit(ror, -Z * rorError),
            Limit(ror, Z * rorError),
            margins > 0 ? n * cross * cross / margins : null,
            ic,
            ic - (3.3 * Math.Pow(a + 0.5, -0.5)) - (2 * Math.Pow(a + 0.5, -1.5))
        );
    }

    private static double? Limit(double? ratio, double? logDistance) =>
        logDistance is { } distance ? ratio * Math.Exp(distance) : null;

    /// <summary>Which call it a signal: PRR (a ≥ 3, PRR ≥ 2, χ² ≥ 4), ROR (lower limit > 1), IC (IC025 > 0).</summary>
    public IReadOnlyList<string> Flags(long a)
    {
        var flags = new List<string>(3);
        if (a >= 3 && Prr >= 2 && ChiSquare >= 4)
            flags.Add("prr");
        if (RorLo > 1)
            flags.Add("ror");
        if (Ic025 > 0)
            flags.Add("ic");
        return flags;
    }
}
