namespace Hengping.Rules.Risk;

/// <summary>
/// Average run length of a chart until it gives alarm, observations standard normal moved by <c>shift</c> σ, by a
/// Markov chain over the chart's states.
/// </summary>
public static class RunLength
{
    /// <summary>Enough for four right digits on the charts in use.</summary>
    private const int States = 201;

    /// <summary>Two-sided CUSUM with reference k and limit h, in σ.</summary>
    public static double Cusum(double k, double h, double shift) =>
        1 / ((1 / OneSided(k, h, shift)) + (1 / OneSided(k, h, -shift)));

    /// <summary>EWMA with weight lambda and limits of l asymptotic σ.</summary>
    public static double Ewma(double lambda, double l, double shift)
    {
        var limit = l * Math.Sqrt(lambda / (2 - lambda));
        var width = 2 * limit / States;
        var chain = new double[States, States + 1];
        for (var i = 0; i < States; i++)
        {
            var from = (1 - lambda) * (-limit + ((i + 0.5) * width));
            for (var j = 0; j < States; j++)
            {
                var low = ((-limit + (j * width) - from) / lambda) - shift;
                chain[i, j] = -(Normal(low + (width / lambda)) - Normal(low));
            }
            chain[i, i] += 1;
            chain[i, States] = 1;
        }
        return Solve(chain)[States / 2];
    }

    /// <summary>State 0 is the sum at zero; the others are strips of equal width below h (Brook and Evans).</summary>
    private static double OneSided(double k, double h, double shift)
    {
        var width = 2 * h / ((2 * States) - 1);
        var chain = new double[States, States + 1];
        for (var i = 0; i < States; i++)
        {
            chain[i, 0] = -Normal((width / 2) - (i * width) + k - shift);
            for (var j = 1; j < States; j++)
            {
                var middle = ((j - i) * width) + k - shift;
                chain[i, j] = -(Normal(middle + (width / 2)) - Normal(middle - (width / 2)));
            }
            chain[i, i] += 1;
            chain[i, States] = 1;
        }
        return Solve(chain)[0];
    }

    /// <summary>Gauss with pivoting on the matrix with its right side as last column.</summary>
    internal static double[] Solve(double[,] m)
    {
        var states = m.GetLength(0);
        for (var column = 0; column < states; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < states; row++)
            {
                if (Math.Abs(m[row, column]) > Math.Abs(m[pivot, column]))
                    pivot = row;
            }
            for (var i = column; i <= states; i++)
                (m[column, i], m[pivot, i]) = (m[pivot, i], m[column, i]);
            for (var row = column + 1; row < states; row++)
            {
                var factor = m[row, column] / m[column, column];
                for (var i = column; factor != 0 && i <= states; i++)
                    m[row, i] -= factor * m[column, i];
            }
        }
        var x = new double[states];
        for (var row = states - 1; row >= 0; row--)
        {
            var sum = m[row, states];
            for (var i = row + 1; i < states; i++)
                sum -= m[row, i] * x[i];
            x[row] = sum / m[row, row];
        }
        return x;
    }

    /// <summary>Standard normal distribution to 1e-15: a series near zero, a continued fraction far out.</summary>
    public static double Normal(double x)
    {
        var z = Math.Abs(x);
        if (z > 38)
            return x > 0 ? 1 : 0;
        double tail;
        if (z < 3)
        {
            double term = z,
                sum = z;
            for (var i = 3; Math.Abs(term) > 1e-17 * sum; i += 2)
                sum += term *= z * z / i;
            tail = 0.5 - (sum * Density(z));
        }
        else
        {
            var fraction = z;
            for (var i = 60; i > 0; i--)
                fraction = z + (i / fraction);
            tail = Density(z) / fraction;
        }
        return x > 0 ? 1 - tail : tail;
    }

    private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
}
