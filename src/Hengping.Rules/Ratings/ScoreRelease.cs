namespace Hengping.Rules.Ratings;

/// <summary>A score as a list prints it, with what was said beside it.</summary>
/// <param name="Milli">Thousandths; null where nobody scored.</param>
/// <param name="Resolved">yes, partly, no, or null.</param>
/// <param name="Recovered">CNY, or null.</param>
public sealed record PrintedScore(int? Milli, string? Resolved, string? Recovered);

/// <summary>One case as a list printed it: kept beside the list, and never public.</summary>
/// <param name="Merchant">Under whom it was printed.</param>
public sealed record PrintedCase(string PublicId, Guid Merchant, PrintedScore Score);

/// <summary>
/// Which scores a list may print, so that no list less another gives away one person's score.
/// <para>
/// What was printed together in exactly the same lists is a block: nobody can tell its cases apart. A list prints whole
/// blocks. It may part one only where both parts, and take in new cases or new scores only where these, hold no score
/// or at least five. What may not be parted or changed is printed whole, as it was printed last; what is new and too
/// little waits.
/// </para>
/// </summary>
public sealed class ScoreRelease
{
    /// <summary>Fewer scores than this are told by no difference.</summary>
    public const int Least = OpenTables.Few;

    private readonly Dictionary<string, (int Block, PrintedScore Score)> _printed = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<string>> _blocks = [];

    /// <summary>Reads what lists have printed.</summary>
    /// <param name="lists">Those within <see cref="Reach"/> of the one to be printed, oldest first.</param>
    public ScoreRelease(IEnumerable<IEnumerable<PrintedCase>> lists)
    {
        var parts = new Dictionary<(int Block, int List, Guid Merchant), int>();
        foreach (var (number, list) in lists.Index())
        {
            foreach (var one in list)
            {
                var before = _printed.TryGetValue(one.PublicId, out var known) ? known.Block : 0;
                if (!parts.TryGetValue((before, number, one.Merchant), out var block))
                    parts.Add((before, number, one.Merchant), block = parts.Count + 1);
                _printed[one.PublicId] = (block, one.Score);
            }
        }
        foreach (var (id, (block, _)) in _printed)
        {
            if (!_blocks.TryGetValue(block, out var members))
                _blocks.Add(block, members = []);
            members.Add(id);
        }
    }

    /// <summary>
    /// The days whose lists bound what a list may print: those it shares with a list, that one with another, and so on.
    /// What a quarter says less its November bounds what its October may say.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset Until) Reach(Period asked, IReadOnlyCollection<Period> printed)
    {
        var (from, until) = (asked.From, asked.Until);
        for (var grew = true; grew; )
        {
            grew = false;
            foreach (var other in printed.Where(other => other.From < until && from < other.Until))
            {
                grew |= other.From < from || until < other.Until;
                (from, until) = (other.From < from ? other.From : from, until < other.Until ? other.Until : until);
            }
        }
        return (from, until);
    }

    /// <summary>A case of the list: whose it is, whether it is in the base, and its score now.</summary>
    public sealed record Now(string PublicId, bool Counts, PrintedScore Score);

    /// <summary>What one merchant's row prints.</summary>
    /// <param name="Cases">The cases behind it, those without a score too.</param>
    /// <param name="Waits">Something else than the newest scores of exactly these cases is printed.</param>
    public sealed record Row(IReadOnlyList<PrintedCase> Cases, bool Waits);

    /// <summary>What a list prints of one merchant.</summary>
    /// <param name="cases">All its delivered cases of the period.</param>
    public Row Of(Guid merchant, IReadOnlyList<Now> cases)
    {
        var here = cases.ToDictionary(one => one.PublicId, StringComparer.Ordinal);
        var fresh = cases.Where(one => one.Counts && !_printed.ContainsKey(one.PublicId)).ToList();
        var touched = cases
            .Where(one => _printed.ContainsKey(one.PublicId))
            .Select(one => _printed[one.PublicId].Block)
            .Distinct()
            .ToList();
        var isWhole = touched.Count == 1 && fresh.Count == 0;
        var blocks = touched.Select(block => Block(_blocks[block], here, isWhole)).ToList();
        var waits = blocks.Exists(block => block.Waits);
        if (touched.Count > 0 && IsTelling(fresh.ConvertAll(one => one.Score)))
        {
            (fresh, waits) = ([], true);
        }
        var counting = cases.Count(one => one.Counts);
        Told[] all = [.. blocks, new Told(fresh.ConvertAll(one => (one.PublicId, one.Score)), 0, false)];
        // No more scores than cases: blocks that reach furthest out of the period go first.
        foreach (var (at, block) in all.Index().OrderByDescending(one => one.Item.Away).ToList())
        {
            if (all.Sum(one => one.Scores) <= counting || block.Away == 0)
                break;
            (all[at], waits) = (new Told([], 0, true), true);
        }
        return new Row(
            [.. all.SelectMany(block => block.Cases).Select(one => new PrintedCase(one.Id, merchant, one.Score))],
            waits
        );
    }

    /// <summary>What is printed of a block.</summary>
    /// <param name="Away">Cases in it that the period or the base does not hold.</param>
    private sealed record Told(List<(string Id, PrintedScore Score)> Cases, int Away, bool Waits)
    {
        public int Scores => Cases.Count(one => one.Score.Milli is not null);
    }

    private Told Block(List<string> members, Dictionary<string, Now> here, bool isWholeRow)
    {
        var inside = members.Where(id => here.TryGetValue(id, out var one) && one.Counts).ToList();
        var outside = members.Except(inside, StringComparer.Ordinal).ToList();
        if (inside.Count == 0)
            return new Told([], 0, false);
        var last = members.ConvertAll(id => (Id: id, _printed[id].Score));
        var gone = outside.Where(here.ContainsKey).Count(id => _printed[id].Score.Milli is not null);
        var changed = inside.Count(id => here[id].Score != _printed[id].Score);
        var newest = inside.ConvertAll(id => (Id: id, here[id].Score));
        if (outside.Count == 0)
        {
            var tells = changed < Least || (!isWholeRow && IsTelling(newest.ConvertAll(one => one.Score)));
            return changed > 0 && tells ? new Told(last, 0, true) : new Told(newest, 0, false);
        }

        var moves = changed + gone;
        var (left, stays) = (outside.ConvertAll(id => _printed[id].Score), newest.ConvertAll(one => one.Score));
        var parts = moves is 0 or >= Least && !IsTelling(left) && !IsTelling(stays);
        if (parts)
            return new Told(newest, 0, false);
        // Whether a part of the period has scores at all is not told either.
        return new Told(last, outside.Count, moves > 0 || !outside.TrueForAll(here.ContainsKey));
    }

    /// <summary>Few scores, or the same one by everybody: a list that shows them alone tells whose they are.</summary>
    private static bool IsTelling(List<PrintedScore> cell)
    {
        var scores = cell.Where(one => one.Milli is not null).ToList();
        return scores.Count is > 0 and < Least
            || (
                scores.Count > 0 && scores.Count == cell.Count && scores.TrueForAll(one => one.Milli == scores[0].Milli)
            );
    }
}
