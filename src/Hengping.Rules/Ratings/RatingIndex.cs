using Hengping.Rules.Clocks;

namespace Hengping.Rules.Ratings;

/// <summary>What became of a delivered complaint, for timeliness.</summary>
public enum Answered
{
    /// <summary>No valid reply.</summary>
    Never,

    /// <summary>After its time, or at an unknown instant without a timely flag: counts 0.</summary>
    Late,

    /// <summary>From the policy's full hours to its last, both ends included: counts 0.6.</summary>
    InPart,

    /// <summary>In less than the policy's full hours, or flagged timely by its source: counts 1.0.</summary>
    InFull,
}

/// <summary>
/// 综合指数 = 0.5·reply rate + 0.3·timeliness + 0.2·satisfaction/10. Integers over a common denominator, divided and
/// rounded once, half away from zero.
/// </summary>
public static class RatingIndex
{
    /// <summary>Timeliness class of a valid reply at a known instant.</summary>
    /// <param name="elapsedMs">Delivery to first valid reply, milliseconds.</param>
    public static Answered ClassOf(long elapsedMs, ReplyHours hours) =>
        elapsedMs < hours.FullMs ? Answered.InFull
        : elapsedMs <= hours.PartMs ? Answered.InPart
        : Answered.Late;

    /// <summary>The same by the hours of the case's own delivery.</summary>
    public static Answered ClassOf(DateTimeOffset deliveredAt, DateTimeOffset answeredAt) =>
        ClassOf((answeredAt - deliveredAt).Ticks / TimeSpan.TicksPerMillisecond, ReplyHours.At(deliveredAt));

    /// <summary>10, 6 or 0.</summary>
    public static int TenthsOf(Answered answered) =>
        answered switch
        {
            Answered.InFull => 10,
            Answered.InPart => 6,
            _ => 0,
        };

    /// <summary>The printed index in thousandths.</summary>
    /// <param name="valid">Complaints in the base.</param>
    /// <param name="replied">Of these with a valid reply.</param>
    /// <param name="tenths">Sum of timeliness in tenths.</param>
    /// <param name="scored">Of these with a score.</param>
    /// <param name="scoreMilli">Sum of scores in thousandths.</param>
    public static long Thousandths(
        long valid,
        long replied,
        long tenths,
        long scored,
        long scoreMilli,
        Unscored unscored
    )
    {
        if (valid == 0)
            return 0;
        Int128 answered = (500 * (Int128)replied) + (30 * (Int128)tenths);
        if (scored > 0)
            return Divide((50 * (Int128)scored * answered) + ((Int128)valid * scoreMilli), 50 * (Int128)scored * valid);
        return unscored == Unscored.Zero ? Divide(answered, valid) : Divide(10 * answered, 8 * (Int128)valid);
    }

    /// <summary>The printed index from its three printed parts, exactly, rounded once.</summary>
    public static decimal OfParts(decimal replyRate, decimal timeliness, decimal satisfaction) =>
        decimal.Round(
            (0.5m * replyRate) + (0.3m * timeliness) + (0.02m * satisfaction) + 0.000m,
            3,
            MidpointRounding.AwayFromZero
        );

    /// <summary>The grade by the printed index alone.</summary>
    public static Grade GradeOf(long indexThousandths) =>
        indexThousandths switch
        {
            < 400 => Grade.NotRecommended,
            < 750 => Grade.Cautious,
            _ => Grade.Recommended,
        };

    /// <summary>Integer quotient, half away from zero; 0 where there is nothing to divide by.</summary>
    public static long Divide(Int128 numerator, Int128 denominator)
    {
        if (denominator == 0)
            return 0;
        // Nearly all sums fit into 64 bits, where a division is twenty times faster.
        if (numerator >= 0 && numerator <= long.MaxValue / 2 && denominator <= long.MaxValue / 2)
            return DivideSmall((long)numerator, (long)denominator);
        var (quotient, rest) = Int128.DivRem(Int128.Abs(numerator), denominator);
        if (2 * rest >= denominator)
            quotient++;
        return (long)(numerator < 0 ? -quotient : quotient);
    }

    private static long DivideSmall(long numerator, long denominator)
    {
        var quotient = numerator / denominator;
        return 2 * (numerator - (quotient * denominator)) >= denominator ? quotient + 1 : quotient;
    }

    /// <summary>A number as it is printed: so many units of the last decimal.</summary>
    /// <param name="decimals">3, or 4 for the reply rate.</param>
    public static decimal Printed(long units, int decimals) =>
        new((int)units, (int)(units >> 32), 0, isNegative: false, (byte)decimals);
}
