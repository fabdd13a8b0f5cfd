using Hengping.Rules.Clocks;

namespace Hengping.Rules.Ratings;

/// <summary>
/// What answering one waiting complaint does to the index of the period it was delivered in: with a valid reply now,
/// with one after the next line has passed, and with none at all. Everything else stays as it is.
/// </summary>
/// <param name="Now">What a valid reply counts now.</param>
/// <param name="Next">What it counts after the next line.</param>
/// <param name="StepAt">The next line, after which it counts less; null when both have passed.</param>
/// <param name="IfNow">The index, in thousandths, with a valid reply now.</param>
/// <param name="IfNext">With a valid reply after the next line.</param>
/// <param name="IfNever">When the complaint stays unanswered.</param>
public sealed record AnswerEffect(
    Answered Now,
    Answered Next,
    DateTimeOffset? StepAt,
    long IfNow,
    long IfNext,
    long IfNever
)
{
    /// <summary>Computes it.</summary>
    /// <param name="period">The merchant's cases of the period, as a live list sums them: a complaint that waits is in
    /// the base only once its hours have passed.</param>
    /// <returns>Null where the sums cannot hold this complaint: they have not heard of it yet.</returns>
    public static AnswerEffect? Of(
        in Tally period,
        DateTimeOffset deliveredAt,
        DateTimeOffset now,
        Unscored unscored = Unscored.Zero
    )
    {
        var (hours, counts) = (ReplyHours.At(deliveredAt), RatingIndex.ClassOf(deliveredAt, now));
        var (next, step) = counts switch
        {
            Answered.InFull => (Answered.InPart, deliveredAt + hours.InFull),
            Answered.InPart => (Answered.Late, deliveredAt + hours.InPart),
            _ => (Answered.Late, (DateTimeOffset?)null),
        };
        var joins = now <= deliveredAt + hours.InPart ? 1 : 0;
        if (period.Replied + 1 > period.Valid + joins)
            return null;
        return new AnswerEffect(
            counts,
            next,
            step,
            With(period, joins, 1, RatingIndex.TenthsOf(counts), unscored),
            With(period, joins, 1, RatingIndex.TenthsOf(next), unscored),
            With(period, joins, 0, 0, unscored)
        );
    }

    /// <summary>The index, in thousandths, with a valid reply now to every one of these.</summary>
    /// <returns>Null as above.</returns>
    public static long? OfAll(
        in Tally period,
        IReadOnlyList<DateTimeOffset> deliveredAt,
        DateTimeOffset now,
        Unscored unscored = Unscored.Zero
    )
    {
        var (joins, tenths) = (0, 0);
        foreach (var at in deliveredAt)
        {
            tenths += RatingIndex.TenthsOf(RatingIndex.ClassOf(at, now));
            joins += now <= at + ReplyHours.At(at).InPart ? 1 : 0;
        }
        return period.Replied + deliveredAt.Count > period.Valid + joins
            ? null
            : With(period, joins, deliveredAt.Count, tenths, unscored);
    }

    private static long With(in Tally period, long valid, long replied, long tenths, Unscored unscored) =>
        RatingIndex.Thousandths(
            period.Valid + valid,
            period.Replied + replied,
            period.Tenths + tenths,
            period.Scored,
            period.ScoreMilli,
            unscored
        );
}
