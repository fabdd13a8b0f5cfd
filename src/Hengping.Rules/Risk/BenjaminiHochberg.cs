namespace Hengping.Rules.Risk;

/// <summary>
/// Benjamini and Hochberg (1995): of many things tested at once, which are called a signal so that at most a share q of
/// the calls is expected to be wrong. Everything that was tested belongs in, not what looked promising.
/// </summary>
public static class BenjaminiHochberg
{
    // p·m/k and q are the same number counted in two ways: at the edge they may differ in the last bits.
    private const double Slack = 1e-12;

    /// <summary>
    /// Adjusted p-values, in the order of <paramref name="ps"/>: the smallest q at which each would be called, at most
    /// 1.
    /// </summary>
    /// <param name="ps">p-values, each 0…1.</param>
    public static double[] Adjusted(IReadOnlyList<double> ps)
    {
        var order = new int[ps.Count];
        for (var i = 0; i < order.Length; i++)
        {
            if (!(ps[i] is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(ps), ps[i], "a p-value lies in 0…1");
            order[i] = i;
        }
        Array.Sort(order, (a, b) => ps[a] != ps[b] ? ps[a].CompareTo(ps[b]) : a.CompareTo(b));
        var adjusted = new double[order.Length];
        var least = 1.0;
        for (var rank = order.Length; rank > 0; rank--)
        {
            least = Math.Min(least, ps[order[rank - 1]] * order.Length / rank);
            adjusted[order[rank - 1]] = least;
        }
        return adjusted;
    }

    /// <summary>Is it called a signal?</summary>
    /// <param name="adjusted">One of <see cref="Adjusted"/>.</param>
    /// <param name="q">False discovery rate, 0…1.</param>
    public static bool IsRejected(double adjusted, double q) => adjusted <= q * (1 + Slack);
}
