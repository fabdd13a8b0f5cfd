using System.Buffers;
using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>One list of phrases: words that stand for themselves are looked up, the others are automata.</summary>
internal sealed record PhraseList(string[] Words, SearchValues<string> Any, IReadOnlyList<Regex> Others)
{
    /// <summary>An automaton may become too large; then it is two.</summary>
    private const int PhrasesAtFirst = 8;

    public static PhraseList Of(string[] phrases)
    {
        string[] words = [.. phrases.Where(phrase => phrase.All(LintWords.IsHan))];
        var others = phrases.Except(words).Select(LintWords.PatternOf).Chunk(PhrasesAtFirst).SelectMany(Made);
        return new PhraseList(words, SearchValues.Create(words, StringComparison.Ordinal), [.. others]);
    }

    public bool IsIn(string text)
    {
        if (text.AsSpan().ContainsAny(Any))
            return true;
        foreach (var some in Others)
        {
            if (some.IsMatch(text))
                return true;
        }
        return false;
    }

    public string Without(string text)
    {
        var left = Others.Aggregate(text, (now, some) => some.Replace(now, " "));
        return Words.Aggregate(left, (now, word) => now.Replace(word, " ", StringComparison.Ordinal));
    }

    private static IEnumerable<Regex> Made(string[] patterns)
    {
        try
        {
            return [LintWords.Linear(string.Join('|', patterns), RegexOptions.IgnoreCase)];
        }
        catch (NotSupportedException) when (patterns.Length > 1)
        {
            var half = patterns.Length / 2;
            return Made(patterns[..half]).Concat(Made(patterns[half..]));
        }
    }
}
