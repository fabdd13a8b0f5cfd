namespace Hengping.Rules.Ratings;

/// <summary>
/// Everything a row needs of a merchant's cases, as integer sums. Adding two tallies is adding the cases, so a list
/// from roll-ups equals the list from scratch.
/// </summary>
/// <remarks>Cases stand in cells: how answered (<see cref="Answered"/>) × scored or not, with score sums.</remarks>
public struct Tally : IEquatable<Tally>
{
    private Four _cases;
    private Four _scored;
    private Four _scoreMilli;

    /// <summary>Sum of squared scores, in thousandths squared: for the interval.</summary>
    public long ScoreSquares { get; private set; }

    /// <summary>Unanswered and inside 120 h: outside the base.</summary>
    public long Pending { get; private set; }

    /// <summary>Delivered and out of the base.</summary>
    public long Excluded { get; private set; }

    /// <summary>Cases of the base without a claimant's account: each counts as its own claimant.</summary>
    public long Anonymous { get; private set; }

    /// <summary>Touched by a human decision on validity, the excluded ones included.</summary>
    public long TouchedValidity { get; private set; }

    /// <summary>By an exclusion or its reversal.</summary>
    public long TouchedExclusion { get; private set; }

    /// <summary>By a decided contest.</summary>
    public long TouchedContest { get; private set; }

    /// <summary>Numbers of a stored tally, in the order of <see cref="Numbers"/>.</summary>
    public const int Length = 19;

    /// <summary>Complaints in the base.</summary>
    public readonly long Valid => _cases[0] + _cases[1] + _cases[2] + _cases[3];

    /// <summary>With a valid reply.</summary>
    public readonly long Replied => _cases[1] + _cases[2] + _cases[3];

    /// <summary>Timeliness, summed in tenths.</summary>
    public readonly long Tenths => (6 * _cases[2]) + (10 * _cases[3]);

    /// <summary>With a score.</summary>
    public readonly long Scored => _scored[0] + _scored[1] + _scored[2] + _scored[3];

    /// <summary>Scores, summed in thousandths.</summary>
    public readonly long ScoreMilli => _scoreMilli[0] + _scoreMilli[1] + _scoreMilli[2] + _scoreMilli[3];

    /// <summary>Cases of one class.</summary>
    public readonly long Cases(Answered answered) => _cases[(int)answered];

    /// <summary>Scored cases of one class.</summary>
    public readonly long ScoredOf(Answered answered) => _scored[(int)answered];

    /// <summary>Their score sum, thousandths.</summary>
    public readonly long ScoreMilliOf(Answered answered) => _scoreMilli[(int)answered];

    /// <summary>Adds a case of the base.</summary>
    /// <param name="scoreMilli">0…10,000, or −1 without a score.</param>
    public void Add(Answered answered, int scoreMilli, bool anonymous)
    {
        _cases[(int)answered]++;
        if (anonymous)
            Anonymous++;
        if (scoreMilli < 0)
            return;
        _scored[(int)answered]++;
        _scoreMilli[(int)answered] += scoreMilli;
        ScoreSquares += (long)scoreMilli * scoreMilli;
    }

    /// <summary>Counts a case that waits for its answer.</summary>
    public void AddPending() => Pending++;

    /// <summary>Counts a case out of the base.</summary>
    public void AddExcluded() => Excluded++;

    /// <summary>Counts human decisions.</summary>
    public void AddTouched(Touches touches)
    {
        TouchedValidity += (touches & Touches.Validity) != 0 ? 1 : 0;
        TouchedExclusion += (touches & Touches.Exclusion) != 0 ? 1 : 0;
        TouchedContest += (touches & Touches.Contest) != 0 ? 1 : 0;
    }

    /// <summary>Adds all cases of another tally.</summary>
    public void Add(in Tally other)
    {
        for (var i = 0; i < 4; i++)
        {
            _cases[i] += other._cases[i];
            _scored[i] += other._scored[i];
            _scoreMilli[i] += other._scoreMilli[i];
        }
        ScoreSquares += other.ScoreSquares;
        Pending += other.Pending;
        Excluded += other.Excluded;
        Anonymous += other.Anonymous;
        TouchedValidity += other.TouchedValidity;
        TouchedExclusion += other.TouchedExclusion;
        TouchedContest += other.TouchedContest;
    }

    /// <summary>All numbers in a fixed order, to be stored.</summary>
    public readonly long[] Numbers() =>
        [
            .. (ReadOnlySpan<long>)_cases,
            .. (ReadOnlySpan<long>)_scored,
            .. (ReadOnlySpan<long>)_scoreMilli,
            ScoreSquares,
            Pending,
            Excluded,
            Anonymous,
            TouchedValidity,
            TouchedExclusion,
            TouchedContest,
        ];

    /// <summary>A stored tally.</summary>
    public static Tally Of(ReadOnlySpan<long> numbers)
    {
        Tally tally = default;
        numbers[..4].CopyTo(tally._cases);
        numbers[4..8].CopyTo(tally._scored);
        numbers[8..12].CopyTo(tally._scoreMilli);
        tally.ScoreSquares = numbers[12];
        tally.Pending = numbers[13];
        tally.Excluded = numbers[14];
        tally.Anonymous = numbers[15];
        tally.TouchedValidity = numbers[16];
        tally.TouchedExclusion = numbers[17];
        tally.TouchedContest = numbers[18];
        return tally;
    }

    /// <inheritdoc/>
    public readonly bool Equals(Tally other) => Numbers().AsSpan().SequenceEqual(other.Numbers());

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Tally other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Valid, Replied, ScoreMilli, Pending);

    /// <summary>Same numbers.</summary>
    public static bool operator ==(Tally left, Tally right) => left.Equals(right);

    /// <summary>Other numbers.</summary>
    public static bool operator !=(Tally left, Tally right) => !left.Equals(right);

    /// <summary>One number for each <see cref="Answered"/>.</summary>
    [System.Runtime.CompilerServices.InlineArray(4)]
    private struct Four
    {
        private long _first;
    }
}
