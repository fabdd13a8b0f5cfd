using Hengping.Rules.Risk;

namespace Hengping.Rules.Inspections;

/// <summary>Which side of a limit is good.</summary>
public enum LimitSense
{
    /// <summary>At most: a limit that must not be exceeded.</summary>
    Max,

    /// <summary>At least.</summary>
    Min,
}

/// <summary>What a value is by a limit.</summary>
public enum Verdict
{
    /// <summary>合格. With a guard band: on the good side by the whole uncertainty.</summary>
    Pass,

    /// <summary>On the good side, nearer to the limit than the uncertainty.</summary>
    ConditionalPass,

    /// <summary>On the bad side, nearer to the limit than the uncertainty.</summary>
    ConditionalFail,

    /// <summary>不合格. With a guard band: on the bad side by more than the uncertainty.</summary>
    Fail,
}

/// <summary>
/// A limit of a standard. The verdict is the standard's own rule: the value against the limit, and a value that meets
/// it exactly passes. What the uncertainty says beside it is a hint (临界提示): it may prompt a re-test and never
/// changes the verdict. Exact as long as no number has more than 14 digits before and 14 behind the point.
/// </summary>
public readonly record struct Limit(decimal Value, LimitSense Sense)
{
    /// <summary>全数值比较法 (GB/T 8170 4.3.2): the value as it was measured.</summary>
    public Verdict Of(decimal value) => Beyond(value) > 0 ? Verdict.Fail : Verdict.Pass;

    /// <summary>
    /// 修约值比较法 (GB/T 8170 4.3.3), where the standard says so: the value rounded to the places of the limit as it
    /// is written, a five alone to the even digit.
    /// </summary>
    public Verdict OfRounded(decimal value) => Of(decimal.Round(value, Value.Scale, MidpointRounding.ToEven));

    /// <summary>
    /// Not detected (未检出): below the limit of detection, and no more is known. Null where that decides nothing, since
    /// the method cannot see as far as the limit.
    /// </summary>
    /// <param name="detection">Limit of detection, in the limit's unit.</param>
    public Verdict? OfNotDetected(decimal detection) =>
        detection > Value ? null
        : Sense == LimitSense.Max ? Verdict.Pass
        : Verdict.Fail;

    /// <summary>The hint, guard band w = U (the four cases of ILAC-G8:09/2019, 4.2.3).</summary>
    /// <param name="value">As measured.</param>
    /// <param name="u">Expanded uncertainty, k = 2, in the limit's unit; 0 or more.</param>
    public Verdict Guarded(decimal value, decimal u)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(u);
        var beyond = Beyond(value);
        return beyond <= -u ? Verdict.Pass
            : beyond <= 0 ? Verdict.ConditionalPass
            : beyond <= u ? Verdict.ConditionalFail
            : Verdict.Fail;
    }

    /// <summary>
    /// The share of true values at the limit that are passed all the same: 50 % without guard band, 2.275 % with w = U.
    /// </summary>
    /// <param name="guardBandOfU">The guard band as a multiple of U, the expanded uncertainty with k = 2.</param>
    public static double FalseAcceptAtLimit(double guardBandOfU) => RunLength.Normal(-2 * guardBandOfU);

    /// <summary>How far a value lies on the bad side; negative on the good one.</summary>
    private decimal Beyond(decimal value) => Sense == LimitSense.Max ? value - Value : Value - value;
}
