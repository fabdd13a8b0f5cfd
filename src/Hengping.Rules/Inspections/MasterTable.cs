namespace Hengping.Rules.Inspections;

/// <summary>检验严格度: how strict the lots of a series are inspected now.</summary>
public enum Strictness
{
    /// <summary>正常检验.</summary>
    Normal,

    /// <summary>加严检验.</summary>
    Tightened,
}

/// <summary>
/// The single sampling plans of GB/T 2828.1 (≙ ISO 2859-1), tables 2-A and 2-B, arrows followed. Sample sizes and AQLs
/// are two series of preferred numbers that grow by about 1.6 a step, so that n × AQL, and with it the acceptance
/// number, is the same along each diagonal: the tables are built from one series of numbers each. Where this was
/// checked stands in decision 70.
/// </summary>
public static class MasterTable
{
    /// <summary>An arrow down, up: use the first plan that stands there.</summary>
    private const int Down = -1;
    private const int Up = -2;

    // 26 preferred AQLs: percent of items up to 10, above only defects per hundred items.
    private static readonly decimal[] Aqls =
    [
        0.010m,
        0.015m,
        0.025m,
        0.040m,
        0.065m,
        0.10m,
        0.15m,
        0.25m,
        0.40m,
        0.65m,
        1.0m,
        1.5m,
        2.5m,
        4.0m,
        6.5m,
        10m,
        15m,
        25m,
        40m,
        65m,
        100m,
        150m,
        250m,
        400m,
        650m,
        1000m,
    ];

    // By letter, A to S.
    private static readonly int[] Sizes = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150];

    // Acceptance numbers from diagonal to diagonal, the first where letter + AQL is FirstDiagonal.
    private static readonly int[][] Series =
    [
        [0, Up, Down, 1, 2, 3, 5, 7, 10, 14, 21, 30, 44],
        [0, Down, Down, 1, 2, 3, 5, 8, 12, 18, 27, 41],
    ];
    private static readonly int[] FirstDiagonal = [14, 15];

    /// <summary>Only the five smallest samples go on to 30 and 44 (27 and 41): up to letter E.</summary>
    private const int LettersOfLastTwo = 5;

    /// <summary>No sample without a fault is asked for above AQL 6.5.</summary>
    private const int LastAqlOfZero = 14;

    /// <summary>S is no row of its own: it holds the one plan to which an arrow of table 2-B leads.</summary>
    private const int LetterS = 16;
    private const int AqlOfS = 2;

    // What every cell leads to, as letter index × 100 + acceptance number, by strictness, letter and AQL.
    private static readonly int[][] Plans = [Resolved(Strictness.Normal), Resolved(Strictness.Tightened)];

    /// <summary>The preferred AQLs, 0.010 to 1000.</summary>
    public static IReadOnlyList<decimal> AllAqls => Aqls;

    /// <summary>As the standard writes it, where it is one of the 26: 1, 1.0 and 1.00 are one. Else null.</summary>
    public static decimal? Preferred(decimal aql) => Array.IndexOf(Aqls, aql) is >= 0 and var at ? Aqls[at] : null;

    /// <summary>Above it an AQL counts defects per hundred items; up to it also percent of faulty items.</summary>
    public const decimal PercentMax = 10;

    /// <summary>The plan of a letter, arrows followed: which letter's sample is drawn, how many, Ac.</summary>
    /// <param name="letter">A to R.</param>
    /// <param name="aql">One of <see cref="AllAqls"/>.</param>
    /// <param name="strictness">Table 2-A or 2-B.</param>
    public static (char Letter, int N, int Ac) Plan(char letter, decimal aql, Strictness strictness)
    {
        var (row, column) = (CodeLetters.All.IndexOf(letter, StringComparison.Ordinal), Array.IndexOf(Aqls, aql));
        if (row is < 0 or LetterS)
            throw new ArgumentOutOfRangeException(nameof(letter), letter, "no code letter");
        if (column < 0)
            throw new ArgumentOutOfRangeException(nameof(aql), aql, "no preferred AQL");
        var (used, ac) = Math.DivRem(Plans[(int)strictness][(row * Aqls.Length) + column], 100);
        return (CodeLetters.All[used], Sizes[used], ac);
    }

    private static int[] Resolved(Strictness strictness)
    {
        var plans = new int[LetterS * Aqls.Length];
        for (var row = 0; row < LetterS; row++)
        {
            for (var column = 0; column < Aqls.Length; column++)
            {
                var used = Follow(row, column, strictness);
                plans[(row * Aqls.Length) + column] = (used * 100) + Cell(used, column, strictness);
            }
        }
        return plans;
    }

    /// <summary>The row of the plan. At the edge of the table, where an arrow would lead out of it, it turns.</summary>
    private static int Follow(int row, int column, Strictness strictness)
    {
        var cell = Cell(row, column, strictness);
        if (cell >= 0)
            return row;
        var there = Towards(row, column, strictness, cell == Down ? 1 : -1);
        return there >= 0 ? there : Towards(row, column, strictness, cell == Down ? -1 : 1);
    }

    private static int Towards(int row, int column, Strictness strictness, int step)
    {
        do row += step;
        while (row is >= 0 and <= LetterS && Cell(row, column, strictness) < 0);
        return row is >= 0 and <= LetterS ? row : -1;
    }

    private static int Cell(int row, int column, Strictness strictness)
    {
        if (row == LetterS && (column != AqlOfS || strictness == Strictness.Normal))
            return Down;
        var series = Series[(int)strictness];
        var at = row + column - FirstDiagonal[(int)strictness];
        if (at < 0 || (at == 0 && column > LastAqlOfZero))
            return Down;
        return at < series.Length - (row < LettersOfLastTwo ? 0 : 2) ? series[at] : Up;
    }
}
