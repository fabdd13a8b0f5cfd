namespace Hengping.Rules.Risk;

/// <summary>EWMA: a mean that forgets, for drifts that no single period shows.</summary>
/// <param name="Lambda">Weight of the newest, 0…1.</param>
/// <param name="L">Half width of the limits, in σ of the mean.</param>
/// <param name="Mean">Of the baseline.</param>
/// <param name="Sigma">Of one observation.</param>
public sealed record Ewma(double Lambda, double L, double Mean, double Sigma)
{
    /// <summary>The mean after one more; before the first it is <see cref="Mean"/>.</summary>
    public double Next(double before, double x) => (Lambda * x) + ((1 - Lambda) * before);

    /// <summary>Limits after the i-th observation, 1 the first: narrower at the beginning.</summary>
    public (double Lo, double Hi) Limits(int i)
    {
        var forgotten = 1 - Math.Pow(1 - Lambda, 2.0 * i);
        var half = L * Sigma * Math.Sqrt(Lambda / (2 - Lambda) * forgotten);
        return (Mean - half, Mean + half);
    }
}

/// <summary>CUSUM, upwards: what exceeds the reference adds up until it reaches the limit.</summary>
/// <param name="K">Reference: between the mean that is fine and the one to be found, for counts too.</param>
/// <param name="H">Alarm when the sum reaches it.</param>
public sealed record Cusum(double K, double H)
{
    // A chain of more states takes seconds.
    private const int StatesMax = 1_000;

    /// <summary>The sum after one more; it begins at 0.</summary>
    public double Next(double before, double x) => Math.Max(0, x - K + before);

    /// <summary>Is it an alarm?</summary>
    public bool IsAlarm(double sum) => sum >= H;

    /// <summary>
    /// Periods until an alarm on average, counts being Poisson: exact, by the chain of sums. k and h to one decimal.
    /// </summary>
    /// <param name="mean">Of the counts.</param>
    public double RunLengthOfCounts(double mean) => RunLengthOf(Poisson(mean, H + K));

    /// <summary>The same for faulty ones of n, each with probability p.</summary>
    public double RunLengthOfFaulty(int n, double p) => RunLengthOf(Binomial(n, p, H + K));

    private double RunLengthOf(double[] probabilities)
    {
        var scale = IsWhole(K) && IsWhole(H) ? 1 : 10;
        var (step, states) = ((int)Math.Round(K * scale), (int)Math.Round(H * scale));
        if (states is < 1 or > StatesMax)
            throw new InvalidOperationException("the limit has to be above 0 and within a thousand steps");
        var chain = new double[states, states + 1];
        for (var from = 0; from < states; from++)
        {
            for (var count = 0; count < probabilities.Length; count++)
            {
                var to = Math.Max(0, from + (count * scale) - step);
                if (to < states)
                    chain[from, to] -= probabilities[count];
            }
            chain[from, from] += 1;
            chain[from, states] = 1;
        }
        return RunLength.Solve(chain)[0];
    }

    private static bool IsWhole(double number) => number == Math.Floor(number);

    // Counts beyond h + k end the chain from wherever it is: their probability is not needed.
    private static double[] Poisson(double mean, double last)
    {
        var all = new double[(int)last + 1];
        var log = -mean;
        for (var count = 0; count < all.Length; count++)
        {
            all[count] = Math.Exp(log);
            log += Math.Log(mean / (count + 1));
        }
        return all;
    }

    private static double[] Binomial(int n, double p, double last)
    {
        var all = new double[Math.Min(n, (int)last) + 1];
        var log = n * Math.Log(1 - p);
        for (var count = 0; count < all.Length; count++)
        {
            all[count] = Math.Exp(log);
            log += Math.Log((n - count) / (count + 1.0)) + Math.Log(p / (1 - p));
        }
        return all;
    }
}
