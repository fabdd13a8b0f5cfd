using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Hengping.Rules.RuleRegister;

/// <summary>A word, a Han sign, a number, a mark, or the end of a line.</summary>
/// <param name="Key">By which two are the same: full-width and half-width are, and marks of one kind.</param>
/// <param name="IsWord">A word, a sign or a number, and neither a mark nor the end of a line.</param>
/// <param name="IsSpaced">A space stands before it.</param>
public readonly record struct RuleWord(string Text, string Key, bool IsWord, bool IsSpaced);

/// <summary>
/// The words of a rule without its markup: what headings, emphasis, lists, links and tables are written with is gone.
/// A number is one word with its sign, its point and its dashes, so that 3.5 is not 35, -5 is not 5 and a date is one.
/// </summary>
public static partial class RuleWords
{
    /// <summary>The end of a line.</summary>
    public const string End = "\n";

    /// <summary>Whether a line of a text is a heading, underlined ones included.</summary>
    public static bool IsHeading(IReadOnlyList<string> lines, int at) =>
        Hashes().IsMatch(lines[at])
        || at + 1 < lines.Count
            && !string.IsNullOrWhiteSpace(lines[at])
            && !lines[at].StartsWith('|')
            && Underline().IsMatch(lines[at + 1]);

    /// <summary>A line without markup; empty where it is nothing else.</summary>
    public static string Plain(string line) =>
        Underline().IsMatch(line) || TableRule().IsMatch(line) ? "" : Inline(Lead().Replace(line, "")).Trim();

    /// <summary>Lines without markup, those that are nothing else left out.</summary>
    public static string PlainLines(string text) =>
        string.Join('\n', text.Split('\n').Select(Plain).Where(line => line.Length > 0));

    /// <summary>A part of a line without markup, with the spaces around it.</summary>
    public static string Inline(string part)
    {
        var text = Link().Replace(part, "$1");
        text = Tag().Replace(text, "");
        text = Stress().Replace(text, "");
        text = Escape().Replace(text, "$1");
        text = text.TrimStart().StartsWith('|') ? text.Replace('|', ' ') : text;
        return Spaces().Replace(Decoded(text), " ");
    }

    // What texts that came out of a web page hold.
    private static string Decoded(string text) =>
        text.Contains('&', StringComparison.Ordinal)
            ? text.Replace("&nbsp;", " ", StringComparison.Ordinal)
                .Replace("&lt;", "<", StringComparison.Ordinal)
                .Replace("&gt;", ">", StringComparison.Ordinal)
                .Replace("&quot;", "\"", StringComparison.Ordinal)
                .Replace("&amp;", "&", StringComparison.Ordinal)
            : text;

    /// <summary>A line without what it begins with: hashes, bullets.</summary>
    public static string WithoutLead(string line) => Lead().Replace(line, "");

    /// <summary>The words of a text in their order; empty lines are none.</summary>
    public static List<RuleWord> Of(string text) => Of(text.Split('\n'));

    /// <summary>The same of lines.</summary>
    public static List<RuleWord> Of(IEnumerable<string> lines)
    {
        var words = new List<RuleWord>();
        foreach (var line in lines)
        {
            var plain = Plain(line);
            if (plain.Length == 0)
                continue;
            Add(words, plain);
            words.Add(new RuleWord(End, End, IsWord: false, IsSpaced: false));
        }
        return words;
    }

    private static void Add(List<RuleWord> words, string line)
    {
        var isSpaced = false;
        for (var i = 0; i < line.Length; )
        {
            if (char.IsWhiteSpace(line[i]))
            {
                isSpaced = true;
                i++;
                continue;
            }
            var end = EndOf(line, i, out var isWord);
            var said = line[i..end];
            words.Add(new RuleWord(said, KeyOf(said), isWord, isSpaced));
            isSpaced = false;
            i = end;
        }
    }

