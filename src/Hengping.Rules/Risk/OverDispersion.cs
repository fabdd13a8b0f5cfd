namespace Hengping.Rules.Risk;

/// <summary>
/// Merchants differ by more than chance, for reasons that are nobody's fault; limits that do not know it call too many.
/// φ is the mean of z², the outermost tenth on each side drawn in; τ² is what the means differ by beyond chance.
/// </summary>
public readonly record struct OverDispersion(double Phi, double TauSquared)
{
    private const double Winsorised = 0.1;

    /// <summary>From the z of all units, and their weights 1/s².</summary>
    /// <param name="z">Distance of each unit from the target, in its own σ.</param>
    /// <param name="weights">1/s² of each, in the same order.</param>
    public static OverDispersion Of(IReadOnlyList<double> z, IReadOnlyList<double> weights)
    {
        if (z.Count != weights.Count)
            throw new ArgumentException("a weight for each z", nameof(weights));
        if (z.Count < 2)
            return new OverDispersion(1, 0);
        var sorted = z.Order().ToArray();
        var cut = (int)(Winsorised * sorted.Length);
        var (lo, hi) = (sorted[cut], sorted[^(cut + 1)]);
        var phi = z.Average(one => Math.Pow(Math.Clamp(one, lo, hi), 2));
        double sum = weights.Sum(),
            squares = weights.Sum(w => w * w);
        var below = sum - (squares / sum);
        var tau = below > 0 ? ((z.Count * phi) - (z.Count - 1)) / below : 0;
        return new OverDispersion(phi, Math.Max(0, tau));
    }
}
