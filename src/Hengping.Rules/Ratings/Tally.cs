using System.Runtime.CompilerServices;

namespace Hengping.Rules.Ratings;

/// <summary>
/// Everything a row needs of a merchant's cases, as integer sums. Adding two tallies is adding the cases, so a list
/// from roll-ups equals the list from scratch.
/// </summary>
/// <remarks>
/// Cases stand in cells: how answered (<see cref="Answered"/>) × scored or not, with score sums; and beside them how
/// often each score was given, whatever the answer: the interval of a list needs no more of who gave which.
/// </remarks>
public struct Tally : IEquatable<Tally>
{
    /// <summary>
    /// Numbers of a stored tally, in the order of <see cref="Numbers"/>; scores that are no whole numbers follow as
    /// pairs.
    /// </summary>
    public const int Length = WholeAt + WholeScores;

    /// <summary>Scores people give: 0 … 10.</summary>
    internal const int WholeScores = 11;

    /// <summary>A point of a score, in its units.</summary>
    internal const int Point = 1000;

    // Where the numbers stand: cases by class, scored by class, score sums by class, and then one by one.
    private const int ScoredAt = 4,
        MilliAt = 8,
        SquaresAt = 12,
        PendingAt = 13,
        ExcludedAt = 14,
        AnonymousAt = 15,
        TouchedAt = 16,
        WholeAt = 19;

    private Sums sums;

    // Scores between whole numbers, which only imports give: by score, never changed in place.
    private (int Milli, long Count)[]? between;

    /// <summary>Sum of squared scores, in thousandths squared: for the interval.</summary>
    public readonly long ScoreSquares => sums[SquaresAt];

    /// <summary>Unanswered and inside their hours: outside the base.</summary>
    public readonly long Pending => sums[PendingAt];

    /// <summary>Delivered and out of the base.</summary>
    public readonly long Excluded => sums[ExcludedAt];

    /// <summary>Cases of the base without a claimant's account: each counts as its own claimant.</summary>
    public readonly long Anonymous => sums[AnonymousAt];

    /// <summary>Touched by a human decision on validity, the excluded ones included.</summary>
    public readonly long TouchedValidity => sums[TouchedAt];

    /// <summary>By an exclusion or its reversal.</summary>
    public readonly long TouchedExclusion => sums[TouchedAt + 1];

    /// <summary>By a decided contest.</summary>
    public readonly long TouchedContest => sums[TouchedAt + 2];

    /// <summary>The same cases, as if nobody had scored them.</summary>
    public readonly Tally WithoutScores()
    {
        var answers = new Tally { sums = sums };
        for (var at = ScoredAt; at <= SquaresAt; at++)
            answers.sums[at] = 0;
        for (var at = WholeAt; at < Length; at++)
            answers.sums[at] = 0;
        return answers;
    }

    /// <summary>Complaints in the base.</summary>
    public readonly long Valid => sums[0] + sums[1] + sums[2] + sums[3];

    /// <summary>With a valid reply.</summary>
    public readonly long Replied => sums[1] + sums[2] + sums[3];

    /// <summary>Timeliness, summed in tenths.</summary>
    public readonly long Tenths => (6 * sums[2]) + (10 * sums[3]);

    /// <summary>With a score.</summary>
    public readonly long Scored => sums[4] + sums[5] + sums[6] + sums[7];

    /// <summary>Scores, summed in thousandths.</summary>
    public readonly long ScoreMilli => sums[8] + sums[9] + sums[10] + sums[11];

    /// <summary>Cases of one class.</summary>
    public readonly long Cases(Answered answered) => sums[(int)answered];

    /// <summary>Scored cases of one class.</summary>
    public readonly long ScoredOf(Answered answered) => sums[ScoredAt + (int)answered];

    /// <summary>Their score sum, thousandths.</summary>
    public readonly long ScoreMilliOf(Answered answered) => sums[MilliAt + (int)answered];

    /// <summary>Adds a case of the base.</summary>
    /// <param name="scoreMilli">0…10,000, or −1 without a score.</param>
    public void Add(Answered answered, int scoreMilli, bool anonymous)
    {
        sums[(int)answered]++;
        if (anonymous)
            sums[AnonymousAt]++;
        if (scoreMilli < 0)
            return;
        sums[ScoredAt + (int)answered]++;
        sums[MilliAt + (int)answered] += scoreMilli;
        sums[SquaresAt] += (long)scoreMilli * scoreMilli;
        CountScore(scoreMilli, 1);
    }