    private static string KeyOf(string said)
    {
        if (said.Length == 1 && said[0] is (>= '\u4E00' and <= '\u9FFF') or (>= '!' and <= '~'))
            return said;
        var key = said.Normalize(NormalizationForm.FormKC);
        return key.AsSpan().ContainsAny(OfAKind) ? string.Concat(key.Select(Plainest)) : key;
    }

    // The same mark as another keyboard writes it.
    private static char Plainest(char mark) =>
        mark switch
        {
            '。' => '.',
            '“' or '”' or '„' or '‟' or '「' or '」' or '『' or '』' => '"',
            '‘' or '’' or '‚' or '‛' => '\'',
            '–' or '―' or '‒' => '—',
            '−' or '‐' or '‑' => '-',
            _ => mark,
        };

    private static readonly SearchValues<char> OfAKind = SearchValues.Create("。“”„‟「」『』‘’‚‛–―‒−‐‑");

    // A sign belongs to the number behind it, where it does not join it to what stands before.
    private static bool IsSign(string line, int at) =>
        line[at] is '+' or '-' or '±' or '−' or '－' or '＋'
        && at + 1 < line.Length
        && char.IsDigit(line[at + 1])
        && (at == 0 || !char.IsLetterOrDigit(line[at - 1]) || IsHan(RuneAt(line, at - 1)));

    private static int EndOf(string line, int from, out bool isWord)
    {
        if (IsSign(line, from))
            return EndOf(line, from + 1, out isWord);
        var rune = RuneAt(line, from);
        var to = from + rune.Utf16SequenceLength;
        isWord = true;
        if (IsHan(rune))
            return to;
        if (!IsOfWord(rune))
        {
            // ≥, %, ¥ are words of what is said.
            isWord =
                Rune.GetUnicodeCategory(rune) is UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol
                || rune.Value is '%' or '‰' or '％' or '°';
            return to;
        }
        while (to < line.Length)
        {
            var next = RuneAt(line, to);
            if (IsOfWord(next) && !IsHan(next))
                to += next.Utf16SequenceLength;
            else if (to + 1 < line.Length && IsJoined(line[to - 1], line[to], line[to + 1]))
                to++;
            else
                break;
        }
        return to;
    }

    private static bool IsJoined(char before, char join, char after) =>
        (
            join is '.' or ',' or ':' or '/' or '-' or '．' or '，' or '：' or '／' or '－'
            && char.IsDigit(before)
            && char.IsDigit(after)
        ) || (join is '\'' or '’' or '-' && char.IsLetter(before) && char.IsLetter(after) && after < '\u2E80');

    private static Rune RuneAt(string line, int at) =>
        Rune.TryGetRuneAt(line, at, out var rune) ? rune : Rune.ReplacementChar;

    private static bool IsOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsHan(Rune rune) =>
        rune.Value
            is (>= 0x2E80 and <= 0x2FDF)
                or (>= 0x3040 and <= 0x30FF)
                or (>= 0x3400 and <= 0x9FFF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF);

    [GeneratedRegex(@"^\s{0,3}#{1,6}\s", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Hashes();

    [GeneratedRegex(@"^\s{0,3}(?:={3,}|-{3,})\s*$", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Underline();

    [GeneratedRegex(@"^\s*\|[\s|:-]*$", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex TableRule();

    [GeneratedRegex(@"^\s*(?:(?:#{1,6}|[*+>-])\s+)*", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Lead();

    [GeneratedRegex(@"!?\[([^\[\]]*)\]\([^()]*\)", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Link();

    [GeneratedRegex(@"</?[A-Za-z][^<>]*>", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Tag();

    [GeneratedRegex(
        @"(?<![\\0-9])\*+|(?<!\\)\*+(?![0-9])|(?<![\\\p{L}\p{N}])_+|(?<!\\)_+(?![\p{L}\p{N}])",
        RegexOptions.None,
        matchTimeoutMilliseconds: 500
    )]
    private static partial Regex Stress();

    [GeneratedRegex(@"\\([!-/:-@\[-`{-~])", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Escape();

    [GeneratedRegex(@"[\s\u200B\uFEFF]+", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Spaces();
}
