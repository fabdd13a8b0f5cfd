namespace Hengping.Rules.Ratings;

/// <summary>
/// How far the numbers could be off, shown beside them. Closed forms without random numbers, only + − × ÷ √, so that
/// every machine prints the same digits (docs/decisions: the index interval).
/// </summary>
public static class Uncertainty
{
    /// <summary>95 %, two-sided.</summary>
    public const double Z = 1.959964;

    private static readonly double[] AnsweredPart = [0.0, 0.5, 0.68, 0.8];

    /// <summary>Wilson's 95 % interval of a share.</summary>
    public static (double Lo, double Hi) Wilson(long hits, long of)
    {
        if (of == 0)
            return (0, 1);
        var n = (double)of;
        var p = hits / n;
        var zz = Z * Z;
        var centre = p + (zz / (2 * n));
        var half = Z * Math.Sqrt((p * (1 - p) / n) + (zz / (4 * n * n)));
        var whole = 1 + (zz / n);
        return (Math.Max(0, (centre - half) / whole), Math.Min(1, (centre + half) / whole));
    }

    /// <summary>
    /// Mean satisfaction in thousandths if all who did not score had given 0, and if all had given 10.
    /// </summary>
    public static (long Lo, long Hi) SatisfactionBounds(in Tally tally) =>
        (
            RatingIndex.Divide(tally.ScoreMilli, tally.Valid),
            RatingIndex.Divide(tally.ScoreMilli + (10_000 * (Int128)(tally.Valid - tally.Scored)), tally.Valid)
        );

    /// <summary>
    /// 95 % interval of the index in thousandths, by linearisation: each case moves the index by
    /// <c>a + 0.02·s·(y − ȳ)·n/k</c> with a = 0.5·replied + 0.3·timeliness, s = scored, y its score, k of n scored.
    /// One best and one worst pseudo-complaint are added first, so that five equal cases do not look certain. The
    /// printed index always lies inside.
    /// </summary>
    /// <remarks>
    /// Who gave which score is not public, so the sum of the products a·s·(y − ȳ) is taken at its largest over all ways
    /// to pair the two columns: both in order, what nobody scored as 0 between them. Never narrower than the pairing
    /// that was.
    /// </remarks>
    /// <param name="index">The printed index, thousandths.</param>
    public static (long Lo, long Hi) IndexInterval(in Tally tally, long index, Unscored unscored)
    {
        Span<long> scored = stackalloc long[4];
        Span<long> milli = stackalloc long[4];
        if (tally.Scored > 0)
            PairInOrder(tally, scored, milli);
        return Interval(tally, index, unscored, scored, milli);
    }

    /// <summary>The same of a list of format 1, whose case file says who gave which score.</summary>
    public static (long Lo, long Hi) IndexIntervalOfCases(in Tally tally, long index, Unscored unscored)
    {
        Span<long> scored = stackalloc long[4];
        Span<long> milli = stackalloc long[4];
        for (var c = 0; c < 4; c++)
            (scored[c], milli[c]) = (tally.ScoredOf((Answered)c), tally.ScoreMilliOf((Answered)c));
        return Interval(tally, index, unscored, scored, milli);
    }

    /// <summary>
    /// The best scores to the best answers: those above the mean, then what nobody scored, then those below it.
    /// </summary>
    private static void PairInOrder(in Tally tally, Span<long> scored, Span<long> milli)
    {
        var answered = 3;
        var room = tally.Cases(Answered.InFull);
        var unscored = tally.Valid - tally.Scored;
        foreach (var (score, count) in tally.Scores())
        {
            // The mean with the two pseudo-complaints, exactly.
            if (unscored > 0 && (score * (tally.Scored + 2)) <= tally.ScoreMilli + 10_000)
            {
                Take(tally, ref answered, ref room, ref unscored, 0, [], []);
            }
            var left = count;
            Take(tally, ref answered, ref room, ref left, score, scored, milli);
        }
    }

    private static void Take(
        in Tally tally,
        ref int answered,
        ref long room,
        ref long left,
        int score,
        Span<long> scored,
        Span<long> milli
    )
    {
        while (left > 0)
        {
            while (room == 0 && answered > 0)
                room = tally.Cases((Answered)(--answered));
            var some = answered > 0 ? Math.Min(left, room) : left;
            if (!scored.IsEmpty)
            {
                scored[answered] += some;
                milli[answered] += some * score;
            }
            left -= some;
            room -= some;
        }
    }

    private static (long Lo, long Hi) Interval(
        in Tally tally,
        long index,
        Unscored unscored,
        ReadOnlySpan<long> scored,
        ReadOnlySpan<long> milli
    )
    {
        var n = tally.Valid + 2.0;
        double sumA = 0.8, // The best pseudo-complaint; the worst adds nothing.
            squaresA = 0.8 * 0.8;
        for (var c = 1; c < 4; c++)
        {
            var cases = (double)tally.Cases((Answered)c);
            sumA += AnsweredPart[c] * cases;
            squaresA += AnsweredPart[c] * AnsweredPart[c] * cases;
        }
        var meanA = sumA / n;
        var spread = squaresA - (n * meanA * meanA);
        var centre = meanA;
        if (tally.Scored > 0)
        {
            var k = tally.Scored + 2.0;
            var mean = ((tally.ScoreMilli / 1000.0) + 10) / k;
            var weight = 0.02 * n / k;
            var cross = 0.8 * (10 - mean);
            for (var c = 1; c < 4; c++)
                cross += AnsweredPart[c] * ((milli[c] / 1000.0) - (scored[c] * mean));
            var squares = (tally.ScoreSquares / 1e6) + 100 - (k * mean * mean);
            spread += (2 * weight * cross) + (weight * weight * squares);
            centre += 0.02 * mean;
        }
        else if (unscored == Unscored.Rescale)
        {
            centre /= 0.8;
            spread /= 0.64;
        }
        var half = Z * Math.Sqrt(Math.Max(0, spread) / (n * (n - 1)));
        return (Math.Min(index, Print(centre - half)), Math.Max(index, Print(centre + half)));
    }

    /// <summary>
    /// 95 % interval of the mean timeliness (0, 0.6 or 1 a case) in thousandths, by its standard error; one best and
    /// one worst pseudo-complaint are added first, as for the index.
    /// </summary>
    public static (long Lo, long Hi) TimelinessInterval(in Tally tally)
    {
        var n = tally.Valid + 2.0;
        var (fast, slow) = (tally.Cases(Answered.InFull) + 1.0, (double)tally.Cases(Answered.InPart));
        var mean = (fast + (0.6 * slow)) / n;
        var spread = fast + (0.36 * slow) - (n * mean * mean);
        var half = Z * Math.Sqrt(Math.Max(0, spread) / (n * (n - 1)));
        return (Print(mean - half), Print(mean + half));
    }

    /// <summary>The interval reaches over a threshold between two grades.</summary>
    public static bool CrossesGrade((long Lo, long Hi) interval) =>
        RatingIndex.GradeOf(interval.Lo) != RatingIndex.GradeOf(interval.Hi);

    private static long Print(double value) =>
        (long)Math.Round(Math.Clamp(value, 0, 1) * 1000, MidpointRounding.AwayFromZero);
}
