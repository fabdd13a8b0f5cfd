namespace Hengping.Rules.Ratings;

/// <summary>
/// What of a merchant's cases anybody may see, in live views and in frozen lists alike, so that nobody who looks every
/// day and keeps every list learns one case's score (docs/decisions/0024, 0026). A fold over days from what happened
/// and from what was frozen, and so the same after a rebuild.
/// </summary>
/// <remarks>
/// A snapshot is taken at the end of a day once <see cref="ChangesMin"/> different cases changed since the last one: so
/// many in what their merchant sees, or so many in what their claimants said, for the day itself would tell of one word
/// beside four answers. Words in it move by groups of one month: the first as soon as there are <see cref="Least"/>,
/// then all but the last <see cref="Least"/>. These wait for a list that is frozen, which so takes in enough, or all
/// there ever were. Cases that leave the base are known to their merchant and move among themselves. Whether a group
/// moves depends on how many there are, never on what was said.
/// </remarks>
public sealed class DailySnapshot
{
    /// <summary>Different cases that must have changed.</summary>
    public const int ChangesMin = 5;

    /// <summary>Fewer words than this move with no group.</summary>
    public const int Least = 5;

    // Widths, as ShownDay.Around gives them.
    private const int MonthWidth = 1;
    private const int YearWidth = 4;

    private readonly IReadOnlyList<CaseCourse> cases;
    private readonly ShownWord?[] shown;
    private readonly List<(ShownDay Span, ShownWord? Word)>?[] told;

    // The days of which it is known whether this case has a word.
    private readonly ShownDay?[] known;
    private readonly HashSet<int> seen = [];
    private readonly HashSet<int> said = [];

    // And as how manyth each came to wait.
    private readonly Dictionary<int, int> waiting = [];
    private readonly Dictionary<int, int> leaving = [];
    private readonly List<ShownDay> rows = [];
    private int came;
    private readonly Dictionary<ShownDay, ShownSum> sums = [];

    private DailySnapshot(IReadOnlyList<CaseCourse> cases)
    {
        this.cases = cases;
        shown = new ShownWord?[cases.Count];
        told = new List<(ShownDay, ShownWord?)>?[cases.Count];
        known = new ShownDay?[cases.Count];
    }

    /// <summary>The day at whose end it was taken; null before there was one.</summary>
    public long? Day { get; private set; }

    /// <summary>Its scores, by span.</summary>
    public IReadOnlyList<ShownScores> Scores =>
        [.. sums.OrderBy(s => s.Key.From).ThenBy(s => s.Key.Until).Select(s => s.Value.For(s.Key))];

    /// <summary>The first day on which there may be another, if nothing happens meanwhile; null for never.</summary>
    public long? NextLook { get; private set; }

    /// <summary>The last snapshot that was taken before a day began.</summary>
    /// <param name="frozen">The lists frozen so far.</param>
    /// <param name="taken">Hears of every one on the way, and for which list it was if it was for one.</param>
    public static DailySnapshot Before(
        long today,
        IReadOnlyList<CaseCourse> cases,
        IEnumerable<FrozenSpan>? frozen = null,
        Action<DailySnapshot, FrozenSpan?>? taken = null
    )
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
        var lists = new Queue<FrozenSpan>((frozen ?? []).Where(list => list.Day <= today).OrderBy(list => list.Day));
        var at = 0;
        while (at < changes.Count && changes[at].Day < today)
        {
            var day = changes[at].Day;
            snapshot.Freeze(lists, day, taken);
            for (; at < changes.Count && changes[at].Day == day; at++)
                (changes[at].IsSeen ? snapshot.seen : snapshot.said).Add(changes[at].Case);
            if (snapshot.seen.Count < ChangesMin && snapshot.said.Count < ChangesMin)
                continue;
            snapshot.Take(day);
            taken?.Invoke(snapshot, null);
        }
        snapshot.Freeze(lists, today, taken);
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

    /// <summary>What is told of a span: every word of a case, as it was last told for it or for less.</summary>
    public ToldWords Within(ShownDay span)
    {
        var inside = Inside(span);
        return new ToldWords(
            [.. inside.Select(i => told[i]?.FindLast(one => span.Holds(one.Span)).Word).OfType<ShownWord>()],
            inside.TrueForAll(i => IsKnown(i, span))
        );
    }

    // That a case has no word is told as little as its word, where the two would part what was told together.
    private bool IsKnown(int i, ShownDay span) =>
        cases[i].Imported
        || (this.known[i] is { } known && span.Holds(known) && !waiting.ContainsKey(i) && !leaving.ContainsKey(i));

    private List<int> Inside(ShownDay span) =>
        [.. Enumerable.Range(0, cases.Count).Where(i => span.Holds(cases[i].DeliveredDay))];

    private void LookBy(IEnumerable<(long Day, bool IsSeen)> changes, long today)
    {
        foreach (var (day, _) in changes)
            NextLook = Math.Min(NextLook ?? long.MaxValue, Math.Max(day, today + 1));
    }

    private void Take(long day)
    {
        Day = day;
        foreach (var i in seen.Union(said).ToList())
            Sort(i, day);
        seen.Clear();
        said.Clear();
        foreach (var (month, waiting) in ByMonth(waiting))
        {
            var scored = Scored(waiting, day);
            if (scored >= 2 * Least)
                Move(this.waiting, waiting[..LastScored(waiting, day)], month, day);
            else if (scored >= Least && IsFirst(month))
                Move(this.waiting, waiting, month, day);
        }
        foreach (var (month, leaving) in ByMonth(leaving))
        {
            if (Scored(leaving, day) >= Least)
                Move(this.leaving, leaving, month, day);
        }
    }

