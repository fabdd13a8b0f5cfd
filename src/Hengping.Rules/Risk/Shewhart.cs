namespace Hengping.Rules.Risk;

/// <summary>Charts of single periods: what chance alone allows around a mean, ±3σ. 2.7 of 1,000 lie outside.</summary>
public static class Shewhart
{
    /// <summary>Half the width of a chart, in σ.</summary>
    public const double Sigmas = 3;

    /// <summary>p chart: limits of a share, p̄ ± 3√(p̄(1−p̄)/n), by the n of each period.</summary>
    /// <param name="mean">The baseline's share, 0…1.</param>
    /// <param name="n">Orders of the period.</param>
    public static (double Lo, double Hi) OfShare(double mean, double n)
    {
        var half = Sigmas * Math.Sqrt(mean * (1 - mean) / n);
        return (Math.Max(0, mean - half), Math.Min(1, mean + half));
    }

    /// <summary>c chart: limits of a count, c̄ ± 3√c̄.</summary>
    public static (double Lo, double Hi) OfCount(double mean)
    {
        var half = Sigmas * Math.Sqrt(mean);
        return (Math.Max(0, mean - half), mean + half);
    }

    /// <summary>误报预算: alarms that chance alone gives, of so many series over so many periods.</summary>
    /// <param name="alpha">False alarms of one series in one period; 0.0027 at 3σ.</param>
    public static double FalseAlarms(double series, double periods, double alpha) => series * periods * alpha;
}
