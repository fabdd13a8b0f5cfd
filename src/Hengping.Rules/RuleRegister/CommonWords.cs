namespace Hengping.Rules.RuleRegister;

/// <summary>
/// Which words of two texts are the same ones: the longest run of words that both have in one order, found by lines
/// first and by words within the lines that differ.
/// </summary>
internal static class CommonWords
{
    // Cells of one table: 4 million take some ten milliseconds. What is larger is cut where something stands once on
    // both sides, and has nothing in common where there is no such thing.
    private const int CellsMax = 4_000_000;

    /// <summary>Pairs of places, in order.</summary>
    public static List<(int A, int B)> Of(List<RuleWord> old, List<RuleWord> fresh)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var (a, b) = (Numbered(old, ids), Numbered(fresh, ids));
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var (linesA, startsA) = Lines(a, ids, lines);
        var (linesB, startsB) = Lines(b, ids, lines);
        var common = new List<(int A, int B)>();
        Match(linesA, linesB, 0, 0, common);
        var pairs = new List<(int A, int B)>();
        var (fromA, fromB) = (0, 0);
        foreach (var (x, y) in common)
        {
            Between(startsA[x], startsB[y]);
            for (var i = startsA[x]; i < startsA[x + 1]; i++)
                pairs.Add((i, startsB[y] + i - startsA[x]));
            (fromA, fromB) = (startsA[x + 1], startsB[y + 1]);
        }
        Between(a.Length, b.Length);
        return Steady(pairs, old);

