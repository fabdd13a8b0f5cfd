using System.Text;

namespace Hengping.Rules.RuleRegister;

/// <summary>What became of a stretch of text.</summary>
public enum RuleDiffKind
{
    Same,
    Removed,
    Added,
}

/// <summary>A stretch of text.</summary>
public sealed record RuleDiffRun(RuleDiffKind Kind, string Text);

/// <summary>A line of the two texts laid over each other.</summary>
public sealed record RuleDiffLine(IReadOnlyList<RuleDiffRun> Runs)
{
    /// <summary>Something in it changed.</summary>
    public bool IsChanged => Runs.Any(run => run.Kind != RuleDiffKind.Same);
}

/// <summary>
/// 逐字比对: what of a text is gone and what is new, word by word and Han sign by Han sign, markup left out. Lines are
/// laid side by side first, then the words of those that differ.
/// </summary>
public static class RuleDifference
{
    /// <summary>A stretch of words of one kind.</summary>
    private readonly record struct Stretch(RuleDiffKind Kind, List<RuleWord> Words, int From, int To);

    /// <summary>The two texts as one, line by line.</summary>
    public static IReadOnlyList<RuleDiffLine> Between(string before, string after)
    {
        var (old, fresh) = (RuleWords.Of(before), RuleWords.Of(after));
        var lines = new List<RuleDiffLine>();
        var runs = new List<RuleDiffRun>();
        var said = new StringBuilder();
        foreach (var (kind, words, from, to) in Stretches(old, fresh))
        {
            for (var i = from; i < to; i++)
            {
                if (words[i].Text != RuleWords.End)
                {
                    // The first of a run gets its space outside.
                    said.Append(words[i].IsSpaced && (said.Length > 0 || runs.Count > 0) ? " " : "")
                        .Append(words[i].Text);
                    continue;
                }
                Close(kind);
                EndLine();
            }
            Close(kind);
        }
        EndLine();
        return lines;

        void Close(RuleDiffKind kind)
        {
            if (said.Length > 0)
                runs.Add(new RuleDiffRun(kind, said.ToString()));
            said.Clear();
        }

        void EndLine()
        {
            if (runs.Count > 0)
                lines.Add(new RuleDiffLine([.. runs]));
            runs.Clear();
        }
    }

    /// <summary>Share of the words, of both texts together, that are not in the other one: 0 to 1.</summary>
    public static decimal Share(string before, string after)
    {
        var (old, fresh) = (RuleWords.Of(before), RuleWords.Of(after));
        var all = old.Count(word => word.IsWord) + fresh.Count(word => word.IsWord);
        var changed = Stretches(old, fresh)
            .Where(s => s.Kind != RuleDiffKind.Same)
            .Sum(s => s.Words[s.From..s.To].Count(word => word.IsWord));
        return all == 0 ? 0 : (decimal)changed / all;
    }

    /// <summary>
    /// The first word, number, date or mark that is another outside markup, old and new; null where none is. A mark in
    /// full or in half width is the same. A heading may have moved: its words count, its place does not.
    /// </summary>
    public static (string Before, string After)? FirstChange(string before, string after)
    {
        var (old, fresh) = (Said(before, headings: null), Said(after, headings: null));
        if (Same(old, fresh))
            return null;
        var (oldText, freshText) = (Said(before, headings: false), Said(after, headings: false));
        if (!Same(oldText, freshText))
            return First(oldText, freshText);
        var (oldHeads, freshHeads) = (Sorted(before), Sorted(after));
        return Same(oldHeads, freshHeads) ? null : First(oldHeads, freshHeads);
    }

    private static List<RuleWord> Said(string text, bool? headings)
    {
        var lines = text.Split('\n');
        var wanted = lines.Where((_, i) => headings is null || RuleWords.IsHeading(lines, i) == headings);
        return RuleWords.Of(wanted).FindAll(word => word.Text != RuleWords.End);
    }

    private static List<RuleWord> Sorted(string text)
    {
        var lines = text.Split('\n');
        return RuleWords
            .Of(
                lines
                    .Where((_, i) => RuleWords.IsHeading(lines, i))
                    .Select(RuleWords.Plain)
                    .Order(StringComparer.Ordinal)
            )
            .FindAll(word => word.Text != RuleWords.End);
    }

    private static bool Same(List<RuleWord> a, List<RuleWord> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => pair.First.Key == pair.Second.Key);

    private static (string Before, string After) First(List<RuleWord> before, List<RuleWord> after)
    {
        var stretches = Stretches(before, after);
        var at = stretches.FindIndex(s => s.Kind != RuleDiffKind.Same);
        var (removed, added) = ("", "");
        for (; at < stretches.Count && stretches[at].Kind != RuleDiffKind.Same; at++)
        {
            var said = Text(stretches[at]);
            (removed, added) =
                stretches[at].Kind == RuleDiffKind.Removed ? (removed + said, added) : (removed, added + said);
        }
        return (removed, added);
    }

    private static string Text(Stretch stretch)
    {
        const int WordsMax = 12;
        var said = new StringBuilder();
        foreach (var word in stretch.Words[stretch.From..Math.Min(stretch.To, stretch.From + WordsMax)])
            said.Append(word.IsSpaced && said.Length > 0 ? " " : "").Append(word.Text);
        return stretch.To - stretch.From > WordsMax ? said.Append('…').ToString() : said.ToString();
    }

    // In order, removed before added; two of a kind never stand side by side.
    private static List<Stretch> Stretches(List<RuleWord> old, List<RuleWord> fresh)
    {
        var all = new List<Stretch>();
        var (a, b) = (0, 0);
        foreach (var (x, y) in CommonWords.Of(old, fresh).Append((old.Count, fresh.Count)))
        {
            Add(RuleDiffKind.Removed, old, a, x);
            Add(RuleDiffKind.Added, fresh, b, y);
            if (x < old.Count)
                Add(RuleDiffKind.Same, fresh, y, y + 1);
            (a, b) = (x + 1, y + 1);
        }
        return all;

        void Add(RuleDiffKind kind, List<RuleWord> words, int from, int to)
        {
            if (from == to)
                return;
            if (all.Count > 0 && all[^1] is var last && last.Kind == kind && last.To == from)
                all[^1] = last with { To = to };
            else
                all.Add(new Stretch(kind, words, from, to));
        }
    }
}
