using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>What the claimant of a case in the base said, as live views and lists tell it.</summary>
/// <param name="ScoreMilli">Thousandths, or −1 without a score.</param>
public sealed record ShownWord(int ScoreMilli, Resolved? Resolved, long RecoveredCents)
{
    /// <summary>What a case gives at the end of a day; null outside the base or where nothing was said.</summary>
    public static ShownWord? Of(CaseCourse one, long day) => Of(one, day, day);

    /// <summary>The same, of one that is pending until the course of another day.</summary>
    public static ShownWord? Of(CaseCourse one, long day, long pendingDay) =>
        one.At(day) is { IsOut: false } state
        && !one.IsPending(state, pendingDay)
        && (state.ScoreMilli, state.Resolved, state.RecoveredCents) is not (< 0, null, 0)
            ? new ShownWord(state.ScoreMilli, state.Resolved, state.RecoveredCents)
            : null;

    /// <summary>Whether a case counts at the end of a day.</summary>
    public static bool IsInBase(CaseCourse one, long day) =>
        one.At(day) is { IsOut: false } state && !one.IsPending(state, day);
}

/// <summary>Scores shown for a span of days: what lies in no narrower span is told for the wider one alone.</summary>
/// <param name="Numbers">As <see cref="Tally.Numbers"/>, of the scores alone. Single ones may be below zero: a wider
/// span takes back what a narrower one still shows.</param>
/// <param name="Solved">Claimants who say it was solved.</param>
/// <param name="Asked">Claimants who said whether it was.</param>
public sealed record ShownScores(ShownDay Span, long[] Numbers, long Solved, long Asked, long RecoveredCents);

/// <summary>What may be told of a span of days.</summary>
/// <param name="IsWhole">It is all that was said of the cases in it, but for what was said this day.</param>
public sealed record ToldWords(IReadOnlyList<ShownWord> Words, bool IsWhole);

/// <summary>A list of a span of days that was frozen, and when.</summary>
/// <param name="Day">It has the scores given before this day.</param>
public readonly record struct FrozenSpan(long Day, ShownDay Span);

/// <summary>Words of one span, summed.</summary>
internal sealed class ShownSum
{
    private Tally tally;
    private long solved;
    private long asked;
    private long cents;

    /// <summary>The sums, for the span they are of.</summary>
    public ShownScores For(ShownDay span) => new(span, tally.Numbers(), solved, asked, cents);

    /// <summary>Adds a word (sign 1) or takes it back (−1).</summary>
    public void Add(ShownWord? word, int sign)
    {
        if (word is null)
            return;
        asked += word.Resolved is null ? 0 : sign;
        solved += word.Resolved == Resolved.Yes ? sign : 0;
        cents += sign * word.RecoveredCents;
        if (word.ScoreMilli < 0)
            return;
        Tally one = default;
        one.AddScore(word.ScoreMilli);
        var numbers = one.Numbers();
        for (var n = 0; n < Tally.Length; n++)
            numbers[n] *= sign;
        // A score between whole numbers follows as itself and how often it was given.
        for (var n = Tally.Length + 1; n < numbers.Length; n += 2)
            numbers[n] *= sign;
        tally.Add(Tally.Of(numbers));
    }
}