    private void Freeze(Queue<FrozenSpan> lists, long until, Action<DailySnapshot, FrozenSpan?>? taken)
    {
        while (lists.TryPeek(out var list) && list.Day <= until)
        {
            Freeze(lists.Dequeue());
            taken?.Invoke(this, list);
        }
    }

    // A list with a row of this merchant takes in what waits in its span: all there ever was, or enough. Without a
    // score a row tells something too: that there are none in it.
    private void Freeze(FrozenSpan list)
    {
        var (span, day) = (list.Span, list.Day - 1);
        var inside = Inside(span);
        foreach (var i in inside.Where(i => seen.Contains(i) || said.Contains(i)))
            Sort(i, day);
        if (inside.Count(i => ShownWord.IsInBase(cases[i], day)) < Policy.MinimumValid)
            return;
        var waiting = inside.FindAll(i => this.waiting.ContainsKey(i) && MayTell(i, span));
        var scored = Scored(waiting, day);
        if (scored is 0 or >= Least || IsFirst(span))
        {
            var places = Move(this.waiting, waiting, span, day);
            foreach (var i in inside)
                known[i] ??= scored == 0 ? Finest(i) : places.Find(place => place.Holds(cases[i].DeliveredDay));
        }
        rows.Add(span);
        var leaving = inside.FindAll(i => this.leaving.ContainsKey(i) && MayTell(i, span));
        if (Scored(leaving, day) >= Least)
            Move(this.leaving, leaving, span, day);
    }

    private bool IsFirst(ShownDay span) => !rows.Exists(span.Meets) && Inside(span).TrueForAll(i => told[i] is null);

    // A sum agreed on is no secret from who agreed: only scores count.
    private int Scored(IEnumerable<int> cases, long day) => cases.Count(i => IsScored(i, day));

    private bool IsScored(int i, long day) =>
        shown[i] is { ScoreMilli: >= 0 } || ShownWord.Of(cases[i], day) is { ScoreMilli: >= 0 };

    private int LastScored(List<int> cases, long day)
    {
        var at = cases.Count;
        for (var left = Least; left > 0; )
            left -= IsScored(cases[--at], day) ? 1 : 0;
        return at;
    }

    private void Sort(int i, long day)
    {
        if (cases[i].Imported)
            return;
        var isOut = !ShownWord.IsInBase(cases[i], day);
        var (from, to) = isOut ? (waiting, leaving) : (leaving, waiting);
        from.Remove(i);
        if (ShownWord.Of(cases[i], day) == shown[i])
            to.Remove(i);
        else if (to.TryAdd(i, came))
            came++;
    }

    private List<(ShownDay Month, List<int> Cases)> ByMonth(Dictionary<int, int> waiting) =>
        [
            .. waiting
                .OrderBy(one => one.Value)
                .Select(one => one.Key)
                .GroupBy(i => ShownDay.Around(cases[i].DeliveredDay)[MonthWidth])
                .Select(month => (month.Key, month.Where(i => MayTell(i, month.Key)).ToList())),
        ];

    // What was told for a wider span is not told for a narrower one afterwards: the two would part it.
    private bool MayTell(int i, ShownDay span) =>
        span.Holds(cases[i].DeliveredDay) && (this.told[i] is not { } told || span.Holds(told[^1].Span));

    // Gives the spans it told them for, the narrowest first.
    private List<ShownDay> Move(Dictionary<int, int> waiting, List<int> cases, ShownDay within, long day)
    {
        var places = Places(cases, within, day);
        foreach (var (span, group) in places)
        foreach (var i in group)
        {
            Show(i, span, ShownWord.Of(this.cases[i], day));
            waiting.Remove(i);
        }
        return [.. places.Select(place => place.Span).Append(within)];
    }

    /// <summary>Each as narrow as groups of enough cases allow; what is left of them joins one of these.</summary>
    private List<(ShownDay Span, List<int> Cases)> Places(List<int> cases, ShownDay within, long day)
    {
        var (placed, rest) = (new List<(ShownDay Span, List<int> Cases)>(), cases);
        for (var width = 0; width <= YearWidth; width++)
        {
            var groups = rest.GroupBy(i => SpanOf(i, width, within)).ToList();
            var full = groups.FindAll(g => g.Key is not null && Scored(g, day) >= Least);
            placed.AddRange(full.Select(g => (g.Key!.Value, g.ToList())));
            rest = [.. groups.Except(full).SelectMany(g => g)];
        }
        if (Scored(rest, day) is > 0 and < Least && placed.Count > 0)
        {
            var few = placed.MinBy(one => one.Cases.Count);
            placed.Remove(few);
            rest.AddRange(few.Cases);
        }
        if (rest.Count > 0)
            placed.Add((within, rest));
        return placed;
    }

    private ShownDay Finest(int i) => ShownDay.Around(cases[i].DeliveredDay)[0];

    private ShownDay? SpanOf(int i, int width, ShownDay within)
    {
        var span = ShownDay.Around(cases[i].DeliveredDay)[width];
        return within.Holds(span) && MayTell(i, span) ? span : null;
    }

    private void Load(long today)
    {
        for (var i = 0; i < cases.Count; i++)
        {
            if (cases[i].Imported)
                Show(i, Finest(i), ShownWord.Of(cases[i], today, today - 1));
        }
    }

    private void Show(int i, ShownDay span, ShownWord? now)
    {
        if (!sums.TryGetValue(span, out var sum))
            sums.Add(span, sum = new ShownSum());
        sum.Add(shown[i], -1);
        sum.Add(now, 1);
        shown[i] = now;
        (told[i] ??= []).Add((span, now));
    }
}