        void Between(int toA, int toB) => Match(a.AsSpan(fromA..toA), b.AsSpan(fromB..toB), fromA, fromB, pairs);
    }

    private static int[] Numbered(List<RuleWord> words, Dictionary<string, int> ids)
    {
        var numbers = new int[words.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!ids.TryGetValue(words[i].Key, out numbers[i]))
                ids.Add(words[i].Key, numbers[i] = ids.Count);
        }
        return numbers;
    }

    // Where lines begin, with the end of the last one.
    private static (int[] Lines, List<int> Starts) Lines(
        int[] words,
        Dictionary<string, int> ids,
        Dictionary<string, int> known
    )
    {
        var end = ids.GetValueOrDefault(RuleWords.End, -1);
        var (lines, starts) = (new List<int>(), new List<int> { 0 });
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] != end && i + 1 < words.Length)
                continue;
            var line = string.Join(' ', words[starts[^1]..(i + 1)]);
            if (!known.TryGetValue(line, out var id))
                known.Add(line, id = known.Count);
            lines.Add(id);
            starts.Add(i + 1);
        }
        return ([.. lines], starts);
    }

    private static void Match(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int atA, int atB, List<(int A, int B)> pairs)
    {
        var head = a.CommonPrefixLength(b);
        for (var i = 0; i < head; i++)
            pairs.Add((atA + i, atB + i));
        var (tail, most) = (0, Math.Min(a.Length, b.Length) - head);
        while (tail < most && a[^(tail + 1)] == b[^(tail + 1)])
            tail++;
        var coreA = a[head..^tail];
        var coreB = b[head..^tail];
        (atA, atB) = (atA + head, atB + head);
        if (!coreA.IsEmpty && !coreB.IsEmpty)
        {
            if ((long)coreA.Length * coreB.Length <= CellsMax)
                ByTable(coreA, coreB, atA, atB, pairs);
            else
                ByAnchors(coreA, coreB, atA, atB, pairs);
        }
        for (var i = 0; i < tail; i++)
            pairs.Add((atA + coreA.Length + i, atB + coreB.Length + i));
    }

    // The shorter of two sides within the limit has at most 2,000.
    private static void ByTable(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int atA, int atB, List<(int A, int B)> pairs)
    {
        var width = b.Length + 1;
        var left = new ushort[(a.Length + 1) * width];
        for (var i = a.Length - 1; i >= 0; i--)
        for (var j = b.Length - 1; j >= 0; j--)
            left[i * width + j] =
                a[i] == b[j]
                    ? (ushort)(left[(i + 1) * width + j + 1] + 1)
                    : Math.Max(left[(i + 1) * width + j], left[i * width + j + 1]);
        for (var (i, j) = (0, 0); i < a.Length && j < b.Length; )
        {
            if (a[i] == b[j])
                pairs.Add((atA + i++, atB + j++));
            else if (left[(i + 1) * width + j] >= left[i * width + j + 1])
                i++;
            else
                j++;
        }
    }

    private static void ByAnchors(
        ReadOnlySpan<int> a,
        ReadOnlySpan<int> b,
        int atA,
        int atB,
        List<(int A, int B)> pairs
    )
    {
        var (fromA, fromB) = (0, 0);
        foreach (var (x, y) in Rising(Once(a, b)))
        {
            Match(a[fromA..x], b[fromB..y], atA + fromA, atB + fromB, pairs);
            pairs.Add((atA + x, atB + y));
            (fromA, fromB) = (x + 1, y + 1);
        }
        if (fromA > 0)
            Match(a[fromA..], b[fromB..], atA + fromA, atB + fromB, pairs);
    }

    // What stands once on either side, by its place in the first.
    private static List<(int A, int B)> Once(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (inA, inB) = (Places(a), Places(b));
        var once = new List<(int A, int B)>();
        for (var i = 0; i < a.Length; i++)
            if (inA[a[i]] == i && inB.GetValueOrDefault(a[i], -1) is >= 0 and var j)
                once.Add((i, j));
        return once;
    }

    // The place of each, or -1 where it stands more than once.
    private static Dictionary<int, int> Places(ReadOnlySpan<int> words)
    {
        var places = new Dictionary<int, int>();
        for (var i = 0; i < words.Length; i++)
            if (!places.TryAdd(words[i], i))
                places[words[i]] = -1;
        return places;
    }

    // The longest of them that rises on both sides.
    private static List<(int A, int B)> Rising(List<(int A, int B)> once)
    {
        var (ends, before) = (new List<int>(), new int[once.Count]);
        for (var i = 0; i < once.Count; i++)
        {
            var (low, high) = (0, ends.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (once[ends[middle]].B < once[i].B)
                    low = middle + 1;
                else
                    high = middle;
            }
            before[i] = low > 0 ? ends[low - 1] : -1;
            if (low == ends.Count)
                ends.Add(i);
            else
                ends[low] = i;
        }
        var rising = new List<(int A, int B)>();
        for (var i = ends.Count > 0 ? ends[^1] : -1; i >= 0; i = before[i])
            rising.Add(once[i]);
        rising.Reverse();
        return rising;
    }

    // One word that two rewritten stretches have in common by chance is read over, and a lone comma: who reads wants
    // what was said and what is said now.
    private static List<(int A, int B)> Steady(List<(int A, int B)> pairs, List<RuleWord> old)
    {
        var kept = new List<(int A, int B)>();
        for (var i = 0; i < pairs.Count; )
        {
            var to = i + 1;
            while (to < pairs.Count && pairs[to].A == pairs[to - 1].A + 1 && pairs[to].B == pairs[to - 1].B + 1)
                to++;
            var isAlone = i > 0 && to < pairs.Count && to - i == 1 && old[pairs[i].A].Text != RuleWords.End;
            if (!isAlone || !IsBetweenBoth(pairs, i))
                kept.AddRange(pairs[i..to]);
            i = to;
        }
        return kept;
    }

    // Both texts changed before it and after it.
    private static bool IsBetweenBoth(List<(int A, int B)> pairs, int at) =>
        pairs[at].A - pairs[at - 1].A > 1
        && pairs[at].B - pairs[at - 1].B > 1
        && pairs[at + 1].A - pairs[at].A > 1
        && pairs[at + 1].B - pairs[at].B > 1;
}
