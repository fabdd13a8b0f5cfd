using Hengping.Rules.Complaints;

namespace Hengping.Rules.Ratings;

/// <summary>Scores shown for a span of days: what lies in no narrower span is told for the wider one alone.</summary>
/// <param name="Numbers">As <see cref="Tally.Numbers"/>, of the scores alone. Single ones may be below zero: a wider
/// span takes back what a narrower one still shows.</param>
/// <param name="Solved">Claimants who say it was solved.</param>
/// <param name="Asked">Claimants who said whether it was.</param>
public sealed record ShownScores(ShownDay Span, long[] Numbers, long Solved, long Asked, long RecoveredCents);

/// <summary>
/// What of a merchant's cases is shown in live views, so that nobody who looks every day learns one case's score
/// (docs/decisions/0024). A fold over days from what happened, and so the same after a rebuild.
/// </summary>
/// <remarks>
/// A snapshot is taken at the end of a day once <see cref="ChangesMin"/> different cases changed since the last one: so
/// many in what their merchant sees, or so many in what their claimants said, for the day itself would tell of one word
/// beside four answers.
/// Scores in it move by groups of cases of one span: once as many came into the base, or as many in it were scored, or
/// as many left it. Each of these alone: a merchant sees who comes and goes, and four of these beside one score would
/// tell whose that is. Whether a group moves depends on how many changed, never on what was said.
/// </remarks>
public sealed class DailySnapshot
{
    /// <summary>Different cases that must have changed.</summary>
    public const int ChangesMin = 5;

    // Widths, as ShownDay.Around gives them: beyond the month only what the month will not show any more.
    private const int MonthWidth = 1;

    private readonly IReadOnlyList<CaseCourse> _cases;
    private readonly Share[] _shown;
    private readonly HashSet<int> _seen = [];
    private readonly HashSet<int> _said = [];
    private readonly HashSet<int> _joining = [];
    private readonly HashSet<int> _scored = [];
    private readonly HashSet<int> _leaving = [];
    private readonly Dictionary<ShownDay, Sum> _sums = [];

    private DailySnapshot(IReadOnlyList<CaseCourse> cases)
    {
        _cases = cases;
        _shown = new Share[cases.Count];
    }

    /// <summary>The day at whose end it was taken; null before there was one.</summary>
    public long? Day { get; private set; }

    /// <summary>Its scores, by span.</summary>
    public IReadOnlyList<ShownScores> Scores =>
        [
            .. _sums
                .OrderBy(s => s.Key.From)
                .ThenBy(s => s.Key.Until)
                .Select(s => new ShownScores(s.Key, s.Value.Numbers, s.Value.Solved, s.Value.Asked, s.Value.Cents)),
        ];

    /// <summary>The first day on which there may be another, if nothing happens meanwhile; null for never.</summary>
    public long? NextLook { get; private set; }

    /// <summary>The last snapshot that was taken before a day began.</summary>
    /// <param name="taken">Hears of every one on the way.</param>
    public static DailySnapshot Before(long today, IReadOnlyList<CaseCourse> cases, Action<DailySnapshot>? taken = null)
    {
        var snapshot = new DailySnapshot(cases);
        var changes = new List<(long Day, int Case, bool IsSeen)>();
        for (var i = 0; i < cases.Count; i++)
        {
            var own = cases[i].ChangeDays();
            // What was loaded from a source is as old as the source: it is shown as it stands.
            if (cases[i].Imported)
                snapshot.LookBy(own.Where(change => change.Day >= today), today);
            else
                changes.AddRange(own.Select(change => (change.Day, i, change.IsSeen)));
        }
        changes.Sort();
        var at = 0;
        while (at < changes.Count && changes[at].Day < today)
        {
            var day = changes[at].Day;
            for (; at < changes.Count && changes[at].Day == day; at++)
                (changes[at].IsSeen ? snapshot._seen : snapshot._said).Add(changes[at].Case);
            if (snapshot._seen.Count < ChangesMin && snapshot._said.Count < ChangesMin)
                continue;
            snapshot.Take(day);
            taken?.Invoke(snapshot);
        }
        if (at < changes.Count)
            snapshot.LookBy([(changes[at].Day + 1, true)], today);
        snapshot.Load(today);
        return snapshot;
    }

    /// <summary>A case as it is shown; null for one that came after the snapshot.</summary>
    public CaseDay? Shown(CaseCourse one, long today) => one.At(one.Imported ? today : Day ?? long.MinValue);

    /// <summary>Whether it is shown as pending.</summary>
    public bool IsPending(CaseCourse one, in CaseDay state, long today) =>
        one.IsPending(state, one.Imported ? today - 1 : Day ?? long.MinValue);

    private void LookBy(IEnumerable<(long Day, bool IsSeen)> changes, long today)
    {
        foreach (var (day, _) in changes)
            NextLook = Math.Min(NextLook ?? long.MaxValue, Math.Max(day, today + 1));
    }

