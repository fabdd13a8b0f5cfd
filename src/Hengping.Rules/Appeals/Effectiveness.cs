using Hengping.Rules.Ratings;

namespace Hengping.Rules.Appeals;

/// <summary>What a check of effect says.</summary>
public enum EffectOutcome
{
    /// <summary>改善.</summary>
    Improved,

    /// <summary>未显示: too few, or the difference may be chance.</summary>
    NotShown,

    /// <summary>变差.</summary>
    Worse,
}

/// <summary>A signal in one stretch of time.</summary>
/// <param name="Count">Complaints, returns, failed tests.</param>
/// <param name="Orders">Of so many orders; null where orders are not known.</param>
/// <param name="Days">Length of the stretch.</param>
public sealed record SignalCount(long Count, long? Orders, int Days);

/// <summary>效果核对: what was counted and what it says.</summary>
/// <param name="Lo">Lower end of the 95 % interval: of the difference of shares, or of the ratio of rates.</param>
/// <param name="PerOrder">It is a difference of shares of orders; else a ratio of counts per day.</param>
/// <param name="Others">The same stretches of the whole sector, to be read beside it; null where not counted.</param>
public sealed record EffectFound(
    EffectOutcome Outcome,
    SignalCount Before,
    SignalCount After,
    double? Lo,
    double? Hi,
    bool PerOrder,
    OthersMoved? Others = null
);

/// <summary>How a signal moved in the sector meanwhile.</summary>
public sealed record OthersMoved(long Before, long After);

/// <summary>
/// Whether a signal fell after what was promised. With orders: Newcombe's 95 % interval of the difference of two
/// shares, each by Wilson. Without: of all that was counted the part that came after, by Wilson, turned into a ratio of
/// rates. It says improved or worse only where the interval leaves out “no change”; too few say nothing.
/// </summary>
public static class Effectiveness
{
    /// <summary>Orders that each stretch needs.</summary>
    public const long OrdersMin = 100;

    /// <summary>What both stretches need together where orders are not known.</summary>
    public const long CountMin = 8;

    /// <summary>Judges.</summary>
    public static EffectFound Judge(SignalCount before, SignalCount after, OthersMoved? others = null) =>
        before.Orders is { } was && after.Orders is { } now
            ? OfOrders(before, after, was, now, others)
            : OfDays(before, after, others);

    /// <summary>Newcombe's interval of p₂ − p₁ (method 10, without correction).</summary>
    public static (double Lo, double Hi) Difference(long hits1, long of1, long hits2, long of2)
    {
        var (lo1, hi1) = Uncertainty.Wilson(hits1, of1);
        var (lo2, hi2) = Uncertainty.Wilson(hits2, of2);
        var (p1, p2) = ((double)hits1 / of1, (double)hits2 / of2);
        return (
            p2 - p1 - Math.Sqrt(Square(p2 - lo2) + Square(hi1 - p1)),
            p2 - p1 + Math.Sqrt(Square(hi2 - p2) + Square(p1 - lo1))
        );
    }

    private static EffectFound OfOrders(SignalCount before, SignalCount after, long was, long now, OthersMoved? others)
    {
        if (was < OrdersMin || now < OrdersMin)
            return new EffectFound(EffectOutcome.NotShown, before, after, null, null, PerOrder: true, others);
        var (lo, hi) = Difference(before.Count, was, after.Count, now);
        return new EffectFound(Said(lo, hi, none: 0), before, after, lo, hi, PerOrder: true, others);
    }

    private static EffectFound OfDays(SignalCount before, SignalCount after, OthersMoved? others)
    {
        var all = before.Count + after.Count;
        if (all < CountMin || before.Days <= 0 || after.Days <= 0)
            return new EffectFound(EffectOutcome.NotShown, before, after, null, null, PerOrder: false, others);
        var (lo, hi) = Uncertainty.Wilson(after.Count, all);
        var days = (double)before.Days / after.Days;
        var (from, to) = (Odds(lo) * days, Odds(hi) * days);
        double? upper = double.IsFinite(to) ? to : null;
        return new EffectFound(Said(from, to, none: 1), before, after, from, upper, PerOrder: false, others);
    }

    private static EffectOutcome Said(double lo, double hi, double none) =>
        hi < none ? EffectOutcome.Improved
        : lo > none ? EffectOutcome.Worse
        : EffectOutcome.NotShown;

    private static double Odds(double share) => share >= 1 ? double.PositiveInfinity : share / (1 - share);

    private static double Square(double x) => x * x;
}
