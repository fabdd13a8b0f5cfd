namespace Hengping.Rules.Inspections;

/// <summary>What it says of all goods that none of n tested ones failed: little, where n is small.</summary>
public static class NoneFailed
{
    /// <summary>
    /// The share of bad items that is still possible at 95 %: 1 − 0.05^(1/n). 63.2 % for 3, 9.8 % for 29, 4.95 % for
    /// 59.
    /// </summary>
    /// <param name="n">Items tested, none of which failed; with 0 everything is possible.</param>
    public static double StillBad(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return n == 0 ? 1 : 1 - Math.Pow(0.05, 1.0 / n);
    }
}
