namespace Hengping.Rules.Inspections;

/// <summary>How a single sampling plan decides.</summary>
public static class OperatingCharacteristic
{
    /// <summary>Probability to accept a lot whose share of faulty items is <paramref name="p"/> (binomial).</summary>
    /// <param name="n">Items drawn.</param>
    /// <param name="ac">Accepted up to so many faulty ones.</param>
    public static double Accepts(int n, int ac, double p)
    {
        if (ac >= n || p <= 0)
            return 1;
        if (p >= 1)
            return 0;
        // In logarithms, so that neither (1−p)^n nor the coefficients leave the range of a double.
        var odds = Math.Log(p) - Math.Log(1 - p);
        var term = n * Math.Log(1 - p);
        var sum = Math.Exp(term);
        for (var k = 1; k <= ac; k++)
        {
            term += Math.Log((n - k + 1.0) / k) + odds;
            sum += Math.Exp(term);
        }
        return Math.Min(1, sum);
    }
}
