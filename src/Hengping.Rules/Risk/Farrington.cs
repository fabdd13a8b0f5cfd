namespace Hengping.Rules.Risk;

/// <summary>What makes the counts of a week more nearly normal before a limit is drawn.</summary>
public enum FarringtonPower
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>Square root.</summary>
    Half,

    /// <summary>Power ⅔, for skewed counts.</summary>
    TwoThirds,
}

/// <summary>Farrington and others (1996): above which count a period is more than its model expects.</summary>
public static class Farrington
{
    /// <summary>The threshold, one-sided.</summary>
    /// <param name="mean">What the model expects, above 0.</param>
    /// <param name="error">Standard error of that mean.</param>
    /// <param name="dispersion">φ, 1 for Poisson.</param>
    /// <param name="z">Quantile of the normal distribution: 1.644854 for α .05.</param>
    public static double Threshold(double mean, double error, double dispersion, double z, FarringtonPower power)
    {
        var spread = z * Math.Sqrt((dispersion + (error * error / mean)) / mean);
        return power switch
        {
            FarringtonPower.None => mean * (1 + spread),
            FarringtonPower.Half => mean * Math.Pow(1 + (spread / 2), 2),
            _ => mean * Math.Pow(1 + (spread * 2 / 3), 1.5),
        };
    }
}