    /// <summary>
    /// Adds a score to a case that was added without one, whichever that is: sums over all of them stay right, those of
    /// a class mean nothing.
    /// </summary>
    public void AddScore(int scoreMilli)
    {
        sums[ScoredAt]++;
        sums[MilliAt] += scoreMilli;
        sums[SquaresAt] += (long)scoreMilli * scoreMilli;
        CountScore(scoreMilli, 1);
    }

    /// <summary>How often each score was given, the best first.</summary>
    public readonly (int Milli, long Count)[] Scores()
    {
        var scores = new List<(int Milli, long Count)>(WholeScores);
        for (var whole = WholeScores - 1; whole >= 0; whole--)
        {
            if (sums[WholeAt + whole] is > 0 and var count)
                scores.Add((whole * Point, count));
        }
        if (between is null)
            return [.. scores];
        scores.AddRange(between);
        scores.Sort((one, other) => other.Milli.CompareTo(one.Milli));
        return [.. scores];
    }

    /// <summary>Counts a case that waits for its answer.</summary>
    public void AddPending() => sums[PendingAt]++;

    /// <summary>Counts a case out of the base.</summary>
    public void AddExcluded() => sums[ExcludedAt]++;

    /// <summary>Counts human decisions.</summary>
    public void AddTouched(Touches touches)
    {
        sums[TouchedAt] += (int)touches & 1;
        sums[TouchedAt + 1] += ((int)touches >> 1) & 1;
        sums[TouchedAt + 2] += ((int)touches >> 2) & 1;
    }

    /// <summary>Adds cases counted by slots.</summary>
    /// <param name="counts">0–3 unscored and 4–7 scored by class, 8 out of the base, 9 pending.</param>
    /// <param name="sums">0–3 score sums by class, 4 squares, 5 anonymous.</param>
    /// <param name="whole">How often 0 … 10 was given; what lies between is counted one by one.</param>
    internal void Add(ReadOnlySpan<int> counts, ReadOnlySpan<long> sums, ReadOnlySpan<int> whole)
    {
        for (var i = 0; i < WholeScores; i++)
            this.sums[WholeAt + i] += whole[i];
        for (var i = 0; i < 4; i++)
        {
            this.sums[i] += counts[i] + counts[4 + i];
            this.sums[ScoredAt + i] += counts[4 + i];
            this.sums[MilliAt + i] += sums[i];
        }
        this.sums[ExcludedAt] += counts[8];
        this.sums[PendingAt] += counts[9];
        this.sums[SquaresAt] += sums[4];
        this.sums[AnonymousAt] += sums[5];
    }

    /// <summary>Adds all cases of another tally.</summary>
    public void Add(in Tally other)
    {
        Span<long> mine = sums;
        ReadOnlySpan<long> theirs = other.sums;
        for (var i = 0; i < mine.Length; i++)
            mine[i] += theirs[i];
        foreach (var (milli, count) in other.between ?? [])
            CountScore(milli, count);
    }

    /// <summary>All numbers in a fixed order, to be stored.</summary>
    public readonly long[] Numbers() =>
        [.. (ReadOnlySpan<long>)sums, .. (between ?? []).SelectMany(one => new[] { one.Milli, one.Count })];

    /// <summary>A stored tally.</summary>
    public static Tally Of(ReadOnlySpan<long> numbers)
    {
        Tally tally = default;
        numbers[..Length].CopyTo(tally.sums);
        for (var i = Length; i < numbers.Length; i += 2)
            tally.CountScore((int)numbers[i], numbers[i + 1]);
        return tally;
    }

    /// <summary>Counts scores that stand in the sums already.</summary>
    internal void CountScore(int milli, long count)
    {
        var (whole, rest) = Math.DivRem(milli, Point);
        if (rest == 0)
        {
            sums[WholeAt + whole] += count;
            return;
        }
        var at = Array.FindIndex(between ?? [], one => one.Milli == milli);
        (int Milli, long Count)[] counted = at < 0 ? [.. between ?? [], (milli, 0)] : [.. between!];
        counted[at < 0 ? ^1 : at].Count += count;
        Array.Sort(counted, (one, other) => other.Milli.CompareTo(one.Milli));
        between = counted;
    }

    /// <inheritdoc/>
    public readonly bool Equals(Tally other) =>
        ((ReadOnlySpan<long>)sums).SequenceEqual((ReadOnlySpan<long>)other.sums)
        && (between ?? []).AsSpan().SequenceEqual(other.between ?? []);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Tally other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Valid, Replied, ScoreMilli, Pending);

    /// <summary>Same numbers.</summary>
    public static bool operator ==(Tally left, Tally right) => left.Equals(right);

    /// <summary>Other numbers.</summary>
    public static bool operator !=(Tally left, Tally right) => !left.Equals(right);

    [InlineArray(Length)]
    private struct Sums
    {
        private long first;
    }
}