    private void Take(long day)
    {
        Day = day;
        foreach (var i in _seen.Union(_said).ToList())
            Sort(i, day);
        _seen.Clear();
        _said.Clear();
        for (var width = 0; width <= 5; width++)
        {
            Join(day, width);
            Move(_leaving, day, width);
        }
    }

    private void Sort(int i, long day)
    {
        var now = Share.Of(_cases[i], day);
        _joining.Remove(i);
        _scored.Remove(i);
        _leaving.Remove(i);
        if (now == _shown[i])
            return;
        (
            !_shown[i].Counts ? _joining
            : now.Counts ? _scored
            : _leaving
        ).Add(i);
    }

    // What moves one of them moves the other along.
    private void Join(long day, int width)
    {
        var spans = Move(_joining, day, width).Concat(Move(_scored, day, width)).ToHashSet();
        foreach (var waiting in new[] { _joining, _scored })
        foreach (var i in waiting.Where(i => SpanOf(i, day, width) is { } span && spans.Contains(span)).ToList())
            Move(i, waiting, SpanOf(i, day, width)!.Value, day);
    }

    private List<ShownDay> Move(HashSet<int> waiting, long day, int width)
    {
        if (waiting.Count < ChangesMin)
            return [];
        var full = waiting
            .GroupBy(i => SpanOf(i, day, width))
            .Where(group => group.Key is not null && group.Count() >= ChangesMin)
            .Select(group => (Span: group.Key!.Value, Cases: group.ToList()))
            .ToList();
        foreach (var (span, cases) in full)
        foreach (var i in cases)
            Move(i, waiting, span, day);
        return full.ConvertAll(group => group.Span);
    }

    private void Move(int i, HashSet<int> waiting, ShownDay span, long day)
    {
        Show(i, span, Share.Of(_cases[i], day));
        waiting.Remove(i);
    }

    private ShownDay? SpanOf(int i, long day, int width)
    {
        var spans = ShownDay.Around(_cases[i].DeliveredDay);
        return width <= MonthWidth || spans[MonthWidth].Until <= day + 1 ? spans[width] : null;
    }

    private void Load(long today)
    {
        for (var i = 0; i < _cases.Count; i++)
        {
            if (_cases[i].Imported)
                Show(i, ShownDay.Around(_cases[i].DeliveredDay)[0], Share.Of(_cases[i], today, today - 1));
        }
    }

    private void Show(int i, ShownDay span, Share now)
    {
        if (!_sums.TryGetValue(span, out var sum))
            _sums.Add(span, sum = new Sum());
        sum.Add(_shown[i], -1);
        sum.Add(now, 1);
        _shown[i] = now;
    }

    /// <summary>What one case gives to the scores.</summary>
    private readonly record struct Share(bool Counts, Answered Answered, int ScoreMilli, Resolved? Resolved, long Cents)
    {
        public static Share Of(CaseCourse one, long day) => Of(one, day, day);

        public static Share Of(CaseCourse one, long day, long pendingDay) =>
            one.At(day) is not { IsOut: false } state || one.IsPending(state, pendingDay)
                ? default
                : new Share(true, state.Answered, state.ScoreMilli, state.Resolved, state.RecoveredCents);

        // How it was answered is no secret and moves no score.
        public bool Equals(Share other) =>
            Counts == other.Counts
            && (!Counts || (ScoreMilli == other.ScoreMilli && Resolved == other.Resolved && Cents == other.Cents));

        public override int GetHashCode() => HashCode.Combine(Counts, ScoreMilli, Resolved, Cents);
    }

    private sealed class Sum
    {
        private Tally _tally;

        public long[] Numbers => _tally.Numbers();
        public long Solved { get; private set; }
        public long Asked { get; private set; }
        public long Cents { get; private set; }

        public void Add(Share share, int sign)
        {
            if (!share.Counts)
                return;
            Asked += share.Resolved is null ? 0 : sign;
            Solved += share.Resolved == Resolved.Yes ? sign : 0;
            Cents += sign * share.Cents;
            if (share.ScoreMilli < 0)
                return;
            Tally scored = default,
                bare = default;
            scored.Add(share.Answered, share.ScoreMilli, anonymous: false);
            bare.Add(share.Answered, scoreMilli: -1, anonymous: false);
            var (numbers, without) = (scored.Numbers(), bare.Numbers());
            for (var n = 0; n < Tally.Length; n++)
                numbers[n] = sign * (numbers[n] - without[n]);
            // A score between whole numbers follows as itself and how often it was given.
            for (var n = Tally.Length + 1; n < numbers.Length; n += 2)
                numbers[n] *= sign;
            _tally.Add(Tally.Of(numbers));
        }
    }
}
