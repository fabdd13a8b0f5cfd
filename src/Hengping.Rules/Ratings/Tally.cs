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

    private Sums _sums;

    // Scores between whole numbers, which only imports give: by score, never changed in place.
    private (int Milli, long Count)[]? _between;

    /// <summary>Sum of squared scores, in thousandths squared: for the interval.</summary>
    public readonly long ScoreSquares => _sums[SquaresAt];

    /// <summary>Unanswered and inside their hours: outside the base.</summary>
    public readonly long Pending => _sums[PendingAt];

    /// <summary>Delivered and out of the base.</summary>
    public readonly long Excluded => _sums[ExcludedAt];

    /// <summary>Cases of the base without a claimant's account: each counts as its own claimant.</summary>
    public readonly long Anonymous => _sums[AnonymousAt];

    /// <summary>Touched by a human decision on validity, the excluded ones included.</summary>
    public readonly long TouchedValidity => _sums[TouchedAt];

    /// <summary>By an exclusion or its reversal.</summary>
    public readonly long TouchedExclusion => _sums[TouchedAt + 1];

    /// <summary>By a decided contest.</summary>
    public readonly long TouchedContest => _sums[TouchedAt + 2];

    /// <summary>Complaints in the base.</summary>
    public readonly long Valid => _sums[0] + _sums[1] + _sums[2] + _sums[3];

    /// <summary>With a valid reply.</summary>
    public readonly long Replied => _sums[1] + _sums[2] + _sums[3];

    /// <summary>Timeliness, summed in tenths.</summary>
    public readonly long Tenths => (6 * _sums[2]) + (10 * _sums[3]);

    /// <summary>With a score.</summary>
    public readonly long Scored => _sums[4] + _sums[5] + _sums[6] + _sums[7];

    /// <summary>Scores, summed in thousandths.</summary>
    public readonly long ScoreMilli => _sums[8] + _sums[9] + _sums[10] + _sums[11];

    /// <summary>Cases of one class.</summary>
    public readonly long Cases(Answered answered) => _sums[(int)answered];

    /// <summary>Scored cases of one class.</summary>
    public readonly long ScoredOf(Answered answered) => _sums[ScoredAt + (int)answered];

    /// <summary>Their score sum, thousandths.</summary>
    public readonly long ScoreMilliOf(Answered answered) => _sums[MilliAt + (int)answered];

    /// <summary>Adds a case of the base.</summary>
    /// <param name="scoreMilli">0…10,000, or −1 without a score.</param>
    public void Add(Answered answered, int scoreMilli, bool anonymous)
    {
        _sums[(int)answered]++;
        if (anonymous)
            _sums[AnonymousAt]++;
        if (scoreMilli < 0)
            return;
        _sums[ScoredAt + (int)answered]++;
        _sums[MilliAt + (int)answered] += scoreMilli;
        _sums[SquaresAt] += (long)scoreMilli * scoreMilli;
        CountScore(scoreMilli, 1);
    }

    /// <summary>
    /// Adds a score to a case that was added without one, whichever that is: sums over all of them stay right, those of
    /// a class mean nothing.
    /// </summary>
    public void AddScore(int scoreMilli)
    {
        _sums[ScoredAt]++;
        _sums[MilliAt] += scoreMilli;
        _sums[SquaresAt] += (long)scoreMilli * scoreMilli;
        CountScore(scoreMilli, 1);
    }

    /// <summary>How often each score was given, the best first.</summary>
    public readonly (int Milli, long Count)[] Scores()
    {
        var scores = new List<(int Milli, long Count)>(WholeScores);
        for (var whole = WholeScores - 1; whole >= 0; whole--)
        {
            if (_sums[WholeAt + whole] is > 0 and var count)
                scores.Add((whole * Point, count));
        }
        if (_between is null)
            return [.. scores];
        scores.AddRange(_between);
        scores.Sort((one, other) => other.Milli.CompareTo(one.Milli));
        return [.. scores];
    }

    /// <summary>Counts a case that waits for its answer.</summary>
    public void AddPending() => _sums[PendingAt]++;

    /// <summary>Counts a case out of the base.</summary>
    public void AddExcluded() => _sums[ExcludedAt]++;

    /// <summary>Counts human decisions.</summary>
    public void AddTouched(Touches touches)
    {
        _sums[TouchedAt] += (int)touches & 1;
        _sums[TouchedAt + 1] += ((int)touches >> 1) & 1;
        _sums[TouchedAt + 2] += ((int)touches >> 2) & 1;
    }

    /// <summary>Adds cases counted by slots.</summary>
    /// <param name="counts">0–3 unscored and 4–7 scored by class, 8 out of the base, 9 pending.</param>
    /// <param name="sums">0–3 score sums by class, 4 squares, 5 anonymous.</param>
    /// <param name="whole">How often 0 … 10 was given; what lies between is counted one by one.</param>
    internal void Add(ReadOnlySpan<int> counts, ReadOnlySpan<long> sums, ReadOnlySpan<int> whole)
    {
        for (var i = 0; i < WholeScores; i++)
            _sums[WholeAt + i] += whole[i];
        for (var i = 0; i < 4; i++)
        {
            _sums[i] += counts[i] + counts[4 + i];
            _sums[ScoredAt + i] += counts[4 + i];
            _sums[MilliAt + i] += sums[i];
        }
        _sums[ExcludedAt] += counts[8];
        _sums[PendingAt] += counts[9];
        _sums[SquaresAt] += sums[4];
        _sums[AnonymousAt] += sums[5];
    }

    /// <summary>Adds all cases of another tally.</summary>
    public void Add(in Tally other)
    {
        Span<long> mine = _sums;
        ReadOnlySpan<long> theirs = other._sums;
        for (var i = 0; i < mine.Length; i++)
            mine[i] += theirs[i];
        foreach (var (milli, count) in other._between ?? [])
            CountScore(milli, count);
    }

    /// <summary>All numbers in a fixed order, to be stored.</summary>
    public readonly long[] Numbers() =>
        [.. (ReadOnlySpan<long>)_sums, .. (_between ?? []).SelectMany(one => new[] { one.Milli, one.Count })];

    /// <summary>A stored tally.</summary>
    public static Tally Of(ReadOnlySpan<long> numbers)
    {
        Tally tally = default;
        numbers[..Length].CopyTo(tally._sums);
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
            _sums[WholeAt + whole] += count;
            return;
        }
        var at = Array.FindIndex(_between ?? [], one => one.Milli == milli);
        (int Milli, long Count)[] counted = at < 0 ? [.. _between ?? [], (milli, 0)] : [.. _between!];
        counted[at < 0 ? ^1 : at].Count += count;
        Array.Sort(counted, (one, other) => other.Milli.CompareTo(one.Milli));
        _between = counted;
    }

    /// <inheritdoc/>
    public readonly bool Equals(Tally other) =>
        ((ReadOnlySpan<long>)_sums).SequenceEqual((ReadOnlySpan<long>)other._sums)
        && (_between ?? []).AsSpan().SequenceEqual(other._between ?? []);

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
        private long _first;
    }
}
